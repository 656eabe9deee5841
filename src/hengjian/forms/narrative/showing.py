"""Which part of a report a narrative report shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hengjian.core.report import Fact, Report, Text
from hengjian.forms.binding import Scene, fact_binding, total_of
from hengjian.forms.figures import on_form
from hengjian.forms.form import Form
from hengjian.forms.narrative.outline import Entry, Outline
from hengjian.forms.narrative.telling import fill
from hengjian.forms.paper import printable
from hengjian.forms.showing import shown
from hengjian.forms.template import BINDING, load_template


def told(outline: Outline, scene: Scene, annexes: Sequence[Form], folder: Path) -> Report:
    """The figures, total and grade that the text states, its table, and everything that the attached forms show."""
    report = scene.report
    total = total_of(scene)
    plain = Report(
        kind=outline.kind,
        title=Text(fill(outline.title, scene).replace("⏎", "")),
        unit_name=Text(printable(report.unit_name.text).strip()),
        year=report.year,
        facts=tuple(facts_told(outline, scene)),
        bands=report.bands,
        totals=(replace(total, figure=on_form(total.figure), weight_total=None),) if total else (),
        indicators=shown(load_template(folder, outline.table), report).indicators if outline.table else (),
        grades=tuple(g for g in report.grades if g.scope == scene.scope),
        filed_on=report.filed_on,
    )
    return with_annexes(plain, [form.prints(report) for form in annexes])


def facts_told(outline: Outline, scene: Scene) -> list[Fact]:
    """Every fact that a sentence of the text states, in reading order, each once."""
    found: dict[Fact, None] = {}
    for entry in outline.entries:
        for fact in _facts_of(entry, scene):
            found[fact] = None
    return list(found)


def _facts_of(entry: Entry, scene: Scene) -> list[Fact]:
    if entry.mark == "+":
        key, *words = entry.filter.split()
        facts = [f for f in scene.report.below(key) if f.scope == scene.scope]
        return [
            replace(f, figure=on_form(f.figure, scene.money))
            for f in facts
            if not words or f.stage.value == words[0]
        ]
    if entry.mark in ("@", "*", "=") or not fill(entry.text, scene):
        return []
    bindings = [fact_binding(name) for name in BINDING.findall(entry.text)]
    return [fact for b in bindings if b is not None and (fact := b.shown(scene)) is not None]


def with_annexes(text: Report, annexes: Sequence[Report]) -> Report:
    """The text and its forms as one report: a fact stated in both stands once."""
    facts = dict.fromkeys(text.facts)
    for annex in annexes:
        facts.update(dict.fromkeys(annex.facts))
    first = next((a for a in annexes if a.indicators), Report())
    return replace(
        text,
        facts=tuple(facts),
        projects=tuple(p for a in annexes for p in a.projects),
        indicators=(*text.indicators, *(i for a in annexes for i in a.indicators)),
        goal=first.goal,
        goal_actual=first.goal_actual,
        filler=next((a.filler for a in annexes if a.filler), Text()),
        phone=next((a.phone for a in annexes if a.phone), Text()),
    )
