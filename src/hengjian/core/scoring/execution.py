"""The points of the budget execution rate (fact sheet §4.4)."""

from __future__ import annotations

from decimal import Decimal

from hengjian.core.figures import Figure
from hengjian.core.profile import Profile
from hengjian.core.scoring.numeric import score_in_steps
from hengjian.core.scoring.score import Method, Score, exact, number_text, unknown

_HUNDRED = Decimal(100)


def score_execution(
    budget: Figure | None, executed: Figure | None, weight: Decimal, profile: Profile
) -> Score:
    """Executed over the whole year's budget 全年预算数 (after adjustment), times the weight, capped at the weight.

    Not computable without both amounts, or with a budget of 0.
    """
    if budget is None or executed is None:
        return unknown(weight, "全年预算数" if budget is None else "全年执行数")
    if not budget.base_value:
        return unknown(weight, "全年预算数为 0，执行率无法计算")
    rate = executed.base_value * 100 / budget.base_value
    if profile.execution_scoring == "banded":
        return score_in_steps(min(rate, _HUNDRED), weight, profile.execution_bands)
    formula = f"{_amount(executed)}/{_amount(budget)}×{number_text(weight)}"
    return exact(weight, min(rate, _HUNDRED) * weight / 100, Method.PROPORTIONAL, formula)


def score_rate(rate: Decimal, weight: Decimal, profile: Profile) -> Score:
    """The points of a printed rate in percent, where the amounts are not given."""
    capped = max(Decimal(0), min(rate, _HUNDRED))
    if profile.execution_scoring == "banded":
        return score_in_steps(capped, weight, profile.execution_bands)
    return exact(
        weight, capped * weight / 100, Method.PROPORTIONAL, f"{number_text(rate)}%×{number_text(weight)}"
    )


def _amount(figure: Figure) -> str:
    return figure.text.strip() or number_text(figure.value)
