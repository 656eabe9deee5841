"""Where the text of a read document stands in the XML of its docx: from a Place to the runs that print it."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from hengjian.core.document import Document, Paragraph, Table
from hengjian.core.places import Place
from hengjian.core.reading.docx_tables import CellContent, read_grid, unwrapped
from hengjian.core.reading.docx_text import Line, TextWalk
from hengjian.core.reading.ooxml import local, w

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class _Tracing(TextWalk):
    """Remembers which ``w:t`` gave which characters of the paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[tuple[int, etree._Element]] = []

    def read(self, paragraph: etree._Element) -> Line:
        self.pieces = []
        return super().read(paragraph)

    def _text(self, element: etree._Element) -> None:
        before = sum(map(len, self._parts))
        super()._text(element)
        if sum(map(len, self._parts)) > before:
            self.pieces.append((before, element))


@dataclass(slots=True)
class Printed:
    """One ``w:p``: its text, the elements that hold it, and where the text begins in the block that shows it."""

    element: etree._Element
    text: str
    pieces: list[tuple[int, etree._Element]]
    shift: int = 0
    """Added to an offset of the block, gives the offset in ``text``."""

    def split(self, offset: int) -> None:
        """Make ``offset`` a border between two runs."""
        for index, (start, element) in enumerate(self.pieces):
            length = len(element.text or "")
            if start < offset < start + length:
                self.pieces.insert(index + 1, (offset, _split_run(element, offset - start)))
                return

    def runs(self, start: int, end: int) -> list[etree._Element]:
        """The runs that print exactly the characters ``start`` to ``end``."""
        self.split(start)
        self.split(end)
        found = [e for at, e in self.pieces if start <= at < end and e.text]
        return [run for e in found if (run := e.getparent()) is not None and local(run) == "r"]


def _split_run(text: etree._Element, at: int) -> etree._Element:
    """Move what follows character ``at`` of a ``w:t`` into a new run of the same looks."""
    run = text.getparent()
    assert run is not None
    words = text.text or ""
    fresh = etree.Element(run.tag, {str(key): str(value) for key, value in run.attrib.items()})
    looks = run.find(w("rPr"))
    if looks is not None:
        fresh.append(deepcopy(looks))
    rest = etree.SubElement(fresh, text.tag)
    text.text, rest.text = words[:at], words[at:]
    for element in (text, rest):
        element.set(_SPACE, "preserve")
    for following in list(text.itersiblings()):
        fresh.append(following)
    run.addnext(fresh)
    return rest


@dataclass
class TextMap:
    """All paragraphs of the body, by block and cell."""

    blocks: dict[int, Printed] = field(default_factory=dict)
    cells: dict[tuple[int, int, int], list[Printed]] = field(default_factory=dict)

    def of(self, place: Place) -> list[Printed]:
        """The paragraphs that print a place, empty when it is not in the body."""
        if place.table:
            return self.cells.get((place.table, place.row, place.column), [])
        printed = self.blocks.get(place.block)
        return [printed] if printed is not None else []


def map_text(body: etree._Element, document: Document) -> TextMap:
    """Match the blocks of the document with the body they were read from, in order."""
    result = TextMap()
    walk = _Tracing()
    printed: list[Printed] = []
    tables: list[dict[tuple[int, int], list[Printed]]] = []
    for element in _blocks(body):
        if local(element) == "p":
            printed.append(_read(walk, element))
        else:
            _read_table(walk, element, tables)
    _match_paragraphs(printed, document, result)
    for table, cells in zip(document.tables, tables, strict=False):
        _match_cells(table, cells, result)
    return result


def _blocks(container: etree._Element) -> Iterator[etree._Element]:
    for child in container:
        if local(child) in ("p", "tbl"):
            yield child
        elif local(child) in (
            "sdt",
            "sdtContent",
            "ins",
            "moveTo",
            "customXml",
            "smartTag",
            "AlternateContent",
            "Choice",
        ):
            yield from (e for e in unwrapped(child) if local(e) in ("p", "tbl"))


def _read(walk: _Tracing, element: etree._Element) -> Printed:
    line = walk.read(element)
    return Printed(element, line.text, list(walk.pieces))


def _read_table(
    walk: _Tracing, table: etree._Element, tables: list[dict[tuple[int, int], list[Printed]]]
) -> None:
    """The paragraphs of every cell; a nested table follows the table that holds it."""
    found: list[tuple[list[Printed], list[etree._Element]]] = []

    def read_cell(cell: etree._Element, page: int) -> CellContent:
        parts = list(_blocks(cell))
        lines = [_read(walk, p) for p in parts if local(p) == "p"]
        found.append((lines, [p for p in parts if local(p) == "tbl"]))
        return CellContent("", page, page)

    grid, _ = read_grid(table, read_cell, 0)
    tables.append({(c.row, c.column): lines for c, (lines, _) in zip(grid.cells, found, strict=True)})
    for _, nested in found:
        for inner in nested:
            _read_table(walk, inner, tables)


def _match_paragraphs(printed: list[Printed], document: Document, result: TextMap) -> None:
    """Paragraphs of the body in order; automatic numbers stand in the block and not in the XML."""
    left = iter(p for p in printed if p.text.strip())
    for block in document.blocks:
        if not isinstance(block, Paragraph) or block.role not in ("body", "contents"):
            continue
        for candidate in left:
            core = candidate.text.strip()
            at = block.text.rfind(core)
            if at >= 0:
                candidate.shift = len(candidate.text) - len(candidate.text.lstrip()) - at
                result.blocks[block.place.block] = candidate
                break


def _match_cells(table: Table, cells: dict[tuple[int, int], list[Printed]], result: TextMap) -> None:
    for cell in table.cells:
        lines = cells.get((cell.row, cell.column), [])
        at = 0
        for line in lines:
            core = line.text.strip()
            found = cell.text.find(core, at) if core else at
            if found >= 0:
                line.shift = len(line.text) - len(line.text.lstrip()) - found
                at = found + len(core)
        result.cells[table.number, cell.place.row, cell.place.column] = lines
