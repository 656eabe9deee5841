"""Evaluating a filled form: every score with its formula, every lost point with its reason, total, grade and gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from hengjian.core.figures import Figure, figure, plain, round_half_up
from hengjian.core.profile import Profile
from hengjian.core.report import Fact, Grade, Indicator, Report, Text, Total
from hengjian.core.scoring.grades import grades_of
from hengjian.core.scoring.indicator import score_indicator
from hengjian.core.scoring.score import ZERO, Method, Score, points_text, range_text
from hengjian.core.scoring.sheets import Execution, Sheet, sheets
from hengjian.core.scoring.totals import Bounds, execution_score, spread_weights
from hengjian.core.scoring.words import gives_a_reason


class Gap(StrEnum):
    """What is missing or does not fit in a form."""

    NO_RESULT = "no_result"
    NO_WEIGHT = "no_weight"
    NO_REASON = "no_reason"
    NOT_COMPUTABLE = "not_computable"
    OTHER_SCORE = "other_score"
    OTHER_TOTAL = "other_total"
    SPREAD_WEIGHTS = "spread_weights"


@dataclass(frozen=True, slots=True)
class Missing:
    """One gap, in a Chinese sentence for the person who fills the form."""

    kind: Gap
    message: str
    indicator: Indicator | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its computed score beside the one that the form gives.

    ``points`` is what counts: the computed value, or the given score where a judged level leaves a band and the given
    score lies in it; ``None`` where neither is there. ``spread`` is true where the weight is not printed but shared out.
    """

    indicator: Indicator
    score: Score
    points: Decimal | None
    spread: bool = False

    @property
    def weight(self) -> Decimal:
        return self.score.weight

    @property
    def formula(self) -> str:
        return self.score.formula

    @property
    def given(self) -> Figure | None:
        return self.indicator.score

    @property
    def lost(self) -> Decimal:
        """Points lost; 0 where nothing could be computed."""
        return ZERO if self.points is None else self.weight - self.points

    @property
    def needs_reason(self) -> bool:
        """A lost point or a far passed target must be explained in the deviation column."""
        return self.lost > 0 or self.score.over_target

    @property
    def lacks_reason(self) -> bool:
        return self.needs_reason and not gives_a_reason(self.indicator.reason.text)

    @property
    def explanation(self) -> str:
        """Why points were lost, or what is missing, in a few Chinese words; empty for a plain full score."""
        told = [self._why(), "▲ 须填偏差原因" if self.lacks_reason else ""]
        return " ".join(t for t in told if t)

    def _why(self) -> str:
        if self.score.missing:
            return f"缺{self.score.missing}" + ("，采用填报得分" if self.points is not None else "")
        if self.score.over_target:
            return "完成值远超目标"
        open_band = self.score.method is Method.JUDGED and self.points is None
        return self.formula if self.lost > 0 or open_band else ""


@dataclass(frozen=True, slots=True)
class SheetEvaluation:
    """One evaluated form. ``total`` has equal ends where everything could be computed."""

    scope: str
    execution: Execution
    execution_score: Score | None
    lines: tuple[Line, ...]
    total: Bounds
    full: Decimal
    """The points that all lines have together: 100 for a whole form."""
    grade: str
    """The grade of the total; two grades joined by — where the bounds lie in two; empty for a part of a form."""
    gaps: tuple[Missing, ...]

    @property
    def value(self) -> Decimal | None:
        return self.total.low if self.total.low == self.total.high and not self.total.missing else None

    @property
    def rate(self) -> Decimal | None:
        """The execution rate in percent, to two decimals."""
        budget, executed = self.execution.budget, self.execution.executed
        if budget is None or executed is None or not budget.base_value:
            return self.execution.rate.value if self.execution.rate else None
        return round_half_up(executed.base_value * 100 / budget.base_value)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every form of a report, evaluated by one profile."""

    profile: Profile
    sheets: tuple[SheetEvaluation, ...]

    @property
    def is_computable(self) -> bool:
        """Whether at least one row of one form could be scored."""
        return any(line.points is not None for s in self.sheets for line in s.lines)

    @property
    def is_complete(self) -> bool:
        return self.is_computable and not any(s.gaps for s in self.sheets)


def evaluate(report: Report, profile: Profile) -> Evaluation:
    """Score every form of a report. Nothing missing is made up: it leaves bounds and a gap."""
    return Evaluation(profile, tuple(_evaluated(sheet, profile) for sheet in sheets(report) if sheet.rows))


def _evaluated(sheet: Sheet, profile: Profile) -> SheetEvaluation:
    weights = spread_weights(sheet, profile)
    lines = tuple(_line(row, weights.get(i), profile) for i, row in enumerate(sheet.rows))
    execution = _execution(sheet, profile, lines)
    total = _total(lines, execution)
    full = sum((line.weight for line in lines), ZERO) + (execution.weight if execution else ZERO)
    grade = _grade(total, profile) if full == profile.total else ""
    gaps = tuple(_gaps(sheet, lines, execution, total))
    return SheetEvaluation(sheet.scope, sheet.execution, execution, lines, total, full, grade, gaps)


def _line(row: Indicator, weight: Decimal | None, profile: Profile) -> Line:
    spread = row.weight is None and weight is not None
    score = score_indicator(row, profile, weight)
    given = row.score.value if row.score is not None else None
    accepted = given is not None and score.value is None and score.low <= given <= score.high
    return Line(row, score, given if accepted else score.value, spread)


def _execution(sheet: Sheet, profile: Profile, lines: tuple[Line, ...]) -> Score | None:
    """The execution line, where the sheet has one or its points are just what is left to 100."""
    rest = profile.total - sum((line.weight for line in lines), ZERO)
    if not sheet.execution.is_scored and rest != profile.execution_weight:
        return None
    return execution_score(sheet, profile)


def _total(lines: tuple[Line, ...], execution: Score | None) -> Bounds:
    low = sum((line.points if line.points is not None else line.score.low for line in lines), ZERO)
    high = sum((line.points if line.points is not None else line.score.high for line in lines), ZERO)
    missing = [line.score.missing or "评判等级内的得分" for line in lines if line.points is None]
    if execution is not None:
        low, high = low + execution.low, high + execution.high
        missing += [execution.missing] if execution.missing else []
    return Bounds(low, high, tuple(dict.fromkeys(missing)))


def _grade(total: Bounds, profile: Profile) -> str:
    ends = [grades_of(score, profile.bands) for score in (total.low, total.high)]
    labels = [found[0].label for found in ends if found]
    return "—".join(dict.fromkeys(labels))


def _gaps(sheet: Sheet, lines: tuple[Line, ...], execution: Score | None, total: Bounds) -> Iterator[Missing]:
    if any(line.spread for line in lines):
        yield Missing(Gap.SPREAD_WEIGHTS, "表中没有分值，按口径的一级指标分值平均分配，仅供参考。")
    for line in lines:
        yield from _line_gaps(line)
    if execution is not None and execution.missing:
        yield Missing(Gap.NOT_COMPUTABLE, f"预算执行率得分无法计算：缺{execution.missing}。")
    yield from _execution_gap(sheet, execution)
    for stated in sheet.totals:
        if not total.missing and stated.figure.value != round_half_up(
            total.low, max(2, stated.figure.decimals)
        ):
            message = f"填报总分 {plain(stated.figure.value)}，按完成情况计算为 {range_text(total.low, total.high)}。"
            yield Missing(Gap.OTHER_TOTAL, message)


def _line_gaps(line: Line) -> Iterator[Missing]:
    name, row = line.indicator.name, line.indicator
    if line.score.missing == "实际完成值":
        yield Missing(Gap.NO_RESULT, f"“{name}”没有填实际完成值。", row)
    elif line.score.missing == "分值":
        yield Missing(Gap.NO_WEIGHT, f"“{name}”没有分值。", row)
    elif line.points is None:
        what = (
            line.score.missing
            or f"评判等级内的得分（{points_text(line.score.low)}—{points_text(line.score.high)}）"
        )
        yield Missing(Gap.NOT_COMPUTABLE, f"“{name}”无法计算：缺{what}。", row)
    if line.lacks_reason:
        yield Missing(Gap.NO_REASON, f"“{name}”须填写偏差原因分析及改进措施。", row)
    if line.given is not None and line.points is not None and line.given.value != line.points:
        message = f"“{name}”填报 {plain(line.given.value)} 分，按完成情况计算为 {points_text(line.points)}（{line.formula}）。"
        yield Missing(Gap.OTHER_SCORE, message, row)


def _execution_gap(sheet: Sheet, execution: Score | None) -> Iterator[Missing]:
    given = sheet.execution.score
    if given is None or execution is None or execution.value is None or given.value == execution.value:
        return
    message = f"预算执行率填报 {plain(given.value)} 分，计算为 {points_text(execution.value)}（{execution.formula}）。"
    yield Missing(Gap.OTHER_SCORE, message)


def with_scores(report: Report, evaluation: Evaluation) -> Report:
    """The report with the computed scores, totals and grades in place of the given ones, for printing its forms.

    Rows and totals that could not be computed keep what the form gives.
    """
    lines = {
        id(line.indicator): line for s in evaluation.sheets for line in s.lines if line.points is not None
    }
    by_cell = {
        (line.indicator.table, line.indicator.row, line.indicator.name): line for line in lines.values()
    }
    indicators = tuple(_scored(row, by_cell) for row in report.indicators)
    totals, grades = list(report.totals), list(report.grades)
    for sheet in evaluation.sheets:
        if sheet.value is not None and sheet.grade:
            totals = _set_total(totals, sheet)
            grades = [g for g in grades if g.scope != sheet.scope] + [Grade(Text(sheet.grade), sheet.scope)]
    facts = tuple(_with_execution(f, evaluation) for f in report.facts)
    return replace(report, indicators=indicators, totals=tuple(totals), grades=tuple(grades), facts=facts)


def _scored(row: Indicator, by_cell: dict[tuple[int, int, str], Line]) -> Indicator:
    line = by_cell.get((row.table, row.row, row.name))
    if line is None or line.points is None or row.source == "prose":
        return row
    return replace(row, score=_points(line.points), weight=row.weight or figure(line.weight))


def _set_total(totals: list[Total], sheet: SheetEvaluation) -> list[Total]:
    value = _points(sheet.total.low)
    own = [t for t in totals if t.scope == sheet.scope]
    changed = [replace(t, figure=replace(value, place=t.figure.place)) if t in own else t for t in totals]
    return changed if own else [*changed, Total(value, sheet.scope, figure(sheet.full), "table")]


def _with_execution(fact: Fact, evaluation: Evaluation) -> Fact:
    score = next((s.execution_score for s in evaluation.sheets if s.scope == fact.scope), None)
    if fact.key != "execution.score" or score is None or score.value is None:
        return fact
    return replace(fact, figure=replace(_points(score.value), unit=fact.figure.unit, place=fact.figure.place))


def _points(value: Decimal) -> Figure:
    return figure(points_text(value), "分")
