"""Reading one value of a profile file, with a clear sentence when it has the wrong type or leaves a gap."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from hengjian.core.figures import plain
from hengjian.core.report import Band
from hengjian.law.errors import ProfileError

Reader = Callable[[Any, str], Any]


def number(value: Any, where: str) -> Decimal:
    """A number that is not negative. ``where`` names the file and key."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise ProfileError(f"{where}：要写数字，不加引号。")
    if value < 0:
        raise ProfileError(f"{where}：不能小于 0。")
    return Decimal(value)


def whole(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ProfileError(f"{where}：要写不小于 0 的整数。")
    return value


def flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise ProfileError(f"{where}：要写 true 或 false。")
    return value


def choice(*allowed: str) -> Reader:
    """A reader that takes one of a few words."""

    def read(value: Any, where: str) -> str:
        if value not in allowed:
            raise ProfileError(f"{where}：只能写 {' 或 '.join(f'“{a}”' for a in allowed)}。")
        return str(value)

    return read


def words(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
        raise ProfileError(f'{where}：要写文字的列表，例如 ["产出指标", "效益指标"]。')
    return tuple(value)


def pair(value: Any, where: str) -> tuple[Decimal, Decimal]:
    if not isinstance(value, list) or len(value) != 2:
        raise ProfileError(f"{where}：要写两个数字，例如 [80, 60]。")
    return number(value[0], where), number(value[1], where)


def steps(value: Any, where: str) -> tuple[tuple[Decimal, Decimal], ...]:
    """Pairs (rate from, points of 10), falling down to 0."""
    if not isinstance(value, list) or not value:
        raise ProfileError(f"{where}：要写若干 [起点, 得分]，例如 [[90, 10], [80, 8], [60, 5], [0, 0]]。")
    rows = tuple(pair(v, where) for v in value)
    starts = [r[0] for r in rows]
    if any(a <= b for a, b in itertools.pairwise(starts)):
        raise ProfileError(f"{where}：起点要从大到小，不能重复。")
    if starts[-1] != 0:
        raise ProfileError(f"{where}：最后一档要从 0 开始，否则 0 到 {plain(starts[-1])} 没有得分。")
    return rows


def weights(value: Any, where: str) -> Mapping[str, Decimal]:
    """Level-1 name to points, adding to 100; empty when none is demanded."""
    if not isinstance(value, dict):
        raise ProfileError(f'{where}：要写名称与分值，例如 {{ "产出指标" = 50 }}。')
    points = {k: number(v, f"{where}“{k}”") for k, v in value.items()}
    if points and sum(points.values()) != 100:
        raise ProfileError(f"{where}：分值合计是 {plain(sum(points.values(), Decimal(0)))}，要等于 100。")
    return MappingProxyType(points)


def months(value: Any, where: str) -> Mapping[int, Decimal]:
    """Month to cumulative percentage."""
    if not isinstance(value, dict) or not all(k.isdigit() and 1 <= int(k) <= 12 for k in value):
        raise ProfileError(f"{where}：要写月份与百分比，例如 {{ 6 = 40, 10 = 80 }}。")
    return MappingProxyType({int(k): number(v, where) for k, v in value.items()})


def bands(value: Any, where: str) -> tuple[Band, ...]:
    """Grade bands, half open except at 100, covering 0 to 100 without gap or overlap; highest first."""
    if not isinstance(value, list) or not value:
        raise ProfileError(f'{where}：要写若干档，例如 {{ label = "优", low = 90, high = 100 }}。')
    found = sorted((_band(v, where) for v in value), key=lambda b: b.low or 0, reverse=True)
    _cover(found, where)
    return tuple(found)


def _band(value: Any, where: str) -> Band:
    if not isinstance(value, dict) or set(value) != {"label", "low", "high"}:
        raise ProfileError(f"{where}：每一档要写 label、low、high 三项。")
    label = str(value["label"])
    low, high = number(value["low"], f"{where}“{label}”"), number(value["high"], f"{where}“{label}”")
    if low >= high:
        raise ProfileError(f"{where}：“{label}”的下限 {plain(low)} 不小于上限 {plain(high)}。")
    return Band(label, low, high, True, high == 100)


def _cover(found: list[Band], where: str) -> None:
    ends = [(b.label, b.low or Decimal(0), b.high or Decimal(0)) for b in found]
    if ends[0][2] != 100 or ends[-1][1] != 0:
        raise ProfileError(
            f"{where}：各档要从 0 到 100，现在是 {plain(ends[-1][1])} 到 {plain(ends[0][2])}。"
        )
    for upper, lower in itertools.pairwise(ends):
        if lower[2] < upper[1]:
            raise ProfileError(
                f"{where}：“{lower[0]}”止于 {plain(lower[2])}，“{upper[0]}”始于 {plain(upper[1])}，中间有空档。"
            )
        if lower[2] > upper[1]:
            raise ProfileError(
                f"{where}：“{lower[0]}”与“{upper[0]}”在 {plain(upper[1])} 到 {plain(lower[2])} 重叠。"
            )


FIELDS: dict[str, Reader] = {
    "bands": bands,
    "level1_weights": weights,
    "weights_required": flag,
    "total": number,
    "filing_total": number,
    "execution_weight": number,
    "execution_scoring": choice("proportional", "banded"),
    "execution_bands": steps,
    "satisfaction_scoring": choice("proportional", "banded"),
    "satisfaction_bands": steps,
    "pass_threshold": number,
    "reverse_scoring": choice("linear", "ratio"),
    "over_target_ratio": number,
    "over_target_zero": number,
    "over_target_deduction": choice("none", "linear"),
    "qualitative_bands": pair,
    "adjustment_limit": number,
    "public_share_limit": number,
    "unusual_class_share": number,
    "growth_claim_limit": number,
    "plan_thresholds": months,
    "usual_function_classes": words,
    "personnel_cost_range": pair,
    "lights_gap": number,
    "unspent_limit": number,
    "required_level1": words,
    "cost_level1": flag,
    "basis_age_limit": whole,
    "accept_days": whole,
    "handle_days": whole,
    "extend_days": whole,
    "tolerance": number,
}
"""Every key that a profile file may hold, and how its value is read. The names are those of ``Profile``."""
