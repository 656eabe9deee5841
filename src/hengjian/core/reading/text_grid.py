"""Rows of a flattened table back on a grid: horizontal spans first, then labels merged downwards.

Two kinds of rows come in. In *compressed* rows (family A) a horizontal merge is one cell, so a row has as many entries
as the source has cells. In *full* rows (family B) every grid column has its field, and a merge leaves empty ones.
In both, the lower part of a vertical merge is an empty entry. An empty data cell is one too: only labels are merged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.core.reading.text_lines import BLANKS
from hengjian.core.reading.text_spans import compressed_spans, full_spans
from hengjian.core.reading.text_terms import (
    compact,
    is_header_row,
    is_level_header,
    is_level_value,
    is_number,
    terms,
)


@dataclass
class GridCell:
    """A cell on the grid: 1-based position, spans, and the blanks that stood before its text."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    indent: int = 0

    @property
    def words(self) -> str:
        return compact(self.text)


Rows = list[list[GridCell]]
Beside = tuple[dict[int, GridCell], frozenset[int]]
"""What stands on the left in the same row (owner by column), and which columns hold levels there."""


def build_grid(rows: Sequence[Sequence[str]], full: bool) -> list[GridCell]:
    """The cells of a table in reading order, merged ones once, from raw rows (``full``: one field per grid column)."""
    stripped = [[text.strip(BLANKS) for text in row] for row in rows]
    spans = full_spans(stripped) if full else compressed_spans(stripped)
    placed: Rows = []
    for number, (row, row_spans) in enumerate(zip(rows, spans, strict=True), 1):
        placed.append(_placed(row, row_spans, number))
    return _merge_downwards(placed)


def _placed(row: Sequence[str], spans: list[tuple[int, int, int]], number: int) -> list[GridCell]:
    cells = []
    for index, column, span in spans:
        raw = row[index] if index < len(row) else ""
        text = raw.strip(BLANKS)
        indent = len(raw) - len(raw.lstrip(BLANKS)) if text else 0
        cells.append(GridCell(text, number, column, 1, span, indent))
    return cells


def _merge_downwards(rows: Rows) -> list[GridCell]:
    kept: list[GridCell] = []
    owners: dict[int, GridCell] = {}
    levels = _level_columns(rows)
    for index, row in enumerate(rows):
        below: dict[int, GridCell] = {}
        for cell in row:
            owner = owners.get(cell.column)
            if owner is not None and _continues(rows, index, cell, owner, (below, levels[index])):
                owner.row_span += 1
                below[cell.column] = owner
            else:
                kept.append(cell)
                below[cell.column] = cell
        owners = below
    return kept


def _continues(rows: Rows, index: int, cell: GridCell, owner: GridCell, beside: Beside) -> bool:
    """Whether an empty entry is the lower part of the label above it."""
    if cell.text or not owner.text or owner.column_span != cell.column_span:
        return False
    if _is_lower_header(rows, index, owner):
        return True
    if not _has_content(rows, index):
        return False
    head = rows[owner.row - 1]
    if (
        owner.row == index
        and is_header_row([c.text for c in head])
        and not _is_side_label(rows, index, cell, owner)
    ):
        return False
    if cell.column == 1:
        return not is_number(owner.text)
    is_level = is_level_value(owner.text) or cell.column in beside[1]
    return is_level and _left_levels_continue(index, cell, beside)


def _has_content(rows: Rows, index: int) -> bool:
    """An empty row of a form continues a label only when the row below goes on with the same label."""
    if any(c.text for c in rows[index]):
        return True
    after = rows[index + 1] if index + 1 < len(rows) else []
    return len(after) == len(rows[index]) and not after[0].text and any(c.text for c in after)


def _is_lower_header(rows: Rows, index: int, owner: GridCell) -> bool:
    """The second row of a split header: empty below the heads that are not split."""
    above, row = rows[index - 1], rows[index]
    filled = [c for c in row if c.text]
    if (
        not is_header_row([c.text for c in above])
        or owner.row != index
        or not filled
        or len(filled) == len(row)
    ):
        return False
    split = [c for c in above if c.column_span > 1]
    inside = [c for c in filled if any(s.column <= c.column < s.column + s.column_span for s in split)]
    return len(inside) == len(filled) >= 2 and not any(is_number(c.text) for c in filled)


def _is_side_label(rows: Rows, index: int, cell: GridCell, owner: GridCell) -> bool:
    """A label that stands beside the header row and covers the whole block, not the head of a column."""
    if cell.column != 1 or is_level_header(owner.text) or owner.words in terms("column_heads"):
        return False
    width = len(rows[index])
    for row in rows[index:]:
        if len(row) != width or row[0].text:
            break
    else:
        return True
    return not any(row[0].text for row in rows[index : index + 1])


def _level_columns(rows: Rows) -> list[frozenset[int]]:
    """For every row the columns of 一级/二级指标, by the heads above it."""
    current: frozenset[int] = frozenset()
    result = []
    for row in rows:
        result.append(current)
        here = frozenset(c.column for c in row if is_level_header(c.text))
        if is_header_row([c.text for c in row]):
            lower = not here and not row[0].text
            current = current if lower else here
        else:
            current = current | here
    return result


def _left_levels_continue(index: int, cell: GridCell, beside: Beside) -> bool:
    """Level 2 goes on only while level 1 does: beside a new level 1 an empty level 2 is empty."""
    owners, levels = beside
    return not any(
        column < cell.column and owner.row == index + 1 and (is_level_value(owner.text) or column in levels)
        for column, owner in owners.items()
    )
