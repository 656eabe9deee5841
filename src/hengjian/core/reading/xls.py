"""Old Excel workbooks (xls) → ``Document``, with the number formats that xlrd gives."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any, Final

import xlrd

from hengjian.core.document import Document
from hengjian.core.reading.building import Builder
from hengjian.core.reading.number_formats import BUILT_IN, printed_number, stored_number
from hengjian.core.reading.sheet_blocks import add_sheet
from hengjian.core.reading.sheet_grid import (
    LAST_COLUMN,
    MAX_CELLS,
    Merge,
    SheetCell,
    SheetGrid,
    trouble_of_text,
)
from hengjian.core.reading.sheet_hidden import leave_out_sheet
from hengjian.core.reading.unreadable import Unreadable, damaged

_ERRORS: Final = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
}


def read_xls(data: bytes, name: str) -> Document:
    """Read a workbook of Excel 97–2003 or WPS (et).

    Raises ``Unreadable`` (``encrypted``, ``damaged``). Whether a formula has a stored result cannot be told here.
    """
    builder = Builder()
    budget = MAX_CELLS
    book = _open(data, name)
    only_hidden = all(sheet.visibility for sheet in book.sheets())
    for sheet in book.sheets():
        if sheet.visibility and not only_hidden:
            leave_out_sheet(sheet.name, builder)
            continue
        grid = SheetGrid(sheet.name)
        budget -= _fill(grid, sheet, book, budget)
        add_sheet(grid, builder)
    return builder.document("xls", name)


def _open(data: bytes, name: str) -> xlrd.Book:
    try:
        return xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise Unreadable("encrypted", f"{name}：文件有密码；请去掉密码另存后再试。") from error
        raise damaged(name, "工作簿结构有误") from error


def _fill(grid: SheetGrid, sheet: Any, book: xlrd.Book, budget: int) -> int:
    """Take the cells over; answers how many were filled."""
    filled = 0
    for row in range(sheet.nrows):
        for column in range(min(sheet.row_len(row), LAST_COLUMN)):
            cell = _cell(sheet.cell(row, column), book)
            filled += bool(cell.text)
            if filled > budget:
                grid.not_read.append(
                    ("too_large", f"工作表“{grid.name}”太大，第 {row + 1} 行以后没有读取", 0, 0)
                )
                return filled
            if cell.text or cell.bordered:
                grid.cells[row + 1, column + 1] = cell
    grid.merges = [Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    rows, columns = sheet.rowinfo_map.items(), sheet.colinfo_map.items()
    grid.hidden_rows = [r + 1 for r, info in rows if info.hidden and not info.outline_level and r < sheet.nrows]
    grid.hidden_columns = [c + 1 for c, info in columns if info.hidden and c < sheet.ncols]
    grid.comments = [
        (r + 1, c + 1, note.text) for (r, c), note in sheet.cell_note_map.items() if note.text.strip()
    ]
    return filled


def _cell(source: Any, book: xlrd.Book) -> SheetCell:
    style = book.xf_list[source.xf_index] if source.xf_index is not None else None
    cell = SheetCell(bordered=style is not None and _is_lined(style.border))
    if style is not None:
        cell.indent = style.alignment.indent_level
    if source.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        _put_number(cell, source.value, _code(style, book), bool(book.datemode))
    elif source.ctype == xlrd.XL_CELL_TEXT:
        cell.text = source.value.replace("\r\n", "\n").replace("\r", "\n")
        cell.trouble = trouble_of_text(cell.text)
    elif source.ctype == xlrd.XL_CELL_BOOLEAN:
        cell.text = "TRUE" if source.value else "FALSE"
    elif source.ctype == xlrd.XL_CELL_ERROR:
        cell.text = _ERRORS.get(source.value, "#ERROR")
    return cell


def _put_number(cell: SheetCell, value: float, code: str, from_1904: bool) -> None:
    number: Decimal | None = stored_number(repr(value))
    cell.number = number
    cell.text = str(value) if number is None else printed_number(number, code, from_1904)


def _code(style: Any, book: xlrd.Book) -> str:
    """The format code; ids without one in the file are Excel's own."""
    if style is None:
        return "General"
    known = book.format_map.get(style.format_key)
    if style.format_key in BUILT_IN and (known is None or style.format_key < 50):
        return BUILT_IN[style.format_key]
    return known.format_str if known is not None else "General"


def _is_lined(border: Any) -> bool:
    return bool(border.top_line_style or border.bottom_line_style) and bool(
        border.left_line_style or border.right_line_style
    )
