"""A copy of a workbook with a note at every cell that takes part in a finding."""

from __future__ import annotations

from collections import defaultdict
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from hengjian.core.places import Place
from hengjian.forms.annotated.remarks import AUTHOR, remarks
from hengjian.forms.archive import repack
from hengjian.forms.findings.result import FileResult

_LINE_HEIGHT = 20
_WIDTH = 360
_LONGEST = 8_000


def annotate_xlsx(data: bytes, result: FileResult) -> bytes:
    """The workbook again, notes added to those that it has; formulas stay formulas."""
    book = load_workbook(BytesIO(data), rich_text=True)
    notes: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    first = book.worksheets[0].title
    for remark in remarks(result.findings):
        place = remark.place
        sheet = place.sheet if place.sheet in book.sheetnames else first
        notes[sheet, *_corner(book[sheet], place)].append(remark.text)
    for (sheet, row, column), texts in notes.items():
        _write(book[sheet], row, column, texts)
    buffer = BytesIO()
    book.save(buffer)
    return repack(buffer.getvalue())


def _corner(sheet: Worksheet, place: Place) -> tuple[int, int]:
    """The cell that can hold the note: the top left one of a merged range."""
    row, column = max(place.row, 1), max(place.column, 1)
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            return merged.min_row, merged.min_col
    return row, column


def _write(sheet: Worksheet, row: int, column: int, texts: list[str]) -> None:
    cell = sheet.cell(row, column)
    before = [cell.comment.text] if cell.comment else []
    text = ILLEGAL_CHARACTERS_RE.sub("", "\n\n".join([*before, *texts]))[:_LONGEST]
    note = Comment(text, AUTHOR)
    note.width = _WIDTH
    note.height = _LINE_HEIGHT * (3 + text.count("\n") + len(text) // 24)
    cell.comment = note
