"""How well we read and judge the labelled corpus: facts, indicator cells, findings, silence on clean documents.

A labelled document is ``benchmarks/corpus/NAME.toml``: ``text`` in the language of ``tests/documents.py`` and what a
careful person says of it. Run as ``python -m benchmarks.corpus_score [NAME…] [--format docx|xlsx|pdf|txt] [-v]``.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from tests.documents import build_docx, build_xlsx

from hengjian.core.audit.catalogue import Case
from hengjian.core.audit.finding import Finding, Severity
from hengjian.core.audit.run import audit
from hengjian.core.extraction import extract
from hengjian.core.reading import read
from hengjian.core.report import Indicator, Report
from hengjian.law import load_profile

CORPUS = Path(__file__).parent / "corpus"
CELLS = ("project", "level1_std", "level2_std", "target_op", "target_value", "target_unit", "actual_value", "weight", "score")


@dataclass
class Score:
    """Counts over documents; ``lines`` tell what was missed or too much."""

    facts_found: int = 0
    facts_expected: int = 0
    cells_right: int = 0
    cells_expected: int = 0
    indicators_extra: int = 0
    errors_hit: int = 0
    errors_expected: int = 0
    errors_reported: int = 0
    warnings_hit: int = 0
    warnings_expected: int = 0
    warnings_reported: int = 0
    clean_documents: int = 0
    clean_alarms: int = 0
    per_rule: dict[str, Counter[str]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def rule(self, code: str, what: str) -> None:
        self.per_rule.setdefault(code, Counter())[what] += 1


def number(text: object) -> str:
    """A number in one spelling, so that 8 and 8.00 are the same."""
    try:
        return f"{Decimal(str(text)).normalize():f}"
    except InvalidOperation:
        return str(text or "")


def judge_one(path: Path, form: str, score: Score) -> None:
    """Read, judge and compare one labelled document."""
    label = tomllib.loads(path.read_text(encoding="utf-8"))
    name = label.get("name", path.stem + "." + form)
    document = read(_bytes(label["text"], form), Path(name).stem + "." + form)
    report = extract(document)
    case = Case(report, document, load_profile(label.get("profile", "national-2020")), beside=frozenset(label.get("beside", ())))
    findings = audit(case).findings
    _identity(path.stem, label, report, score)
    _facts(path.stem, label, report, score)
    _indicators(path.stem, label, report, score)
    _findings(path.stem, label, findings, score)


def _bytes(text: str, form: str) -> bytes:
    if form == "docx":
        return build_docx(text)
    if form == "xlsx":
        return build_xlsx(text)
    from benchmarks.flatten import flattened, printed

    return flattened(text) if form == "txt" else printed(text)


def _identity(name: str, label: dict[str, Any], report: Report, score: Score) -> None:
    found = {"kind": report.kind.value, "unit_name": report.unit_name.compact, "year": report.year}
    for key, expected in label.get("identity", {}).items():
        score.cells_expected += 1
        score.cells_right += found[key] == expected
        if found[key] != expected:
            score.lines.append(f"{name}: {key} is {found[key]!r}, should be {expected!r}")


def _facts(name: str, label: dict[str, Any], report: Report, score: Score) -> None:
    have = Counter((number(f.value), f.figure.unit) for f in report.facts)
    for what, value, unit in label.get("facts", ()):
        score.facts_expected += 1
        key = (number(value), unit)
        if have[key] > 0:
            have[key] -= 1
            score.facts_found += 1
        else:
            score.lines.append(f"{name}: fact missing: {what} {value}{unit}")


def _cells(i: Indicator) -> dict[str, str]:
    figure = i.target.figure
    return {
        "project": i.project,
        "level1_std": i.level1_std,
        "level2_std": i.level2_std,
        "target_op": i.target.operator.value,
        "target_value": number(figure.value) if figure else "",
        "target_unit": figure.unit if figure else "",
        "actual_value": number(i.actual.figure.value) if i.actual.figure else "",
        "weight": number(i.weight.value) if i.weight else "",
        "score": number(i.score.value) if i.score else "",
    }


def _indicators(name: str, label: dict[str, Any], report: Report, score: Score) -> None:
    left = list(report.indicators)
    for expected in label.get("indicators", ()):
        wanted = "".join(expected["level3"].split())
        match = next((i for i in left if i.name == wanted and (i.source == expected.get("source", i.source)) and i.project == expected.get("project", i.project)), None)
        columns = [c for c in CELLS if c in expected]
        score.cells_expected += len(columns) + 1
        if match is None:
            score.lines.append(f"{name}: indicator missing: {wanted}")
            continue
        left.remove(match)
        score.cells_right += 1
        found = _cells(match)
        for column in columns:
            right = found[column] == (number(expected[column]) if column in ("target_value", "actual_value", "weight", "score") else expected[column])
            score.cells_right += right
            if not right:
                score.lines.append(f"{name}: {wanted}: {column} is {found[column]!r}, should be {expected[column]!r}")
    extra = [i for i in left if label.get("indicators") is not None and i.source == "table"]
    score.indicators_extra += len(extra)
    score.lines.extend(f"{name}: indicator too much: {i.name}" for i in extra)


def _findings(name: str, label: dict[str, Any], findings: Iterable[Finding], score: Score) -> None:
    loud = [f for f in findings if f.severity is not Severity.NOTE]
    expected = [(e["rule"], e["severity"]) for e in label.get("findings", ())]
    tolerated = {e["rule"] for e in label.get("findings", ())} | set(label.get("tolerated", ()))
    if not expected:
        score.clean_documents += 1
        score.clean_alarms += len(loud)
    for rule, severity in expected:
        hit = any(f.rule == rule and f.severity.value == severity for f in findings)
        if severity == "error":
            score.errors_expected += 1
            score.errors_hit += hit
        elif severity == "warning":
            score.warnings_expected += 1
            score.warnings_hit += hit
        score.rule(rule, "hit" if hit else "missed")
        if not hit:
            other = [f"{f.rule} {f.severity}" for f in findings if f.rule == rule]
            score.lines.append(f"{name}: not found: {rule} {severity} {other or ''}")
    for finding in loud:
        good = finding.rule in tolerated
        if finding.severity is Severity.ERROR:
            score.errors_reported += 1
        else:
            score.warnings_reported += 1
        if not good:
            score.rule(finding.rule, "false")
            score.lines.append(f"{name}: false alarm: {finding.rule} {finding.severity} {finding.place.loc} {finding.message}")


def share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole:.3f}" if whole else "–"


def told(score: Score) -> str:
    """The figures, one a line."""
    false_errors = sum(1 for line in score.lines if "false alarm" in line and " error " in line)
    return "\n".join(
        [
            f"facts found        {share(score.facts_found, score.facts_expected)}",
            f"indicator cells    {share(score.cells_right, score.cells_expected)}  (rows too much: {score.indicators_extra})",
            f"error recall       {share(score.errors_hit, score.errors_expected)}",
            f"error precision    {share(score.errors_reported - false_errors, score.errors_reported)}",
            f"warning recall     {share(score.warnings_hit, score.warnings_expected)}",
            f"alarms on clean    {score.clean_alarms} in {score.clean_documents} documents",
        ]
    )


def main(arguments: Sequence[str] | None = None) -> Score:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--format", default="docx", choices=["docx", "xlsx", "txt", "pdf"])
    parser.add_argument("-v", action="store_true", dest="verbose")
    given = parser.parse_args(arguments)
    score = Score()
    for path in sorted(CORPUS.glob("*.toml")):
        if not given.names or any(n in path.stem for n in given.names):
            judge_one(path, given.format, score)
    print(told(score))
    if given.verbose:
        print("\n".join(score.lines))
    return score


if __name__ == "__main__":
    main()
