"""Tables without lines: rows of pieces whose columns stand under each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from hengjian.core.reading.pdf_lines import Segment, TextLine, joined

_FEWEST_ROWS: Final = 3
_FEWEST_COLUMNS: Final = 3
_WRAP: Final = 1.55
"""Lines of one cell stand at most so many em below each other."""
_WIDE_GAP: Final = 1.6
"""A gap so many times the widest one before it ends a table."""
_RICH: Final = 0.6
"""Lines with this share of the most pieces show where the columns are."""
_ALIGNED: Final = 3.0
_HAS_WIDE = re.compile(r"[\u2e80-\uffef]")

Span = tuple[int, int, str]
"""First and last column (0-based) and text of a cell."""


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """Rows of cells, the left edges of the columns, and the lines they were made of."""

    rows: tuple[tuple[Span, ...], ...]
    lefts: tuple[float, ...]
    lines: tuple[TextLine, ...]


def aligned_tables(lines: Sequence[TextLine]) -> list[AlignedTable]:
    """Every run of lines that is a table by its alignment: at least three rows and three columns."""
    found = []
    taken = 0
    for first, last in _runs(lines):
        columns = _columns(lines[first:last])
        if len(columns) < _FEWEST_COLUMNS:
            continue
        first = max(first, taken)
        last = _end(lines, first, last, columns)
        run = lines[first:last]
        rows = _rows(run, columns)
        if len(rows) >= _FEWEST_ROWS:
            found.append(AlignedTable(tuple(rows), tuple(left for left, _ in columns), tuple(run)))
            taken = last
    return found


def _runs(lines: Sequence[TextLine]) -> list[tuple[int, int]]:
    """Lines of several pieces that follow each other; a single piece between them wraps a cell."""
    runs: list[tuple[int, int]] = []
    start = 0
    for index, line in enumerate([*lines, None]):
        inside = line is not None and (
            len(line.segments) >= _FEWEST_COLUMNS or (index > start and _wraps_a_cell(lines, index))
        )
        if inside and (index == start or _belongs(lines[start:index], lines[index])):
            continue
        runs.append((start, index))
        start = index if inside else index + 1
    return [(first, last) for first, last in runs if last - first >= _FEWEST_ROWS]


def _belongs(run: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line goes on with a table: of its type size, and no further below it than its rows are apart."""
    gaps = [below.baseline - above.baseline for above, below in pairwise(run)]
    if len(gaps) > 1 and line.baseline - run[-1].baseline > _WIDE_GAP * max(gaps):
        return False
    known = next((above.size for above in reversed(run) if _HAS_WIDE.search(above.text)), line.size)
    return not _HAS_WIDE.search(line.text) or abs(known - line.size) <= 0.15 * known


def _wraps_a_cell(lines: Sequence[TextLine], index: int) -> bool:
    """Fewer pieces than a row, close below one, and each under a piece of it."""
    line, above = lines[index], lines[index - 1]
    close = line.baseline - above.baseline < 1.7 * line.size
    return close and all(
        any(_overlap(s.left, s.right, a.left, a.right) for a in above.segments) for s in line.segments
    )


def _end(lines: Sequence[TextLine], first: int, last: int, columns: list[tuple[float, float]]) -> int:
    """Where the run ends with the rows of merged cells below it: fewer pieces, but in its columns.

    Such a line above a run rather is its caption (填报单位 … 单位：万元).
    """
    while last < len(lines) and _is_row_of_merged(lines[last], columns) and _belongs(lines[first:last], lines[last]):
        last += 1
    return last


def _is_row_of_merged(line: TextLine, columns: list[tuple[float, float]]) -> bool:
    lefts = [left for left, _ in columns]
    starts = [any(abs(s.left - left) <= _ALIGNED for left in lefts) for s in line.segments]
    if len(line.segments) == 1:
        return any(abs(line.left - left) <= _ALIGNED for left in lefts[1:])
    return starts[0] and line.right <= columns[-1][1] + line.size


def _columns(run: Sequence[TextLine]) -> list[tuple[float, float]]:
    """Column ranges by the richest lines first; a piece over several of them is a merged cell and makes none."""
    most = max(len(line.segments) for line in run)
    rich = [line for line in run if len(line.segments) >= _RICH * most]
    columns: list[tuple[float, float]] = []
    for line in sorted(rich, key=lambda line: -len(line.segments)):
        for piece in line.segments:
            over = [i for i, (left, right) in enumerate(columns) if _overlap(piece.left - 1.0, piece.right, left, right)]
            if not over:
                columns.append((piece.left, piece.right))
            elif len(over) == 1:
                left, right = columns[over[0]]
                columns[over[0]] = (min(left, piece.left), max(right, piece.right))
    return sorted(columns)


def _rows(run: Sequence[TextLine], columns: list[tuple[float, float]]) -> list[tuple[Span, ...]]:
    """Lines as rows; those that wrap the cells of a row are put into it."""
    dense = _is_dense(run)
    rows: list[dict[tuple[int, int], str]] = []
    lowest: dict[int, float] = {}
    for above, line in zip([None, *run], run, strict=False):
        spans = [(_span(segment, columns), segment.text) for segment in line.segments]
        if above is not None and (_joins(spans, rows[-1]) if dense else _wraps(spans, lowest, above, line)):
            _put(rows[-1], spans)
        else:
            rows.append({})
            lowest = {}
            _put(rows[-1], spans)
        lowest.update((column, line.baseline) for (first, last), _ in spans for column in range(first, last + 1))
    return [tuple((first, last, text) for (first, last), text in sorted(row.items())) for row in rows]


def _is_dense(run: Sequence[TextLine]) -> bool:
    """Whether rows follow each other as closely as the lines of a cell do, so that gaps tell nothing."""
    most = max(len(line.segments) for line in run)
    rich = [len(line.segments) >= _RICH * most for line in run]
    return any(
        first and second and below.baseline - above.baseline <= _WRAP * max(above.size, below.size)
        for (first, above), (second, below) in pairwise(zip(rich, run, strict=True))
    )


def _joins(spans: list[tuple[tuple[int, int], str]], row: dict[tuple[int, int], str]) -> bool:
    """In a dense table: few pieces and none in the first column."""
    return all(first > 0 for (first, _), _ in spans) and len(spans) < _FEWEST_COLUMNS


def _wraps(spans: list[tuple[tuple[int, int], str]], lowest: dict[int, float], above: TextLine, line: TextLine) -> bool:
    """Close below the line above, and below the text of each of its columns."""
    limit = _WRAP * max(above.size, line.size)
    tops = [lowest[c] for (first, last), _ in spans for c in range(first, last + 1) if c in lowest]
    return line.baseline - above.baseline <= limit and all(line.baseline - top <= limit for top in tops)


def _put(row: dict[tuple[int, int], str], spans: list[tuple[tuple[int, int], str]]) -> None:
    for (first, last), text in spans:
        known = next((key for key in row if key[0] <= last and first <= key[1]), None)
        old = row.pop(known) if known is not None else ""
        key = (min(first, known[0]), max(last, known[1])) if known is not None else (first, last)
        row[key] = joined(old, text)


def _span(segment: Segment, columns: list[tuple[float, float]]) -> tuple[int, int]:
    """The first and last column that a piece stands over."""
    covered = [i for i, (left, right) in enumerate(columns) if _overlap(segment.left, segment.right, left, right)]
    if covered:
        return covered[0], covered[-1]
    before = max((i for i, (left, _) in enumerate(columns) if left <= segment.left), default=0)
    return before, before


def _overlap(left: float, right: float, other_left: float, other_right: float) -> bool:
    return left <= other_right and other_left <= right
