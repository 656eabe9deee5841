"""Points of the budget execution rate (W-13) and their distance from the indicators (W-18)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Finding, NotChecked, Outcome, Passed, Severity
from hengjian.core.audit.rules.scores.evidence import (
    apart,
    execution_explained,
    finding,
    is_progress,
    of_scope,
    witnesses_of,
)
from hengjian.core.figures import Figure, plain, round_half_up
from hengjian.core.profile import Profile
from hengjian.core.scoring.execution import score_execution, score_rate
from hengjian.core.scoring.indicator import score_indicator
from hengjian.core.scoring.score import ZERO, Score, points_text
from hengjian.core.scoring.sheets import Execution, Sheet, sheets
from hengjian.core.scoring.words import gives_a_reason

_CENT = Decimal("0.01")
_NEARLY_FULL = Decimal("0.1")


@rule(
    "W-13",
    title="预算执行率得分与公式相符",
    english="The execution points follow the formula",
    severity=Severity.ERROR,
    basis=Basis.FORM,
    source="财预〔2020〕10号 第十七条；财预〔2021〕101号 附件1",
    bad="全年预算 65、执行 63.32，分值 10，得分 10",
    good="全年预算 65、执行 63.32，分值 10，得分 9.74",
)
def execution_points_follow_the_rate(case: Case) -> Iterator[Outcome]:
    """预算执行率得分＝全年执行数÷全年预算数×分值，不超过分值；分母是调整后的全年预算数。口径分档的按档记分。"""
    if is_progress(case):
        return
    for sheet in sheets(case.report):
        if sheet.execution.score is not None:
            yield _judged(case, sheet, sheet.execution, sheet.execution.score)


def _judged(case: Case, sheet: Sheet, line: Execution, given: Figure) -> Outcome:
    weight = line.weight.value if line.weight is not None else case.profile.execution_weight
    lawful = [s for s in _lawful(line, weight, case.profile) if not s.missing]
    if not ZERO <= given.value <= weight:
        return _wrong(sheet, line, given, f"0—{plain(weight)}", "")
    if not lawful:
        return NotChecked("W-13", f"{of_scope(sheet)}全年预算数和全年执行数", given.place)
    if line.row is not None and "率" not in line.row.name and weight != case.profile.execution_weight:
        return NotChecked("W-13", f"“{line.row.name}”的评分标准", given.place)
    step = _step(sheet, given)
    if any(_agrees(given.value, s, step) for s in lawful):
        return Passed("W-13", lawful[0].formula, (given.place,))
    return _wrong(sheet, line, given, points_text(lawful[0].high), lawful[0].formula)


def _lawful(line: Execution, weight: Decimal, profile: Profile) -> list[Score]:
    """By the amounts or by the printed rate, as the profile scores and in the bands of 101号.

    An execution row with a target of its own (≥95%) may also be scored against that.
    """
    own = [score_indicator(line.row, profile)] if line.row is not None and line.row.target.is_numeric else []
    return [*_by_formula(line, weight, profile), *own]


def _by_formula(line: Execution, weight: Decimal, profile: Profile) -> list[Score]:
    found: list[Score] = []
    for variant in (
        profile,
        replace(profile, execution_scoring="proportional"),
        replace(profile, execution_scoring="banded"),
    ):
        found.append(score_execution(line.budget, line.executed, weight, variant))
        if line.rate is not None:
            found.append(score_rate(line.rate.value, weight, variant))
    return found


def _step(sheet: Sheet, given: Figure) -> Decimal:
    """The precision in which the sheet prints scores: whole points allow rounding to whole points."""
    decimals = max([given.decimals, *(r.score.decimals for r in sheet.rows if r.score is not None)])
    return Decimal(1).scaleb(-decimals)


def _agrees(given: Decimal, score: Score, step: Decimal) -> bool:
    tolerance = max(step / 2, _CENT)
    if given == score.weight and score.high < given:
        tolerance = min(tolerance, _NEARLY_FULL)
    return score.low - tolerance <= given <= score.high + tolerance


def _wrong(sheet: Sheet, line: Execution, given: Figure, expected: str, formula: str) -> Finding:
    single = "—" not in expected
    return finding(
        "W-13",
        Severity.ERROR,
        "{scope}预算执行率得分写为 {said}，应为 {expected}{because}。",
        [
            *witnesses_of("score", [given]),
            *witnesses_of("operand", [line.budget, line.executed, line.rate, line.weight]),
        ],
        said=plain(given.value),
        expected=expected,
        difference=apart(given.value - Decimal(expected)) if single else "",
        scope=of_scope(sheet),
        because=f"（{formula}）" if formula else "",
    )


@rule(
    "W-18",
    title="指标得分率与执行率差距大",
    english="Score rate and execution rate are far apart",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    source="省级绩效模块红灯：(I÷90－E÷10)÷(I÷90)＞0.05",
    bad="指标得分 90/90，执行率得分 6/10，无说明",
    good="指标得分 88/90，执行率得分 9.74/10",
)
def score_rate_near_execution_rate(case: Case) -> Iterator[Outcome]:
    """指标得分率明显高于预算执行率得分率的，说明钱没有花完而目标都已完成，须说明；正文已说明执行率原因的不提示。

    Twice the distance of the light is a warning, less a note: full marks at 93 % execution are common and honest.
    """
    if is_progress(case) or execution_explained(case):
        return
    for sheet in sheets(case.report):
        rates = _rates(sheet)
        row = sheet.execution.row
        if rates is None or (row is not None and gives_a_reason(row.reason.text)):
            continue
        indicators, execution = rates
        gap = (indicators - execution) / indicators
        if gap <= case.profile.lights_gap:
            yield Passed("W-18", f"({_percent(indicators)}－{_percent(execution)})/{_percent(indicators)}")
            continue
        severity = Severity.WARNING if gap > 2 * case.profile.lights_gap else Severity.NOTE
        yield _far_apart(sheet, indicators, execution, severity)


def _rates(sheet: Sheet) -> tuple[Decimal, Decimal] | None:
    line = sheet.execution
    rows = [r for r in sheet.rows if r.weight is not None and r.score is not None]
    if (
        line.weight is None
        or line.score is None
        or not line.weight.value
        or len(rows) < len(sheet.rows)
        or not rows
    ):
        return None
    weights = sum((r.weight.value for r in rows if r.weight), ZERO)
    scores = sum((r.score.value for r in rows if r.score), ZERO)
    return (scores / weights, line.score.value / line.weight.value) if scores > 0 and weights else None


def _far_apart(sheet: Sheet, indicators: Decimal, execution: Decimal, severity: Severity) -> Finding:
    return finding(
        "W-18",
        severity,
        "{scope}指标得分率 {said}，预算执行率得分率 {expected}，差距超过 5%，没有说明。",
        witnesses_of("score", [sheet.execution.score, *(r.score for r in sheet.rows)]),
        said=_percent(indicators),
        expected=_percent(execution),
        difference=f"{round_half_up((indicators - execution) * 100)}个百分点",
        scope=of_scope(sheet),
    )


def _percent(share: Decimal) -> str:
    return f"{plain(round_half_up(share * 100))}%"
