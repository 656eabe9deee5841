"""Builds the sample reports from ``samples/texts/*.report``: ``python -m samples.build`` in the root of the repository.

A line is a paragraph; ``# `` begins a title, ``## `` a heading, ``### `` the title of a form, ``---`` a new page. Table rows are
those of ``tests/documents.py``: ``| a | b |``, ``<`` merged to the left, ``^`` merged upwards, ``⏎`` a line break in a cell.
All people, places and units are made up. The same texts give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.documents import GridCell, parse

from hengjian.forms import docx_writer, pdf_writer, xlsx_writer
from hengjian.forms.paper import Align, Block, Box, Grid, Line, Paper, Sheet, Style

FOLDER = Path(__file__).parent
TEXTS = FOLDER / "texts"

FORMATS = {
    "信访局整体自评报告": "docx",
    "司法局项目自评表": "xlsx",
    "水务局项目自评报告": "pdf",
    "档案馆整体自评报告": "txt",
    "图书馆整体自评报告": "docx",
    "信访业务费自评表": "xlsx",
}

_WIDTHS = {9: (8.5, 10, 10, 15, 10, 10, 6.5, 8, 16), 8: (9, 11, 15, 10, 10, 6.5, 8, 14)}
_STYLES = {"# ": Style.TITLE, "## ": Style.LEVEL1, "### ": Style.TITLE}
_NOTES = ("单位：", "填表人", "（2024年度）")


def build() -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of every sample."""
    for stem, ending in FORMATS.items():
        text = (TEXTS / f"{stem}.report").read_text(encoding="utf-8")
        yield f"{stem}.{ending}", text.encode() if ending == "txt" else _WRITERS[ending](_paper(stem, text, ending))


def _paper(stem: str, text: str, ending: str) -> Paper:
    pages = text.split("\n---\n")
    official = ending != "xlsx"
    return Paper(stem, tuple(_sheet(page, official=official and n == 0) for n, page in enumerate(pages)))


def _sheet(text: str, *, official: bool) -> Sheet:
    return Sheet("自评表", tuple(_block(b) for b in parse(text)), official=official)


def _block(block: str | list[GridCell]) -> Block:
    if not isinstance(block, str):
        return _grid(block)
    for mark, style in _STYLES.items():
        if block.startswith(mark):
            return Line(block.removeprefix(mark), style)
    if block == "附件":
        return Line(block, Style.ANNEX)
    if block.startswith(("附件：", "附表：")):
        return Line(block, Style.ATTACHMENT)
    note = block.startswith(_NOTES)
    return Line(block, Style.SUBTITLE if block.startswith("（2024") else Style.GRID_NOTE if note else Style.BODY)


def _grid(cells: list[GridCell]) -> Grid:
    width = max(c.column + c.column_span - 1 for c in cells)
    head = next(c.row for c in cells if c.text.replace("\n", "") == "三级指标")
    return Grid(_WIDTHS[width], tuple(_box(c, head, width) for c in cells))


def _box(cell: GridCell, head: int, width: int) -> Box:
    words = cell.column in (width - 5, width) and cell.row > head
    long = len(cell.text) > 16
    align = Align.LEFT if words or long else Align.CENTRE
    bold = cell.row == head or cell.text == "总分" or cell.column == 1
    return Box(cell.row, cell.column, cell.text, cell.row_span, cell.column_span, align, bold)


_WRITERS: dict[str, Callable[[Paper], bytes]] = {
    "docx": docx_writer.write, "xlsx": xlsx_writer.write, "pdf": pdf_writer.write,
}  # fmt: skip


def main() -> None:
    """Write every sample beside this file."""
    for name, data in build():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
