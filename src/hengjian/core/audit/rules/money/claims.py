"""A-27 and A-28: what the words claim and what the figures say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib import resources

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Finding, Outcome, Passed, Severity, witness
from hengjian.core.audit.ledger import Ledger, Moment, ledger_of
from hengjian.core.audit.reasons import explains_change, is_future
from hengjian.core.audit.sums import in_printed_unit, shown
from hengjian.core.figures import compare_sum, plain, round_half_up
from hengjian.core.report import Claim, Fact, Stage


@cache
def _subjects() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """(words, keys of what they name or hold), from ``subjects.toml``."""
    data = tomllib.loads((resources.files(__package__) / "subjects.toml").read_text("utf-8"))
    return tuple((tuple(entry["words"]), tuple(entry["keys"])) for entry in data["subject"])


def _named(claim: Claim) -> tuple[str, ...]:
    """The keys of the items that a claim names, or that the class which it names holds."""
    keys = [k for words, held in _subjects() if any(w in claim.text.compact for w in words) for k in held]
    by_subject = [k for _, held in _subjects() if claim.subject and claim.subject == held[0] for k in held]
    return tuple(dict.fromkeys([*keys, *by_subject, *([claim.subject] if claim.subject else [])]))


@rule(
    "A-27", title="“压减、节约”的表述与数字不符", english="A claim of thrift against growth", severity=Severity.WARNING, basis=Basis.ARITHMETIC,
    source="《党政机关厉行节约反对浪费条例》；审核经验：结论须有数字支持",
    bad="一般性支出按要求压减；公用经费上年20万元、本年30万元。", good="一般性支出按要求压减；公用经费上年30万元、本年28万元。",
)  # fmt: skip
def thrift_is_seen_in_figures(case: Case) -> Iterator[Outcome]:
    """称某项支出已经压减或节约，而该项或其所含项目比上年增长5%以上（以口径配置为准）。"""
    ledger = ledger_of(case.report)
    told: set[str] = set()
    for claim in case.report.claims:
        if claim.kind != "thrift" or claim.scope or is_future(claim.text.text):
            continue
        grown = [g for key in _named(claim) if key not in told for g in _growth(ledger, key, case.profile.growth_claim_limit)]
        if grown and not explains_change(case, *(now.label for _, now, _ in grown)):
            told.update(now.key for _, now, _ in grown)
            yield _contradicted(claim, grown)


def _growth(ledger: Ledger, key: str, limit: Decimal) -> Iterator[tuple[Fact, Fact, Decimal]]:
    """(last year, this year, growth in percent) of an item that grew by more than ``limit``."""
    year = ledger.report.year
    if year is None:
        return
    before = ledger.one(Moment(year - 1, Stage.EXECUTED, ""), key)
    now = ledger.one(Moment(year, Stage.EXECUTED, ""), key)
    if before is None or now is None or not before.value or not before.figure.is_money or not now.figure.is_money:
        return
    growth = (now.figure.yuan - before.figure.yuan) * 100 / before.figure.yuan
    if growth > limit:
        yield before, now, growth


def _contradicted(claim: Claim, grown: list[tuple[Fact, Fact, Decimal]]) -> Finding:
    told = "；".join(
        f"{now.label}由{before.value:f}增至{now.value:f}{now.figure.unit}，增长{round_half_up(rate):f}%" for before, now, rate in grown
    )
    before, now, _ = grown[0]
    sides = [w for b, n, _ in grown for w in (witness("last_year", b), witness("this_year", n))]
    return Finding(
        "A-27", Severity.WARNING, "报告称“{claim}”，但{told}。", (witness("claim", claim.text), *sides),
        {"claim": _short(claim.text.text), "told": told}, f"{now.value:f}", shown(before.figure, now.figure.unit),
        in_printed_unit(now.figure.yuan - before.figure.yuan, now.figure),
    )  # fmt: skip


def _short(text: str) -> str:
    plain_text = "".join(text.split())
    return plain_text if len(plain_text) <= 40 else plain_text[:39] + "…"


_ABOUT_MONEY = re.compile(r"预算|概算|支出|经费|资金|费用|开支|批复金额|成本")
_WHOLE = ("expenditure.total", "funds.total", "income.total", "income.fiscal", "expenditure.basic")


@rule(
    "A-28", title="“未超预算”的表述与数字不符", english="A claim of keeping to the budget against the figures", severity=Severity.WARNING,
    basis=Basis.ARITHMETIC, source="《预算法》第十三条；审核经验：结论须有数字支持",
    bad="严格按预算执行；年初预算200万元，执行500万元，未说明追加。", good="严格按预算执行；全年预算200万元，执行198万元。",
)  # fmt: skip
def budget_claims_hold(case: Case) -> Iterator[Outcome]:
    """称未超预算，而执行数大于调整后预算；或称严格按预算执行，而执行数超过年初预算1.3倍且未说明原因。"""
    ledger = ledger_of(case.report)
    for claim in case.report.claims:
        if claim.kind != "within_budget" or is_future(claim.text.text) or not _ABOUT_MONEY.search(claim.text.compact):
            continue
        outcome = _checked(case, ledger, claim)
        if outcome is not None:
            yield outcome
            if isinstance(outcome, Finding):
                return


def _checked(case: Case, ledger: Ledger, claim: Claim) -> Outcome | None:
    keys = (claim.subject,) if claim.subject and claim.subject not in _WHOLE else _WHOLE
    levels = [level for key in keys for level in _levels(ledger, key, claim.scope)]
    for executed, budget, initial in levels:
        if budget is not None and compare_sum([executed.figure], budget.figure).differs and executed.figure.yuan > budget.figure.yuan:
            return _exceeded(claim, executed, budget, "全年预算数")
        if initial is None:
            continue
        item = keys is not _WHOLE and budget is None and compare_sum([executed.figure], initial.figure).differs
        if (item and executed.figure.yuan > initial.figure.yuan) or _far_above(case, executed, initial):
            return _exceeded(claim, executed, initial, "年初预算数")
    if levels:
        executed, budget, initial = levels[0]
        limit = budget or initial
        if limit is not None:
            return Passed("A-28", f"{executed.value:f} 对 {limit.value:f} {limit.figure.unit}", (claim.text.place, executed.place, limit.place))
    return None


def _far_above(case: Case, executed: Fact, initial: Fact) -> bool:
    return executed.figure.yuan * 10 > initial.figure.yuan * 13 and not explains_change(case)


def _levels(ledger: Ledger, key: str, scope: str) -> Iterator[tuple[Fact, Fact | None, Fact | None]]:
    """(executed, adjusted budget, budget of the year's start) of one item in the report's year."""
    year = ledger.report.year
    executed = ledger.one(Moment(year, Stage.EXECUTED, scope), key)
    budget = ledger.one(Moment(year, Stage.BUDGET, scope), key)
    initial = ledger.one(Moment(year, Stage.INITIAL, scope), key)
    facts = [f for f in (executed, budget, initial) if f is not None]
    if executed is not None and len(facts) > 1 and all(f.figure.is_money for f in facts) and (initial is None or initial.value):
        yield executed, budget, initial


def _exceeded(claim: Claim, executed: Fact, limit: Fact, words: str) -> Finding:
    unit = executed.figure.unit
    said, expected = f"{executed.value:f}", shown(limit.figure, unit)
    gap = in_printed_unit(executed.figure.yuan - limit.figure.yuan, executed.figure)
    percent = plain(round_half_up(executed.figure.yuan * 100 / limit.figure.yuan)) if limit.value else "—"
    return Finding(
        "A-28", Severity.WARNING, "报告称“{claim}”，但执行数{said}{unit}为{words}{expected}{unit}的{percent}%，多{difference}{unit}。",
        (witness("claim", claim.text), witness("executed", executed), witness("budget", limit)),
        {"claim": _short(claim.text.text), "said": said, "expected": expected, "unit": unit, "words": words, "percent": percent, "difference": gap},
        said, expected, gap,
    )  # fmt: skip
