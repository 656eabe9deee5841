"""Excel workbooks (xlsx) → ``Document``: what the cells print, read from the package's XML.

Read by hand rather than with a spreadsheet library because printed text needs value, formula and number format of
each cell in one pass, and numbers exactly as the file has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import Final

from lxml import etree

from hengjian.core.document import Document
from hengjian.core.reading.building import Builder
from hengjian.core.reading.number_formats import BUILT_IN, printed_number, stored_number
from hengjian.core.reading.ooxml import local, number
from hengjian.core.reading.package import Package, parse_xml
from hengjian.core.reading.sheet_blocks import add_sheet
from hengjian.core.reading.sheet_grid import (
    LAST_COLUMN,
    MAX_CELLS,
    Merge,
    SheetCell,
    SheetGrid,
    trouble_of_text,
)
from hengjian.core.reading.sheet_hidden import leave_out_sheet
from hengjian.core.reading.unreadable import damaged

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_RELATION_ID: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_xlsx(data: bytes, name: str) -> Document:
    """Read a workbook: sheets in order; hidden ones are listed, and read only where all are hidden.

    Raises ``Unreadable`` (``truncated``, ``damaged``, ``bomb``, ``encrypted``, ``macro``).
    """
    return _Workbook(Package(data, name)).read()


@dataclass(frozen=True, slots=True)
class _Style:
    code: str = "General"
    bordered: bool = False
    indent: int = 0


@dataclass(slots=True)
class _Budget:
    """How many filled cells may still be read."""

    cells: int = MAX_CELLS
    overflowed: set[str] = field(default_factory=set)


class _Workbook:
    def __init__(self, package: Package) -> None:
        self._package = package
        targets = package.relations("").of_kind("officeDocument")
        self._main = next((t for t in targets if t in package), "xl/workbook.xml")
        self._relations = package.relations(self._main)
        self._strings = self._shared_strings()
        self._styles = self._read_styles()
        self._budget = _Budget()
        self._from_1904 = False

    def read(self) -> Document:
        root = self._package.xml(self._main)
        properties = _child(root, "workbookPr")
        self._from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        builder = Builder()
        sheets = _child(root, "sheets")
        if sheets is None:
            raise damaged(self._package.name, "没有工作表")
        only_hidden = not any(_is_visible(sheet) for sheet in sheets)
        for sheet in sheets:
            if only_hidden or _is_visible(sheet):
                self._add(sheet, builder)
            else:
                leave_out_sheet(sheet.get("name", ""), builder)
        return builder.document("xlsx", self._package.name)

    def _add(self, sheet: etree._Element, builder: Builder) -> None:
        title = sheet.get("name", "")
        part = self._relations.target(next((sheet.get(k) for k in _RELATION_ID if sheet.get(k)), None))
        if "chartsheet" in part:
            builder.not_read("chart", f"工作表“{title}”是图表，没有读取")
        elif part in self._package:
            grid = SheetGrid(title)
            self._fill(grid, part)
            self._add_surroundings(grid, part)
            add_sheet(grid, builder)

    def _fill(self, grid: SheetGrid, part: str) -> None:
        content = self._package.bytes_of(part)
        self._refuse_doctype(content, part)
        row_number = 0
        try:
            for element in _streamed(content):
                kind = local(element)
                if kind == "row":
                    row_number = number(element.get("r"), row_number + 1)
                    self._row(element, row_number, grid)
                    if self._budget.cells < 0:  # what follows is not read: neither cells nor merges
                        break
                elif kind == "filterColumn":
                    grid.filtered = True
                elif kind == "mergeCell":
                    grid.merges += _range(element.get("ref", ""))
                elif kind == "col" and element.get("hidden") in ("1", "true"):
                    first = number(element.get("min"), 1)
                    grid.hidden_columns += range(
                        first, min(number(element.get("max"), first), first + 20, LAST_COLUMN) + 1
                    )
        except etree.XMLSyntaxError as error:
            raise damaged(self._package.name, f"{part} 不是完整的 XML") from error

    def _refuse_doctype(self, content: bytes, part: str) -> None:
        """Parse the head alone: the streaming parser would only tell about a document type at the end."""
        if (
            b"<!DOCTYPE" in content[:65536]
            or b"<!ENTITY" in content[:65536]
            or content[:2] in (b"\xff\xfe", b"\xfe\xff")
        ):
            parse_xml(content, self._package.name, part)

    def _row(self, row: etree._Element, row_number: int, grid: SheetGrid) -> None:
        column = 0
        if row.get("hidden") in ("1", "true") and not number(row.get("outlineLevel")):
            grid.hidden_rows.append(row_number)
        for element in row:
            if local(element) != "c":
                continue
            column = _column_of(element.get("r", ""), column + 1)
            if column > LAST_COLUMN:
                self._overflow(grid, "too_large", f"工作表“{grid.name}”第 {LAST_COLUMN} 列以后的内容没有读取")
                return
            cell = self._cell(element)
            if cell.text or cell.trouble:
                self._budget.cells -= 1
            if self._budget.cells < 0:
                self._overflow(grid, "too_large", f"工作表“{grid.name}”太大，第 {row_number} 行以后没有读取")
                return
            if cell.text or cell.trouble or cell.bordered:
                grid.cells[row_number, column] = cell

    def _overflow(self, grid: SheetGrid, code: str, message: str) -> None:
        if grid.name not in self._budget.overflowed:
            self._budget.overflowed.add(grid.name)
            grid.not_read.append((code, message, 0, 0))

    def _cell(self, element: etree._Element) -> SheetCell:
        index = number(element.get("s"))
        style = self._styles[index] if 0 <= index < len(self._styles) else _Style()
        kind = element.get("t", "n")
        stored = formula = inline = None
        for child in element:
            name = local(child)
            if name == "v":
                stored = child.text or ""
            elif name == "f":
                formula = child
            elif name == "is":
                inline = child
        cell = SheetCell(bordered=style.bordered, indent=style.indent)
        if inline is not None:
            cell.text = _rich_text(inline)
            cell.trouble = trouble_of_text(cell.text)
        elif formula is not None and not stored and not (kind == "str" and stored is not None):
            cell.trouble = "formula_without_value"
        elif stored is not None:
            self._put_value(cell, stored, kind, style)
        return cell

    def _put_value(self, cell: SheetCell, stored: str, kind: str, style: _Style) -> None:
        if kind == "s":
            index = number(stored, -1)
            cell.text = self._strings[index] if 0 <= index < len(self._strings) else ""
        elif kind == "b":
            cell.text = "TRUE" if stored == "1" else "FALSE"
        elif kind == "n" and stored:
            self._put_number(cell, stored, style)
        else:
            cell.text = _unescaped(stored)
        if kind == "s" or kind == "str":
            cell.trouble = trouble_of_text(cell.text)

    def _put_number(self, cell: SheetCell, stored: str, style: _Style) -> None:
        value: Decimal | None = stored_number(stored)
        cell.number = value
        cell.text = stored if value is None else printed_number(value, style.code, self._from_1904)

    def _shared_strings(self) -> list[str]:
        for target in self._relations.of_kind("sharedStrings"):
            root = self._package.optional_xml(target)
            if root is not None:
                return [_rich_text(item) for item in root if local(item) == "si"]
        return []

    def _read_styles(self) -> list[_Style]:
        target = next(iter(self._relations.of_kind("styles")), "")
        root = self._package.optional_xml(target)
        if root is None:
            return []
        codes = {number(e.get("numFmtId")): e.get("formatCode", "") for e in _children(root, "numFmts")}
        lined = [_is_lined(border) for border in _children(root, "borders")]
        styles = []
        for xf in _children(root, "cellXfs"):
            identifier, border = number(xf.get("numFmtId")), number(xf.get("borderId"))
            alignment = _child(xf, "alignment")
            indent = 0 if alignment is None else number(alignment.get("indent"))
            code = codes.get(identifier) or BUILT_IN.get(identifier, "General")
            styles.append(
                _Style(code, lined[border] if 0 <= border < len(lined) else False, max(0, min(indent, 50)))
            )
        return styles

    def _add_surroundings(self, grid: SheetGrid, part: str) -> None:
        relations = self._package.relations(part)
        for target in relations.of_kind("comments"):
            root = self._package.optional_xml(target)
            for comment in [] if root is None else root.iter("{*}comment"):
                match = _REFERENCE.fullmatch(comment.get("ref", ""))
                if match:
                    grid.comments.append((int(match[2]), _letters(match[1]), _rich_text(comment)))
        for target in relations.of_kind("drawing"):
            self._drawing(grid, self._package.optional_xml(target))

    def _drawing(self, grid: SheetGrid, root: etree._Element | None) -> None:
        counts = {"pic": 0, "chart": 0}
        for element in [] if root is None else root.iter("{*}pic", "{*}chart", "{*}txBody"):
            kind = local(element)
            if kind == "txBody":
                grid.boxes.append("\n".join(_drawn_text(p) for p in element.iter("{*}p")))
            else:
                counts[kind] += 1
        for kind, code, what in (("pic", "image", "图片"), ("chart", "chart", "图表")):
            if counts[kind]:
                grid.not_read.append((code, f"工作表“{grid.name}”有 {counts[kind]} 个{what}没有读取", 0, 0))


def _streamed(content: bytes) -> Iterator[etree._Element]:
    """Rows, merges, columns and filters of a sheet one by one; each is forgotten when the next is asked for."""
    tags = ("{*}row", "{*}mergeCell", "{*}col", "{*}filterColumn")
    events = etree.iterparse(
        BytesIO(content),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
    )
    for _, element in events:
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _is_visible(sheet: etree._Element) -> bool:
    return sheet.get("state", "visible") == "visible"


def _child(parent: etree._Element, name: str) -> etree._Element | None:
    return next((e for e in parent if local(e) == name), None)


def _children(parent: etree._Element, name: str) -> list[etree._Element]:
    found = _child(parent, name)
    return [] if found is None else [e for e in found if isinstance(e.tag, str)]


def _is_lined(border: etree._Element) -> bool:
    """A line above or below and one at a side: the cell is part of a drawn table."""
    sides = {local(s) for s in border if s.get("style", "none") != "none"}
    return bool(sides & {"top", "bottom"}) and bool(sides & {"left", "right", "start", "end"})


def _rich_text(item: etree._Element) -> str:
    """The text of a string with or without runs; phonetic guides left out."""
    return _unescaped("".join(t.text or "" for t in item.iter("{*}t") if not _is_phonetic(t)))


def _is_phonetic(text: etree._Element) -> bool:
    parent = text.getparent()
    return parent is not None and local(parent) == "rPh"


def _drawn_text(paragraph: etree._Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter("{*}t"))


def _unescaped(text: str) -> str:
    """``_x000D_`` and the like are how the format writes control characters."""
    if "_x" not in text:
        return text.replace("\r\n", "\n").replace("\r", "\n")
    plain = _ESCAPED.sub(lambda m: "" if int(m[1], 16) == 13 else chr(int(m[1], 16)), text)
    return plain.replace("\r", "")


def _column_of(reference: str, default: int) -> int:
    match = _REFERENCE.fullmatch(reference)
    return _letters(match[1]) if match else default


def _letters(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _range(reference: str) -> list[Merge]:
    ends = [_REFERENCE.fullmatch(part) for part in reference.split(":")]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return []
    first, last = ends[0], ends[1]
    top, left, bottom, right = int(first[2]), _letters(first[1]), int(last[2]), _letters(last[1])
    return [Merge(top, left, bottom, right)] if top <= bottom and left <= right else []
