"""The documents that benchmarks run on: the same every time, readable in every format, as long as asked."""

from __future__ import annotations

import pytest
from benchmarks.documents import report_text
from benchmarks.papers import FORMATS, report

from hengjian.core.extraction import extract
from hengjian.core.reading import read


def test_the_same_arguments_give_the_same_text() -> None:
    assert report_text(8, 3) == report_text(8, 3) != report_text(8, 4)


def test_the_same_arguments_give_the_same_docx() -> None:
    assert report(5, "docx") == report(5, "docx")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_the_same(form: str) -> None:
    told = extract(read(report(6, form), f"报告.{form}"))
    assert told.unit_name.compact == "云州市衡山区城乡事务局"
    assert len([i for i in told.indicators if i.source == "table"]) == 16
    assert [str(t.figure.value) for t in told.totals if t.scope] == ["99.84"]


@pytest.mark.parametrize(("pages", "tables"), [(5, 3), (20, 10), (40, 20)])
def test_half_as_many_tables_as_pages(pages: int, tables: int) -> None:
    assert sum(line.startswith("| ^ | 产出指标") for line in report_text(pages).splitlines()) == tables - 1
