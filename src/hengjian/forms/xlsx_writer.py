"""Prints any paper that has grids as a workbook: numbers are numbers, every text is text and never a formula."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from hengjian.forms import fonts
from hengjian.forms.archive import FIXED_MOMENT, repack
from hengjian.forms.measure import stretched
from hengjian.forms.paper import Align, Box, CannotPrintError, Grid, Line, Paper, Sheet, Style

_MILLIMETRES = 25.4
_LONGEST_TEXT = 32_767
_THIN, _MEDIUM = Side(style="thin"), Side(style="medium")
_LINE_FONTS = {
    Style.ANNEX: (fonts.HEADING, 16, 24.0, Align.LEFT),
    Style.TITLE: (fonts.TITLE, 20, 36.0, Align.CENTRE),
    Style.SUBTITLE: (fonts.BODY, 14, 22.0, Align.CENTRE),
    Style.GRID_NOTE: (fonts.BODY, 10.5, 22.0, Align.LEFT),
}


def write(paper: Paper) -> bytes:
    """The workbook's bytes, the same for the same paper. Raises ``CannotPrintError`` for a text no cell can hold."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet, name in zip(paper.sheets, _sheet_names(paper), strict=True):
        _write_sheet(workbook.create_sheet(name), sheet)
    workbook.properties.title = paper.title
    workbook.properties.creator = ""
    workbook.properties.created = workbook.properties.modified = datetime(*FIXED_MOMENT)  # noqa: DTZ001
    out = BytesIO()
    workbook.save(out)
    return repack(out.getvalue())


def _sheet_names(paper: Paper) -> list[str]:
    """Sheet names as a workbook allows them: no []:*?/\\, at most 31 characters, no two alike."""
    names: list[str] = []
    for number, sheet in enumerate(paper.sheets, 1):
        name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", sheet.name).strip("' ")[:28] or f"表{number}"
        taken = {n.casefold() for n in names}
        names.append(name if name.casefold() not in taken else f"{name[:26]}-{number}")
    return names


def _write_sheet(worksheet: Worksheet, sheet: Sheet) -> None:
    widths = {grid.widths for grid in sheet.grids}
    if len(widths) != 1:
        raise CannotPrintError(f"“{sheet.name}”没有表格，或表格列宽不一，不能写成工作表")
    columns = widths.pop()
    for column, width in enumerate(columns, 1):
        worksheet.column_dimensions[get_column_letter(column)].width = width + 0.7
    row = 1
    for block in sheet.blocks:
        if isinstance(block, Grid):
            row = _write_grid(worksheet, block, row)
        else:
            _write_line(worksheet, block, row, len(columns))
            row += 1
    _set_page(worksheet, sheet)


def _write_line(worksheet: Worksheet, line: Line, row: int, width: int) -> None:
    name, size, height, align = _LINE_FONTS.get(line.style, _LINE_FONTS[Style.GRID_NOTE])
    left_width = width if not line.right else width - max(1, width // 3)
    parts = [(line.text, 1, left_width, align)]
    if line.right:
        parts.append((line.right, left_width + 1, width, Align.RIGHT))
    for text, start, end, aligned in parts:
        cell = worksheet.cell(row, start)
        _put_text(cell, text)
        cell.font = Font(name=name, size=size)
        cell.alignment = Alignment(
            horizontal=aligned.value, vertical="center", wrap_text=line.style is Style.GRID_NOTE
        )
        worksheet.merge_cells(start_row=row, end_row=row, start_column=start, end_column=end)
    worksheet.row_dimensions[row].height = height


def _write_grid(worksheet: Worksheet, grid: Grid, top: int) -> int:
    """Write a grid with its first row at ``top``; returns the row below it."""
    grid, heights = stretched(grid)
    for box in grid.boxes:
        _write_box(worksheet, grid, box, top - 1)
    for row, height in enumerate(heights, top):
        worksheet.row_dimensions[row].height = height
    if grid.header:
        worksheet.print_title_rows = f"{top + grid.header - 1}:{top + grid.header - 1}"
    return top + grid.height


def _write_box(worksheet: Worksheet, grid: Grid, box: Box, above: int) -> None:
    for row, column in box.positions():
        worksheet.cell(row + above, column).border = _border(grid, row, column)
    cell = worksheet.cell(box.row + above, box.column)
    if box.number is not None:
        cell.value = box.number.value
        cell.number_format = box.number.format
    else:
        _put_text(cell, box.text)
    cell.font = Font(name=fonts.HEADING if box.bold else fonts.BODY, size=10.5)
    cell.alignment = Alignment(horizontal=box.align.value, vertical="center", wrap_text=True)
    if box.row_span > 1 or box.column_span > 1:
        worksheet.merge_cells(
            start_row=box.row + above,
            end_row=box.bottom + above,
            start_column=box.column,
            end_column=box.right,
        )


def _put_text(cell: Cell | MergedCell, text: str) -> None:
    """Text stays text: a leading = + - @ is never read as a formula, not even after someone edits the cell."""
    if len(text) > _LONGEST_TEXT:
        raise CannotPrintError(
            f"一个单元格最多容纳{_LONGEST_TEXT}字，“{text[:20]}……”有{len(text)}字，请改用 docx 或 pdf"
        )
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text[0] in "=+-@'"


def _border(grid: Grid, row: int, column: int) -> Border:
    return Border(
        left=_MEDIUM if column == 1 else _THIN,
        right=_MEDIUM if column == len(grid.widths) else _THIN,
        top=_MEDIUM if row == 1 else _THIN,
        bottom=_MEDIUM if row == grid.height else _THIN,
    )


def _set_page(worksheet: Worksheet, sheet: Sheet) -> None:
    worksheet.page_setup.paperSize = 9
    worksheet.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.print_options.horizontalCentered = True
    margins = worksheet.page_margins
    margins.top = 20 / _MILLIMETRES
    margins.left = margins.right = margins.bottom = 18 / _MILLIMETRES
    margins.header = margins.footer = 9 / _MILLIMETRES
    footer = worksheet.oddFooter
    if footer is not None and footer.center is not None:
        footer.center.text = "第 &P 页 共 &N 页"
    worksheet.sheet_view.showGridLines = False
