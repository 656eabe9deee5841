"""Every number in a text, with its unit, precision, direction and what sort of number it is.

``scan`` finds Arabic and Chinese numerals, full-width digits, thousands separators, units with blanks before them,
ranges, operators as signs and words. It says what a number *is* (a year, a part of a date, a document number, an
ordinal …) but not what it is *about*: that is for the callers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from hengjian.core.extraction.units import UNIT, UNITS, begins_longer_word
from hengjian.core.figures import Figure
from hengjian.core.places import NOWHERE, Place

__all__ = ["UNITS", "Mention", "chinese_number", "scan"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One number of a text. ``start`` and ``end`` span the digits and the unit, without the operator.

    ``kind``: ``number``; ``year`` (2024年); ``date`` (month or day of a date); ``reference`` (numbers in 〔2025〕14号);
    ``ordinal`` (第5名); ``list`` (a list or heading number); ``phone``; ``identifier`` (ID and account numbers);
    ``code``; ``time`` (9:30). ``operator`` is ``>=``, ``<=``, ``>``, ``<``, ``=`` or empty, from the sign or words
    beside the number (``operator_text``). ``chinese`` is true for 三次, 两名. ``upper_of_range`` is true for the second
    end of 80-89分; the first end carries it as ``upper``.
    """

    figure: Figure
    start: int
    end: int
    kind: str = "number"
    operator: str = ""
    operator_text: str = ""
    chinese: bool = False
    upper: Figure | None = None
    upper_of_range: bool = False


_BLANK = r"[ \t\u00a0\u2002\u2009\u202f\u3000]*"
_SPACED = rf"\d{{1,3}}(?:[ \u00a0\u2009\u202f]\d{{3}})+(?=\.\d+{_BLANK}(?:[百千]?万|亿|千|百)?元)"
"""1 279.63 万元: groups of three digits parted by blanks, told from two numbers by the decimals and the unit of money."""
_ARABIC = r"(?<![A-Za-z\d.])(?:(?<![\d%％元人件分名个次天日月年）)])[-−－])?(?:\d{1,3}(?:,\d{3})+(?![\d,])|" + _SPACED + r"|\d{1,3}(?:，\d{3})+(?=\.\d)|\d+)(?:\.\d+)?(?![\d]|\.\d)(?!(?!TB|GB|MB|Mbps|kW|km|kg|mm|cm|MW|mg|m[²³23])[A-Za-z])"
_NUMBER = re.compile(rf"(?P<digits>{_ARABIC})(?P<vague>{_BLANK}[余多])?(?:{_BLANK}(?P<unit>{UNIT}))?")
_CHINESE = re.compile(
    r"(?<![第零〇一二两三四五六七八九十百千万\d年月（(])"
    r"(?P<digits>[零〇一二两三四五六七八九十百千]{1,9})(?P<vague>[余多])?"
    r"(?P<unit>万元|亿元|元|人次|批次|场次|名|人|件|起|场|个月|个工作日|工作日|次|个百分点|篇|份|户|批|宗|辆|台|套)"
    r"(?![性级把方种头大性体面向线口])"
)
_PERCENT_WORDS = re.compile(r"百分之(?P<digits>[零〇一二两三四五六七八九十百点]{1,9})")
_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})[-./／](?P<month>0?[1-9]|1[0-2])[-./／](?P<day>[0-2]?\d|3[01])(?![\d%])"
)
_REFERENCE = re.compile(r"[〔﹝\[【（(](?P<year>(?:19|20)\d{2})[〕﹞\]】）)]\s*(?:第\s*)?(?P<serial>\d+)\s*号")
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[-—－ ]\d{7,8}|[2-8]\d{6,7}(?=[^\d.,万元%]|$))(?!\d)")
_LONG = re.compile(r"(?<![\d.,])\d{12,}[Xx]?(?![\d.])")
_TIME = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])[:：][0-5]\d(?!\d)")
_HOTLINE = re.compile(r"(?<![\d.])(?:1(?:2345|2348|2388|2309|2380|2315|2320|2338|2355|2329|2333|2366|2350|2369)|110|119|120|122|96\d{3})(?=热线|诉求|平台|政务|政府|服务|便民|市民|工单|举报|投诉|接诉|转办|来电|电话|网|报警|联动|急救|[”\"」])")
_LIST = re.compile(r"(?:^|(?<=[。；;：:\n]))\s*(?:[（(]\s*\d{1,2}\s*[）)]|\d{1,2}\s*[、．]|\d{1,2}\.(?!\d)|\d{1,2}\s*[)）])")
_LIST_DOT = re.compile(r"(?:(?<=^[1-9])|(?<=[。；\n][1-9]))\.(?=(?:19|20)\d{2}年|\d{1,3}周?岁)")
"""“3.65岁及以上老年人”, “1.2024年”: the mark of a list before a number that has no decimals."""
_BRACKETED = re.compile(r"[（(]\s*\d{1,2}\s*[）)](?!\s*[%％万元])")
_ANNEX = re.compile(r"公开\d{1,2}(?=表)|(?:附件|附表|附|表|图|第)\s*\d{1,3}(?:-\d{1,2})?(?![\d.])(?!\s*(?:%|％|万元|亿元|元|人次))")
_RANGE = re.compile(rf"^{_BLANK}(?:[-—－–~～]{{1,2}}|至|到){_BLANK}$")

_BEFORE = (
    ("大于等于", ">="), ("大于或等于", ">="), ("不低于", ">="), ("不少于", ">="), ("不小于", ">="), ("至少", ">="), ("不得低于", ">="),
    ("不得少于", ">="), ("达到", ">="), ("达", ">="), ("≥", ">="), ("≧", ">="), ("⩾", ">="), (">=", ">="), ("＞＝", ">="), ("＞=", ">="), (">＝", ">="),
    ("小于等于", "<="), ("小于或等于", "<="), ("不超过", "<="), ("不高于", "<="), ("不多于", "<="), ("不大于", "<="), ("不得超过", "<="),
    ("不突破", "<="), ("控制在", "<="), ("≤", "<="), ("≦", "<="), ("⩽", "<="), ("<=", "<="), ("＜＝", "<="), ("＜=", "<="),
    ("大于", ">"), ("高于", ">"), ("超过", ">"), ("＞", ">"), (">", ">"),
    ("小于", "<"), ("低于", "<"), ("少于", "<"), ("＜", "<"), ("<", "<"), ("等于", "="), ("＝", "="), ("=", "="),
)  # fmt: skip
_AFTER = (("及以上", ">="), ("（含）以上", ">="), ("(含)以上", ">="), ("含以上", ">="), ("以上", ">="),
          ("及以下", "<="), ("（含）以下", "<="), ("以下", "<="), ("以内", "<="), ("之内", "<="))  # fmt: skip
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_VAGUE_BEFORE = re.compile(r"(?:约|近|逾|大约|约为|将近|接近|超)$")
_FOLD = str.maketrans("０１２３４５６７８９．", "0123456789.")


def scan(text: str, place: Place = NOWHERE, unit: str = "") -> list[Mention]:
    """Every number in ``text``, in order. ``unit`` is the unit of numbers that print none.

    Offsets are into ``text``; each figure's place is ``place`` narrowed to its characters.
    """
    folded = _LIST_DOT.sub("、", text.translate(_FOLD))
    taken = _special_spans(folded)
    found = [m for m in _arabic(text, folded, place, unit, taken)]
    covered = [(m.start, m.end) for m in found]
    found.extend(_chinese(text, place, covered))
    found.sort(key=lambda m: m.start)
    return _join_ranges(found, folded)


def _special_spans(text: str) -> dict[int, str]:
    """Offset of every digit that belongs to a date, reference, phone … to its kind."""
    kinds: dict[int, str] = {}
    patterns = (
        (_LONG, "identifier"), (_PHONE, "phone"), (_REFERENCE, "reference"), (_DATE, "date"), (_TIME, "time"), (_HOTLINE, "code"),
        (_ANNEX, "ordinal"), (_LIST, "list"), (_BRACKETED, "list"),
    )  # fmt: skip
    for pattern, kind in patterns:
        for match in pattern.finditer(text):
            for offset in range(*match.span()):
                kinds.setdefault(offset, kind)
    for match in _DATE.finditer(text):
        for offset in range(*match.span("year")):
            kinds[offset] = "year"
    return kinds


def _arabic(text: str, folded: str, place: Place, unit: str, special: dict[int, str]) -> Iterator[Mention]:
    month_end = -1
    for match in _NUMBER.finditer(folded):
        digits, printed_unit = match["digits"], match["unit"] or ""
        start, stop = match.start(), match.end()
        if printed_unit and begins_longer_word(printed_unit, folded[stop : stop + 1]):
            printed_unit, stop = "", match.end("vague") if match["vague"] else match.end("digits")
        kind = special.get(match.end("digits") - 1) or _kind(folded, match, digits, printed_unit, month_end)
        end = stop if kind in ("number", "year", "date") else match.end("digits")
        if kind == "date" and printed_unit == "月":
            month_end = match.end()
        if kind != "number":
            printed_unit = "年" if kind == "year" else ""
        vague = bool(match["vague"]) or bool(_VAGUE_BEFORE.search(folded[max(0, start - 3) : start]))
        value, decimals = _value(digits)
        canonical = _canonical(printed_unit) or (unit if kind == "number" else "")
        spot = place.part(start, end, text[start:end])
        found = Figure(value, canonical, text[start : match.end("digits")], decimals, vague, spot)
        operator, words = _operator(folded, start, end) if kind == "number" else ("", "")
        yield Mention(found, start, end, kind, operator, words)


_YEAR_GOES_ON = re.compile(rf"{_BLANK}(?:年|[-—－至~～]{{1,2}}(?:19|20)\d\d{_BLANK}年)")


def _kind(text: str, match: re.Match[str], digits: str, unit: str, month_end: int) -> str:
    """What sort of number a plain match is."""
    before = text[max(0, match.start() - 1) : match.start()]
    is_year = len(digits) == 4 and digits[:2] in ("19", "20") and "." not in digits
    if is_year and (unit == "年" or _YEAR_GOES_ON.match(text, match.end("digits"))):
        return "year"
    if before == "第":
        return "ordinal"
    if unit == "月" and "." not in digits and int(digits.replace(",", "").lstrip("-−－") or 0) <= 12:
        return "date"
    if unit in ("日", "号") and text[max(0, match.start() - 4) : match.start()].rstrip().endswith("月"):
        return "date"
    return "reference" if unit == "号" else "number"


def _canonical(unit: str) -> str:
    return _SPELLINGS.get(unit, unit)


_SPELLINGS = {"％": "%", "m²": "㎡", "m2": "㎡"}
_PLAIN = str.maketrans({",": None, "，": None, "−": "-", "－": "-"})


def _value(digits: str) -> tuple[Decimal, int]:
    """The number and how many digits it prints after the point."""
    plain = "".join(digits.translate(_PLAIN).split())
    return Decimal(plain), len(plain.partition(".")[2])


def _operator(text: str, start: int, end: int) -> tuple[str, str]:
    """The direction beside a number, by sign or word."""
    before = text[max(0, start - 6) : start].rstrip()
    for word, sign in _BEFORE:
        if before.endswith(word):
            return sign, word
    after = text[end : end + 6].lstrip()
    for word, sign in _AFTER:
        if after.startswith(word):
            return sign, word
    return "", ""


def _chinese(text: str, place: Place, covered: list[tuple[int, int]]) -> Iterator[Mention]:
    """Chinese numerals that count something (三次) and 百分之…; words that merely contain one are left alone."""
    for pattern in (_PERCENT_WORDS, _CHINESE):
        for match in pattern.finditer(text):
            value = chinese_number(match["digits"])
            if value is None or any(s < match.end() and match.start() < e for s, e in covered):
                continue
            percent = pattern is _PERCENT_WORDS
            spot = place.part(match.start(), match.end(), match[0])
            vague = not percent and bool(match["vague"])
            decimals = len(str(value).partition(".")[2])
            found = Figure(value, "%" if percent else match["unit"], match[0], decimals, vague, spot)
            operator, words = _operator(text, match.start(), match.end())
            yield Mention(found, match.start(), match.end(), "number", operator, words, chinese=True)


def chinese_number(text: str) -> Decimal | None:
    """十二 → 12, 一百零五 → 105, 九十五点五 → 95.5; ``None`` when it is no number."""
    whole, point, fraction = text.partition("点")
    value = _chinese_integer(whole)
    if value is None or (point and not fraction):
        return None
    if not point:
        return Decimal(value)
    if any(c not in _DIGITS for c in fraction):
        return None
    return Decimal(f"{value}." + "".join(str(_DIGITS[c]) for c in fraction))


def _chinese_integer(text: str) -> int | None:
    if not text:
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit, seen = 0, 0, False
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
            continue
        scale = {"十": 10, "百": 100, "千": 1000}.get(char)
        if scale is None:
            return None
        total += (digit or (1 if not seen else 0)) * scale
        digit, seen = 0, True
    return total + digit


def _join_ranges(mentions: list[Mention], text: str) -> list[Mention]:
    """Tie the two ends of 80-89分 and 90%～95% together; the first end takes the unit of the second."""
    joined = list(mentions)
    for i in range(len(joined) - 1):
        first, second = joined[i], joined[i + 1]
        if first.kind != "number" or second.kind != "number" or not _RANGE.match(text[first.end : second.start]):
            continue
        figure = first.figure if first.figure.unit else replace(first.figure, unit=second.figure.unit)
        joined[i] = replace(first, figure=figure, upper=second.figure)
        joined[i + 1] = replace(second, upper_of_range=True)
    return joined
