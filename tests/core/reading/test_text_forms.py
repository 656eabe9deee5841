"""Official forms, printed, flattened and read again: the same figures and the same indicator rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from tests.core.reading.flattening import family_a, family_b, pipes
from tests.forms.reports import SAMPLES

from hengjian.core.document import Document, Paragraph
from hengjian.core.extraction import extract
from hengjian.core.reading import read
from hengjian.core.report import Report
from hengjian.forms import FORMS

CODES = ["F1", "F3", "F3b", "F4", "F5"]


@cache
def printed(code: str) -> Document:
    sample: Any = SAMPLES[code]
    return read(FORMS[code].render(sample() if callable(sample) else sample, "docx"), "表.docx")


def _a(cells: list[Any]) -> str:
    return family_a(cells) + "\n"


def _ideographic_blanks(cells: list[Any]) -> str:
    return re.sub(r"(?m)^\t$", "\t　", _a(cells))


def _second_paragraph(cells: list[Any]) -> str:
    return re.sub(r"(?m)^(\t(产出指标|效益指标|满意度指标|成本指标))$", r"\1\n", _a(cells))


def _b(cells: list[Any]) -> str:
    return "\n" + family_b(cells)


def _b_ragged(cells: list[Any]) -> str:
    return "\n" + family_b(cells, trailing=False)


def _pipes(cells: list[Any]) -> str:
    return "\n" + pipes(cells)


def told(report: Report) -> tuple[list[Any], list[Any]]:
    facts = [(f.key, f.value, f.figure.unit, f.stage, f.year, f.scope) for f in report.facts]
    rows = [
        (
            i.level1_std,
            i.level2_std,
            i.name,
            i.target.text.compact,
            i.actual.text.compact,
            i.weight,
            i.score,
            i.reason.compact,
        )
        for i in report.indicators
    ]
    return facts, rows


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("flatten", [_a, _ideographic_blanks, _second_paragraph, _b, _b_ragged, _pipes])
def test_a_flattened_form_tells_the_same(code: str, flatten: Callable[[list[Any]], str]) -> None:
    source = printed(code)
    text = "\n".join(b.text if isinstance(b, Paragraph) else flatten(list(b.cells)) for b in source.blocks)
    again = read((text + "\n").encode(), "表.txt")
    assert len(again.tables) == len(source.tables)
    assert told(extract(again)) == told(extract(source))
