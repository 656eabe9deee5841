"""Where a thing stands in a document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a document: characters of a paragraph, a table cell, or a sheet cell.

    Numbers start at 1, character offsets at 0 (half open). A zero means "does not apply".
    In a cell ``start`` and ``end`` are offsets into the cell's text; ``loc`` does not print them.
    The field order is the reading order within one kind of block; ``block`` is the index of the
    block in the document and orders paragraphs and tables among each other.
    """

    block: int = 0
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    start: int = 0
    end: int = 0
    page: int = 0
    sheet: str = ""
    quote: str = ""

    @property
    def loc(self) -> str:
        """The stable printed form: ``p12:35-41``, ``t3r8c5`` or ``Sheet!B6``, after ``page4/`` if known."""
        prefix = f"page{self.page}/" if self.page else ""
        if self.sheet:
            return f"{prefix}{self.sheet}!{column_letters(self.column)}{self.row}"
        if self.table:
            return f"{prefix}t{self.table}r{self.row}c{self.column}"
        if self.paragraph:
            span = f":{self.start}-{self.end}" if self.end else ""
            return f"{prefix}p{self.paragraph}{span}"
        return f"{prefix}document"

    def part(self, start: int, end: int, quote: str) -> Place:
        """The same block, narrowed to the characters ``start`` to ``end``."""
        return Place(self.block, self.paragraph, self.table, self.row, self.column, start, end, self.page, self.sheet, quote)

    @property
    def same_cell_key(self) -> tuple[int, int, int, int]:
        """Equal for two places in one cell or one paragraph."""
        return (self.block, self.paragraph, self.row, self.column)


def column_letters(column: int) -> str:
    """The spreadsheet letters of a 1-based column: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


NOWHERE = Place()
