"""Grids flattened the way office documents are: family A (a cell per line), family B (a row per line), Markdown."""

from __future__ import annotations

from tests.documents import GridCell, parse

from hengjian.core.document import Table

Shape = set[tuple[str, int, int, int, int]]


def grid(source: str) -> list[GridCell]:
    """The cells of the one table in a text of the tiny table language."""
    return next(block for block in parse(source) if isinstance(block, list))


def shape(table: Table) -> Shape:
    """What must agree: text without blanks, position and spans of every cell."""
    return {(c.compact, c.row, c.column, c.row_span, c.column_span) for c in table.cells}


def expected(cells: list[GridCell]) -> Shape:
    return {("".join(c.text.split()), c.row, c.column, c.row_span, c.column_span) for c in cells}


def _rows(cells: list[GridCell]) -> int:
    return max(c.row + c.row_span - 1 for c in cells)


def family_a(cells: list[GridCell]) -> str:
    """A leading tab before every cell, a horizontal merge as one cell, the lower part of a vertical one empty."""
    lines: list[str] = []
    for row in range(1, _rows(cells) + 1):
        here = sorted((c for c in cells if c.row <= row < c.row + c.row_span), key=lambda c: c.column)
        lines += [f"\t{c.text if c.row == row else ''}" for c in here]
        lines.append("")
    return "\n".join(lines) + "\n"


def family_b(cells: list[GridCell], trailing: bool = True) -> str:
    """Fields between tabs, every grid position a field, merged positions empty."""
    width = max(c.column + c.column_span - 1 for c in cells)
    lines = []
    for row in range(1, _rows(cells) + 1):
        fields = [""] * width
        for cell in cells:
            if cell.row == row:
                fields[cell.column - 1] = cell.text.replace("\n", " ")
        line = "\t".join(fields)
        lines.append(line if trailing else line.rstrip("\t"))
    return "\n".join(lines) + "\n"


def pipes(cells: list[GridCell]) -> str:
    """A Markdown table."""
    lines = family_b(cells).replace("\t", " | ").splitlines()
    width = max(c.column for c in cells)
    lines.insert(1, "|".join(["---"] * width))
    return "\n".join(f"| {line} |" for line in lines) + "\n"
