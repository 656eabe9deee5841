"""What stands on paper, before any format: lines, grids of boxes, sheets. Three writers print any of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


class Style(StrEnum):
    """The style of a line of text; every writer has a real style of this name."""

    ANNEX = "annex"
    TITLE = "title"
    SUBTITLE = "subtitle"
    GRID_NOTE = "grid_note"
    """The line above or below a grid: unit name, 单位：万元, 填表人."""
    LEVEL1 = "level1"
    LEVEL2 = "level2"
    LEVEL3 = "level3"
    LEVEL4 = "level4"
    BODY = "body"
    ATTACHMENT = "attachment"
    """附件说明, the first line"""
    ATTACHMENT_NEXT = "attachment_next"
    SIGNATURE = "signature"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Number:
    """A number for a spreadsheet: the value to store and the spreadsheet format that prints it as on paper."""

    value: Decimal
    format: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What one cell prints: the words, the number behind them where there is one, and how they stand."""

    text: str = ""
    number: Number | None = None
    align: Align | None = None
    bold: bool = False
    code: bool = False
    """Digits that are a name and not an amount: a project code, a telephone number."""


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of a grid at its top-left position (1-based), with its spans."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    align: Align = Align.LEFT
    bold: bool = False
    number: Number | None = None

    @property
    def bottom(self) -> int:
        return self.row + self.row_span - 1

    @property
    def right(self) -> int:
        return self.column + self.column_span - 1

    def positions(self) -> Iterator[tuple[int, int]]:
        for row in range(self.row, self.bottom + 1):
            for column in range(self.column, self.right + 1):
                yield row, column


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph outside the grids. ``right`` stands at the right margin of the same line."""

    text: str
    style: Style
    right: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``widths`` are in characters of half width; ``header`` is the row to repeat on every page, or 0.

    Raises ``ValueError`` unless the boxes tile the rectangle exactly.
    """

    widths: tuple[float, ...]
    boxes: tuple[Box, ...]
    header: int = 0

    def __post_init__(self) -> None:
        seen: set[tuple[int, int]] = set()
        for box in self.boxes:
            covered = set(box.positions())
            if covered & seen:
                raise ValueError(f"boxes overlap at row {box.row}, column {box.column}")
            seen |= covered
        if len(seen) != self.height * len(self.widths):
            raise ValueError("the boxes leave a hole in the grid or stand outside it")

    @property
    def height(self) -> int:
        return max((b.bottom for b in self.boxes), default=0)

    def rows(self) -> Iterator[list[Box]]:
        """The boxes that start in each row, left to right."""
        for row in range(1, self.height + 1):
            yield sorted((b for b in self.boxes if b.row == row), key=lambda b: b.column)


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, one section of a document. ``official`` pages follow GB/T 9704."""

    name: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    official: bool = False

    @property
    def grids(self) -> list[Grid]:
        return [b for b in self.blocks if isinstance(b, Grid)]


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole printed form or report. ``title`` goes into the properties of the file."""

    title: str
    sheets: tuple[Sheet, ...]


class CannotPrintError(ValueError):
    """The report cannot be put on this form; the message says why, in Chinese."""


_REPLACED = {
    i: "\N{REPLACEMENT CHARACTER}"
    for i in [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)]
}
_REPLACED[13] = None  # type: ignore[assignment]


def printable(text: str) -> str:
    """The text without what no file can hold (control characters, lone surrogates), those shown as U+FFFD."""
    return text.translate(_REPLACED)


def join(blocks: Iterable[Block | None]) -> tuple[Block, ...]:
    return tuple(b for b in blocks if b is not None)
