"""A-10, A-11, A-12, A-25 and A-34: the money of projects and of sub-items."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.certainty import certainty_of, sentence_before
from hengjian.core.audit.finding import Basis, Finding, NotChecked, Outcome, Passed, Severity, witness
from hengjian.core.audit.ledger import Ledger, Moment, clause_before, ledger_of
from hengjian.core.audit.reasons import sentences
from hengjian.core.audit.rules.money.equations import find_repairs
from hengjian.core.audit.sums import Sum, in_printed_unit, passed, shown, sum_finding
from hengjian.core.document import Document, Table
from hengjian.core.facts import UNPLACED, fact_key
from hengjian.core.profile import Profile
from hengjian.core.report import Fact, Project, Report, Stage

_FROM_ABOVE = re.compile(r"(?:中央|上级|省级|省财政|市级|转移支付).{0,8}?(?:补助|专款|转移支付|资金)")


@rule(
    "A-10", title="上级补助不应列入其他资金", english="A subsidy from above is not 'other funds'", severity=Severity.WARNING, basis=Basis.PRACTICE,
    source="《预算法》第十六条：上级转移支付列入本级预算，属财政拨款", bad="中央补助资金项目：财政拨款0，其他资金15万元。", good="中央补助资金项目：财政拨款15万元，其他资金0。",
)  # fmt: skip
def subsidy_is_fiscal(case: Case) -> Iterator[Outcome]:
    """名称含中央、上级补助的项目，资金通过本级国库拨付，应列财政拨款，不列其他资金。"""
    ledger = ledger_of(case.report)
    told: set[str] = set()
    for other in ledger.of("funds.other"):
        fiscal = ledger.one(ledger.moment(other), "funds.fiscal")
        table = _table_of(case.document, other)
        name = other.scope or (table.caption.rpartition("\n")[2] if table is not None else "")
        if name in told or not other.value or fiscal is None or fiscal.value:
            continue
        if _FROM_ABOVE.search(name) or _cost_from_above(case.report, other.scope):
            told.add(name)
            yield _misplaced(name, other, fiscal)


def _cost_from_above(report: Report, scope: str) -> bool:
    return any(i.is_cost and ("上级补助" in i.name or "中央补助" in i.name) for i in report.indicators_of(scope))


def _misplaced(name: str, other: Fact, fiscal: Fact) -> Finding:
    amount = f"{other.value:f}"
    return Finding(
        "A-10", Severity.WARNING, "“{project}”属上级补助，{amount}{unit}列入其他资金而财政拨款为0，请核对资金来源。",
        (witness("other", other), witness("fiscal", fiscal)), {"project": name, "amount": amount, "unit": other.figure.unit},
        amount, "0", amount,
    )  # fmt: skip


@rule(
    "A-11", title="财政拨款与其他资金合计等于项目资金总额", english="Fiscal and other funds add to the project's total", severity=Severity.ERROR,
    basis=Basis.ARITHMETIC, source="《项目支出绩效自评表》《项目绩效目标申报表》资金栏", bad="预算数100万元，其中财政拨款80万元、其他资金10万元。",
    good="预算数100万元，其中财政拨款90万元、其他资金10万元。",
)  # fmt: skip
def funds_make_total(case: Case) -> Iterator[Outcome]:
    """年度资金总额＝当年财政拨款＋上年结转资金＋其他资金；预算数与执行数分别核对。"""
    ledger = ledger_of(case.report)
    done: set[object] = set()
    wrong = {o.witnesses[0].place for o in _tables_of_projects(case, ledger) if isinstance(o, Finding)}
    for total in ledger.of("funds.total"):
        if not total.figure.is_money or total.place in wrong:
            continue
        parts = _parts_of(total, ledger)
        mark = (_block(total), ledger.moment(total), total.figure.base_value)
        if mark in done or not any(p.key == "funds.fiscal" for p in parts):
            continue
        done.add(mark)
        yield from _funds(case, ledger, total, parts)


def _block(fact: Fact) -> object:
    return (fact.place.sheet, fact.place.block) if fact.source == "table" else (fact.group or id(fact))


def _parts_of(total: Fact, ledger: Ledger) -> list[Fact]:
    moment = ledger.moment(total)
    keys = ("funds.fiscal", "funds.carryover", "funds.other", "funds.subsidy")
    found = [f for f in ledger.at(moment, *keys) if _block(f) == _block(total) and f.figure.is_money]
    if not found and total.source == "table":
        row = ledger.in_row(total)
        found = [f for f in row if f.key in keys and f.stage is Stage.UNSTATED and f.scope == total.scope and f.figure.is_money]
        found = [f for f in found if _stands_beside(f, row) is total]
    return list({(f.key, f.label, f.figure.base_value): f for f in found}.values())


def _stands_beside(part: Fact, row: list[Fact]) -> Fact | None:
    """The total that a column without a stage of its own splits: the nearest one to its left, else to its right."""
    totals = sorted((f for f in row if f.key == "funds.total" and f.figure.is_money), key=lambda f: f.place.column)
    left = [t for t in totals if t.place.column < part.place.column]
    return left[-1] if left else next(iter(totals), None)


def _funds(case: Case, ledger: Ledger, total: Fact, parts: list[Fact]) -> Iterator[Outcome]:
    without_subsidy = [p for p in parts if p.key != "funds.subsidy"]
    sums = [Sum(total, tuple(p), (), total.label) for p in (parts, without_subsidy) if p]
    holding = next((s for s in sums if s.holds(case.profile)), None)
    if holding is not None:
        yield passed("A-11", holding, holding.compare(case.profile))
        return
    comparison = sums[0].compare(case.profile)
    if comparison.difference < 0 and len(without_subsidy) < 2 and not _others_are_blank(case.document, total):
        yield NotChecked("A-11", "其他资金", total.place)
        return
    yield sum_finding("A-11", Severity.ERROR, sums[0], comparison, find_repairs(sums[0], comparison, ledger, case.profile))


def _others_are_blank(document: Document, total: Fact) -> bool:
    """Whether the form has a line for other funds that was left empty, and so is 0."""
    table = _table_of(document, total)
    if table is None:
        return False
    labels = [c for c in table.cells if c.compact.strip("：:") in ("其他资金", "其他") or c.compact.endswith(("其他资金", "其他资金："))]
    return bool(labels)


def _table_of(document: Document, fact: Fact) -> Table | None:
    if fact.source != "table":
        return None
    return next((t for t in document.tables if (t.place.sheet, t.place.block) == (fact.place.sheet, fact.place.block)), None)


@rule(
    "A-12", title="各项目金额之和等于项目支出", english="Project forms add to project expenditure", severity=Severity.ERROR, basis=Basis.ARITHMETIC,
    source="部门决算项目支出明细；绩效自评“全覆盖”要求", bad="项目支出50万元，两张项目自评表执行数为30万元、25万元。", good="项目支出55万元，两张项目自评表执行数为30万元、25万元。",
)  # fmt: skip
def forms_make_project_expenditure(case: Case) -> Iterator[Outcome]:
    """项目支出＝各项目自评表（申报表）金额之和；合计与各表须在同一文件、同年度、同口径。"""
    ledger = ledger_of(case.report)
    yield from _tables_of_projects(case, ledger)
    filled = {f.scope for f in ledger.of("funds.total") if f.source == "table"} | {r.project for r in case.report.indicators if r.source == "table"}
    forms = [p for p in case.report.projects if p.has_form and (p.name in filled or not filled)]
    if not forms:
        return
    totals = [f for f in ledger.of("expenditure.project") if not f.scope and f.figure.is_money]
    yield from _told_total(case, ledger, forms)
    if not totals:
        yield NotChecked("A-12", "项目支出合计", forms[0].place)
        return
    for moment in ledger.moments(totals):
        parts = [_amount(ledger, p, moment) for p in forms]
        known = [p for p in parts if p is not None]
        if len(known) == len(forms):
            yield _forms_against_total(case, ledger, Sum(ledger.at(moment, "expenditure.project")[0], tuple(known), (), "项目支出", tuple(p.name for p in forms)))


_TOTAL_ROWS = ("合计", "总计", "金额合计")


_TOGETHER = re.compile(r"(?:预算|执行|支出|金额|资金)(?:数|额|总额|总数)?(?:合计|总额|总计|共计|共)(?:为)?$|(?:合计|共计|共)(?:预算|执行|支出|安排|下达)(?:数|资金)?$")


def _told_total(case: Case, ledger: Ledger, forms: list[Project]) -> Iterator[Outcome]:
    """部门预算项目3个，预算数合计52万元，执行数合计50.40万元: the sentence counts just the projects whose forms follow."""
    for fact in ledger.of(UNPLACED, "funds.total", "expenditure.total"):
        if fact.source == "table" or fact.scope or not fact.figure.is_money or fact.stage is Stage.UNSTATED:
            continue
        counted = [m for m in _NUMBER_OF_PROJECTS.finditer(sentence_before(fact)) if _count_of(m) == len(forms)]
        parts = [_amount(ledger, p, ledger.moment(fact)) for p in forms]
        known = [p for p in parts if p is not None]
        if counted and _TOGETHER.search(clause_before(fact)) and len(known) == len(forms) > 1:
            sum_ = Sum(fact, tuple(known), (), "项目合计", tuple(p.name for p in forms))
            comparison = sum_.compare(case.profile)
            if comparison.differs:
                yield sum_finding("A-12", Severity.ERROR, sum_, comparison, find_repairs(sum_, comparison, ledger, case.profile))
            else:
                yield passed("A-12", sum_, comparison)


def _count_of(found: re.Match[str]) -> int:
    words = (found["a"] or found["b"]).replace("两", "二")
    return int(words) if words.isdigit() else _DIGITS.index(words)


def _tables_of_projects(case: Case, ledger: Ledger) -> Iterator[Outcome]:
    """A table with one row per project or task and a row 合计: the rows add to it, column by column."""
    for total in ledger.of("expenditure.project", "funds.total", UNPLACED):
        if total.source != "table" or total.scope or not total.figure.is_money or not total.label.startswith(_TOTAL_ROWS):
            continue
        rows = [f for f in ledger.of("funds.total", "funds.item") if _is_row_of(f, total, ledger)]
        rows = list({f.place: f for f in rows}.values())
        names = [f.scope or f.label for f in rows]
        if len(rows) > 1 and len(set(names)) == len(rows) and not any(f.whole >= 0 for f in rows):
            sum_ = Sum(total, tuple(rows), (), "项目合计", tuple(names))
            comparison = sum_.compare(case.profile)
            if comparison.differs:
                yield sum_finding("A-12", Severity.ERROR, sum_, comparison, find_repairs(sum_, comparison, ledger, case.profile))
            else:
                yield passed("A-12", sum_, comparison)


def _is_row_of(fact: Fact, total: Fact, ledger: Ledger) -> bool:
    same_table = (fact.place.block, fact.place.sheet) == (total.place.block, total.place.sheet) and fact.source == "table"
    own, of_total = ledger.moment(fact), ledger.moment(total)
    named = bool(fact.scope) or (fact.key == "funds.item" and not fact.label.startswith(("其中", "小计", "合计", "总计")))
    return same_table and named and (own.year, own.stage) == (of_total.year, of_total.stage) and fact.place.column == total.place.column


def _amount(ledger: Ledger, project: Project, moment: Moment) -> Fact | None:
    own = Moment(moment.year, moment.stage, project.name)
    return next((f for f in ledger.at(own, "funds.total") if f.source == "table" and f.figure.is_money), None)


def _forms_against_total(case: Case, ledger: Ledger, sum_: Sum) -> Outcome:
    comparison = sum_.compare(case.profile)
    if not comparison.differs:
        return passed("A-12", sum_, comparison)
    if comparison.difference < 0 and not _all_forms_are_here(case, len(sum_.parts)):
        return NotChecked("A-12", "其余项目的自评表或申报表", sum_.total.place)
    return sum_finding("A-12", Severity.ERROR, sum_, comparison, find_repairs(sum_, comparison, ledger, case.profile))


_DIGITS = "零一二三四五六七八九十"
_NUMBER_OF_PROJECTS = re.compile(r"(?:项目(?:共|共计|合计)?(?P<a>\d+|[一二两三四五六七八九十])个|(?P<b>\d+|[一二两三四五六七八九十])个项目)")


def _all_forms_are_here(case: Case, number: int) -> bool:
    """Whether the text says that there are just so many projects."""
    for text, _ in sentences(case):
        for found in _NUMBER_OF_PROJECTS.finditer(text):
            if _count_of(found) == number:
                return True
    return False


_COVERED = ("source", "nature", "basic", "function", "three_public", "vehicle", "funds", "budget")


@rule(
    "A-25", title="其中项合计不超过所属总额", english="Sub-items do not exceed their whole", severity=Severity.ERROR, basis=Basis.ARITHMETIC,
    source="部门决算、基础数据表的“其中”项", bad="公用经费20万元，其中办公费15万元、差旅费8万元。", good="公用经费20万元，其中办公费10万元、差旅费8万元。",
)  # fmt: skip
def sub_items_fit_their_whole(case: Case) -> Iterator[Outcome]:
    """“其中”各项之和不大于所属总额。"""
    ledger = ledger_of(case.report)
    for (_, family), items in _lists_of_sub_items(ledger, case.profile):
        whole = _whole(items[0], ledger)
        if whole is None or (family in _COVERED and len(items) > 1) or _is_list_total(whole):
            continue
        if not all(certainty_of(case).is_named(f) for f in (whole, *items)):
            continue
        sum_ = Sum(whole, tuple(items), (), whole.label)
        comparison = sum_.compare(case.profile)
        if comparison.difference > 0 and comparison.differs:
            yield sum_finding("A-25", Severity.ERROR, sum_, comparison, find_repairs(sum_, comparison, ledger, case.profile),
                              "{parts}合计{expected}{unit}，超过所属的{total}{said}{unit}，多{difference}{unit}（{sum}）。{hint}")  # fmt: skip
        elif len(items) > 0:
            unit = whole.figure.unit
            left = " + ".join(shown(f.figure, unit) for f in items)
            yield Passed("A-25", f"{left} = {in_printed_unit(comparison.computed, whole.figure)} ≤ {whole.value:f} {unit}", (whole.place, *(f.place for f in items)))


def _is_list_total(fact: Fact) -> bool:
    """The row 合计 of a table: what A-12 adds up."""
    return fact.source == "table" and fact.label.startswith(_TOTAL_ROWS)


def _sub_items(ledger: Ledger) -> dict[tuple[int, str], list[Fact]]:
    """Sub-items by the amount that holds them and by kind: two ways to part one whole are not added."""
    found: dict[tuple[int, str], list[Fact]] = defaultdict(list)
    for fact in ledger.facts:
        whole = _whole(fact, ledger) if fact.figure.is_money else None
        if whole is None or whole is fact or ledger.moment(whole) != ledger.moment(fact) or not whole.figure.is_money:
            continue
        items = found[id(whole), fact_key(fact.key).family or fact_key(fact.key).key]
        if not any((g.key, g.label) == (fact.key, fact.label) for g in items):
            items.append(fact)
    return found


def _lists_of_sub_items(ledger: Ledger, profile: Profile) -> Iterator[tuple[tuple[int, str], list[Fact]]]:
    """Sub-items list by list: what follows a complete list, or a list joined by another mark, parts the whole in another way."""
    for mark, items in _sub_items(ledger).items():
        whole = _whole(items[0], ledger)
        cut: list[Fact] = []
        for item in items:
            if cut and whole is not None and _opens_another_list(whole, cut, item, profile):
                yield mark, cut
                cut = []
            cut.append(item)
        yield mark, cut


def _opens_another_list(whole: Fact, cut: list[Fact], item: Fact, profile: Profile) -> bool:
    mark = _mark_between(cut[-1], item)
    if Sum(whole, tuple(cut)).holds(profile):
        return len(cut) > 1 or mark == "，"
    return len(cut) > 1 and mark not in ("", _mark_between(cut[0], cut[1]))


def _mark_between(first: Fact, second: Fact) -> str:
    """The punctuation right behind the first of two amounts of one sentence; nothing where they stand apart."""
    begin = first.place.end - first.sentence.place.start
    if first.source == "table" or first.group != second.group or not 0 < begin < len(first.sentence.text):
        return ""
    after = first.sentence.text[begin:].lstrip(" ")[:1]
    return after if after in "、，；" else ""


_LINES = ("public_lines", "project_lines", "personnel_lines", "items", "closing")


def _whole(fact: Fact, ledger: Ledger) -> Fact | None:
    """The amount that the report says holds this one; in a table of a known form, the line of the parent key."""
    stated = ledger.whole_of(fact)
    if stated is not None:
        return stated
    entry = fact_key(fact.key)
    if fact.source != "table" or entry.family not in _LINES or not entry.parent:
        return None
    parents = ledger.at(ledger.moment(fact), entry.parent)
    return next((p for p in parents if p.group == fact.group), None)


@rule(
    "A-34", title="项目金额为整万元且无测算", english="A round project amount without calculation", severity=Severity.NOTE, basis=Basis.PRACTICE, default=False,
    source="《中央部门预算绩效目标管理办法》（财预〔2015〕88号）：细化量化、合理可行", bad="预算数600000元，用途未写测算。", good="预算数38400元：2人×1600元×12月。",
)  # fmt: skip
def round_amounts_have_a_calculation(case: Case) -> Iterator[Outcome]:
    """预算数为整万元而资金用途没有测算依据的，请补充测算。默认不启用。"""
    ledger = ledger_of(case.report)
    for project in case.report.projects:
        amounts = [f for f in ledger.of("funds.total") if f.scope == project.name and ledger.stage(f) in (Stage.BUDGET, Stage.INITIAL)]
        fact = next((f for f in amounts if f.figure.is_money), None)
        if fact is None or not fact.value or fact.figure.yuan % Decimal(10_000) or re.search(r"\d.*(?:×|x|\*|元|人)", project.purpose.text):
            continue
        yield Finding(
            "A-34", Severity.NOTE, "“{project}”预算{amount}{unit}为整万元，用途中没有测算依据。", (witness("budget", fact),),
            {"project": project.name, "amount": f"{fact.value:f}", "unit": fact.figure.unit}, f"{fact.value:f}",
        )  # fmt: skip


