"""Plain tables without tabs: pipes, box drawings, ruled columns of pandoc, columns aligned by blanks, comma-separated lines.

Every reader takes the lines and a start, and gives the rows and the line after the table; no rows when there is none.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from wcwidth import wcswidth, wcwidth

from hengjian.core.reading.text_cells import join_lines
from hengjian.core.reading.text_lines import BLANKS, Kind, Line
from hengjian.core.reading.text_terms import is_header_row, is_number

Found = tuple[list[list[str]], int]
_RULE_CELL = re.compile(r"^:?-{2,}:?$|^:?-:?$")
_GRID_RULE = re.compile(r"^\s*[+├┌└╞┼][-=+:─━┬┴┼┤┐┘═╪╡]+\s*$")
_DASHES = re.compile(r"^\s*-{3,}(\s+-{2,})+\s*$")
_LONG_RULE = re.compile(r"^\s*-{20,}\s*$")
_GAP = re.compile(r"(?: {2,}|[\u3000\u2003\u00a0]+ *| +[\u3000\u2003]+)+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read_plain(lines: Sequence[Line], start: int) -> Found:
    """The first of the plain layouts that fits at ``start``."""
    for reader in (_read_grid, _read_pipes, _read_ruled, _read_aligned, _read_commas):
        rows, end = reader(lines, start)
        if rows:
            return rows, end
    return [], start


def _run(lines: Sequence[Line], start: int) -> Iterator[str]:
    """The lines from ``start`` to the next blank one."""
    for at in range(start, len(lines)):
        if lines[at].kind is Kind.BLANK:
            return
        yield lines[at].text


def _read_pipes(lines: Sequence[Line], start: int) -> Found:
    """Markdown pipe tables, with or without the alignment row, and lines parted by ``|`` or ``│``."""
    rows: list[list[str]] = []
    count = 0
    for text in _run(lines, start):
        if not re.search(r"[|│｜]", text) or (
            rows and abs(len(_pipe_fields(text)) - len(rows[0])) > len(rows[0]) // 2
        ):
            break
        count += 1
        fields = _pipe_fields(text)
        if not all(_RULE_CELL.match(f) for f in fields if f) or not any(fields):
            rows.append(fields)
    if count < 2 or not rows or max(map(len, rows)) < 2:
        return [], start
    return rows, start + count


def _pipe_fields(text: str) -> list[str]:
    protected = text.strip(BLANKS).replace("\\|", "\0")
    inner = re.sub(r"^[|│｜]|[|│｜]$", "", protected)
    return [_marked(f.replace("\0", "|")) for f in re.split(r"[|│｜]", inner)]


def _marked(field: str) -> str:
    """A field without the marks of emphasis, its line breaks real."""
    text = (
        _BREAK.sub("\n", field.strip(BLANKS))
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
    )
    return re.sub(r"\*\*(.+?)\*\*", r"\1", text)


def _read_grid(lines: Sequence[Line], start: int) -> Found:
    """Tables drawn with ``+---+`` or box characters; the lines between two rules are one row."""
    if not _GRID_RULE.match(lines[start].text):
        return [], start
    rows: list[list[str]] = []
    open_row: list[str] = []
    count = 0
    for text in _run(lines, start):
        doubled = count > 1 and not open_row and _GRID_RULE.match(text) is not None
        if doubled or not re.match(r"^\s*[+|│├┌└╞┼┃║]", text):
            break
        count += 1
        if _GRID_RULE.match(text):
            rows += [open_row] if open_row else []
            open_row = []
        else:
            open_row = _stacked(open_row, _pipe_fields(text))
    return rows, start + count


def _stacked(above: list[str], below: list[str]) -> list[str]:
    if len(above) != len(below):
        return above or below
    return [join_lines(a, b) for a, b in zip(above, below, strict=True)]


def _read_ruled(lines: Sequence[Line], start: int) -> Found:
    """Pandoc's simple and multi-line tables: a line of dashes shows where the columns stand."""
    rule = next((i for i in range(start, min(start + 4, len(lines))) if _DASHES.match(lines[i].text)), None)
    if rule is None or (rule > start and not _heads_rule(lines, start, rule)):
        return [], start
    edges = [(m.start(), m.end()) for m in re.finditer(r"-+", lines[rule].text)]
    multi = _LONG_RULE.match(lines[start].text) is not None
    rows: list[list[str]] = [_cut(line.text, edges) for line in lines[start:rule] if not _is_rule(line.text)]
    rows = [_joined(rows)] if rows else []
    at, group = rule + 1, list[list[str]]()
    while at < len(lines) and not _is_rule(lines[at].text):
        if lines[at].kind is Kind.BLANK:
            if not multi:
                break
            rows += [_joined(group)] if group else []
            group = []
        elif multi:
            group.append(_cut(lines[at].text, edges))
        else:
            rows.append(_cut(lines[at].text, edges))
        at += 1
    rows += [_joined(group)] if group else []
    closed = at < len(lines) and _is_rule(lines[at].text)
    return (rows, at + closed) if len(rows) > 1 else ([], start)


def _heads_rule(lines: Sequence[Line], start: int, rule: int) -> bool:
    """Only the header, perhaps below a long rule, stands between ``start`` and the dashes."""
    first = lines[start].text
    return all(line.kind is Kind.TEXT for line in lines[start:rule]) and (
        _is_rule(first) or rule == start + 1
    )


def _is_rule(text: str) -> bool:
    return bool(_DASHES.match(text) or _LONG_RULE.match(text))


def _joined(rows: list[list[str]]) -> list[str]:
    result = rows[0]
    for row in rows[1:]:
        result = [join_lines(a, b) for a, b in zip(result, row, strict=True)]
    return result


def _cut(text: str, edges: list[tuple[int, int]]) -> list[str]:
    """The parts of a line under each column, by the width that characters take on a screen."""
    fields = [""] * len(edges)
    at = 0
    for character in text:
        column = max((i for i, (left, _) in enumerate(edges) if left <= at), default=0)
        fields[column] += character
        at += max(wcwidth(character), 0)
    return [f.strip(BLANKS) for f in fields]


def _read_aligned(lines: Sequence[Line], start: int) -> Found:
    """At least three lines of three or more fields (two lines below a header), parted by two or more blanks."""
    first = _fields(lines[start].text)
    if len(first) < 3 or any("：" in f or ":" in f for f in first):
        return [], start
    starts = _starts(lines[start].text)
    rows = [first]
    for text in _run(lines, start + 1):
        fields = _fields(text)
        if len(fields) != len(first):
            fields = _by_starts(text, starts)
        if sum(bool(f) for f in fields) < 2:
            break
        rows.append(fields)
    enough = 2 if is_header_row(first) else 3
    full = sum(all(row) for row in rows)
    return (rows, start + len(rows)) if len(rows) >= enough and full >= 2 else ([], start)


def _fields(text: str) -> list[str]:
    stripped = text.strip(BLANKS)
    return [f.strip(BLANKS) for f in _GAP.split(stripped)] if stripped else []


def _starts(text: str) -> list[int]:
    """The screen columns at which the fields of a line begin."""
    body = text.rstrip(BLANKS)
    lead = len(body) - len(body.lstrip(BLANKS))
    ends = [lead, *(m.end() for m in _GAP.finditer(body) if m.start() >= lead and m.end() > lead)]
    return [wcswidth(body[:end]) for end in ends]


def _by_starts(text: str, starts: list[int]) -> list[str]:
    """Fields put under the header by where they begin; nothing when one begins elsewhere."""
    fields = [""] * len(starts)
    for field, begin in zip(_fields(text), _starts(text), strict=False):
        near = [i for i, s in enumerate(starts) if abs(s - begin) <= 2]
        if not near or fields[near[0]]:
            return []
        fields[near[0]] = field
    return fields


def _read_commas(lines: Sequence[Line], start: int) -> Found:
    """Lines of comma-separated values below a header without numbers."""
    head = _comma_fields(lines[start].text)
    if len(head) < 3 or not all(head) or any(is_number(f) for f in head):
        return [], start
    rows = [head]
    for text in _run(lines, start + 1):
        fields = _comma_fields(text)
        if len(fields) != len(head):
            break
        rows.append(fields)
    enough = 2 if is_header_row(head) else 3
    return (rows, start + len(rows)) if len(rows) >= enough else ([], start)


def _comma_fields(text: str) -> list[str]:
    """The fields of a line, none when it reads like prose."""
    if "," not in text or "。" in text or "，" in text:
        return []
    fields = [f.strip() for f in next(csv.reader([text]))]
    return fields if all(len(f) <= 30 for f in fields) else []
