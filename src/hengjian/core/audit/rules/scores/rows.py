"""Scores of single rows: possible, lawful, and explained (W-05 … W-08, W-11, W-12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import (
    Basis,
    Finding,
    NotChecked,
    Outcome,
    Passed,
    Severity,
    Witness,
    witness,
)
from hengjian.core.audit.rules.scores.evidence import (
    apart,
    explained,
    finding,
    is_progress,
    of_scope,
    result_witnesses,
    witnesses_of,
)
from hengjian.core.audit.rules.scores.lawful import (
    could_be,
    expected_text,
    first_score,
    lawful_scores,
    shortfall,
)
from hengjian.core.figures import Figure, plain, round_half_up
from hengjian.core.report import Indicator
from hengjian.core.scoring.indicator import comparable
from hengjian.core.scoring.qualitative import level_of, score_level
from hengjian.core.scoring.score import ZERO, Method, points_text
from hengjian.core.scoring.sheets import Sheet, sheets
from hengjian.core.scoring.words import gives_a_reason

_UNIFORM_ROWS = 3
_UNIFORM_SHARE = Decimal("0.6")


def _scored(case: Case) -> Iterator[tuple[Sheet, Indicator, Decimal, Decimal]]:
    """Rows with weight and score: sheet, row, weight, score."""
    for sheet in sheets(case.report):
        for row in sheet.rows:
            if row.weight is not None and row.score is not None:
                yield sheet, row, row.weight.value, row.score.value


def _score_first(row: Indicator) -> list[Witness]:
    return [*witnesses_of("score", [row.score]), *witnesses_of("weight", [row.weight])]


@rule(
    "W-05",
    title="得分在0到分值之间",
    english="A score lies between 0 and its weight",
    severity=Severity.ERROR,
    basis=Basis.FORM,
    source="财预〔2020〕10号 第十七条",
    bad="分值 10，得分 12",
    good="分值 10，得分 9.5",
)
def score_within_weight(case: Case) -> Iterator[Outcome]:
    """每项指标的得分不得为负，也不得超过该项分值。加分、扣分行除外。"""
    for _, row, weight, score in _scored(case):
        if ZERO <= score <= _in_points(weight, row.weight, score):
            yield Passed("W-05", f"0 ≤ {plain(score)} ≤ {plain(weight)}", (row.place,))
            continue
        yield finding(
            "W-05",
            Severity.ERROR,
            "“{name}”得分 {said} 不在 0 到分值 {expected} 之间。",
            _score_first(row),
            said=plain(score),
            expected=plain(weight),
            difference=apart(score - weight if score > weight else score),
            name=row.name,
        )


def _in_points(weight: Decimal, figure: Figure | None, score: Decimal) -> Decimal:
    """A weight printed as a fraction (0.15) beside scores in points."""
    return weight * 100 if weight < 1 and figure is not None and figure.decimals and score >= 1 else weight


@rule(
    "W-06",
    title="得分与完成情况相符",
    english="The recomputed score equals the given one",
    severity=Severity.WARNING,
    basis=Basis.FORM,
    source="财预〔2020〕10号 第十七条",
    bad="目标 ≥95%，完成 83.1%，分值 10，得分 9.5",
    good="目标 ≥95%，完成 83.1%，分值 10，得分 8.75",
)
def score_follows_from_result(case: Case) -> Iterator[Outcome]:
    """完成指标值的记满分；未完成的按完成值与指标值的比例记分。定量指标、完成值等于指标值或为100%的指标可以重算。"""
    if is_progress(case):
        return
    for sheet, row, weight, given in _scored(case):
        if row.weight is None or weight < 1:
            continue
        first = first_score(row, case.profile)
        if first is None:
            if row.target.is_numeric:
                yield NotChecked("W-06", f"“{row.name}”可重算的完成值", row.place)
        elif could_be(given, [first], sheet):
            yield Passed("W-06", first.formula, (row.place,))
        else:
            yield from _not_the_usual(case, sheet, row, given)


def _not_the_usual(case: Case, sheet: Sheet, row: Indicator, given: Decimal) -> Iterator[Outcome]:
    """A score other than the profile's: lawful by another reading, by a standard of its own, or wrong."""
    lawful = lawful_scores(row, case.profile)
    full = row.weight is not None and given == row.weight.value
    if could_be(given, lawful, sheet):
        yield Passed("W-06", lawful[0].formula, (row.place,))
    elif not full and _local_standard(case, row, lawful[0].is_full):
        yield NotChecked("W-06", f"“{row.name}”扣分的口径", row.place)
    elif not (full and shortfall(row)):
        yield _other_score(row, given, expected_text(lawful), lawful[0].formula)


def _local_standard(case: Case, row: Indicator, full: bool) -> bool:
    """A scoring standard of its own, or a stated reason for marking down a reached target, sets other arithmetic."""
    if row.standard and not any(w in row.standard.text for w in ("比例", "满分", "年度完成情况")):
        return True
    return gives_a_reason(row.reason.text) and (full or "扣" in row.reason.text)


def _other_score(row: Indicator, given: Decimal, expected: str, formula: str) -> Finding:
    single = "—" not in expected
    return finding(
        "W-06",
        Severity.WARNING,
        "“{name}”按完成情况应得 {expected} 分（{formula}），得分写为 {said}。",
        [*_score_first(row), *result_witnesses(row)],
        said=plain(given),
        expected=expected,
        difference=apart(given - Decimal(expected)) if single else "",
        name=row.name,
        formula=formula,
    )


@rule(
    "W-07",
    title="扣分须说明偏差原因",
    english="A deduction needs a reason in the deviation column",
    severity=Severity.ERROR,
    basis=Basis.FORM,
    source="财预〔2020〕10号 附件1 填表说明",
    bad="分值 15，得分 14，偏差原因栏空白",
    good="分值 15，得分 14，偏差原因：两次培训因场地维修取消",
)
def deduction_has_a_reason(case: Case) -> Iterator[Outcome]:
    """自评表设“偏差原因分析及改进措施”栏的，得分低于分值应在该栏或报告正文说明原因。"""
    if is_progress(case):
        return
    for _, row, weight, score in _scored(case):
        if "reason" not in row.columns or not ZERO <= score < weight:
            continue
        if explained(case, row):
            yield Passed("W-07", f"{plain(score)} < {plain(weight)}，已说明原因", (row.place,))
            continue
        yield finding(
            "W-07",
            Severity.ERROR,
            "“{name}”分值 {expected}、得分 {said}，扣 {difference} 分，偏差原因栏和正文都没有说明。",
            [*_score_first(row), *([witness("reason", row.reason)] if row.reason.place.table else [])],
            said=plain(score),
            expected=plain(weight),
            difference=plain(weight - score),
            name=row.name,
        )


@rule(
    "W-08",
    title="未完成的指标不得满分",
    english="No full score for an unmet target",
    severity=Severity.ERROR,
    basis=Basis.FORM,
    source="财预〔2020〕10号 第十七条",
    bad="目标 ≥95%，完成 83.1%，分值 10，得分 10",
    good="目标 ≥95%，完成 83.1%，分值 10，得分 8.75",
)
def no_full_score_for_an_unmet_target(case: Case) -> Iterator[Outcome]:
    """定量指标未完成指标值的，不得记满分。"""
    if is_progress(case):
        return
    for _, row, weight, score in _scored(case):
        if score != weight or not weight:
            continue
        if not shortfall(row) or _full_by_steps(case, row) or _full_by_rounding(case, row, weight):
            if comparable(row) is not None:
                yield Passed(
                    "W-08", f"{row.actual.text.text} 达到 {row.target.text.text}，满分", (row.place,)
                )
            continue
        expected = expected_text(lawful_scores(row, case.profile))
        yield finding(
            "W-08",
            Severity.ERROR,
            "“{name}”目标 {target}、完成 {actual}，未完成却得满分 {said} 分，按比例应得 {expected} 分。",
            [*_score_first(row), *result_witnesses(row)],
            said=plain(score),
            expected=expected,
            name=row.name,
            target=row.target.text.text,
            actual=row.actual.text.text,
        )


def _full_by_rounding(case: Case, row: Indicator, weight: Decimal) -> bool:
    """82.9 of 83 for 4 points is 3.995, which forms print as 4.00: full in the printed precision."""
    return any(s.value is not None and round_half_up(s.value) == weight for s in lawful_scores(row, case.profile))


def _full_by_steps(case: Case, row: Indicator) -> bool:
    """Under banded satisfaction a rate in the top band is full, whatever the target."""
    lawful = lawful_scores(row, case.profile)
    return any(s.method is Method.BANDED and s.is_full for s in lawful[:1])


@rule(
    "W-11",
    title="定性指标得分在评判等级区间内",
    english="A qualitative score lies in the band of its level",
    severity=Severity.ERROR,
    basis=Basis.FORM,
    source="财预〔2020〕10号 第十七条",
    bad="部分达成，分值 15，得分 14",
    good="部分达成，分值 15，得分 10.5",
)
def qualitative_score_in_its_band(case: Case) -> Iterator[Outcome]:
    """定性指标分为达成、部分达成并具有一定效果、未达成且效果较差三档，分别按100%—80%（含）、80%—60%（含）、60%—0记分。"""
    if is_progress(case):
        return
    for _, row, weight, score in _scored(case):
        level = level_of(row.actual.text.text) if not row.target.is_numeric else None
        if level is None:
            continue
        band = score_level(level, weight, case.profile)
        if band.low <= score <= band.high:
            yield Passed("W-11", band.formula, (row.place,))
            continue
        yield finding(
            "W-11",
            Severity.ERROR,
            "“{name}”评判为“{level}”，分值 {weight} 的区间是 {expected} 分，得分写为 {said}。",
            [*_score_first(row), witness("actual", row.actual.text)],
            said=plain(score),
            expected=f"{points_text(band.low)}—{points_text(band.high)}",
            difference=apart(score - (band.high if score > band.high else band.low)),
            name=row.name,
            level=row.actual.text.text,
            weight=plain(weight),
        )


@rule(
    "W-12",
    title="多数指标扣分相同",
    english="The same deduction on most rows",
    severity=Severity.NOTE,
    basis=Basis.PRACTICE,
    source="财预〔2020〕10号 第十七条（按完成情况逐项评分）",
    bad="8 项指标有 7 项各扣 1 分",
    good="按各项完成情况扣分",
)
def deductions_are_not_uniform(case: Case) -> Iterator[Outcome]:
    """逐项评分很少得出相同的扣分；多数指标扣分相同的，提示逐项复核。"""
    for sheet in sheets(case.report):
        rows = [r for r in sheet.rows if r.weight is not None and r.score is not None]
        lost = [
            (r.weight.value - r.score.value, r)
            for r in rows
            if r.weight and r.score and r.score.value < r.weight.value
        ]
        amount, count = next(iter(Counter(d for d, _ in lost).most_common(1)), (ZERO, 0))
        if (
            count < _UNIFORM_ROWS
            or count < _UNIFORM_SHARE * len(rows)
            or all(_by_ratio(case, r) for d, r in lost if d == amount)
        ):
            continue
        yield finding(
            "W-12",
            Severity.NOTE,
            "{scope}{rows} 项指标中有 {count} 项都扣 {said} 分，请逐项复核。",
            witnesses_of("score", [r.score for d, r in lost if d == amount]),
            said=plain(amount),
            scope=of_scope(sheet),
            rows=str(len(rows)),
            count=str(count),
        )


def _by_ratio(case: Case, row: Indicator) -> bool:
    """The deduction follows from an unmet target."""
    return shortfall(row) and bool(lawful_scores(row, case.profile))
