"""Lines outside tables to paragraphs: hard-wrapped lines joined, roles given, lost automatic numbers restored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wcwidth import wcswidth

from hengjian.core.reading.counting import chinese
from hengjian.core.reading.text_cells import join_lines
from hengjian.core.reading.text_lines import BLANKS
from hengjian.core.reading.text_terms import compact, terms

_NUMBERED = re.compile(
    r"^\s*([一二三四五六七八九十]+[、．.]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,3}\s*[、．.)）]|第[一二三四五六七八九十]+[部章节条]|[①-⑳•●◆■☆★-]|附[件表]|表\s*\d)"
)
_LABEL = re.compile(r"^[^，。；]{2,12}[：:]")
_LEADERS = re.compile(r"[.…·．]{3,}[\s\d]*$|[.…·．]{5,}\s*\S{0,4}$")
_TABBED_PAGE = re.compile(r"\S\t+\s*\d{1,3}$|\S\s{3,}\d{1,3}$")
_PAGE = re.compile(
    r"^[-—–－~\s]*\d{1,3}[-—–－~\s]*$|^第\s*\d+\s*页(\s*[,，/]?\s*共\s*\d+\s*页)?$|^\d+\s*/\s*\d+$"
)
_MARKED_PAGE = re.compile(r"^[-—–－]\s*\d{1,3}\s*[-—–－]$|^第\s*\d+\s*页(\s*[,，/]?\s*共\s*\d+\s*页)?$")
_AUTOMATIC = re.compile(r"^(?:（(\d{1,2})）|(\d{1,2})、)[ \u00a0\u2002]")
_CHINESE = re.compile(r"^(?:[（(]([一二三四五六七八九十]{1,3})[）)]|([一二三四五六七八九十]{1,3})、)")
_SENTENCE_END = "。！？；：!?;:…"
_NUMERALS = {chinese(n): n for n in range(1, 100)}
_NARROW = 38
"""Screen columns below which a line is short because it ends there, not because it was wrapped."""
_LONG = 80
_NEAR = 8
"""Lines around one that show where the margin is."""
_RAGGED = 6
"""Screen columns by which wrapped lines differ: a mark that may not begin a line, a Latin word."""


@dataclass
class Draft:
    """A paragraph in the making."""

    text: str
    indent: int = 0
    blanks_before: int = 0
    role: str = "body"
    level: int = 0
    numbering: str = ""
    table_before: bool = False
    """A table stands between this paragraph and the one before it."""


def shape(drafts: list[Draft]) -> list[Draft]:
    """All steps on all lines outside tables, in reading order."""
    _mark_contents(drafts)
    _mark_page_numbers(drafts)
    joined = _join_wrapped(drafts)
    _restore_numbers(joined)
    return joined


def is_contents_line(text: str) -> bool:
    """A title, dot leaders and perhaps a page."""
    return _LEADERS.search(text.strip(BLANKS)) is not None and len(text.strip(BLANKS)) > 6


def is_tabbed_page(text: str) -> bool:
    """A title, a tab or a wide gap, and a page: part of the contents when it follows their title."""
    return _TABBED_PAGE.search(text.strip(BLANKS)) is not None


def is_contents_title(text: str) -> bool:
    return compact(text) in terms("contents_titles")


def _mark_contents(drafts: list[Draft]) -> None:
    opened = -1
    last = -1
    for index, draft in enumerate(drafts):
        if is_contents_title(draft.text):
            opened = last = index
        is_entry = is_contents_line(draft.text) or (opened >= 0 and is_tabbed_page(draft.text))
        if not is_entry:
            continue
        draft.role = "contents"
        if opened >= 0 and index - last <= 4:
            for between in drafts[max(opened, last) : index]:
                between.role = "contents"
        last = index


def _mark_page_numbers(drafts: list[Draft]) -> None:
    for draft in drafts:
        if _MARKED_PAGE.match(draft.text.strip(BLANKS)):
            draft.role = "footer"
    if len(drafts) > 1 and _PAGE.match(drafts[-1].text.strip(BLANKS)):
        drafts[-1].role = "footer"


def _join_wrapped(drafts: list[Draft]) -> list[Draft]:
    widths = [_width(d) for d in drafts]
    result: list[Draft] = []
    for index, draft in enumerate(drafts):
        goes_on = bool(result) and draft.role == result[-1].role == "body" and not draft.table_before
        if goes_on and _is_continuation(drafts, widths, index, result[-1]):
            result[-1].text = join_lines(result[-1].text, draft.text)
        else:
            result.append(draft)
    return result


def _width(draft: Draft) -> int:
    return max(wcswidth(draft.text), 0) + draft.indent


def _is_continuation(drafts: Sequence[Draft], widths: Sequence[int], index: int, above: Draft) -> bool:
    draft, before = drafts[index], drafts[index - 1]
    if (
        draft.level
        or before.level
        or draft.indent >= 2
        or _NUMBERED.match(draft.text)
        or _LABEL.match(draft.text)
    ):
        return False
    if above.text[-1:] in _SENTENCE_END or not above.text:
        return False
    if draft.blanks_before:
        return _is_cut_by_page(above, draft)
    if _is_heading(before.text) and not _is_wrapped_on(drafts, widths, index):
        return False
    if widths[index] > widths[index - 1] + _RAGGED:
        return False
    return _is_full_line(drafts, widths, index - 1)


def _is_wrapped_on(drafts: Sequence[Draft], widths: Sequence[int], index: int) -> bool:
    """This line is as wide as the one above and no sentence ends in it: both are wrapped at the margin."""
    alike = abs(widths[index] - widths[index - 1]) <= _RAGGED
    return alike and drafts[index].text[-1:] not in _SENTENCE_END and index + 1 < len(drafts)


def _is_heading(text: str) -> bool:
    """Numbered, and no sentence: without any mark inside."""
    return _NUMBERED.match(text) is not None and not re.search(r"[，；,、：:]", _NUMBERED.sub("", text))


def _is_full_line(drafts: Sequence[Draft], widths: Sequence[int], index: int) -> bool:
    """As wide as the widest of the lines around it that no blank line parts from it: wrapped at the margin."""
    width = widths[index]
    if not _NARROW <= width <= _LONG:
        return False
    first = last = index
    while first > max(0, index - _NEAR) and not drafts[first].blanks_before:
        first -= 1
    while last + 1 < min(len(drafts), index + _NEAR) and not drafts[last + 1].blanks_before:
        last += 1
    near = [w for w in widths[first : last + 1] if w <= _LONG]
    alike = sum(abs(w - width) <= _RAGGED for w in near)
    wider = sum(w > width + _RAGGED for w in near)
    return alike >= 2 and wider <= alike


def _is_cut_by_page(above: Draft, draft: Draft) -> bool:
    """A sentence that breaks off and goes on after a blank line: a page break of the source."""
    if draft.blanks_before > 2 or len(above.text) < 40 or len(draft.text) < 8 or draft.indent:
        return False
    prose = any(mark in above.text for mark in "，；、")
    ends = draft.text[-1] in "。；！" and not re.search(
        r"[元%％人个件次分年月日起批户名条项）)”》\dA-Za-z]$", above.text
    )
    return prose and ends


def _restore_numbers(drafts: list[Draft]) -> None:
    """``（2） `` and ``3、 `` among Chinese neighbours were automatic Chinese numbers (report layouts §3.2)."""
    by_style: dict[str, list[tuple[Draft, int, bool]]] = {"（": [], "、": []}
    for draft in drafts:
        style, number, is_chinese = _mark(draft.text)
        if style and draft.role == "body":
            by_style[style].append((draft, number, is_chinese))
    for style, marks in by_style.items():
        _restore_beside(marks, style)  # downwards, then upwards for those above a Chinese neighbour
        _restore_beside(marks[::-1], style)


def _restore_beside(marks: list[tuple[Draft, int, bool]], style: str) -> None:
    for (above, before, is_chinese), (draft, number, is_typed) in pairwise(marks):
        if not is_typed and (is_chinese or above.numbering) and abs(before - number) <= 1:
            draft.numbering = f"（{chinese(number)}）" if style == "（" else f"{chinese(number)}、"


def _mark(text: str) -> tuple[str, int, bool]:
    """The style of a heading's number (``（`` or ``、``), the number, and whether it is Chinese."""
    if found := _CHINESE.match(text):
        numeral = found[1] or found[2]
        return ("（" if found[1] else "、", _NUMERALS.get(numeral, 0), True)
    if found := _AUTOMATIC.match(text):
        return ("（" if found[1] else "、", int(found[1] or found[2]), False)
    return ("", 0, False)
