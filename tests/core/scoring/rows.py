"""Rows and sheets for the tests of scoring, from a few words."""

from __future__ import annotations

from hengjian.core.extraction.targets import parse_target
from hengjian.core.figures import Figure, figure
from hengjian.core.places import Place
from hengjian.core.report import Actual, Indicator, Text

COLUMNS = frozenset({"target", "actual", "weight", "score", "reason"})


def number(text: str, unit: str = "") -> Figure:
    digits = text.removesuffix("%")
    return figure(digits, "%" if text.endswith("%") else unit)


def row(
    name: str,
    target: str,
    actual: str = "",
    weight: str | None = None,
    *,
    score: str | None = None,
    reason: str = "",
    level1: str = "产出指标",
    level2: str = "数量指标",
    unit: str = "",
    columns: frozenset[str] = COLUMNS,
    place: int = 0,
    scope: str = "",
) -> Indicator:
    """An indicator as extraction gives it. ``unit`` is the unit of actuals that print none."""
    where = Place(block=9, table=1, row=place + 1, column=1, quote=name)
    digits = actual.rstrip("%件人名次起万元日天场批项").strip()
    is_number = digits.replace(".", "").isdigit()
    rest = actual[len(digits) :] or unit
    return Indicator(
        Text(name, where),
        level1=level1,
        level1_std=level1,
        level2=level2,
        level2_std=level2,
        project=scope,
        target=parse_target(target),
        actual=Actual(Text(actual, where), figure(digits, rest) if is_number else None),
        weight=number(weight) if weight else None,
        score=number(score) if score else None,
        reason=Text(reason, where),
        columns=columns,
        table=1,
        row=place + 1,
        place=where,
    )
