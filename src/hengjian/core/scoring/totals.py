"""Totals: the sum of the scores, and the bounds of any total that the facts allow (P3-20)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hengjian.core.profile import Profile
from hengjian.core.report import Indicator
from hengjian.core.scoring.execution import score_execution, score_rate
from hengjian.core.scoring.indicator import score_indicator, with_possible_deduction
from hengjian.core.scoring.score import ZERO, Score, range_text, unknown
from hengjian.core.scoring.sheets import Sheet

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a total can be. ``missing`` lists operands that were not there."""

    low: Decimal
    high: Decimal
    missing: tuple[str, ...] = ()

    def holds(self, total: Decimal, tolerance: Decimal = ZERO) -> bool:
        return self.low - tolerance <= total <= self.high + tolerance

    @property
    def text(self) -> str:
        return range_text(self.low, self.high)


def row_score(row: Indicator, profile: Profile, weight: Decimal | None, *, deductions: bool = False) -> Score:
    """The score of a row; with ``deductions`` a far passed target may also be marked down."""
    score = score_indicator(row, profile, weight)
    return with_possible_deduction(score, row, profile) if deductions else score


def execution_score(sheet: Sheet, profile: Profile) -> Score:
    """The points of the execution line, from its amounts or from a printed rate."""
    line = sheet.execution
    weight = line.weight.value if line.weight is not None else profile.execution_weight
    if (line.budget is None or line.executed is None) and line.rate is not None:
        return score_rate(line.rate.value, weight, profile)
    return score_execution(line.budget, line.executed, weight, profile)


def attainable(sheet: Sheet, profile: Profile, *, deductions: bool = False) -> Bounds | None:
    """The bounds of a sheet's total, with qualitative rows anywhere in the band of their level.

    Rows without printed weights share the level-1 points of the profile in any way: a block then reaches from its
    worst row to its best. ``None`` where neither the sheet nor the profile says what the rows weigh.
    """
    if sheet.rows and len(sheet.weighted) == len(sheet.rows):
        scores = [row_score(r, profile, None, deductions=deductions) for r in sheet.rows]
        return _bounds([*scores, *_execution_scores(sheet, profile, scores)])
    return _by_blocks(sheet, profile, deductions)


def _execution_scores(sheet: Sheet, profile: Profile, scores: Iterable[Score]) -> list[Score]:
    """The execution line counts where the sheet has one, or where the rows leave just its points to 100."""
    rest = profile.total - sum((s.weight for s in scores), ZERO)
    return (
        [execution_score(sheet, profile)]
        if sheet.execution.is_scored or rest == profile.execution_weight
        else []
    )


def _bounds(scores: list[Score]) -> Bounds:
    missing = tuple(dict.fromkeys(s.missing for s in scores if s.missing))
    return Bounds(sum((s.low for s in scores), ZERO), sum((s.high for s in scores), ZERO), missing)


def _by_blocks(sheet: Sheet, profile: Profile, deductions: bool) -> Bounds | None:
    weights = dict(profile.level1_weights)
    execution = weights.pop("预算执行率", ZERO)
    blocks = {name: [r for r in sheet.rows if r.level1_std == name] for name in weights}
    if not weights or not all(blocks.values()) or sum(map(len, blocks.values())) != len(sheet.rows):
        return None
    ends = [_block(rows, weights[name], profile, deductions) for name, rows in blocks.items()]
    line = execution_score(sheet, profile) if execution else unknown(ZERO, "")
    missing = dict.fromkeys([m for b in ends for m in b.missing] + [line.missing])
    low, high = sum((b.low for b in ends), line.low), sum((b.high for b in ends), line.high)
    return Bounds(low, high, tuple(m for m in missing if m))


def _block(rows: list[Indicator], weight: Decimal, profile: Profile, deductions: bool) -> Bounds:
    """A block whose rows may share its weight in any way: each row is scored as if it had all of it."""
    scores = [row_score(r, profile, weight, deductions=deductions) for r in rows]
    missing = tuple(dict.fromkeys(s.missing for s in scores if s.missing))
    return Bounds(min(s.low for s in scores), max(s.high for s in scores), missing)


def spread_weights(sheet: Sheet, profile: Profile) -> dict[int, Decimal]:
    """A weight for every row, by position: printed ones, else the level-1 points shared evenly (DESIGN).

    Within a level 1 the points are shared evenly among its level-2 types and within each among its rows, to the cent;
    the last row takes the rest. Empty where the profile has no points for a level 1 of the sheet.
    """
    if all(r.weight is not None for r in sheet.rows):
        return {i: r.weight.value for i, r in enumerate(sheet.rows) if r.weight is not None}
    levels = {r.level1_std for r in sheet.rows}
    if any(r.weight is not None for r in sheet.rows) or not levels <= set(profile.level1_weights):
        return {}
    found: dict[int, Decimal] = {}
    for level in levels:
        found |= _shared(sheet, level, profile.level1_weights[level])
    return found


def _shared(sheet: Sheet, level: str, points: Decimal) -> dict[int, Decimal]:
    rows = [i for i, r in enumerate(sheet.rows) if r.level1_std == level]
    kinds = list(dict.fromkeys(sheet.rows[i].level2_std for i in rows))
    found: dict[int, Decimal] = {}
    for kind, part in zip(kinds, evenly(points, len(kinds)), strict=True):
        members = [i for i in rows if sheet.rows[i].level2_std == kind]
        found |= dict(zip(members, evenly(part, len(members)), strict=True))
    return found


def evenly(points: Decimal, count: int) -> list[Decimal]:
    """Points in ``count`` equal parts to the cent; the last part takes what rounding leaves."""
    part = (points / count).quantize(Decimal("0.01"))
    return [part] * (count - 1) + [points - part * (count - 1)]
