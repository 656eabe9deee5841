"""Scores of quantitative indicators (fact sheet §4.1, §4.3; 财预〔2020〕10号 art. 17)."""

from __future__ import annotations

from decimal import Decimal

from hengjian.core.profile import Profile
from hengjian.core.report import Operator
from hengjian.core.scoring.score import ZERO, Method, Score, exact, number_text

_LEAST_AFTER_DEDUCTION = Decimal("0.8")


def score_number(
    operator: Operator, target: Decimal, actual: Decimal, weight: Decimal, profile: Profile
) -> Score:
    """Score a number against a target in the same unit. A negative ``actual`` counts as 0.

    ``=`` with a target above 0 is scored like ``≥``; ``=`` and ``≤`` with a target of 0 allow nothing at all.
    """
    actual = max(actual, ZERO)
    if operator is not Operator.AT_LEAST and target == 0:
        return _nothing_allowed(actual, weight, profile)
    if operator is Operator.AT_MOST:
        return _reverse(target, actual, weight, profile)
    return _positive(target, actual, weight, profile)


def is_met(operator: Operator, target: Decimal, actual: Decimal) -> bool:
    """Whether a target is reached, by its direction; ``=`` above 0 counts as reached when passed."""
    if operator is Operator.AT_MOST or (operator is Operator.EQUAL and target == 0):
        return actual <= target
    return actual >= target


def _nothing_allowed(actual: Decimal, weight: Decimal, profile: Profile) -> Score:
    far = actual >= profile.over_target_zero
    if actual == 0:
        return exact(weight, weight, Method.NOTHING_ALLOWED, "0 = 0，满分")
    return exact(weight, ZERO, Method.NOTHING_ALLOWED, f"{number_text(actual)} > 0，不得分", over_target=far)


def _positive(target: Decimal, actual: Decimal, weight: Decimal, profile: Profile) -> Score:
    if actual >= target:
        return _reached(target, actual, weight, profile)
    ratio = actual / target
    formula = f"{number_text(actual)}/{number_text(target)}×{number_text(weight)}"
    return _above_threshold(ratio, weight, formula, Method.PROPORTIONAL, profile)


def _reached(target: Decimal, actual: Decimal, weight: Decimal, profile: Profile) -> Score:
    formula = f"{number_text(actual)} ≥ {number_text(target)}，满分"
    far = target > 0 and actual >= profile.over_target_ratio * target
    if not far or profile.over_target_deduction == "none":
        return exact(weight, weight, Method.OVER_TARGET if far else Method.MET, formula, over_target=far)
    factor = after_deduction(target, actual, profile)
    over = f"1－({number_text(actual)}/{number_text(target)}－{number_text(profile.over_target_ratio)})"
    return exact(
        weight,
        factor * weight,
        Method.OVER_TARGET,
        f"max(0.8, {over})×{number_text(weight)}",
        over_target=True,
    )


def after_deduction(target: Decimal, actual: Decimal, profile: Profile) -> Decimal:
    """The share of the weight left by the linear deduction for far passing a target: never below 0.8 (DESIGN)."""
    return max(_LEAST_AFTER_DEDUCTION, 1 - (actual / target - profile.over_target_ratio))


def _reverse(target: Decimal, actual: Decimal, weight: Decimal, profile: Profile) -> Score:
    a, t, w = number_text(actual), number_text(target), number_text(weight)
    if actual <= target:
        return exact(weight, weight, Method.MET, f"{a} ≤ {t}，满分")
    if profile.reverse_scoring == "ratio":
        return _above_threshold(target / actual, weight, f"{t}/{a}×{w}", Method.REVERSE, profile)
    if actual >= 2 * target:
        return exact(weight, ZERO, Method.REVERSE, f"{a} ≥ 2×{t}，不得分")
    ratio = 1 - (actual - target) / target
    return _above_threshold(ratio, weight, f"(1－({a}－{t})/{t})×{w}", Method.REVERSE, profile)


def _above_threshold(
    ratio: Decimal, weight: Decimal, formula: str, method: Method, profile: Profile
) -> Score:
    threshold = profile.pass_threshold
    if threshold is not None and ratio * 100 < threshold:
        done = f"完成 {number_text(ratio * 100)}% < {number_text(threshold)}%，不得分"
        return exact(weight, ZERO, Method.BELOW_THRESHOLD, done)
    return exact(weight, ratio * weight, method, formula)


def score_in_steps(rate: Decimal, weight: Decimal, steps: tuple[tuple[Decimal, Decimal], ...]) -> Score:
    """Score a percentage by steps of 10 points (fact sheet §4.3 no. 4, §4.4), scaled to the weight."""
    points = next((points for start, points in steps if rate >= start), ZERO)
    start = next((start for start, _ in steps if rate >= start), ZERO)
    formula = f"{number_text(rate)}% ≥ {number_text(start)}%，{number_text(points)}/10×{number_text(weight)}"
    return exact(weight, points * weight / 10, Method.BANDED, formula)
