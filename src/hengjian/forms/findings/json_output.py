"""The JSON of ``hengjian audit``, schema ``hengjian.audit/1`` (``docs/json.md``, ``schema.json``).

Decimals are strings, printed digits kept. Keys come in the documented order; the same input gives the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from hengjian.core.audit.catalogue import get_rule
from hengjian.core.audit.finding import Finding, NotChecked, Repair, Severity, Witness
from hengjian.core.document import NotRead
from hengjian.core.figures import Figure
from hengjian.core.report import Fact, Indicator
from hengjian.forms.findings.result import FileResult, Run

SCHEMA = "hengjian.audit/1"
Json = dict[str, Any]


def render_json(run: Run) -> bytes:
    """The whole run as one object, written file by file: a thousand files as one object would not fit."""
    head, tail = _dumped({**as_object(replace(run, files=())), "summary": _summary(run)}).split('"files": []', 1)
    entries = [_dumped(file_entry(f)).replace("\n", "\n  ").encode() for f in run.files]
    files = b'"files": [\n  ' + b",\n  ".join(entries) + b"\n ]" if entries else b'"files": []'
    return b"".join((head.encode(), files, tail.encode(), b"\n"))


def _dumped(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def render_jsonl(run: Run) -> str:
    """One line for each file: the entries of ``files``."""
    return "".join(json.dumps(file_entry(f), ensure_ascii=False) + "\n" for f in run.files)


@cache
def schema() -> Json:
    """The JSON Schema (2020-12) that ``as_object`` meets."""
    loaded: Json = json.loads(files(__package__).joinpath("schema.json").read_text("utf-8"))
    return loaded


def as_object(run: Run) -> Json:
    return {"schema": SCHEMA, "files": [file_entry(f) for f in run.files], "summary": _summary(run)}


def file_entry(result: FileResult) -> Json:
    """One entry of ``files``; an unreadable file has its ``error`` and empty lists."""
    report, document, audit = result.report, result.document, result.audit
    error = {"code": result.error.code, "message": result.error.message} if result.error else None
    found = audit.findings if audit else ()
    return {
        "path": result.path,
        "sha256": result.sha256,
        "readable": result.readable,
        "error": error,
        "kind": report.kind.value if report else None,
        "unit_name": (report.unit_name.text or None) if report else None,
        "year": report.year if report else None,
        "facts": [fact_entry(f) for f in report.facts] if report else [],
        "indicators": [indicator_entry(i) for i in report.indicators] if report else [],
        "findings": [finding_entry(f, index in result.waived) for index, f in enumerate(found)],
        "not_checked": [_not_checked(n) for n in audit.not_checked] if audit else [],
        "not_read": [_not_read(n) for n in document.not_read] if document else [],
    }


def fact_entry(fact: Fact) -> Json:
    """A figure outside the indicator rows; ``year``, ``stage`` and ``scope`` say of what."""
    return {
        "key": fact.key,
        "label": fact.label,
        "value": _digits(fact.value),
        "unit": fact.figure.unit,
        "place": fact.place.loc,
        "year": fact.year,
        "stage": fact.stage.value,
        "scope": fact.scope,
    }


def indicator_entry(row: Indicator) -> Json:
    """One indicator; numbers that are not printed are ``null``, words that are not printed empty."""
    target, actual = row.target.figure, row.actual.figure
    return {
        "project": row.project,
        "level1": row.level1,
        "level1_std": row.level1_std,
        "level2": row.level2,
        "level2_std": row.level2_std,
        "level3": row.level3.text,
        "description": row.description.text,
        "target_text": row.target.text.text,
        "target_op": row.target.operator.value,
        "target_value": _value(target),
        "target_unit": target.unit if target else "",
        "actual_text": row.actual.text.text,
        "actual_value": _value(actual),
        "weight": _value(row.weight),
        "score": _value(row.score),
        "basis": row.basis.text,
        "source": row.source,
        "place": row.place.loc,
    }


def finding_entry(finding: Finding, waived: bool = False) -> Json:
    """A finding with every place that takes part; ``waived`` only where a waiver or baseline names it."""
    rule = get_rule(finding.rule)
    entry = {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "title": rule.title,
        "message": finding.message,
        "said": finding.said,
        "expected": finding.expected,
        "difference": finding.difference,
        "basis": rule.source,
        "places": [_place(w) for w in finding.witnesses],
        "repairs": [_repair(r) for r in finding.repairs],
        "group": finding.group,
    }
    return entry | {"waived": True} if waived else entry


def _place(w: Witness) -> Json:
    return {"role": w.role, "text": w.text, "value": w.value, "unit": w.unit, "loc": w.place.loc}


def _repair(repair: Repair) -> Json:
    return {"loc": repair.place.loc, "old": repair.old, "new": repair.new, "note": repair.note}


def _not_checked(entry: NotChecked) -> Json:
    return {"rule": entry.rule, "missing": entry.missing}


def _not_read(entry: NotRead) -> Json:
    return {"code": entry.code, "message": entry.message, "loc": entry.place.loc}


def _value(figure: Figure | None) -> str | None:
    return None if figure is None else _digits(figure.value)


def _digits(value: Decimal) -> str:
    return f"{value:f}"


def _summary(run: Run) -> Json:
    counts = {s.value: sum(f.count(s) for f in run.files) for s in reversed(Severity)}
    return {
        "files": len(run.files),
        "unreadable": sum(not f.readable for f in run.files),
        **counts,
        "waived": sum(len(f.waived) for f in run.files),
        "rules": run.rules,
        "profile": run.profile,
        "version": run.version,
        "exit": run.exit_code,
    }
