"""Which scores a row may lawfully have, over every reading that some rule in force allows.

A finding about arithmetic must hold under all of them: the proportional score, the pass threshold and the satisfaction
bands of 101号, both reverse formulas, both directions of a bare number, and the mark-down for far passing a target.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hengjian.core.profile import Profile
from hengjian.core.report import Indicator, Operator
from hengjian.core.scoring.indicator import (
    comparable,
    reached,
    readings,
    score_indicator,
    with_possible_deduction,
)
from hengjian.core.scoring.qualitative import is_completion, level_of, on_time
from hengjian.core.scoring.score import Score, range_text
from hengjian.core.scoring.sheets import Sheet
from hengjian.core.scoring.words import compact

_EXACT = Decimal("0.01")
_THRESHOLD = Decimal(60)


def first_score(row: Indicator, profile: Profile) -> Score | None:
    """The score by the profile itself; ``None`` where nothing can be recomputed.

    Words count only when the result repeats the target, or is a date in time or a bare percentage.
    """
    if row.weight is None:
        return None
    first = score_indicator(row, profile)
    if first.missing or (not row.target.is_numeric and not _is_recomputable(row)):
        return None
    return with_possible_deduction(first, row, profile)


def lawful_scores(row: Indicator, profile: Profile) -> list[Score]:
    """Every score the row may have, the profile's first; empty where nothing can be recomputed."""
    first = first_score(row, profile)
    if first is None:
        return []
    others = (score_indicator(r, p) for p in _profiles(profile) for r in _directions(row))
    return [
        first,
        *(with_possible_deduction(s, row, profile) for s in dict.fromkeys(others) if not s.missing),
    ]


def _is_recomputable(row: Indicator) -> bool:
    """A result in words that leaves no choice of level."""
    target, actual = compact(row.target.text.text), compact(row.actual.text.text)
    if level_of(actual) is not None and actual != target:
        return False
    return bool(target) and (actual == target or is_completion(row) or on_time(target, actual) is not None)


def _profiles(profile: Profile) -> Iterator[Profile]:
    yield replace(profile, pass_threshold=_THRESHOLD)
    yield replace(profile, pass_threshold=None)
    yield replace(profile, pass_threshold=None, satisfaction_scoring="proportional")
    yield replace(profile, satisfaction_scoring="banded")
    yield replace(profile, reverse_scoring="ratio", pass_threshold=None)
    yield replace(profile, reverse_scoring="linear", pass_threshold=None)


def _directions(row: Indicator) -> Iterator[Indicator]:
    yield row
    if row.target.is_numeric and row.target.operator is Operator.EQUAL:
        for operator in readings(row):
            yield replace(row, target=replace(row.target, operator=operator, printed_operator="~"))


def could_be(given: Decimal, lawful: list[Score], sheet: Sheet) -> bool:
    """Whether a printed score is one of these, within the precision in which the sheet prints scores.

    A full score needs no rounding: only parts of a weight may be rounded to the sheet's decimals.
    """
    step = _precision(sheet) / 2
    return any(_near(given, score, step) for score in lawful)


def _near(given: Decimal, score: Score, step: Decimal) -> bool:
    tolerance = _EXACT / 2 if score.is_full else max(step, _EXACT)
    return score.low - tolerance <= given <= score.high + tolerance


def _precision(sheet: Sheet) -> Decimal:
    decimals = max((r.score.decimals for r in sheet.rows if r.score is not None), default=0)
    return Decimal(1).scaleb(-decimals)


def expected_text(lawful: list[Score]) -> str:
    """The profile's own score, as points or as a range."""
    return range_text(lawful[0].low, lawful[0].high) if lawful else ""


def shortfall(row: Indicator, *, in_words: bool = False) -> bool:
    """Whether the row plainly missed its target by every reading.

    With ``in_words`` a target in words with a bare percentage below 100 counts too.
    """
    if row.target.is_numeric:
        return comparable(row) is not None and reached(row) is False and not _vanishes(row)
    figure = row.actual.figure
    told = in_words and bool(row.target.text) and is_completion(row)  # no target at all: nothing was missed
    return told and figure is not None and figure.value < 100


def _vanishes(row: Indicator) -> bool:
    """A shortfall that the printed precision of the result may hide: 33.3 % against a third."""
    target, actual = row.target.figure, row.actual.figure
    operands = comparable(row)
    if target is None or actual is None or operands is None or actual.decimals >= target.decimals:
        return False
    return abs(operands[0] - operands[1]) <= Decimal("0.5").scaleb(-actual.decimals)
