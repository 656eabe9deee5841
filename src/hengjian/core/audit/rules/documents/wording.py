"""Slips of the pen: D-11, D-12, D-14."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Outcome, Repair, Severity, Witness
from hengjian.core.audit.indicators import (
    actual_witness,
    found,
    name_witness,
    note,
    rows,
    shorten,
    target_witness,
)
from hengjian.core.audit.words import words
from hengjian.core.places import Place


def _texts(case: Case) -> Iterator[tuple[str, Place]]:
    """Every text with its place; cells and paragraphs alike."""
    yield from case.document.texts()


_Slip = tuple[re.Pattern[str], str]


@cache
def _shapes() -> tuple[_Slip, ...]:
    return tuple((re.compile(t["pattern"]), t["right"]) for t in words("typos")["shape"])


def _slips_of(whole: str) -> list[_Slip]:
    """The slips that occur anywhere in a document: few or none, so that each text is searched for those only."""
    listed = [t for t in words("typos")["typo"] if t["wrong"] in whole]
    shaped = [s for s in _shapes() if s[0].search(whole)]
    return [*((re.compile(re.escape(t["wrong"])), t["right"]) for t in listed), *shaped]


@rule(
    "D-11",
    title="没有常见错别字",
    english="No typing errors from the list",
    severity=Severity.NOTE,
    basis=Basis.PRACTICE,
    source="公文用字规范",
    bad="“布署”“帐户”“信访信访事项”",
    good="“部署”“账户”“信访事项”",
)
def no_known_typos(case: Case) -> Iterator[Outcome]:
    """列入词表的错别字、重复词和漏字。"""
    texts = list(_texts(case))
    slips = _slips_of("\n".join(text for text, _ in texts))
    for text, place in texts if slips else ():
        for pattern, right in slips:
            for match in pattern.finditer(text):
                yield _typo(match[0], match.expand(right), place.part(match.start(), match.end(), match[0]))


def _typo(wrong: str, right: str, place: Place) -> Outcome:
    return found(
        "D-11",
        Severity.NOTE,
        "“{wrong}”疑为“{right}”。",
        Witness("text", place, wrong),
        said=wrong,
        expected=right,
        repairs=[Repair(place, wrong, right)],
        group="D-11",
        wrong=wrong,
        right=right,
    )


_PLACEHOLDER = re.compile(r"(?<![A-Za-z0-9×xX*])(?:20|19)?[X×Ｘx＊*✕╳]{2,4}\s*(?:年(?!级)|万元|亿元|元(?![\u4e00-\u9fff]{0,2}乡))")
_INSTRUCTION = re.compile(r"^\s*[（(]?(?:注|备注|说明|填表说明|填报说明|填写说明|示例|例如|格式)[:：）)]|如[:：]?\s*[“\"]")


@rule(
    "D-12",
    title="没有未填的占位符",
    english="No placeholder is left over",
    severity=Severity.WARNING,
    basis=Basis.FORM,
    source="报告应填写完整",
    bad="XX年，我局支出××万元",
    good="2024年，我局支出120.5万元",
)
def no_placeholders(case: Case) -> Iterator[Outcome]:
    """年份、金额处不应留有XX、××一类的占位符。"""
    for text, place in _texts(case):
        if _INSTRUCTION.search(text):
            continue
        for match in _PLACEHOLDER.finditer(text):
            yield found(
                "D-12",
                Severity.WARNING,
                "“{said}”是没有填写的占位符。",
                Witness("text", place.part(match.start(), match.end(), match[0]), match[0]),
                said=match[0],
                expected="实际的年份或金额",
            )


@rule(
    "D-14",
    title="百分号没有遗漏",
    english="The percent sign is not missing",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source="同一行的目标值与完成值应为同一单位",
    bad="及时受理率目标≥95%，完成值96",
    good="及时受理率目标≥95%，完成值96%",
)
def percent_signs_are_there(case: Case) -> Iterator[Outcome]:
    """比率指标的目标值、完成值一处有百分号、一处没有的，应补上。"""
    for row in rows(case.report, named=True):
        target, actual = row.target.figure, row.actual.figure
        if target is None or actual is None or not re.search(r"率|度|比例|比重", row.name):
            continue
        units = (target.unit, actual.unit)
        if set(units) == {"%", ""} and min(target.value, actual.value) >= 1:
            bare, where = (actual, actual_witness(row)) if actual.unit == "" else (target, target_witness(row))
            yield note(
                "D-14",
                "“{name}”的“{text}”缺百分号。",
                where,
                name_witness(row),
                name=shorten(row.name),
                text=bare.text or str(bare.value),
            )
