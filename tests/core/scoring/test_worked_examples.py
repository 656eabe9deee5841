"""Every worked example of the fact sheet, §4.5."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.core.scoring.rows import row

from hengjian.core.figures import figure
from hengjian.core.report import Fact, Report, Stage
from hengjian.core.scoring import attainable, score_execution, score_indicator, sheets
from hengjian.core.scoring.qualitative import Level, score_level
from hengjian.law import load_profile

N2020 = load_profile("national-2020")
N2021 = load_profile("national-2021-cost")


@pytest.mark.parametrize(
    ("number", "target", "actual", "weight", "points", "formula"),
    [
        (1, "≥95%", "96.2%", "8", "8.00", "96.2 ≥ 95，满分 = 8.00"),
        (2, "≥95%", "83.1%", "10", "8.75", "83.1/95×10 = 8.75"),
        (3, "≥10人", "16人", "6", "6.00", "16 ≥ 10，满分 = 6.00"),
        (4, "=0起", "0起", "5", "5.00", "0 = 0，满分 = 5.00"),
        (4, "=0起", "1起", "5", "0.00", "1 > 0，不得分 = 0.00"),
        (5, "≤8万元", "10万元", "20", "15.00", "(1－(10－8)/8)×20 = 15.00"),
        (6, "≤8万元", "4.4万元", "20", "20.00", "4.4 ≤ 8，满分 = 20.00"),
        (7, "≤15日", "18日", "4", "3.20", "(1－(18－15)/15)×4 = 3.20"),
        (7, "≤15日", "30日", "4", "0.00", "30 ≥ 2×15，不得分 = 0.00"),
        (11, "≥100件", "55件", "10", "5.50", "55/100×10 = 5.50"),
    ],
)
def test_a_number_against_a_target(
    number: int, target: str, actual: str, weight: str, points: str, formula: str
):
    score = score_indicator(row("指标", target, actual, weight), N2020)
    assert (score.value, score.formula) == (Decimal(points), formula)
    assert score.over_target == (number == 3)


def test_example_2_banded():
    score = score_indicator(row("信访群众满意度", "≥95%", "83.1%", "10", level1="满意度指标"), N2021)
    assert (score.value, score.formula) == (Decimal("8.00"), "83.1% ≥ 80%，8/10×10 = 8.00")


def test_example_5_by_ratio():
    ratio = replace(N2020, reverse_scoring="ratio")
    score = score_indicator(row("成本", "≤8万元", "10万元", "20", level1="成本指标"), ratio)
    assert (score.value, score.formula) == (Decimal("16.00"), "8/10×20 = 16.00")


@pytest.mark.parametrize(
    ("level", "low", "high"),
    [(Level.REACHED, "12.00", "15.00"), (Level.PARTLY, "9.00", "11.99"), (Level.MISSED, "0", "8.99")],
)
def test_example_8_levels(level: Level, low: str, high: str):
    score = score_level(level, Decimal(15), N2020)
    assert (score.low, score.high, score.value) == (Decimal(low), Decimal(high), None)


def test_example_9_execution():
    budget, executed = figure("8", "万元"), figure("4.4", "万元")
    proportional = score_execution(budget, executed, Decimal(10), N2020)
    assert (proportional.value, proportional.formula) == (Decimal("5.50"), "4.4/8×10 = 5.50")
    assert score_execution(budget, executed, Decimal(10), N2021).value == 0


def test_example_10_execution_is_capped():
    assert score_execution(figure("570.79", "万元"), figure("570.79", "万元"), Decimal(10), N2020).value == 10
    assert score_execution(figure("233.09", "万元"), figure("570.79", "万元"), Decimal(10), N2020).value == 10


def test_example_11_threshold():
    score = score_indicator(row("指标", "≥100件", "55件", "10"), replace(N2020, pass_threshold=Decimal(60)))
    assert (score.value, score.formula) == (Decimal(0), "完成 55% < 60%，不得分 = 0.00")


def test_example_12_a_sum_of_scores():
    given = ["14", "14", "9", "14", "7", "7", "10", "8"]
    assert 10 + sum(map(Decimal, given)) == 93


def example_13() -> Report:
    """All met but satisfaction; one qualitative row; no weights printed."""
    rows = (
        row("值班人数", "≥10人", "10人", place=0),
        row("一次性化解率", "≥95%", "96.2%", level2="质量指标", place=1),
        row("和谐稳定", "有效维护", "有效维护", level1="效益指标", level2="社会效益指标", place=2),
        row("信访人满意度", "95%", "83.1%", level1="满意度指标", level2="服务对象满意度指标", place=3),
    )
    amounts = (
        Fact("funds.total", "全年预算数", figure("10", "万元"), Stage.BUDGET),
        Fact("funds.total", "全年执行数", figure("10", "万元"), Stage.EXECUTED),
    )
    return Report(indicators=rows, facts=amounts)


def test_example_13_bounds():
    [sheet] = sheets(example_13())
    bounds = attainable(sheet, N2020)
    assert bounds is not None
    assert (bounds.low, bounds.high, bounds.missing) == (Decimal("92.75"), Decimal("98.75"), ())


def test_example_13_banded_and_with_satisfaction_at_nothing():
    [sheet] = sheets(example_13())
    banded = attainable(sheet, replace(N2020, satisfaction_scoring="banded"))
    nothing = attainable(
        sheet,
        replace(
            N2020,
            satisfaction_scoring="banded",
            satisfaction_bands=((Decimal(90), Decimal(10)), (Decimal(0), Decimal(0))),
        ),
    )
    assert banded is not None
    assert nothing is not None
    assert (banded.high, nothing.high) == (Decimal("98.00"), Decimal("90.00"))


def test_bounds_with_a_mark_down_for_passing_a_target_far():
    report = example_13()
    far = replace(report.indicators[0], actual=row("", "", "16人").actual)
    [sheet] = sheets(replace(report, indicators=(far, *report.indicators[1:])))
    bounds = attainable(sheet, N2020, deductions=True)
    assert bounds is not None
    assert (bounds.low, bounds.high) == (Decimal("82.75"), Decimal("98.75"))
