"""Ruled lines → tables: which lines meet, the grid they span, and which grid positions have no wall between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from hengjian.core.reading.pdf_page import Edge

_SNAP: Final = 3.0
_GAP: Final = 4.0
_WALL_SHARE: Final = 0.6
"""A wall must be drawn along this share of the side between two grid positions."""
_SMALLEST: Final = 5.0
_MOST_LINES: Final = 3_000
"""A page with more lines is a drawing, not a form."""


class Box(NamedTuple):
    """A rectangle of grid positions, 0-based, ends excluded."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class RuledGrid:
    """A drawn table: positions of its lines, and its cells as boxes between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]

    @cached_property
    def _box_at(self) -> dict[tuple[int, int], int]:
        return {
            (row, column): index
            for index, box in enumerate(self.boxes)
            for row in range(box.top, box.bottom)
            for column in range(box.left, box.right)
        }

    def position(self, x: float, y: float) -> int | None:
        """The index of the box around a point, or ``None`` outside."""
        row, column = _slot(self.ys, y), _slot(self.xs, x)
        return None if row is None or column is None else self._box_at.get((row, column))


def ruled_grids(edges: Sequence[Edge]) -> list[RuledGrid]:
    """Every drawn table of a page, top to bottom. A frame round one text is none."""
    merged = _merged(edges, True) + _merged(edges, False)
    if len(merged) > _MOST_LINES:
        return []
    grids = [_grid(part) for part in _components(merged)]
    return sorted((g for g in grids if g is not None), key=lambda g: g.top)


def _merged(edges: Sequence[Edge], horizontal: bool) -> list[Edge]:
    """Strokes of one direction, those on one line joined."""
    merged: list[Edge] = []
    for line in _by_position([e for e in edges if e.horizontal == horizontal]):
        at = sum(e.at for e in line) / len(line)
        start, end = line[0].start, line[0].end
        for edge in sorted(line, key=lambda e: e.start):
            if edge.start > end + _GAP:
                merged.append(Edge(horizontal, at, start, end))
                start, end = edge.start, edge.end
            else:
                start, end = min(start, edge.start), max(end, edge.end)
        merged.append(Edge(horizontal, at, start, end))
    return merged


def _by_position(edges: list[Edge]) -> list[list[Edge]]:
    lines: list[list[Edge]] = []
    for edge in sorted(edges, key=lambda e: (e.at, e.start)):
        if lines and edge.at - lines[-1][0].at <= _SNAP:
            lines[-1].append(edge)
        else:
            lines.append([edge])
    return [sorted(line, key=lambda e: e.start) for line in lines]


def _components(edges: list[Edge]) -> list[list[Edge]]:
    """Lines that touch, directly or through others."""
    parent = list(range(len(edges)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    across = [i for i, e in enumerate(edges) if e.horizontal]
    upright = [i for i, e in enumerate(edges) if not e.horizontal]
    for i in across:
        for j in upright:
            if _meet(edges[i], edges[j]):
                parent[root(i)] = root(j)
    found: dict[int, list[Edge]] = {}
    for index, edge in enumerate(edges):
        found.setdefault(root(index), []).append(edge)
    return list(found.values())


def _meet(across: Edge, upright: Edge) -> bool:
    return (
        across.start - _GAP <= upright.at <= across.end + _GAP
        and upright.start - _GAP <= across.at <= upright.end + _GAP
    )


def _grid(edges: list[Edge]) -> RuledGrid | None:
    across, upright = [e for e in edges if e.horizontal], [e for e in edges if not e.horizontal]
    if not across or not upright or len(edges) < 4:
        return None
    # A table cut by the page edge, or drawn without its outer lines, is closed where its other lines end.
    ys = _snapped([e.at for e in across] + [e.start for e in upright] + [e.end for e in upright])
    xs = _snapped([e.at for e in upright] + [e.start for e in across] + [e.end for e in across])
    if len(ys) < 2 or len(xs) < 2 or (len(ys) - 1) * (len(xs) - 1) < 2:
        return None
    boxes = _boxes(xs, ys, across, upright)
    return RuledGrid(tuple(xs), tuple(ys), tuple(boxes)) if len(boxes) > 1 else None


def _snapped(values: list[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _SMALLEST:
            kept.append(value)
    return kept


def _boxes(xs: list[float], ys: list[float], across: list[Edge], upright: list[Edge]) -> list[Box]:
    """Grid positions joined where no wall stands between them; what is no rectangle stays apart."""
    rows, columns = len(ys) - 1, len(xs) - 1
    right_wall = [
        [_walled(upright, xs[c + 1], ys[r], ys[r + 1]) for c in range(columns)] for r in range(rows)
    ]
    lower_wall = [[_walled(across, ys[r + 1], xs[c], xs[c + 1]) for c in range(columns)] for r in range(rows)]
    taken = [[False] * columns for _ in range(rows)]
    boxes: list[Box] = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            right = column + 1
            while right < columns and not right_wall[row][right - 1] and not taken[row][right]:
                right += 1
            bottom = row + 1
            while bottom < rows and _open_below(row, column, bottom, right, lower_wall, right_wall, taken):
                bottom += 1
            for r in range(row, bottom):
                taken[r][column:right] = [True] * (right - column)
            boxes.append(Box(row, column, bottom, right))
    return boxes


def _open_below(
    row: int,
    column: int,
    bottom: int,
    right: int,
    lower: list[list[bool]],
    walls: list[list[bool]],
    taken: list[list[bool]],
) -> bool:
    """Whether the next row belongs to the same box: no wall above it, none inside it."""
    inside = range(column, right)
    if any(lower[bottom - 1][c] or taken[bottom][c] for c in inside):
        return False
    return not any(walls[bottom][c] for c in range(column, right - 1))


def _walled(edges: list[Edge], at: float, start: float, end: float) -> bool:
    drawn = sum(max(0.0, min(e.end, end) - max(e.start, start)) for e in edges if abs(e.at - at) <= _SMALLEST)
    return drawn >= _WALL_SHARE * (end - start)


def _slot(lines: tuple[float, ...], value: float) -> int | None:
    if not lines[0] - 1 <= value <= lines[-1] + 1:
        return None
    index = bisect_right(lines, value) - 1
    return min(max(index, 0), len(lines) - 2)
