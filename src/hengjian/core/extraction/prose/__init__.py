"""The running text: facts, prose indicators, bands, totals, grades, claims and projects named in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from hengjian.core.extraction.prose.amounts import Amounts
from hengjian.core.extraction.prose.bands import Verdicts, read_verdicts
from hengjian.core.extraction.prose.claims import read_claims
from hengjian.core.extraction.prose.context import Context
from hengjian.core.extraction.prose.indicators import Harvest, read_indicators, under
from hengjian.core.extraction.prose.labels import find_labels
from hengjian.core.extraction.prose.lines import Line, squeeze, squeezed
from hengjian.core.extraction.prose.projects import core_name, heading_project, named_in, told_headings
from hengjian.core.extraction.sections import Heading, Located, level1_of, level_of
from hengjian.core.facts import UNPLACED
from hengjian.core.report import Band, Claim, Fact, Grade, Indicator, Project, Subtotal, Total

_SUBJECTS = ("expenditure.", "three_public.", "procurement.", "income.")
_POINTS = ("score.subtotal", "execution.score")
_GROUP_OF_PROJECTS = re.compile(r"(?:其他)?(?:运转类|特定目标类)(?!公用)(?:项目)?")
"""Groups of projects that no key stands for: their money is not that of the whole."""
_UNIT_CAPTION = re.compile(r"单位[：:]\s*(亿元|百万元|万元|千元|元)")


@dataclass
class ProseYield:
    """What the running text says. ``Fact.whole`` counts within ``facts``."""

    facts: list[Fact] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    subtotals: list[Subtotal] = field(default_factory=list)
    grades: list[Grade] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)


def read_prose(
    located: Sequence[Located], report_year: int | None, *,
    project_document: str = "", about_project: bool = False, known: Sequence[str] = (), sets_targets: bool = False,
) -> ProseYield:  # fmt: skip
    """Read every body paragraph once.

    ``project_document`` is the project that the whole document is about; ``known`` are the names of projects with a
    form, whose spelling wins over that of the text.
    """
    found = ProseYield()
    amounts = Amounts()
    spellings = {core_name(name): name for name in known}
    base = Context(report_year, sets_targets=sets_targets, about_project=about_project or bool(project_document))
    unit, told = "", told_headings(located)
    for item in located:
        if caption := _UNIT_CAPTION.search(item.paragraph.text):
            unit = caption[1] if len(item.paragraph.text) < 60 else unit
        elif item.heading is not None:
            unit = ""
        _read_paragraph(item, replace(base, unit=unit), project_document, spellings, told, sets_targets, amounts, found)
    found.facts = amounts.facts
    found.subtotals = [s for total in found.totals for s in _parts_of(total, amounts.facts)]
    return found


def _parts_of(total: Total, facts: Sequence[Fact]) -> list[Subtotal]:
    """The points of each part that stand in one paragraph with a total (“其中：产出48分、效益28分…”), or one by one before it.

    Three at least, and of the total's size: a list of some parts only, or of parts within parts, proves nothing.
    """
    spot = (total.figure.place.block, total.figure.place.paragraph)
    parts = [f for f in facts if f.key in _POINTS and (f.place.block, f.place.paragraph) == spot]
    if not parts:
        parts = [f for f in facts if f.key in _POINTS and f.scope == total.scope and f.label.endswith("得分") and _part_name(f) != f.label]
    summed = sum((f.value for f in parts), Decimal(0))
    if len(parts) < 3 or abs(summed - total.figure.value) > total.figure.value / 5:
        return []
    return [Subtotal(1, _part_name(f), score=f.figure, scope=total.scope) for f in parts]


def _part_name(fact: Fact) -> str:
    return "预算执行率" if fact.key == "execution.score" else level1_of(fact.label.removesuffix("得分")) or fact.label


def _read_paragraph(
    item: Located, base: Context, document_project: str, spellings: dict[str, str], told: set[int], sets_targets: bool,
    amounts: Amounts, found: ProseYield
) -> None:  # fmt: skip
    line = Line.of(item.paragraph.text, item.paragraph.place)
    if not line.text:
        return
    mention = named_in(item)
    project = mention.project if mention else heading_project(item.path, told)
    if project is not None:
        project = replace(project, name=spellings.setdefault(core_name(project.name), project.name))
    if project is not None and all(p.name != project.name for p in found.projects):
        found.projects.append(project)
    context = _context(item, base, project, document_project)
    start = mention.start if mention else item.start
    verdicts = read_verdicts(line, context.scope, context.in_indicators)
    wants_targets = sets_targets or context.role == "goals"
    bare_heading = item.heading is not None and not item.start
    harvest = Harvest() if bare_heading else read_indicators(
        line, context, start or _after_number(item), item.number, wants_targets
    )  # fmt: skip
    found.indicators.extend(harvest.indicators)
    taken = [*harvest.taken, *verdicts.taken]
    _add_verdicts(verdicts, line, context, amounts, found)
    amounts.facts.extend(_values(harvest, line, context))
    named = mention is not None or (project is not None and item.heading is not None)
    amounts.read(line, context, taken, squeezed(line, start) if named else 0)
    found.claims.extend(read_claims(line, context, sets_targets))


def _values(harvest: Harvest, line: Line, context: Context) -> Iterator[Fact]:
    """The figures of the indicators that a paragraph tells: they stand in no row of a table."""
    names = {f.place.start: i.name for i in harvest.indicators for f in (i.target.figure, i.target.upper, i.actual.figure, *i.target.also) if f}
    for number in dict.fromkeys(harvest.taken):
        place = number.figure.place
        group = f"{place.block}.{place.paragraph}.indicator"
        begin, end = next(((b, e) for b, e in line.sentences if b <= number.start < e), (0, len(line.text)))
        name = names.get(place.start, "")
        yield Fact("indicator.value", name, number.figure, scope=context.scope, group=group, sentence=line.words(begin, end))


def _after_number(item: Located) -> int:
    text = item.paragraph.text
    blanks = len(text) - len(text.lstrip())
    return blanks + len(item.number) if item.number and item.heading is None else 0


def _add_verdicts(verdicts: Verdicts, line: Line, context: Context, amounts: Amounts, found: ProseYield) -> None:
    """Totals and band limits are facts too, so that every printed figure is listed."""
    found.bands.extend(verdicts.bands)
    found.grades.extend(verdicts.grades)
    group = f"{line.place.block}.{line.place.paragraph}.verdict"
    sentence = line.words(0, len(line.text))
    for figure in verdicts.limits:
        amounts.facts.append(Fact("score.band", "等级分界", figure, scope=context.scope, group=group, sentence=sentence))
    for total, number in verdicts.totals:
        found.totals.append(total)
        figure = replace(number.figure, unit="分")
        amounts.facts.append(Fact("score.total", "总分", figure, scope=context.scope, group=group, sentence=sentence))


def _context(item: Located, base: Context, project: Project | None, document_project: str) -> Context:
    level1, level2 = _levels(item.path)
    subject = _subject(item.path)
    scope = project.name if project else document_project
    if (scope or base.about_project) and not subject[0].startswith("three_public"):
        subject = ("funds.total", "项目资金")
    return replace(
        base, side=_side(item.path), scope=scope, subject=subject, role=item.role, level1=level1, level2=level2,
    )  # fmt: skip


def _levels(path: Sequence[Heading]) -> tuple[str, str]:
    """Canonical indicator levels of the headings above."""
    level1 = level2 = ""
    for heading in path:
        level, std = level_of(heading.plain)
        if level == 1:
            level1, level2 = std, ""
        elif level == 2:
            level1, level2 = under(std, level1), std
    return level1, level2


def _side(path: Sequence[Heading]) -> str:
    for heading in reversed(path):
        income, spent = "收入" in heading.plain, "支出" in heading.plain
        if income != spent and "收支" not in heading.plain:
            return "income" if income else "expenditure"
    return ""


def _subject(path: Sequence[Heading]) -> tuple[str, str]:
    """The amount that the innermost heading names (“1.基本支出情况”)."""
    if not path:
        return "", ""
    heading = squeeze(path[-1].plain)
    if match := _GROUP_OF_PROJECTS.search(heading):
        return UNPLACED, match[0]
    for label in find_labels(heading):
        key = label.meaning.key
        if key.startswith(_SUBJECTS) and key not in ("expenditure.total", "income.total"):
            return key, heading[label.start : label.end]
    return "", ""
