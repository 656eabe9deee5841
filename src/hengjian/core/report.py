"""What a performance report says: funds, staff, projects, indicators, scores, grade, claims.

Every leaf is a Figure or a Text with its Place. Places are left out of ``==``, so that a report can be compared
with what was read back from its own printed form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from hengjian.core.figures import Figure
from hengjian.core.places import NOWHERE, Place


class Kind(StrEnum):
    """What a document is."""

    OVERALL_SELF_EVALUATION = "overall_self_evaluation"
    PROJECT_SELF_EVALUATION = "project_self_evaluation"
    OVERALL_TARGETS = "overall_targets"
    PROJECT_TARGETS = "project_targets"
    BASE_DATA = "base_data"
    MONITORING = "monitoring"
    OTHER = "other"

    @property
    def is_self_evaluation(self) -> bool:
        return self in (Kind.OVERALL_SELF_EVALUATION, Kind.PROJECT_SELF_EVALUATION)

    @property
    def is_targets(self) -> bool:
        return self in (Kind.OVERALL_TARGETS, Kind.PROJECT_TARGETS)


class Stage(StrEnum):
    """At which point of the budget year an amount stands. Empty when the document does not say."""

    UNSTATED = ""
    INITIAL = "initial"
    """年初预算数"""
    ADJUSTMENT = "adjustment"
    """追加、调整额: a movement, not a level"""
    BUDGET = "budget"
    """全年预算数、调整预算数 (the level after adjustment)"""
    EXECUTED = "executed"
    """全年执行数、决算数、实际支出; for income: received"""


class Operator(StrEnum):
    """The direction of a target, as printed or in its words."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="
    QUALITATIVE = "qualitative"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Text:
    """Printed words and where they stand. Truthy when there are any."""

    text: str = ""
    place: Place = field(default=NOWHERE, compare=False)

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def __str__(self) -> str:
        return self.text

    @property
    def compact(self) -> str:
        return "".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure outside the indicator rows, with what it is a figure of.

    ``key`` is one of ``facts.FACT_KEYS`` (or a path below one); ``label`` the printed words; ``year`` the year the
    amount belongs to (``None``: not said); ``scope`` the project, empty for the whole unit. ``group`` ties the figures
    of one sentence or table block; ``whole`` names the index in ``Report.facts`` of the amount that this one is an
    其中 of, or -1.
    """

    key: str
    label: str
    figure: Figure
    stage: Stage = Stage.UNSTATED
    year: int | None = None
    scope: str = ""
    group: str = field(default="", compare=False)
    whole: int = field(default=-1, compare=False)
    source: str = field(default="prose", compare=False)
    """``table`` or ``prose``."""
    sentence: Text = field(default=Text(), compare=False)
    """The sentence (prose) or the row label (table) in which it stands."""
    subject: str = field(default="", compare=False)
    """For a change, a share or a rate: the key of the amount that it is about, where the words say so."""

    @property
    def place(self) -> Place:
        return self.figure.place

    @property
    def value(self) -> Decimal:
        return self.figure.value


@dataclass(frozen=True, slots=True)
class Target:
    """A typed target: direction, number and unit, or words.

    ``figure`` is the number with its unit (``None`` for words). ``also`` holds further numbers of the same cell
    (“≥95完成率达到95%”); ``upper`` the upper end of a range. ``printed_operator`` is the sign or word found, empty
    when a bare number was read as ``=``. ``strict`` is true for > and <.
    """

    operator: Operator
    text: Text = Text()
    figure: Figure | None = None
    upper: Figure | None = None
    also: tuple[Figure, ...] = ()
    printed_operator: str = field(default="", compare=False)
    strict: bool = field(default=False, compare=False)

    @property
    def is_numeric(self) -> bool:
        return self.figure is not None and self.operator in (Operator.AT_LEAST, Operator.AT_MOST, Operator.EQUAL)


@dataclass(frozen=True, slots=True)
class Actual:
    """An achieved value as printed, with its number when it has one."""

    text: Text = Text()
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: a row of a table, or a statement in prose.

    ``level1`` and ``level2`` are printed text without blanks, carried down from merged cells; the ``_std`` names are
    canonical (产出指标, 数量指标 …; empty when unknown). ``project`` is the scope, empty for the whole unit.
    ``columns`` names the columns that the table has (``target``, ``actual``, ``weight``, ``score``, ``reason``,
    ``basis``, ``description``), so that an empty cell can be told from a missing column.
    """

    level3: Text
    level1: str = ""
    level1_std: str = ""
    level2: str = ""
    level2_std: str = ""
    project: str = ""
    description: Text = Text()
    target: Target = Target(Operator.NONE)
    actual: Actual = Actual()
    weight: Figure | None = None
    score: Figure | None = None
    reason: Text = Text()
    basis: Text = Text()
    standard: Text = Text()
    """The scoring standard 评分标准, where there is such a column."""
    prior: Actual = Actual()
    """Last year's value, or the progress so far in a monitoring form."""
    source: str = "table"
    columns: frozenset[str] = field(default=frozenset(), compare=False)
    table: int = field(default=0, compare=False)
    row: int = field(default=0, compare=False)
    place: Place = field(default=NOWHERE, compare=False)

    @property
    def name(self) -> str:
        return self.level3.compact or self.description.compact

    @property
    def is_satisfaction(self) -> bool:
        return self.level1_std == "满意度指标" or "满意" in self.name

    @property
    def is_cost(self) -> bool:
        return self.level1_std == "成本指标" or self.level2_std in COST_LEVEL2


COST_LEVEL2 = ("成本指标", "经济成本指标", "社会成本指标", "生态环境成本指标")


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the report; its amounts are facts whose ``scope`` is its ``name``."""

    name: str
    code: Text = Text()
    department: Text = Text()
    unit: Text = Text()
    purpose: Text = Text()
    goal: Text = Text()
    goal_actual: Text = Text()
    nature: Text = Text()
    """新增 or 延续, where the form asks."""
    has_form: bool = field(default=True, compare=False)
    """False for a project that is only named in prose."""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Band:
    """A grade band over the score. ``None`` for an open end."""

    label: str
    low: Decimal | None
    high: Decimal | None
    low_inclusive: bool = True
    high_inclusive: bool = False
    text: Text = field(default=Text(), compare=False)
    integer_notation: bool = field(default=False, compare=False)
    """True when printed in whole numbers with both ends named (80-89): read as half open up to the next band."""

    def holds(self, score: Decimal) -> bool:
        above = self.low is None or score > self.low or (self.low_inclusive and score == self.low)
        below = self.high is None or score < self.high or (self.high_inclusive and score == self.high)
        return above and below


@dataclass(frozen=True, slots=True)
class Total:
    """A stated total score, of the unit or of one project."""

    figure: Figure
    scope: str = ""
    weight_total: Figure | None = None
    source: str = field(default="prose", compare=False)
    table: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Grade:
    """A stated grade word (优, 优秀 …)."""

    label: Text
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A weight or score printed for a whole level, e.g. 产出指标（50分）."""

    level: int
    name_std: str
    weight: Figure | None = None
    score: Figure | None = None
    scope: str = ""
    table: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement in words that figures can confirm or refute.

    ``kind``: ``thrift`` (压减, 节约 …), ``within_budget`` (未超预算, 严格按预算执行), ``no_deviation``, ``all_done``,
    ``superlative`` (圆满 …), ``no_project_spending``, ``no_fund_spending``, ``no_three_public``, ``no_problems``,
    ``no_change``, ``increase``, ``decrease``, ``project_problem`` … (the table is in ``extraction/terms``).
    """

    kind: str
    text: Text
    subject: str = ""
    """The fact key that the claim is about, where its words name one."""
    figure: Figure | None = None
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of the same or a higher level."""

    heading: Text
    level: int
    number: str = ""
    """The printed number with its marks, e.g. ``（二）``."""
    role: str = ""
    """``profile``, ``funds``, ``goals``, ``organisation``, ``results``, ``analysis``, ``conclusion``, ``problems``,
    ``measures``, ``disclosure``, ``attachments`` or empty."""
    paragraphs: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Report:
    """One performance document, as data. The lists keep the reading order."""

    kind: Kind = Kind.OTHER
    title: Text = Text()
    unit_name: Text = Text()
    other_unit_names: tuple[Text, ...] = field(default=(), compare=False)
    """Every further mention of a unit's name in a heading, form head or signature."""
    year: int | None = None
    year_place: Place = field(default=NOWHERE, compare=False)
    facts: tuple[Fact, ...] = ()
    projects: tuple[Project, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    goal: Text = Text()
    """The year's overall goal 年度总体目标（预期目标）."""
    goal_actual: Text = Text()
    bands: tuple[Band, ...] = ()
    totals: tuple[Total, ...] = ()
    subtotals: tuple[Subtotal, ...] = ()
    grades: tuple[Grade, ...] = ()
    claims: tuple[Claim, ...] = ()
    sections: tuple[Section, ...] = field(default=(), compare=False)
    problems: Text = field(default=Text(), compare=False)
    measures: Text = field(default=Text(), compare=False)
    filler: Text = Text()
    """填表人"""
    filed_on: Text = Text()
    """填报日期 or the date under the signature, as printed."""
    phone: Text = Text()
    thrift_measures: Text = Text()
    """厉行节约保障措施 of the base data sheet."""

    def find(
        self, key: str, *, stage: Stage | None = None, year: int | None = None, scope: str | None = ""
    ) -> Iterator[Fact]:
        """Facts of one key. ``stage`` or ``scope`` of ``None`` takes any; ``year`` takes that year or unsaid."""
        for fact in self.facts:
            if fact.key != key or (stage is not None and fact.stage is not stage):
                continue
            if scope is not None and fact.scope != scope:
                continue
            if year is None or fact.year in (None, year):
                yield fact

    def first(
        self, key: str, *, stage: Stage | None = None, year: int | None = None, scope: str | None = ""
    ) -> Fact | None:
        return next(self.find(key, stage=stage, year=year, scope=scope), None)

    def below(self, prefix: str) -> Iterator[Fact]:
        """Facts whose key is below a path: ``expenditure.function`` gives every functional class."""
        return (f for f in self.facts if f.key.startswith(prefix + "."))

    def project(self, name: str) -> Project | None:
        return next((p for p in self.projects if p.name == name), None)

    def scopes(self) -> list[str]:
        """Every scope that holds indicators, in order; the empty string is the unit as a whole."""
        return list(dict.fromkeys(i.project for i in self.indicators))

    @cached_property
    def is_of_one_project(self) -> bool:
        """Whether indicators and projects together name exactly one project."""
        return len({s for s in self.scopes() if s} | {p.name for p in self.projects}) == 1

    def __getstate__(self) -> dict[str, object]:
        """Fields only: what was cached is cheaper to make again than to send to another process."""
        return {name: self.__dict__[name] for name in self.__dataclass_fields__}

    def indicators_of(self, scope: str, source: str | None = None) -> list[Indicator]:
        return [i for i in self.indicators if i.project == scope and source in (None, i.source)]


_UNIT_CODE = re.compile(r"^[(（\[【]?\d{3,}[)）\]】]?[-—_]?|[-—_]?[(（\[【]?\d{3,}[)）\]】]?$")


def unit_of_projects(projects: Sequence[Project]) -> Text:
    """Whose report forms without a title are: the one 实施单位 of all projects, else their one 主管部门, codes dropped."""
    for names in ([p.unit for p in projects], [p.department for p in projects]):
        given = [n for n in names if n]
        if given and len({n.compact for n in given}) == 1:
            return replace(given[0], text=_UNIT_CODE.sub("", given[0].compact))
    return Text()


def with_places(facts: Iterable[Fact]) -> list[Fact]:
    """Those facts that stand somewhere in the document."""
    return [f for f in facts if f.place != NOWHERE]
