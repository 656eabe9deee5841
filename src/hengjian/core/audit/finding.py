"""What a rule answers: a finding, a pass, or *not checked* with what was missing. No answer means not applicable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hengjian.core.figures import Figure
from hengjian.core.places import Place
from hengjian.core.report import Fact, Text


class Severity(StrEnum):
    """SARIF's words; E, W, N of the fact sheet; 高, 中, 低 to people."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        return ("note", "warning", "error").index(self.value)

    @property
    def chinese(self) -> str:
        return {"error": "高", "warning": "中", "note": "低"}[self.value]


class Basis(StrEnum):
    """On what a finding rests. Arithmetic never rests on a judgement."""

    LAW = "law"
    FORM = "form"
    ARITHMETIC = "arithmetic"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Witness:
    """One place that takes part in a finding, with its role (``total``, ``part``, ``target``, ``actual`` …)."""

    role: str
    place: Place
    text: str = ""
    value: str | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """A smallest change that would restore consistency: what to change, from which text to which."""

    place: Place
    old: str
    new: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference, never a motive. The message is made from ``wording`` and ``values`` last."""

    rule: str
    severity: Severity
    wording: str
    """Chinese template with ``{names}``, filled from ``values``."""
    witnesses: tuple[Witness, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    expected: str = ""
    difference: str = ""
    repairs: tuple[Repair, ...] = ()
    group: str = ""
    """Findings of one cause share a group; empty when alone."""

    @property
    def message(self) -> str:
        return self.wording.format_map(self.values)

    @property
    def place(self) -> Place:
        return self.witnesses[0].place


@dataclass(frozen=True, slots=True)
class Passed:
    """A check that was made and held, with its sum, for ``--explain``."""

    rule: str
    equation: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A check that could not be made, and the operand that was missing. Never counts as passed."""

    rule: str
    missing: str
    place: Place | None = None


Outcome = Finding | Passed | NotChecked


def witness(role: str, source: Figure | Fact | Text) -> Witness:
    """A place that takes part, from a figure, a fact or a text."""
    if isinstance(source, Fact):
        source = source.figure
    if isinstance(source, Figure):
        return Witness(role, source.place, source.text, f"{source.value:f}", source.unit)
    return Witness(role, source.place, source.text)
