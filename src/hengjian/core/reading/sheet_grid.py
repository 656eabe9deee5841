"""One spreadsheet page as values, the same for xlsx and xls."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple

LAST_COLUMN: Final = 400
"""Columns further right are not read: no form is that wide, and a stray cell at XFD1 would make it so."""
MAX_CELLS: Final = 50_000
"""Filled cells read from one workbook, a hundred times a report; the rest is listed as not read."""

_NUMBER_TEXT = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?")


@dataclass(slots=True)
class SheetCell:
    """A cell as it prints. ``bordered``: it has a line above or below and one at a side."""

    text: str = ""
    number: Decimal | None = None
    trouble: str = ""
    bordered: bool = False
    indent: int = 0


class Merge(NamedTuple):
    """A merged range, 1-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class SheetGrid:
    """Cells by (row, column), 1-based; only cells with text or a border are there."""

    name: str
    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    filtered: bool = False
    """A filter is on: it hides rows of its list."""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    comments: list[tuple[int, int, str]] = field(default_factory=list)
    not_read: list[tuple[str, str, int, int]] = field(default_factory=list)
    """(code, message, row, column); row 0 is the sheet as a whole."""


def trouble_of_text(text: str) -> str:
    """``number_as_text`` for text that Excel would have taken as a number; codes with leading zeros are none."""
    stripped = text.strip()
    if not _NUMBER_TEXT.fullmatch(stripped) or (stripped[0] == "0" and stripped[1:2].isdigit()):
        return ""
    return "number_as_text"
