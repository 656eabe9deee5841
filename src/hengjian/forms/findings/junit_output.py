"""JUnit XML: a suite for each file, a test case for each rule, for build servers."""

from __future__ import annotations

import re
from collections import defaultdict
from xml.etree import ElementTree as ET

from hengjian.core.audit.catalogue import get_rule
from hengjian.core.audit.finding import Finding, Severity
from hengjian.forms.findings.result import FileResult, Run
from hengjian.forms.findings.wording import place_words

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(run: Run) -> bytes:
    """Errors and warnings fail their rule's case, notes are its output, what was not checked is skipped."""
    root = ET.Element("testsuites", name="hengjian")
    for result in run.files:
        root.append(_suite(result))
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(s.get(name, "0")) for s in root)))
    ET.indent(root)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _suite(result: FileResult) -> ET.Element:
    suite = ET.Element("testsuite", name=clean(result.path))
    if result.error is not None:
        case = ET.SubElement(suite, "testcase", name="read", classname=clean(result.path))
        ET.SubElement(case, "error", type=result.error.code, message=clean(result.error.message))
    else:
        _cases(suite, result)
    suite.set("tests", str(len(suite)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(tag) is not None for case in suite)))
    return suite


def _cases(suite: ET.Element, result: FileResult) -> None:
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in result.findings:
        by_rule[finding.rule].append(finding)
    passed = {p.rule for p in result.audit.passed} if result.audit else set()
    missing = {n.rule: n.missing for n in result.audit.not_checked} if result.audit else {}
    for code in sorted({*by_rule, *passed, *missing}):
        case = ET.SubElement(
            suite, "testcase", name=f"{code} {get_rule(code).title}", classname=clean(result.path)
        )
        if by_rule[code]:
            _tell(case, by_rule[code])
        elif code in missing and code not in passed:
            ET.SubElement(case, "skipped", message=clean(missing[code]))


def _tell(case: ET.Element, findings: list[Finding]) -> None:
    failing = [f for f in findings if f.severity is not Severity.NOTE]
    told = "\n".join(f"{place_words(f.place)}（{f.place.loc}）：{f.message}" for f in failing or findings)
    if failing:
        worst = max(failing, key=lambda f: f.severity.rank)
        failure = ET.SubElement(case, "failure", type=worst.severity.value, message=clean(worst.message))
        failure.text = clean(told)
    else:
        ET.SubElement(case, "system-out").text = clean(told)


def clean(text: str) -> str:
    """Without the characters that XML forbids."""
    return _ILLEGAL.sub("", text)
