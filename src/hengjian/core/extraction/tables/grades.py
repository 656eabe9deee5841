"""Tables of grades (every grade word with its range of points) and of the scores of whole levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hengjian.core.document import Cell
from hengjian.core.extraction.numbers import scan
from hengjian.core.extraction.prose.bands import read_verdicts
from hengjian.core.extraction.prose.lines import Line
from hengjian.core.extraction.tables.columns import level_name, role_of
from hengjian.core.extraction.tables.grid import Grid, Row, cell_figure, is_number, text_of
from hengjian.core.extraction.tables.harvest import Harvest
from hengjian.core.extraction.tables.meaning import is_column
from hengjian.core.extraction.terms import bare, fold, pattern
from hengjian.core.figures import Figure
from hengjian.core.places import NOWHERE
from hengjian.core.report import Fact, Subtotal, Total

_LONGEST_RANGE = 24


def read_band_table(grid: Grid, harvest: Harvest) -> None:
    """Bands and the figures of their limits, when the table names at least two grades with a range each."""
    number = grid.table.number
    pairs = [p for p in _pairs(grid) if not harvest.used(number, p[0]) and not harvest.used(number, p[1])]
    words = "；".join(f"{fold(span.text)}为{bare(label.text)}" for label, span in pairs)
    bands = read_verdicts(Line.of(words, NOWHERE)).bands
    if len(bands) != len(pairs) or len(pairs) < 2:
        return
    for band, (label, span) in zip(bands, pairs, strict=True):
        harvest.bands.append(replace(band, text=text_of(span)))
        harvest.use(number, label, span)
        for mention in scan(span.text, span.place):
            figure = replace(mention.figure, value=abs(mention.figure.value), unit="分")
            harvest.facts.append(
                Fact("score.band", label.compact, figure, group=f"t{number}:bands", source="table", sentence=text_of(label))
            )


def read_level_scores(grid: Grid, head: Row, harvest: Harvest) -> None:
    """评价内容 | 分值 | 得分: a row for every level and one for the total, without indicators of their own."""
    roles = {role: c for c in head.filled if (role := role_of(c.text)) in ("weight", "score")}
    labels = [c for c in head.filled if role_of(c.text) in ("", "level1", "level3", "serial", "target") and not is_column(c.text, "project_name")]
    if len(roles) < 2 or len(head.filled) > 5 or len(labels) not in (1, 2):
        return
    for row in grid.from_row(head.number + 1):
        name = row.at(labels[-1].column)
        figures = {role: f for role, c in roles.items() if (cell := row.at(c.column)) and (f := cell_figure(cell, "分"))}
        if name is None or not row.filled or "score" not in figures or is_number(name):
            break
        _take_level(row, name if name.compact else row.filled[0], figures, harvest, grid.table.number)


def _take_level(row: Row, name: Cell, figures: dict[str, Figure], harvest: Harvest, table: int) -> None:
    is_total = pattern("headers", "labels", "total").fullmatch(bare(name.text)) is not None
    if is_total:
        harvest.totals.append(Total(figures["score"], harvest.scope, figures.get("weight"), "table", 0))
    else:
        level = level_name(name.text, "level1") or bare(name.text)
        harvest.subtotals.append(Subtotal(1, level, figures.get("weight"), figures["score"], harvest.scope))
    for role, figure in figures.items():
        key = {"weight": "score.weight_", "score": "score."}[role] + ("total" if is_total else "subtotal")
        harvest.facts.append(Fact(key, name.compact, figure, scope=harvest.scope, group=f"t{table}:levels", source="table", sentence=text_of(name)))
    harvest.use(table, *row.filled)


def _pairs(grid: Grid) -> Iterator[tuple[Cell, Cell]]:
    for cell in grid.table.cells:
        if pattern("headers", "labels", "grade_words").fullmatch(bare(cell.text)) is None:
            continue
        for other in (grid.row(cell.row).right_of(cell), grid.below(cell)):
            if other is not None and any(c.isdigit() for c in fold(other.text)) and len(other.compact) <= _LONGEST_RANGE:
                yield cell, other
                break
