"""Whole fictional reports of many styles, figure by figure: what stands in styles/*.toml must be read, and no more."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from tests.documents import build_document

from hengjian.core.extraction import extract
from hengjian.core.report import Fact, Indicator, Report

STYLES = sorted((Path(__file__).parent / "styles").glob("*.toml"))


@pytest.mark.parametrize("path", STYLES, ids=lambda p: p.stem)
def test_report_of_this_style_is_read(path: Path) -> None:
    expected = tomllib.loads(path.read_text(encoding="utf-8"))
    report = extract(build_document(expected["text"]))
    assert _lines(expected["facts"]) == [_fact_line(f) for f in report.facts]
    assert _lines(expected["indicators"]) == [_indicator_line(i) for i in report.indicators]
    assert (report.kind, report.unit_name.text, report.year) == (expected["kind"], expected["unit_name"], expected["year"])
    assert [str(t.figure.value) for t in report.totals] == expected["totals"]
    assert [g.label.text for g in report.grades] == expected["grades"]


@pytest.mark.parametrize("path", STYLES, ids=lambda p: p.stem)
def test_every_place_quotes_what_was_read(path: Path) -> None:
    text = tomllib.loads(path.read_text(encoding="utf-8"))["text"]
    paragraphs = [line.strip() for line in text.strip().split("\n") if line.strip()]
    for fact in extract(build_document(text)).facts:
        place = fact.place
        printed = paragraphs[place.paragraph - 1][place.start : place.end]
        assert fact.figure.text in printed, (fact.key, fact.figure, printed)


@pytest.mark.parametrize("path", STYLES, ids=lambda p: p.stem)
def test_wholes_come_before_their_parts_and_have_their_measure(path: Path) -> None:
    report: Report = extract(build_document(tomllib.loads(path.read_text(encoding="utf-8"))["text"]))
    for index, fact in enumerate(report.facts):
        assert fact.whole < index
        if fact.whole >= 0:
            assert report.facts[fact.whole].figure.is_money == fact.figure.is_money


def _lines(text: str) -> list[str]:
    return [line for line in text.strip().split("\n") if line]


def _fact_line(fact: Fact) -> str:
    scope = f" @{fact.scope}" if fact.scope else ""
    return f"{fact.key} {fact.figure.value}{fact.figure.unit} {fact.stage.value or '-'} {fact.year or '-'}{scope}"


def _indicator_line(indicator: Indicator) -> str:
    target, actual = indicator.target, indicator.actual.figure
    said = f"{target.operator.value} {target.figure.value}{target.figure.unit}" if target.figure else target.operator.value
    done = f"{actual.value}{actual.unit}" if actual else "-"
    return f"{indicator.level2_std or '-'} {indicator.level3.compact} {said} {done}"
