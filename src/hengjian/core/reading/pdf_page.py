"""One PDF page as glyphs and ruled lines, in points, y growing downwards, as the page is displayed."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

MAX_GLYPHS: Final = 60_000
MAX_EDGES: Final = 20_000
_WIDE_FROM, _WIDE_TO = 0x3400, 0x9FFF
_EM_OF_HEIGHT: Final = 0.72
"""Font boxes are higher than the em, by how much depends on the font; for Latin letters this is near enough."""
_SAMPLES: Final = 200
_SLANTED: Final = 8.0
"""Degrees."""
_THIN: Final = 4.0
"""A filled box thinner than this is a drawn line."""
_LONG: Final = 6.0
"""Strokes shorter than this are ornaments or parts of letters."""
_FLAT: Final = 1.5
_BIG_PICTURE: Final = 0.04
"""Share of the page from which on a picture is worth a mention; logos and stamps are smaller."""


class Glyph(NamedTuple):
    """A visible character. ``baseline`` orders it into lines; ``size`` is the em: the width of a Chinese character."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


class Edge(NamedTuple):
    """A horizontal or vertical stroke: at ``at`` on one axis, from ``start`` to ``end`` on the other."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """What is on one page."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    pictures: int = 0
    has_content: bool = False


Turn = Callable[[float, float], tuple[float, float]]


def read_page(source: pypdfium2.PdfPage, number: int) -> Page:
    """Glyphs, lines and pictures of a page, turned so that most of its text stands upright."""
    text_page = source.get_textpage()
    left, bottom, right, top = source.get_cropbox()
    upright = _text_direction(text_page, source.get_rotation())
    width, height = (right - left, top - bottom) if upright % 180 == 0 else (top - bottom, right - left)
    page = Page(number, width, height)
    turn = _turn(upright, width, height, left, bottom)
    page.glyphs = list(_glyphs(text_page, turn, upright))
    text_page.close()
    for item in source.get_objects(max_depth=4):
        page.has_content = True
        if item.type == pdfium.FPDF_PAGEOBJ_PATH and len(page.edges) < MAX_EDGES:
            page.edges += _edges(item, turn)
        elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = item.get_bounds()
            page.pictures += abs((x1 - x0) * (y1 - y0)) > _BIG_PICTURE * width * height
    return page


def _text_direction(text_page: pypdfium2.PdfTextPage, rotation: int) -> int:
    """The turn (0, 90, 180, 270, clockwise) that puts most characters upright; the page's own without text."""
    count = min(text_page.count_chars(), MAX_GLYPHS)
    angles = (_angle(text_page, index) for index in range(0, count, max(1, count // _SAMPLES)))
    found = Counter(round(-angle / 90) % 4 * 90 for angle in angles if angle is not None)
    return found.most_common(1)[0][0] if found else rotation


def _angle(text_page: pypdfium2.PdfTextPage, index: int) -> float | None:
    """Degrees by which a character is turned; ``None`` for blanks and such."""
    angle = pdfium.FPDFText_GetCharAngle(text_page.raw, index)
    code = pdfium.FPDFText_GetUnicode(text_page.raw, index)
    return math.degrees(angle) if angle >= 0 and code > 32 else None


def _turn(upright: int, width: float, height: float, left: float, bottom: float) -> Turn:
    """From user space to the upright page with y downwards. ``width`` and ``height`` are those of the upright page."""
    if upright == 90:
        return lambda x, y: (y - bottom, x - left)
    if upright == 180:
        return lambda x, y: (width - (x - left), y - bottom)
    if upright == 270:
        return lambda x, y: (width - (y - bottom), height - (x - left))
    return lambda x, y: (x - left, height - (y - bottom))


def _glyphs(text_page: pypdfium2.PdfTextPage, turn: Turn, upright: int) -> Iterator[Glyph]:
    """Characters that run along the lines; slanted ones are watermarks."""
    raw = text_page.raw
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for index in range(min(text_page.count_chars(), MAX_GLYPHS)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code < 32 or code in (0xFFFE, 0xFFFF, 0xAD) or pdfium.FPDFText_IsGenerated(raw, index) == 1:
            continue
        if not pdfium.FPDFText_GetLooseCharBox(raw, index, box) or not pdfium.FPDFText_GetCharOrigin(
            raw, index, x, y
        ):
            continue
        angle = pdfium.FPDFText_GetCharAngle(raw, index)
        if angle >= 0 and abs((math.degrees(angle) + upright + 180) % 360 - 180) > _SLANTED:
            continue
        x0, y0 = turn(box.left, box.top)
        x1, y1 = turn(box.right, box.bottom)
        _, baseline = turn(x.value, y.value)
        width, height = abs(x1 - x0), abs(y1 - y0)
        size = width if _WIDE_FROM <= code <= _WIDE_TO else height * _EM_OF_HEIGHT
        yield Glyph(chr(code), min(x0, x1), max(x0, x1), baseline, size)


def _edges(item: Any, turn: Turn) -> Iterator[Edge]:
    yield from strokes_between(_corners(item, turn))


def strokes_between(points: Sequence[tuple[tuple[float, float], bool]]) -> Iterator[Edge]:
    """The straight horizontal and vertical strokes of a path; thin filled boxes count as strokes.

    ``points`` are corners in points with the flag that a straight line leads to them.
    """
    if not points:
        return
    xs, ys = [p[0] for p, _ in points], [p[1] for p, _ in points]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if min(width, height) <= _THIN and max(width, height) >= _LONG:
        if width >= height:
            yield Edge(True, (min(ys) + max(ys)) / 2, min(xs), max(xs))
        else:
            yield Edge(False, (min(xs) + max(xs)) / 2, min(ys), max(ys))
        return
    for (start, _), (end, is_line) in pairwise(points):
        if is_line:
            yield from _stroke(start, end)


def _stroke(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Edge]:
    (x0, y0), (x1, y1) = start, end
    if abs(y1 - y0) <= _FLAT and abs(x1 - x0) >= _LONG:
        yield Edge(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
    elif abs(x1 - x0) <= _FLAT and abs(y1 - y0) >= _LONG:
        yield Edge(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _corners(item: Any, turn: Turn) -> list[tuple[tuple[float, float], bool]]:
    """Points of a path on the displayed page; the flag says that a straight line leads to the point."""
    count = pdfium.FPDFPath_CountSegments(item.raw)
    if not 2 <= count <= 4000:
        return []
    matrix = item.get_matrix()
    a, b, c, d, e, f = matrix.get()
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[tuple[float, float], bool]] = []
    start = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item.raw, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = turn(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        points.append((point, kind == pdfium.FPDF_SEGMENT_LINETO))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append((start, True))
    return points
