"""Grade bands: which grade a score has, and whether the bands cover 0 to 100 once (fact sheet §5)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hengjian.core.figures import plain
from hengjian.core.report import Band
from hengjian.core.scoring.score import ZERO
from hengjian.core.scoring.words import compact, group_of

TOP = Decimal(100)


def same_grade(first: str, second: str) -> bool:
    """Whether two labels name one grade: 优 and 优秀, 良 and 优良 …"""
    return _grade(first) == _grade(second)


def _grade(label: str) -> int | str:
    word = compact(label).strip("“”\"'‘’「」").removesuffix("等级").removesuffix("级").removesuffix("等")
    return group_of("grades").get(word, word)


def is_a_grade(label: str) -> bool:
    return isinstance(_grade(label), int)


def half_open(bands: Sequence[Band]) -> list[Band]:
    """The bands, lowest first, with integer notation (80-89, 90-100) read as half open up to the next band."""
    ordered = sorted(bands, key=lambda b: (low_of(b), high_of(b)))
    read: list[Band] = []
    for index, band in enumerate(ordered):
        above = ordered[index + 1] if index + 1 < len(ordered) else None
        if above is not None and _hands_over(band, above):
            band = replace(band, high=above.low, high_inclusive=not above.low_inclusive)
        read.append(band)
    return read


def _hands_over(band: Band, above: Band) -> bool:
    """Whether the band ends where the next one begins, though it prints the last whole point below, or the point itself."""
    if band.high is None or above.low is None:
        return False
    gap = above.low - band.high
    return 0 < gap <= 1 or (gap == 0 and _leaves_the_point(band, above))


def grades_of(score: Decimal, bands: Sequence[Band]) -> list[Band]:
    """Every band that holds a score: one where the bands are clean, two in an overlap, none in a hole."""
    return [b for b in half_open(bands) if b.holds(score)]


def low_of(band: Band) -> Decimal:
    return ZERO if band.low is None else band.low


def high_of(band: Band) -> Decimal:
    return TOP if band.high is None else band.high


@dataclass(frozen=True, slots=True)
class Seam:
    """A place between two neighbouring bands that is not clean. ``start`` to ``end`` lies in both or in neither."""

    lower: Band
    upper: Band
    start: Decimal
    end: Decimal
    overlaps: bool

    @property
    def width(self) -> Decimal:
        return self.end - self.start

    @property
    def span(self) -> str:
        """``80`` for one point, ``(89, 90)`` for a hole, ``[80, 85)`` for an overlap."""
        if self.overlaps:
            return plain(self.start) if self.start == self.end else f"{plain(self.start)}—{plain(self.end)}"
        return f"（{plain(self.start)}，{plain(self.end)}）" if self.width else plain(self.start)

    def holds(self, score: Decimal) -> bool:
        if self.overlaps or not self.width:
            return self.start <= score <= self.end
        return self.start < score < self.end


def seams(bands: Sequence[Band]) -> list[Seam]:
    """Every overlap and every hole between neighbours, from the bottom up, as printed."""
    ordered = sorted(bands, key=lambda b: (low_of(b), high_of(b)))
    found = [_seam(lower, upper) for lower, upper in itertools.pairwise(ordered)]
    return [seam for seam in found if seam is not None]


def _seam(lower: Band, upper: Band) -> Seam | None:
    end, start = high_of(lower), low_of(upper)
    if end > start:
        return Seam(lower, upper, start, min(end, high_of(upper)), True)
    if end < start:
        return Seam(lower, upper, end, start, False)
    both = lower.high_inclusive and upper.low_inclusive and not _leaves_the_point(lower, upper)
    neither = not lower.high_inclusive and not upper.low_inclusive
    if both or neither:
        return Seam(lower, upper, start, start, both)
    return None


def _leaves_the_point(lower: Band, upper: Band) -> bool:
    """Whether a shared boundary belongs to the upper band alone: 60分以下 beside 60—80, or 80（含）—90 below 90（含）."""
    return lower.low is None or "含" in upper.text.text.replace("不含", "")


def open_ends(bands: Sequence[Band]) -> list[str]:
    """What the lowest and the highest band leave out of 0 to 100, in words."""
    if not bands:
        return []
    least, most = min(map(low_of, bands)), max(map(high_of, bands))
    told = [f"0—{plain(least)}"] if least > 0 else []
    return [*told, f"{plain(most)}—100"] if most < TOP else told
