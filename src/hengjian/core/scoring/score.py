"""A score as a value: what can be had, and the formula in numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hengjian.core.figures import plain, round_half_up

CENT = Decimal("0.01")
ZERO = Decimal(0)


class Method(StrEnum):
    """How a score came about (fact sheet §4)."""

    MET = "met"
    PROPORTIONAL = "proportional"
    REVERSE = "reverse"
    NOTHING_ALLOWED = "nothing_allowed"
    """A target of 0: full at 0, nothing above."""
    OVER_TARGET = "over_target"
    BELOW_THRESHOLD = "below_threshold"
    BANDED = "banded"
    """Satisfaction or execution in steps."""
    JUDGED = "judged"
    """A qualitative level: a band of points, not one value."""
    DIRECT = "direct"
    UNKNOWN = "unknown"
    """Operands are missing: anything from 0 to the weight."""


@dataclass(frozen=True, slots=True)
class Score:
    """Points from ``low`` to ``high`` of ``weight``, each rounded half up to 2 decimals; equal where it is one value.

    ``missing`` names the operand without which it is not computable; ``over_target`` is true where far more was done
    than planned and an explanation is compulsory.
    """

    weight: Decimal
    low: Decimal
    high: Decimal
    method: Method
    formula: str = ""
    missing: str = ""
    over_target: bool = False

    @property
    def value(self) -> Decimal | None:
        """The one score, or ``None`` where there is a band or nothing computable."""
        return self.low if self.low == self.high and not self.missing else None

    @property
    def is_full(self) -> bool:
        return self.value == self.weight and not self.missing

    @property
    def lost(self) -> Decimal:
        """Points lost at the least."""
        return self.weight - self.high


def exact(
    weight: Decimal, points: Decimal, method: Method, formula: str, *, over_target: bool = False
) -> Score:
    """One value, kept within 0 and the weight and rounded at the edge; the result is put behind the formula."""
    value = max(ZERO, min(weight, round_half_up(points)))
    return Score(weight, value, value, method, f"{formula} = {points_text(value)}", "", over_target)


def unknown(weight: Decimal | None, missing: str) -> Score:
    """Not computable: nothing to all of the weight."""
    return Score(weight or ZERO, ZERO, weight or ZERO, Method.UNKNOWN, "", missing)


def points_text(value: Decimal) -> str:
    """Points as forms print them, with two decimals."""
    return f"{round_half_up(value):f}"


def total_of(scores: Iterable[Score]) -> tuple[Decimal, Decimal]:
    """The least and the most that these scores add to."""
    listed = list(scores)
    return sum((s.low for s in listed), ZERO), sum((s.high for s in listed), ZERO)


def range_text(low: Decimal, high: Decimal) -> str:
    return points_text(low) if low == high else f"{points_text(low)}—{points_text(high)}"


def number_text(value: Decimal) -> str:
    """An operand in a formula: at most four decimals, no trailing zeros."""
    return plain(round_half_up(value, 4))
