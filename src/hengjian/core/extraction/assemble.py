"""One Report from what tables, running text and the document's head say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hengjian.core.document import Document
from hengjian.core.extraction.identity import Identity, identify
from hengjian.core.extraction.prose import ProseYield, read_prose
from hengjian.core.extraction.prose.projects import core_name
from hengjian.core.extraction.sections import Located, locate, sections, texts_of_role
from hengjian.core.extraction.tables import TableYield, read_tables
from hengjian.core.extraction.titles import title_project
from hengjian.core.places import NOWHERE, Place
from hengjian.core.report import Claim, Fact, Indicator, Kind, Project, Report, Subtotal, unit_of_projects

_OVERALL_FIRST = (
    Kind.OVERALL_SELF_EVALUATION, Kind.OVERALL_TARGETS, Kind.MONITORING, Kind.PROJECT_SELF_EVALUATION, Kind.PROJECT_TARGETS,
    Kind.BASE_DATA,
)  # fmt: skip
"""Among several forms without a title of their own, the wider one names the document."""
_NOTHING = re.compile(r"(?:本项目|本单位|我局)?(?:暂)?(?:无|没有|不存在)(?:明显|其他|突出)?(?:的)?(?:问题)?(?:存在)?[。.]?")
"""The code of a budget unit before or after its name."""
_PROJECT_KEYS = ("funds.", "execution.", "score.", "receipt.", "change.", "plan.")


def extract(document: Document) -> Report:
    """Everything that a document says, as data. Figures that could not be placed are facts under ``unplaced``."""
    identity = identify(document)
    tables = read_tables(document, _titled_project(identity) != "")
    kind = _kind(identity, tables)
    year, year_place = (identity.year, identity.year_place) if identity.year else (tables.year, tables.year_place)
    own_project = _own_project(identity, tables, kind)
    located = locate(document, identity.title.compact)
    names = [p.name for p in tables.projects]
    prose = read_prose(located, year, project_document=own_project, about_project=_about_one(kind, tables), known=names, sets_targets=kind.is_targets)
    report = _with_no_problems(_report(identity, tables, prose, located))
    report = replace(report, kind=kind, year=year, year_place=year_place)
    return _scoped(report, own_project) if own_project else report


def _with_no_problems(report: Report) -> Report:
    """A problems section that says nothing but 无 claims that there are none."""
    if not _NOTHING.fullmatch(report.problems.compact) or any(c.kind == "no_problems" for c in report.claims):
        return report
    return replace(report, claims=(*report.claims, Claim("no_problems", report.problems)))


def _kind(identity: Identity, tables: TableYield) -> Kind:
    """By the document's title; forms without a title of their own are known by their blocks."""
    if identity.kind is not Kind.OTHER and identity.kind is not Kind.BASE_DATA:
        return identity.kind
    found = set(tables.kinds) | {identity.kind}
    return next((k for k in _OVERALL_FIRST if k in found), Kind.OTHER)


def _about_one(kind: Kind, tables: TableYield) -> bool:
    """Whether the whole document is about one project, be it named or not."""
    return kind in (Kind.PROJECT_SELF_EVALUATION, Kind.PROJECT_TARGETS) and len({p.name for p in tables.projects}) <= 1


def _titled_project(identity: Identity) -> str:
    """The project that the title of a project's report or targets names, or empty."""
    of_project = identity.kind in (Kind.PROJECT_SELF_EVALUATION, Kind.PROJECT_TARGETS)
    return title_project(identity.title, identity.unit_name.compact) if of_project else ""


def _own_project(identity: Identity, tables: TableYield, kind: Kind) -> str:
    """The one project that a project document is about, or empty."""
    if kind not in (Kind.PROJECT_SELF_EVALUATION, Kind.PROJECT_TARGETS, Kind.MONITORING):
        return ""
    names = list(dict.fromkeys(p.name for p in tables.projects if p.name))
    if names:
        return names[0] if len(names) == 1 else ""
    return title_project(identity.title, identity.unit_name.compact) if kind is not Kind.MONITORING else ""


def _report(identity: Identity, tables: TableYield, prose: ProseYield, located: Sequence[Located]) -> Report:
    unit = tables.unit_name or identity.unit_name or unit_of_projects(tables.projects)
    others = [t for t in (identity.unit_name, *identity.other_unit_names, *tables.other_unit_names) if t and t != unit]
    return Report(
        title=identity.title,
        unit_name=replace(unit, text=unit.compact),
        other_unit_names=tuple(dict.fromkeys(others)),
        facts=_merged_facts(tables.facts, prose.facts),
        projects=_merged_projects(tables.projects, prose.projects),
        indicators=tuple(sorted([*tables.indicators, *prose.indicators], key=_indicator_order)),
        goal=tables.goal,
        goal_actual=tables.goal_actual,
        bands=(*tables.bands, *prose.bands),
        totals=tuple(sorted([*tables.totals, *prose.totals], key=lambda t: _order(t.figure.place))),
        subtotals=(*tables.subtotals, *_subtotals_of_prose(tables, prose)),
        grades=tuple(sorted([*tables.grades, *prose.grades], key=lambda g: _order(g.label.place))),
        claims=tuple(prose.claims),
        sections=sections(located),
        problems=texts_of_role(located, "problems"),
        measures=texts_of_role(located, "measures"),
        filler=tables.filler or identity.filler,
        filed_on=tables.filed_on or identity.filed_on,
        phone=tables.phone or identity.phone,
        thrift_measures=tables.thrift_measures,
    )


def _subtotals_of_prose(tables: TableYield, prose: ProseYield) -> list[Subtotal]:
    """Where a table scores the same scope row by row, the points told in the text are its sums again."""
    scored = {i.project for i in tables.indicators if i.score}
    return [s for s in prose.subtotals if s.scope not in scored]


def _order(place: Place) -> tuple[int, int, int, int]:
    return (place.block, place.row, place.column, place.start)


def _indicator_order(indicator: Indicator) -> tuple[int, int, int, int]:
    place = indicator.place if indicator.place != NOWHERE else indicator.level3.place
    return (place.block, indicator.row or place.row, 0, place.start)


def _merged_facts(*lists: Sequence[Fact]) -> tuple[Fact, ...]:
    """All facts in reading order, with ``whole`` counting in the joined list."""
    tagged = [(fact, source, index) for source, facts in enumerate(lists) for index, fact in enumerate(facts)]
    tagged.sort(key=lambda t: (_order(t[0].place), t[1], t[2]))
    position = {(source, index): new for new, (_, source, index) in enumerate(tagged)}
    return tuple(
        replace(fact, whole=position[source, fact.whole]) if fact.whole >= 0 else fact for fact, source, _ in tagged
    )


def _merged_projects(tables: Sequence[Project], prose: Sequence[Project]) -> tuple[Project, ...]:
    """Projects with a form, then those that only the text names."""
    known = {core_name(p.name) for p in tables}
    return (*tables, *(p for p in prose if core_name(p.name) not in known))


def _scoped(report: Report, project: str) -> Report:
    """In a document about one project everything that speaks of no other belongs to it."""
    facts = tuple(replace(f, scope=project) if not f.scope and f.key.startswith(_PROJECT_KEYS) else f for f in report.facts)
    known = report.projects or (Project(project, has_form=False, place=report.title.place),)
    return replace(
        report,
        facts=facts,
        projects=known,
        indicators=tuple(replace(i, project=i.project or project) for i in report.indicators),
        totals=tuple(replace(t, scope=t.scope or project) for t in report.totals),
        grades=tuple(replace(g, scope=g.scope or project) for g in report.grades),
        subtotals=tuple(replace(s, scope=s.scope or project) for s in report.subtotals),
    )

