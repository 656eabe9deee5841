"""The same made-up report as docx, xlsx, pdf and flattened text."""

from __future__ import annotations

import zipfile
from io import BytesIO

from tests.documents import GridCell, build_docx, build_xlsx, parse

from benchmarks.documents import report_text
from benchmarks.flatten import flattened
from hengjian.forms import pdf_writer
from hengjian.forms.paper import Block, Box, Grid, Line, Paper, Sheet, Style

FORMATS = ("docx", "xlsx", "pdf", "txt")


def report(pages: int, form: str, seed: int = 0) -> bytes:
    """A report of about so many pages in one format; the same arguments give the same content."""
    text = report_text(pages, seed)
    if form == "docx":
        return stamped(build_docx(text))
    if form == "xlsx":
        return build_xlsx(text)
    return flattened(text) if form == "txt" else _printed(text)


def stamped(data: bytes) -> bytes:
    """The package with one date on all its parts: the same bytes every time."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _printed(text: str) -> bytes:
    blocks: list[Block] = [Line(b, Style.BODY) if isinstance(b, str) else _grid(b) for b in parse(text)]
    return pdf_writer.write(Paper("报告", (Sheet("报告", tuple(blocks)),)))


def _grid(cells: list[GridCell]) -> Grid:
    width = max(c.column + c.column_span - 1 for c in cells)
    boxes = tuple(Box(c.row, c.column, c.text, c.row_span, c.column_span) for c in cells)
    return Grid((10.0,) * width, boxes)
