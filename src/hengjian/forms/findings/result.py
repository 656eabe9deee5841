"""What the outputs print: the result for each file, and the run as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hengjian.core.audit.finding import Finding, Severity
from hengjian.core.audit.run import Audit
from hengjian.core.document import Document
from hengjian.core.report import Report


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a file could not be read: a stable code and one Chinese sentence."""

    code: str
    message: str


@dataclass(frozen=True)
class FileResult:
    """One file of a run. ``error`` is set and the values are ``None`` when it could not be read."""

    path: str
    sha256: str = ""
    document: Document | None = None
    report: Report | None = None
    audit: Audit | None = None
    error: Trouble | None = None
    waived: frozenset[int] = frozenset()
    """Indexes of findings that a waiver or baseline names: shown, but not counted."""

    @property
    def readable(self) -> bool:
        return self.error is None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that count."""
        found = self.audit.findings if self.audit else ()
        return tuple(f for i, f in enumerate(found) if i not in self.waived)

    def count(self, severity: Severity) -> int:
        return sum(f.severity is severity for f in self.findings)


@dataclass(frozen=True)
class Run:
    """A whole run: the results in order, and with what they were judged."""

    files: Sequence[FileResult]
    profile: str = "national-2020"
    rules: int = 0
    """How many rules ran."""
    version: str = ""
    seconds: float = field(default=0.0, compare=False)
    exit_code: int = 0
