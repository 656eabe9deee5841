"""A-05 and A-09: what came in, what went out, what is left."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Finding, NotChecked, Outcome, Severity, witness
from hengjian.core.audit.ledger import Ledger, Moment, ledger_of
from hengjian.core.audit.rules.money.equations import find_repairs
from hengjian.core.audit.sums import Sum, in_printed_unit, passed, shown, sum_finding
from hengjian.core.figures import compare_sum
from hengjian.core.profile import Profile
from hengjian.core.report import Fact, Stage


@rule(
    "A-05", title="年初结转结余、收支与年末结转结余相符", english="Opening balance, income, expenditure and closing balance agree",
    severity=Severity.ERROR, basis=Basis.ARITHMETIC, source="部门决算收入支出决算总表",
    bad="年初结转1万元，收入100万元，支出99万元，年末结转1万元。", good="年初结转1万元，收入100万元，支出99万元，年末结转2万元。",
)  # fmt: skip
def balance_closes(case: Case) -> Iterator[Outcome]:
    """年初结转结余＋本年收入（＋使用非财政拨款结余）＝本年支出＋结余分配＋年末结转结余。"""
    ledger = ledger_of(case.report)
    yield from _grand_totals(ledger, case.profile)
    closings = _closing(ledger)
    if not closings:
        return
    operands = {"年初结转和结余": _opening(ledger), "本年收入": _flows(ledger, "income"), "本年支出": _flows(ledger, "expenditure")}
    missing = [name for name, facts in operands.items() if not facts]
    if missing:
        yield NotChecked("A-05", "、".join(missing), closings[0].place)
        return
    sums = [_balance(ledger, *combination) for combination in product(closings, *operands.values())]
    yield _judged(sums, ledger, case.profile)


def _grand_totals(ledger: Ledger, profile: Profile) -> Iterator[Outcome]:
    """收入总计＝本年收入＋年初结转结余，支出总计＝本年支出＋年末结转结余, of one paragraph or table."""
    for side, held, name in (("income", "balance.opening", "收入总计"), ("expenditure", "balance.closing", "支出总计")):
        closed = [f for f in ledger.of("balance.grand_total") if f.label == name]
        facts = [f for f in (*ledger.of(f"{side}.total"), *closed) if not f.scope]
        grand = next((f for f in facts if "总计" in f.label), None)
        flow = next((f for f in facts if "总计" not in f.label and grand is not None and _beside(f, grand, ledger)), None)
        balance = next((f for f in ledger.of(held) if grand is not None and _beside(f, grand, ledger) and "总计" not in f.label), None)
        if grand is None or flow is None or balance is None or ledger.of("balance.non_fiscal_used", "balance.distributed"):
            continue
        sum_ = Sum(grand, (flow, balance), (), name)
        comparison = sum_.compare(profile)
        if comparison.differs:
            yield sum_finding("A-05", Severity.ERROR, sum_, comparison, find_repairs(sum_, comparison, ledger, profile))
        else:
            yield passed("A-05", sum_, comparison)


    yield from _both_sides(ledger, profile)


def _both_sides(ledger: Ledger, profile: Profile) -> Iterator[Outcome]:
    """收入总计＝支出总计 of one paragraph or table."""
    for income in [f for f in ledger.of("income.total") if f.label.endswith("总计") and not f.scope and f.figure.is_money]:
        moment = ledger.moment(income)
        spent = [f for f in ledger.at(moment, "expenditure.total") if f.label.endswith("总计") and _beside(f, income, ledger)]
        if spent:
            sum_ = Sum(spent[0], (income,), (), "支出总计", ("收入总计",))
            comparison = sum_.compare(profile)
            if comparison.differs:
                yield sum_finding("A-05", Severity.ERROR, sum_, comparison, (), "{total}为{said}{unit}，{parts}为{expected}{unit}，两者应相等，相差{difference}{unit}。")
            else:
                yield passed("A-05", sum_, comparison)


def _beside(fact: Fact, other: Fact, ledger: Ledger) -> bool:
    same = (fact.place.block, fact.place.sheet, fact.source) == (other.place.block, other.place.sheet, other.source)
    return same and (fact.year or ledger.report.year) == (other.year or ledger.report.year)


def _judged(sums: list[Sum], ledger: Ledger, profile: Profile) -> Outcome:
    holding = next((s for s in sums if s.holds(profile)), None)
    if holding is not None:
        return passed("A-05", holding, holding.compare(profile))
    first = sums[0]
    comparison = first.compare(profile)
    return sum_finding("A-05", Severity.ERROR, first, comparison, find_repairs(first, comparison, ledger, profile))


def _balance(ledger: Ledger, closing: Fact, opening: Fact, income: Fact, spent: Fact) -> Sum:
    whole = ledger.whole_of(opening)
    held = whole is not None and whole.key.startswith("income.") and whole.figure == income.figure
    moment = ledger.moment(spent)
    used = [f for f in ledger.of("balance.non_fiscal_used") if (f.year or moment.year) == moment.year and not f.scope]
    given = [f for f in ledger.of("balance.distributed") if (f.year or moment.year) == moment.year and not f.scope]
    parts = (income,) if held else (opening, income)
    return Sum(closing, (*parts, *used[:1]), (spent, *given[:1]), "年末结转和结余", ("年初结转和结余", "本年收入减本年支出"))


def _closing(ledger: Ledger) -> list[Fact]:
    return _in_year(ledger, ledger.of("balance.closing"), 0)


def _opening(ledger: Ledger) -> list[Fact]:
    stated = _in_year(ledger, ledger.of("balance.opening"), 0)
    return stated or [f for f in ledger.of("balance.closing") if f.year is not None and f.year == (ledger.report.year or 0) - 1]


def _in_year(ledger: Ledger, facts: list[Fact], offset: int) -> list[Fact]:
    year = ledger.report.year
    return [f for f in facts if not f.scope and (f.year is None or year is None or f.year == year + offset)]


def _flows(ledger: Ledger, side: str) -> list[Fact]:
    """The year's income or expenditure as executed; totals that hold the balances (总计) are none."""
    moment = Moment(ledger.report.year, Stage.EXECUTED, "")
    found = [f for f in ledger.at(moment, f"{side}.total") if "总计" not in f.label]
    if not found and side == "income" and not _further_income(ledger, moment):
        found = ledger.at(moment, "income.fiscal")
    return found


def _further_income(ledger: Ledger, moment: Moment) -> bool:
    keys = ("income.special_account", "income.operating", "income.business", "income.superior", "income.subordinate", "income.other")
    return any(f.value for f in ledger.at(moment, *keys))


@rule(
    "A-09", title="政府性基金收入与基金支出相符", english="Fund income equals fund-financed expenditure", severity=Severity.WARNING,
    basis=Basis.ARITHMETIC, source="部门决算政府性基金预算财政拨款收入支出决算表",
    bad="政府性基金财政拨款收入16万元，政府性基金预算支出10万元，无结转。", good="政府性基金财政拨款收入16万元，政府性基金预算支出16万元。",
)  # fmt: skip
def fund_income_is_spent(case: Case) -> Iterator[Outcome]:
    """政府性基金收入＝政府性基金支出±结转；只在报告写明基金支出时核对。"""
    ledger = ledger_of(case.report)
    for moment in ledger.moments(ledger.of("expenditure.fund")):
        income, spent = ledger.one(moment, "income.fund"), ledger.one(moment, "expenditure.fund")
        if spent is None:
            continue
        if income is None:
            if spent.value:
                yield NotChecked("A-09", "政府性基金收入", spent.place)
            continue
        yield from _fund(income, spent, _carried(ledger, moment))


def _carried(ledger: Ledger, moment: Moment) -> list[Fact]:
    return [f for f in ledger.facts if f.key.startswith("balance.") and f.scope == moment.scope]


def _fund(income: Fact, spent: Fact, balances: list[Fact]) -> Iterator[Outcome]:
    comparison = compare_sum([income.figure], spent.figure)
    sum_ = Sum(spent, (income,), (), "政府性基金支出", ("政府性基金收入",))
    if not comparison.differs:
        yield passed("A-09", sum_, comparison)
        return
    gap = abs(comparison.difference)
    if any(b.figure.is_money and abs(b.figure.yuan) >= gap for b in balances):
        return
    difference = in_printed_unit(gap, spent.figure)
    yield Finding(
        "A-09", Severity.WARNING, "政府性基金收入{income}{unit}与政府性基金支出{spent}{unit}相差{difference}{unit}，未见基金结转结余的说明。",
        (witness("expenditure", spent), witness("income", income)),
        {"income": shown(income.figure, sum_.unit), "spent": f"{spent.figure.value:f}", "unit": sum_.unit, "difference": difference},
        f"{spent.figure.value:f}", shown(income.figure, sum_.unit), difference,
    )  # fmt: skip
