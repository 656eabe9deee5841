"""How much room a text takes: office programs do not fit the height of merged rows, so it is computed here."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from wcwidth import wcwidth

from hengjian.forms.paper import Box, Grid

LINE_HEIGHT = 15.0
"""Points per line at 10.5 points of type."""
LEAST_HEIGHT = 24.0
GREATEST_HEIGHT = 400.0
"""What a spreadsheet row can be at most is 409 points."""
_PADDING = 9.0


def lines_of(text: str, width: float) -> int:
    """Lines that a text fills in a cell ``width`` half-width characters wide."""
    room = max(2, int(width - 1))
    return sum(max(1, ceil(characters(line) / room)) for line in text.split("\n"))


def characters(text: str) -> int:
    """Width of a line in half-width characters."""
    return sum(max(0, wcwidth(c)) for c in text)


def row_heights(grid: Grid) -> list[float]:
    """The height of every row in points, so that every box shows all its lines.

    A box over several rows first takes what its rows have; what it lacks is spread over them. A height may be more
    than a spreadsheet row can have: see ``stretched``.
    """
    heights = [LEAST_HEIGHT] * grid.height
    for box in sorted(grid.boxes, key=lambda b: b.row_span):
        need = _height_of(grid, box)
        has = sum(heights[box.row - 1 : box.bottom])
        if need > has:
            for row in range(box.row - 1, box.bottom):
                heights[row] += (need - has) / box.row_span
    return heights


def stretched(grid: Grid) -> tuple[Grid, list[float]]:
    """The grid with every row that is too high for a spreadsheet cut into several, its boxes merged over them."""
    heights = row_heights(grid)
    pieces = [ceil(height / GREATEST_HEIGHT) for height in heights]
    top = [1 + sum(pieces[:row]) for row in range(len(pieces) + 1)]
    boxes = tuple(replace(b, row=top[b.row - 1], row_span=top[b.bottom] - top[b.row - 1]) for b in grid.boxes)
    header = top[grid.header - 1] if grid.header else 0
    shares = [height / count for height, count in zip(heights, pieces, strict=True) for _ in range(count)]
    return replace(grid, boxes=boxes, header=header), shares


def _height_of(grid: Grid, box: Box) -> float:
    width = sum(grid.widths[box.column - 1 : box.right])
    return lines_of(box.text, width) * LINE_HEIGHT + _PADDING
