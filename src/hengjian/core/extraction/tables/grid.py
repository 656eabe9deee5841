"""A table as rows of cells, with the number of a cell that holds nothing but a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from hengjian.core.document import Cell, Table
from hengjian.core.extraction.targets import is_blank
from hengjian.core.extraction.terms import fold
from hengjian.core.extraction.units import UNIT
from hengjian.core.figures import Figure
from hengjian.core.report import Text

_WHOLE = re.compile(
    rf"[¥￥]?(?P<digits>[-−]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?)(?P<unit>{UNIT})?(?:/[一-鿿]{{1,2}})?"
)
_LOOKS_NUMERIC = re.compile(r"^[-−¥￥]?\d")


def cell_figure(cell: Cell, unit: str = "") -> Figure | None:
    """The figure of a cell that holds one number and at most its unit; ``unit`` where none is printed."""
    plain = fold(cell.text)
    if not _LOOKS_NUMERIC.match(plain):
        return None
    match = _WHOLE.fullmatch(plain)
    if match is None:
        return None
    digits = match["digits"].replace(",", "").replace("−", "-")
    printed_unit = plain[match.end("digits") :] or unit
    start = len(cell.text) - len(cell.text.lstrip())
    text = cell.text.strip()
    place = cell.place.part(start, start + len(text), text)
    return Figure(Decimal(digits), printed_unit, text, len(digits.partition(".")[2]), False, place)


def is_number(cell: Cell | None) -> bool:
    """Whether a cell holds nothing but a number (with unit)."""
    return cell is not None and cell_figure(cell) is not None


def text_of(cell: Cell | None) -> Text:
    """The printed words of a cell, trimmed, with their place."""
    return Text(cell.text.strip(), cell.place) if cell is not None else Text()


@dataclass(frozen=True)
class Row:
    """One row: ``cells`` cover it, merged ones from above included; ``fresh`` start in it."""

    number: int
    cells: tuple[Cell, ...]

    @cached_property
    def fresh(self) -> tuple[Cell, ...]:
        return tuple(c for c in self.cells if c.row == self.number)

    @cached_property
    def filled(self) -> tuple[Cell, ...]:
        """Cells that start here and say something."""
        return tuple(c for c in self.fresh if c.compact)

    @cached_property
    def has_numbers(self) -> bool:
        return any(is_number(c) for c in self.filled)

    def at(self, column: int) -> Cell | None:
        return next((c for c in self.cells if c.column <= column < c.column + c.column_span), None)

    def right_of(self, cell: Cell) -> Cell | None:
        """The next cell of this row to the right that says something, or the direct neighbour when none does."""
        after = [c for c in self.cells if c.column > cell.column]
        return next((c for c in after if c.compact), after[0] if after else None)


@dataclass(frozen=True)
class Grid:
    """The rows of a table."""

    table: Table

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(Row(n, tuple(self.table.covering_row(n))) for n in range(1, self.table.height + 1))

    @property
    def height(self) -> int:
        return self.table.height

    def row(self, number: int) -> Row:
        """The row with this 1-based number. Raises ``IndexError`` beyond the end."""
        return self.rows[number - 1]

    def from_row(self, number: int) -> Iterator[Row]:
        yield from self.rows[number - 1 :]

    def below(self, cell: Cell) -> Cell | None:
        """The cell that stands directly below."""
        return self.table.at(cell.row + cell.row_span, cell.column)


def says_nothing(cell: Cell | None) -> bool:
    return cell is None or is_blank(cell.text)
