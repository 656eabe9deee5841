"""Grade bands, total scores and grades in the running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from hengjian.core.extraction import terms
from hengjian.core.extraction.prose.lines import Line, Number
from hengjian.core.extraction.prose.ranges import Limit, Range, find_ranges, labelled
from hengjian.core.figures import Figure, figure
from hengjian.core.report import Band, Grade, Text, Total

_TOTAL = re.compile(
    r"(?:自评|综合|总体|评价|绩效|最终|项目|整体|本次|部门|自我)*(?:(?<=[评合价效])得|总得分|总评分|得分|评分|总分|分数|总分数|自评分|评价分值|打分)(?:值)?(?:情况)?(?:共|合计|为|是|：|达到|达|共计|综合|自评|得|绩效|总分|评分)*$"
)
_POSSIBLE = re.compile(r"满分|总分值|分值|权重|占$|扣|加$|每|各|不得|≥|≤|<|>|低于|高于|以上|介于|大于|小于|区间|指标|产出|效益|满意度|执行率|成本|平均|均在")
_SAYS = r"(?:为|是|：|属于|属|达到)"
_GRADE = rf"(?:(?:等级|等次|级别|评级|档次)(?:评定|确定|认定)?{_SAYS}*|(?:分，?(?:综合|绩效|自评)?(?:评价|评定)?|结果|结论|评定|评价|定级|为|属于|属|达到)+(?:评定|确定|认定|综合)?{_SAYS}+(?:等级)?)(?P<grade>WORDS)(?=$|[，。；、（）！”级等档])"

_ASSESSED = re.compile(r"(?:经)?(?:我局|我单位|本单位|我委|我办|我中心|该项目|本项目|项目|部门|单位|整体|支出|绩效|综合)*自评(?:得|为)?")
"""“我局自评93.47分”: the whole was assessed so."""
_WITHOUT_UPPER = re.compile(r"含下限，?不含上限|不含上限|含下不含上|上限不含|下限含|含本数下限")
_OF_A_PART = re.compile(r"(?:\d{1,2}[.．、]|（[一二三四五六七八九十\d]{1,2}）|[①-⑩])?[一-鿿、]{2,14}（(?:满分|分值|权重|共)?(?!100分)\d{1,2}(?:\.\d+)?分）")
"""“1.产出指标（50分）…得分48分”: a paragraph about a part of the score."""
_COUNTED = re.compile(r"(?:\d|[一两二三四五六七八九十])(?:个|项|家|户)")
"""“8个项目评价等级为优” counts grades and gives none."""


@dataclass
class Verdicts:
    """What was read of bands, totals and grades; ``taken`` are their numbers."""

    bands: list[Band] = field(default_factory=list)
    totals: list[tuple[Total, Number]] = field(default_factory=list)
    grades: list[Grade] = field(default_factory=list)
    limits: list[Figure] = field(default_factory=list)
    taken: list[Number] = field(default_factory=list)


def read_verdicts(line: Line, scope: str = "", among_indicators: bool = False) -> Verdicts:
    """The bands, totals and grades of one paragraph. ``among_indicators``: a bare 得分 is that of an indicator."""
    found = Verdicts()
    if not ("分" in line.text or _grade_words().search(line.text)):
        return found
    spans = _read_bands(line, found)
    _read_totals(line, scope, found, among_indicators)
    for match in _grade().finditer(line.text):
        counted = _COUNTED.search(re.split(r"[，。；：]", line.text[: match.start("grade")])[-1])
        if not counted and not any(s <= match.start("grade") < e for s, e in spans):
            found.grades.append(Grade(line.words(*match.span("grade")), scope))
    return found


@cache
def _words() -> str:
    return "|".join(terms.strings("grades", "words"))


@cache
def _grade_words() -> re.Pattern[str]:
    return re.compile(_words())


@cache
def _grade() -> re.Pattern[str]:
    return re.compile(_GRADE.replace("WORDS", _words()))


def _read_bands(line: Line, found: Verdicts) -> list[tuple[int, int]]:
    """Bands of a paragraph that names at least two of them. Returns the spans that they cover."""
    pairs = list(labelled(line.text, find_ranges(line.text), _words()))
    if len(pairs) < 2:
        return []
    if _WITHOUT_UPPER.search(line.text):
        pairs = [(_without_upper(r), word) for r, word in pairs]
    spans = [(min(r.start, s), max(r.end, e)) for r, (s, e) in pairs]
    ranges = [r for r, _ in pairs]
    for (part, word), span in zip(pairs, spans, strict=True):
        found.bands.append(_as_band(line.text[slice(*word)], part, ranges, line.words(*span)))
        spots = sorted([*(limit.digits for limit in part.limits), *part.notes])
        found.limits.extend(_limit(line, *spot) for spot in spots)
    cover = {offset for part in ranges for offset in range(part.start, part.end)}
    found.taken.extend(n for n in line.numbers if n.start in cover or n.end - 1 in cover)
    return spans


def _without_upper(part: Range) -> Range:
    """What one note for all bands says: the lower end belongs to a band, the upper one does not."""
    if part.low is None or part.high is None or part.high.noted or part.high.value == 100:
        return part
    return replace(part, high=replace(part.high, inclusive=False, noted=True), integers=False)


def _limit(line: Line, start: int, end: int) -> Figure:
    words = line.words(start, end)
    return figure(words.text, "分", words.place)


def _as_band(label: str, part: Range, ranges: Sequence[Range], words: Text) -> Band:
    low, high = part.low, part.high
    return Band(
        label, low.value if low else None, high.value if high else None,
        low is None or _low_in(low, part, ranges), high is not None and not _left_to_the_next(part, ranges, words.text) and _high_in(high, part, ranges),
        words, part.integers,
    )  # fmt: skip


def _left_to_the_next(part: Range, ranges: Sequence[Range], words: str) -> bool:
    """80分至90分以下 beside 90分及以上: the end belongs to the band that begins there, unless 含 or 及以下 claims it."""
    if part.low is None or part.high is None or not re.search(r"(?<!及)以下", words) or "含" in words:
        return False
    return any(r is not part and r.low and r.low.value == part.high.value for r in ranges)


def _low_in(low: Limit, part: Range, ranges: Sequence[Range]) -> bool:
    """A low end belongs to its band, unless the band below says that it has it (60-80分（含80分））."""
    if low.inclusive is not None:
        return low.inclusive
    marked = part.high is not None and part.high.noted and part.high.inclusive
    below = any(r.high and r.high.value == low.value and r.high.noted and r.high.inclusive for r in ranges)
    return not (marked and below)


def _high_in(high: Limit, part: Range, ranges: Sequence[Range]) -> bool:
    """以下 beside a band that begins there means below it, as everybody writes it; so does 80（含）-90 by its one 含."""
    shared = any(r is not part and r.low and r.low.value == high.value and r.low.inclusive is not False for r in ranges)
    if high.noted or high.inclusive is False:
        return bool(high.inclusive)
    if high.inclusive:
        return not (shared and part.low is None) and not (shared and part.low is not None and part.low.inclusive)
    if part.low is not None and part.low.noted and part.low.inclusive:
        return not shared and (high.value == 100 or high.value == max(x.value for r in ranges for x in r.limits))
    return True


def _read_totals(line: Line, scope: str, found: Verdicts, among_indicators: bool) -> None:
    numbers = [n for n in line.numbers if n.mention.kind == "number" and n.figure.unit in ("分", "")]
    for number in numbers:
        if number in found.taken or number.mention.upper is not None or number.mention.upper_of_range:
            continue
        lead = line.text[max(0, number.start - 30) : number.start]
        clause = re.split(r"[，。；：（]", lead.rstrip("：，"))[-1] if lead else ""
        sentence = lead.rpartition("。")[2]
        summed = re.fullmatch(r"(?:以上)?(?:合计|共计|总计)(?:得分|得)?(?:为)?", clause) is not None and "得" in sentence
        if summed and number.figure.unit == "分":
            found.totals.append((Total(number.figure, scope), number))
            found.taken.append(number)
            continue
        if re.search(r"分值|权重|该项(?!目|资金|经费|工作|政策|补助)|该指标", sentence) and "总" not in clause:
            continue
        if number.figure.unit == "分" and _ASSESSED.fullmatch(clause):
            found.totals.append((Total(number.figure, scope), number))
            found.taken.append(number)
            continue
        if _OF_A_PART.match(line.text) and re.fullmatch(r"(?:自评|实际)?得分?(?:为|：|是)?", clause):
            continue
        if re.fullmatch(r"(?:，|；|。)?得分(?:为|：|是)?", clause) and (among_indicators or re.search("目标|指标", sentence)):
            continue
        if number.figure.unit != "分" and not re.search(r"(?:得分|总分|评分)(?:为|：|是)?$", lead):
            continue
        if _TOTAL.search(lead.rstrip("，")) and not _POSSIBLE.search(clause) and not _is_full_mark(line, number):
            found.totals.append((Total(number.figure, scope), number))
            found.taken.append(number)


def _is_full_mark(line: Line, number: Number) -> bool:
    """“总分100分，自评得分95分”: the first is what could be had."""
    rest = line.text[number.end : number.end + 24]
    return number.figure.value == 100 and re.search(r"得分|自评|评分|其中", rest) is not None
