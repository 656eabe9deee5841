"""Mutators of the running text: counts, changes, headings, annexes, claims, slips of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.audit.ledger import ledger_of
from hengjian.core.document import Paragraph
from hengjian.core.mutation.figures import Change
from hengjian.core.mutation.mutation import Subject, mutator
from hengjian.core.report import Stage

_LISTED = re.compile(r"(\d)个(?:股室|科室|内设机构|内设科室|处室)[（(：:][^（）()。等余]*、[^（）()。等余]*[）)。]")
_CHANGED = re.compile(r"[比较]上年[^，。；%]{0,12}?(?:\d[\d.,]*万元)?[^，。；%]{0,4}?(增加|增长|减少|下降|降低)[了]?\d")
_OPPOSITE = {"增加": "减少", "增长": "下降", "减少": "增加", "下降": "增长", "降低": "提高"}
_HEADING = re.compile(r"^(二|三|四)、")
_SKIPPED = {"二": "四", "三": "五", "四": "七"}


def _long(subject: Subject) -> Iterator[Paragraph]:
    return (p for p in subject.document.body if len(p.text) > 40 and p.text.endswith("。"))


def _appended(subject: Subject, sentence: str) -> Iterator[Change]:
    """The sentence at the end of the first paragraph of the running text that is long enough."""
    for paragraph in _long(subject):
        yield paragraph.place, paragraph.text, paragraph.text + sentence
        return


@mutator("listed-count", "P-04")
def listed_count(subject: Subject) -> Iterator[Change]:
    """所称的股室个数比列出的多一个。"""
    for paragraph in subject.document.body:
        for match in _LISTED.finditer(paragraph.text):
            yield paragraph.place, match[0], str(int(match[1]) + 1) + match[0][1:]


@mutator("retired-denied", "P-08")
def retired_denied(subject: Subject) -> Iterator[Change]:
    """前文有退休人员，后文说没有。"""
    if any(f.value > 0 for f in subject.report.below("staff") if "退休" in f.label):
        yield from _appended(subject, "我单位无离退休人员。")


@mutator("change-direction", "D-13", "A-07")
def change_direction(subject: Subject) -> Iterator[Change]:
    """同比增减写反。"""
    for paragraph in subject.document.body:
        for match in _CHANGED.finditer(paragraph.text):
            start, end = match.start(1) - match.start(), match.end(1) - match.start()
            yield paragraph.place, match[0], match[0][:start] + _OPPOSITE[match[1]] + match[0][end:]


@mutator("heading-number", "D-08")
def heading_number(subject: Subject) -> Iterator[Change]:
    """标题序号跳号。"""
    for paragraph in subject.document.body:
        match = _HEADING.match(paragraph.text)
        if match and len(paragraph.text) < 40 and not paragraph.numbering:
            yield paragraph.place, match[0], _SKIPPED[match[1]] + "、"


@mutator("annex-missing", "D-10")
def annex_missing(subject: Subject) -> Iterator[Change]:
    """文中提到的附件没有附上。"""
    yield from _appended(subject, "具体情况详见附件9。")


@mutator("slip-of-the-pen", "D-11")
def slip_of_the_pen(subject: Subject) -> Iterator[Change]:
    """写了常见的错别字。"""
    yield from _appended(subject, "各项工作已作布署。")


@mutator("year-left-open", "D-12")
def year_left_open(subject: Subject) -> Iterator[Change]:
    """年份没有填。"""
    year = subject.report.year
    for paragraph in _long(subject):
        if year is not None and f"{year}年" in paragraph.text and not paragraph.text.startswith(("注", "说明")):
            yield paragraph.place, f"{year}年", "XX年"


@mutator("no-problems", "D-06", "W-09")
def no_problems(subject: Subject) -> Iterator[Change]:
    """有未完成的指标，存在问题却写无。"""
    missed = [
        i for i in subject.report.indicators
        if i.target.figure and i.actual.figure and i.target.operator.value == ">=" and i.actual.figure.value < i.target.figure.value * Decimal("0.8")
    ]  # fmt: skip
    problems = subject.report.problems
    paragraphs = [p for p in subject.document.body if p.text and p.text in problems.text]
    if missed and len(paragraphs) == 1 and paragraphs[0].text == problems.text:
        yield problems.place, problems.text, "无。"


@mutator("all-done-claimed", "D-15")
def all_done_claimed(subject: Subject) -> Iterator[Change]:
    """指标没有完成，正文称全部圆满完成。"""
    missed = any(
        i.target.figure and i.actual.figure and i.target.operator.value == ">=" and i.actual.figure.value < i.target.figure.value * Decimal("0.9")
        for i in subject.report.indicators
    )
    if missed:
        yield from _appended(subject, "全年各项绩效目标全部圆满完成。")


@mutator("thrift-claimed", "A-27")
def thrift_claimed(subject: Subject) -> Iterator[Change]:
    """“三公”经费比上年增加，正文称压减。"""
    report, ledger = subject.report, ledger_of(subject.report)
    if report.year is None:
        return
    for key, name in (("three_public.total", "“三公”经费"), ("expenditure.public", "公用经费")):
        facts = [f for f in ledger.of(key) if ledger.stage(f) is Stage.EXECUTED and f.figure.is_money and not f.scope]
        now = next((f for f in facts if f.year in (None, report.year)), None)
        before = next((f for f in facts if f.year == report.year - 1), None)
        if now and before and now.value > before.value * Decimal("1.06"):
            yield from _appended(subject, f"我单位认真落实过紧日子要求，{name}支出较上年进一步压减。")
