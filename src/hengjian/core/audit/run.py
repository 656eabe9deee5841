"""Running the rules over one case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hengjian.core.audit.catalogue import Case, Rule, all_rules
from hengjian.core.audit.finding import Finding, NotChecked, Outcome, Passed
from hengjian.core.audit.grouping import grouped
from hengjian.core.audit.merge import merge
from hengjian.core.audit.repairs import with_smallest_repairs


@dataclass(frozen=True)
class Audit:
    """Every outcome of one case. What was not checked stands beside the findings, never among the passes."""

    findings: tuple[Finding, ...] = ()
    passed: tuple[Passed, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    not_applicable: tuple[str, ...] = field(default=())
    """Codes of rules that found nothing to look at."""


def by_default(rule: Rule) -> bool:
    """The rules that run when nobody selects."""
    return rule.default


def audit(case: Case, select: Callable[[Rule], bool] | None = None) -> Audit:
    """Judge a case by every selected rule. Findings come in reading order, then by code."""
    outcomes: list[Outcome] = []
    silent: list[str] = []
    for rule in all_rules():
        if not (select or by_default)(rule):
            continue
        answers = list(rule.check(case))
        outcomes.extend(answers)
        if not answers:
            silent.append(rule.code)
    return _sorted(case, outcomes, silent)


def _sorted(case: Case, outcomes: list[Outcome], silent: list[str]) -> Audit:
    findings = merge([o for o in outcomes if isinstance(o, Finding)])
    findings.sort(key=lambda f: (f.place.block, f.place.row, f.place.column, f.place.start, f.rule))
    return Audit(
        tuple(grouped(with_smallest_repairs(case, findings))),
        tuple(o for o in outcomes if isinstance(o, Passed)),
        tuple(o for o in outcomes if isinstance(o, NotChecked)),
        tuple(silent),
    )
