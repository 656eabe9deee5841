"""Reading plain text and Markdown, flattened office documents above all (``domain`` report layouts §2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.core.document import Block, Cell, Document, Paragraph, Table
from hengjian.core.places import Place
from hengjian.core.reading.captions import caption_above
from hengjian.core.reading.text_cells import read_cells
from hengjian.core.reading.text_grid import GridCell, build_grid
from hengjian.core.reading.text_html import html_table
from hengjian.core.reading.text_lines import BLANKS, Kind, Line, read_lines
from hengjian.core.reading.text_plain import read_plain
from hengjian.core.reading.text_prose import Draft, is_contents_line, is_contents_title, is_tabbed_page, shape
from hengjian.core.reading.text_rows import read_rows

_MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_MARKDOWN_NOISE = re.compile(r"^\s*(```.*|\*\*\*+|---+|___+|<!--.*-->)\s*$")

Grid = list[GridCell]


@dataclass
class _Scan:
    """The blocks of a text in reading order, before places are given."""

    items: list[Draft | Grid]
    in_contents: bool = False
    prose_until: int = 0
    """The line up to which a search for a table found none; it is not begun again before."""


def read_text(data: bytes, name: str) -> Document:
    """A txt or md file as a document. Raises ``Unreadable`` when it is empty or no text."""
    markdown = name.lower().endswith((".md", ".markdown"))
    lines = read_lines(data, name)
    items = _shaped(_scan(lines, markdown))
    return Document(tuple(_blocks(items)), format="md" if markdown else "txt", name=name)


def _scan(lines: Sequence[Line], markdown: bool) -> list[Draft | Grid]:
    scan = _Scan([])
    at = blanks = 0
    while at < len(lines):
        line = lines[at]
        if line.kind is Kind.BLANK or not line.content:
            if line.kind is Kind.CELL and (grid_end := _table(lines, at, scan)):
                at = grid_end
                blanks = 0
                continue
            at, blanks = at + 1, blanks + 1
            continue
        if end := _table(lines, at, scan):
            at = end
        else:
            _add_line(scan, line, blanks, markdown)
            at += 1
        blanks = 0
    return scan.items


def _add_line(scan: _Scan, line: Line, blanks: int, markdown: bool) -> None:
    if markdown and _MARKDOWN_NOISE.match(line.text):
        return
    scan.in_contents = is_contents_title(line.content) or (
        scan.in_contents and _continues_contents(line.content)
    )
    text = line.content
    heading = _MARKDOWN_HEADING.match(text) if markdown else None
    if markdown:
        text = re.sub(r"(\*\*|__)(.+?)\1", r"\2", heading[2] if heading else re.sub(r"^[-*+]\s+", "", text))
    draft = Draft(text, line.indent, blanks, level=len(heading[1]) if heading else 0)
    if line.kind is Kind.ITEM:
        draft.numbering = text.split("\t")[0].strip(BLANKS)
        draft.text = re.sub(r"\t+\s*", "", text, count=1)
    scan.items.append(draft)


def _continues_contents(text: str) -> bool:
    return is_contents_line(text) or is_tabbed_page(text) or len(text) < 30


def _table(lines: Sequence[Line], at: int, scan: _Scan) -> int:
    """Read the table that begins at a line into ``scan``; the line after it, or 0 when none begins there."""
    line = lines[at]
    if (
        at < scan.prose_until
        or is_contents_line(line.text)
        or (scan.in_contents and is_tabbed_page(line.text))
    ):
        return 0
    if "<table" in line.text.lower():
        return _html(lines, at, scan)
    if line.kind is Kind.CELL and _is_cell_start(lines, at):
        rows, end = read_cells(lines, at)
        full = False
    elif line.kind in (Kind.ROW, Kind.CELL):
        rows, end = read_rows(lines, at)
        full = True
    else:
        rows, end = read_plain(lines, at) if line.kind is Kind.TEXT else ([], at)
        full = True
    if not rows:
        scan.prose_until = end
        return 0
    scan.items.append(build_grid(rows, full))
    scan.in_contents = False
    return end


def _is_cell_start(lines: Sequence[Line], at: int) -> bool:
    """Not a tabbed blank line before text, and not the first row of a table with tabs between cells."""
    after = lines[at + 1].kind if at + 1 < len(lines) else Kind.BLANK
    return after is Kind.CELL if not lines[at].content else after is not Kind.ROW


def _html(lines: Sequence[Line], at: int, scan: _Scan) -> int:
    end = at
    while end < len(lines) and "</table" not in lines[end].text.lower():
        end += 1
    if end == len(lines):
        scan.prose_until = end
        return 0
    cells = html_table("\n".join(line.text for line in lines[at : end + 1]))
    if not cells:
        return 0
    scan.items.append(cells)
    return min(end + 1, len(lines))


def _shaped(items: list[Draft | Grid]) -> list[Draft | Grid]:
    """Paragraphs shaped over the whole text, tables kept between them."""
    drafts: list[Draft] = []
    tables: list[tuple[Draft | None, Grid]] = []
    for item in items:
        if isinstance(item, Draft):
            item.table_before = bool(tables) and tables[-1][0] is (drafts[-1] if drafts else None)
            drafts.append(item)
        else:
            tables.append((drafts[-1] if drafts else None, item))
    kept = {id(draft) for draft in shape(drafts)}
    return [item for item in items if not isinstance(item, Draft) or id(item) in kept]


def _blocks(items: list[Draft | Grid]) -> list[Block]:
    blocks: list[Block] = []
    above: list[Paragraph] = []
    paragraphs = tables = 0
    for index, item in enumerate(items):
        if isinstance(item, Draft):
            paragraphs += 1
            place = Place(block=index, paragraph=paragraphs)
            above.append(Paragraph(item.text, place, item.level, item.numbering, item.role, item.indent))
            blocks.append(above[-1])
        else:
            tables += 1
            blocks.append(_as_table(item, index, tables, caption_above(above)))
            above = []
    return blocks


def _as_table(grid: Grid, index: int, number: int, caption: str) -> Table:
    cells = tuple(
        Cell(
            g.text, g.row, g.column, Place(block=index, table=number, row=g.row, column=g.column),
            g.row_span, g.column_span, g.indent,
        )
        for g in grid
    )  # fmt: skip
    return Table(number, cells, Place(block=index, table=number), caption)
