"""Satisfaction: T-06 and T-19."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Finding, Outcome, Passed, Severity, Witness
from hengjian.core.audit.indicators import (
    actual_witness,
    filled,
    found,
    has_number,
    missed,
    name_witness,
    number_of,
    rows,
    same_scope,
    scopes,
    shorten,
    statements,
    target_of,
    target_witness,
)
from hengjian.core.audit.words import any_of
from hengjian.core.report import Indicator

_STATED = re.compile(r"满意(?:率|度)[^，。；、\d≥≤=]{0,8}?(?P<number>\d{1,3}(?:\.\d+)?)\s*[%％]")
_ADMITTED = re.compile(r"满意[^。]{0,60}(?:原因|由于|因为|主要是|主要反映|(?:满意度|较|偏)低|差距|未达|未完成|低于|偏低|不高|偏差|下降|不足|不满意|有待|偏离|尚未)|(?:差距|未达|低于|偏低|偏差|偏离|不满意)[^。]{0,60}满意")


@rule(
    "T-06",
    title="满意度的实际值如实填列并与目标比较",
    english="The satisfaction achieved is reported against its target",
    severity=Severity.ERROR,
    basis=Basis.FORM,
    source="财预〔2020〕10号（满意度指标须有实际完成值；未完成的说明原因）",
    bad="满意度目标≥95%，完成值空白；或表中只写“满意”而正文写满意率100%",
    good="满意度目标≥95%，实际83.1%，正文说明与目标有差距及原因",
)
def satisfaction_is_reported(case: Case) -> Iterator[Outcome]:
    """满意度指标应填实际完成值；低于目标应在表内或正文说明；正文有数而表中只有文字的应补数。"""
    if not case.report.kind.is_self_evaluation:
        return
    satisfaction = [r for r in rows(case.report) if _measured(r)]
    for row in satisfaction:
        if row.target.is_numeric and not filled(row.actual.text):
            yield from _not_reported(case, row)
        elif missed(row):
            yield _below(row) if not _admitted(case, row) else _passed(row)
    yield from _words_only(case, satisfaction)


def _measured(row: Indicator) -> bool:
    return row.is_satisfaction and "actual" in row.columns


def _passed(row: Indicator) -> Passed:
    return Passed("T-06", f"{row.name}：{number_of(row.actual.figure)}，目标{target_of(row.target)}，已说明", (row.place,))


def _not_reported(case: Case, row: Indicator) -> Iterator[Finding]:
    told = [s for s in statements(case.report) if s.is_satisfaction and s.actual.figure is not None]
    if any(same_scope(case.report, s.project, row.project) for s in told) or _in_prose(case):
        return
    yield found(
        "T-06",
        Severity.ERROR,
        "“{name}”目标为{expected}，没有实际完成值。",
        actual_witness(row),
        target_witness(row),
        expected=target_of(row.target),
        name=shorten(row.name),
    )


def _admitted(case: Case, row: Indicator) -> bool:
    """Whether the row or the text says that the satisfaction fell short."""
    return filled(row.reason) or any(_ADMITTED.search(p.text) for p in case.document.body)


def _below(row: Indicator) -> Finding:
    return found(
        "T-06",
        Severity.ERROR,
        "“{name}”实际{said}，未达到目标{expected}，表内和正文都没有说明。",
        actual_witness(row),
        target_witness(row),
        said=number_of(row.actual.figure),
        expected=target_of(row.target),
        group=f"missed:{row.place.loc}",
        name=shorten(row.name),
    )


def _in_prose(case: Case) -> list[Witness]:
    """The satisfaction figures that the running text gives."""
    return [
        Witness("text", p.place.part(m.start(), m.end(), m[0]), m[0], m["number"], "%")
        for p in case.document.body
        for m in _STATED.finditer(p.text)
        if not re.search(r"目标|计划|≥|不低于|以上", p.text[max(0, m.start() - 12) : m.end() + 3])
    ]


def _words_only(case: Case, satisfaction: list[Indicator]) -> Iterator[Finding]:
    """Rows that say 满意 while the text gives a rate: one finding for the document."""
    wordy = [r for r in satisfaction if filled(r.actual.text) and not has_number(r.actual.text) and not has_number(r.target.text)]
    told = _in_prose(case)
    if wordy and told:
        yield found(
            "T-06",
            Severity.WARNING,
            "满意度在表中只写“{said}”，正文称{expected}，无法核对。",
            *(actual_witness(r) for r in wordy),
            told[0],
            said=wordy[0].actual.text.compact,
            expected=told[0].text,
        )


@rule(
    "T-19",
    title="参评率不能代替满意度",
    english="A participation rate is not satisfaction",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    source="满意度指标反映服务对象的认可程度（财预〔2015〕88号）",
    bad="指标名称“群众参评率”，指标值“群众满意度”",
    good="群众参评率≥90%，群众满意度≥95%，各为一行",
)
def participation_is_not_satisfaction(case: Case) -> Iterator[Outcome]:
    """满意度指标应衡量满意程度；参评率只反映评价的参与面，应单列。"""
    for block in scopes(case.report).values():
        satisfied = [r for r in block if r.level1_std == "满意度指标" and r.name]
        pure = [r for r in satisfied if "满意" in r.name and not _takes_part(r.name)]
        for row in satisfied:
            if _mixed(row) or (_takes_part(row.name) and "满意" not in row.name and not pure):
                yield _participation(row)


def _takes_part(text: str) -> bool:
    return any_of("targets", "participation").search(text) is not None


def _mixed(row: Indicator) -> bool:
    target = row.target.text.compact
    return (_takes_part(row.name) and "满意" in target) or ("满意" in row.name and _takes_part(target))


def _participation(row: Indicator) -> Finding:
    return found(
        "T-19",
        Severity.WARNING,
        "满意度指标“{name}”衡量的是参评，不是满意程度。",
        name_witness(row),
        target_witness(row),
        said=row.name,
        expected="满意度",
        name=shorten(row.name),
    )
