"""A-20 and A-21: cost indicators against what was executed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import (
    Basis,
    Finding,
    NotChecked,
    Outcome,
    Passed,
    Repair,
    Severity,
    Witness,
    witness,
)
from hengjian.core.audit.indicators import actual_witness, name_witness, same_scope
from hengjian.core.audit.ledger import Ledger, ledger_of
from hengjian.core.audit.similarity import normalise
from hengjian.core.audit.sums import in_printed_unit, shown
from hengjian.core.figures import Figure, plain, round_half_up, same_amount
from hengjian.core.report import Fact, Indicator, Report, Stage

_OVERALL = re.compile(r"总|项目|经费|财政|预算")
_PER_UNIT = re.compile(r"单位成本|单价|人均|每人|每次|每场|每件|次均|标准|补助标准|平均")
_ABOUT_MONEY = re.compile(r"执行|支出|资金|预算|支付|成本|进度|拨付|到位|经费|完成投资")


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost row that stands for the whole project: its achieved amount, the budget and what was executed."""

    row: Indicator
    actual: Figure
    budget: Fact
    executed: Fact | None


def costs(case: Case) -> Iterator[Cost]:
    """Cost rows in money whose target is the project's budget, and that are the only one or speak of the whole."""
    ledger = ledger_of(case.report)
    for row in case.report.indicators:
        if not row.is_cost or row.actual.figure is None or _PER_UNIT.search(row.name):
            continue
        amounts = [f for f in ledger.of("funds.total") if same_scope(case.report, f.scope, row.project) and f.figure.is_money]
        budget = next((f for f in amounts if _is_budget(f, ledger) and _is_target(row, f, case.report)), None)
        if budget is not None and _stands_for_all(row, case.report):
            actual = _as_money(row.actual.figure, row, budget)
            if actual is not None:
                yield Cost(row, actual, budget, _executed(amounts, ledger, row))


def _is_budget(fact: Fact, ledger: Ledger) -> bool:
    return ledger.stage(fact) in (Stage.BUDGET, Stage.INITIAL)


def _executed(amounts: list[Fact], ledger: Ledger, row: Indicator) -> Fact | None:
    """What was executed, from the form where there is one."""
    found = [f for f in amounts if ledger.stage(f) is Stage.EXECUTED]
    found.sort(key=lambda f: (f.scope != row.project, f.source != "table"))
    return found[0] if found else None


def _is_target(row: Indicator, budget: Fact, report: Report) -> bool:
    target = row.target.figure
    if target is None:
        rows = [i for i in _cost_rows(row, report) if i.target.figure is not None]
        target = rows[0].target.figure if len(rows) == 1 else None
    money = _as_money(target, row, budget) if target is not None else None
    return money is not None and same_amount(money, budget.figure)


def _cost_rows(row: Indicator, report: Report) -> list[Indicator]:
    return [i for i in report.indicators if i.is_cost and same_scope(report, i.project, row.project) and i.target.figure is not None]


def _stands_for_all(row: Indicator, report: Report) -> bool:
    others = [i for i in _cost_rows(row, report) if i.source == "table" and i is not row]
    return not others or (row.source == "prose" and len(others) == 1) or bool(_OVERALL.search(row.name))


def _as_money(figure: Figure, row: Indicator, budget: Fact) -> Figure | None:
    """The figure in money; a bare number is in the unit of the form's funds block."""
    if figure.is_money:
        return figure
    target_unit = row.target.figure.unit if row.target.figure is not None else ""
    if figure.unit or target_unit not in ("", "万元", "元"):
        return None
    return replace(figure, unit=target_unit or budget.figure.unit)


@rule(
    "A-20", title="成本指标实际值等于项目执行数", english="The achieved cost equals what was executed", severity=Severity.ERROR,
    basis=Basis.ARITHMETIC, source="《项目支出绩效评价管理办法》（财预〔2020〕10号）附件1自评表：成本指标与全年执行数同源",
    bad="项目执行数8万元，成本指标实际值4.4万元。", good="项目执行数4.4万元，成本指标实际值4.4万元。",
)  # fmt: skip
def cost_equals_execution(case: Case) -> Iterator[Outcome]:
    """以项目预算总额为目标的成本指标，其实际完成值应等于项目的全年执行数。"""
    for cost in costs(case):
        if cost.executed is None:
            yield NotChecked("A-20", "项目全年执行数", cost.row.place)
        elif _same(cost.actual, cost.executed.figure):
            yield Passed("A-20", f"{cost.actual.value:f} = {cost.executed.value:f} {cost.executed.figure.unit}", (cost.actual.place, cost.executed.place))
        else:
            yield _differs(cost, cost.executed)


def _same(actual: Figure, executed: Figure) -> bool:
    if actual.approximate or same_amount(actual, executed):
        return True
    return bool(actual.decimals) and round_half_up(executed.in_unit(actual.unit), actual.decimals) == actual.value


def _differs(cost: Cost, executed: Fact) -> Finding:
    said = f"{cost.actual.value:f}"
    expected = shown(executed.figure, cost.actual.unit)
    gap = in_printed_unit(abs(cost.actual.yuan - executed.figure.yuan), cost.actual)
    place = cost.row.actual.text.place
    return Finding(
        "A-20", Severity.ERROR, "成本指标“{name}”实际完成{said}{unit}，而全年执行数为{expected}{unit}，相差{difference}{unit}。",
        (actual_witness(cost.row), witness("executed", executed), witness("budget", cost.budget), name_witness(cost.row)),
        {"name": cost.row.name, "said": said, "expected": expected, "unit": cost.actual.unit, "difference": gap}, said, expected, gap,
        (Repair(executed.place, f"{executed.value:f}", shown(cost.actual, executed.figure.unit), executed.label), Repair(place, said, expected, cost.row.name)),
        f"execution:{cost.row.project}",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Match:
    row: Indicator
    percent: Figure
    spent: Witness
    budget: Fact
    ratio: Decimal
    exact: bool
    inverted: bool


@rule(
    "A-21", title="完成率指标等于资金执行比例", english="A percentage of quality that equals the share of money spent", severity=Severity.WARNING,
    basis=Basis.PRACTICE, source="审核经验：以资金支出进度代替工作完成质量", bad="预算8万元，支出4.4万元；质量指标实际完成55%。",
    good="预算8万元，支出4.4万元；质量指标实际完成96%，有统计数据。",
)  # fmt: skip
def percentages_are_not_execution_rates(case: Case) -> Iterator[Outcome]:
    """质量等指标的实际完成百分比恰等于成本实际数÷预算数（或其余数），疑以资金进度填报完成情况。"""
    matches = [m for cost in costs(case) for m in _matches(cost, case.report)]
    several = len({normalise(m.row.name) for m in matches}) > 1
    told: set[str] = set()
    for match in matches:
        if (match.exact or several) and normalise(match.row.name) not in told:
            told.add(normalise(match.row.name))
            yield _suspect(match)


def _matches(cost: Cost, report: Report) -> Iterator[_Match]:
    amounts = [(cost.actual.yuan, actual_witness(cost.row))]
    if cost.executed is not None:
        amounts.append((cost.executed.figure.yuan, witness("executed", cost.executed)))
    for amount, spent in amounts:
        ratio = amount * 100 / cost.budget.figure.yuan if cost.budget.value else Decimal(0)
        for row in report.indicators:
            if Decimal(0) < ratio < Decimal("99.5") and _is_achievement(row, cost.row, report):
                yield from _match(row, ratio, spent, cost.budget)


def _is_achievement(row: Indicator, cost: Indicator, report: Report) -> bool:
    """A percentage of work done in the same form: not of money, and not one that meets a target of its own in percent."""
    percent = row.actual.figure
    if percent is None or percent.unit != "%" or row.is_cost or row.is_satisfaction or not same_scope(report, row.project, cost.project):
        return False
    return not _ABOUT_MONEY.search(row.level3.compact) or "工作" in row.name


def _match(row: Indicator, ratio: Decimal, spent: Witness, budget: Fact) -> Iterator[_Match]:
    percent = row.actual.figure
    assert percent is not None
    met = row.target.figure is not None and row.target.figure.unit == "%" and percent.value >= row.target.figure.value
    for inverted, value in ((False, ratio), (True, 100 - ratio)):
        exact = round_half_up(value, percent.decimals) == percent.value and not (met and percent.decimals == 0)
        near = abs(value - percent.value) <= Decimal("0.5") and not met
        if (exact or near) and Decimal(0) < value < Decimal("99.5"):
            yield _Match(row, percent, spent, budget, value, exact, inverted)
            return


def _suspect(match: _Match) -> Finding:
    said = f"{match.percent.value:f}"
    computed = plain(round_half_up(match.ratio, 2))
    how = "未支出比例" if match.inverted else "支出比例"
    return Finding(
        "A-21", Severity.WARNING, "指标“{name}”实际完成{said}%，与资金{how}（{spent}÷{budget}，{computed}%）相同，请核对是否以资金进度代替完成情况。",
        (actual_witness(match.row), match.spent, witness("budget", match.budget), name_witness(match.row)),
        {"name": match.row.name[:30], "said": said, "how": how, "spent": match.spent.value or "", "budget": f"{match.budget.value:f}", "computed": computed},
        said, "", "", (), f"execution:{match.row.project}",
    )  # fmt: skip
