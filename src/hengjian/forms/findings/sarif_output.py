"""SARIF 2.1.0: for editors, code hosts and dashboards that know no other format."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import quote

from hengjian.core.audit.catalogue import Rule, all_rules, get_rule
from hengjian.core.audit.finding import Finding, Witness
from hengjian.core.places import Place
from hengjian.forms.findings.flat_text import FlatText
from hengjian.forms.findings.result import FileResult, Run
from hengjian.forms.findings.wording import place_words

Json = dict[str, Any]
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render_sarif(run: Run) -> str:
    """One SARIF run. Regions count characters of the extracted text, which every artifact carries."""
    rules = all_rules()
    indexes = {rule.code: index for index, rule in enumerate(rules)}
    results = [r for index, file in enumerate(run.files) for r in _results(file, index, indexes)]
    body: Json = {
        "tool": {"driver": _driver(run, rules)},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(run)],
        "artifacts": [_artifact(f) for f in run.files],
        "results": results,
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [body]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _driver(run: Run, rules: list[Rule]) -> Json:
    return {
        "name": "hengjian",
        "semanticVersion": run.version or "0.0.0",
        "language": "zh-CN",
        "rules": [_rule(rule) for rule in rules],
    }


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.code,
        "name": rule.english,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.text or rule.title},
        "help": {"text": f"{rule.text}\n依据：{rule.source}"},
        "defaultConfiguration": {"level": rule.severity.value, "enabled": rule.default},
        "properties": {"basis": rule.basis.value, "source": rule.source},
    }


def _invocation(run: Run) -> Json:
    notifications = [
        {
            "descriptor": {"id": f.error.code},
            "level": "error",
            "message": {"text": f.error.message},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(f.path), "index": index}}}],
        }
        for index, f in enumerate(run.files)
        if f.error
    ]
    return {
        "executionSuccessful": not notifications,
        "exitCode": run.exit_code,
        "toolExecutionNotifications": notifications,
    }


def _artifact(result: FileResult) -> Json:
    entry: Json = {"location": {"uri": _uri(result.path)}, "roles": ["analysisTarget"]}
    if result.sha256:
        entry["hashes"] = {"sha-256": result.sha256}
    if result.document is not None:
        entry["contents"] = {"text": FlatText(result.document).text}
        entry["description"] = {"text": "contents 为抽取的文字，region 按此计算"}
    return entry


def _results(result: FileResult, index: int, indexes: dict[str, int]) -> list[Json]:
    if result.document is None or result.audit is None:
        return []
    flat = FlatText(result.document)
    return [
        _result(f, result, index, indexes[f.rule], flat, number in result.waived)
        for number, f in enumerate(result.audit.findings)
    ]


def _result(finding: Finding, file: FileResult, index: int, rule: int, flat: FlatText, waived: bool) -> Json:
    first, *others = finding.witnesses
    entry: Json = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": finding.severity.value,
        "message": {"text": finding.message},
        "locations": [_location(first, file, index, flat)],
        "relatedLocations": [
            {"id": number, **_location(w, file, index, flat), "message": {"text": w.role}}
            for number, w in enumerate(others, 1)
        ],
        "partialFingerprints": {"hengjianFinding/v1": fingerprint(finding)},
        "properties": {
            "title": get_rule(finding.rule).title,
            "said": finding.said,
            "expected": finding.expected,
            "difference": finding.difference,
            "group": finding.group,
        },
    }
    return entry | {"suppressions": [{"kind": "external"}]} if waived else entry


def _location(w: Witness, file: FileResult, index: int, flat: FlatText) -> Json:
    offset, length = flat.region(w.place)
    region: Json = {"charOffset": offset, "charLength": length}
    if w.text:
        region["snippet"] = {"text": w.text}
    return {
        "physicalLocation": {"artifactLocation": {"uri": _uri(file.path), "index": index}, "region": region},
        "logicalLocations": [
            {"fullyQualifiedName": _name(w.place), "decoratedName": w.place.loc, "kind": _kind(w.place)}
        ],
    }


def _name(place: Place) -> str:
    return "/".join(place_words(place).split())


def _kind(place: Place) -> str:
    if place.sheet or place.row:
        return "table-cell"
    return "paragraph" if place.paragraph else "document"


def fingerprint(finding: Finding) -> str:
    """Stable while the layout changes: the code and the quotes without blanks."""
    quotes = ("".join((w.text or w.place.quote).split()) for w in finding.witnesses)
    return hashlib.sha256("\n".join((finding.rule, *quotes)).encode()).hexdigest()


def _uri(path: str) -> str:
    """A relative reference; a drive letter or a leading slash becomes a file URI."""
    forward = path.replace("\\", "/")
    if forward.startswith("/"):
        return "file://" + quote(forward)
    if forward[1:3] == ":/":
        return "file:///" + quote(forward)
    return quote(forward)
