"""Test documents in a tiny text language, built to a Document, a docx and an xlsx.

Every line is a paragraph. Lines that start with ``|`` are table rows: ``| a | b | c |``. A cell ``<`` is merged into
its left neighbour, ``^`` into the one above, ``⏎`` is a line break in a cell. A blank line ends a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from hengjian.core.document import Block, Cell, Document, Paragraph, Table
from hengjian.core.places import Place


@dataclass
class GridCell:
    """A cell of a parsed table: text, top-left position (1-based) and spans."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


def parse(text: str) -> list[str | list[GridCell]]:
    """Paragraph strings and tables, in order."""
    blocks: list[str | list[GridCell]] = []
    rows: list[list[str]] = []
    for line in [*text.strip("\n").split("\n"), ""]:
        if line.lstrip().startswith("|"):
            rows.append([c.strip().replace("⏎", "\n") for c in line.strip().strip("|").split("|")])
            continue
        if rows:
            blocks.append(_grid(rows))
            rows = []
        if line.strip():
            blocks.append(line.strip())
    return blocks


def _grid(rows: list[list[str]]) -> list[GridCell]:
    owner: dict[tuple[int, int], GridCell] = {}
    cells: list[GridCell] = []
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row, 1):
            cell = _merged(owner, text, r, c)
            if cell is None:
                cell = GridCell(text, r, c)
                cells.append(cell)
            owner[r, c] = cell
    return cells


def _merged(owner: dict[tuple[int, int], GridCell], text: str, row: int, column: int) -> GridCell | None:
    neighbour = {"<": (row, column - 1), "^": (row - 1, column)}.get(text)
    if neighbour is None:
        return None
    cell = owner[neighbour]
    cell.row_span = max(cell.row_span, row - cell.row + 1)
    cell.column_span = max(cell.column_span, column - cell.column + 1)
    return cell


def build_document(text: str, name: str = "报告.docx") -> Document:
    """The document as a reader would give it, without going through a file."""
    blocks: list[Block] = []
    paragraphs = tables = 0
    caption: list[str] = []
    for index, block in enumerate(parse(text)):
        if isinstance(block, str):
            paragraphs += 1
            place = Place(block=index, paragraph=paragraphs, quote=block)
            blocks.append(Paragraph(block, place))
            caption = [*caption, block][-3:]
        else:
            tables += 1
            blocks.append(_table(block, index, tables, "\n".join(c for c in caption if len(c) < 40)))
            caption = []
    return Document(tuple(blocks), format="docx", name=name)


def _table(grid: list[GridCell], index: int, number: int, caption: str) -> Table:
    cells = tuple(
        Cell(g.text, g.row, g.column, Place(block=index, table=number, row=g.row, column=g.column, quote=g.text),
             g.row_span, g.column_span)
        for g in grid
    )  # fmt: skip
    return Table(number, cells, Place(block=index, table=number), caption)


def build_docx(text: str) -> bytes:
    """A Word file with real merged cells."""
    import docx

    word = docx.Document()
    for block in parse(text):
        if isinstance(block, str):
            word.add_paragraph(block)
            continue
        table = word.add_table(*_size(block), style="Table Grid")
        for g in block:
            cell = table.cell(g.row - 1, g.column - 1)
            if g.row_span > 1 or g.column_span > 1:
                cell = cell.merge(table.cell(g.row + g.row_span - 2, g.column + g.column_span - 2))
            cell.text = g.text
    return _saved(word)


def build_xlsx(text: str) -> bytes:
    """A workbook with one sheet: paragraphs in column A, tables below them, blocks parted by an empty row."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    row = 1
    for block in parse(text):
        if isinstance(block, str):
            sheet.cell(row, 1, block).data_type = "s"
            row += 1
            continue
        for g in block:
            if g.text:  # "=100%" is a target, not a formula
                sheet.cell(row + g.row - 1, g.column, g.text).data_type = "s"
            if g.row_span > 1 or g.column_span > 1:
                top, left = row + g.row - 1, g.column
                sheet.merge_cells(None, top, left, top + g.row_span - 1, left + g.column_span - 1)
        row += _size(block)[0] + 1
    return _saved(book)


def _size(grid: list[GridCell]) -> tuple[int, int]:
    return max(g.row + g.row_span - 1 for g in grid), max(g.column + g.column_span - 1 for g in grid)


def _saved(thing: object) -> bytes:
    buffer = BytesIO()
    thing.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def renderings(text: str) -> Iterator[tuple[str, bytes]]:
    """The same text as docx and as xlsx: ``(format, bytes)``."""
    yield "docx", build_docx(text)
    yield "xlsx", build_xlsx(text)
