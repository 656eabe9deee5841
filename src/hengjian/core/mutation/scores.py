"""Mutators of weights, scores, totals, grades and reasons."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.mutation.figures import Change, changed
from hengjian.core.mutation.mutation import Subject, mutator
from hengjian.core.report import Indicator

_GRADES = {"优秀": "良好", "优": "良", "良好": "合格", "良": "中", "中": "差", "一般": "较差", "合格": "不合格"}


def _scored(subject: Subject) -> list[Indicator]:
    return [i for i in subject.report.indicators if i.source == "table" and i.weight is not None and i.score is not None]


@mutator("weight", "W-01", "W-02", "W-05")
def weight(subject: Subject) -> Iterator[Change]:
    """一行分值加 2：合计不再是 100。"""
    for indicator in _scored(subject):
        assert indicator.weight is not None
        yield changed(indicator.weight, indicator.weight.value + 2)


@mutator("score-above-weight", "W-05", "W-04")
def score_above_weight(subject: Subject) -> Iterator[Change]:
    """得分高于分值。"""
    for indicator in _scored(subject):
        assert indicator.score is not None
        assert indicator.weight is not None
        yield changed(indicator.score, indicator.weight.value + 1)


@mutator("total", "W-04", "W-19", "A-07")
def total(subject: Subject) -> Iterator[Change]:
    """总分改小 2 分：与各项得分之和不符。"""
    scopes = {i.project for i in _scored(subject)}
    for stated in subject.report.totals:
        if stated.scope in scopes:
            yield changed(stated.figure, stated.figure.value - 2)


@mutator("grade", "W-14")
def grade(subject: Subject) -> Iterator[Change]:
    """等级写低一级。"""
    if not subject.report.totals:
        return
    for stated in subject.report.grades:
        word = stated.label.compact
        if word in _GRADES:
            yield stated.label.place, word, _GRADES[word]


@mutator("reason-dropped", "W-07", "W-09", "W-10", "T-06")
def reason_dropped(subject: Subject) -> Iterator[Change]:
    """扣分的指标不写偏差原因，正文也没有说明问题。"""
    whole = "".join(text for text, _ in subject.document.texts())
    for indicator in _scored(subject):
        assert indicator.score is not None
        assert indicator.weight is not None
        if whole.count(indicator.reason.text) == 1 and indicator.reason and not subject.report.problems and indicator.score.value < indicator.weight.value:
            yield indicator.reason.place, indicator.reason.text, ""


@mutator("target-missed", "W-08", "W-06", "W-09", "T-01", "A-20", "A-21")
def target_missed(subject: Subject) -> Iterator[Change]:
    """满分的指标，实际值改成不到目标的一半。"""
    for indicator in _scored(subject):
        figure, goal = indicator.actual.figure, indicator.target.figure
        full = indicator.score == indicator.weight
        if figure and goal and full and indicator.target.operator.value == ">=" and figure.unit == goal.unit and goal.value >= 4:
            yield changed(figure, (goal.value / Decimal("2.5")).quantize(Decimal(1).scaleb(-figure.decimals)))


@mutator("total-above-hundred", "W-20", "W-04", "W-19")
def total_above_hundred(subject: Subject) -> Iterator[Change]:
    """总分超过 100。"""
    for stated in subject.report.totals:
        yield changed(stated.figure, stated.figure.value + 10)


@mutator("execution-score", "W-13", "W-04")
def execution_score(subject: Subject) -> Iterator[Change]:
    """预算执行率得分改小 1.5 分。"""
    for fact in subject.report.find("execution.score", scope=None):
        if fact.value > 2:
            yield changed(fact.figure, fact.value - Decimal("1.5"))


@mutator("band-overlap", "W-15")
def band_overlap(subject: Subject) -> Iterator[Change]:
    """一个等级区间的下界改低 7 分：与下一级重叠。"""
    for band in subject.report.bands:
        if band.low is not None and band.high is not None and band.low > 7 and band.text:
            old, digits = band.text.text, f"{band.low:f}"
            if digits in old:
                yield band.text.place, digits, f"{band.low - 7:f}"


