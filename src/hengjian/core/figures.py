"""Exact figures with their unit and printed precision, and how far two of them may differ.

Amounts are compared in 元, counts and rates in their own unit. Nothing here is a float.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from hengjian.core.places import NOWHERE, Place

MONEY_UNITS: dict[str, Decimal] = {
    "元": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿元": Decimal(100_000_000),
}
"""Units of money and their worth in 元."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a document prints it.

    ``value`` is the printed number in the printed ``unit`` (``570.79`` ``万元``, ``96.2`` ``%``); ``decimals`` the
    digits printed after the point. ``==`` compares value and unit exactly; printed text, precision and
    place are left out, so that 8 and 8.00 are equal. ``approximate`` is true beside 约, 近, 余, 多.
    """

    value: Decimal
    unit: str = ""
    text: str = field(default="", compare=False)
    decimals: int = field(default=0, compare=False)
    approximate: bool = field(default=False, compare=False)
    place: Place = field(default=NOWHERE, compare=False)

    @property
    def is_money(self) -> bool:
        return self.unit in MONEY_UNITS

    @property
    def yuan(self) -> Decimal:
        """The amount in 元. Raises ``ValueError`` for a unit that is not money."""
        if not self.is_money:
            raise ValueError(f"{self.text or self.value}: the unit {self.unit!r} is not money")
        return self.value * MONEY_UNITS[self.unit]

    @property
    def base_value(self) -> Decimal:
        """In 元 for money, else as printed."""
        return self.yuan if self.is_money else self.value

    def in_unit(self, unit: str) -> Decimal:
        """The amount in another unit of money, unrounded."""
        return self.yuan / MONEY_UNITS[unit]


def figure(value: str | int | Decimal, unit: str = "", place: Place = NOWHERE) -> Figure:
    """A figure from its printed digits, for code that has a value and no document."""
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    exponent = number.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Figure(number, unit, str(value), decimals, False, place)


@dataclass(frozen=True, slots=True)
class Rate:
    """Numerator over denominator. A denominator of 0 is "no data": neither 0 nor 100 %."""

    numerator: Decimal
    denominator: Decimal

    @property
    def percent(self) -> Decimal | None:
        """The unrounded percentage, or ``None`` without a denominator."""
        return self.numerator * 100 / self.denominator if self.denominator else None


class Agreement(Enum):
    """How a printed total stands to what it was computed from."""

    EQUAL = "equal"
    """Within the rounding interval of the printed figures."""
    TAIL = "tail"
    """A rounding tail 尾差: outside the interval, within 0.01·n of the unit."""
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A computed value against a printed one, in base units (元, or the unit itself)."""

    computed: Decimal
    printed: Decimal
    agreement: Agreement

    @property
    def difference(self) -> Decimal:
        """computed − printed."""
        return self.computed - self.printed

    @property
    def differs(self) -> bool:
        return self.agreement is Agreement.DIFFERENT


def compare_sum(parts: Sequence[Figure], total: Figure) -> Comparison:
    """Compare the sum of ``parts`` with a printed ``total``, by rounding intervals (fact sheet §8, Tolerance).

    n addends in 万元 with d decimals pass within 0.5·10⁻ᵈ·(n+1), and are a tail up to 1·10⁻ᵈ·n. Within one unit
    d is the finest precision printed, at least 2: a neighbour printed with fewer decimals counts as exact.
    Figures in 元 and counts have no tolerance.
    """
    figures = [*parts, total]
    steps = {unit: _step(unit, figures) for unit in {f.unit for f in figures}}
    half_widths = sum((_half_width(f, steps[f.unit]) for f in figures), Decimal(0))
    computed = sum((p.base_value for p in parts), Decimal(0))
    tail = max(max(steps.values()) * len(parts), half_widths)
    return compare_values(computed, total.base_value, half_widths, tail)


def compare_values(computed: Decimal, printed: Decimal, tolerance: Decimal, tail: Decimal | None = None) -> Comparison:
    """Compare two numbers with a tolerance, and a wider ``tail`` that is a note at most."""
    distance = abs(computed - printed)
    if distance <= tolerance:
        agreement = Agreement.EQUAL
    elif tail is not None and distance <= tail:
        agreement = Agreement.TAIL
    else:
        agreement = Agreement.DIFFERENT
    return Comparison(computed, printed, agreement)


def same_amount(first: Figure, second: Figure) -> bool:
    """Whether two printed figures can be the same number, each within its own printed precision."""
    return not compare_sum([first], second).differs


def compare_rate(numerator: Figure, denominator: Figure, printed: Figure) -> Comparison | None:
    """Compare a printed percentage with numerator/denominator; ``None`` when the denominator is 0.

    Tolerance: 0.01 percentage point, 0.1 for one decimal, 0.5 when the text gives integers (§8); widened by
    what the rounding of the operands themselves can do.
    """
    rate = Rate(numerator.base_value, denominator.base_value).percent
    if rate is None:
        return None
    printed_step = {0: Decimal("0.5"), 1: Decimal("0.05")}.get(printed.decimals, Decimal("0.01"))
    return compare_values(rate, printed.value, printed_step + _rate_slack(numerator, denominator, rate))


def _rate_slack(numerator: Figure, denominator: Figure, rate: Decimal) -> Decimal:
    """How far the rounding of the two operands can move the rate, in percentage points (at most 0.5)."""
    both = [numerator, denominator]
    up = _half_width(numerator, _step(numerator.unit, both)) * 100 / abs(denominator.base_value)
    down = _half_width(denominator, _step(denominator.unit, both)) * abs(rate) / abs(denominator.base_value)
    return min(up + down, Decimal("0.5"))


def _step(unit: str, figures: Iterable[Figure]) -> Decimal:
    """The printed precision of one unit among ``figures``, in base units; 0 where nothing was rounded."""
    if unit not in MONEY_UNITS or unit == "元":
        decimals = max((f.decimals for f in figures if f.unit == unit), default=0)
        return Decimal(0) if unit not in ("%", "分") or not decimals else Decimal(1).scaleb(-decimals)
    decimals = max(2, max(f.decimals for f in figures if f.unit == unit))
    return MONEY_UNITS[unit].scaleb(-decimals)


def _half_width(figure: Figure, step: Decimal) -> Decimal:
    if figure.approximate and figure.value:
        return abs(figure.base_value) * Decimal("0.05")
    return step / 2


def round_half_up(value: Decimal, places: int = 2) -> Decimal:
    """Round half away from zero, the way Chinese forms round."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """Digits without exponent and without trailing zeros: ``208.21``, ``100``."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
