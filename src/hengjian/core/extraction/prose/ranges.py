"""Ranges of points and the grade words beside them: “80分及以上不足90分为良好”, “80≤得分＜90”, “[80,90)”, “80-89分”.

A range is one limit or two. What kind of limit a number is follows from the sign or the word before it, the word
behind it (以上, 以下) and a note of inclusion (含80分, 不含90分); two numbers joined by a dash are the two ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

LOW, HIGH = "low", "high"
_BEFORE = {
    "大于等于": (LOW, True), "大于或等于": (LOW, True), "不低于": (LOW, True), "不少于": (LOW, True), "不小于": (LOW, True),
    "≥": (LOW, True), "≧": (LOW, True), ">=": (LOW, True), "＞＝": (LOW, True), "＞=": (LOW, True), ">＝": (LOW, True),
    "大于": (LOW, False), "高于": (LOW, False), "超过": (LOW, False), ">": (LOW, False), "＞": (LOW, False),
    "小于等于": (HIGH, True), "小于或等于": (HIGH, True), "不高于": (HIGH, True), "不超过": (HIGH, True), "不大于": (HIGH, True),
    "≤": (HIGH, True), "≦": (HIGH, True), "<=": (HIGH, True), "＜＝": (HIGH, True), "＜=": (HIGH, True), "<＝": (HIGH, True),
    "小于": (HIGH, False), "低于": (HIGH, False), "少于": (HIGH, False), "不足": (HIGH, False), "不满": (HIGH, False),
    "未达到": (HIGH, False), "未达": (HIGH, False), "不到": (HIGH, False), "未满": (HIGH, False), "<": (HIGH, False), "＜": (HIGH, False),
}  # fmt: skip
_BEHIND = {"及以上": LOW, "以上": LOW, "及以下": HIGH, "以下": HIGH, "以内": HIGH}
_TURNED = {LOW: HIGH, HIGH: LOW}
_SIGNS = "|".join(re.escape(s) for s in sorted(_BEFORE, key=len, reverse=True) if not re.match("[一-鿿]", s))
_WORDS = "|".join(s for s in sorted(_BEFORE, key=len, reverse=True) if re.match("[一-鿿]", s))
_WHO = r"(?:最终|综合|自评|评价|绩效|总)*(?:得分|分数|评分|分值|总分|[SsXxFNPpQ])"
_NOTE = r"(?:[（，](?P<{0}>不?含[^（），；。为]{{0,6}}(?:[，、]不?含[^（），；。为]{{0,6}})*)[），]?)?"
_LIMIT = re.compile(
    rf"(?P<pre>{_SIGNS}|{_WORDS})?(?<![\d.])(?P<digits>\d{{1,3}}(?:\.\d+)?)(?![\d.])分?{_NOTE.format('note')}(?:分(?!别))?"
    rf"(?:(?P<post>{_SIGNS})(?={_WHO})|(?P<behind>及以上|以上|及以下|以下|以内))?{_NOTE.format('rest')}(?![%‰万亿元个人年月日天岁周项次件户倍])"
)
_INTERVAL = re.compile(
    r"(?P<open>[\[【（])(?P<low>\d{1,3}(?:\.\d+)?)分?(?P<mark>[，、]|[-—－~～至]+)(?P<high>\d{1,3}(?:\.\d+)?)分?(?P<close>[\]】）)])"
)
_DASH = re.compile(r"[-—－–~～至到和与]+")
_JOINT = re.compile(rf"[，、]?(?:而|且|并|但|和|与|同时)?(?:{_WHO})?")
_INCLUSION = re.compile(r"(不?)含(?:本数|(\d+(?:\.\d+)?))?")


@dataclass(frozen=True, slots=True)
class Limit:
    """One end: ``side`` is ``low``, ``high`` or empty; ``inclusive`` is ``None`` where nothing says so."""

    value: Decimal
    digits: tuple[int, int]
    side: str = ""
    inclusive: bool | None = None
    noted: bool = False
    """Whether the inclusion is written (含, 不含)."""


@dataclass(frozen=True, slots=True)
class Range:
    """A range at its span of the text. ``integers``: two whole numbers joined by a dash, with nothing about inclusion."""

    low: Limit | None
    high: Limit | None
    start: int
    end: int
    integers: bool = False
    notes: tuple[tuple[int, int], ...] = ()
    """Spans of the numbers that notes of inclusion print again (含90分)."""

    @property
    def limits(self) -> tuple[Limit, ...]:
        return tuple(x for x in (self.low, self.high) if x is not None)


def find_ranges(text: str) -> list[Range]:
    """Every range of points of a squeezed text, in order."""
    found = list(_intervals(text))
    taken = [(r.start, r.end) for r in found]
    ends = [(m, _limit(m)) for m in _LIMIT.finditer(text) if not any(s <= m.start("digits") < e for s, e in taken)]
    found.extend(_joined(text, ends))
    return sorted(found, key=lambda r: r.start)


def _intervals(text: str) -> Iterator[Range]:
    """[80,90) and （80，90]; （80-90分） is a bracketed range, and no open interval."""
    for match in _INTERVAL.finditer(text):
        if match["mark"] not in "，、" and match["open"] == "（" and match["close"] in "）)":
            continue
        low = Limit(Decimal(match["low"]), match.span("low"), LOW, match["open"] in "[【", True)
        high = Limit(Decimal(match["high"]), match.span("high"), HIGH, match["close"] in "]】", True)
        yield Range(low, high, *match.span())


def _limit(match: re.Match[str]) -> Limit:
    side, inclusive = _BEFORE.get(match["pre"] or "", ("", None))
    if match["post"]:
        turned, inclusive = _BEFORE[match["post"]]
        side = _TURNED[turned]
    elif match["behind"]:
        side, inclusive = _BEHIND[match["behind"]], True
    return Limit(Decimal(match["digits"]), match.span("digits"), side, inclusive)


def _joined(text: str, ends: Sequence[tuple[re.Match[str], Limit]]) -> Iterator[Range]:
    """Two limits that belong together are one range; a number alone needs a side."""
    index = 0
    while index < len(ends):
        match, first = ends[index]
        second = ends[index + 1] if index + 1 < len(ends) else None
        dash = second is not None and _DASH.fullmatch(text[match.end() : second[0].start()]) is not None
        if second is not None and _fit(first, second[1], dash, text[match.end() : second[0].start()]):
            yield _pair(match, first, *second, dash)
            index += 2
            continue
        if first.side:
            yield _alone(match, first)
        index += 1


def _fit(first: Limit, second: Limit, dash: bool, between: str) -> bool:
    if dash and first.side != HIGH and second.side != LOW:
        return first.value != second.value
    sides = (first.side, second.side)
    if _JOINT.fullmatch(between) is None or sides not in ((LOW, HIGH), (HIGH, LOW)):
        return False
    low, high = (first, second) if first.side == LOW else (second, first)
    return low.value < high.value


def _pair(match: re.Match[str], first: Limit, other: re.Match[str], second: Limit, dash: bool) -> Range:
    if not first.side or not second.side:
        first, second = replace(first, side=LOW), replace(second, side=HIGH)
    low, high = (first, second) if first.side == LOW else (second, first)
    if low.value > high.value:
        low, high = replace(high, side=LOW), replace(low, side=HIGH)
    notes = [*_notes(match, first), *_notes(other, second)]
    low, high = _noted(low, notes), _noted(high, notes)
    plain = dash and not notes and low.inclusive is None and high.inclusive is None
    whole = plain and low.value == int(low.value) and "." not in match["digits"] + other["digits"]
    return Range(low, high, match.start(), other.end(), whole, (*_printed_again(match), *_printed_again(other)))


def _alone(match: re.Match[str], limit: Limit) -> Range:
    limit = _noted(limit, list(_notes(match, limit)))
    low, high = (limit, None) if limit.side == LOW else (None, limit)
    return Range(low, high, *match.span(), notes=tuple(_printed_again(match)))


def _printed_again(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    for name in ("note", "rest"):
        for found in re.finditer(r"\d+(?:\.\d+)?", match[name] or ""):
            yield match.start(name) + found.start(), match.start(name) + found.end()


def _notes(match: re.Match[str], limit: Limit) -> Iterator[tuple[Decimal, bool]]:
    """What 含 and 不含 say, each with the number that it speaks of."""
    for name in ("note", "rest"):
        for found in _INCLUSION.finditer(match[name] or ""):
            yield (Decimal(found[2]) if found[2] else limit.value), not found[1]


def _noted(limit: Limit, notes: Sequence[tuple[Decimal, bool]]) -> Limit:
    for value, inclusive in notes:
        if value == limit.value:
            limit = replace(limit, inclusive=inclusive, noted=True)
    return limit


# ── the words beside them

_AFTER = r"^(?P<gap>[）”]?(?:之间|区间|范围内?|分|的|之|者|，|：|）|（)*(?:等级|等次|评价|绩效|结果|自评|综合)*(?:评定|确定|认定|评|定|属于|属|记|计|对应)*(?:为|是|：|等级|级)*[（]*)(?P<word>WORDS)"
_AHEAD = r"(?P<word>WORDS)(?P<gap>[）”]?(?:等级|等次|级|档|等)?(?:标准)?(?:为|是|：|，|（|最终|综合|自评|评价|绩效|总|得分|分数|评分|分值|[SsXxFNPpQ]|在|指|对应|介于|区间)*)$"
_STRONG = re.compile("[为是属定评计记]")


def labelled(text: str, ranges: Sequence[Range], words: str) -> Iterator[tuple[Range, tuple[int, int]]]:
    """Each range with the span of its grade word. ``words`` is an alternation of grade words."""
    after, ahead = re.compile(_AFTER.replace("WORDS", words)), re.compile(_AHEAD.replace("WORDS", words))
    free = 0
    for index, found in enumerate(ranges):
        stop = ranges[index + 1].start if index + 1 < len(ranges) else len(text)
        tail = re.split("[；。\n]", text[found.end : stop])[0]
        head = re.split("[；。\n]", text[free : found.start])[-1]
        behind, before = after.match(tail), ahead.search(head)
        if behind and (before is None or _STRONG.search(behind["gap"]) or not behind["gap"]):
            span = (found.end + behind.start("word"), found.end + behind.end("word"))
        elif before:
            offset = found.start - len(head)
            span = (offset + before.start("word"), offset + before.end("word"))
        else:
            free = found.end
            continue
        free = max(found.end, span[1])
        yield found, span
