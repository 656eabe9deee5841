"""A table of grades: every grade word with the range of points beside or below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hengjian.core.document import Cell
from hengjian.core.extraction.numbers import scan
from hengjian.core.extraction.prose.bands import read_verdicts
from hengjian.core.extraction.prose.lines import Line
from hengjian.core.extraction.tables.grid import Grid, text_of
from hengjian.core.extraction.tables.harvest import Harvest
from hengjian.core.extraction.terms import bare, fold, pattern
from hengjian.core.places import NOWHERE
from hengjian.core.report import Fact

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


def _pairs(grid: Grid) -> Iterator[tuple[Cell, Cell]]:
    for cell in grid.table.cells:
        if pattern("headers", "labels", "grade_words").fullmatch(bare(cell.text)) is None:
            continue
        for other in (grid.row(cell.row).right_of(cell), grid.below(cell)):
            if other is not None and any(c.isdigit() for c in fold(other.text)) and len(other.compact) <= _LONGEST_RANGE:
                yield cell, other
                break
