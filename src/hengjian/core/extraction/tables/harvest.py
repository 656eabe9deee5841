"""What the tables of a document gave, and the basket in which it is collected."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from hengjian.core.document import Cell
from hengjian.core.places import NOWHERE, Place
from hengjian.core.report import Band, Fact, Grade, Indicator, Kind, Project, Subtotal, Text, Total

NO_TEXT = Text()
CellKey = tuple[int, int, int]
"""Table number, row and column of a cell."""


@dataclass(frozen=True)
class TableYield:
    """Everything that was read from tables, in reading order.

    ``Fact.whole`` counts within ``facts`` here; who joins them with others shifts it. ``consumed`` names the cells
    (table, row, column) that were understood: indicator rows, labels, headers and amounts.
    """

    facts: tuple[Fact, ...] = ()
    projects: tuple[Project, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    totals: tuple[Total, ...] = ()
    subtotals: tuple[Subtotal, ...] = ()
    grades: tuple[Grade, ...] = ()
    bands: tuple[Band, ...] = ()
    goal: Text = NO_TEXT
    goal_actual: Text = NO_TEXT
    unit_name: Text = NO_TEXT
    other_unit_names: tuple[Text, ...] = ()
    year: int | None = None
    year_place: Place = NOWHERE
    filler: Text = NO_TEXT
    filed_on: Text = NO_TEXT
    phone: Text = NO_TEXT
    thrift_measures: Text = NO_TEXT
    kinds: tuple[Kind, ...] = ()
    """What each form in the document is, by its title and blocks; in reading order, each once."""
    consumed: frozenset[CellKey] = frozenset()


@dataclass
class Harvest:
    """The basket. ``scope`` is the project that the rows being read belong to, empty for the whole unit."""

    facts: list[Fact] = field(default_factory=list)
    projects: dict[str, Project] = field(default_factory=dict)
    indicators: list[Indicator] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    subtotals: list[Subtotal] = field(default_factory=list)
    grades: list[Grade] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    goal: Text = NO_TEXT
    goal_actual: Text = NO_TEXT
    unit_names: list[Text] = field(default_factory=list)
    years: list[tuple[int, Place]] = field(default_factory=list)
    filler: Text = NO_TEXT
    filed_on: Text = NO_TEXT
    phone: Text = NO_TEXT
    thrift: Text = NO_TEXT
    kinds: list[Kind] = field(default_factory=list)
    consumed: set[CellKey] = field(default_factory=set)
    scopes: dict[tuple[int, int], str] = field(default_factory=dict)
    """(table, row) to project."""
    indicator_rows: set[tuple[int, int]] = field(default_factory=set)
    """(table, row) of every row of an indicator block, headers and totals included."""
    scope: str = ""
    unit: str = "万元"
    """The unit of money of the table being read."""

    def use(self, table: int, *cells: Cell | None) -> None:
        """Mark cells as understood."""
        self.consumed.update((table, c.row, c.column) for c in cells if c is not None)

    def used(self, table: int, cell: Cell) -> bool:
        return (table, cell.row, cell.column) in self.consumed

    def scope_of(self, table: int, row: int) -> str:
        """The project that a row belongs to."""
        return self.scopes.get((table, row), "")

    def enter(self, name: Text) -> None:
        """A form of this project begins."""
        self.scope = name.compact
        if self.scope and self.scope not in self.projects:
            self.projects[self.scope] = Project(self.scope, place=name.place)

    def spell_out(self, name: Text) -> None:
        """The form's own 项目名称: it corrects the shorter or longer name that the title gave."""
        full, given = name.compact, self.scope
        alike = given in self.projects and full != given and (given in full or full in given)
        if alike and full not in self.projects and not any(f.scope == given for f in self.facts):
            self.projects[full] = replace(self.projects.pop(given), name=full, place=name.place)
        self.enter(name)

    def tell(self, role: str, text: Text) -> None:
        """A form field: it belongs to the project of the form, or to the unit."""
        if not text:
            return
        if role == "unit_name":
            self.unit_names.append(text)
        elif role in ("filler", "filed_on", "phone", "thrift"):
            if not getattr(self, role):
                setattr(self, role, text)
        elif self.scope in self.projects:
            self._tell_project(role, text)
        elif role in ("goal", "goal_actual"):
            self._tell_goal(role, text)

    def _tell_project(self, role: str, text: Text) -> None:
        project = self.projects[self.scope]
        field_name = {"project_code": "code"}.get(role, role)
        if field_name in ("code", "department", "unit", "purpose", "goal", "goal_actual", "nature"):
            known: Text = getattr(project, field_name)
            value = text if not known or field_name not in ("goal", "goal_actual") else _joined(known, text)
            changed: dict[str, Any] = {field_name: value}
            self.projects[self.scope] = replace(project, **changed)

    def _tell_goal(self, role: str, text: Text) -> None:
        known: Text = getattr(self, role)
        setattr(self, role, _joined(known, text) if known else text)

    def result(self) -> TableYield:
        names = tuple(self.unit_names)
        year, place = self.years[0] if self.years else (None, NOWHERE)
        return TableYield(
            tuple(self.facts), tuple(self.projects.values()), tuple(self.indicators), tuple(self.totals),
            tuple(self.subtotals), tuple(self.grades), tuple(self.bands), self.goal, self.goal_actual,
            names[0] if names else Text(), names[1:], year, place, self.filler, self.filed_on, self.phone,
            self.thrift, tuple(dict.fromkeys(self.kinds)), frozenset(self.consumed),
        )  # fmt: skip


def _joined(first: Text, second: Text) -> Text:
    """A text that runs over several cells."""
    if second.text in first.text:
        return first
    return Text(f"{first.text}\n{second.text}", first.place)
