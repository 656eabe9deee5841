"""OFD (GB/T 33190) → ``Document``: text and lines of its pages, read from the package's XML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from hengjian.core.document import Document
from hengjian.core.reading.ooxml import local
from hengjian.core.reading.package import Package, resolve
from hengjian.core.reading.paged import document_of
from hengjian.core.reading.pdf_lines import is_wide
from hengjian.core.reading.pdf_page import MAX_EDGES, MAX_GLYPHS, Edge, Glyph, Page, strokes_between
from hengjian.core.reading.unreadable import Unreadable, damaged

MAX_PAGES: Final = 2_000
_POINTS: Final = 72 / 25.4
"""Lengths stand in millimetres."""
_A4: Final = (0.0, 0.0, 210.0, 297.0)
_COMMAND = re.compile(r"([SMLQBAC])\s*([-\d.\s]*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_IDENTITY: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_BIG_PICTURE: Final = 400.0
"""Square millimetres from which on a picture is worth a mention."""

Matrix = tuple[float, ...]


def read_ofd(data: bytes, name: str) -> Document:
    """Read the text of an OFD file. Raises ``Unreadable`` (``truncated``, ``damaged``, ``bomb``, ``encrypted``)."""
    package = Package(data, name)
    pages: list[Page] = []
    for root_part in _texts(package.xml("OFD.xml"), "DocRoot"):
        pages += _pages(package, root_part.lstrip("/"), len(pages))
    if not pages:
        raise damaged(name, "没有页面")
    return document_of(pages, "ofd", name)


def _pages(package: Package, root_part: str, before: int) -> list[Page]:
    root = package.xml(root_part)
    folder = posixpath.dirname(root_part)
    templates = {e.get("ID", ""): resolve(folder, e.get("BaseLoc", "")) for e in _all(root, "TemplatePage")}
    box = _page_box(root, _A4)
    parts = [resolve(folder, e.get("BaseLoc", "")) for e in _all(root, "Page") if e.get("BaseLoc")]
    if len(parts) > MAX_PAGES:
        raise Unreadable(
            "too_large", f"{package.name}：有 {len(parts)} 页，超过 {MAX_PAGES} 页的上限；请拆分后再试。"
        )
    return [_page(package, part, before + i, templates, box) for i, part in enumerate(parts, start=1)]


def _page(package: Package, part: str, number: int, templates: dict[str, str], default: Matrix) -> Page:
    root = package.xml(part)
    box = _page_box(root, default)
    page = Page(number, box[2] * _POINTS, box[3] * _POINTS)
    for reference in _all(root, "Template"):
        template = package.optional_xml(templates.get(reference.get("TemplateID", ""), ""))
        if template is not None:
            _add_content(template, page)
    _add_content(root, page)
    return page


def _add_content(root: etree._Element, page: Page) -> None:
    for element in root.iter():
        kind = local(element)
        if kind == "TextObject" and len(page.glyphs) < MAX_GLYPHS:
            page.glyphs += _glyphs(element)
        elif kind == "PathObject" and len(page.edges) < MAX_EDGES:
            page.edges += _edges(element)
        elif kind == "ImageObject":
            _, _, width, height = _numbers(element.get("Boundary"), (0.0, 0.0, 0.0, 0.0))
            page.pictures += width * height > _BIG_PICTURE
        page.has_content = page.has_content or kind in ("TextObject", "PathObject", "ImageObject")


def _glyphs(element: etree._Element) -> Iterator[Glyph]:
    left, top, *_ = _numbers(element.get("Boundary"), (0.0, 0.0, 0.0, 0.0))
    matrix = _numbers(element.get("CTM"), _IDENTITY)
    size = _numbers(element.get("Size"), (4.0,))[0]
    em = size * abs(matrix[0] or 1.0) * _POINTS
    x = y = 0.0
    for code in _all(element, "TextCode"):
        x, y = _numbers(code.get("X"), (x,))[0], _numbers(code.get("Y"), (y,))[0]
        steps = _deltas(code.get("DeltaX", ""))
        drops = _deltas(code.get("DeltaY", ""))
        for index, character in enumerate(code.text or ""):
            across = left + matrix[0] * x + matrix[2] * y + matrix[4]
            down = top + matrix[1] * x + matrix[3] * y + matrix[5]
            width = em if is_wide(character) else em / 2
            yield Glyph(character, across * _POINTS, across * _POINTS + width, down * _POINTS, em)
            x += (
                steps[index]
                if index < len(steps)
                else (0.0 if drops else size if is_wide(character) else size / 2)
            )
            y += drops[index] if index < len(drops) else 0.0


def _deltas(text: str) -> list[float]:
    """``5 g 3 2.5`` is 5, 2.5, 2.5, 2.5: g repeats a step."""
    words = text.split()
    steps: list[float] = []
    index = 0
    while index < len(words) and len(steps) < MAX_GLYPHS:
        if words[index] == "g" and index + 2 < len(words):
            count, step = _number(words[index + 1]), _number(words[index + 2])
            steps += [step] * max(0, min(int(count), MAX_GLYPHS))
            index += 3
        else:
            steps.append(_number(words[index]))
            index += 1
    return steps


def _edges(element: etree._Element) -> Iterator[Edge]:
    left, top, *_ = _numbers(element.get("Boundary"), (0.0, 0.0, 0.0, 0.0))
    a, b, c, d, e, f = _numbers(element.get("CTM"), _IDENTITY)
    points: list[tuple[tuple[float, float], bool]] = []
    start = (0.0, 0.0)
    for command, operands in _COMMAND.findall(next(iter(_texts(element, "AbbreviatedData")), "")):
        values = [float(n) for n in _NUMBER.findall(operands)]
        if command == "C":
            points.append((start, True))
        elif len(values) >= 2:
            x, y = values[-2:]
            point = ((left + a * x + c * y + e) * _POINTS, (top + b * x + d * y + f) * _POINTS)
            start = point if command in "SM" else start
            points.append((point, command == "L"))
    yield from strokes_between(points)


def _page_box(root: etree._Element, default: Matrix) -> Matrix:
    return next((_numbers(text, default) for text in _texts(root, "PhysicalBox")), default)


def _all(root: etree._Element, name: str) -> list[etree._Element]:
    return [e for e in root.iter() if local(e) == name]


def _texts(root: etree._Element, name: str) -> list[str]:
    return [(e.text or "").strip() for e in _all(root, name)]


def _numbers(text: str | None, default: Matrix) -> Matrix:
    """The numbers of an attribute; the default when there are fewer than it has."""
    found = tuple(float(n) for n in _NUMBER.findall(text or ""))
    return found[: len(default)] if len(found) >= len(default) else default


def _number(word: str) -> float:
    match = _NUMBER.fullmatch(word)
    return float(word) if match else 0.0
