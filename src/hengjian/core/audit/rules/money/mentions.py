"""A-07, A-08, A-18, A-19 and A-26: one amount in several places, two items with one amount, slips of the unit."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.certainty import Certainty, certainty_of
from hengjian.core.audit.finding import Basis, Finding, Outcome, Passed, Repair, Severity, witness
from hengjian.core.audit.ledger import Ledger, clause_before, ledger_of, names_another_item, slips_in
from hengjian.core.audit.results import results_agree
from hengjian.core.audit.rules.money.equations import all_sums
from hengjian.core.audit.sums import Sum, in_printed_unit, is_uneven, shown
from hengjian.core.figures import Figure, compare_sum, round_half_up, same_amount
from hengjian.core.profile import Profile
from hengjian.core.report import Fact, Report, Stage

_BY_KEY = re.compile(
    r"^(?:income\.(?!total|fiscal|general$|other)|expenditure\.(?:basic|project|personnel|public|fund|function\.)|three_public\.|"
    r"procurement\.|balance\.(?:opening|closing)|funds\.(?:total|fiscal))"
)
_BY_LABEL = re.compile(r"^(?:income\.|expenditure\.(?:total|general_budget))")
_FILLERS = re.compile(r"[\d\s“”\"'：:（）()，,的]|年度|本年|当年|全年|年|我局|我单位|本单位|单位|部门|合计|总计|共计|总额|总|数额|数|额|实际|安排|决算|预算|财政拨款")

_LEVEL_OF_GOVERNMENT = re.compile(r"中央|上级|省|市|县|区|本级")


def _label(fact: Fact) -> str:
    """What two mentions must share to be the same item: the key where it is exact, else the words that matter."""
    if "机关运行" in fact.label:
        return "机关运行"
    if fact.key == "funds.fiscal":
        return "".join(_LEVEL_OF_GOVERNMENT.findall(fact.label))
    return "" if _BY_KEY.match(fact.key) else _FILLERS.sub("", fact.label)


def _whole_key(ledger: Ledger, fact: Fact) -> str:
    whole = ledger.whole_of(fact)
    return whole.key if whole is not None else ""


@rule(
    "A-07", title="同一金额前后一致", english="The same amount has the same value everywhere", severity=Severity.ERROR,
    basis=Basis.ARITHMETIC, source="《预算法》第十四条：公开的预算、决算及报表应当一致",
    bad="正文：项目支出120万元；附表：项目支出102万元。", good="正文：项目支出120万元；附表：项目支出120万元。",
)  # fmt: skip
def mentions_agree(case: Case) -> Iterator[Outcome]:
    """同一名称、年度、范围和口径（年初、全年、执行）的金额处处相同；名称不同而相差不超过0.1%的，请核对是否同一金额。"""
    ledger = ledger_of(case.report)
    certainty = certainty_of(case)
    for mentions in _same_items(ledger):
        values = _distinct(mentions)
        if len(values) == 1:
            yield Passed("A-07", f"{mentions[0].label} {_told(mentions[0])}，{len(mentions)} 处一致", tuple(f.place for f in mentions))
            continue
        for sure in _surely_one(mentions, certainty, ledger):
            values = _distinct(sure)
            if not _is_breakdown(values) and not _is_slip_pair(values) and not _is_moved(values, case.report) and len({f.group or id(f) for f in values}) > 1:
                yield _disagreement(sure, values, ledger, case.profile)
    yield from _near_totals(ledger)
    yield from results_agree(case)


_OF_ONE_SOURCE = ("expenditure.", "income.", "balance.")


def _surely_one(mentions: list[Fact], certainty: Certainty, ledger: Ledger) -> Iterator[list[Fact]]:
    """The mentions that surely mean one amount, apart by the source of money that they speak of."""
    sure = [f for f in mentions if certainty.is_sure(f)]
    if sure and sure[0].key.startswith("funds.") and not (sure[0].scope or _of_one_form(sure, ledger)):
        return
    if sure and sure[0].key in ("income.total", "expenditure.total") and not _without_carryover(ledger):
        sure = [f for f in sure if "总计" not in f.label]
    by_source: dict[object, list[Fact]] = defaultdict(list)
    for fact in sure:
        by_source[certainty.sources(fact) if fact.key.startswith(_OF_ONE_SOURCE) else ""].append(fact)
    yield from (same for same in by_source.values() if len(same) > 1)


def _of_one_form(mentions: list[Fact], ledger: Ledger) -> bool:
    """Funds without a project's name: two forms one after another are two projects, and a sentence may add them up."""
    tables = {(f.place.block, f.place.sheet) for f in mentions if f.source == "table"}
    return len(tables) < 2 and (len({f.source for f in mentions}) == 1 or ledger.report.is_of_one_project)


def _without_carryover(ledger: Ledger) -> bool:
    """Whether nothing was carried over: only then is 收入总计 the 收入合计 of the year."""
    return not any(f.value for f in ledger.of("balance.opening", "balance.closing", "balance.carryover", "balance.grand_total", "balance.non_fiscal_used"))


def _same_items(ledger: Ledger) -> list[list[Fact]]:
    index: dict[object, list[Fact]] = defaultdict(list)
    for fact in ledger.facts:
        if fact.figure.is_money and _is_comparable(fact):
            whole = _whole_key(ledger, fact) if fact.key in ("expenditure.basic", "expenditure.project") else ""
            year = fact.year or ledger.report.year
            index[fact.key, _label(fact), year, ledger.stage(fact), fact.scope, whole.replace("expenditure.total", "")].append(fact)
    groups = [list({f.place: f for f in mentions}.values()) for mentions in index.values()]
    return [g for g in groups if len(g) > 1 and not _text_against_table_of_public(g)]


def _is_comparable(fact: Fact) -> bool:
    known = _BY_KEY.match(fact.key) or _BY_LABEL.match(fact.key)
    return bool(known) and _has_stage(fact) and not names_another_item(fact)


_PLANNED = re.compile(r"预算|年初|安排|计划|批复|申报|下达|核定")


def _has_stage(fact: Fact) -> bool:
    """Whether the stage is said, or the sentence speaks of nothing but what was spent."""
    if fact.stage is not Stage.UNSTATED:
        return True
    if fact.source == "table":
        return False
    spent = fact.key.startswith("three_public.") and clause_before(fact).rstrip("为了 ").endswith("支出")
    return not _PLANNED.search(clause_before(fact) if spent else fact.sentence.text)


def _text_against_table_of_public(mentions: list[Fact]) -> bool:
    """That pair is the business of A-26."""
    return mentions[0].key == "expenditure.public" and len({f.source for f in mentions}) > 1


def _distinct(mentions: list[Fact]) -> list[Fact]:
    found: list[Fact] = []
    for fact in mentions:
        if not any(same_amount(fact.figure, other.figure) for other in found):
            found.append(fact)
    return found


def _is_breakdown(values: list[Fact]) -> bool:
    """Whether the largest amount is the sum of the others: the units or steps of one whole, no contradiction."""
    if len(values) < 3:
        return False
    ordered = sorted(values, key=lambda f: f.figure.base_value)
    return not compare_sum([f.figure for f in ordered[:-1]], ordered[-1].figure).differs


def _is_moved(values: list[Fact], report: Report) -> bool:
    """Whether the report names the difference of two amounts as an adjustment or a change: 480, 追加30, 510."""
    if len(values) != 2:
        return False
    gap = abs(values[0].figure.yuan - values[1].figure.yuan)
    moved = (f for f in report.facts if f.key.startswith(("expenditure.adjustment", "change.")) and f.figure.is_money)
    return any(f.figure.yuan == gap for f in moved)


def _is_slip_pair(values: list[Fact]) -> bool:
    return len(values) == 2 and _ratio_of_ten_thousand(values[0].figure, values[1].figure)


def _disagreement(mentions: list[Fact], values: list[Fact], ledger: Ledger, profile: Profile) -> Finding:
    right = _likeliest(mentions, ledger, profile)
    wrong = next(f for f in values if not same_amount(f.figure, right.figure))
    gap = in_printed_unit(abs(wrong.figure.yuan - right.figure.yuan), wrong.figure)
    expected = shown(right.figure, wrong.figure.unit)
    severity = Severity.NOTE if _is_rounding(wrong.figure, right.figure) else Severity.ERROR
    return Finding(
        "A-07", severity, "{label}前后不一致：此处为{said}{unit}，另一处为{expected}{unit}，相差{difference}{unit}。",
        (witness("mention", wrong), *(witness("mention", f) for f in mentions if f is not wrong)),
        {"label": wrong.label, "said": f"{wrong.value:f}", "expected": expected, "unit": wrong.figure.unit, "difference": gap},
        f"{wrong.value:f}", expected, gap,
        (Repair(wrong.place, f"{wrong.value:f}", expected, wrong.label), Repair(right.place, f"{right.value:f}", shown(wrong.figure, right.figure.unit), right.label)),
        f"amount:{wrong.key}",
    )  # fmt: skip


def _likeliest(mentions: list[Fact], ledger: Ledger, profile: Profile) -> Fact:
    """The value that most mentions or an equation confirm; else that of a table."""
    held = [o for s, holds in all_sums(ledger, profile) if holds for o in s.operands]
    counts = Counter(f.figure.base_value for f in mentions)

    def weight(fact: Fact) -> tuple[int, bool, bool]:
        return counts[fact.figure.base_value], any(fact is o for o in held), fact.source == "table"

    return max(mentions, key=weight)


def _is_rounding(first: Figure, second: Figure) -> bool:
    coarse, fine = sorted((first, second), key=lambda f: f.decimals)
    return coarse.unit == fine.unit and coarse.decimals < fine.decimals and round_half_up(fine.value, coarse.decimals) == coarse.value


def _near_totals(ledger: Ledger) -> Iterator[Outcome]:
    """Income of the year and funds arranged for it, under other words, that miss each other by up to 0.1 %."""
    totals = [f for f in ledger.of("income.total", "income.fiscal") if not f.scope and f.source == "prose"]
    told: set[frozenset[Decimal]] = set()
    for first, second in combinations(totals, 2):
        pair = frozenset((first.figure.base_value, second.figure.base_value))
        if pair in told or _label(first) == _label(second) or first.stage is second.stage is not Stage.UNSTATED:
            continue
        if (first.year or ledger.report.year) == (second.year or ledger.report.year) and _is_near(first.figure, second.figure):
            if any(f.key.startswith(("expenditure.adjustment", "change.")) for f in ledger.facts):
                continue
            told.add(pair)
            yield _near(first, second)


def _is_near(first: Figure, second: Figure) -> bool:
    if not first.is_money or not second.is_money or same_amount(first, second) or _is_rounding(first, second):
        return False
    gap = abs(first.yuan - second.yuan)
    return first.decimals >= 2 and second.decimals >= 2 and gap * 1000 <= max(first.yuan, second.yuan)


def _near(first: Fact, second: Fact) -> Finding:
    gap = in_printed_unit(abs(first.figure.yuan - second.figure.yuan), second.figure)
    expected = shown(first.figure, second.figure.unit)
    return Finding(
        "A-07", Severity.WARNING, "{second_label}{said}{unit}与{first_label}{expected}{unit}只差{difference}{unit}，请核对是否为同一金额并注明口径。",
        (witness("mention", second), witness("mention", first)),
        {"second_label": second.label, "said": f"{second.value:f}", "first_label": first.label, "expected": expected,
         "unit": second.figure.unit, "difference": gap},
        f"{second.value:f}", expected, gap,
    )  # fmt: skip


def _told(fact: Fact) -> str:
    return f"{fact.value:f} {fact.figure.unit}"


_SIBLINGS = (
    frozenset(("expenditure.basic", "expenditure.project")),
    frozenset(("expenditure.personnel", "expenditure.public")),
    frozenset(("expenditure.personnel", "expenditure.project")),
    frozenset(("expenditure.public", "expenditure.project")),
)


@rule(
    "A-08", title="两个不同项目的金额完全相同", english="Two different items with an identical uneven amount", severity=Severity.WARNING,
    basis=Basis.PRACTICE, source="审核经验：并列科目出现同一非整数金额，多为填列串行",
    bad="人员经费133.64万元；项目支出133.64万元。", good="人员经费341.85万元；项目支出133.64万元。",
)  # fmt: skip
def siblings_differ(case: Case) -> Iterator[Outcome]:
    """互不包含的并列科目（人员、公用、项目，或两个功能分类）出现完全相同的非整数金额，请核对。"""
    ledger, certainty = ledger_of(case.report), certainty_of(case)
    told: set[object] = set()
    for first, second in (pair for group in _same_amounts(ledger) for pair in combinations(group, 2)):
        if not _are_siblings(first, second) or first.figure != second.figure or not _is_telling(first.figure):
            continue
        if not (certainty.is_sure(first) and certainty.is_sure(second)):
            continue
        moment = ledger.moment(first)
        mark = (frozenset((first.key, second.key)), moment, first.figure.base_value)
        if moment == ledger.moment(second) and first.place != second.place and mark not in told:
            told.add(mark)
            yield _identical(first, second)


def _is_telling(figure: Figure) -> bool:
    """Whether an amount is printed to the last digits: two items share such a one by no chance."""
    return is_uneven(figure) and (figure.decimals >= 2 or figure.unit == "元")


def _same_amounts(ledger: Ledger) -> list[list[Fact]]:
    index: dict[object, list[Fact]] = defaultdict(list)
    for fact in ledger.facts:
        if fact.key.startswith("expenditure."):
            index[fact.figure.value, fact.figure.unit].append(fact)
    return [group for group in index.values() if len(group) > 1]


def _are_siblings(first: Fact, second: Fact) -> bool:
    if frozenset((first.key, second.key)) in _SIBLINGS:
        return True
    classes = "expenditure.function."
    both = first.key.startswith(classes) and second.key.startswith(classes) and first.key != second.key
    return both and not first.key.startswith(second.key) and not second.key.startswith(first.key)


def _identical(first: Fact, second: Fact) -> Finding:
    amount = f"{first.value:f}"
    return Finding(
        "A-08", Severity.WARNING, "{first}与{second}是并列科目，金额却同为{amount}{unit}，请核对是否有一处填列有误。",
        (witness("amount", first), witness("amount", second)),
        {"first": first.label, "second": second.label, "amount": amount, "unit": first.figure.unit}, amount, "", "",
    )  # fmt: skip


@rule(
    "A-18", title="“元”与“万元”混用", english="元 printed where the amount is in 万元", severity=Severity.ERROR, basis=Basis.ARITHMETIC,
    source="《党政机关公文格式》与部门预决算报表的计量单位要求：同一金额单位一致",
    bad="正文：年初预算安排97元；附表（万元）：97。", good="正文：年初预算安排97万元；附表（万元）：97。",
)  # fmt: skip
def yuan_is_not_ten_thousand_yuan(case: Case) -> Iterator[Outcome]:
    """正文写“元”而同一数字在表中以“万元”计，且金额大小或合计只在“万元”下成立的，单位有误。"""
    report = case.report
    told: set[int] = set()
    for fact, other in (*slips_in(report.facts), *_slips_beside(report)):
        if id(fact) not in told:
            told.add(id(fact))
            yield _slip("A-18", fact, other, "万元")
    for sum_, fact in _fits_scaled(ledger_of(report), case.profile, lambda f, s: f.figure.unit == "元" and s == "万元"):
        yield _slip("A-18", fact, sum_.total if fact is not sum_.total else sum_.parts[0], "万元")


def _slips_beside(report: Report) -> Iterator[tuple[Fact, Fact]]:
    """安排1,260元，实际执行1,238.55万元: the digits stand elsewhere under 万元 by that name, and the next amount is of their size."""
    small = [f for f in report.facts if f.figure.unit == "元" and 0 < f.value < 10_000 and f.source != "table"]
    for fact in small:
        beside = [g for g in report.facts if g.group and g.group == fact.group and g.figure.unit == "万元" and g.label == fact.label]
        like = [g for g in beside if fact.value <= 2 * g.value <= 4 * fact.value]
        same = [g for g in report.facts if g.figure.unit == "万元" and g.value == fact.value and _same_words(g.label, fact.label)]
        if like and same:
            yield fact, same[0]
        elif whole := _whole_in_table(fact, report):
            yield fact, whole


_WHOLES = ("funds.total", "funds.item", "expenditure.total", "expenditure.project", "expenditure.basic", "income.total", "income.fiscal")


def _whole_in_table(fact: Fact, report: Report) -> Fact | None:
    """A budget of less than 10 000 元 whose very digits a table prints under 万元 as the funds of the same stage."""
    if fact.key not in _WHOLES or fact.stage is Stage.UNSTATED or not re.search(r"预算|安排|执行|支出|下达|拨付", fact.sentence.text):
        return None
    if re.search(r"每|人均|标准|单价", fact.sentence.text):
        return None
    same = (g for g in report.facts if g.source == "table" and g.figure.unit == "万元" and g.value == fact.value)
    return next((g for g in same if g.key.startswith(("funds.", "expenditure.")) and g.stage is fact.stage), None)


def _same_words(first: str, second: str) -> bool:
    """Whether one label, its column left out, is the beginning of the other: 其中：农村公路养护 全年预算, 农村公路养护项目."""
    a, b = (re.sub(r"^其中[：:]?|项目$", "", words.split()[0] if words.split() else "") for words in (first, second))
    return len(a) > 3 and len(b) > 3 and (a in b or b in a)


def _slip(code: str, fact: Fact, other: Fact, unit: str) -> Finding:
    digits = f"{fact.value:f}"
    meant = shown(Figure(fact.value, unit), fact.figure.unit)
    gap = in_printed_unit(abs(fact.figure.yuan - Figure(fact.value, unit).yuan), fact.figure)
    return Finding(
        code, Severity.ERROR, "{label}写为{digits}{old}，按{other}（{other_value}）应为{digits}{new}，计量单位有误。",
        (witness("amount", fact), witness("reference", other)),
        {"label": fact.label, "digits": digits, "old": fact.figure.unit, "new": unit, "other": other.label, "other_value": _told(other)},
        digits, meant, gap,
        (Repair(fact.place, f"{digits}{fact.figure.unit}", f"{digits}{unit}", fact.label),), f"unit:{fact.place.loc}",
    )  # fmt: skip


def _fits_scaled(ledger: Ledger, profile: Profile, wanted: Callable[[Fact, str], bool]) -> Iterator[tuple[Sum, Fact]]:
    """Sums that fail as printed and hold once one operand is read under the other unit."""
    failing = [s for s, holds in all_sums(ledger, profile) if not holds]
    for sum_ in failing:
        for fact in sum_.operands:
            other = {"元": "万元", "万元": "元"}.get(fact.figure.unit, "")
            if other and wanted(fact, other) and _matters(sum_, fact, other) and _with_unit(sum_, fact, other).holds(profile):
                yield sum_, fact
                break


def _matters(sum_: Sum, fact: Fact, unit: str) -> bool:
    """Whether the amount still counts under the other unit: 97元 beside 万元 would vanish in the rounding."""
    changed = Figure(fact.value, unit).yuan
    return fact is sum_.total or changed * 200 >= sum_.total.figure.yuan


def _with_unit(sum_: Sum, fact: Fact, unit: str) -> Sum:
    changed = replace(fact, figure=replace(fact.figure, unit=unit))
    parts = tuple(changed if p is fact else p for p in sum_.parts)
    return Sum(changed if fact is sum_.total else sum_.total, parts, sum_.less)


@rule(
    "A-19", title="同一金额相差一万倍", english="Two mentions differ by a factor of 10 000", severity=Severity.ERROR,
    basis=Basis.ARITHMETIC, source="部门预决算报表的计量单位要求：同一金额单位一致",
    bad="正文：支出570.79万元；附表（万元）：5707900。", good="正文：支出570.79万元；附表（元）：5707900。",
)  # fmt: skip
def no_factor_of_ten_thousand(case: Case) -> Iterator[Outcome]:
    """同一金额两处相差恰为一万倍，是“元”“万元”换算之误。"""
    ledger = ledger_of(case.report)
    told: set[object] = set()
    for mentions in _same_items(ledger):
        for first, second in combinations(_distinct(mentions), 2):
            if _ratio_of_ten_thousand(first.figure, second.figure) and first.key not in told:
                told.add(first.key)
                yield _factor(first, second)
    for sum_, fact in _fits_scaled(ledger, case.profile, lambda f, s: f.figure.unit == "万元" and s == "元"):
        if fact.key not in told:
            told.add(fact.key)
            yield _factor(fact, sum_.total if fact is not sum_.total else sum_.parts[0])


def _ratio_of_ten_thousand(first: Figure, second: Figure) -> bool:
    small, large = sorted((first, second), key=lambda f: abs(f.base_value))
    if not small.value or not small.is_money or not large.is_money:
        return False
    as_small = Figure(large.value / 10_000, large.unit, decimals=small.decimals)
    return abs(as_small.yuan - small.yuan) <= min(Decimal(50), small.yuan * Decimal("0.005"))


def _factor(first: Fact, second: Fact) -> Finding:
    return Finding(
        "A-19", Severity.ERROR, "{first}写为{said}，与{second}（{other}）相差一万倍，计量单位有误。",
        (witness("amount", first), witness("reference", second)),
        {"first": first.label, "said": _told(first), "second": second.label, "other": _told(second)},
        f"{first.value:f}", "", "", (), f"unit:{first.place.loc}",
    )  # fmt: skip


@rule(
    "A-26", title="正文与附表的公用经费一致", english="Public funds in the text equal the table", severity=Severity.ERROR,
    basis=Basis.ARITHMETIC, source="部门整体支出绩效评价基础数据表",
    bad="正文：公用经费39.38万元；基础数据表：399.38万元。", good="正文：公用经费399.38万元；基础数据表：399.38万元。",
)  # fmt: skip
def public_funds_agree(case: Case) -> Iterator[Outcome]:
    """正文的公用经费支出＝基础数据表的公用经费决算数。"""
    ledger = ledger_of(case.report)
    for moment in ledger.moments(ledger.of("expenditure.public")):
        facts = [f for f in ledger.at(moment, "expenditure.public") if f.figure.is_money and "机关运行" not in f.label]
        texts, tables = [f for f in facts if f.source != "table"], [f for f in facts if f.source == "table"]
        for text in texts:
            if not tables:
                continue
            table = next((t for t in tables if same_amount(t.figure, text.figure)), None)
            if table is not None:
                yield Passed("A-26", f"正文 {_told(text)} = 附表 {_told(table)}", (text.place, table.place))
            elif not _is_rounding(text.figure, tables[0].figure) and not _ratio_of_ten_thousand(text.figure, tables[0].figure):
                yield _disagreement_of_public(text, tables[0])


def _disagreement_of_public(text: Fact, table: Fact) -> Finding:
    gap = in_printed_unit(abs(text.figure.yuan - table.figure.yuan), text.figure)
    expected = shown(table.figure, text.figure.unit)
    return Finding(
        "A-26", Severity.ERROR, "正文的公用经费为{said}{unit}，附表为{expected}{unit}，相差{difference}{unit}。",
        (witness("text", text), witness("table", table)),
        {"said": f"{text.value:f}", "expected": expected, "unit": text.figure.unit, "difference": gap},
        f"{text.value:f}", expected, gap,
        (Repair(text.place, f"{text.value:f}", expected, text.label),), "amount:expenditure.public",
    )  # fmt: skip
