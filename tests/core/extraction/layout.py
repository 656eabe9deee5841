"""The fictional layouts of this folder, read."""

from __future__ import annotations

from pathlib import Path

from tests.documents import build_document

from hengjian.core.extraction.tables import TableYield, read_tables
from hengjian.core.report import Fact, Indicator

FOLDER = Path(__file__).parent / "layouts"


def read_layout(name: str) -> TableYield:
    return read_tables(build_document((FOLDER / f"{name}.txt").read_text(encoding="utf-8")))


def row(indicator: Indicator) -> str:
    """An indicator in one line: levels, name, target, actual, points."""
    target = indicator.target
    figure = f"{target.figure.value}{target.figure.unit}" if target.figure else target.text.text
    points = [str(p.value) if p else "" for p in (indicator.weight, indicator.score)]
    parts = [indicator.level1_std, indicator.level2_std, indicator.name, target.operator.value, figure, indicator.actual.text.text]
    return "|".join([*parts, *points])


def amount(fact: Fact) -> str:
    """A fact in one line: key, stage, year, value and unit."""
    return f"{fact.key}|{fact.stage.value}|{fact.year or ''}|{fact.figure.value}{fact.figure.unit}"


def amounts(found: TableYield, scope: str = "") -> list[str]:
    return [amount(f) for f in found.facts if f.scope == scope]
