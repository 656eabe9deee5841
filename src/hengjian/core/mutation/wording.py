"""Mutators of targets, names, years and other words."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.mutation.figures import Change, changed
from hengjian.core.mutation.mutation import Subject, mutator
from hengjian.core.report import Indicator, Operator


def _rows(subject: Subject) -> list[Indicator]:
    return [i for i in subject.report.indicators if i.source == "table"]


@mutator("second-number", "T-02")
def second_number(subject: Subject) -> Iterator[Change]:
    """指标值里再写一个不同的百分比。"""
    for indicator in _rows(subject):
        figure = indicator.target.figure
        if figure and figure.unit == "%" and indicator.target.operator is Operator.AT_LEAST and 20 < figure.value < 100:
            text = indicator.target.text
            yield text.place, text.text, f"{text.text}完成率达到{figure.value - 10:f}%"


@mutator("two-targets", "T-01")
def two_targets(subject: Subject) -> Iterator[Change]:
    """正文所列目标与表中目标不同。"""
    names = {i.name for i in _rows(subject) if i.target.is_numeric}
    for indicator in subject.report.indicators:
        figure = indicator.target.figure
        if indicator.source == "prose" and indicator.name in names and figure is not None and figure.value > 10:
            yield changed(figure, figure.value - 5)


@mutator("two-actuals", "A-07", "A-20", "T-01", "W-06", "W-08", "W-09", "T-06", "P-05")
def two_actuals(subject: Subject) -> Iterator[Change]:
    """正文所述完成值与表中完成值不同，且低于目标。"""
    names = {i.name for i in _rows(subject) if i.actual.figure}
    for indicator in subject.report.indicators:
        figure = indicator.actual.figure
        if indicator.source == "prose" and indicator.name in names and figure is not None and figure.value > 30:
            yield changed(figure, (figure.value - 20).quantize(Decimal(1).scaleb(-figure.decimals)))


@mutator("cost-overstated", "A-20", "W-08", "W-06", "W-09")
def cost_differs(subject: Subject) -> Iterator[Change]:
    """成本指标的目标是项目预算，实际值只有执行数的一半。"""
    for indicator in _rows(subject):
        figure = indicator.actual.figure
        goal, funds = indicator.target.figure, list(subject.report.find("funds.total", scope=indicator.project))
        spent = {f.figure.base_value for f in funds if f.stage.value == "executed" and f.figure.is_money}
        planned = {f.figure.base_value for f in funds if f.stage.value in ("budget", "initial") and f.figure.is_money}
        whole = figure and figure.is_money and figure.base_value in spent and goal and goal.base_value in planned
        if indicator.is_cost and figure and figure.value and whole:
            yield changed(figure, (figure.value / 2).quantize(Decimal("0.01")))


@mutator("claim-as-target", "T-10")
def claim_as_target(subject: Subject) -> Iterator[Change]:
    """目标格里写的是结果。"""
    for indicator in _rows(subject):
        if indicator.target.is_numeric and indicator.target.text.place.table:
            text = indicator.target.text
            yield text.place, text.text, "已全面完成并取得良好成效，群众普遍认可"


@mutator("form-year", "D-01")
def form_year(subject: Subject) -> Iterator[Change]:
    """表头的年度写成前一年。"""
    report = subject.report
    if report.year is None:
        return
    for block in subject.document.paragraphs:
        stripped = block.text.strip("（）() ")
        if stripped in (f"{report.year}年度", f"{report.year}年") and block.place != report.year_place:
            yield block.place, str(report.year), str(report.year - 1)


@mutator("filed-too-early", "D-02")
def filed_too_early(subject: Subject) -> Iterator[Change]:
    """自评表的填报日期早于年末。"""
    report = subject.report
    if report.year and report.kind.is_self_evaluation and str(report.year + 1) in report.filed_on.text:
        yield report.filed_on.place, str(report.year + 1), str(report.year)


@mutator("other-unit", "D-03")
def other_unit(subject: Subject) -> Iterator[Change]:
    """一处单位名称换成别的单位。"""
    unit = subject.report.unit_name.compact
    whole = "".join("".join(text.split()) for text, _ in subject.document.texts())
    for paragraph in subject.document.body if whole.count(unit) > 2 else ():
        if unit and unit in paragraph.text and paragraph.place.block != subject.report.title.place.block and len(paragraph.text) < 60:
            yield paragraph.place, unit, "云州市青泽区水务局"


@mutator("placeholder", "D-12")
def placeholder(subject: Subject) -> Iterator[Change]:
    """金额写成××万元。"""
    for fact in subject.report.facts:
        if fact.source == "prose" and fact.figure.unit == "万元" and fact.place.quote.endswith("万元") and not fact.sentence.text.startswith("注"):
            yield fact.place, fact.place.quote, "××万元"


@mutator("paragraph-twice", "T-09")
def paragraph_twice(subject: Subject) -> Iterator[Change]:
    """一段四十字以上的话写了两遍。"""
    body = [p for p in subject.document.body if len(p.text) >= 60 and not any(c.isdigit() for c in p.text)]
    for first, second in itertools.pairwise(body):
        yield second.place, second.text, first.text


@mutator("phone-exposed", "D-18")
def phone_exposed(subject: Subject) -> Iterator[Change]:
    """正文里写了一个手机号码。"""
    for paragraph in subject.document.body:
        if len(paragraph.text) > 40 and paragraph.text.endswith("。"):
            yield paragraph.place, paragraph.text, paragraph.text[:-1] + "，详情可致电13912345678。"
            return
