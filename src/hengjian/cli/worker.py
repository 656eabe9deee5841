"""What happens to one file, from bytes to findings. Runs inside a limited reading process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from hengjian.cli.selection import Selection
from hengjian.core.audit.catalogue import Case
from hengjian.core.audit.run import Audit, audit
from hengjian.core.document import Document
from hengjian.core.extraction import extract
from hengjian.core.profile import Profile
from hengjian.core.reading import read
from hengjian.core.report import Report
from hengjian.forms.findings.packed import Packed, pack
from hengjian.law import load_profile


@dataclass(frozen=True)
class Order:
    """How files are to be judged. Picklable."""

    profile: str = "national-2020"
    tolerance: str = ""
    selection: Selection = field(default_factory=Selection)
    public: bool = False
    beside: frozenset[str] = frozenset()
    year: int | None = None

    def loaded_profile(self) -> Profile:
        """The profile with the user's own tolerance."""
        profile = load_profile(self.profile)
        return replace(profile, tolerance=Decimal(self.tolerance)) if self.tolerance else profile


@dataclass(frozen=True)
class Judged:
    """What a reading process sends back."""

    document: Document
    report: Report
    audit: Audit


def read_only(data: bytes, name: str) -> tuple[Document, Report]:
    """Read and extract, without judging."""
    document = read(data, name)
    return document, extract(document)


def judge(data: bytes, name: str, order: Order) -> Judged:
    """Read, extract and judge one file. Raises ``Unreadable``."""
    document, report = read_only(data, name)
    if order.year is not None:
        report = replace(report, year=order.year)
    return Judged(document, report, judge_report(document, report, order))


@dataclass(frozen=True)
class PackedJudged:
    """The same, small: what a long run keeps of every file."""

    values: Packed
    audit: Audit


def judge_packed(data: bytes, name: str, order: Order) -> PackedJudged:
    """As ``judge``, packed before it is sent."""
    judged = judge(data, name, order)
    return PackedJudged(pack(judged.document, judged.report), judged.audit)


def judge_report(
    document: Document,
    report: Report,
    order: Order,
    targets: Sequence[Report] = (),
    previous: Sequence[Report] = (),
    periods: Sequence[Report] = (),
) -> Audit:
    """Judge a report that was read already, with the documents to compare it with."""
    codes = order.selection.codes(document.name)
    case = Case(
        report,
        document,
        order.loaded_profile(),
        targets=tuple(targets),
        previous=tuple(previous),
        periods=tuple(periods),
        beside=order.beside,
        public=order.public,
    )
    return audit(case, lambda rule: rule.code in codes)
