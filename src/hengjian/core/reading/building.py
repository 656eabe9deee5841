"""Collects blocks in reading order and gives each its number, index and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hengjian.core.document import Block, Cell, Document, NotRead, Paragraph, Table
from hengjian.core.places import NOWHERE, Place
from hengjian.core.reading.captions import MOST_LINES, caption_above

_LEADER = re.compile(r"(?:[.．·]{4,}|…{2,})\s*\d{1,3}$")
_PAGE_AFTER_TAB = re.compile(r"\t\s*\d{1,3}$")
DEFERRED_ROLES = ("textbox",)
"""Roles whose paragraphs stand where they are anchored but are numbered after all others, so that a text box does not shift the numbers of the text around it."""


@dataclass(slots=True)
class CellDraft:
    """A cell before its table has a number."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    page: int = 0


class Builder:
    """Blocks of one document. Empty paragraphs are dropped; every table gets the caption above it."""

    def __init__(self) -> None:
        self._blocks: list[Block | None] = []
        self._not_read: list[NotRead] = []
        self._paragraphs = 0
        self._tables = 0

    def paragraph(
        self,
        text: str,
        *,
        role: str = "body",
        level: int = 0,
        numbering: str = "",
        page: int = 0,
        sheet: str = "",
        row: int = 0,
        column: int = 0,
    ) -> Place:
        """Add a paragraph and answer its place; a blank one is dropped and answers the document's."""
        stripped = text.strip()
        if not stripped:
            return NOWHERE
        if role == "body" and self._is_contents_line(stripped):
            role = "contents"
        if role not in DEFERRED_ROLES:
            self._paragraphs += 1
        number = 0 if role in DEFERRED_ROLES else self._paragraphs
        place = Place(len(self._blocks), number, row=row, column=column, page=page, sheet=sheet)
        self._blocks.append(Paragraph(stripped, place, level, numbering, role, leading_blanks(text)))
        return place

    def _is_contents_line(self, text: str) -> bool:
        """A typed table of contents: dots before a page number, or a tab below 目录 or another such line."""
        if _LEADER.search(text):
            return True
        last = self._blocks[-1] if self._blocks else None
        follows = isinstance(last, Paragraph) and (
            last.role == "contents" or "".join(last.text.split()) == "目录"
        )
        return follows and bool(_PAGE_AFTER_TAB.search(text))

    def reserve_table(self) -> tuple[int, int]:
        """The block index and number of a table whose cells are read next."""
        self._tables += 1
        self._blocks.append(None)
        return len(self._blocks) - 1, self._tables

    def fill_table(
        self,
        slot: tuple[int, int],
        cells: Sequence[Cell],
        *,
        page: int = 0,
        sheet: str = "",
        nested_in: Place | None = None,
    ) -> None:
        """Put the cells of a reserved table in its place; a table without cells disappears."""
        if not cells:
            return
        index, number = slot
        above = [] if nested_in else self._body_above(index, sheet)
        first = cells[0].place
        corner = (first.row, first.column) if sheet else (0, 0)
        place = Place(index, table=number, row=corner[0], column=corner[1], page=page, sheet=sheet)
        self._blocks[index] = Table(number, tuple(cells), place, caption_above(above), sheet, nested_in)

    def not_read(self, code: str, message: str, place: Place = NOWHERE) -> None:
        self._not_read.append(NotRead(code, message, place))

    @property
    def next_place(self) -> Place:
        """Where the next paragraph will stand; for things between the blocks."""
        return Place(len(self._blocks), self._paragraphs + 1)

    @property
    def is_empty(self) -> bool:
        return not self._blocks

    def document(self, kind: str, name: str, pages: int = 0) -> Document:
        """The finished document."""
        blocks = tuple(self._numbered(b) for b in self._blocks if b is not None)
        return Document(blocks, tuple(self._not_read), kind, pages, name)

    def _numbered(self, block: Block) -> Block:
        if isinstance(block, Paragraph) and not block.place.paragraph:
            self._paragraphs += 1
            return replace(block, place=replace(block.place, paragraph=self._paragraphs))
        return block

    def _body_above(self, index: int, sheet: str) -> list[Paragraph]:
        found: list[Paragraph] = []
        for block in reversed(self._blocks[max(0, index - MOST_LINES) : index]):
            if not isinstance(block, Paragraph) or block.place.sheet != sheet:
                break
            found.append(block)
        return found[::-1]


def finished_cell(draft: CellDraft, slot: tuple[int, int]) -> Cell:
    """The cell with its place in the reserved table."""
    index, number = slot
    place = Place(index, table=number, row=draft.row, column=draft.column, page=draft.page)
    indent = leading_blanks(draft.text)
    return Cell(
        tidy_lines(draft.text), draft.row, draft.column, place, draft.row_span, draft.column_span, indent
    )


def tidy_lines(text: str) -> str:
    """The text of a cell: lines stripped, empty ones dropped."""
    if "\n" not in text:
        return text.strip()
    return "\n".join(line for line in (part.strip() for part in text.split("\n")) if line)


def leading_blanks(text: str) -> int:
    """Blanks at the start, after empty lines."""
    line = text.lstrip("\r\n")
    return len(line) - len(line.lstrip())
