"""Scores of qualitative and yes/no indicators (fact sheet §4.2, §4.3)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum

from hengjian.core.figures import round_half_up
from hengjian.core.profile import Profile
from hengjian.core.report import Indicator
from hengjian.core.scoring.score import CENT, ZERO, Method, Score, exact, number_text, unknown
from hengjian.core.scoring.words import compact, is_one_of


class Level(StrEnum):
    """The three levels of 财预〔2020〕10号 art. 17."""

    REACHED = "达成年度指标"
    PARTLY = "部分达成年度指标并具有一定效果"
    MISSED = "未达成年度指标且效果较差"


def level_of(text: str) -> Level | None:
    """The level that an actual value names, or ``None`` when its words are none of the known ones."""
    tables = {"reached": Level.REACHED, "partly": Level.PARTLY, "missed": Level.MISSED}
    return next((level for table, level in tables.items() if is_one_of(text, table)), None)


def score_level(level: Level, weight: Decimal, profile: Profile) -> Score:
    """The points a level allows: 100–80 %, below 80–60 %, below 60 % of the weight, to the cent."""
    first, second = (round_half_up(share * weight / 100) for share in profile.qualitative_bands)
    low, high = {
        Level.REACHED: (first, weight),
        Level.PARTLY: (second, max(second, first - CENT)),
        Level.MISSED: (ZERO, max(ZERO, second - CENT)),
    }[level]
    return Score(weight, low, high, Method.JUDGED, f"{level.value}：{low:.2f}—{high:.2f}")


def score_words(indicator: Indicator, weight: Decimal, profile: Profile) -> Score:
    """Score a target in words. Words that nobody can rank leave 0 to the weight, with what is missing."""
    target, actual = compact(indicator.target.text.text), compact(indicator.actual.text.text)
    if not actual:
        return unknown(weight, "实际完成值")
    if indicator.actual.figure is not None and is_completion(indicator):
        return _share(indicator.actual.figure.value, weight)
    if is_one_of(target, "yes") and (is_one_of(actual, "yes") or is_one_of(actual, "no")):
        return _direct(is_one_of(actual, "yes"), weight)
    if (in_time := on_time(target, actual)) is not None:
        return (
            exact(weight, weight, Method.MET, f"{actual}，按时，满分")
            if in_time
            else unknown(weight, "逾期扣分的口径")
        )
    level = level_of(actual) or (Level.REACHED if target and actual == target else None)
    return score_level(level, weight, profile) if level else unknown(weight, "评判等级")


def is_completion(indicator: Indicator) -> bool:
    """A percentage alone in the result cell of a target in words: how much of it was done.

    No completion is: a change or a share (较上年下降 12%), a satisfaction, a rate whose target is only a word (较高).
    """
    name, target = compact(indicator.name), compact(indicator.target.text.text)
    if re.fullmatch(r"[\d.]+[%％]", compact(indicator.actual.text.text)) is None or _CHANGE.search(
        target + name
    ):
        return False
    return not ("满意" in target + name or (_RATE.search(name) and len(target) <= _ONE_WORD))


_CHANGE = re.compile(r"下降|降低|减少|控制|占比|增长|提高|提升|增加|压减|比重|上升|同比|不超过|以内")
_RATE = re.compile(r"率|比例|程度")
_ONE_WORD = 4


def _share(percent: Decimal, weight: Decimal) -> Score:
    if percent >= 100:
        return exact(weight, weight, Method.MET, f"完成 {number_text(percent)}%，满分")
    return exact(
        weight, percent * weight / 100, Method.PROPORTIONAL, f"{number_text(percent)}%×{number_text(weight)}"
    )


def _direct(yes: bool, weight: Decimal) -> Score:
    return exact(weight, weight if yes else ZERO, Method.DIRECT, "是，满分" if yes else "否，不得分")


_DATE = re.compile(
    r"(?:(?P<year>\d{4})年)(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?(?:底|末)?(?:之?前|以前|内|完成|前完成)*"
)


def on_time(target: str, actual: str) -> bool | None:
    """Whether one date lies no later than another; ``None`` unless both texts are dates and nothing else."""
    due, done = _last_day(target), _last_day(actual)
    if due is None or done is None:
        return None
    return done <= due


def _last_day(text: str) -> date | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(match[g]) if match[g] else None for g in ("year", "month", "day"))
    try:
        return date(year or 1, month or 12, day or (31 if month is None else 28))
    except ValueError:
        return None
