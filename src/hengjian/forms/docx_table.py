"""A grid as a Word table with a fixed layout and true merges in both directions."""

from __future__ import annotations

from typing import Any

from hengjian.forms.docx_styles import CELL_STYLE, LABEL_STYLE, style_id
from hengjian.forms.docx_xml import element, paragraph_text
from hengjian.forms.measure import LEAST_HEIGHT
from hengjian.forms.paper import Box, Grid

_TWIPS = 20
_OUTER, _INNER = "8", "4"
"""Borders in eighths of a point: 1 pt outside, 0.5 pt inside."""


def table_element(grid: Grid, width: int) -> Any:
    """The ``w:tbl`` of a grid, ``width`` twips wide."""
    columns = _column_widths(grid, width)
    table = element("w:tbl")
    table.append(_table_properties(width))
    table_grid = element("w:tblGrid")
    for column in columns:
        table_grid.append(element("w:gridCol", w=str(column)))
    table.append(table_grid)
    owners = {position: box for box in grid.boxes for position in box.positions()}
    for row in range(1, grid.height + 1):
        table.append(_row(owners, row, columns))
    return table


def _column_widths(grid: Grid, width: int) -> list[int]:
    total = sum(grid.widths)
    widths = [int(width * w / total) for w in grid.widths]
    widths[-1] += width - sum(widths)
    return widths


def _table_properties(table_width: int) -> Any:
    properties = element("w:tblPr")
    properties.append(element("w:tblW", w=str(table_width), type="dxa"))
    properties.append(element("w:jc", val="center"))
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        size = _INNER if side.startswith("inside") else _OUTER
        borders.append(element(f"w:{side}", val="single", sz=size, space="0", color="000000"))
    properties.append(borders)
    properties.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    for side, width in (("top", "40"), ("left", "40"), ("bottom", "40"), ("right", "40")):
        margins.append(element(f"w:{side}", w=width, type="dxa"))
    properties.append(margins)
    return properties


def _row(owners: dict[tuple[int, int], Box], row: int, columns: list[int]) -> Any:
    made = element("w:tr")
    properties = element("w:trPr")
    properties.append(element("w:cantSplit"))
    properties.append(element("w:trHeight", val=str(int(LEAST_HEIGHT * _TWIPS)), hRule="atLeast"))
    if row == 1 and all(owners[row, column].row_span == 1 for column in range(1, len(columns) + 1)):
        properties.append(element("w:tblHeader"))
    made.append(properties)
    column = 1
    while column <= len(columns):
        box = owners[row, column]
        made.append(_cell(box, sum(columns[column - 1 : box.right]), starts=box.row == row))
        column = box.right + 1
    return made


def _cell(box: Box, width: int, *, starts: bool) -> Any:
    cell = element("w:tc")
    properties = element("w:tcPr")
    properties.append(element("w:tcW", w=str(width), type="dxa"))
    if box.column_span > 1:
        properties.append(element("w:gridSpan", val=str(box.column_span)))
    if box.row_span > 1:
        properties.append(element("w:vMerge", val="restart") if starts else element("w:vMerge"))
    properties.append(element("w:vAlign", val="center"))
    cell.append(properties)
    paragraph = element("w:p")
    paragraph_properties = element("w:pPr")
    paragraph_properties.append(element("w:pStyle", val=style_id(LABEL_STYLE if box.bold else CELL_STYLE)))
    paragraph_properties.append(element("w:jc", val=box.align.value))
    paragraph.append(paragraph_properties)
    if starts:
        paragraph_text(paragraph, box.text)
    cell.append(paragraph)
    return cell
