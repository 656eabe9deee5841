"""What a workbook hides: drafts and old figures, left out as a print leaves them out, and listed.

Rows that a filter or a folded outline hides stay: the totals of their list count them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hengjian.core.places import Place
from hengjian.core.reading.building import Builder
from hengjian.core.reading.sheet_grid import Merge, SheetGrid

_SHOWN: Final = 5
"""Numbers of rows or columns that a message names."""


def leave_out_sheet(name: str, builder: Builder) -> None:
    """List a hidden sheet, unread."""
    builder.not_read("hidden_sheet", f"工作表“{name}”是隐藏的，内容没有读取", Place(sheet=name, row=1, column=1))


def leave_out_rows(grid: SheetGrid) -> None:
    """Drop what stands in hidden rows; a merged cell that reaches out of them keeps its text in its first row in sight."""
    if grid.filtered:
        grid.hidden_rows = []
    hidden = frozenset(grid.hidden_rows)
    grid.merges = [_in_sight(merge, hidden, grid) for merge in grid.merges]
    filled = {row for (row, _), cell in grid.cells.items() if row in hidden and (cell.text.strip() or cell.trouble)}
    grid.cells = {spot: cell for spot, cell in grid.cells.items() if spot[0] not in hidden}
    grid.comments = [comment for comment in grid.comments if comment[0] not in hidden]
    if filled:
        grid.not_read.append(("hidden_rows", _message(grid, sorted(filled), "行", "内容没有读取"), 0, 0))


def _in_sight(merge: Merge, hidden: frozenset[int], grid: SheetGrid) -> Merge:
    """The merge from its first row that is not hidden on, its text moved there."""
    if merge.top not in hidden:
        return merge
    top = next((row for row in range(merge.top + 1, merge.bottom + 1) if row not in hidden), None)
    if top is None:
        return merge
    if (merge.top, merge.left) in grid.cells:
        grid.cells[top, merge.left] = grid.cells.pop((merge.top, merge.left))
    return merge._replace(top=top)


def say_what_is_hidden(grid: SheetGrid, builder: Builder) -> None:
    """List the hidden columns and whatever else of the sheet was not read."""
    sheet = Place(sheet=grid.name, row=1, column=1)
    if grid.hidden_columns:
        builder.not_read("hidden_columns", _message(grid, grid.hidden_columns, "列", "内容已照常读取"), sheet)
    for code, message, row, column in grid.not_read:
        builder.not_read(code, message, Place(sheet=grid.name, row=row or 1, column=column or 1))


def _message(grid: SheetGrid, numbers: Iterable[int], what: str, done: str) -> str:
    listed = list(numbers)
    shown = "、".join(str(n) for n in listed[:_SHOWN]) + ("等" if len(listed) > _SHOWN else "")
    return f"工作表“{grid.name}”的第 {shown} {what}是隐藏的，{done}"
