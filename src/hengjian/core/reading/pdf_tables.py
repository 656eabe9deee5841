"""Tables of a PDF page as rows of cell drafts, and tables that go on over a page break joined again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Final

from hengjian.core.reading.building import CellDraft
from hengjian.core.reading.pdf_borderless import AlignedTable
from hengjian.core.reading.pdf_grid import RuledGrid
from hengjian.core.reading.pdf_lines import cell_text, joined
from hengjian.core.reading.pdf_page import Glyph

_SAME_COLUMN: Final = 4.0
_MOST_HEADER_ROWS: Final = 4


@dataclass(slots=True)
class PdfTable:
    """A table of one or more pages. ``xs`` are the positions of its upright lines, or of its columns' left edges."""

    page: int
    top: float
    bottom: float
    xs: tuple[float, ...]
    cells: list[CellDraft]

    @property
    def height(self) -> int:
        return max((c.row + c.row_span - 1 for c in self.cells), default=0)

    def row(self, number: int) -> list[CellDraft]:
        """The cells that begin in a row."""
        return [c for c in self.cells if c.row == number]


def from_grid(grid: RuledGrid, glyphs: Sequence[Glyph], page: int) -> tuple[PdfTable, list[Glyph]]:
    """The table drawn by ``grid``, and the glyphs that lie outside it."""
    inside: list[list[Glyph]] = [[] for _ in grid.boxes]
    outside: list[Glyph] = []
    for glyph in glyphs:
        index = grid.position((glyph.left + glyph.right) / 2, glyph.baseline - 0.35 * glyph.size)
        (outside if index is None else inside[index]).append(glyph)
    cells = []
    for box, own in zip(grid.boxes, inside, strict=True):
        text = cell_text(own, grid.xs[box.left], grid.xs[box.right])
        cells.append(
            CellDraft(text, box.top + 1, box.left + 1, box.bottom - box.top, box.right - box.left, page)
        )
    table = PdfTable(page, grid.top, grid.bottom, grid.xs, cells)
    return without_empty_lines(table), outside


def from_alignment(aligned: AlignedTable) -> PdfTable:
    """A table recognised by its columns alone; ``xs`` are their left edges and, for the open right side, infinity."""
    first, last = aligned.lines[0], aligned.lines[-1]
    cells = []
    for number, row in enumerate(aligned.rows, start=1):
        free = set(range(len(aligned.lefts)))
        for left, right, text in row:
            cells.append(CellDraft(text, number, left + 1, 1, right - left + 1, first.page))
            free -= set(range(left, right + 1))
        cells += [CellDraft("", number, column + 1, 1, 1, first.page) for column in free]
    cells.sort(key=lambda c: (c.row, c.column))
    return PdfTable(first.page, first.baseline - first.size, last.baseline, (*aligned.lefts, inf), cells)


def without_empty_lines(table: PdfTable) -> PdfTable:
    """Drop grid rows and columns in which no cell begins: double lines and decoration make them."""
    rows = {c.row for c in table.cells}
    columns = {c.column for c in table.cells}
    row_of = {old: new for new, old in enumerate(sorted(rows), start=1)}
    column_of = {old: new for new, old in enumerate(sorted(columns), start=1)}
    cells = []
    for cell in table.cells:
        height = sum(cell.row <= r < cell.row + cell.row_span for r in rows)
        width = sum(cell.column <= c < cell.column + cell.column_span for c in columns)
        cells.append(
            replace(
                cell, row=row_of[cell.row], column=column_of[cell.column], row_span=height, column_span=width
            )
        )
    return replace(table, cells=cells)


def goes_on(above: PdfTable, below: PdfTable) -> bool:
    """Whether ``below``, first thing on the next page, is the rest of ``above``: the same upright lines."""
    if below.page != max(c.page for c in above.cells) + 1 or not above.xs or not below.xs:
        return False
    if abs(above.xs[0] - below.xs[0]) > _SAME_COLUMN or (above.xs[-1] == inf) != (below.xs[-1] == inf):
        return False
    if above.xs[-1] != inf and abs(above.xs[-1] - below.xs[-1]) > _SAME_COLUMN:
        return False
    fewer, more = sorted((above.xs, below.xs), key=len)
    return all(any(x == other or abs(x - other) <= _SAME_COLUMN for other in more) for x in fewer)


def join(above: PdfTable, below: PdfTable) -> PdfTable:
    """One table out of two parts: on one grid of columns, repeated header rows dropped, split cells put together."""
    xs = above.xs if len(above.xs) >= len(below.xs) else below.xs
    upper, lower = _on_columns(above, xs), _on_columns(below, xs)
    repeated = _repeated_rows(upper, lower, drawn=above.xs[-1] != inf)
    rest = [replace(c, row=c.row - repeated) for c in lower if c.row > repeated]
    if repeated == 0 and _is_split_row(upper, rest):
        rest = _append_split_row(upper, rest)
    height = max(c.row + c.row_span - 1 for c in upper)
    _extend_merged(upper, rest, height)
    shifted = [replace(c, row=c.row + height) for c in rest]
    cells = sorted([*upper, *shifted], key=lambda c: (c.row, c.column))
    return replace(above, bottom=below.bottom, xs=xs, cells=cells)


def _on_columns(table: PdfTable, xs: tuple[float, ...]) -> list[CellDraft]:
    """The cells on a finer grid of columns."""
    if len(table.xs) == len(xs):
        return [replace(c) for c in table.cells]
    index = [min(range(len(xs)), key=lambda i: 0 if xs[i] == x else abs(xs[i] - x)) for x in table.xs]
    placed = []
    for cell in table.cells:
        left = index[min(cell.column - 1, len(index) - 1)]
        right = index[min(cell.column - 1 + cell.column_span, len(index) - 1)]
        placed.append(replace(cell, column=left + 1, column_span=max(1, right - left)))
    return placed


def _repeated_rows(upper: list[CellDraft], lower: list[CellDraft], drawn: bool) -> int:
    """How many rows at the top of the lower part repeat those of the upper one; without lines only their words count."""
    count = 0
    while count < _MOST_HEADER_ROWS:
        first, second = _row_key(upper, count + 1, drawn), _row_key(lower, count + 1, drawn)
        if first != second or not any(text for _, _, text in first):
            break
        count += 1
    return count


def _row_key(cells: list[CellDraft], row: int, drawn: bool) -> list[tuple[int, int, str]]:
    if drawn:
        return [(c.column, c.column_span, "".join(c.text.split())) for c in cells if c.row == row]
    return [(0, 0, "".join(c.text.split())) for c in cells if c.row == row and c.text.strip()]


_LONG_TEXT = 200
"""Characters from which a cell that reaches the foot of a page may go on overleaf."""


def _is_split_row(upper: list[CellDraft], rest: list[CellDraft]) -> bool:
    """Whether the first row below is the rest of the last row above: only the long texts of that row go on."""
    last_row = max(c.row for c in upper)
    above = {c.column: c for c in upper if c.row == last_row}
    below = [c for c in rest if c.row == 1]
    filled = [c for c in below if c.text.strip()]
    if not filled or any(c.column not in above or not above[c.column].text.strip() for c in filled):
        return False
    if any(c.row_span > 1 and above[c.column].row_span == 1 for c in filled):
        return False  # a group of rows begins here
    if any(_is_broken(above[c.column].text, c.text) for c in filled):
        return True
    written = sum(bool(c.text.strip()) for c in above.values())
    long = all(len(above[c.column].text) >= _LONG_TEXT for c in filled)
    return (written >= 3 or long) and len(filled) * 2 <= max(written, 2)


def _is_broken(above: str, below: str) -> bool:
    """Whether a word is cut in two: 效益 | 指标, 100 | %."""
    first, second = "".join(above.split()), "".join(below.split())
    return (second == "指标" and not first.endswith("指标")) or (second in ("%", "％") and first[-1:].isdigit())


def _append_split_row(upper: list[CellDraft], rest: list[CellDraft]) -> list[CellDraft]:
    last_row = max(c.row for c in upper)
    above = {c.column: c for c in upper if c.row == last_row}
    for cell in rest:
        if cell.row == 1 and cell.text.strip():
            above[cell.column].text = joined(above[cell.column].text, cell.text)
    merged = [replace(c, row_span=c.row_span - 1) for c in rest if c.row == 1 and c.row_span > 1]
    return merged + [replace(c, row=c.row - 1) for c in rest if c.row > 1]


def _extend_merged(upper: list[CellDraft], rest: list[CellDraft], height: int) -> None:
    """A merged cell cut by the page break goes on as an empty one: give its rows to the cell above.

    Only where one of the two covers several rows: a single empty cell may just be empty.
    """
    for cell in [c for c in rest if c.row == 1 and not c.text.strip()]:
        above = next((c for c in upper if c.column == cell.column and c.row + c.row_span - 1 == height), None)
        if above is None or above.column_span != cell.column_span:
            continue
        if above.row_span > 1 or cell.row_span > 1:
            above.row_span += cell.row_span
            rest.remove(cell)
