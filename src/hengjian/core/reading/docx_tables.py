"""Word tables as grids: ``gridSpan``, ``vMerge``, skipped columns, nested tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from hengjian.core.reading.building import CellDraft
from hengjian.core.reading.docx_text import Line
from hengjian.core.reading.ooxml import VAL, is_on, local, number, value, w

WIDEST_SPAN = 512
_WRAPPERS = frozenset(
    ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice")
)


@dataclass(slots=True)
class CellContent:
    """What a cell held: its text, the page it begins on, the page after it, the tables inside, and lines with pictures or boxes."""

    text: str
    page: int
    page_after: int
    tables: list[etree._Element] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """Cells of one table, and what each cell held."""

    cells: list[CellDraft] = field(default_factory=list)
    contents: list[CellContent] = field(default_factory=list)


ReadCell = Callable[[etree._Element, int], CellContent]
"""Reads a ``w:tc`` that begins on the given page."""


def unwrapped(parent: etree._Element) -> Iterator[etree._Element]:
    """The children, with content controls, insertions and the like opened; deletions left out."""
    for child in parent:
        if local(child) not in _WRAPPERS:
            yield child
        elif local(child) == "AlternateContent":
            yield from unwrapped(child[0]) if len(child) else ()
        else:
            yield from unwrapped(child)


def read_grid(table: etree._Element, read_cell: ReadCell, page: int) -> tuple[Grid, int]:
    """The grid of a ``w:tbl`` and the page after it."""
    grid = Grid()
    above: dict[int, CellDraft] = {}
    rows = (e for e in unwrapped(table) if local(e) == "tr" and not _is_deleted(e))
    for index, row in enumerate(rows, start=1):
        above, page = _read_row(row, index, above, grid, read_cell, page)
    return grid, page


def _read_row(
    row: etree._Element, index: int, above: dict[int, CellDraft], grid: Grid, read_cell: ReadCell, page: int
) -> tuple[dict[int, CellDraft], int]:
    """Add one row to the grid; answers the cells that may go on below, by column, and the page after the row."""
    properties = row.find(w("trPr"))
    column = 1 + min(number(value(properties, "gridBefore")), WIDEST_SPAN)
    going_on: dict[int, CellDraft] = {}
    page_after = page
    previous: CellDraft | None = None
    for element in unwrapped(row):
        if local(element) != "tc" or _is_deleted_cell(element):
            continue
        own = element.find(w("tcPr"))
        span = max(1, min(number(value(own, "gridSpan"), 1), WIDEST_SPAN))
        if previous is not None and _horizontal_merge(own) == "continue":
            previous.column_span += span
            column += span
            continue
        merge = _vertical_merge(own)
        started = above.get(column) if merge == "continue" else None
        if started is not None and started.column_span == span:
            started.row_span += 1
            draft = started
        else:
            content = read_cell(element, page)
            page_after = max(page_after, content.page_after)
            draft = CellDraft(content.text, index, column, 1, span, content.page)
            grid.cells.append(draft)
            grid.contents.append(content)
        if merge:
            going_on[column] = draft
        previous = draft
        column += span
    return going_on, page_after


def _vertical_merge(properties: etree._Element | None) -> str:
    merge = None if properties is None else properties.find(w("vMerge"))
    return "" if merge is None else merge.get(VAL) or "continue"


def _horizontal_merge(properties: etree._Element | None) -> str:
    merge = None if properties is None else properties.find(w("hMerge"))
    return "" if merge is None else merge.get(VAL) or "continue"


def _is_deleted(row: etree._Element) -> bool:
    properties = row.find(w("trPr"))
    return properties is not None and (properties.find(w("del")) is not None or is_on(properties, "hidden"))


def _is_deleted_cell(cell: etree._Element) -> bool:
    properties = cell.find(w("tcPr"))
    return properties is not None and properties.find(w("cellDel")) is not None
