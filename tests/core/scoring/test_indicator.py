"""Rows of every type: words, yes and no, dates, units, directions that nobody printed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.core.scoring.rows import row

from hengjian.core.report import Operator
from hengjian.core.scoring import Method, score_indicator
from hengjian.core.scoring.indicator import completion, reached, readings
from hengjian.law import load_profile

N2020 = load_profile()


@pytest.mark.parametrize(
    ("target", "actual", "low", "high"),
    [
        ("有效维护", "有效维护", "8", "10"),
        ("有效维护", "部分达成年度指标并具有一定效果", "6", "7.99"),
        ("有效维护", "未达成", "0", "5.99"),
        ("有效维护", "100%", "10", "10"),
        ("有效维护", "55%", "5.5", "5.5"),
        ("有效维护", "群众反映良好", "0", "10"),
        ("是", "是", "10", "10"),
        ("是", "否", "0", "0"),
        ("2025年12月底前完成", "2025年11月20日", "10", "10"),
        ("2025年", "2025年", "10", "10"),
    ],
)
def test_targets_in_words(target: str, actual: str, low: str, high: str):
    score = score_indicator(row("成效", target, actual, "10"), N2020)
    assert (score.low, score.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("target", "actual", "weight", "missing"),
    [
        ("≥5场", "", "10", "实际完成值"),
        ("≥5场", "6场", None, "分值"),
        ("≥5场", "60%", "10", "可比的实际完成值"),
        ("好", "尚可", "10", "评判等级"),
    ],
)
def test_what_is_missing_is_named_and_leaves_everything_open(target, actual, weight, missing):
    score = score_indicator(row("培训", target, actual, weight), N2020)
    assert score.value is None
    assert score.missing == missing
    assert (score.low, score.high) == (0, Decimal(weight or 0))


@pytest.mark.parametrize(
    ("target", "actual", "met"),
    [
        ("≥95%", "95%", True),
        ("≥95%", "94.9%", False),
        ("≥95%", "0.96", True),
        ("≥95%", "94", False),
        ("≤8万元", "79000元", True),
        ("≥5场次", "6次", True),
        ("≥5场", "60%", None),
        ("80%-90%", "85%", True),
        ("≤65万元", "650000", None),
        ("≥1.2万人次", "12500人次", True),
        ("≥1.2万人次", "9000人次", False),
    ],
)
def test_whether_a_target_is_reached(target: str, actual: str, met: bool | None):
    assert reached(row("指标", target, actual)) is met


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("群众满意度", "满意"),
        ("政策知晓率", "较高"),
        ("重复信访量", "较上年下降"),
        ("群众评价", "群众满意度"),
    ],
)
def test_a_percentage_is_not_always_how_much_was_done(name: str, target: str):
    assert score_indicator(row(name, target, "85%", "10"), N2020).missing == "评判等级"


def test_a_bare_satisfaction_rate_is_at_least():
    assert readings(row("信访人满意度", "95%", "96%", level1="满意度指标")) == (Operator.AT_LEAST,)


@pytest.mark.parametrize(
    ("name", "target", "level2"),
    [("培训费", "10万元", "成本指标"), ("办理天数", "15日", "时效指标"), ("重复信访率", "5%", "质量指标")],
)
def test_a_bare_number_that_is_better_the_lower(name: str, target: str, level2: str):
    assert readings(row(name, target, level2=level2))[0] is Operator.AT_MOST


def test_exactly_so_much_money_may_also_be_saved():
    assert reached(row("项目经费", "=10万元", "9.5万元", level2="成本指标")) is True
    assert reached(row("案件数", "=10件", "9件")) is False


def test_linear_deduction_for_passing_a_target_far():
    profile = replace(N2020, over_target_deduction="linear")
    score = score_indicator(row("人数", "≥10人", "14人", "10"), profile)
    assert (score.value, score.method, score.over_target) == (Decimal("9.00"), Method.OVER_TARGET, True)
    assert score_indicator(row("人数", "≥10人", "30人", "10"), profile).value == Decimal("8.00")


def test_completion_is_told_for_targets_that_are_better_the_higher():
    assert completion(row("满意度", "≥95%", "83.1%")) == Decimal("83.1") * 100 / 95
    assert completion(row("成本", "≤8万元", "4万元", level2="成本指标")) is None
