"""Sums that printed figures must satisfy: the equation in numbers, the comparison, the smallest repairs.

Differences are absolute and in the unit in which the total is printed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengjian.core.audit.finding import Finding, Passed, Repair, Severity, Witness, witness
from hengjian.core.facts import fact_key
from hengjian.core.figures import (
    MONEY_UNITS,
    Agreement,
    Comparison,
    Figure,
    compare_sum,
    compare_values,
    plain,
    round_half_up,
)
from hengjian.core.profile import Profile
from hengjian.core.report import Fact


@dataclass(frozen=True, slots=True)
class Sum:
    """``total`` = Σ ``parts`` − Σ ``less``, with the Chinese names of the operands."""

    total: Fact
    parts: tuple[Fact, ...]
    less: tuple[Fact, ...] = ()
    total_name: str = ""
    part_names: tuple[str, ...] = ()

    @property
    def operands(self) -> tuple[Fact, ...]:
        return (self.total, *self.parts, *self.less)

    @property
    def unit(self) -> str:
        return self.total.figure.unit

    def compare(self, profile: Profile) -> Comparison:
        signed = [f.figure for f in self.parts] + [_negative(f.figure) for f in self.less]
        by_interval = compare_sum(signed, self.total.figure)
        if profile.tolerance is None:
            return by_interval
        allowed = profile.tolerance * MONEY_UNITS.get(self.unit, Decimal(1))
        return compare_values(by_interval.computed, by_interval.printed, allowed)

    def holds(self, profile: Profile) -> bool:
        return not self.compare(profile).differs

    def addition(self, comparison: Comparison) -> str:
        """``171.42 + 399.38 = 570.80``: the operands and what they give."""
        left = " + ".join(shown(f.figure, self.unit) for f in self.parts)
        left += "".join(f" - {shown(f.figure, self.unit)}" for f in self.less)
        return f"{left} = {in_printed_unit(comparison.computed, self.total.figure)}"

    def equation(self, comparison: Comparison) -> str:
        """``171.42 + 399.38 = 570.80 ≈ 570.79 万元（尾差 0.01）``."""
        left = self.addition(comparison)
        printed = shown(self.total.figure, self.unit)
        if comparison.computed == comparison.printed:
            return f"{left.rpartition(' = ')[0]} = {printed} {self.unit}".rstrip()
        gap = in_printed_unit(abs(comparison.difference), self.total.figure)
        if comparison.agreement is Agreement.DIFFERENT:
            return f"{left} ≠ {printed} {self.unit}（相差 {gap}）"
        return f"{left} ≈ {printed} {self.unit}（尾差 {gap}）"


def _negative(figure: Figure) -> Figure:
    return Figure(-figure.value, figure.unit, figure.text, figure.decimals, figure.approximate, figure.place)


def shown(figure: Figure, unit: str) -> str:
    """The amount in ``unit``, with the decimals printed where no conversion was needed."""
    if figure.unit == unit or not figure.is_money or unit not in MONEY_UNITS:
        return f"{figure.value:f}"
    return plain(figure.in_unit(unit))


def in_printed_unit(base: Decimal, like: Figure) -> str:
    """A base value (元 for money) in the unit of ``like``, with at least its decimals."""
    value = base / MONEY_UNITS[like.unit] if like.is_money else base
    rounded = round_half_up(value, max(like.decimals, 2 if like.is_money and like.unit != "元" else like.decimals))
    exact = plain(value)
    return f"{rounded:f}" if rounded == value or len(exact) > 12 else exact


def passed(rule: str, sum_: Sum, comparison: Comparison) -> Passed:
    return Passed(rule, sum_.equation(comparison), tuple(f.place for f in sum_.operands))


WORDING = "{total}为{said}{unit}，但{parts}合计{expected}{unit}，相差{difference}{unit}（{sum}）。{hint}"


def sum_finding(
    rule: str, severity: Severity, sum_: Sum, comparison: Comparison, repairs: Sequence[Repair] = (), wording: str = WORDING
) -> Finding:
    """The finding of a sum that does not hold: every operand with its role, said, expected, difference, repairs."""
    said = shown(sum_.total.figure, sum_.unit)
    expected = in_printed_unit(comparison.computed, sum_.total.figure)
    difference = in_printed_unit(abs(comparison.difference), sum_.total.figure)
    names = sum_.part_names or tuple(f.label if f.label != sum_.total.label else fact_key(f.key).label for f in sum_.parts)
    values = {
        "total": sum_.total_name or sum_.total.label,
        "parts": "、".join(dict.fromkeys(names)),
        "said": said,
        "expected": expected,
        "difference": difference,
        "unit": sum_.unit,
        "equation": sum_.equation(comparison),
        "sum": sum_.addition(comparison),
        "hint": _hint(repairs, sum_.unit),
    }
    return Finding(rule, severity, wording, _witnesses(sum_), values, said, expected, difference, tuple(repairs))


def _witnesses(sum_: Sum) -> tuple[Witness, ...]:
    found = [witness("total", sum_.total)]
    found += [witness("part", f) for f in sum_.parts]
    found += [witness("less", f) for f in sum_.less]
    return tuple(found)


def _hint(repairs: Sequence[Repair], unit: str) -> str:
    if not repairs:
        return ""
    first = repairs[0]
    return f"{first.note}由{first.old}改为{first.new}{unit}即可相符。" if first.note else ""


def repairs(sum_: Sum, comparison: Comparison, confirmed: Collection[int], copied: Mapping[int, Fact]) -> tuple[Repair, ...]:
    """The single cells that would explain the difference, likeliest first.

    ``confirmed`` holds the ``id`` of facts that other equations or mentions confirm: they are left alone while any
    other cell remains. ``copied`` maps the ``id`` of a fact to another fact with the same amount, from which it may
    have been copied.
    """
    open_cells = [f for f in sum_.operands if id(f) not in confirmed] or list(sum_.operands)
    open_cells.sort(key=lambda f: id(f) not in copied)
    found = (_repair(f, sum_, comparison, copied.get(id(f))) for f in open_cells)
    return tuple(r for r in found if r is not None)[:3]


def _repair(fact: Fact, sum_: Sum, comparison: Comparison, source: Fact | None) -> Repair | None:
    difference = comparison.difference
    signed = difference if fact is sum_.total or any(fact is f for f in sum_.less) else -difference
    new = fact.figure.base_value + signed
    if new < 0:
        return None
    label = (sum_.total_name if fact is sum_.total else "") or fact.label
    note = f"{label}与{source.label}数值相同；{label}" if source else label
    return Repair(fact.place, f"{fact.figure.value:f}", in_printed_unit(new, fact.figure), note)


def copies(facts: Iterable[Fact], among: Sequence[Fact], pairs: Collection[frozenset[str]]) -> dict[int, Fact]:
    """For each of ``facts`` another item with the very same uneven amount, of those ``pairs`` of keys that should differ."""
    found: dict[int, Fact] = {}
    for fact in facts:
        for other in among:
            if frozenset((fact.key, other.key)) in pairs and other.figure == fact.figure and is_uneven(fact.figure):
                found[id(fact)] = other
                break
    return found


def is_uneven(figure: Figure) -> bool:
    """Whether an amount is unlikely to occur twice by chance: money that is no multiple of 1 000 元."""
    return figure.is_money and figure.yuan % 1000 != 0
