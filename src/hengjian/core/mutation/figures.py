"""Mutators of amounts, staff and rates: one figure is changed so that a sum, a balance or a rate no longer holds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.figures import Figure
from hengjian.core.mutation.mutation import Subject, mutator
from hengjian.core.places import Place
from hengjian.core.report import Fact, Stage

Change = tuple[Place, str, str]


def raised(figure: Figure, share: Decimal = Decimal("0.13")) -> Change | None:
    """The figure made larger by about an eighth, in its own printed precision; ``None`` for a zero."""
    if not figure.value or not figure.text:
        return None
    step = Decimal(1).scaleb(-figure.decimals)
    value = (figure.value * (1 + share)).quantize(step)
    return changed(figure, max(value, figure.value + step))


def changed(figure: Figure, value: Decimal) -> Change:
    """The figure's digits replaced by another number, printed the same way."""
    digits = figure.text.rstrip("%％ ")
    grouped = "," in digits
    new = f"{value:,f}" if grouped else f"{value:f}"
    return figure.place, digits, new


def _each(facts: Iterator[Fact]) -> Iterator[Change]:
    for fact in facts:
        change = raised(fact.figure)
        if change is not None:
            yield change


def _of_family(subject: Subject, whole: str, parts: tuple[str, ...], least: int = 2) -> Iterator[Fact]:
    """Parts that stand beside their whole (as its 其中), at least ``least`` of them."""
    facts = subject.report.facts
    groups: dict[int, list[Fact]] = {}
    for fact in facts:
        if fact.whole >= 0 and facts[fact.whole].key == whole and fact.key.startswith(parts):
            groups.setdefault(fact.whole, []).append(fact)
    return (f for group in groups.values() if len(group) >= least for f in group)


@mutator("income-source", "A-01", "A-07", "A-09")
def income_source(subject: Subject) -> Iterator[Change]:
    """收入来源之一改大：与收入合计不再相等。"""
    yield from _each(_of_family(subject, "income.total", ("income.",)))


@mutator("expenditure-nature", "A-02", "A-03", "A-06", "A-07", "A-12", "A-25")
def expenditure_nature(subject: Subject) -> Iterator[Change]:
    """基本支出或项目支出改大：与支出合计不再相等。"""
    yield from _each(_of_family(subject, "expenditure.total", ("expenditure.basic", "expenditure.project")))


@mutator("basic-part", "A-03", "A-07", "A-26", "A-25")
def basic_part(subject: Subject) -> Iterator[Change]:
    """人员经费或公用经费改大：与基本支出不再相等。"""
    yield from _each(_of_family(subject, "expenditure.basic", ("expenditure.personnel", "expenditure.public")))


@mutator("basic-part-copied", "A-03", "A-08")
def basic_part_copied(subject: Subject) -> Iterator[Change]:
    """人员经费照抄成项目支出的数。"""
    project = next((f for f in subject.report.find("expenditure.project") if f.value), None)
    for fact in _of_family(subject, "expenditure.basic", ("expenditure.personnel", "expenditure.public")):
        if fact.key == "expenditure.personnel" and project is not None and project.figure.unit == fact.figure.unit:
            yield changed(fact.figure, project.value)


@mutator("functional-class", "A-04", "A-07", "A-09", "A-25")
def functional_class(subject: Subject) -> Iterator[Change]:
    """功能分类之一改大：各类之和不再等于支出合计。"""
    groups: dict[str, list[Fact]] = {}
    for fact in subject.report.below("expenditure.function"):
        groups.setdefault(fact.group, []).append(fact)
    if subject.report.first("expenditure.total", stage=Stage.EXECUTED):
        yield from _each(f for group in groups.values() if len(group) > 2 for f in group)


@mutator("closing-balance", "A-05", "A-07")
def closing_balance(subject: Subject) -> Iterator[Change]:
    """年末结转结余改大：收支平衡不再成立。"""
    report = subject.report
    if report.first("balance.opening") and report.first("income.total") and report.first("expenditure.total"):
        yield from _each(report.find("balance.closing"))


@mutator("three-public-part", "A-22", "A-07", "A-25")
def three_public_part(subject: Subject) -> Iterator[Change]:
    """“三公”经费之一改大：与合计不再相等。"""
    yield from _each(_of_family(subject, "three_public.total", ("three_public.",)))


@mutator("project-funds", "A-11", "A-07")
def project_funds(subject: Subject) -> Iterator[Change]:
    """项目资金中的财政拨款改大：与资金总额不再相等。"""
    for fact in subject.report.find("funds.fiscal", scope=None):
        beside = {f.key for f in subject.report.facts if (f.scope, f.stage) == (fact.scope, fact.stage)}
        change = raised(fact.figure)
        if change is not None and fact.source == "table" and {"funds.total", "funds.other"} <= beside:
            yield change


@mutator("execution-rate", "A-14")
def execution_rate(subject: Subject) -> Iterator[Change]:
    """印出的预算执行率改小：与执行数÷全年预算数不符。"""
    for fact in subject.report.find("execution.rate", scope=None):
        stages = {f.stage for f in subject.report.find("funds.total", scope=fact.scope)}
        if fact.source == "table" and {Stage.BUDGET, Stage.EXECUTED} <= stages:
            yield changed(fact.figure, fact.value - 3)


@mutator("plan-falls", "A-32")
def plan_falls(subject: Subject) -> Iterator[Change]:
    """资金支出计划后期的累计百分比小于前期。"""
    plans: dict[str, list[Fact]] = {}
    for fact in subject.report.find("plan.percent", scope=None):
        plans.setdefault(fact.scope, []).append(fact)
    for steps in plans.values():
        if len(steps) > 1 and steps[0].value > 5:
            yield changed(steps[-1].figure, steps[0].value - 5)


@mutator("staff-part", "P-01", "P-03", "A-07")
def staff_part(subject: Subject) -> Iterator[Change]:
    """行政或事业人数加三：与合计不再相等。"""
    for whole in ("staff.authorised", "staff.actual"):
        for fact in _of_family(subject, whole, (whole + ".",)):
            yield changed(fact.figure, fact.value + 3)


@mutator("control-rate", "P-02")
def control_rate(subject: Subject) -> Iterator[Change]:
    """在职人员控制率改小：与实有÷编制不符。"""
    if subject.report.first("staff.authorised") and subject.report.first("staff.actual"):
        for fact in subject.report.find("staff.control_rate"):
            yield changed(fact.figure, fact.value - 7)


@mutator("unit-slip", "A-18", "A-19", "A-07")
def unit_slip(subject: Subject) -> Iterator[Change]:
    """正文中的“万元”写成“元”，同一数字另处为万元。"""
    values = [(f.key, f.value, f.stage, f.scope) for f in subject.report.facts]
    for fact in subject.report.facts:
        quote = fact.place.quote
        twice = values.count((fact.key, fact.value, fact.stage, fact.scope)) > 1
        if fact.source == "prose" and fact.figure.unit == "万元" and fact.value > 1 and twice and quote.endswith("万元"):
            yield fact.place, quote, quote[:-2] + "元"
