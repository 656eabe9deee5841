"""Mutators of indicator rows: targets, names, achieved values and the way they are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.mutation.figures import Change, changed
from hengjian.core.mutation.mutation import Subject, mutator
from hengjian.core.report import Indicator, Operator


def _rows(subject: Subject) -> list[Indicator]:
    return [i for i in subject.report.indicators if i.source == "table"]


def _targets(subject: Subject, operator: Operator) -> Iterator[Indicator]:
    return (i for i in _rows(subject) if i.target.operator is operator and i.target.figure is not None)


@mutator("score-generous", "W-06", "W-08", "W-04")
def score_generous(subject: Subject) -> Iterator[Change]:
    """没有完成的指标几乎不扣分。"""
    for i in _rows(subject):
        if i.weight is not None and i.score is not None and i.weight.value - i.score.value > 1:
            yield changed(i.score, i.weight.value - Decimal("0.2"))


@mutator("far-over-target", "W-10", "A-20", "A-07", "T-01", "T-12", "P-05")
def far_over_target(subject: Subject) -> Iterator[Change]:
    """完成值改到目标的两倍半，没有说明。"""
    for i in _targets(subject, Operator.AT_LEAST) if subject.report.kind.is_self_evaluation else ():
        figure, goal = i.actual.figure, i.target.figure
        explained = i.reason.compact not in ("", "无", "无偏差", "—", "-")
        if figure and goal and not explained and figure.unit == goal.unit and goal.unit not in ("%", "‰") and goal.value > 4:
            yield changed(figure, (goal.value * Decimal("2.5")).quantize(Decimal(1)))


@mutator("qualitative-score", "W-11", "W-04", "W-07")
def qualitative_score(subject: Subject) -> Iterator[Change]:
    """全部达成的定性指标只得一半的分。"""
    for i in _rows(subject):
        if i.target.operator is Operator.QUALITATIVE and i.weight is not None and i.score == i.weight:
            yield changed(i.weight if i.score is None else i.score, i.weight.value / 2)


@mutator("satisfaction-far-below", "W-17", "T-06", "W-08", "W-09", "T-01", "W-06", "A-07")
def satisfaction_far_below(subject: Subject) -> Iterator[Change]:
    """总分很高，满意度的完成值却只有目标的七成。"""
    for i in _targets(subject, Operator.AT_LEAST):
        if i.is_satisfaction and i.actual.figure and i.target.figure and i.score:
            yield changed(i.actual.figure, (i.target.figure.value * Decimal("0.7")).quantize(Decimal("0.1")))


@mutator("satisfaction-blank", "T-06", "W-09", "W-08", "T-01", "T-22")
def satisfaction_blank(subject: Subject) -> Iterator[Change]:
    """满意度的完成值空白。"""
    whole = "".join(text for text, _ in subject.document.texts())
    for i in _rows(subject):
        if i.is_satisfaction and i.actual.figure and i.target.is_numeric and i.score and whole.count(i.actual.figure.text) == 1:
            yield i.actual.text.place, i.actual.text.text, ""


@mutator("target-above-hundred", "T-04", "L-07")
def target_above_hundred(subject: Subject) -> Iterator[Change]:
    """满意度的目标写成105%。"""
    for i in _targets(subject, Operator.AT_LEAST):
        if i.is_satisfaction and i.target.figure and i.target.figure.unit == "%":
            yield changed(i.target.figure, Decimal(105))


@mutator("sign-dropped", "T-05", "L-05")
def sign_dropped(subject: Subject) -> Iterator[Change]:
    """目标不写“≥”。"""
    for i in _targets(subject, Operator.AT_LEAST):
        text = i.target.text
        if text.text.startswith("≥"):
            yield text.place, text.text, text.text[1:]


@mutator("targets-of-projects", "T-07", "T-01", "T-05")
def targets_of_projects(subject: Subject) -> Iterator[Change]:
    """几个项目都有的指标，一个项目的目标不同。"""
    rows = [i for i in _targets(subject, Operator.AT_LEAST) if i.project and i.target.figure and i.target.figure.unit == "%"]
    described = [i for i in rows if len(i.description.compact) >= 4]
    projects = Counter((i.name, i.description.compact) for i in described)
    for i in described:
        if projects[i.name, i.description.compact] > 1 and i.target.figure and i.target.figure.value > 10:
            yield changed(i.target.figure, i.target.figure.value - 5)


@mutator("name-twice", "T-08", "L-23", "L-11", "T-17")
def name_twice(subject: Subject) -> Iterator[Change]:
    """一个指标又以另一类二级指标列出，目标相同。"""
    rows = _rows(subject)
    for first in rows:
        for second in rows:
            same = first.project == second.project and first.target.text.compact == second.target.text.compact
            if same and first.row < second.row and first.level2_std != second.level2_std and first.target.is_numeric:
                yield second.level3.place, second.level3.text, first.level3.text
                break


@mutator("percent-for-count", "T-12", "W-06", "W-08", "D-14")
def percent_for_count(subject: Subject) -> Iterator[Change]:
    """按次数定的目标，完成值写成百分比。"""
    for i in _rows(subject):
        figure, goal = i.actual.figure, i.target.figure
        ratio = re.search("率|比|程度|进度", i.name)
        if figure and goal and not ratio and figure.unit == goal.unit and goal.unit in ("次", "场", "件", "户", "人", "人次", "期", "处", "批次"):
            yield i.actual.text.place, i.actual.text.text, "92%"


@mutator("percent-sign-lost", "D-14", "T-12", "W-06", "W-08", "T-05")
def percent_sign_lost(subject: Subject) -> Iterator[Change]:
    """完成值漏写百分号。"""
    for i in _rows(subject):
        text = i.actual.text
        rate = i.target.figure and i.target.figure.unit == "%" and re.search("率|度|比例|比重", i.name)
        if rate and i.actual.figure and i.actual.figure.value > 1 and re.fullmatch(r"[\d.]+%", text.text):
            yield text.place, text.text, text.text[:-1]


@mutator("vague-target", "T-14", "L-02", "L-01")
def vague_target(subject: Subject) -> Iterator[Change]:
    """定性目标只写“效果明显”。"""
    for i in _rows(subject):
        if i.target.operator is Operator.QUALITATIVE:
            yield i.target.text.place, i.target.text.text, "效果明显"


@mutator("cost-without-number", "T-15", "L-18", "L-02")
def cost_without_number(subject: Subject) -> Iterator[Change]:
    """成本指标不写数。"""
    for i in _rows(subject):
        if i.is_cost and i.target.is_numeric:
            yield i.target.text.place, i.target.text.text, "按规定执行"


@mutator("input-as-output", "T-18", "L-10", "L-13")
def input_as_output(subject: Subject) -> Iterator[Change]:
    """数量指标写的是投入。"""
    for i in _rows(subject):
        if i.level2_std == "数量指标":
            yield i.level3.place, i.level3.text, "保障值班人员经费"


@mutator("attendance-for-satisfaction", "T-19", "T-21")
def attendance_for_satisfaction(subject: Subject) -> Iterator[Change]:
    """以参评率代替满意度。"""
    rows = [i for i in _rows(subject) if i.level1_std == "满意度指标"]
    for i in rows:
        if sum(o.project == i.project for o in rows) == 1:
            yield i.level3.place, i.level3.text, "群众参评率"


@mutator("late-acceptance", "T-20")
def late_acceptance(subject: Subject) -> Iterator[Change]:
    """受理时限长于规定。"""
    for i in _rows(subject):
        if i.level2_std == "时效指标" and i.target.text.place.table:
            yield i.target.text.place, i.target.text.text, "信访事项30日内受理"


@mutator("target-blank", "T-22", "T-01", "W-08", "W-09")
def target_blank(subject: Subject) -> Iterator[Change]:
    """指标有名称，没有指标值。"""
    for i in _rows(subject):
        if i.target.is_numeric and i.target.text.place.table:
            yield i.target.text.place, i.target.text.text, ""


@mutator("zero-at-least", "T-23", "T-05", "T-03")
def zero_at_least(subject: Subject) -> Iterator[Change]:
    """零目标写成“≥0”。"""
    for i in _rows(subject):
        text = i.target.text
        if i.target.figure and i.target.figure.value == 0 and text.text[:1] in ("=", "＝", "0") and i.target.operator is Operator.EQUAL:
            yield text.place, text.text, "≥" + text.text.lstrip("=＝")


@mutator("goal-copied", "T-11", "T-09")
def goal_copied(subject: Subject) -> Iterator[Change]:
    """总体目标的完成情况照抄目标。"""
    report = subject.report
    pairs = [(report.goal, report.goal_actual), *((p.goal, p.goal_actual) for p in report.projects)]
    for goal, told in pairs:
        if len(goal.compact) >= 18 and told and not any(c.isdigit() for c in goal.text):
            yield told.place, told.text, goal.text
