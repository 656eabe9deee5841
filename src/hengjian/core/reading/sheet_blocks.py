"""Spreadsheet pages → paragraphs and tables.

A form on a sheet has a title, a line with unit and 单位：万元, the lined region, and a line for signatures.
The lined or many-columned region becomes a table; the lines around it become paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from hengjian.core.document import Cell
from hengjian.core.places import Place
from hengjian.core.reading.building import Builder, leading_blanks, tidy_lines
from hengjian.core.reading.sheet_grid import LAST_COLUMN, Merge, SheetCell, SheetGrid
from hengjian.core.reading.sheet_hidden import leave_out_rows, say_what_is_hidden

_LABEL = re.compile(r"^.{1,14}[：:]|^[（(]?\s*\d{4}\s*年|公开\s*\d+\s*表|^附[件表]|^单位\b|^\d{4}-\d")
_NEW_TABLE = re.compile(r"^(附[件表]|表[一二三四五六七八九十\d])")
_BEYOND = 30
"""A merged cell of a form may end this far right of, or below, the last filled cell."""
_TALLEST_MERGE = 500
"""Rows; a merge over a million rows is no cell of a form."""


@dataclass(slots=True)
class _Row:
    """One sheet row: its filled cells by column, and how many of its cells have lines."""

    number: int
    filled: dict[int, SheetCell] = field(default_factory=dict)
    bordered: int = 0
    covered: bool = False

    @property
    def looks_like_labels(self) -> bool:
        return bool(self.filled) and all(_LABEL.search(cell.text.strip()) for cell in self.filled.values())


@dataclass(slots=True)
class _Run:
    """Rows that go together: a table, or lines of text."""

    is_table: bool
    rows: list[_Row]


def add_sheet(grid: SheetGrid, builder: Builder) -> None:
    """Append the paragraphs and tables of one sheet, then its text boxes and comments."""
    leave_out_rows(grid)
    merges = _merges_by_anchor(grid)
    for group in _groups(_rows(grid, merges), frozenset(grid.hidden_rows)):
        for run in _runs(group):
            heads = _title_rows(run.rows, grid, merges) if run.is_table else len(run.rows)
            _add_lines(run.rows[:heads], grid, builder)
            if heads < len(run.rows):
                _add_table(run.rows[heads:], grid, merges, builder)
    for text in grid.boxes:
        for line in text.split("\n"):
            builder.paragraph(line, role="textbox", sheet=grid.name)
    for row, column, text in grid.comments:
        builder.paragraph(text, role="comment", sheet=grid.name, row=row, column=column)
    say_what_is_hidden(grid, builder)


def _merges_by_anchor(grid: SheetGrid) -> dict[tuple[int, int], Merge]:
    """Merged ranges by their top-left cell. One to XFD1048576 is cut to the used rows and columns."""
    if not grid.cells:
        return {}
    bottom, right = max(r for r, _ in grid.cells) + _BEYOND, max(c for _, c in grid.cells) + _BEYOND
    found: dict[tuple[int, int], Merge] = {}
    for merge in grid.merges:
        if merge.top <= bottom - _BEYOND and merge.left <= right - _BEYOND:
            last = _cut(merge.top, merge.bottom, bottom, _TALLEST_MERGE)
            found[merge.top, merge.left] = Merge(
                merge.top, merge.left, last, _cut(merge.left, merge.right, right, LAST_COLUMN)
            )
    return found


def _cut(first: int, last: int, used: int, most: int) -> int:
    """The last row or column of a merge; what goes on far beyond the used part is cut to it."""
    return last if last <= used and last - first < most else min(used - _BEYOND, first + most)


def _rows(grid: SheetGrid, merges: dict[tuple[int, int], Merge]) -> list[_Row]:
    rows: dict[int, _Row] = {}
    hidden = frozenset(grid.hidden_rows)
    for (number, column), cell in sorted(grid.cells.items(), key=lambda item: item[0]):
        row = rows.setdefault(number, _Row(number))
        row.bordered += cell.bordered
        if cell.text.strip() or cell.trouble:
            row.filled[column] = cell
    for (top, left), merge in merges.items():
        anchor = grid.cells.get((top, left))
        if anchor is None or not anchor.text.strip() or merge.bottom <= top:
            continue
        for number in range(top + 1, merge.bottom + 1):
            if number not in hidden:
                rows.setdefault(number, _Row(number)).covered = True
    return [rows[n] for n in sorted(rows) if rows[n].filled or rows[n].bordered > 1 or rows[n].covered]


def _groups(rows: list[_Row], hidden: frozenset[int]) -> Iterator[list[_Row]]:
    """Rows without a blank one in sight between them."""
    group: list[_Row] = []
    for row in rows:
        if group and any(n not in hidden for n in range(group[-1].number + 1, row.number)):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _runs(group: list[_Row]) -> list[_Run]:
    has_lines = sum(row.bordered > 1 for row in group) > 1
    inside = [_is_lined(row) if has_lines else len(row.filled) > 1 or row.covered for row in group]
    inside = _label_rows_outside(group, inside) if has_lines else _without_lines(group, inside)
    runs: list[_Run] = []
    for row, is_table in zip(group, inside, strict=True):
        if not runs or runs[-1].is_table != is_table:
            runs.append(_Run(is_table, []))
        runs[-1].rows.append(row)
    return runs


def _is_lined(row: _Row) -> bool:
    return row.bordered > 1 or len(row.filled) > 1 or row.covered


def _label_rows_outside(group: list[_Row], inside: list[bool]) -> list[bool]:
    """In a group with lines, rows without lines at its edges that only hold labels are text."""
    lined = [row.bordered > 1 for row in group]
    first, last = lined.index(True), len(lined) - 1 - lined[::-1].index(True)
    edge = [i < first or i > last for i in range(len(group))]
    return [
        is_in and not (at_edge and (row.looks_like_labels or len(row.filled) < 3))
        for is_in, at_edge, row in zip(inside, edge, group, strict=True)
    ]


def _without_lines(group: list[_Row], inside: list[bool]) -> list[bool]:
    """In a group without lines, the table goes from the first to the last row of several cells.

    Label rows above and below are text; a single cell in the middle stays in the table unless it names a new one.
    """
    core = [is_in and not row.looks_like_labels for is_in, row in zip(inside, group, strict=True)]
    if not any(core):
        return [False] * len(group)
    first, last = core.index(True), len(core) - 1 - core[::-1].index(True)
    while last + 1 < len(group) and _goes_on_below(group[first : last + 1], group[last + 1]):
        last += 1
    return [first <= i <= last and not _names_new_table(row) for i, row in enumerate(group)]


def _goes_on_below(table: list[_Row], row: _Row) -> bool:
    """A last row with one cell further right belongs to the table; one in the first column is a line below it."""
    left = min(min(r.filled, default=99) for r in table)
    return len(row.filled) == 1 and min(row.filled) > left and not row.looks_like_labels


def _names_new_table(row: _Row) -> bool:
    return len(row.filled) == 1 and bool(_NEW_TABLE.match(next(iter(row.filled.values())).text.strip()))


def _title_rows(rows: list[_Row], grid: SheetGrid, merges: dict[tuple[int, int], Merge]) -> int:
    """How many rows at the top are one cell over the whole width: titles drawn with the table's lines."""
    left, right = _columns(rows, grid, merges)
    for count, row in enumerate(rows):
        column = next(iter(row.filled), 0)
        merge = merges.get((row.number, column))
        if len(row.filled) != 1 or merge is None or merge[1:] != (left, row.number, right) or left == right:
            return count
    return len(rows)


def _add_lines(rows: list[_Row], grid: SheetGrid, builder: Builder) -> None:
    for row in rows:
        for column, cell in row.filled.items():
            _report_trouble(cell, Place(sheet=grid.name, row=row.number, column=column), builder)
            for line in cell.text.split("\n"):
                builder.paragraph(line, sheet=grid.name, row=row.number, column=column)


def _add_table(
    rows: list[_Row], grid: SheetGrid, merges: dict[tuple[int, int], Merge], builder: Builder
) -> None:
    hidden = frozenset(grid.hidden_rows)
    shown = [number for number in range(rows[0].number, rows[-1].number + 1) if number not in hidden]
    left, right = _columns(rows, grid, merges)
    slot = builder.reserve_table()
    index, number = slot
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for position, row in enumerate(shown):
        for column in range(left, right + 1):
            if (row, column) in taken:
                continue
            merge = merges.get((row, column), Merge(row, column, row, column))
            covered, width = _free_span(merge, shown[position : position + merge.bottom - row + 1], right, taken)
            taken.update((r, column + j) for r in covered for j in range(width))
            place = Place(index, table=number, row=row, column=column, sheet=grid.name)
            source = grid.cells.get((row, column)) or SheetCell()
            cells.append(_cell(source, position + 1, column - left + 1, len(covered), width, place))
            _report_trouble(source, place, builder)
    builder.fill_table(slot, cells, sheet=grid.name)


def _report_trouble(cell: SheetCell, place: Place, builder: Builder) -> None:
    if cell.trouble == "formula_without_value":
        builder.not_read("formula_without_value", f"{place.loc} 的公式没有保存计算结果", place)


def _columns(rows: list[_Row], grid: SheetGrid, merges: dict[tuple[int, int], Merge]) -> tuple[int, int]:
    """The first and last column of a table: where cells are filled, lined or merged into filled ones."""
    columns = [column for row in rows for column in row.filled]
    ends = [merges[row.number, c].right for row in rows for c in row.filled if (row.number, c) in merges]
    numbers = {row.number for row in rows if row.bordered > 1}
    lined = [column for (number, column), cell in grid.cells.items() if cell.bordered and number in numbers]
    every = [*columns, *ends, *lined]
    return min(every), max(every)


def _free_span(merge: Merge, below: list[int], right: int, taken: set[tuple[int, int]]) -> tuple[list[int], int]:
    """Which rows in sight and how many columns of a merge lie inside the table and belong to no other cell yet."""
    rows = [row for row in below if row <= merge.bottom]
    width = min(merge.right, right) - merge.left + 1
    if any((row, merge.left + j) in taken for row in rows for j in range(width)):
        return rows[:1], 1
    return rows, width


def _cell(source: SheetCell, row: int, column: int, height: int, width: int, place: Place) -> Cell:
    indent = source.indent + leading_blanks(source.text)
    return Cell(
        tidy_lines(source.text), row, column, place, height, width, indent, source.number, source.trouble
    )

