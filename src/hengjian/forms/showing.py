"""Which part of a report a declared form shows: what the names in its description reach, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hengjian.core.figures import Figure
from hengjian.core.report import (
    Actual,
    Fact,
    Indicator,
    Operator,
    Project,
    Report,
    Target,
    Text,
    Total,
    unit_of_projects,
)
from hengjian.forms.binding import (
    PROJECT_TEXTS,
    REPORT_TEXTS,
    Scene,
    actual_text,
    fact_binding,
    target_text,
    total_of,
)
from hengjian.forms.compiling import line_of, scenes, tree
from hengjian.forms.figures import on_form
from hengjian.forms.paper import Style, printable
from hengjian.forms.template import Template


def shown(template: Template, report: Report) -> Report:
    """The report as far as the form prints it: amounts in the unit of the form, indicators in its order."""
    names = list(dict.fromkeys(template.bindings))
    sheets = scenes(template, report)
    texts: dict[str, Any] = {name: _clean(getattr(report, name)) for name in REPORT_TEXTS if name in names}
    plain = Report(
        kind=template.kind,
        title=_title(template, sheets[0]),
        year=report.year if any(n.startswith("year") for n in names) else None,
        facts=tuple(fact for scene in sheets for fact in _facts(names, scene)),
        projects=tuple(_project(names, s.project) for s in sheets if s.project)
        if template.per_project
        else (),
        indicators=tuple(i for scene in sheets for i in _indicators(template, names, scene)),
        totals=tuple(t for scene in sheets for t in _totals(names, scene)),
    )
    named = replace(plain, **texts)
    # A project form has no field for whose report it is: a reader takes the body that carries the project out.
    return named if named.unit_name else replace(named, unit_name=unit_of_projects(named.projects))


def _clean(text: Text) -> Text:
    return Text(printable(text.text).strip())


def _title(template: Template, scene: Scene) -> Text:
    lines = [line_of(line, scene) for line in template.above]
    return Text(next((line.text for line in lines if line.style is Style.TITLE), ""))


def _facts(names: list[str], scene: Scene) -> Iterator[Fact]:
    for name in names:
        binding = fact_binding(name)
        fact = binding.shown(scene) if binding else None
        if fact is not None:
            yield fact


def _project(names: list[str], project: Project) -> Project:
    texts: dict[str, Any] = {
        field: _clean(getattr(project, field)) for field in PROJECT_TEXTS[1:] if f"project.{field}" in names
    }
    return replace(Project(printable(project.name).strip()), **texts)


def _indicators(template: Template, names: list[str], scene: Scene) -> Iterator[Indicator]:
    if "level3" not in names:
        return
    for level1, level2, indicators in tree(template, scene.report.indicators_of(scene.scope, "table")):
        for indicator in indicators:
            yield _indicator(names, indicator, level1, level2)


def _indicator(names: list[str], given: Indicator, level1: str, level2: str) -> Indicator:
    def text(name: str) -> Text:
        return _clean(getattr(given, name)) if name in names else Text()

    def score(name: str) -> Figure | None:
        value: Figure | None = getattr(given, name)
        return on_form(value) if name in names and value is not None else None

    target = replace(given.target, text=Text(printable(target_text(given.target)).strip()))
    actual = Actual(
        Text(printable(actual_text(given.actual.text, given.actual.figure)).strip()), given.actual.figure
    )
    return Indicator(
        text("level3"), level1, given.level1_std, level2, given.level2_std, given.project, text("description"),
        target if "target" in names else Target(Operator.NONE),
        actual if "actual" in names else Actual(),
        score("weight"), score("score"), text("reason"), text("basis"), text("standard"),
    )  # fmt: skip


def _totals(names: list[str], scene: Scene) -> Iterator[Total]:
    total = total_of(scene)
    if total is not None and "total" in names:
        weight = on_form(total.weight_total) if total.weight_total and "weight_total" in names else None
        yield Total(on_form(total.figure), total.scope, weight)
