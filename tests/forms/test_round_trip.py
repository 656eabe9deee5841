"""What a form prints, a reader gets back: extract(read(render(report))) == prints(report)."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.forms.reports import SAMPLES

from hengjian.core.audit.catalogue import Case
from hengjian.core.audit.finding import Severity
from hengjian.core.audit.run import audit
from hengjian.core.extraction import extract
from hengjian.core.reading import read
from hengjian.core.report import Report, Text
from hengjian.forms import FORMS
from hengjian.law import load_profile

REPEATED = {"report.year", "date.year", "score.total", "score.weight_total"}
"""Facts that say again in figures what a report holds as its year, its dates and its total."""
FREE_TEXT = {"activity.count", "unplaced"}
"""Figures in the sentences of the goals."""
STRATEGIES = {
    "F1": strategies.project_targets,
    "F3": strategies.project_self_evaluations,
    "F3b": strategies.sichuan_self_evaluations,
    "F4": strategies.overall_self_evaluations,
    "F5": strategies.base_data,
}
CASES = [(code, fmt) for code in STRATEGIES for fmt in ("docx", "xlsx", "pdf")]
_SETTINGS = settings(
    max_examples=12,
    verbosity=Verbosity.quiet,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""No shrinking: it would render and read too often. Quiet: the differences say more than the whole report."""


def told(report: Report, *, left_out: set[str] = REPEATED) -> Report:
    """The report without evidence: the printed labels say where a figure was found, not what it is."""
    facts = tuple(replace(f, label="") for f in report.facts if f.key not in left_out)
    return replace(report, facts=facts)


def differences(wanted: Any, found: Any, path: str = "report") -> list[str]:
    """Where two values differ, leaf by leaf, so that a failure can be read."""
    if wanted == found:
        return []
    if is_dataclass(wanted) and type(wanted) is type(found):
        pairs = [
            (getattr(wanted, f.name), getattr(found, f.name), f".{f.name}")
            for f in fields(wanted)
            if f.compare
        ]
    elif isinstance(wanted, tuple) and isinstance(found, tuple) and len(wanted) == len(found):
        pairs = [(a, b, f"[{n}]") for n, (a, b) in enumerate(zip(wanted, found, strict=True))]
    else:
        return [f"{path}: {wanted!r:.300} != {found!r:.300}"]
    return [line for a, b, name in pairs for line in differences(a, b, path + name)]


@pytest.mark.parametrize(
    ("code", "fmt"), [(c, f) for c in [*STRATEGIES, "F3-2021"] for f in ("docx", "xlsx")]
)
def test_the_sample_of_every_form_comes_back_cell_by_cell(code: str, fmt: str) -> None:
    form, report = FORMS[code], SAMPLES[code]()
    back = extract(read(form.render(report, fmt), f"{code}.{fmt}"))
    left_out = REPEATED | FREE_TEXT
    assert differences(told(form.prints(report), left_out=left_out), told(back, left_out=left_out)) == []


@pytest.mark.parametrize(("code", "fmt"), CASES)
def test_any_consistent_report_comes_back_and_its_audit_is_silent(code: str, fmt: str) -> None:
    form, profile = FORMS[code], load_profile("national-2020")

    @_SETTINGS
    @given(STRATEGIES[code]())
    def holds(report: Report) -> None:
        document = read(form.render(report, fmt), f"{code}.{fmt}")
        back = extract(document)
        assert differences(told(form.prints(report)), told(back)) == []
        findings = audit(Case(back, document, profile)).findings
        assert [f"{f.rule} {f.message}" for f in findings if f.severity is not Severity.NOTE] == []

    holds()


@pytest.mark.parametrize("code", list(STRATEGIES))
@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_what_a_form_prints_prints_the_same_again(code: str, data: st.DataObject) -> None:
    form = FORMS[code]
    once = form.prints(data.draw(STRATEGIES[code]()))
    assert differences(once, form.prints(once)) == []


@pytest.mark.parametrize("code", list(SAMPLES))
@pytest.mark.parametrize("fmt", ["docx", "pdf"])
def test_the_audit_of_a_sample_is_silent(code: str, fmt: str) -> None:
    document = read(FORMS[code].render(SAMPLES[code](), fmt), f"{code}.{fmt}")
    findings = audit(Case(extract(document), document, load_profile("national-2020"))).findings
    assert [f"{f.rule} {f.message}" for f in findings if f.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("fmt", ["docx", "xlsx", "pdf"])
def test_a_text_that_goes_on_overleaf_comes_back_whole(fmt: str) -> None:
    goal = Text(
        "".join(f"第{word}项工作按计划推进，责任到人，逐月核对。" for word in "甲乙丙丁戊己庚辛" * 10)
    )
    sample = SAMPLES["F3"]()
    report = replace(sample, projects=(replace(sample.projects[0], goal=goal),))
    back = extract(read(FORMS["F3"].render(report, fmt), f"F3.{fmt}"))
    assert "".join(back.projects[0].goal.text.split()) == goal.text
    assert differences(FORMS["F3"].prints(report).indicators, back.indicators) == []
