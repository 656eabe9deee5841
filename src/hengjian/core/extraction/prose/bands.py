"""Grade bands, total scores and grades in the running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from hengjian.core.extraction import terms
from hengjian.core.extraction.prose.lines import Line, Number
from hengjian.core.figures import Figure, figure
from hengjian.core.report import Band, Grade, Text, Total

_N = r"(?P<{0}>\d+(?:\.\d+)?)"
_LE = r"(?:≤|≦|<=|＜=|<|＜|＜＝)"
_WHO = r"(?:得分|分数|评分|自评分|综合得分|总分|总得分|分值|S|s|X|x|F|N)?"
_SHAPES = tuple(
    re.compile(p)
    for p in (
        rf"{_N.format('low')}分?(?P<lop>{_LE}){_WHO}(?P<hop>{_LE}){_N.format('high')}分?",
        rf"(?P<hin>[\[【]){_N.format('low')}分?[,，、\-—~～至]+{_N.format('high')}分?(?P<end>[\])】）])",
        rf"(?P<hin>[(（]){_N.format('low')}分?[,，]{_N.format('high')}分?(?P<end>[\])】）])",
        rf"(?P<hin>[(（]){_N.format('low')}分?[\-—~～至]+{_N.format('high')}分?(?P<end>[\]】])",
        rf"{_N.format('low')}分?(?P<lin>（含[^）]*）|（不含[^）]*）)?分?(?:-|—|－|–|~|～|至|到)+{_N.format('high')}分?(?P<hinc>（含[^）]*）|（不含[^）]*）)?分?",
        rf"{_WHO}(?:在)?(?:≥|≧|>=|不低于|大于等于|大于或等于){_N.format('low')}分?",
        rf"{_WHO}(?P<gt>>|＞|大于|高于|超过){_N.format('low')}分?",
        rf"{_WHO}(?:≤|≦|<=|小于等于){_N.format('high')}分?",
        rf"{_WHO}(?:<|＜|小于|低于|不足|不满){_N.format('lt')}分?",
        rf"{_N.format('low')}分?(?:（含(?P<inc>[^）]*)）|（不含[^）]*）)?分?(?P<up>及以上|以上)",
        rf"{_N.format('high')}分?(?:（含[^）]*）|（(?P<exc>不含)[^）]*）)?分?(?P<down>及以下|以下|以内)",
    )
)
_TOTAL = re.compile(
    r"(?:自评|综合|总体|评价|绩效|最终|项目|整体|本次|部门|自我)*(?:(?<=[评合价效])得|总得分|总评分|得分|评分|总分|分数|总分数|自评分|评价分值|打分)(?:值)?(?:情况)?(?:共|合计|为|是|：|达到|达|共计|综合|自评|得|绩效|总分|评分)*$"
)
_POSSIBLE = re.compile(r"满分|总分值|分值|权重|占$|扣|加$|每|各|不得|≥|≤|<|>|低于|高于|以上|介于|大于|小于|区间|指标|产出|效益|满意度|执行率|成本|平均|均在")
_SAYS = r"(?:为|是|：|属于|属|达到)"
_GRADE = rf"(?:(?:等级|等次|级别|评级|档次)(?:评定|确定|认定)?{_SAYS}*|(?:分，?(?:综合|绩效|自评)?(?:评价|评定)?|结果|结论|评定|评价|定级|为|属于|属|达到)+(?:评定|确定|认定|综合)?{_SAYS}+(?:等级)?)(?P<grade>WORDS)(?=$|[，。；、（）！”级等档])"


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
        if not any(s <= match.start("grade") < e for s, e in spans):
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


@cache
def _band() -> re.Pattern[str]:
    """A range with its word behind it, or the word with its range behind it."""
    return re.compile(rf"(?:{_words()})")


def _read_bands(line: Line, found: Verdicts) -> list[tuple[int, int]]:
    """Bands of a paragraph that names at least two of them. Returns the spans that they cover."""
    pairs = list(_pairs(line))
    if len(pairs) < 2:
        return []
    bands = [_as_band(label, match, line.words(*whole)) for label, match, whole in pairs]
    found.bands.extend(_without_shared_floor(b, bands) for b in bands)
    for _, match, _ in pairs:
        spots = [match.span(g) for g in ("low", "high", "lt") if g in match.re.groupindex and match[g] is not None]
        found.limits.extend(_limit(line, s, e) for s, e in spots)
        found.taken.extend(n for n in line.numbers if any(n.start < e and s < n.end for s, e in spots))
    return [whole for _, _, whole in pairs]


def _without_shared_floor(band: Band, bands: list[Band]) -> Band:
    """“60-80分为中，60分以下为差”: 以下 beside a band that begins there means below it, as everybody writes it."""
    shared = band.low is None and any(b.low == band.high and b.low_inclusive for b in bands)
    return replace(band, high_inclusive=False) if shared else band


def _limit(line: Line, start: int, end: int) -> Figure:
    words = line.words(start, end)
    return figure(words.text, "分", words.place)


def _pairs(line: Line) -> Iterator[tuple[str, re.Match[str], tuple[int, int]]]:
    """Every range beside a grade word, clause by clause."""
    for start, end in _clauses(line.text):
        shape = next((m for p in _SHAPES if (m := p.search(line.text, start, end))), None)
        if shape is None:
            continue
        after = _band().search(line.text, shape.end(), end)
        before = [m for m in _band().finditer(line.text, start, shape.start())]
        label = after if after and (not before or after.start() - shape.end() <= 8) else (before[-1] if before else None)
        if label is not None:
            yield label[0], shape, (min(shape.start(), label.start()), max(shape.end(), label.end()))


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Parts between marks; a comma inside a bracketed interval does not part."""
    start = 0
    for match in re.finditer(r"[；。，、\n]|（(?=[优良中差])", text):
        inside = re.search(r"[\[【(（]\d+(?:\.\d+)?分?$", text[start : match.start()])
        closing = re.match(r"[，,、]\d+(?:\.\d+)?分?[\])】）]", text[match.start() :])
        if inside and closing:
            continue
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _as_band(label: str, match: re.Match[str], words: Text) -> Band:
    groups = match.groupdict()
    low = Decimal(groups["low"]) if groups.get("low") else None
    high_text = groups.get("high") or groups.get("lt")
    high = Decimal(high_text) if high_text else None
    ranged = low is not None and high is not None
    symbols = groups.get("hop") is not None or groups.get("hin") is not None
    whole = ranged and not symbols and "." not in match[0] and "含" not in match[0]
    return Band(label, low, high, _low_in(groups), _high_in(groups, ranged, symbols), words, whole)


def _low_in(groups: dict[str, str | None]) -> bool:
    if groups.get("lop"):
        return groups["lop"] not in ("<", "＜")
    if groups.get("hin"):
        return (groups["hin"] or "") in "[【"
    return not groups.get("gt") and not (groups.get("lin") or "").startswith("（不含")


def _high_in(groups: dict[str, str | None], ranged: bool, symbols: bool) -> bool:
    if groups.get("lt") or groups.get("exc") or not groups.get("high"):
        return False
    if groups.get("hop"):
        return groups["hop"] not in ("<", "＜")
    if symbols:
        return (groups.get("end") or "") in "]】"
    if ranged and groups.get("lin") and not groups.get("hinc"):
        return groups.get("high") == "100"
    if groups.get("down"):
        return True
    return not (groups.get("hinc") or "").startswith("（不含")


def _read_totals(line: Line, scope: str, found: Verdicts, among_indicators: bool) -> None:
    numbers = [n for n in line.numbers if n.mention.kind == "number" and n.figure.unit in ("分", "")]
    for number in numbers:
        if number in found.taken or number.mention.upper is not None or number.mention.upper_of_range:
            continue
        lead = line.text[max(0, number.start - 30) : number.start]
        clause = re.split(r"[，。；：（]", lead.rstrip("：，"))[-1] if lead else ""
        sentence = lead.rpartition("。")[2]
        summed = re.fullmatch(r"(?:以上)?(?:合计|共计|总计)(?:得分|得)?(?:为)?", clause) is not None and "得分" in sentence
        if summed and number.figure.unit == "分":
            found.totals.append((Total(number.figure, scope), number))
            found.taken.append(number)
            continue
        if re.search(r"分值|权重|该项|该指标", sentence) and "总" not in clause:
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
