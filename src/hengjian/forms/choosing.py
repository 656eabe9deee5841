"""Which official form a report goes into, and a report with several projects taken apart into one for each form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hengjian.core.report import Kind, Report
from hengjian.forms import FORMS
from hengjian.forms.form import Form


def form_for(report: Report) -> Form | None:
    """The form of the report's kind that shows the most of it; ``None`` when no form is made for the kind."""
    tables = [f for f in FORMS.values() if f.kind is report.kind and "xlsx" in f.formats]
    return max(tables, key=lambda f: _shown(f.prints(report)), default=None)


def _shown(report: Report) -> int:
    cells = sum(
        bool(i.weight) + bool(i.score) + bool(i.target.text) + bool(i.actual.text) + 1
        for i in report.indicators
    )
    return cells + len(report.facts) + len(report.totals) + len(report.projects)


def one_by_one(report: Report) -> Iterator[Report]:
    """The report itself when it is of one scope; else one report for the unit and one for each project with a form."""
    scopes = report.scopes()
    if len(scopes) < 2:
        yield report
        return
    for scope in scopes:
        yield _of_scope(report, scope)


def _of_scope(report: Report, scope: str) -> Report:
    kind = report.kind
    if scope and kind is Kind.OVERALL_SELF_EVALUATION:
        kind = Kind.PROJECT_SELF_EVALUATION
    elif scope and kind is Kind.OVERALL_TARGETS:
        kind = Kind.PROJECT_TARGETS
    return replace(
        report,
        kind=kind,
        facts=tuple(replace(f, whole=-1) for f in report.facts if f.scope == scope),
        projects=tuple(p for p in report.projects if p.name == scope),
        indicators=tuple(report.indicators_of(scope)),
        totals=tuple(t for t in report.totals if t.scope == scope),
        subtotals=tuple(s for s in report.subtotals if s.scope == scope),
        grades=tuple(g for g in report.grades if g.scope == scope),
        goal=report.goal
        if not scope
        else next((p.goal for p in report.projects if p.name == scope), report.goal),
    )
