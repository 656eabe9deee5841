"""A-24, A-29, A-30 and A-31: public funds, procurement, and what is unusual for such a body."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Finding, Outcome, Passed, Severity, witness
from hengjian.core.audit.ledger import Ledger, Moment, ledger_of
from hengjian.core.audit.reasons import explains_change
from hengjian.core.audit.rules.money.execution import rate_finding
from hengjian.core.figures import compare_rate, plain, round_half_up
from hengjian.core.report import Fact, Stage

_FRAMEWORK = "《预算绩效评价共性指标体系框架》（财预〔2013〕53号）"


def _pair(ledger: Ledger, key: str) -> tuple[Fact, Fact] | None:
    """(executed, budget) of one item in the report's year; the table's figures first, since they come in pairs."""
    year = ledger.report.year
    executed = ledger.at(Moment(year, Stage.EXECUTED, ""), key)
    budgets = ledger.at(Moment(year, Stage.BUDGET, ""), key) or ledger.at(Moment(year, Stage.INITIAL, ""), key)
    both = [(e, b) for e in executed for b in budgets if e.figure.is_money and b.figure.is_money]
    both.sort(key=lambda p: (p[0].group != p[1].group, p[0].source != "table"))
    return both[0] if both else None


def _percent(executed: Fact, budget: Fact) -> Decimal:
    return executed.figure.yuan * 100 / budget.figure.yuan


def _control(case: Case, code: str, key: str, rate_key: str, name: str, subjects: tuple[str, ...]) -> Iterator[Outcome]:
    """``executed`` over ``budget``: the printed rate recomputes, and above 100 % there is a reason."""
    ledger = ledger_of(case.report)
    pair = _pair(ledger, key)
    if pair is None or not pair[1].value:
        return
    executed, budget = pair
    percent = _percent(executed, budget)
    for rate in ledger.of(rate_key):
        comparison = compare_rate(executed.figure, budget.figure, rate.figure)
        if comparison is not None and comparison.differs:
            yield rate_finding(code, rate, executed, budget)
    equation = f"{executed.value:f} ÷ {budget.value:f} = {round_half_up(percent):f}%"
    if percent <= 100:
        yield Passed(code, f"{equation} ≤ 100%", (executed.place, budget.place))
    elif not explains_change(case, *subjects):
        yield _over(code, name, executed, budget, percent)


def _over(code: str, name: str, executed: Fact, budget: Fact, percent: Decimal) -> Finding:
    said = f"{round_half_up(percent):f}"
    return Finding(
        code, Severity.WARNING, "{name}决算{executed}{unit}，预算{budget}{unit}，为预算的{said}%，超过100%，未见说明。",
        (witness("executed", executed), witness("budget", budget)),
        {"name": name, "executed": f"{executed.value:f}", "budget": f"{budget.value:f}", "unit": executed.figure.unit, "said": said},
        said, "100", f"{round_half_up(percent - 100):f}",
    )  # fmt: skip


@rule(
    "A-24", title="公用经费控制率不超过100%", english="Public funds stay within their budget", severity=Severity.WARNING,
    basis=Basis.PRACTICE, source=f"{_FRAMEWORK}公用经费控制率", bad="公用经费预算10万元，决算30万元。", good="公用经费预算10万元，决算9.8万元。",
)  # fmt: skip
def public_funds_are_controlled(case: Case) -> Iterator[Outcome]:
    """公用经费控制率＝公用经费决算数÷预算数×100%，不大于100%。"""
    yield from _control(case, "A-24", "expenditure.public", "rate.public_control", "公用经费", ("公用",))


@rule(
    "A-29", title="政府采购执行率超过100%应说明", english="Procurement above plan needs an explanation", severity=Severity.WARNING,
    basis=Basis.PRACTICE, source=f"{_FRAMEWORK}政府采购执行率", bad="政府采购预算31万元，决算103.02万元。", good="政府采购预算31万元，决算30.5万元。",
)  # fmt: skip
def procurement_follows_plan(case: Case) -> Iterator[Outcome]:
    """政府采购执行率＝实际采购金额÷采购预算数×100%；超过100%的应当说明原因。"""
    yield from _control(case, "A-29", "procurement.total", "rate.procurement", "政府采购", ("采购",))


@rule(
    "A-30", title="公用经费占基本支出的比重", english="Share of public funds in basic expenditure", severity=Severity.NOTE,
    basis=Basis.PRACTICE, source="审核经验：机关公用经费过半，可能把项目支出列入了基本支出",
    bad="基本支出100万元，公用经费70万元。", good="基本支出100万元，公用经费20万元。",
)  # fmt: skip
def public_share_is_plausible(case: Case) -> Iterator[Outcome]:
    """公用经费占基本支出50%以上（以口径配置为准）的，请核对有无把项目支出列入基本支出。"""
    ledger = ledger_of(case.report)
    moment = Moment(case.report.year, Stage.EXECUTED, "")
    basic, public = ledger.one(moment, "expenditure.basic"), ledger.one(moment, "expenditure.public")
    if basic is None or public is None or not basic.value or not basic.figure.is_money or not public.figure.is_money:
        return
    share = _percent(public, basic)
    limit = case.profile.public_share_limit
    if share <= limit or share > 100:
        yield Passed("A-30", f"{public.value:f} ÷ {basic.value:f} = {round_half_up(share):f}%", (public.place, basic.place))
        return
    yield Finding(
        "A-30", Severity.NOTE, "公用经费占基本支出{share}%，高于{limit}%，请核对有无把项目支出列入基本支出。",
        (witness("part", public), witness("whole", basic)),
        {"share": f"{round_half_up(share):f}", "limit": plain(limit)}, f"{round_half_up(share):f}", plain(limit),
        f"{round_half_up(share - limit):f}",
    )  # fmt: skip


@rule(
    "A-31", title="不常见的功能分类支出", english="An unusual functional class", severity=Severity.NOTE, basis=Basis.PRACTICE,
    source="政府收支分类科目；常用类级科目见口径配置", bad="信访局列有交通运输支出47.83万元（占8.4%）。", good="信访局列有住房保障支出10.59万元。",
)  # fmt: skip
def classes_are_usual(case: Case) -> Iterator[Outcome]:
    """列有本类单位不常用的功能分类且占支出5%以上（以口径配置为准）的，请核对。"""
    ledger = ledger_of(case.report)
    moment = Moment(case.report.year, Stage.EXECUTED, "")
    total = ledger.one(moment, "expenditure.total", "expenditure.general_budget")
    if total is None or not total.value or not total.figure.is_money:
        return
    told: set[str] = set()
    for fact in ledger.below("expenditure.function"):
        code = fact.key.removeprefix("expenditure.function").strip(".")[:3]
        known = code.isdigit() and code not in case.profile.usual_function_classes
        if known and code not in told and ledger.moment(fact) == moment and fact.figure.is_money:
            share = _percent(fact, total)
            if case.profile.unusual_class_share < share <= 100:
                told.add(code)
                yield _unusual(fact, total, share)


def _unusual(fact: Fact, total: Fact, share: Decimal) -> Finding:
    said = f"{round_half_up(share):f}"
    return Finding(
        "A-31", Severity.NOTE, "{label}{amount}{unit}占支出的{said}%，不是本类单位常用的功能分类，请核对。",
        (witness("part", fact), witness("whole", total)),
        {"label": fact.label, "amount": f"{fact.value:f}", "unit": fact.figure.unit, "said": said}, said, "", "",
    )  # fmt: skip
