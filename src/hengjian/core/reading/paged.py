"""Printed pages (pdf, ofd) → ``Document``: paragraphs joined from hard-wrapped lines, tables, page furniture set apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hengjian.core.document import Document
from hengjian.core.places import Place
from hengjian.core.reading.building import Builder, finished_cell
from hengjian.core.reading.pdf_borderless import aligned_tables
from hengjian.core.reading.pdf_columns import columns_of
from hengjian.core.reading.pdf_grid import RuledGrid, ruled_grids
from hengjian.core.reading.pdf_lines import TextLine, joined, lines_of, was_wrapped
from hengjian.core.reading.pdf_page import Page
from hengjian.core.reading.pdf_tables import PdfTable, from_alignment, from_grid, goes_on, join

_EDGE_ZONE: Final = 0.08
"""Page headers and footers stand in this share of the page height; text begins below it (2.54 cm on A4 and more)."""
_NUMBER_ZONE: Final = 0.12
"""Page numbers stand higher in official documents (GB/T 9704: 7 mm under a text that ends 35 mm above the edge)."""
_NARROWEST: Final = 0.66
"""Text takes at least this share of the page's width; shorter lines are no full ones."""
_PAGE_NUMBER = re.compile(
    r"[-—–－~·\s]*第?\s*\d{1,4}\s*页?[-—–－~·\s]*(?:[/／共]\s*共?\s*\d{1,4}\s*页?)?|[IVXivx]{1,6}"
)
_STARTS_ANEW = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳]|第[一二三四五六七八九十]+[章节部条]|附[件表]|表\s*\d|注[：:]"
)
_CONTENTS: Final = ("目录", "目次")
_PAGE_AT_END = re.compile(r"(?:\s{2,}|[.．·…—\-_\s]{3,})[（(]?\d{1,3}[)）]?$")
_DOTS = re.compile(r"[.．…·]{4,}\s*\d+$")


@dataclass(slots=True)
class _Flow:
    """What is on a page in reading order: lines and tables."""

    page: Page
    items: list[TextLine | PdfTable]


def document_of(pages: Sequence[Page], kind: str, name: str) -> Document:
    """The document that these pages print: body in reading order, page furniture last."""
    flows = [flow for page in pages for flow in _flows(page)]
    builder = Builder()
    furniture = _take_furniture(flows)
    margins = _margins(flows)
    for item in _joined_tables([item for flow in flows for item in flow.items]):
        if isinstance(item, PdfTable):
            _add_table(item, builder)
        else:
            _add_paragraphs(item, margins, builder)
    for line, role in furniture:
        builder.paragraph(line.text, role=role, page=line.page)
    _list_not_read(pages, builder)
    return builder.document(kind, name, len(pages))


def _flows(page: Page) -> list[_Flow]:
    """The page, or the parts of a page that is set in columns."""
    grids = ruled_grids(page.edges)
    return [_flow(page, grids)] if grids else [_flow(part, []) for part in columns_of(page)]


def _flow(page: Page, grids: Sequence[RuledGrid]) -> _Flow:
    glyphs = page.glyphs
    tables: list[PdfTable] = []
    for grid in grids:
        table, rest = from_grid(grid, glyphs, page.number)
        if sum(bool(c.text.strip()) for c in table.cells) > 1:
            tables.append(table)
            glyphs = rest
    lines = lines_of(glyphs, page.number)
    for aligned in aligned_tables(lines):
        tables.append(from_alignment(aligned))
        taken = {id(line) for line in aligned.lines}
        lines = [line for line in lines if id(line) not in taken]
    items: list[TextLine | PdfTable] = [*lines, *tables]
    items.sort(key=lambda item: item.top if isinstance(item, PdfTable) else item.baseline)
    return _Flow(page, items)


def _take_furniture(flows: Sequence[_Flow]) -> list[tuple[TextLine, str]]:
    """Page headers, footers and page numbers, taken out of the pages; each text once."""
    repeated = Counter(_key(line) for flow in flows for line, _, is_near in _edge_lines(flow) if is_near)
    found: dict[tuple[str, str], TextLine] = {}
    for flow in flows:
        for line, role, is_near in _edge_lines(flow):
            often = is_near and repeated[_key(line)] >= max(2, len(flows) // 4)
            if often or _PAGE_NUMBER.fullmatch(line.text.strip()):
                flow.items.remove(line)
                found.setdefault((_key(line)[0], role), line)
    return [(line, role) for (_, role), line in found.items()]


def _edge_lines(flow: _Flow) -> list[tuple[TextLine, str, bool]]:
    """Up to two lines at the top and at the bottom that can be furniture; the flag says that they are very near the edge."""
    height = flow.page.height
    found = []
    for items, role in ((flow.items[:2], "header"), (flow.items[-2:], "footer")):
        for item in items:
            if isinstance(item, TextLine):
                distance = item.baseline if role == "header" else height - item.baseline
                found += (
                    [(item, role, distance < height * _EDGE_ZONE)] if distance < height * _NUMBER_ZONE else []
                )
    return found


def _key(line: TextLine) -> tuple[str, int]:
    """The same for one line of furniture on all its pages: its text without digits, about its height."""
    return re.sub(r"\d+", "#", "".join(line.text.split())), round(line.baseline / 6)


def _joined_tables(items: list[TextLine | PdfTable]) -> list[PdfTable | list[TextLine]]:
    """Tables with their parts on later pages, and the runs of lines between them."""
    found: list[PdfTable | list[TextLine]] = []
    for item in items:
        last = found[-1] if found else None
        if isinstance(item, TextLine):
            if isinstance(last, list):
                last.append(item)
            else:
                found.append([item])
        elif isinstance(last, PdfTable) and goes_on(last, item):
            found[-1] = join(last, item)
        else:
            found.append(item)
    return found


def _add_table(table: PdfTable, builder: Builder) -> None:
    slot = builder.reserve_table()
    builder.fill_table(slot, [finished_cell(draft, slot) for draft in table.cells], page=table.page)


def _add_paragraphs(lines: list[TextLine], margins: dict[int, tuple[float, float]], builder: Builder) -> None:
    text, first = "", lines[0]
    previous: TextLine | None = None
    in_contents = False
    for line in lines:
        if in_contents := _is_contents(line, in_contents or "".join(text.split()) in _CONTENTS):
            _add_paragraph(text, first, builder)
            builder.paragraph(line.text, role="contents", page=line.page)
            text, first, previous = "", line, None
            continue
        if previous is not None and _continues(previous, line, *margins[id(previous)]):
            text = joined(text, line.text)
        else:
            _add_paragraph(text, first, builder)
            text, first = line.text, line
        previous = line
    _add_paragraph(text, first, builder)


def _is_contents(line: TextLine, below: bool) -> bool:
    """A line of the contents: below 目录 or another such line, with a page number behind a gap or leaders."""
    return below and _PAGE_AT_END.search(line.text.strip()) is not None


def _add_paragraph(text: str, first: TextLine, builder: Builder) -> None:
    builder.paragraph(text, page=first.page)


def _margins(flows: Sequence[_Flow]) -> dict[int, tuple[float, float]]:
    """By identity of the line: where most lines begin and where the long ones end, over all pages of one width."""
    lines: dict[int, list[TextLine]] = {}
    for flow in flows:
        same_width = lines.setdefault(round(flow.page.width), [])
        same_width += [item for item in flow.items if isinstance(item, TextLine)]
    margins = {f.page.width: _margin(lines[round(f.page.width)], f.page.width) for f in flows}
    return {id(item): margins[f.page.width] for f in flows for item in f.items if isinstance(item, TextLine)}


def _margin(lines: list[TextLine], width: float) -> tuple[float, float]:
    if not lines:
        return 0.0, 0.0
    lefts = sorted(line.left for line in lines)
    rights = sorted(line.right for line in lines)
    left = lefts[len(lefts) // 10]
    return left, max(rights[-1 - len(rights) // 20], left + _NARROWEST * width)


def _continues(above: TextLine, line: TextLine, left: float, right: float) -> bool:
    """Whether a line goes on with the paragraph above: that one is full and this one is not indented."""
    if abs(above.size - line.size) > 0.15 * above.size or _DOTS.search(above.text):
        return False
    if above.page == line.page and line.baseline - above.baseline > 3.2 * line.size:
        return False
    if len(above.segments) > 1 and len(line.segments) > 1:
        return False
    if (line.left > left + 0.9 * line.size and not _hangs(above, line)) or not was_wrapped(
        above, line, right - above.right
    ):
        return False
    return not _STARTS_ANEW.match(line.text)


def _hangs(above: TextLine, line: TextLine) -> bool:
    """Whether a line stands under the text of a numbered one, or under another such line."""
    step = line.left - above.left
    return abs(step) < 1.5 or (0 < step < 3.5 * line.size and bool(_STARTS_ANEW.match(above.text)))


def _list_not_read(pages: Sequence[Page], builder: Builder) -> None:
    for page in pages:
        number = page.number
        if not page.glyphs and page.has_content:
            builder.not_read(
                "page_without_text", f"第 {number} 页没有文字层（可能是扫描件），没有读取", Place(page=number)
            )
        elif page.pictures:
            builder.not_read(
                "image", f"第 {number} 页有 {page.pictures} 个图片没有读取", Place(page=number)
            )
