"""Evaluating a filled form: scores, reasons, totals, grades, and what is missing."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.core.scoring.rows import row

from hengjian.core.figures import figure
from hengjian.core.report import Fact, Indicator, Report, Stage, Total
from hengjian.core.scoring.evaluation import Gap, evaluate, with_scores
from hengjian.law import load_profile

N2020 = load_profile()
REASON = "来访量减少，改为网上信访的增多"


def form(*rows: Indicator, total: str | None = None) -> Report:
    facts = (
        Fact("funds.total", "", figure("65.00", "万元"), Stage.BUDGET),
        Fact("funds.total", "", figure("63.32", "万元"), Stage.EXECUTED),
        Fact("execution.weight", "", figure("10", "分")),
        Fact("execution.score", "", figure("10", "分")),
    )
    totals = (Total(figure(total, "分")),) if total else ()
    return Report(indicators=rows, facts=facts, totals=totals)


VISITS = row("来访登记批次", "≥1200批次", "1136批次", "50", reason=REASON)
EFFECT = row(
    "维护群众权益", "有效维护", "有效维护", "30", score="28", reason=REASON, level1="效益指标", place=1
)
SATISFACTION = row("来访群众满意率", "≥95%", "83.1%", "10", level1="满意度指标", place=2)


def kinds(report: Report) -> list[Gap]:
    return [g.kind for s in evaluate(report, N2020).sheets for g in s.gaps]


def test_every_score_comes_with_its_formula():
    [sheet] = evaluate(form(VISITS, EFFECT, SATISFACTION), N2020).sheets
    assert [(line.points, line.formula) for line in sheet.lines] == [
        (Decimal("47.33"), "1136/1200×50 = 47.33"),
        (Decimal(28), "达成年度指标：24.00—30.00"),
        (Decimal("8.75"), "83.1/95×10 = 8.75"),
    ]
    assert sheet.execution_score is not None
    assert (sheet.execution_score.value, sheet.execution_score.formula) == (
        Decimal("9.74"),
        "63.32/65.00×10 = 9.74",
    )
    assert (sheet.value, sheet.grade, sheet.full, sheet.rate) == (
        Decimal("93.82"),
        "优",
        100,
        Decimal("97.42"),
    )


def test_a_lost_point_needs_a_reason():
    [sheet] = evaluate(form(VISITS, EFFECT, SATISFACTION), N2020).sheets
    assert [line.lacks_reason for line in sheet.lines] == [False, False, True]
    assert sheet.lines[2].explanation == "83.1/95×10 = 8.75 ▲ 须填偏差原因"
    assert "来访群众满意率" in next(g.message for g in sheet.gaps if g.kind is Gap.NO_REASON)


def test_a_far_passed_target_needs_an_explanation():
    far = row("值班力量", "≥10人", "16人", "90")
    [sheet] = evaluate(form(far), N2020).sheets
    assert sheet.lines[0].lost == 0
    assert sheet.lines[0].explanation == "完成值远超目标 ▲ 须填偏差原因"


def test_without_a_given_score_a_qualitative_row_leaves_bounds():
    open_row = replace(EFFECT, score=None)
    [sheet] = evaluate(form(VISITS, open_row, SATISFACTION), N2020).sheets
    assert (sheet.total.low, sheet.total.high, sheet.value) == (Decimal("89.82"), Decimal("95.82"), None)
    assert sheet.grade == "良—优"
    assert Gap.NOT_COMPUTABLE in kinds(form(VISITS, open_row, SATISFACTION))


@pytest.mark.parametrize(
    ("changed", "gap"),
    [
        (replace(VISITS, actual=row("", "", "").actual), Gap.NO_RESULT),
        (replace(VISITS, weight=None), Gap.NO_WEIGHT),
        (replace(VISITS, score=figure("48")), Gap.OTHER_SCORE),
    ],
)
def test_what_is_missing_is_a_gap(changed: Indicator, gap: Gap):
    assert gap in kinds(form(changed, EFFECT, SATISFACTION))


def test_a_total_and_execution_points_that_do_not_fit_are_gaps():
    assert Gap.OTHER_SCORE in kinds(form(VISITS, EFFECT, SATISFACTION))
    assert Gap.OTHER_TOTAL in kinds(form(VISITS, EFFECT, SATISFACTION, total="95"))
    assert Gap.OTHER_TOTAL not in kinds(form(VISITS, EFFECT, SATISFACTION, total="93.82"))


def test_without_weights_the_points_of_the_profile_are_shared():
    rows = [replace(r, weight=None) for r in (VISITS, EFFECT, SATISFACTION)]
    [sheet] = evaluate(form(*rows), N2020).sheets
    assert [line.weight for line in sheet.lines] == [50, 30, 10]
    assert all(line.spread for line in sheet.lines)
    assert sheet.gaps[0].kind is Gap.SPREAD_WEIGHTS


def test_a_report_without_rows_is_not_computable():
    assert not evaluate(Report(), N2020).is_computable
    assert not evaluate(form(replace(VISITS, actual=row("", "", "").actual)), N2020).is_computable


def test_a_complete_form_has_no_gaps():
    report = form(VISITS, EFFECT, replace(SATISFACTION, reason=replace(SATISFACTION.reason, text=REASON)))
    fixed = with_scores(report, evaluate(report, N2020))
    assert evaluate(fixed, N2020).is_complete
    assert [t.figure.value for t in fixed.totals] == [Decimal("93.82")]
    assert [g.label.text for g in fixed.grades] == ["优"]
    assert next(f.value for f in fixed.facts if f.key == "execution.score") == Decimal("9.74")
