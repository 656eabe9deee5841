"""Family B and other plain tables: the cells of a row on one line, parted by tabs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from hengjian.core.reading.text_cells import join_lines
from hengjian.core.reading.text_lines import BLANKS, Kind, Line

_MARKER = re.compile(r"^(\d{1,3}[.、．)）]|[（(].{1,3}[）)]|[一二三四五六七八九十]+、|[①-⑳•●◆■–·-])$")

_SIGNATURE = re.compile(r"^(填[表报]|制表|审核|复核|经办|联系|单位负责人|负责人|日期)[^：:]{0,6}\s*[：:]")
_LONGEST_CELL = 20
"""Lines of one quoted cell."""


def read_rows(lines: Sequence[Line], start: int) -> tuple[list[list[str]], int]:
    """The rows of the tab-separated table at ``start`` and the line after it; no rows when it is no table."""
    found, at = _collect(lines, start)
    if not found:
        return [], start
    rows = [[field.strip("\r") for field in text.split("\t")] for text in _mended(found)]
    if rows and all(not row[0].strip(BLANKS) for row in rows) and max(map(len, rows)) > 2:
        rows = [row[1:] for row in rows]
    return (rows, at) if rows and _is_table(rows) else ([], at)


def _collect(lines: Sequence[Line], start: int) -> tuple[list[str], int]:
    found: list[str] = []
    at = start
    while at < len(lines):
        line = lines[at]
        if _is_signature(line.text):
            break
        has_tabs = line.kind in (Kind.ROW, Kind.CELL, Kind.ITEM)
        quoted = _quoted(lines, at) if found or has_tabs else ""
        if quoted:
            found.append(quoted)
            at += quoted.count("\n") + 1
        elif has_tabs or (line.kind is Kind.TEXT and _is_broken_cell(lines, at, found)):
            found.append(line.text)
            at += 1
        elif line.kind is Kind.BLANK and _goes_on(lines, at, found):
            at += 1
        else:
            break
    return found, at


def _is_signature(text: str) -> bool:
    """填表人：…, 填报日期：…, 联系电话：… below a form, parted by tabs."""
    fields = [f.strip(BLANKS) for f in text.split("\t") if f.strip(BLANKS)]
    return (
        bool(fields)
        and _SIGNATURE.match(fields[0]) is not None
        and all("：" in f or ":" in f for f in fields)
    )


def _quoted(lines: Sequence[Line], at: int) -> str:
    """The lines of a row in which a spreadsheet put a cell with line breaks between quotation marks."""
    if not re.search(r'(^|\t)"[^"\t]*$', lines[at].text):
        return ""
    text = lines[at].text
    for line in lines[at + 1 : at + _LONGEST_CELL]:
        text += "\n" + line.text
        if re.search(r'^[^"\t]*"(\t|$)', line.text):
            return text if "\t" in text else ""
    return ""


def _is_broken_cell(lines: Sequence[Line], at: int, found: list[str]) -> bool:
    """A line without tab inside a table: the middle of a cell whose row lacks tabs so far."""
    after = lines[at + 1] if at + 1 < len(lines) else None
    width = Counter(text.count("\t") for text in found[-30:]).most_common(1)[0][0]
    return after is not None and after.kind in (Kind.ROW, Kind.CELL) and found[-1].count("\t") < width


def _goes_on(lines: Sequence[Line], at: int, found: list[str]) -> bool:
    """One blank line between two rows of the same width is spacing, not the end."""
    after = lines[at + 1] if at + 1 < len(lines) else None
    return (
        after is not None and after.kind is Kind.ROW and after.text.count("\t") == found[-1].count("\t") >= 2
    )


def _mended(found: list[str]) -> list[str]:
    """Rows whose cell held a line break, put together again."""
    width = Counter(text.count("\t") for text in found).most_common(1)[0][0]
    rows: list[str] = []
    for text in found:
        short = bool(rows) and rows[-1].count("\t") < width
        fits = short and rows[-1].count("\t") + text.count("\t") == width and not text.startswith("\t")
        broken = fits and rows[-1].count("\t") > 0 and text.count("\t") < width
        if broken or (short and "\t" not in text):
            rows[-1] = join_lines(rows[-1], text.lstrip(" "))
        else:
            rows.append(text)
    return [_unquoted(row) for row in rows]


def _unquoted(row: str) -> str:
    return re.sub(r'(^|\t)"([^\t]*?)"(?=\t|$)', r"\1\2", row) if "\n" in row else row


def _is_table(rows: list[list[str]]) -> bool:
    filled = [[f.strip(BLANKS) for f in row if f.strip(BLANKS)] for row in rows]
    wide = sum(len(row) >= 2 for row in filled)
    if all(_MARKER.match(row[0]) for row in filled if row):
        return False
    if len(rows) == 1:
        return len(rows[0]) >= 4 and len(filled[0]) >= 2 and all(len(f) < 60 for f in filled[0])
    return wide >= 2 or (wide >= 1 and max(map(len, rows)) >= 3)
