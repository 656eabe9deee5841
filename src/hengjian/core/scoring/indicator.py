"""The score of one indicator row, whatever its type."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hengjian.core.figures import MONEY_UNITS, Figure, round_half_up
from hengjian.core.profile import Profile
from hengjian.core.report import Indicator, Operator
from hengjian.core.scoring.numeric import after_deduction, is_met, score_in_steps, score_number
from hengjian.core.scoring.qualitative import score_words
from hengjian.core.scoring.score import Score, unknown
from hengjian.core.scoring.words import group_of, names_one_of, terms

_FAR_ABOVE, _FAR_BELOW = Decimal(1000), Decimal("0.001")


def score_indicator(indicator: Indicator, profile: Profile, weight: Decimal | None = None) -> Score:
    """Score a row by the profile. ``weight`` stands in where the row prints none.

    A missing operand gives bounds from 0 to the weight and says what is missing.
    """
    points = weight if weight is not None else (indicator.weight.value if indicator.weight else None)
    if points is None:
        return unknown(None, "分值")
    if not indicator.actual.text and indicator.actual.figure is None:
        return unknown(points, "实际完成值")
    if not indicator.target.is_numeric:
        return score_words(indicator, points, profile)
    operands = comparable(indicator)
    if operands is None:
        return unknown(points, "可比的实际完成值")
    return _score_by_numbers(indicator, operands, points, profile)


def _score_by_numbers(
    indicator: Indicator, operands: tuple[Decimal, Decimal], weight: Decimal, profile: Profile
) -> Score:
    target, actual = operands
    if indicator.is_satisfaction and profile.satisfaction_scoring == "banded" and _is_rate(indicator):
        return score_in_steps(actual, weight, profile.satisfaction_bands)
    if indicator.target.upper is not None and actual > indicator.target.upper.base_value:
        return score_number(Operator.AT_MOST, indicator.target.upper.base_value, actual, weight, profile)
    return score_number(readings(indicator)[0], target, actual, weight, profile)


def readings(indicator: Indicator) -> tuple[Operator, ...]:
    """The directions in which the target may lawfully be read, the usual one first.

    A bare number (no sign, no word) is ``≥``, but ``≤`` for money, for the duration of a timeliness indicator and for
    names that are better the lower they are. A printed ``=`` before money also allows spending less.
    """
    target = indicator.target
    if target.operator in (Operator.AT_LEAST, Operator.AT_MOST):
        return (target.operator,)
    if target.figure is not None and target.figure.value == 0:
        return (Operator.EQUAL,)
    if target.printed_operator:
        return (Operator.EQUAL, Operator.AT_MOST) if _is_spending(indicator) else (Operator.EQUAL,)
    if _is_spending(indicator) or _is_duration(indicator) or names_one_of(indicator.name, "reverse_names"):
        return Operator.AT_MOST, Operator.AT_LEAST
    return (Operator.AT_LEAST,)


def reached(indicator: Indicator) -> bool | None:
    """Whether a numeric target was reached by any lawful reading; ``None`` where the two cannot be compared."""
    operands = comparable(indicator)
    if operands is None:
        return None
    target, actual = operands
    upper = indicator.target.upper
    if upper is not None and actual > upper.base_value:
        return False if indicator.target.operator is not Operator.AT_LEAST else None
    return any(is_met(operator, target, actual) for operator in readings(indicator))


def completion(indicator: Indicator) -> Decimal | None:
    """Actual over target in percent for a target that is better the higher; ``None`` otherwise."""
    operands = comparable(indicator)
    if operands is None or operands[0] <= 0 or readings(indicator)[0] is Operator.AT_MOST:
        return None
    return operands[1] * 100 / operands[0]


def with_possible_deduction(score: Score, indicator: Indicator, profile: Profile) -> Score:
    """The same score with the mark-down that a far passed target may get (“适度调减”)."""
    operands = comparable(indicator)
    if not score.over_target or operands is None or operands[0] <= 0:
        return score
    return replace(
        score, low=min(score.low, round_half_up(after_deduction(*operands, profile) * score.weight))
    )


def comparable(indicator: Indicator) -> tuple[Decimal, Decimal] | None:
    """Target and actual as numbers of one unit (the target's), or ``None``."""
    target, actual = indicator.target.figure, indicator.actual.figure
    if not indicator.target.is_numeric or target is None or actual is None:
        return None
    if target.is_money and actual.is_money:
        return target.value, actual.in_unit(target.unit)
    if not target.unit or not actual.unit:
        return _with_bare_number(target, actual)
    (wanted, scale), (given, own_scale) = _unit_and_scale(target.unit), _unit_and_scale(actual.unit)
    return (target.value, actual.value * own_scale / scale) if same_unit(wanted, given) else None


def _unit_and_scale(unit: str) -> tuple[str, Decimal]:
    """万人次 is 人次, ten thousand of them."""
    return (
        (unit[1:], Decimal(10_000))
        if len(unit) > 1 and unit[0] == "万" and unit not in MONEY_UNITS
        else (unit, Decimal(1))
    )


def same_unit(first: str, second: str) -> bool:
    groups = group_of("same_units")
    return first == second or (first in groups and groups[first] == groups.get(second))


def _with_bare_number(target: Figure, actual: Figure) -> tuple[Decimal, Decimal] | None:
    """One side prints no unit: the same unit is meant, or a spreadsheet shows a percentage as its fraction.

    Numbers a thousand times apart are in different units: 650000 beside 65万元.
    """
    if target.unit == "%" and actual.value <= 1 < target.value:
        return target.value, actual.value * 100
    if actual.unit == "%" and target.value <= 1 < actual.value:
        return target.value * 100, actual.value
    if target.value and actual.value and not _FAR_BELOW < actual.value / target.value < _FAR_ABOVE:
        return None
    return target.value, actual.value


def _is_rate(indicator: Indicator) -> bool:
    units = {f.unit for f in (indicator.target.figure, indicator.actual.figure) if f is not None}
    return bool(units & {"%", "％"})


def _is_spending(indicator: Indicator) -> bool:
    figure = indicator.target.figure
    return indicator.is_cost or (figure is not None and figure.is_money)


def _is_duration(indicator: Indicator) -> bool:
    figure = indicator.target.figure
    return figure is not None and indicator.level2_std == "时效指标" and figure.unit in terms()["durations"]
