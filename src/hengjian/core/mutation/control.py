"""Mutators of budgets and their control: executions over budget, wholes and parts, adjustments, staff told twice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.figures import round_half_up
from hengjian.core.mutation.figures import Change, changed
from hengjian.core.mutation.mutation import Subject, mutator
from hengjian.core.report import Fact, Indicator, Operator, Report, Stage


def _beside(report: Report, fact: Fact, stage: Stage, key: str = "") -> Fact | None:
    """The same item of the same year and scope at another stage."""
    same = (f for f in report.find(key or fact.key, stage=stage, scope=fact.scope) if f.figure.unit == fact.figure.unit)
    return next((f for f in same if f.year in (None, fact.year) or fact.year is None), None)


def _printed(value: Decimal, like: Fact) -> Decimal:
    return round_half_up(value, like.figure.decimals)


def _over_budget(subject: Subject, key: str, times: Decimal) -> Iterator[Change]:
    report = subject.report
    for fact in report.find(key, stage=Stage.EXECUTED, year=report.year):
        budget = _beside(report, fact, Stage.BUDGET) or _beside(report, fact, Stage.INITIAL)
        if fact.source == "table" and budget is not None and budget.value > 0:
            yield changed(fact.figure, _printed(budget.value * times, fact))


@mutator("overspent", "A-13", "A-14", "A-11", "A-25", "A-07", "A-20", "W-13")
def overspent(subject: Subject) -> Iterator[Change]:
    """全年预算数改到执行数的八成：执行数超过预算。"""
    report = subject.report
    for fact in report.find("funds.total", stage=Stage.BUDGET, scope=None):
        executed = _beside(report, fact, Stage.EXECUTED)
        if fact.source == "table" and executed is not None and executed.value > 1:
            yield changed(fact.figure, _printed(executed.value * Decimal("0.8"), fact))


@mutator("adjusted-much", "A-16", "A-11", "A-06", "A-07", "A-25")
def adjusted_much(subject: Subject) -> Iterator[Change]:
    """年初预算数只有全年预算数的一半，没有说明。"""
    if any(word in p.text for p in subject.document.paragraphs for word in ("追加", "调整", "调增", "下达", "增加")):
        return
    for fact in subject.report.find("funds.total", stage=Stage.INITIAL, scope=None):
        budget = _beside(subject.report, fact, Stage.BUDGET)
        if fact.source == "table" and budget is not None and budget.value > 1:
            yield changed(fact.figure, _printed(budget.value / 2, fact))


@mutator("zero-base", "A-17", "A-14", "A-13", "A-11")
def zero_base(subject: Subject) -> Iterator[Change]:
    """全年预算数写成 0，执行率照旧。"""
    rated = {f.scope for f in subject.report.find("execution.rate", scope=None) if f.source == "table"}
    for fact in subject.report.find("funds.total", stage=Stage.BUDGET, scope=None):
        if fact.source == "table" and fact.scope in rated and fact.value:
            yield changed(fact.figure, Decimal(0))


@mutator("ten-thousand-fold", "A-19", "A-07", "A-01", "A-02", "A-11", "D-13")
def ten_thousand_fold(subject: Subject) -> Iterator[Change]:
    """正文的一笔金额按元写出，单位仍是万元，与另一处相差一万倍。"""
    values = [(f.key, f.value, f.stage, f.scope, f.year) for f in subject.report.facts]
    for fact in subject.report.facts:
        twice = values.count((fact.key, fact.value, fact.stage, fact.scope, fact.year)) > 1
        if fact.source == "prose" and fact.figure.unit == "万元" and fact.value > 1 and twice and fact.key not in ("unplaced", "indicator.value"):
            yield changed(fact.figure, Decimal(fact.value * 10_000).quantize(Decimal(1)))


@mutator("three-public-over-budget", "A-23", "A-22", "A-07")
def three_public_over_budget(subject: Subject) -> Iterator[Change]:
    """“三公”经费决算数改到预算的一点四倍。"""
    yield from _over_budget(subject, "three_public.total", Decimal("1.4"))


@mutator("public-over-budget", "A-24", "A-26", "A-03", "A-07")
def public_over_budget(subject: Subject) -> Iterator[Change]:
    """公用经费决算数改到预算的三倍。"""
    yield from _over_budget(subject, "expenditure.public", Decimal(3))


@mutator("procurement-over-budget", "A-29", "A-25", "A-07")
def procurement_over_budget(subject: Subject) -> Iterator[Change]:
    """政府采购决算数改到预算的三倍。"""
    yield from _over_budget(subject, "procurement.total", Decimal(3))


@mutator("part-above-whole", "A-25", "A-22", "A-11", "A-03", "A-02", "A-04", "A-01", "A-06", "P-01", "A-07", "A-12")
def part_above_whole(subject: Subject) -> Iterator[Change]:
    """表中一个其中项大于所属总额。"""
    facts = subject.report.facts
    for fact in facts:
        whole = facts[fact.whole] if fact.whole >= 0 else None
        if whole is not None and fact.source == "table" and whole.value > 1 and fact.value and fact.figure.unit == whole.figure.unit:
            yield changed(fact.figure, _printed(whole.value * Decimal("1.5"), fact))


@mutator("public-table", "A-26", "A-07", "A-03", "A-24")
def public_table(subject: Subject) -> Iterator[Change]:
    """基础数据表的公用经费决算数与正文不同。"""
    report = subject.report
    if any(f.source == "prose" for f in report.find("expenditure.public")):
        for fact in report.find("expenditure.public", stage=Stage.EXECUTED, year=report.year):
            if fact.source == "table" and fact.value > 1:
                yield changed(fact.figure, _printed(fact.value * Decimal("0.9"), fact))


@mutator("rate-copied", "A-21", "W-08", "W-06", "W-09", "T-06", "T-01", "A-07")
def rate_copied(subject: Subject) -> Iterator[Change]:
    """完成率指标照抄资金执行比例。"""
    for indicator in subject.report.indicators:
        figure, goal = indicator.actual.figure, indicator.target.figure
        rate = next((f for f in subject.report.find("execution.rate", scope=indicator.project) if f.figure.decimals == 2), None)
        met = rate is not None and goal is not None and rate.value >= goal.value
        rated = rate is not None and rate.value < Decimal("99.5") and not indicator.is_satisfaction and indicator.score and (not met or _spends(subject, indicator))
        if rated and rate and figure and goal and figure.unit == goal.unit == "%" and indicator.target.operator is Operator.AT_LEAST:
            yield changed(figure, rate.value)


def _spends(subject: Subject, indicator: Indicator) -> bool:
    """Whether a cost row of the same form has the budget as its target: then a copied rate is seen even where the target is met."""
    planned = {f.figure.base_value for f in subject.report.find("funds.total", stage=Stage.BUDGET, scope=indicator.project)}
    costs = (i.target.figure for i in subject.report.indicators if i.is_cost and i.table == indicator.table)
    return any(c is not None and c.is_money and c.base_value in planned for c in costs)


@mutator("staff-text", "P-03", "P-01", "P-02", "A-07")
def staff_text(subject: Subject) -> Iterator[Change]:
    """正文的实有人数比表中多两人。"""
    facts = list(subject.report.find("staff.actual"))
    if any(f.source == "table" for f in facts):
        for fact in facts:
            if fact.source == "prose" and fact.label.endswith(("在职人员", "实有", "实有人数", "在编在岗", "在职")):
                yield changed(fact.figure, fact.value + 2)
