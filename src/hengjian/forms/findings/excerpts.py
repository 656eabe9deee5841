"""The printed lines around the figures of a finding, with ``^`` under each figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wcwidth import wcswidth, wcwidth

from hengjian.core.audit.finding import Witness
from hengjian.core.document import Document, Paragraph, Table
from hengjian.core.places import Place

_SENTENCE = re.compile(r"[。！？；\n]")
_BEFORE = 24
"""Characters kept before the first figure when its sentence is too long for one line."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of the document and the line of marks below it, equally wide on a screen."""

    place: Place
    text: str
    marks: str


@dataclass(slots=True)
class _Row:
    """A paragraph, or a table row as one line, with the spans to be marked."""

    place: Place
    text: str
    spans: list[tuple[int, int]]


def width(text: str) -> int:
    """Columns on a screen; a Chinese character takes two."""
    return max(wcswidth(text), 0)


def excerpts(document: Document, witnesses: tuple[Witness, ...], columns: int = 92) -> list[Excerpt]:
    """One excerpt for each line of the document that takes part, in the order of the witnesses."""
    rows: dict[tuple[int, int], _Row] = {}
    for w in witnesses:
        _collect(document, w.place, rows)
    return [e for row in rows.values() for e in _cut(row, columns)]


def _collect(document: Document, place: Place, rows: dict[tuple[int, int], _Row]) -> None:
    if not (place.paragraph or place.table or place.sheet) or not 0 <= place.block < len(document.blocks):
        return
    block = document.blocks[place.block]
    key = (place.block, place.row if isinstance(block, Table) else 0)
    row = rows.setdefault(key, _Row(place, _line(block, place), []))
    span = _span(block, place)
    if span is not None and span not in row.spans:
        row.spans.append(span)


def _line(block: Paragraph | Table, place: Place) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return " | ".join(text for _, text in _cells(block, place))


def _cells(table: Table, place: Place) -> Iterator[tuple[int, str]]:
    """The filled cells of the row: column in the table's own places, and the text on one line."""
    row = _grid_row(table, place)
    for cell in table.covering_row(row):
        if cell.text:
            yield cell.place.column, cell.text.replace("\n", " ")


def _grid_row(table: Table, place: Place) -> int:
    """The row of the grid; a sheet's places count from the sheet's corner."""
    found = next(
        (c.row for c in table.cells if c.place.row == place.row and c.place.column == place.column), None
    )
    if found is None:
        found = next((c.row for c in table.cells if c.place.row == place.row), place.row)
    return found


def _span(block: Paragraph | Table, place: Place) -> tuple[int, int] | None:
    if isinstance(block, Paragraph):
        return (place.start, min(place.end, len(block.text))) if place.end else None
    at = 0
    for column, text in _cells(block, place):
        if column == place.column:
            end = min(place.end, len(text)) if place.end else len(text)
            return (at + min(place.start, end), at + end)
        at += len(text) + 3
    return None


def _cut(row: _Row, columns: int) -> Iterator[Excerpt]:
    """The row in pieces of at most ``columns`` that hold all its spans."""
    left = sorted(row.spans) or [(0, 0)]
    while left:
        start = _start(row.text, left[0][0], columns)
        end = _end(row.text, start, columns)
        inside = [s for s in left if s[1] <= end] or left[:1]
        yield _excerpt(row, start, end, inside)
        left = [s for s in left if s not in inside]


def _start(text: str, first: int, columns: int) -> int:
    """The beginning of the sentence, or a little before the figure when that is too far away."""
    begin = max((m.end() for m in _SENTENCE.finditer(text, 0, first)), default=0)
    return begin if width(text[begin:first]) < columns * 2 // 3 else max(0, first - _BEFORE)


def _end(text: str, start: int, columns: int) -> int:
    used = 0
    for at in range(start, len(text)):
        used += max(wcwidth(text[at]), 0)
        if used > columns or text[at] == "\n":
            return max(at, start + 1)
    return len(text)


def _excerpt(row: _Row, start: int, end: int, spans: list[tuple[int, int]]) -> Excerpt:
    lead, tail = "…" if start else "", "…" if end < len(row.text) else ""
    text = row.text[start:end].replace("\n", " ").replace("\t", " ")
    marks, at = " " * width(lead), start
    for first, last in spans:
        marks += " " * width(row.text[at:first])
        marks += "^" * width(row.text[max(first, at) : min(last, end)])
        at = max(at, min(last, end))
    return Excerpt(row.place, f"{lead}{text}{tail}", marks.rstrip())
