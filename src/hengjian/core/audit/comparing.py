"""Two documents of one unit: what the second is to the first, and which figures and targets they state differently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from hengjian.core.facts import UNPLACED
from hengjian.core.figures import Figure, same_amount
from hengjian.core.places import Place
from hengjian.core.report import Fact, Indicator, Kind, Report


class Relation(StrEnum):
    """What the first document is to the second."""

    TARGETS = "targets"
    """The approved targets of the year that the second evaluates."""
    PREVIOUS = "previous"
    """The year before."""
    PERIOD = "period"
    """An earlier monitoring period of the same year."""
    VERSION = "version"
    """The same sort of document of the same year: another version of it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that both documents state, and state differently."""

    subject: str
    first: str
    second: str
    first_place: Place
    second_place: Place


def relate(first: Report, second: Report) -> Relation:
    """What the first document is to the second, by kind and year."""
    if first.year and second.year and first.year == second.year - 1:
        return Relation.PREVIOUS
    if first.kind.is_targets and not second.kind.is_targets:
        return Relation.TARGETS
    if first.kind is Kind.MONITORING and second.kind is Kind.MONITORING:
        return Relation.PERIOD
    return Relation.VERSION


def differences(first: Report, second: Report) -> list[Difference]:
    """Figures and targets of the same name that differ, in the order of the second document."""
    return [*_facts(first, second), *_targets(first, second)]


def _facts(first: Report, second: Report) -> Iterator[Difference]:
    earlier = {_fact_name(f, first): f for f in reversed(first.facts) if f.key != UNPLACED}
    told: set[tuple[object, ...]] = set()
    for fact in second.facts:
        name = _fact_name(fact, second)
        other = earlier.get(name)
        if other is None or name in told or _agree(fact.figure, other.figure):
            continue
        told.add(name)
        yield Difference(_subject(fact), _printed(other.figure), _printed(fact.figure), other.place, fact.place)


def _fact_name(fact: Fact, report: Report) -> tuple[object, ...]:
    label = "" if fact.key.count(".") == 1 and "item" not in fact.key else "".join(fact.label.split())
    return (fact.key, label, fact.year or report.year, fact.stage, fact.scope)


def _agree(one: Figure, other: Figure) -> bool:
    return one.is_money == other.is_money and (one.is_money or one.unit == other.unit) and same_amount(one, other)


def _subject(fact: Fact) -> str:
    scope = f"{fact.scope}：" if fact.scope else ""
    return scope + "".join(fact.label.split())


def _printed(figure: Figure) -> str:
    return figure.text + figure.unit


def _targets(first: Report, second: Report) -> Iterator[Difference]:
    earlier = {_indicator_name(i): i for i in reversed(first.indicators) if i.target.text}
    for indicator in second.indicators:
        other = earlier.get(_indicator_name(indicator))
        if other is None or not indicator.target.text or _same_target(indicator, other):
            continue
        subject = f"{indicator.name}的指标值"
        yield Difference(subject, other.target.text.compact, indicator.target.text.compact, other.place, indicator.place)


def _indicator_name(indicator: Indicator) -> tuple[str, str, str]:
    return (indicator.project, indicator.level2_std, indicator.name)


def _same_target(one: Indicator, other: Indicator) -> bool:
    if one.target.is_numeric and other.target.is_numeric:
        return one.target.operator is other.target.operator and one.target.figure == other.target.figure
    return one.target.text.compact == other.target.text.compact
