"""Monitoring: D-16, D-17."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Finding, NotChecked, Outcome, Passed, Severity, witness
from hengjian.core.audit.indicators import (
    actual_witness,
    conflict,
    found,
    name_witness,
    number_of,
    rows,
    same_measure,
    shorten,
    target_of,
    target_witness,
    twin,
)
from hengjian.core.report import Fact, Indicator, Kind, Report, Stage


def _progress(row: Indicator) -> Indicator:
    """The row with its progress so far as the achieved value (monitoring forms keep it in ``prior``)."""
    return row if row.actual.figure is not None and row.prior.figure is None else replace(row, actual=row.prior)


@rule(
    "D-16",
    title="监控进度逐期不减，不超过全年",
    english="Cumulative progress never falls between monitoring periods",
    severity=Severity.ERROR,
    basis=Basis.ARITHMETIC,
    source="财预〔2019〕136号（绩效监控按累计数填报）",
    bad="7月底累计培训3次，9月底累计2次",
    good="7月底累计3次，9月底累计4次",
)
def progress_never_falls(case: Case) -> Iterator[Outcome]:
    """同一指标、同一资金的累计执行数，后一期不应小于前一期。需要两期监控表。"""
    if case.report.kind is not Kind.MONITORING:
        return
    reports = [*case.periods, case.report]
    if len(reports) < 2:
        yield NotChecked("D-16", "另一期监控表")
        return
    for earlier, later in pairwise(reports):
        yield from _indicators(earlier, later)
        yield from _funds(earlier, later)


def _indicators(earlier: Report, later: Report) -> Iterator[Outcome]:
    for row in map(_progress, rows(later, named=True)):
        before = twin(row, [_progress(o) for o in rows(earlier, named=True) if o.project == row.project])
        if before is None or not same_measure(before.actual.figure, row.actual.figure):
            continue
        first, second = before.actual.figure, row.actual.figure
        assert first is not None
        assert second is not None
        if first.unit in ("%", "", "分"):
            continue
        if second.base_value < first.base_value:
            yield found(
                "D-16",
                Severity.ERROR,
                "“{name}”累计数由{expected}降为{said}。",
                actual_witness(row),
                actual_witness(before, "earlier"),
                said=number_of(second),
                expected=f"≥{number_of(first)}",
                name=shorten(row.name),
            )
        else:
            yield Passed("D-16", f"{row.name}：{number_of(first)} ≤ {number_of(second)}")


def _funds(earlier: Report, later: Report) -> Iterator[Finding]:
    for fact in _executed(later):
        before = next((f for f in _executed(earlier) if (f.key, f.scope) == (fact.key, fact.scope)), None)
        if before is not None and fact.figure.is_money and before.figure.is_money and fact.figure.yuan < before.figure.yuan:
            yield found(
                "D-16",
                Severity.ERROR,
                "{label}累计执行数由{expected}降为{said}。",
                witness("executed", fact),
                witness("earlier", before),
                said=number_of(fact.figure),
                expected=f"≥{number_of(before.figure)}",
                label=fact.label,
            )


def _executed(report: Report) -> Sequence[Fact]:
    return [f for f in report.facts if f.stage is Stage.EXECUTED and f.key.startswith(("funds.", "expenditure."))]


@rule(
    "D-17",
    title="监控指标与批复目标一致",
    english="The monitored targets are the approved targets",
    severity=Severity.ERROR,
    basis=Basis.FORM,
    source="财预〔2019〕136号（对照批复的绩效目标监控）",
    bad="批复≥95%，监控表年度指标值≥90%",
    good="监控表指标值与批复相同",
)
def monitored_is_approved(case: Case) -> Iterator[Outcome]:
    """监控表的指标和年度指标值应与批复的绩效目标相同。需要批复的目标表。"""
    if case.report.kind is not Kind.MONITORING:
        return
    approved = [i for t in case.targets for i in rows(t, named=True)]
    if not approved:
        yield NotChecked("D-17", "批复的绩效目标表")
        return
    here = rows(case.report, named=True)
    for target in approved:
        row = twin(target, here)
        if row is None:
            yield _not_monitored(target, here)
        elif conflict(target.target, row.target) in ("number", "direction"):
            yield _other_target(target, row)
        else:
            yield Passed("D-17", f"{row.name}：{target_of(row.target)}")


def _not_monitored(target: Indicator, here: Sequence[Indicator]) -> Finding:
    place = name_witness(here[0], "monitoring") if here else name_witness(target)
    return found(
        "D-17",
        Severity.ERROR,
        "批复的指标“{name}”没有列入监控表。",
        place,
        target_witness(target, "approved"),
        expected=shorten(target.name, 60),
        name=shorten(target.name),
    )


def _other_target(target: Indicator, row: Indicator) -> Finding:
    return found(
        "D-17",
        Severity.ERROR,
        "“{name}”批复为{expected}，监控表为{said}。",
        target_witness(row),
        target_witness(target, "approved"),
        said=target_of(row.target),
        expected=target_of(target.target),
        name=shorten(row.name),
    )
