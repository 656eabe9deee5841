"""The whole judgement of a case: rules, one finding where two see one cell, smallest repairs, groups of one cause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hengjian.core.audit.catalogue import Case, Rule
from hengjian.core.audit.grouping import grouped
from hengjian.core.audit.merge import merge
from hengjian.core.audit.repairs import with_smallest_repairs
from hengjian.core.audit.run import Audit, audit


def judge(case: Case, select: Callable[[Rule], bool] | None = None) -> Audit:
    """Every selected rule over the case, and what its findings have to do with each other."""
    found = audit(case, select)
    findings = with_smallest_repairs(case, merge(found.findings))
    return replace(found, findings=tuple(grouped(findings)))
