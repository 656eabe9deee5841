"""From the names in a form description to what is printed there.

``{unit_name}`` and the other texts of a report; ``{project.name}``; ``{year}``, ``{year-1}``; ``{money}`` (the unit of
the form); ``{total}`` and ``{weight_total}``; inside an ``each`` row the fields of the indicator (``{level1}``,
``{target}`` …; ``{level2:each}`` repeats in every row what ``{level2}`` merges); and every fact by its key, with a
stage and a year where the form asks for one: ``{funds.total budget}``, ``{expenditure.public executed -1}``; ``+0`` says that the form
prints the report's own year there. ``{left}`` and ``{bold}`` only say how the cell stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from hengjian.core.facts import fact_key
from hengjian.core.figures import Figure
from hengjian.core.report import Fact, Indicator, Operator, Project, Report, Stage, Target, Text, Total
from hengjian.forms.figures import on_form, printed, spreadsheet_number
from hengjian.forms.paper import Align, Printed, printable
from hengjian.forms.template import BINDING

REPORT_TEXTS = ("unit_name", "goal", "goal_actual", "filler", "filed_on", "phone", "thrift_measures")
PROJECT_TEXTS = ("name", "code", "department", "unit", "purpose", "goal", "goal_actual", "nature")
MARKS = {"left": Align.LEFT, "centre": Align.CENTRE, "right": Align.RIGHT}
_CODES = ("project.code", "phone")
_SIGNS = {Operator.AT_LEAST: "≥", Operator.AT_MOST: "≤", Operator.EQUAL: ""}
_SHORT = 12
"""Half-width characters up to which a word of an indicator row is centred."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the bindings of one sheet look at."""

    report: Report
    money: str
    project: Project | None = None
    indicator: Indicator | None = None

    @property
    def scope(self) -> str:
        return self.project.name if self.project else ""

    def at(self, indicator: Indicator) -> Scene:
        return replace(self, indicator=indicator)


@dataclass(frozen=True, slots=True)
class FactBinding:
    """A fact that a form shows: key, stage (``None``: any) and the year that the form prints beside it.

    The year is relative to the report's; ``None`` where the form says none and means the report's own.
    """

    key: str
    stage: Stage | None = None
    year: int | None = None
    label: str = ""
    """What the fact's own label must be, where one key has several: ``@3月底``."""

    def find(self, scene: Scene) -> Fact | None:
        own = scene.report.year
        wanted = None if own is None else own + (self.year or 0)
        for fact in scene.report.find(self.key, stage=self.stage, scope=scene.scope):
            own_year = fact.year == wanted or (fact.year is None and not self.year)
            if own_year and self.label in ("", fact.label):
                return fact
        return None

    def shown(self, scene: Scene) -> Fact | None:
        """The fact as a reader of the form gets it back: in the form's unit, with a year only where one is printed."""
        fact = self.find(scene)
        if fact is None:
            return None
        year = None if self.year is None or scene.report.year is None else scene.report.year + self.year
        return replace(fact, figure=on_form(fact.figure, scene.money), year=year)


def fact_binding(name: str) -> FactBinding | None:
    """The fact that a binding names, or ``None`` when it names something else. Raises ``ValueError`` for a typo."""
    key, *words = name.split()
    try:
        fact_key(key)
    except KeyError:
        return None
    stage: Stage | None = None
    year: int | None = None
    label = ""
    for word in words:
        if word.startswith("@"):
            label = word[1:]
        elif word.lstrip("+-").isdigit():
            year = int(word)
        else:
            stage = Stage(word)
    return FactBinding(key, stage, year, label)


def fill(text: str, scene: Scene) -> Printed:
    """What a cell or line of the description prints: fixed words and bindings, put together.

    A cell that is one binding keeps that binding's number and alignment; fixed words alone are a label, centred.
    """
    names = BINDING.findall(text)
    marks = [n for n in names if n in MARKS or n == "bold"]
    for mark in marks:
        text = text.replace("{" + mark + "}", "")
    align = next((MARKS[m] for m in marks if m in MARKS), None)
    only = BINDING.fullmatch(text)
    if only is not None:
        content = resolve(only[1], scene)
    else:
        words = BINDING.sub(lambda m: resolve(m[1], scene).text, text)
        label = "bold" in marks or len(names) == len(marks)
        content = Printed(words, align=Align.CENTRE if label else Align.LEFT)
        content = replace(content, number=spreadsheet_number(words) if not names else None)
    return replace(content, align=align or content.align, bold="bold" in marks)


def resolve(name: str, scene: Scene) -> Printed:
    """What one binding prints; nothing where the report does not say. Raises ``ValueError`` for an unknown name."""
    if name.startswith("year"):
        return _year(name, scene)
    if name == "money":
        return Printed(scene.money)
    if name in INDICATOR_FIELDS:
        if scene.indicator is None:
            return Printed()
        return _spreadsheet(INDICATOR_FIELDS[name](scene.indicator), centred=name.startswith("level"))
    if name in ("total", "weight_total"):
        return _figure(_total(name, scene), scene, Align.CENTRE)
    binding = fact_binding(name)
    if binding is not None:
        fact = binding.find(scene)
        return _figure(
            fact.figure if fact else None,
            scene,
            Align.RIGHT if fact and fact.figure.is_money else Align.CENTRE,
        )
    return _text(name, scene)


def _year(name: str, scene: Scene) -> Printed:
    if scene.report.year is None:
        return Printed("    ")
    return Printed(str(scene.report.year + int(name.removeprefix("year") or "0")), align=Align.CENTRE)


def total_of(scene: Scene) -> Total | None:
    return next((t for t in scene.report.totals if t.scope == scene.scope), None)


def _total(name: str, scene: Scene) -> Figure | None:
    total = total_of(scene)
    if total is None:
        return None
    return total.figure if name == "total" else total.weight_total


def _figure(figure: Figure | None, scene: Scene, align: Align) -> Printed:
    if figure is None:
        return Printed(align=align)
    text = on_form(figure, scene.money).text
    return Printed(text, spreadsheet_number(text), align)


def _text(name: str, scene: Scene) -> Printed:
    head, _, field = name.partition(".")
    if head == "project" and field in PROJECT_TEXTS:
        value = getattr(scene.project, field) if scene.project else ""
    elif name in REPORT_TEXTS:
        value = getattr(scene.report, name)
    else:
        raise ValueError(f"a form names {name!r}, which nothing is called")
    return Printed(printable(str(value)), align=Align.LEFT, code=name in _CODES)


def target_text(target: Target) -> str:
    """A target as it stands in its cell: its own words, or sign, number and unit."""
    if target.text.text or target.figure is None:
        return target.text.text
    return f"{_SIGNS.get(target.operator, '')}{_with_unit(target.figure)}"


def actual_text(text: Text, figure: Figure | None) -> str:
    return text.text if text.text or figure is None else _with_unit(figure)


def _with_unit(figure: Figure) -> str:
    return printed(figure) + ("" if figure.unit == "%" else figure.unit)


def _score(figure: Figure | None) -> str:
    return "" if figure is None else printed(figure)


INDICATOR_FIELDS: dict[str, Callable[[Indicator], str]] = {
    "level1": lambda i: i.level1 or i.level1_std,
    "level2": lambda i: i.level2 or i.level2_std,
    "level2:each": lambda i: i.level2 or i.level2_std,
    "level3": lambda i: i.level3.text,
    "description": lambda i: i.description.text,
    "target": lambda i: target_text(i.target),
    "actual": lambda i: actual_text(i.actual.text, i.actual.figure),
    "weight": lambda i: _score(i.weight),
    "score": lambda i: _score(i.score),
    "reason": lambda i: i.reason.text,
    "basis": lambda i: i.basis.text,
    "standard": lambda i: i.standard.text,
}


def _spreadsheet(text: str, *, centred: bool) -> Printed:
    text = printable(text)
    short = centred or sum(1 if ord(c) < 0x2E80 else 2 for c in text) <= _SHORT
    return Printed(text, spreadsheet_number(text), Align.CENTRE if short else Align.LEFT)
