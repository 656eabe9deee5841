"""A jurisdiction's numbers as one value, loaded by ``hengjian.law`` and handed in.

Nothing in the core fetches a number of the law for itself: a function asked about last year gets last year's profile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from hengjian.core.report import Band


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number comes from, and whether its text was read (``confirmed``) or remembered."""

    basis: str
    since: str = ""
    confirmed: bool = False


def _frozen() -> Mapping[str, Decimal]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Profile:
    """Weights, bands, thresholds and tolerances of one jurisdiction (口径配置). Rates are in percent unless said."""

    name: str
    title: str
    bands: tuple[Band, ...] = ()
    level1_weights: Mapping[str, Decimal] = field(default_factory=_frozen)
    """Canonical level-1 name to points, 预算执行率 included. Empty: the profile demands none."""
    weights_required: bool = False
    """Whether a self-evaluation without weights is a warning."""
    total: Decimal = Decimal(100)
    filing_total: Decimal = Decimal(90)
    """What the weights of a target form add to, before the execution points are set."""
    execution_weight: Decimal = Decimal(10)
    execution_scoring: str = "proportional"
    """``proportional`` or ``banded``."""
    execution_bands: tuple[tuple[Decimal, Decimal], ...] = ()
    """(rate from, points of 10), falling."""
    satisfaction_scoring: str = "proportional"
    satisfaction_bands: tuple[tuple[Decimal, Decimal], ...] = ()
    pass_threshold: Decimal | None = None
    """Completion in percent below which a ratio-scored indicator gets 0; ``None``: no threshold."""
    reverse_scoring: str = "linear"
    """``linear``: (1-(A-T)/T)·w; ``ratio``: T/A·w."""
    over_target_ratio: Decimal = Decimal("1.3")
    over_target_zero: Decimal = Decimal(30)
    over_target_deduction: str = "none"
    """``none`` or ``linear``."""
    qualitative_bands: tuple[Decimal, Decimal] = (Decimal(80), Decimal(60))
    adjustment_limit: Decimal = Decimal(30)
    public_share_limit: Decimal = Decimal(50)
    unusual_class_share: Decimal = Decimal(5)
    growth_claim_limit: Decimal = Decimal(5)
    plan_thresholds: Mapping[int, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    """Month to the cumulative percentage below which monitoring warns. Empty: none set."""
    usual_function_classes: tuple[str, ...] = ("201", "208", "210", "221")
    personnel_cost_range: tuple[Decimal, Decimal] | None = None
    """Plausible personnel cost per head, in 万元."""
    lights_gap: Decimal = Decimal("0.05")
    unspent_limit: Decimal = Decimal(20)
    required_level1: tuple[str, ...] = ("产出指标", "效益指标")
    cost_level1: bool = False
    """Whether 成本指标 is a level 1 of its own."""
    basis_age_limit: int = 5
    accept_days: int = 15
    handle_days: int = 60
    extend_days: int = 30
    tolerance: Decimal | None = None
    """A user's own tolerance in the printed unit instead of the rounding interval; ``None``: by interval."""
    sources: Mapping[str, Source] = field(default_factory=lambda: MappingProxyType({}))
    """Field name to source."""
