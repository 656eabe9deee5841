"""The mutation tester over every clean document that we have: recall of each mutator, recall and precision of each rule."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis.strategies import SearchStrategy
from tests import strategies
from tests.documents import build_document
from tests.forms import reports

from benchmarks import settings
from benchmarks.documents import SHORTFALLS, report_text
from hengjian.core.audit.catalogue import Rule, all_rules
from hengjian.core.audit.finding import Severity
from hengjian.core.document import Document
from hengjian.core.mutation.mutation import all_mutators
from hengjian.core.mutation.trial import Trial, findings_of, trials
from hengjian.core.reading import read
from hengjian.core.report import Report
from hengjian.forms import FORMS
from hengjian.law import load_profile

ROOT = Path(__file__).resolve().parents[1]
_DRAWN = {
    "F1": strategies.project_targets, "F3": strategies.project_self_evaluations, "F3b": strategies.sichuan_self_evaluations,
    "F4": strategies.overall_self_evaluations, "F5": strategies.base_data,
}  # fmt: skip
_FIXED = {
    "F1": reports.project_targets, "F3": reports.project_self_evaluation, "F3b": reports.project_self_evaluation_sichuan,
    "F4": reports.overall_self_evaluation, "F5": reports.base_data, "F7-overall-hunan": reports.overall_self_evaluation,
    "F7-project-hunan": reports.project_self_evaluation,
}  # fmt: skip


@dataclass
class Rates:
    """Counts by mutator and by rule. ``false``: told of a place that the mutation neither touched nor concerns."""

    documents: int = 0
    trials: int = 0
    tried: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    """Mutations that the rule was meant to see, among others, and told of."""
    false: Counter[str] = field(default_factory=Counter)
    clean_alarms: Counter[str] = field(default_factory=Counter)
    """Errors and warnings of documents before any mutation."""
    missed: list[str] = field(default_factory=list)
    false_lines: list[str] = field(default_factory=list)

    def add(self, name: str, trial: Trial) -> None:
        mutation = trial.mutation
        self.trials += 1
        self.tried[mutation.mutator] += 1
        self.caught[mutation.mutator] += trial.caught
        self.told.update({f.rule for f in trial.told if f.rule in mutation.rules})
        self.false.update({f.rule for f in trial.side_alarms})
        change = f"{name} {mutation.mutator} {mutation.place.loc} {mutation.old!r} → {mutation.new!r}"
        if not trial.caught:
            self.missed.append(change)
        self.false_lines.extend(f"{f.rule} {f.place.loc} {f.message} ← {change}" for f in trial.side_alarms)


def measure() -> Rates:
    """Every mutator over every clean document."""
    rates, profile = Rates(), load_profile("national-2020")
    for name, document, own in clean_documents():
        chosen = load_profile(own) if own else profile
        alarms = [f for f in findings_of(document, chosen) if f.severity is not Severity.NOTE]
        rates.documents += 1
        rates.clean_alarms.update(f"{f.rule} {name}" for f in alarms)
        for trial in trials(document, chosen, most=settings.MOST):
            rates.add(name, trial)
    return rates


def clean_documents() -> Iterator[tuple[str, Document, str]]:
    """Name, document and profile of documents without a planted error."""
    yield from _corpus()
    yield from _samples()
    yield "made-up report of 10 pages", build_document(report_text(10)), ""
    yield "made-up report of a year that fell short", build_document(SHORTFALLS), ""
    for code, make in _FIXED.items():
        yield from _rendered(f"{code} of one report", code, make())
    for code, draw in _DRAWN.items():
        for number, report in enumerate(_drawn(draw())):
            yield from _rendered(f"{code} drawn {number}", code, report)


def _corpus() -> Iterator[tuple[str, Document, str]]:
    for path in sorted((ROOT / "benchmarks" / "corpus").glob("*.toml")):
        label = tomllib.loads(path.read_text(encoding="utf-8"))
        if not label.get("findings"):
            yield path.stem, build_document(label["text"]), label.get("profile", "")


def _samples() -> Iterator[tuple[str, Document, str]]:
    expected = tomllib.loads((ROOT / "samples" / "expected.toml").read_text(encoding="utf-8"))
    for name, codes in expected.items():
        if codes == []:
            yield name, read((ROOT / "samples" / name).read_bytes(), name), ""


def _rendered(name: str, code: str, report: Report) -> Iterator[tuple[str, Document, str]]:
    form = FORMS[code]
    yield name, read(form.render(report, "docx"), "报告.docx"), ""


def _drawn(draw: SearchStrategy[Report]) -> list[Report]:
    """The same reports every time."""
    found: list[Report] = []

    @seed(20250101)
    @hypothesis_settings(
        max_examples=settings.REPORTS, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(draw)
    def collect(report: Report) -> None:
        found.append(report)

    collect()
    return found


def page(rates: Rates) -> str:
    """``docs/mutations.md``."""
    return "\n".join([*_head(rates), *_mutator_table(rates), *_rule_table(rates), *_unmutated(rates)]) + "\n"


def _head(rates: Rates) -> list[str]:
    tried, caught = sum(rates.tried.values()), sum(rates.caught.values())
    return [
        "# Mutations 变异检验", "",
        "One error at a time is put into a document without errors (`hengjian mutate`); the audit must find it. Written by `make bench`.", "",
        f"- clean documents: {rates.documents}; mutations tried: {tried}; caught: {caught} ({_share(caught, tried)})",
        f"- errors and warnings of other rules at places that were not touched: {sum(rates.false.values())}",
        f"- errors and warnings of the clean documents themselves: {sum(rates.clean_alarms.values())}", "",
    ]  # fmt: skip


def _mutator_table(rates: Rates) -> list[str]:
    rows = [
        f"| {m.name} | {m.text} | {'、'.join(sorted(m.rules))} | {rates.tried[m.name]} | {rates.caught[m.name]} | {_share(rates.caught[m.name], rates.tried[m.name])} |"
        for m in all_mutators()
    ]
    return ["## Recall by mutator", "", "| mutator | change | rules of which one must tell | tried | caught | recall |", "|---|---|---|---:|---:|---:|", *rows, ""]


def _rule_table(rates: Rates) -> list[str]:
    """Recall of a rule: over the mutations of the mutators that name it first, the rule that is meant above all."""
    rows = []
    for rule in all_rules():
        told, false = rates.told[rule.code], rates.false[rule.code]
        first = [m.name for m in all_mutators() if m.first == rule.code]
        tried, caught = sum(rates.tried[n] for n in first), sum(rates.caught[n] for n in first)
        if tried or told or false:
            rows.append(f"| {rule.code} | {rule.title} | {_share(caught, tried)} | {told} | {false} | {_share(told, told + false)} |")
    return [
        "## Recall and precision by rule", "",
        "Recall: of the mutations that mean this rule above all, the share that was told of, by it or a rule that means the same. "
        "Precision: of what the rule told of mutated documents (beyond what it told of the clean ones), the share that the mutation explains.", "",
        "| rule | title | recall | told rightly | told wrongly | precision |", "|---|---|---:|---:|---:|---:|", *rows, "",
    ]  # fmt: skip


def _unmutated(rates: Rates) -> list[str]:
    """Rules that no mutation reaches, so that nobody takes silence for proof."""
    reached = {code for m in all_mutators() for code in m.rules if rates.tried[m.name]}
    left: Iterable[Rule] = (r for r in all_rules() if r.code not in reached)
    return ["## Rules that no mutation reaches", "", "Tested by their cases in `tests/cases` only: " + ", ".join(r.code for r in left) + "."]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


if __name__ == "__main__":
    result = measure()
    print(page(result))
    print("\n".join(["missed:", *result.missed, "false:", *result.false_lines, "alarms on clean documents:", *result.clean_alarms]))
