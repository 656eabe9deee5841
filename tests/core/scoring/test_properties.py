"""What holds for every score, whatever the numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.core.figures import figure
from hengjian.core.report import Operator
from hengjian.core.scoring.execution import score_execution
from hengjian.core.scoring.numeric import is_met, score_in_steps, score_number
from hengjian.core.scoring.qualitative import Level, score_level
from hengjian.law import load_profile, profile_names

PROFILES = [load_profile(n) for n in profile_names()]
amounts = st.decimals(0, 10_000, places=2)
weights = st.decimals("0.5", 50, places=1)
directions = st.sampled_from([Operator.AT_LEAST, Operator.AT_MOST, Operator.EQUAL])
profiles = st.sampled_from(PROFILES)


@given(directions, amounts, amounts, weights, profiles)
def test_a_score_lies_between_nothing_and_its_weight(operator, target, actual, weight, profile):
    score = score_number(operator, target, actual, weight, profile)
    assert 0 <= score.low <= score.high <= weight
    assert score.formula.endswith(f"{score.low:.2f}")


@given(amounts, amounts, amounts, weights, profiles)
def test_more_of_a_good_thing_never_scores_less(target, first, second, weight, profile):
    less, more = sorted((first, second))
    scores = [score_number(Operator.AT_LEAST, target, a, weight, profile).low for a in (less, more)]
    assert scores[0] <= scores[1]


@given(amounts, amounts, amounts, weights, profiles)
def test_more_of_a_bad_thing_never_scores_more(target, first, second, weight, profile):
    less, more = sorted((first, second))
    scores = [score_number(Operator.AT_MOST, target, a, weight, profile).low for a in (less, more)]
    assert scores[0] >= scores[1]


@given(directions, amounts, amounts, weights)
def test_a_reached_target_is_full(operator, target, actual, weight):
    if is_met(operator, target, actual):
        assert score_number(operator, target, actual, weight, PROFILES[0]).value == weight


@given(st.decimals(0, 200, places=2), st.decimals(0, 200, places=2), weights, profiles)
def test_spending_more_of_the_budget_never_scores_less(first, second, weight, profile):
    less, more = (figure(v, "万元") for v in sorted((first, second)))
    scores = [score_execution(figure("100", "万元"), f, weight, profile).low for f in (less, more)]
    assert 0 <= scores[0] <= scores[1] <= weight


@given(st.decimals(0, 100, places=1), weights, profiles)
def test_steps_stay_within_the_weight(rate, weight, profile):
    assert 0 <= score_in_steps(rate, weight, profile.satisfaction_bands).low <= weight


@given(weights)
def test_levels_follow_each_other_without_a_hole(weight):
    reached, partly, missed = (score_level(level, weight, PROFILES[0]) for level in Level)
    assert reached.high == weight
    assert partly.high <= reached.low
    assert missed.high <= partly.low
    assert reached.low - partly.high <= Decimal("0.01")


def test_a_negative_result_counts_as_nothing():
    assert score_number(Operator.AT_LEAST, Decimal(10), Decimal(-5), Decimal(10), PROFILES[0]).value == 0


@pytest.mark.parametrize(
    ("budget", "executed", "missing"),
    [(None, "1", "全年预算数"), ("1", None, "全年执行数"), ("0", "1", "为 0")],
)
def test_execution_without_operands_is_not_computable(budget, executed, missing):
    b, e = (figure(v, "万元") if v else None for v in (budget, executed))
    score = score_execution(b, e, Decimal(10), PROFILES[0])
    assert score.value is None
    assert (score.low, score.high) == (0, 10)
    assert missing in score.missing
