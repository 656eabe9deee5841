"""A-32 and A-33: the spending plan over the year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Finding, Outcome, Passed, Repair, Severity, witness
from hengjian.core.audit.ledger import ledger_of
from hengjian.core.figures import plain
from hengjian.core.report import Fact

_MONTH = re.compile(r"(\d{1,2})\s*月")
_QUARTERS = {"一季度": 3, "二季度": 6, "三季度": 9, "四季度": 12, "上半年": 6, "半年": 6, "全年": 12, "年底": 12}
USUAL_THRESHOLDS = {10: Decimal(80)}
"""A plan below this is worth a note where the profile sets nothing (fact sheet §8.1, A-33)."""


def _month(fact: Fact) -> int | None:
    found = _MONTH.findall(fact.label)
    if found:
        return int(found[-1])
    return next((m for word, m in _QUARTERS.items() if word in fact.label), None)


def _plans(case: Case) -> dict[str, list[tuple[int, Fact]]]:
    """The cumulative percentages of each project by month; plans in shares of single quarters are left out."""
    plans: dict[str, list[tuple[int, Fact]]] = defaultdict(list)
    for fact in ledger_of(case.report).of("plan.percent"):
        month = _month(fact)
        if month is not None:
            plans[fact.scope].append((month, fact))
    ordered = {scope: sorted(plan, key=lambda p: p[0]) for scope, plan in plans.items()}
    return {scope: plan for scope, plan in ordered.items() if not _in_shares(plan)}


def _in_shares(plan: list[tuple[int, Fact]]) -> bool:
    """Shares of single quarters add to 100 %; cumulative figures do not, but for a plan of one step."""
    by_quarter = all("季度" in f.label for _, f in plan)
    return len(plan) > 1 and by_quarter and sum((f.value for _, f in plan), Decimal(0)) == 100


@rule(
    "A-32", title="资金支出计划逐期递增且不超过100%", english="The spending plan rises and ends at 100 % at most", severity=Severity.ERROR,
    basis=Basis.FORM, source="《项目绩效目标申报表》资金支出计划（%）", bad="3月底25%、6月底60%、10月底50%。", good="3月底25%、6月底50%、10月底80%。",
)  # fmt: skip
def plan_rises(case: Case) -> Iterator[Outcome]:
    """资金支出计划是累计数：3月底≤6月底≤10月底≤100%。"""
    for plan in _plans(case).values():
        broken = False
        for (_, before), (_, after) in pairwise(plan):
            if after.value < before.value:
                broken = True
                yield _falls(before, after)
        for _, fact in plan:
            if fact.value > 100 or fact.value < 0:
                broken = True
                yield _beyond(fact)
        if not broken and len(plan) > 1:
            yield Passed("A-32", " ≤ ".join([*(plain(f.value) for _, f in plan), "100"]) + " %", tuple(f.place for _, f in plan))


def _falls(before: Fact, after: Fact) -> Finding:
    said, expected = f"{after.value:f}", f"{before.value:f}"
    return Finding(
        "A-32", Severity.ERROR, "资金支出计划是累计数，{after}的{said}%小于{before}的{expected}%。",
        (witness("later", after), witness("earlier", before)),
        {"after": after.label, "before": before.label, "said": said, "expected": expected}, said, expected, plain(before.value - after.value),
        (Repair(after.place, said, expected, after.label), Repair(before.place, expected, said, before.label)),
    )  # fmt: skip


def _beyond(fact: Fact) -> Finding:
    return Finding(
        "A-32", Severity.ERROR, "资金支出计划{label}为{said}%，应在0至100%之间。", (witness("plan", fact),),
        {"label": fact.label, "said": f"{fact.value:f}"}, f"{fact.value:f}", "100", plain(abs(fact.value - 100)),
    )  # fmt: skip


@rule(
    "A-33", title="资金支出计划低于监控进度要求", english="The spending plan is below the monitoring threshold", severity=Severity.NOTE,
    basis=Basis.PRACTICE, source="地方绩效运行监控预警线，见口径配置", bad="10月底计划支出75%，同批项目均为80%。", good="10月底计划支出80%。",
)  # fmt: skip
def plan_meets_thresholds(case: Case) -> Iterator[Outcome]:
    """计划进度低于监控线：口径配置设有预警线或同批项目计划更高的为中，其他为低。"""
    plans = _plans(case)
    declared = dict(case.profile.plan_thresholds)
    for scope, plan in plans.items():
        for month, fact in plan:
            limit = declared.get(month, None if declared else USUAL_THRESHOLDS.get(month))
            if limit is None or fact.value >= limit or fact.value < 0:
                continue
            siblings = [f for s, p in plans.items() if s != scope for m, f in p if m == month]
            ahead = bool(siblings) and all(f.value > fact.value for f in siblings)
            yield _below(fact, limit, Severity.WARNING if declared or ahead else Severity.NOTE, siblings if ahead else [])


def _below(fact: Fact, limit: Decimal, severity: Severity, siblings: list[Fact]) -> Finding:
    wording = "资金支出计划{label}为{said}%，低于{limit}%的监控进度" + ("，同批其他项目均高于此数。" if siblings else "。")
    return Finding(
        "A-33", severity, wording, (witness("plan", fact), *(witness("sibling", f) for f in siblings[:3])),
        {"label": fact.label, "said": f"{fact.value:f}", "limit": plain(limit)}, f"{fact.value:f}", plain(limit), plain(limit - fact.value),
    )  # fmt: skip
