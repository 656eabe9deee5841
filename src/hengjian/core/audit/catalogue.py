"""The register of rules. A rule is one small function; its docstring is the regulation.

A rule is declared with its code and facts and yields outcomes for one ``Case``::

    @rule("A-03", title="人员经费与公用经费合计等于基本支出", english="Personnel and public funds add to basic expenditure",
          severity=Severity.ERROR, basis=Basis.ARITHMETIC, source="财政部《部门预算支出经济分类》")
    def personnel_and_public_make_basic(case: Case) -> Iterator[Outcome]:
        \"\"\"基本支出＝人员经费＋公用经费。\"\"\"

Two rules with one code fail at import. A rule has no I/O, no clock and no formatting beyond its wording.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from hengjian.core.audit.finding import Basis, Outcome, Severity
from hengjian.core.document import Document
from hengjian.core.profile import Profile
from hengjian.core.report import Report


@dataclass(frozen=True)
class Case:
    """What a rule judges: one report, the document it stands in, and what was handed in beside it."""

    report: Report
    document: Document
    profile: Profile
    targets: tuple[Report, ...] = ()
    """The approved targets of the same unit and year, when a second document was given."""
    previous: tuple[Report, ...] = ()
    """Last year's reports of the same unit."""
    periods: tuple[Report, ...] = ()
    """Further monitoring forms of the same project and year, in order."""
    beside: frozenset[str] = frozenset()
    """Names of the files in the same batch, without folder."""
    public: bool = False
    """True when the document is about to be published (``--public``)."""


Check = Callable[[Case], Iterator[Outcome]]


@dataclass(frozen=True)
class Rule:
    """A registered rule and its facts."""

    code: str
    title: str
    english: str
    severity: Severity
    """The usual severity; a finding may carry another where the triggers say so."""
    basis: Basis
    source: str
    """Document and article, or the identity that it rests on."""
    check: Check
    default: bool = True
    """False: runs only when selected."""
    bad: str = ""
    good: str = ""

    @property
    def family(self) -> str:
        return self.code.partition("-")[0]

    @property
    def text(self) -> str:
        return (self.check.__doc__ or "").strip()


_RULES: dict[str, Rule] = {}


def rule(
    code: str,
    *,
    title: str,
    english: str,
    severity: Severity,
    basis: Basis,
    source: str,
    default: bool = True,
    bad: str = "",
    good: str = "",
) -> Callable[[Check], Check]:
    """Register a rule. ``bad`` and ``good`` are one short example each, for ``rules show``."""

    def register(check: Check) -> Check:
        if code in _RULES:
            raise ValueError(f"two rules share the code {code}")
        if not check.__doc__:
            raise ValueError(f"rule {code} has no docstring")
        _RULES[code] = Rule(code, title, english, severity, basis, source, check, default, bad, good)
        return check

    return register


@dataclass
class _Loader:
    done: bool = field(default=False)


_LOADER = _Loader()


def _load() -> None:
    """Import every module below ``rules`` once, so that each registers its rules."""
    if _LOADER.done:
        return
    package = importlib.import_module("hengjian.core.audit.rules")
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
    _LOADER.done = True


_FAMILIES = "APWTDL"


def all_rules() -> list[Rule]:
    """Every rule, in the fact sheet's order: A, P, W, T, D, L."""
    _load()
    return sorted(_RULES.values(), key=lambda r: (_FAMILIES.index(r.family), r.code))


def get_rule(code: str) -> Rule:
    """Raises ``KeyError`` for an unknown code."""
    _load()
    return _RULES[code]
