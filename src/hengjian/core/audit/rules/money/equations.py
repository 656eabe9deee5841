"""The identities of a departmental budget, and how their operands are found among the facts of a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from hengjian.core.audit.catalogue import Case
from hengjian.core.audit.finding import NotChecked, Outcome, Repair, Severity
from hengjian.core.audit.ledger import Ledger, Moment, clause_before, ledger_of, lists_only_some
from hengjian.core.audit.sums import Sum, copies, passed, repairs, sum_finding
from hengjian.core.figures import Comparison, same_amount
from hengjian.core.profile import Profile
from hengjian.core.report import Fact, Stage


@dataclass(frozen=True, slots=True)
class Identity:
    """``total`` = Σ ``parts``. A part that ends in a dot stands for every key below it.

    ``required``: parts without which the sum says nothing. ``exhaustive``: the parts make up the whole by definition,
    so that a list introduced by 主要 is complete too. ``instead``: a part that stands for several finer ones.
    ``at_least``: how many parts make a list. ``circles``: how far apart the operands may stand (1 one sentence or
    block, 2 one paragraph or table, 3 one kind of source, 4 anywhere); with ``far`` or more parts, anywhere.
    ``absent``: applies only where this coarser part is not given.
    """

    total: tuple[str, ...]
    parts: tuple[str, ...]
    required: tuple[str, ...] = ()
    exhaustive: bool = False
    instead: tuple[str, tuple[str, ...]] = ("", ())
    at_least: int = 2
    circles: int = 4
    far: int = 99
    absent: str = ""
    stages: tuple[Stage, ...] = ()
    total_name: str = ""

    def is_part(self, key: str) -> bool:
        return any(key.startswith(p) if p.endswith(".") else key == p for p in self.parts)


FISCAL_SOURCES = ("income.general", "income.fund", "income.state_capital")
NATURES = ("expenditure.basic", "expenditure.project", "expenditure.business", "expenditure.superior", "expenditure.subordinate")

SOURCES = Identity(
    ("income.total",),
    (
        "income.fiscal", *FISCAL_SOURCES, "income.social_insurance", "income.special_account", "income.operating",
        "income.business", "income.superior", "income.subordinate", "income.other",
    ),
    instead=("income.fiscal", FISCAL_SOURCES), circles=2, total_name="收入合计",
)  # fmt: skip
FISCAL = Identity(("income.fiscal",), FISCAL_SOURCES, circles=2, total_name="财政拨款收入")
SPENT = ("expenditure.total", "expenditure.fiscal", "expenditure.general_budget")
BASIC_AND_PROJECT = Identity(
    SPENT, NATURES, ("expenditure.basic", "expenditure.project"), True,
    stages=(Stage.EXECUTED, Stage.BUDGET, Stage.UNSTATED), total_name="支出合计",
)  # fmt: skip
PERSONNEL_PUBLIC_PROJECT = Identity(
    SPENT, ("expenditure.personnel", "expenditure.public", "expenditure.project"),
    ("expenditure.personnel", "expenditure.public", "expenditure.project"), True, circles=2, absent="expenditure.basic", total_name="支出合计",
)  # fmt: skip
PERSONNEL_AND_PUBLIC = Identity(
    ("expenditure.basic",), ("expenditure.personnel", "expenditure.public"),
    ("expenditure.personnel", "expenditure.public"), True, total_name="基本支出",
)  # fmt: skip
FUNCTIONS = Identity(SPENT, ("expenditure.function.",), circles=2, far=3, total_name="支出合计")
YEAR_START = Identity(
    ("expenditure.total", "funds.total", "income.total", "income.fiscal"), NATURES, ("expenditure.basic", "expenditure.project"), True,
    stages=(Stage.INITIAL,), total_name="年初预算合计",
)  # fmt: skip
THREE_PUBLIC = Identity(
    ("three_public.total",),
    ("three_public.abroad", "three_public.vehicle", "three_public.vehicle_purchase", "three_public.vehicle_running", "three_public.reception"),
    instead=("three_public.vehicle", ("three_public.vehicle_purchase", "three_public.vehicle_running")),
    circles=3, total_name="“三公”经费",
)  # fmt: skip
VEHICLE = Identity(
    ("three_public.vehicle",), ("three_public.vehicle_purchase", "three_public.vehicle_running"),
    ("three_public.vehicle_purchase", "three_public.vehicle_running"), True, circles=3, total_name="公务用车购置及运行维护费",
)  # fmt: skip
ALL = (
    SOURCES, FISCAL, BASIC_AND_PROJECT, PERSONNEL_PUBLIC_PROJECT, PERSONNEL_AND_PUBLIC, FUNCTIONS, YEAR_START, THREE_PUBLIC, VEHICLE,
)  # fmt: skip


def sums_of(identity: Identity, ledger: Ledger, profile: Profile) -> Iterator[Sum]:
    """Every sum of this identity whose operands the report gives, from the narrowest circle that is complete."""
    totals = ledger.of(*identity.total)
    for moment in ledger.moments(totals):
        if not identity.stages or moment.stage in identity.stages:
            yield from _sums_at(identity, ledger, moment, profile)


def all_sums(ledger: Ledger, profile: Profile) -> list[tuple[Sum, bool]]:
    """Every sum of every identity, and whether it holds; computed once per report and profile."""
    known = ledger.memory.get(id(profile))
    if known is None:
        sums = [s for identity in ALL for s in sums_of(identity, ledger, profile)]
        known = ledger.memory[id(profile)] = (profile, [(s, s.holds(profile)) for s in sums])
    return known[1]


def _sums_at(identity: Identity, ledger: Ledger, moment: Moment, profile: Profile) -> Iterator[Sum]:
    totals = ledger.at(moment, *identity.total)
    if identity.absent and ledger.at(moment, identity.absent):
        return
    parts = [f for f in ledger.during(moment) if identity.is_part(f.key)]
    for number, circle in enumerate(ledger.neighbourhoods(totals), 1):
        if number > identity.circles and len(_choices(identity, parts)) < identity.far:
            return
        found = list(_in_circle(identity, ledger, totals, parts, circle, profile))
        if found:
            yield from found
            return


def _in_circle(
    identity: Identity, ledger: Ledger, totals: Sequence[Fact], parts: Sequence[Fact], circle: Callable[[Fact], object], profile: Profile
) -> Iterator[Sum]:
    by_circle: dict[object, list[Fact]] = {}
    for total in totals:
        by_circle.setdefault(circle(total), []).append(total)
    for where, own_totals in by_circle.items():
        own_parts = [p for p in parts if circle(p) == where and _belongs(p, identity, ledger)]
        best = _best(identity, _distinct(own_totals), own_parts, profile)
        if best is not None:
            yield best


def _belongs(part: Fact, identity: Identity, ledger: Ledger) -> bool:
    """A part of something else, such as of one project or of the fund budget, is no part of this total."""
    whole = ledger.whole_of(part)
    return whole is None or whole.key in identity.total or (identity.is_part(whole.key) and not part.key.startswith("expenditure.function"))


def _best(identity: Identity, totals: Sequence[Fact], parts: Sequence[Fact], profile: Profile) -> Sum | None:
    """Among repeated mentions in one circle the combination that holds, else the first one."""
    choices = _choices(identity, parts)
    if len(choices) < identity.at_least or any(all(c[0].key != key for c in choices) for key in identity.required):
        return None
    totals = sorted(totals, key=lambda t: not any(p.whole >= 0 and p.place.block == t.place.block and p.group == t.group for p in parts))
    first: Sum | None = None
    for number, combination in enumerate(product(totals, *choices)):
        candidate = Sum(combination[0], combination[1:], (), identity.total_name)
        first = first or candidate
        if candidate.holds(profile) or number > 200:
            return candidate if candidate.holds(profile) else first
    return first


def _choices(identity: Identity, parts: Sequence[Fact]) -> list[list[Fact]]:
    """Per operand its distinct mentions; finer keys give way to the coarser one that holds them."""
    keys = {p.key for p in parts}
    coarse, fine = identity.instead
    if coarse in keys:
        parts = [p for p in parts if p.key not in fine]
    operands: dict[tuple[str, str], list[Fact]] = {}
    for part in parts:
        if any(part.key != k and part.key.startswith(k) and identity.is_part(k) for k in keys if "." in k and k != coarse):
            continue
        open_key = part.label if any(p.endswith(".") for p in identity.parts) else ""
        operands.setdefault((part.key, open_key), []).append(part)
    return [_distinct(mentions) for mentions in operands.values()]


def _distinct(facts: Sequence[Fact]) -> list[Fact]:
    found: list[Fact] = []
    for fact in facts:
        if not any(fact.figure.base_value == g.figure.base_value for g in found):
            found.append(fact)
    return found


def explained(sum_: Sum, comparison: Comparison, ledger: Ledger) -> bool:
    """Whether an amount named beside the sum is just what is missing: a carry-over, a further class, another source."""
    moment = ledger.moment(sum_.total)
    beside = [f for f in ledger.beside(sum_.total) if not any(f is o for o in sum_.operands) and f.key.split(".")[0] in _OTHERS]
    balances = [f for f in ledger.facts if f.key.startswith("balance.") and (f.year or moment.year) == moment.year and f.scope == moment.scope]
    missing = abs(comparison.difference)
    return any(f.figure.is_money and f.figure.yuan and f.figure.yuan == missing for f in (*beside, *balances))


_OTHERS = ("unplaced", "balance", "funds")


def judge(
    rule: str, case: Case, identity: Identity, severity: Severity = Severity.ERROR, missing: str = ""
) -> Iterator[Outcome]:
    """The outcomes of one identity over one report."""
    ledger = ledger_of(case.report)
    sums = list(sums_of(identity, ledger, case.profile))
    for sum_ in sums:
        comparison = sum_.compare(case.profile)
        if not comparison.differs:
            yield passed(rule, sum_, comparison)
        elif (other := _of_a_nearer_stage(sum_, ledger)) is not None and other.holds(case.profile):
            yield passed(rule, other, other.compare(case.profile))
        elif comparison.difference < 0 and not identity.exhaustive and not is_whole_list(sum_, comparison):
            yield NotChecked(rule, missing or "其余组成部分的金额", sum_.total.place)
        elif not explained(sum_, comparison, ledger):
            yield sum_finding(rule, severity, sum_, comparison, find_repairs(sum_, comparison, ledger, case.profile))
    if not sums and missing and ledger.of(*identity.total):
        yield NotChecked(rule, missing, ledger.of(*identity.total)[0].place)


def _of_a_nearer_stage(sum_: Sum, ledger: Ledger) -> Sum | None:
    """预算4.20万元，支出2.93万元。其中：…: parts that name no stage may part the amount named last before them."""
    first = min(sum_.parts, key=lambda f: f.place.start)
    if sum_.total.source == "table" or any(f.source == "table" or _STAGE_WORD.search(clause_before(f)) for f in sum_.parts):
        return None
    totals = [f for f in ledger.of(sum_.total.key) if (f.scope, f.year, f.place.block) == (sum_.total.scope, sum_.total.year, sum_.total.place.block)]
    before = [f for f in totals if f.source != "table" and f.place.paragraph == first.place.paragraph and f.place.start < first.place.start]
    nearest = max(before, key=lambda f: f.place.start, default=None)
    return Sum(nearest, sum_.parts, sum_.less, sum_.total_name) if nearest is not None and nearest is not sum_.total else None


_STAGE_WORD = re.compile(r"预算|决算|执行|支出")


def is_whole_list(sum_: Sum, comparison: Comparison) -> bool:
    """Whether a list that falls short of its total claims to be complete: not 主要 or 等, and most of the total."""
    if lists_only_some(sum_.parts):
        return False
    if any(f.source == "table" for f in sum_.parts) or len(sum_.parts) >= 3:
        return True
    return comparison.computed * 10 >= comparison.printed * 8


_MISTAKABLE = tuple(
    frozenset(pair)
    for pair in (
        ("expenditure.personnel", "expenditure.project"), ("expenditure.public", "expenditure.project"), ("expenditure.personnel", "expenditure.public"),
        ("expenditure.basic", "expenditure.project"), ("expenditure.total", "expenditure.basic"), ("funds.total", "expenditure.basic"),
        ("income.total", "expenditure.basic"), ("income.fiscal", "expenditure.basic"),
    )
)  # fmt: skip
"""Items of which one may have been printed in the place of the other."""


def find_repairs(sum_: Sum, comparison: Comparison, ledger: Ledger, profile: Profile) -> tuple[Repair, ...]:
    """The smallest repairs: cells that nothing else confirms, copied ones first."""
    confirmed = {id(f) for f in sum_.operands if _is_confirmed(f, sum_, ledger, profile)}
    return repairs(sum_, comparison, confirmed, copies([f for f in sum_.operands if id(f) not in confirmed], ledger.facts, _MISTAKABLE))


def _balanced(fact: Fact, moment: Moment, ledger: Ledger) -> bool:
    """Income and expenditure of a year that are one amount confirm each other."""
    other = {"income.total": SPENT, "income.fiscal": SPENT, "expenditure.total": ("income.total", "income.fiscal")}.get(fact.key, ())
    return any(same_amount(g.figure, fact.figure) for g in ledger.at(moment, *other))


def _is_confirmed(fact: Fact, sum_: Sum, ledger: Ledger, profile: Profile) -> bool:
    moment = ledger.moment(fact)
    again = [g for g in ledger.of(fact.key) if g.place != fact.place and (g.year or moment.year, g.scope) == (moment.year, moment.scope)]
    if any(same_amount(g.figure, fact.figure) for g in again) or _balanced(fact, moment, ledger):
        return True
    return any(
        holds and other.total is not sum_.total and any(fact is operand for operand in other.operands)
        for other, holds in all_sums(ledger, profile)
    )


def compositions(ledger: Ledger, parts: tuple[str, ...], other_totals: str) -> Iterator[tuple[list[Fact], list[Fact]]]:
    """The 按收入性质分 and 按支出性质分 of an overall form: (total funds of the table, parts), one pair per table.

    The composition names no stage of its own, so that it may belong to any of the three columns of the total.
    """
    for block in dict.fromkeys(_table(f) for f in ledger.of("funds.total") if f.source == "table" and not f.scope):
        own = [f for f in ledger.facts if f.source == "table" and _table(f) == block and not f.scope and f.figure.is_money]
        totals = [f for f in own if f.key == "funds.total"]
        found = [f for f in own if f.key in parts]
        if totals and found and not any(f.key in (other_totals, "funds.fiscal") for f in own):
            yield totals, list({(f.key, f.label): f for f in found}.values())


def _table(fact: Fact) -> tuple[str, int]:
    return fact.place.sheet, fact.place.block


def judge_composition(rule: str, case: Case, parts: tuple[str, ...], other_totals: str, name: str) -> Iterator[Outcome]:
    """The parts of an overall form against its 年度资金总额, at whichever stage they fit."""
    ledger = ledger_of(case.report)
    for totals, found in compositions(ledger, parts, other_totals):
        if not any(f.value for f in found):
            continue
        order = (Stage.BUDGET, Stage.EXECUTED, Stage.INITIAL, Stage.ADJUSTMENT, Stage.UNSTATED)
        totals.sort(key=lambda f: order.index(f.stage))
        sums = [Sum(t, tuple(found), (), name) for t in totals]
        holding = next((s for s in sums if s.holds(case.profile)), None)
        if holding is not None:
            yield passed(rule, holding, holding.compare(case.profile))
        elif not explained(sums[0], sums[0].compare(case.profile), ledger):
            comparison = sums[0].compare(case.profile)
            yield sum_finding(rule, Severity.ERROR, sums[0], comparison, find_repairs(sums[0], comparison, ledger, case.profile))
