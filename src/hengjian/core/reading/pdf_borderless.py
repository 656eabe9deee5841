"""Tables without lines: rows of pieces whose columns stand under each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hengjian.core.reading.pdf_lines import TextLine, joined

_FEWEST_ROWS: Final = 3
_FEWEST_COLUMNS: Final = 3


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """Rows of cell texts, one per column, and the lines they were made of."""

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[TextLine, ...]


def aligned_tables(lines: Sequence[TextLine]) -> list[AlignedTable]:
    """Every run of lines that is a table by its alignment: at least three rows and three columns."""
    found = []
    for run in _runs(lines):
        columns = _columns(run)
        if len(columns) >= _FEWEST_COLUMNS:
            rows = _table_rows(run, columns)
            if len(rows) >= _FEWEST_ROWS:
                found.append(AlignedTable(rows, tuple(run)))
    return found


def _runs(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Lines of several pieces that follow each other; a single piece between them wraps a cell."""
    runs: list[list[TextLine]] = []
    current: list[TextLine] = []
    for index, line in enumerate(lines):
        if len(line.segments) >= _FEWEST_COLUMNS or (current and _wraps_a_cell(lines, index)):
            current.append(line)
        else:
            runs.append(current)
            current = []
    runs.append(current)
    return [run for run in runs if len(run) >= _FEWEST_ROWS]


def _wraps_a_cell(lines: Sequence[TextLine], index: int) -> bool:
    """Fewer pieces than a row, close below one, and each under a piece of it."""
    line, above = lines[index], lines[index - 1]
    close = line.baseline - above.baseline < 1.7 * line.size
    return close and all(
        any(_overlap(s.left, s.right, a.left, a.right) for a in above.segments) for s in line.segments
    )


def _columns(run: list[TextLine]) -> list[tuple[float, float]]:
    """Column ranges: what is left of the line's width when the gaps common to all lines are taken out."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((s.left, s.right) for line in run for s in line.segments):
        if columns and left < columns[-1][1] + 1.0:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _table_rows(run: list[TextLine], columns: list[tuple[float, float]]) -> tuple[tuple[str, ...], ...]:
    rows: list[list[str]] = []
    for line in run:
        cells = [""] * len(columns)
        for segment in line.segments:
            index = next(
                i
                for i, (left, right) in enumerate(columns)
                if _overlap(segment.left, segment.right, left, right)
            )
            cells[index] = joined(cells[index], segment.text)
        if rows and not cells[0] and sum(map(bool, cells)) < _FEWEST_COLUMNS:
            rows[-1] = [joined(above, below) for above, below in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return tuple(tuple(row) for row in rows)


def _overlap(left: float, right: float, other_left: float, other_right: float) -> bool:
    return left <= other_right and other_left <= right
