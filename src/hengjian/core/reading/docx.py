"""Word documents (docx) → ``Document``, by a walk of our own over the package's XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from hengjian.core.document import Document
from hengjian.core.places import Place
from hengjian.core.reading.building import Builder, finished_cell
from hengjian.core.reading.docx_numbering import Numbering, read_styles
from hengjian.core.reading.docx_tables import CellContent, read_grid, unwrapped
from hengjian.core.reading.docx_text import Line, TextWalk
from hengjian.core.reading.ooxml import local, number, r, transitional, value, w
from hengjian.core.reading.package import Package, parse_xml
from hengjian.core.reading.unreadable import damaged

OBJECT_NAMES = {
    "image": "图片",
    "chart": "图表",
    "embedded_object": "嵌入对象",
    "diagram": "图示",
}
_MAIN_TYPE = "wordprocessingml.document.main+xml"
_REAL_NOTE_TYPES = (None, "normal")


def read_docx(data: bytes, name: str) -> Document:
    """Read a docx. Body first, then footnotes, endnotes, headers, footers and comments.

    Raises ``Unreadable`` (``truncated``, ``damaged``, ``bomb``, ``encrypted``, ``macro``).
    """
    package = Package(data, name)
    return _DocxReader(package).read()


def main_part(package: Package) -> str:
    """The part that holds the body."""
    for target in package.relations("").of_kind("officeDocument"):
        if target in package:
            return target
    typed = (part for part, kind in package.content_types.items() if kind.endswith(_MAIN_TYPE))
    return next(typed, "word/document.xml")


class _DocxReader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = main_part(package)
        self._relations = package.relations(self._main)
        self._styles = read_styles(self._related("styles"))
        self._numbering = Numbering(self._related("numbering"), self._styles)
        self._builder = Builder()
        self._carried = ""

    def read(self) -> Document:
        content = transitional(self._package.bytes_of(self._main))
        knows_pages = b"lastRenderedPageBreak" in content
        root = parse_xml(content, self._package.name, self._main)
        body = root.find(w("body"))
        if body is None:
            raise damaged(self._package.name, "没有正文")
        walk = TextWalk(knows_pages)
        self._story(body, walk, "body")
        for kind in ("footnotes", "endnotes"):
            self._notes(kind)
        self._headers(root)
        self._comments()
        return self._builder.document("docx", self._package.name, walk.page)

    def _related(self, kind: str) -> etree._Element | None:
        for target in self._relations.of_kind(kind):
            if target in self._package:
                return self._xml(target)
        return None

    def _xml(self, part: str) -> etree._Element:
        return parse_xml(transitional(self._package.bytes_of(part)), self._package.name, part)

    def _story(self, container: etree._Element, walk: TextWalk, role: str, in_contents: bool = False) -> None:
        """Paragraphs and tables of a body, a note, a text box or a header, in order."""
        for element, contents in _blocks(container, in_contents):
            kind = local(element)
            if kind == "p":
                self._paragraph(element, walk, "contents" if contents and role == "body" else role)
            elif kind == "tbl":
                self._table(element, walk, None)
            elif kind == "altChunk":
                self._builder.not_read("embedded_object", "嵌入的外部文档没有读取", self._builder.next_place)
        if self._carried.strip():
            self._builder.paragraph(self._carried, role=role, page=walk.page)
        self._carried = ""

    def _paragraph(self, element: etree._Element, walk: TextWalk, role: str) -> None:
        properties = element.find(w("pPr"))
        style = value(properties, "pStyle")
        line = walk.read(element)
        if _mark_is_deleted(properties):
            self._carried += line.text
            return
        line.text, self._carried = self._carried + line.text, ""
        if role == "body" and (line.in_contents or self._is_contents_style(style)):
            role = "contents"
        label, gap = self._numbering.label(properties, style)
        text = label + gap + line.text.lstrip() if label and line.text.strip() else line.text
        numbering = label if text is not line.text else ""
        level = self._outline(properties, style)
        place = self._builder.paragraph(text, role=role, level=level, numbering=numbering, page=line.page)
        self._objects(line, place)
        for box in line.boxes:
            self._story(box, TextWalk(), "textbox" if role == "body" else role)

    def _objects(self, line: Line, place: Place) -> None:
        where = place if place.paragraph or place.table else replace(self._builder.next_place, page=line.page)
        for kind in dict.fromkeys(line.objects):
            count = line.objects.count(kind)
            self._builder.not_read(kind, f"{count} 个{OBJECT_NAMES[kind]}没有读取", where)
        if line.hidden:
            self._builder.not_read("hidden_text", "隐藏文字没有读取", where)

    def _outline(self, properties: etree._Element | None, style: str | None) -> int:
        own = value(properties, "outlineLvl")
        level = number(own, 9) if own is not None else self._styled_outline(style)
        return level + 1 if 0 <= level <= 8 else 0

    def _styled_outline(self, style: str | None) -> int:
        return next((s.outline for s in self._styles.chain(style) if s.outline is not None), 9)

    def _is_contents_style(self, style: str | None) -> bool:
        names = [s.name for s in self._styles.chain(style)]
        return any(name.startswith(("toc ", "目录 ")) for name in names)

    def _table(self, element: etree._Element, walk: TextWalk, nested_in: Place | None) -> None:
        slot = self._builder.reserve_table()
        page = walk.page

        def read_cell(cell: etree._Element, first_page: int) -> CellContent:
            walk.page = first_page
            return self._cell(cell, walk)

        grid, walk.page = read_grid(element, read_cell, page)
        cells = [finished_cell(draft, slot) for draft in grid.cells]
        self._builder.fill_table(slot, cells, page=page, nested_in=nested_in)
        for cell, content in zip(cells, grid.contents, strict=True):
            for line in content.lines:
                self._objects(line, cell.place)
                for box in line.boxes:
                    self._story(box, TextWalk(), "textbox")
            for nested in content.tables:
                self._table(nested, walk, cell.place)

    def _cell(self, cell: etree._Element, walk: TextWalk) -> CellContent:
        texts: list[str] = []
        content = CellContent("", walk.page, walk.page)
        for element, _ in _blocks(cell, False):
            if local(element) == "tbl":
                content.tables.append(element)
            elif local(element) == "p":
                line = walk.read(element)
                content.page = content.page if texts else line.page
                texts.append(self._cell_line(element, line))
                if line.boxes or line.objects or line.hidden:
                    content.lines.append(line)
        content.text = "".join(texts)
        content.page_after = walk.page
        return content

    def _cell_line(self, element: etree._Element, line: Line) -> str:
        """The paragraph with its number and a line break, unless its own mark is deleted."""
        properties = element.find(w("pPr"))
        label, gap = self._numbering.label(properties, value(properties, "pStyle"))
        text = label + gap + line.text.lstrip() if label else line.text
        return text if _mark_is_deleted(properties) else text + "\n"

    def _notes(self, kind: str) -> None:
        root = self._related(kind)
        for note in [] if root is None else root:
            if local(note) in ("footnote", "endnote") and note.get(w("type")) in _REAL_NOTE_TYPES:
                self._story(note, TextWalk(), "footnote")

    def _headers(self, root: etree._Element) -> None:
        seen: set[str] = set()
        for tag, role in (("headerReference", "header"), ("footerReference", "footer")):
            for reference in root.iter(w(tag)):
                target = self._relations.target(reference.get(r("id")))
                if target and target not in seen and target in self._package:
                    seen.add(target)
                    self._story(self._xml(target), TextWalk(), role)

    def _comments(self) -> None:
        root = self._related("comments")
        for comment in [] if root is None else root.iterfind(w("comment")):
            self._story(comment, TextWalk(), "comment")


def _blocks(container: etree._Element, in_contents: bool) -> Iterator[tuple[etree._Element, bool]]:
    """Block elements in order; the flag says that they stand in a table of contents."""
    for child in container:
        if local(child) == "sdt":
            gallery = next(child.iter(w("docPartGallery")), None)
            is_contents = gallery is not None and gallery.get(w("val")) == "Table of Contents"
            for content in child.iterfind(w("sdtContent")):
                yield from _blocks(content, in_contents or is_contents)
        elif local(child) in ("p", "tbl", "altChunk"):
            yield child, in_contents
        elif local(child) in ("ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"):
            yield from ((e, in_contents) for e in unwrapped(child))


def _mark_is_deleted(properties: etree._Element | None) -> bool:
    run = None if properties is None else properties.find(w("rPr"))
    return run is not None and (run.find(w("del")) is not None or run.find(w("moveFrom")) is not None)
