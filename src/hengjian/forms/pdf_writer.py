"""Prints any paper as a pdf through typst: vendored font, fixed date, no outside file. Data goes in as JSON."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from hengjian.forms import fonts
from hengjian.forms.measure import row_heights
from hengjian.forms.paper import Box, Grid, Line, Paper, Sheet

_SOURCE = Path(__file__).parent / "paper.typ"
_MOMENT = 1_577_836_800
"""2020-01-01, the date inside every written file: the same paper gives the same bytes."""
_NO_GLYPH = "could not be displayed"


class PdfError(RuntimeError):
    """The typesetter warned or failed; the message is its own."""


def write(paper: Paper) -> bytes:
    """The pdf's bytes, the same for the same paper: PDF/A-2b, or plain pdf when a sign is in no font.

    Raises ``PdfError`` for any warning: an unknown font would otherwise only be noted.
    """
    compiler = _compiler()
    data = {"paper": json.dumps(_paper(paper), ensure_ascii=False)}
    try:
        made, warnings = compiler.compile_with_warnings(
            format="pdf", timestamp=_MOMENT, sys_inputs=data, pdf_standards=["a-2b"]
        )
    except typst.TypstError as error:
        if _NO_GLYPH not in str(error):
            raise PdfError(str(error)) from error
        made, warnings = compiler.compile_with_warnings(format="pdf", timestamp=_MOMENT, sys_inputs=data)
    if warnings:
        raise PdfError("; ".join(str(w.message) for w in warnings))
    return bytes(made)


@cache
def _compiler() -> Any:
    """One compiler for the process: loading the fonts is most of the time of a small form."""
    return typst.Compiler(
        str(_SOURCE), root=str(_SOURCE.parent), font_paths=[str(fonts.FOLDER)], ignore_system_fonts=True
    )


def _paper(paper: Paper) -> dict[str, Any]:
    return {"title": paper.title, "sheets": [_sheet(sheet) for sheet in paper.sheets]}


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "landscape": sheet.landscape,
        "official": sheet.official,
        "blocks": [_block(b) for b in sheet.blocks],
    }


def _block(block: Line | Grid) -> dict[str, Any]:
    if isinstance(block, Line):
        return {
            "kind": "line",
            "style": block.style.value,
            "lines": block.text.split("\n"),
            "right": block.right,
        }
    return {
        "kind": "grid",
        "widths": list(block.widths),
        "heights": row_heights(block),
        "header": block.header if _can_repeat(block) else 0,
        "boxes": [_box(box, block) for box in sorted(block.boxes, key=lambda b: (b.row, b.column))],
    }


def _can_repeat(grid: Grid) -> bool:
    """A header row can be repeated only where no cell reaches over its edge."""
    return grid.header > 0 and not any(
        b.row <= grid.header <= b.bottom and b.row_span > 1 for b in grid.boxes
    )


_LONG_TEXT = 300
"""Characters from which a row may break over pages; one cell that may not break would hold the whole row."""


def _breaks(box: Box, grid: Grid) -> bool:
    return box.row_span > 1 or any(len(b.text) > _LONG_TEXT for b in grid.boxes if b.row == box.row)


def _box(box: Box, grid: Grid) -> dict[str, Any]:
    return {
        "x": box.column - 1,
        "y": box.row - 1,
        "columns": box.column_span,
        "rows": box.row_span,
        "align": box.align.value,
        "bold": box.bold,
        "breakable": _breaks(box, grid),
        "lines": box.text.split("\n"),
    }
