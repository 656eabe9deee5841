"""A-13 to A-17: budget, adjustment and execution."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.certainty import Certainty, certainty_of, is_bare
from hengjian.core.audit.finding import Basis, Finding, Outcome, Passed, Repair, Severity, witness
from hengjian.core.audit.ledger import Ledger, Moment, clause_before, ledger_of
from hengjian.core.audit.reasons import explains_change
from hengjian.core.audit.sums import in_printed_unit, shown
from hengjian.core.figures import Figure, compare_rate, compare_sum, plain, round_half_up
from hengjian.core.places import Place
from hengjian.core.report import Fact, Stage

_TOTALS = ("funds.total", "expenditure.total")
_FORM = "《项目支出绩效评价管理办法》（财预〔2020〕10号）附件1自评表"


@dataclass(frozen=True, slots=True)
class Row:
    """The amounts of one line of a funds block: 年初预算数, 全年预算数, 全年执行数, and the printed rate."""

    key: str
    scope: str
    initial: Fact | None = None
    budget: Fact | None = None
    executed: Fact | None = None
    rate: Fact | None = None


def _is_line(fact: Fact) -> bool:
    return fact.key in _TOTALS or fact.key.startswith("funds.")


def rows(case: Case) -> list[Row]:
    """Every line of the report's funds blocks, and the totals that the text states, one line per item and circle."""
    memory = ledger_of(case.report).memory
    if "rows" not in memory:
        memory["rows"] = list(_rows(ledger_of(case.report), certainty_of(case)))
    known: list[Row] = memory["rows"]
    return known


def _rows(ledger: Ledger, certainty: Certainty) -> Iterator[Row]:
    told: set[tuple[object, ...]] = set()
    for fact in ledger.facts:
        if not _is_line(fact) or ledger.stage(fact) is not Stage.EXECUTED or not fact.figure.is_money or not certainty.is_sure(fact):
            continue
        row = _row_of(fact, ledger, certainty)
        mark = (row.key, row.scope, *(f.figure.base_value if f else None for f in (row.initial, row.budget, row.executed, row.rate)))
        if mark not in told:
            told.add(mark)
            yield row


def _row_of(executed: Fact, ledger: Ledger, certainty: Certainty) -> Row:
    return Row(
        executed.key, executed.scope, _companion(executed, Stage.INITIAL, ledger, certainty), _companion(executed, Stage.BUDGET, ledger, certainty),
        executed, _rate_beside(executed, ledger),
    )  # fmt: skip


def _companion(executed: Fact, stage: Stage, ledger: Ledger, certainty: Certainty) -> Fact | None:
    """The same line at another stage: from the same row, else sentence, else anywhere at the same year and scope."""
    moment = ledger.moment(executed)
    candidates = [f for f in ledger.at(Moment(moment.year, stage, moment.scope), executed.key) if certainty.is_sure(f)]
    found = _nearest(executed, candidates)
    if found is None or found.source != "table" or executed.source != "table":
        return found
    here = (executed.place.block, executed.place.sheet)
    return found if (found.place.block, found.place.sheet) == here else None


def _nearest(fact: Fact, candidates: list[Fact]) -> Fact | None:
    def distance(other: Fact) -> int:
        if fact.place.block == other.place.block and fact.place.sheet == other.place.sheet and fact.place.row == other.place.row:
            return 0 if fact.group == other.group else 1
        return 2 if fact.source == other.source else 3

    return min(candidates, key=distance, default=None)


_OF_AN_ITEM = re.compile(r"基本支出|项目支出|三公|公用|采购|人员|支付进度|序时|到位|调整|控制|专项|月")


def _rates_of_the_whole(ledger: Ledger) -> dict[str, list[Fact]]:
    """The execution rates that speak of no single item, by scope."""
    if "rates" not in ledger.memory:
        index: dict[str, list[Fact]] = defaultdict(list)
        for rate in ledger.of("execution.rate"):
            if not _OF_AN_ITEM.search(rate.label + clause_before(rate)):
                index[rate.scope].append(rate)
        ledger.memory["rates"] = dict(index)
    known: dict[str, list[Fact]] = ledger.memory["rates"]
    return known


def _rate_beside(executed: Fact, ledger: Ledger) -> Fact | None:
    rates = _rates_of_the_whole(ledger).get(executed.scope, [])
    if executed.source == "table":
        own = executed.place
        return next((r for r in rates if r.place.row and (r.place.block, r.place.sheet, r.place.row) == (own.block, own.sheet, own.row)), None)
    if executed.key not in _TOTALS:
        return None
    near = [r for r in rates if r.source == "prose"]
    beside = next((r for r in near if r.group and r.group == executed.group), None)
    same = {f.figure.base_value for f in ledger.at(ledger.moment(executed), executed.key) if "总计" not in f.label}
    free = [r for r in near if not any(f.key in _TOTALS and ledger.stage(f) is Stage.EXECUTED for f in ledger.beside(r))]
    return beside or (next(iter(free), None) if len(same) == 1 else None)


@rule(
    "A-13", title="执行数不超过全年预算数", english="Execution does not exceed the year's budget", severity=Severity.WARNING,
    basis=Basis.PRACTICE, source="《预算法》第十三条：未列入预算的不得支出",
    bad="全年预算数100万元，全年执行数108万元。", good="全年预算数100万元，全年执行数98万元。",
)  # fmt: skip
def execution_within_budget(case: Case) -> Iterator[Outcome]:
    """执行数大于全年预算数（调整后）的，应当说明原因。"""
    for row in rows(case):
        if row.budget is None or row.executed is None or row.key not in _TOTALS:
            continue
        if row.executed.figure.yuan <= row.budget.figure.yuan or not compare_sum([row.executed.figure], row.budget.figure).differs:
            yield Passed("A-13", f"{row.executed.value:f} ≤ {row.budget.value:f} {row.budget.figure.unit}", (row.executed.place, row.budget.place))
        elif not explains_change(case, "超", "结转", "追加"):
            yield _over("A-13", row.executed, row.budget, "全年执行数{said}{unit}大于全年预算数{expected}{unit}，超出{difference}{unit}，未见说明。")


def _over(code: str, executed: Fact, budget: Fact, wording: str) -> Finding:
    unit = executed.figure.unit
    gap = in_printed_unit(abs(executed.figure.yuan - budget.figure.yuan), executed.figure)
    said, expected = f"{executed.value:f}", shown(budget.figure, unit)
    return Finding(
        code, Severity.WARNING, wording, (witness("executed", executed), witness("budget", budget)),
        {"said": said, "expected": expected, "unit": unit, "difference": gap, "label": executed.label}, said, expected, gap,
    )  # fmt: skip


@rule(
    "A-14", title="预算执行率计算正确", english="The execution rate recomputes", severity=Severity.ERROR, basis=Basis.ARITHMETIC, source=_FORM,
    bad="全年预算数100万元，全年执行数95万元，执行率98%。", good="全年预算数100万元，全年执行数95万元，执行率95%。",
)  # fmt: skip
def execution_rate_recomputes(case: Case) -> Iterator[Outcome]:
    """预算执行率＝全年执行数÷全年预算数×100%。"""
    ledger = ledger_of(case.report)
    answers: dict[Place, list[Outcome]] = defaultdict(list)
    told = (*_rates_of_totals(case, ledger), *_rates_of_items(ledger), *_rates_of_rows(ledger), *_rates_of_a_project(ledger), *_rates_of_bare_amounts(ledger))
    for place, outcome in told:
        answers[place].append(outcome)
    for own in answers.values():
        yield next((o for o in own if isinstance(o, Passed)), own[0])


def _rates_of_totals(case: Case, ledger: Ledger) -> Iterator[tuple[Place, Outcome]]:
    """The rate of a funds block's line, or that of the whole in the running text."""
    for row in rows(case):
        base = row.budget or row.initial
        if row.rate is None or row.executed is None or base is None or not base.value:
            continue
        comparison = compare_rate(row.executed.figure, base.figure, row.rate.figure)
        if comparison is None:
            continue
        if not comparison.differs:
            yield row.rate.place, _rate_holds(row.executed, base, row.rate)
        elif row.rate.source != "prose" or not (_from_initial(row) or _fits_neighbours(row.rate, ledger) or _fits_another_budget(row, ledger)):
            yield row.rate.place, rate_finding("A-14", row.rate, row.executed, base)


def _rate_holds(executed: Fact, base: Fact, rate: Fact) -> Passed:
    return Passed("A-14", rate_equation(executed, base, rate), (rate.place, executed.place, base.place))


_RATE_COLUMN = re.compile(r"(?:执行|完成|支付)(?:率|比例|进度)(?:[（(][^（）()]*[）)]|%)*$")


_AHEAD = re.compile(r"预计|预期|计划")
"""What a monitoring form expects of the whole year, beside what was done so far."""


def _rates_of_rows(ledger: Ledger) -> Iterator[tuple[Place, Outcome]]:
    """A column 执行率 or 完成率 of any table whose row holds one budget and one execution."""
    rates = [f for f in ledger.facts if f.source == "table" and f.figure.unit == "%" and _RATE_COLUMN.search("".join(f.label.split()))]
    for rate in rates:
        ahead = _AHEAD.search(rate.label) is not None
        row = [f for f in ledger.in_row(rate) if f.figure.is_money and (f.stage is not Stage.EXECUTED or ahead == (_AHEAD.search(f.label) is not None))]
        executed = [f for f in row if f.stage is Stage.EXECUTED]
        bases = [f for f in row if f.stage is Stage.BUDGET] or [f for f in row if f.stage is Stage.INITIAL]
        if len(executed) != 1 or not bases or len({f.label.split()[0] for f in (*executed, *bases)}) != 1:
            continue
        compared = [(b, compare_rate(executed[0].figure, b.figure, rate.figure)) for b in bases if b.value]
        holding = next((b for b, c in compared if c is not None and not c.differs), None)
        if holding is not None:
            yield rate.place, _rate_holds(executed[0], holding, rate)
        elif compared:
            yield rate.place, rate_finding("A-14", rate, executed[0], compared[0][0])


def _rates_of_items(ledger: Ledger) -> Iterator[tuple[Place, Outcome]]:
    """A rate of one item whose budget and execution stand right before it in the same sentence."""
    for rate in ledger.of("execution.rate"):
        before = [f for f in ledger.beside(rate) if f.figure.is_money and f.place.paragraph == rate.place.paragraph and f.place.start < rate.place.start]
        executed = before[-1] if before and before[-1].stage is Stage.EXECUTED and rate.source != "table" else None
        if executed is None or executed.key in _TOTALS:
            continue
        base = before[-2] if len(before) > 1 else executed
        if (base.key, base.label, base.scope) != (executed.key, executed.label, executed.scope) or base is executed or not base.value:
            continue
        comparison = compare_rate(executed.figure, base.figure, rate.figure)
        if comparison is not None and not comparison.differs:
            yield rate.place, _rate_holds(executed, base, rate)
        elif base.stage is not Stage.ADJUSTMENT and not _fits_neighbours(rate, ledger):
            yield rate.place, rate_finding("A-14", rate, executed, base)


def _rates_of_a_project(ledger: Ledger) -> Iterator[tuple[Place, Outcome]]:
    """A rate of a project after the one amount of its sentence, whatever that is called: 实际发放津贴1128.96万元，预算执行率98.17%."""
    for rate in ledger.of("execution.rate"):
        if rate.source == "table" or not rate.scope or _OF_AN_ITEM.search(rate.label + clause_before(rate)):
            continue
        before = [f for f in ledger.beside(rate) if f.figure.is_money and f.place.paragraph == rate.place.paragraph and f.place.start < rate.place.start]
        budgets = {f.figure.base_value: f for f in ledger.of("funds.total") if f.scope == rate.scope and f.stage is Stage.BUDGET and f.value}
        if len(before) != 1 or before[0].key in _TOTALS or before[0].stage is not Stage.EXECUTED or len(budgets) != 1:
            continue
        base = next(iter(budgets.values()))
        comparison = compare_rate(before[0].figure, base.figure, rate.figure)
        if comparison is not None and not comparison.differs:
            yield rate.place, _rate_holds(before[0], base, rate)
        elif not _fits_another_budget(Row("funds.total", rate.scope, executed=before[0], rate=rate), ledger):
            yield rate.place, rate_finding("A-14", rate, before[0], base)


_FAR = Decimal(15)


def _rates_of_bare_amounts(ledger: Ledger) -> Iterator[tuple[Place, Outcome]]:
    """年初预算420万元，未调整。截至12月底支出408.66万元，预算执行率97.30%: two amounts of one paragraph that name nothing else.

    A rate further off than 15 points is of other amounts.
    """
    for rate in ledger.of("execution.rate"):
        if rate.source == "table" or _OF_AN_ITEM.search(rate.label + clause_before(rate)):
            continue
        here = [f for f in ledger.facts if f.source == rate.source and f.place.block == rate.place.block and f.place.paragraph == rate.place.paragraph]
        before = [f for f in here if f.figure.is_money and f.value and f.place.start < rate.place.start]
        bases = {f.figure.base_value: f for f in before[:-1] if f.stage in (Stage.BUDGET, Stage.INITIAL) and is_bare(f)}
        if not before or len(bases) != 1 or before[-1].stage is not Stage.EXECUTED or not is_bare(before[-1]) or before[-1].group != rate.group:
            continue
        base = next(iter(bases.values()))
        comparison = compare_rate(before[-1].figure, base.figure, rate.figure)
        if comparison is not None and not comparison.differs:
            yield rate.place, _rate_holds(before[-1], base, rate)
        elif comparison is not None and abs(comparison.difference) <= _FAR and not _fits_any(rate, before):
            yield rate.place, rate_finding("A-14", rate, before[-1], base)


def _fits_any(rate: Fact, amounts: list[Fact]) -> bool:
    compared = (compare_rate(a.figure, b.figure, rate.figure) for a in amounts for b in amounts if a is not b)
    return any(c is not None and not c.differs for c in compared)


def _fits_another_budget(row: Row, ledger: Ledger) -> bool:
    """Whether the printed rate is what was executed over an amount that the report calls a budget under another name."""
    if row.rate is None or row.executed is None:
        return False
    budgets = [f for f in ledger.facts if f.figure.is_money and f.value and f.stage in (Stage.BUDGET, Stage.INITIAL) and f.scope == row.scope]
    compared = (compare_rate(row.executed.figure, b.figure, row.rate.figure) for b in budgets)
    return any(c is not None and not c.differs for c in compared)


def _fits_neighbours(rate: Fact, ledger: Ledger) -> bool:
    """Whether two other amounts of the sentence give the printed rate: then it is theirs."""
    amounts = [f for f in ledger.beside(rate) if f.figure.is_money and f.place.paragraph == rate.place.paragraph and f.value]
    compared = (compare_rate(a.figure, b.figure, rate.figure) for a in amounts for b in amounts if a is not b)
    return any(c is not None and not c.differs for c in compared)


def rate_equation(numerator: Fact, base: Fact, rate: Fact) -> str:
    """``95 ÷ 100 = 95 %``, with the unrounded rate to two decimals where the printed one is rounded."""
    computed = round_half_up(numerator.figure.base_value * 100 / base.figure.base_value, 2)
    return f"{numerator.value:f} ÷ {base.value:f} = {plain(computed)}%（报告：{rate.value:f}%）"


def rate_finding(code: str, rate: Fact, numerator: Fact, base: Fact, severity: Severity = Severity.ERROR) -> Finding:
    """A printed percentage that its own operands do not give."""
    exact = numerator.figure.base_value * 100 / base.figure.base_value
    expected = f"{round_half_up(exact, max(rate.figure.decimals, 2)):f}"
    gap = plain(abs(Decimal(expected) - rate.value))
    return Finding(
        code, severity, "{label}写为{said}%，按{numerator}÷{base}计算应为{expected}%，相差{difference}个百分点。",
        (witness("rate", rate), witness("numerator", numerator), witness("denominator", base)),
        {"label": rate.label, "said": f"{rate.value:f}", "expected": expected, "difference": gap,
         "numerator": f"{numerator.value:f}", "base": f"{base.value:f}"},
        f"{rate.value:f}", expected, gap, (Repair(rate.place, f"{rate.value:f}", expected, rate.label),),
    )  # fmt: skip


def _from_initial(row: Row) -> bool:
    """Whether the printed rate is the one against the budget of the year's start, and not the adjusted one."""
    if row.rate is None or row.executed is None or row.initial is None or row.budget is None or not row.initial.value:
        return False
    comparison = compare_rate(row.executed.figure, row.initial.figure, row.rate.figure)
    return comparison is not None and not comparison.differs and row.initial.figure != row.budget.figure


@rule(
    "A-15", title="执行率以全年预算数为分母", english="The execution rate is against the adjusted budget", severity=Severity.NOTE,
    basis=Basis.FORM, source=_FORM, bad="年初200万元、全年300万元、执行300万元，执行率150%。", good="年初200万元、全年300万元、执行300万元，执行率100%。",
)  # fmt: skip
def execution_rate_has_the_right_base(case: Case) -> Iterator[Outcome]:
    """执行率的分母是全年预算数（调整后），不是年初预算数。"""
    for row in rows(case):
        if row.rate is None or row.executed is None or row.initial is None or row.budget is None:
            continue
        against_budget = compare_rate(row.executed.figure, row.budget.figure, row.rate.figure)
        if _from_initial(row) and (against_budget is None or against_budget.differs):
            found = rate_finding("A-15", row.rate, row.executed, row.budget if row.budget.value else row.initial, Severity.NOTE)
            yield found


@rule(
    "A-16", title="预算调整幅度大的应说明原因", english="A large budget adjustment needs an explanation", severity=Severity.WARNING,
    basis=Basis.PRACTICE, source="《预算绩效评价共性指标体系框架》（财预〔2013〕53号）预算调整率",
    bad="年初预算233.09万元，全年预算570.79万元，未说明原因。", good="年初预算233.09万元，因追加人员经费，全年预算调整为570.79万元。",
)  # fmt: skip
def adjustment_is_explained(case: Case) -> Iterator[Outcome]:
    """预算调整率＝（全年预算数－年初预算数）÷年初预算数；超过30%（以口径配置为准）的应当说明原因。"""
    ledger = ledger_of(case.report)
    told: set[str] = set()
    for initial, budget in _levels(ledger):
        rate = (budget.figure.yuan - initial.figure.yuan) * 100 / initial.figure.yuan
        limit = case.profile.adjustment_limit
        if abs(rate) <= limit:
            yield Passed("A-16", f"({budget.value:f} - {initial.value:f}) ÷ {initial.value:f} = {plain(round_half_up(rate))}% ≤ {plain(limit)}%", (budget.place, initial.place))
        elif initial.scope not in told and not explains_change(case):
            told.add(initial.scope)
            yield _large_adjustment(initial, budget, rate, limit)
        if not initial.scope:
            yield from _printed_adjustment(ledger, initial, budget)


def _printed_adjustment(ledger: Ledger, initial: Fact, budget: Fact) -> Iterator[Outcome]:
    """预算调整率, where it is printed, must be what the two levels give (its sign may be left to the words)."""
    change = Figure(abs(budget.figure.yuan - initial.figure.yuan), "元", decimals=2)
    for printed in ledger.of("rate.adjustment"):
        positive = replace(printed.figure, value=abs(printed.value))
        comparison = compare_rate(change, initial.figure, positive)
        if comparison is not None and comparison.differs:
            exact = f"{round_half_up(comparison.computed, 2):f}"
            yield Finding(
                "A-16", Severity.ERROR, "预算调整率写为{said}%，按（{budget}－{initial}）÷{initial}计算应为{expected}%。",
                (witness("rate", printed), witness("budget", budget), witness("initial", initial)),
                {"said": f"{printed.value:f}", "expected": exact, "budget": f"{budget.value:f}", "initial": f"{initial.value:f}"},
                f"{printed.value:f}", exact, plain(abs(abs(printed.value) - Decimal(exact))),
            )  # fmt: skip


def _levels(ledger: Ledger) -> Iterator[tuple[Fact, Fact]]:
    """(年初预算数, 全年预算数) of the whole and of every project, one pair each."""
    done: set[tuple[str, int | None]] = set()
    for initial in ledger.of(*_TOTALS, "income.total", "income.fiscal"):
        moment = ledger.moment(initial)
        if initial.stage is not Stage.INITIAL or not initial.figure.is_money or not initial.value or (moment.scope, moment.year) in done:
            continue
        if ledger.report.year is not None and moment.year != ledger.report.year:
            continue
        budget = _nearest(initial, ledger.at(Moment(moment.year, Stage.BUDGET, moment.scope), initial.key))
        if budget is not None and budget.figure.is_money:
            done.add((moment.scope, moment.year))
            yield initial, budget


def _large_adjustment(initial: Fact, budget: Fact, rate: Decimal, limit: Decimal) -> Finding:
    shown_rate = f"{round_half_up(rate, 2):f}"
    return Finding(
        "A-16", Severity.WARNING,
        "全年预算数{budget}{unit}比年初预算数{initial}{unit}调整{rate}%，超过{limit}%，未见原因说明。",
        (witness("budget", budget), witness("initial", initial)),
        {"budget": f"{budget.value:f}", "initial": shown(initial.figure, budget.figure.unit), "unit": budget.figure.unit,
         "rate": shown_rate, "limit": plain(limit)},
        shown_rate, plain(limit), f"{round_half_up(abs(rate) - limit, 2):f}",
    )  # fmt: skip


@rule(
    "A-17", title="基数为零时不得计算比率", english="No rate on a base of zero", severity=Severity.ERROR, basis=Basis.ARITHMETIC,
    source="预算绩效评价指标计算口径：分母为零时该指标不适用", bad="“三公”经费预算0、决算0，控制率100%。", good="“三公”经费预算0、决算0，控制率不适用。",
)  # fmt: skip
def zero_base_has_no_rate(case: Case) -> Iterator[Outcome]:
    """分母为零时比率没有意义，应写“不适用”；只核对写出的比率。"""
    ledger = ledger_of(case.report)
    for row in rows(case):
        base = row.budget or row.initial
        if row.rate is not None and base is not None and base.value == 0:
            yield _meaningless(row.rate, base)
    for rate_key, base_keys, stage, offset in _BASES:
        for rate in ledger.of(rate_key):
            base = _base_of(rate, base_keys, stage, offset, ledger)
            if base is not None and base.value == 0:
                yield _meaningless(rate, base)


_BASES: tuple[tuple[str, tuple[str, ...], tuple[Stage, ...], int], ...] = (
    ("rate.three_public_control", ("three_public.total",), (Stage.BUDGET, Stage.INITIAL), 0),
    ("rate.three_public_change", ("three_public.total",), (Stage.EXECUTED,), -1),
    ("rate.public_control", ("expenditure.public",), (Stage.BUDGET, Stage.INITIAL), 0),
    ("rate.procurement", ("procurement.total",), (Stage.BUDGET, Stage.INITIAL), 0),
    ("rate.adjustment", ("expenditure.total", "funds.total"), (Stage.INITIAL,), 0),
    ("staff.control_rate", ("staff.authorised",), tuple(Stage), 0),
    ("building.area_rate", ("building.area_approved",), tuple(Stage), 0),
    ("building.investment_rate", ("building.investment_budget",), tuple(Stage), 0),
)


def _base_of(rate: Fact, keys: tuple[str, ...], stages: tuple[Stage, ...], offset: int, ledger: Ledger) -> Fact | None:
    year = (rate.year or ledger.report.year or 0) + offset
    found = [
        f for f in ledger.of(*keys)
        if f.scope == rate.scope and ledger.stage(f) in stages and (ledger.moment(f).year or year) == year
    ]  # fmt: skip
    found.sort(key=lambda f: stages.index(ledger.stage(f)))
    return found[0] if found else None


def _meaningless(rate: Fact, base: Fact) -> Finding:
    return Finding(
        "A-17", Severity.ERROR, "{base}为0，{label}没有意义，不应写为{said}%，应写“不适用”。",
        (witness("rate", rate), witness("denominator", base)),
        {"base": base.label, "label": rate.label, "said": f"{rate.value:f}"}, f"{rate.value:f}", "不适用", "",
        (Repair(rate.place, f"{rate.value:f}%", "不适用", rate.label),),
    )  # fmt: skip
