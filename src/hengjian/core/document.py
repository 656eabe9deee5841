"""A document as values: paragraphs and tables in reading order, each with its place, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from hengjian.core.places import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables. ``text`` is as a reader sees it: automatic numbers restored, deletions left out."""

    text: str
    place: Place
    level: int = 0
    """Outline level 1–9 where the source declares one, else 0 (text is judged by its own numbering then)."""
    numbering: str = ""
    """The automatic number at the start of ``text``, e.g. ``（2）``; empty when it was typed."""
    role: str = "body"
    """``body``, ``footnote``, ``header``, ``footer``, ``contents``, ``textbox``, ``comment``."""
    indent: int = 0
    """Leading blanks in the source, counted in characters."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, standing at its top-left grid position (1-based) and covering its spans."""

    text: str
    row: int
    column: int
    place: Place
    row_span: int = 1
    column_span: int = 1
    indent: int = 0
    number: Decimal | None = None
    """The stored number of a spreadsheet cell, unrounded; the printed form is ``text``."""
    trouble: str = ""
    """``formula_without_value``, ``number_as_text`` or empty."""

    @property
    def compact(self) -> str:
        """The text without any blank or line break: what headers are compared by."""
        return "".join(self.text.split())


@dataclass(frozen=True)
class Table:
    """A table as a grid. Every grid position belongs to exactly one cell, or to none in a ragged table."""

    number: int
    """1-based, in reading order; a nested table follows the table that holds it."""
    cells: tuple[Cell, ...]
    place: Place
    caption: str = ""
    """The line or lines just above that name it (title, 单位：万元), joined by line breaks."""
    sheet: str = ""
    nested_in: Place | None = None

    def __getstate__(self) -> dict[str, object]:
        """Fields only: what was cached is cheaper to make again than to send to another process."""
        return {name: self.__dict__[name] for name in self.__dataclass_fields__}

    @cached_property
    def height(self) -> int:
        return max((c.row + c.row_span - 1 for c in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        return max((c.column + c.column_span - 1 for c in self.cells), default=0)

    @cached_property
    def _by_position(self) -> dict[tuple[int, int], Cell]:
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers this grid position."""
        return self._by_position.get((row, column))

    def covering_row(self, row: int) -> list[Cell]:
        """Every cell that covers this row, left to right, merged ones from above included."""
        seen: list[Cell] = []
        for column in range(1, self.width + 1):
            cell = self.at(row, column)
            if cell is not None and (not seen or seen[-1] is not cell):
                seen.append(cell)
        return seen

    def starting_in_row(self, row: int) -> list[Cell]:
        """The cells whose top edge is in this row, left to right."""
        return [c for c in self.covering_row(row) if c.row == row]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class NotRead:
    """Something in the source that gave no text: a picture, a scanned page, a formula without a value."""

    code: str
    """``image``, ``page_without_text``, ``formula_without_value``, ``embedded_object``, ``chart``, ``too_large`` …"""
    message: str
    place: Place = NOWHERE


@dataclass(frozen=True)
class Document:
    """What was read from one file. Readable is not the same as complete: see ``not_read``."""

    blocks: tuple[Block, ...]
    not_read: tuple[NotRead, ...] = ()
    format: str = ""
    """``docx``, ``xlsx``, ``xls``, ``pdf``, ``doc``, ``txt``, ``md``, ``ofd``, ``wps``."""
    pages: int = 0
    """Number of pages where the format has them, else 0."""
    name: str = field(default="", compare=False)
    """The file's name without folder; annexes are looked for among the names beside it."""

    def __getstate__(self) -> dict[str, object]:
        """Fields only, as for tables."""
        return {name: self.__dict__[name] for name in self.__dataclass_fields__}

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(b for b in self.blocks if isinstance(b, Paragraph))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        return tuple(b for b in self.blocks if isinstance(b, Table))

    @cached_property
    def body(self) -> tuple[Paragraph, ...]:
        """Paragraphs of the running text: no header, footer, comment or line of the contents."""
        return tuple(p for p in self.paragraphs if p.role in ("body", "textbox", "footnote"))

    def texts(self) -> Iterator[tuple[str, Place]]:
        """Every paragraph and every cell text, in reading order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.text, block.place
            else:
                yield from ((c.text, c.place) for c in block.cells if c.text)
