"""Glyphs → lines with blanks where the page has gaps, and lines → text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from hengjian.core.reading.pdf_page import Glyph

SEGMENT_GAP: Final = 1.3
"""A gap of this many characters separates two pieces of a line: two columns, or two labels."""
_WORD_GAP: Final = 0.3
"""Between Latin letters; Chinese characters are spread by justification, so there only printed blanks count."""
_SAME_LINE: Final = 0.35
CELL_PADDING: Final = 11.0
"""Points that the margins of a cell take at both sides together in Word and LibreOffice."""
_LATIN_WIDTH: Final = 0.6
"""Of the em; digits of wide faces, so that a line is rather taken as wrapped."""
_UNBREAKABLE = re.compile(r"[（(“《〈【]*(?:[A-Za-z0-9.,%‰/+\-≥≤=]+|.)[，。；：、！？）)”》〉】%]*")
_NUMBER = re.compile(r"[≥≤=＝<>＜＞]?-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?[%％‰]?")
_JOINED_LATIN = re.compile(r"[A-Za-z]")


@dataclass(slots=True)
class Segment:
    """A piece of a line without a wide gap."""

    text: str
    left: float
    right: float


@dataclass(slots=True)
class TextLine:
    """One printed line. ``segments`` has more than one piece where the line has wide gaps."""

    page: int
    baseline: float
    size: float
    segments: list[Segment] = field(default_factory=list)

    @property
    def left(self) -> float:
        return self.segments[0].left

    @property
    def right(self) -> float:
        return self.segments[-1].right

    @property
    def text(self) -> str:
        return "  ".join(s.text for s in self.segments)


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[TextLine]:
    """The printed lines, top to bottom."""
    lines: list[TextLine] = []
    for row in _rows(glyphs):
        segments = _segments(row)
        if segments:
            lines.append(TextLine(page, row[0].baseline, _size(row), segments))
    return lines


def is_wide(character: str) -> bool:
    """Chinese characters and full-width marks."""
    return ord(character) >= 0x2E80


def _size(row: list[Glyph]) -> float:
    """The em of a line: that of its Chinese characters where it has some."""
    sizes = sorted(g.size for g in row if is_wide(g.text)) or sorted(g.size for g in row)
    return sizes[len(sizes) // 2]


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs on one baseline, or so close to it that they are raised or lowered in that line."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.baseline):
        if rows and glyph.baseline - rows[-1][0].baseline <= _SAME_LINE * max(rows[-1][0].size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda g: g.left) for row in rows]


def _segments(row: list[Glyph]) -> list[Segment]:
    segments: list[Segment] = []
    pending_blank = False
    for glyph in _without_doubles(row):
        if glyph.text.isspace():
            pending_blank = True
            continue
        gap = glyph.left - segments[-1].right if segments else 0.0
        if not segments or gap > SEGMENT_GAP * glyph.size:
            segments.append(Segment(glyph.text, glyph.left, glyph.right))
        else:
            last = segments[-1].text[-1]
            is_word_gap = gap > _WORD_GAP * glyph.size and not (is_wide(last) or is_wide(glyph.text))
            blank = " " if pending_blank or is_word_gap else ""
            segments[-1].text += blank + glyph.text
            segments[-1].right = max(segments[-1].right, glyph.right)
        pending_blank = False
    return segments


def _without_doubles(row: list[Glyph]) -> list[Glyph]:
    """Bold type is sometimes printed twice, a hair apart."""
    kept: list[Glyph] = []
    for glyph in row:
        last = kept[-1] if kept else None
        if last is None or last.text != glyph.text or glyph.left - last.left > 0.2 * glyph.size:
            kept.append(glyph)
    return kept


def joined(first: str, second: str) -> str:
    """Two pieces of wrapped text as one: a blank only between Latin words."""
    if first and second and _JOINED_LATIN.match(first[-1]) and _JOINED_LATIN.match(second[0]):
        return f"{first} {second}"
    return first + second


def cell_text(glyphs: Sequence[Glyph], left: float, right: float) -> str:
    """The text of a cell between ``left`` and ``right``: wrapped lines joined, real line ends kept."""
    text = ""
    previous: TextLine | None = None
    lines = lines_of(glyphs, 0)
    is_one = _is_one_number(lines, right - left - CELL_PADDING)
    for line in lines:
        if previous is None:
            text = line.text
        elif is_one or _goes_on(previous, line, _free(previous, left, right) - CELL_PADDING):
            text = joined(text, line.text)
        else:
            text += "\n" + line.text
        previous = line
    return text


def _is_one_number(lines: Sequence[TextLine], room: float) -> bool:
    """Whether the lines of a narrow cell are one number, wider than the cell and broken within (8 | 1.82 | %)."""
    parts = ["".join(line.text.split()) for line in lines]
    if len(parts) < 2 or not _NUMBER.fullmatch("".join(parts)) or sum(line.right - line.left for line in lines) <= room:
        return False
    return any(not _NUMBER.fullmatch(part) for part in parts)


def _goes_on(line: TextLine, following: TextLine, free: float) -> bool:
    """Whether a line of a cell was wrapped; two numbers under each other are one only where the first fills the line."""
    if _NUMBER.fullmatch(line.text) and _NUMBER.fullmatch(following.text):
        return free < _LATIN_WIDTH * line.size and _NUMBER.fullmatch(line.text + following.text) is not None
    return was_wrapped(line, following, free)


def was_wrapped(line: TextLine, following: TextLine, free: float) -> bool:
    """Whether a line ended because what follows did not fit into the ``free`` points behind it."""
    return free < _first_piece(following) + 0.6 * line.size


def _free(line: TextLine, left: float, right: float) -> float:
    """Room at both sides together: centred lines leave it at both."""
    return max(line.left - left, 0.0) + max(right - line.right, 0.0)


def _first_piece(line: TextLine) -> float:
    """The width of what could not be broken at the start of a line: a character with its punctuation, a number, a word."""
    text = line.segments[0].text
    match = _UNBREAKABLE.match(text)
    length = match.end() if match else 1
    return sum(line.size * (1.0 if is_wide(c) else _LATIN_WIDTH) for c in text[:length])
