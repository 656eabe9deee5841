"""Pages set in two columns of prose → the same text as one narrow column after the other.

Only where a page has no drawn table and a clear gutter in its middle, with many full lines at both sides: what merely
stands under each other (labels and values, a table without lines) is left to the readers of lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from hengjian.core.reading.pdf_lines import TextLine, lines_of
from hengjian.core.reading.pdf_page import Glyph, Page

_MIDDLE: Final = (0.35, 0.65)
"""Share of the page's width in which a gutter lies."""
_NARROWEST: Final = 0.9
"""Of the em: a gutter is wider than any gap in a line of Chinese text."""
_FEWEST_LINES: Final = 10
_FULL: Final = 0.8
"""A line of prose fills this share of its column."""
_MOST_CROSSING: Final = 4
"""Lines over both columns: titles, headers and footers."""


def columns_of(page: Page) -> list[Page]:
    """The page itself, or its lines above, left column, right column and lines below, each as a page of its own."""
    gutter = _gutter(page)
    if gutter is None:
        return [page]
    crossing = [g for g in page.glyphs if g.left < gutter < g.right]
    across = [line for line in lines_of(page.glyphs, page.number) if _is_crossed(line, crossing)]
    if len(across) > _MOST_CROSSING:
        return [page]
    inner = [g for g in page.glyphs if not any(_stands_in(g, line) for line in across)]
    left, right = [g for g in inner if g.right <= gutter], [g for g in inner if g.left >= gutter]
    width = gutter - min((g.left for g in left), default=gutter)
    if not (_is_prose(left, width, page.number) and _is_prose(right, width, page.number)):
        return [page]
    return _parts(page, left, right, [g for g in page.glyphs if any(_stands_in(g, line) for line in across)])


def _parts(page: Page, left: list[Glyph], right: list[Glyph], across: list[Glyph]) -> list[Page]:
    top = min(g.baseline for g in left + right)
    shift = min(g.left for g in right) - min(g.left for g in left)
    moved = [g._replace(left=g.left - shift, right=g.right - shift) for g in right]
    blank = replace(page, edges=[], pictures=0)
    above, below = [g for g in across if g.baseline < top], [g for g in across if g.baseline >= top]
    parts = [replace(blank, glyphs=above)] if above else []
    parts += [replace(blank, width=page.width / 2, glyphs=glyphs) for glyphs in (left, moved)]
    return [*parts, replace(blank, glyphs=below)] if below else parts


def _gutter(page: Page) -> float | None:
    """The middle of the widest upright strip that almost no character stands in."""
    if not page.glyphs:
        return None
    sizes = sorted(g.size for g in page.glyphs)
    first, last = (int(page.width * share) for share in _MIDDLE)
    crossed = [0] * (last - first + 1)
    for glyph in page.glyphs:
        for x in range(max(first, int(glyph.left)), min(last, int(glyph.right)) + 1):
            crossed[x - first] += not glyph.text.isspace()
    start, length = _longest_run([count <= _MOST_CROSSING for count in crossed])
    return first + start + length / 2 if length >= _NARROWEST * sizes[len(sizes) // 2] else None


def _longest_run(flags: Sequence[bool]) -> tuple[int, int]:
    best, start = (0, 0), 0
    for index, flag in enumerate([*flags, False]):
        if not flag:
            best = max(best, (index - start, -start))
            start = index + 1
    return -best[1], best[0]


def _is_crossed(line: TextLine, crossing: Sequence[Glyph]) -> bool:
    return any(_stands_in(glyph, line) for glyph in crossing)


def _stands_in(glyph: Glyph, line: TextLine) -> bool:
    return abs(glyph.baseline - line.baseline) <= 0.35 * max(glyph.size, line.size)


def _is_prose(glyphs: Sequence[Glyph], width: float, number: int) -> bool:
    """Many lines, and most of them as long as the column is wide."""
    lines = lines_of(glyphs, number)
    if len(lines) < _FEWEST_LINES:
        return False
    full = [line for line in lines if len(line.segments) == 1 and line.right - line.left >= _FULL * width]
    return 2 * len(full) >= len(lines)
