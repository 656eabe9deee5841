"""Typed targets and achieved values: from a cell's printed words to direction, number and unit.

A number in one cell with its unit is ``=``; an empty operator column is ``none``; words without a number are
``qualitative``; a date is ``none``. The printed text stays beside what was read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hengjian.core.extraction.numbers import Mention, scan
from hengjian.core.extraction.terms import fold
from hengjian.core.extraction.units import UNIT
from hengjian.core.figures import Figure
from hengjian.core.places import NOWHERE, Place
from hengjian.core.report import Actual, Operator, Target, Text

_SIGNS = {">=": Operator.AT_LEAST, ">": Operator.AT_LEAST, "<=": Operator.AT_MOST, "<": Operator.AT_MOST, "=": Operator.EQUAL}
_OPERATOR_WORDS = {
    "≥": ">=", "≧": ">=", "⩾": ">=", ">=": ">=", "=>": ">=", "大于等于": ">=", "大于或等于": ">=", "不低于": ">=", "不少于": ">=",
    "不小于": ">=", "至少": ">=", "以上": ">=", "达到": ">=", "正向": ">=", "正向指标": ">=", "≤": "<=", "≦": "<=", "⩽": "<=", "<=": "<=",
    "=<": "<=", "小于等于": "<=", "小于或等于": "<=", "不超过": "<=", "不高于": "<=", "不大于": "<=", "不多于": "<=", "以内": "<=",
    "以下": "<=", "控制在": "<=", "反向": "<=", "反向指标": "<=", ">": ">", "大于": ">", "高于": ">", "超过": ">", "多于": ">", "<": "<", "小于": "<",
    "低于": "<", "少于": "<", "=": "=", "等于": "=", "＝": "=",
}  # fmt: skip
_QUALITATIVE_WORDS = frozenset({"定性", "文字描述", "定性指标", "文字", "定性描述", "描述", "文本", "其他"})
_BLANK_WORDS = frozenset({"", "无", "/", "\\", "-", "—", "——", "--", "－", "一", "…", "……", "*", "暂无", "不适用", "无此项", "N/A", "n/a", "○"})
_UNIT_NAMES = {"百分比": "%", "百分数": "%", "百分率": "%", "％": "%", "百分之": "%", "千分比": "‰", "m2": "㎡", "m²": "㎡", "平方": "㎡"}
_RATE_WORDS = re.compile(r"率$|满意|覆盖|比例|比重|占比|程度")
_DATE = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|底|末|上旬|中旬|下旬|份)?|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:底|末|初|内|度|全年|上半年|下半年)?|"
    r"\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|\d{4}年?[-~～至到]\d{4}年|第?[一二三四1-4]季度"
)
_DATE_REST = re.compile(r"^(?:完成|以前|之前|前|内|以内|底|末|初|度|全年|年度|于|在|按期|按时|及时|时间|截至|截止|至|到|为|日|起|[-~～—()（）,，、.。:：;；<>=≤≥]|从|当年|本年|期间|实施|结束|支付|全部|任务|工作|开展|度内|不晚于|不迟于|或)*$")
_SUFFIX = re.compile(r"^(?:[（(]?含[)）]?)?(?:及以上|以上|及以下|以下|以内|之内|内|左右|前|/年|/月|每年|/次|/人|/季度|/周|/天|每月|每季度|\+)?[。；;.]?$")
_UNIT_ONLY = re.compile(rf"(?:{UNIT})(?:/\S{{1,3}})?")
_BROKEN = re.compile(r"(?<=\d)\n(?=[%％‰一-鿿])")
"""A line break between a number and its unit, in narrow cells."""
_PER = re.compile(r"^/[一-鿿A-Za-z㎡]{1,4}(?:[·.*/][一-鿿]{1,2})?")


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, a slash or 无."""
    return fold(text) in _BLANK_WORDS


def parse_target(text: str, place: Place = NOWHERE, unit: str = "") -> Target:
    """The target in one cell. ``unit`` is the unit of its column, for numbers that print none."""
    printed = Text(_joined(text), place)
    if is_blank(text):
        return Target(Operator.NONE, printed if fold(text) else Text("", place))
    mentions = _numbers(text, place, unit)
    if _is_date(text):
        return Target(Operator.NONE, printed)
    if not mentions:
        return Target(Operator.QUALITATIVE, printed)
    mentions = [_within(m, text) for m in mentions]
    lead = next((m for m in mentions if m.operator), mentions[0])
    others = [m for m in mentions if m is not lead and not m.upper_of_range]
    figure = _with_unit(lead, others, text)
    if not lead.operator and _is_sentence(text, mentions):
        return Target(Operator.QUALITATIVE, printed, None, None, tuple(m.figure for m in mentions))
    operator = _SIGNS.get(lead.operator, Operator.EQUAL)
    return Target(
        operator, printed, figure, lead.upper, tuple(m.figure for m in others), lead.operator_text,
        lead.operator in (">", "<"),
    )  # fmt: skip


def parse_columns(operator: Text | None, value: Text, unit: Text | None) -> Target:
    """The target of separate operator, value and unit columns; ``None`` for a column that the table does not have."""
    sign = fold(operator.text) if operator is not None else ""
    unit_word = fold(unit.text) if unit is not None and not is_blank(unit.text) else ""
    if sign in _QUALITATIVE_WORDS:
        return _qualitative(value, unit)
    place = value.place if value or unit is None else unit.place
    bare_value = "" if is_blank(value.text) else _joined(value.text)
    parts = ["" if is_blank(sign) else sign, bare_value, unit_word if not bare_value.endswith(unit_word) else ""]
    inner = parse_target(value.text, value.place, unit_name(unit_word))
    if inner.figure is None:
        return _wordy(inner, Text("".join(parts), place), value, unit)
    return _typed(replace(inner, text=Text("".join(parts), place)), sign, operator is not None)


def _typed(inner: Target, sign: str, has_operator_column: bool) -> Target:
    """A numeric target with the direction of its operator column (empty: ``none``, unless the value cell has a sign)."""
    word = _OPERATOR_WORDS.get(sign, "")
    if word:
        return replace(inner, operator=_SIGNS[word], printed_operator=sign, strict=word in (">", "<"))
    if inner.printed_operator or not has_operator_column:
        return inner
    return replace(inner, operator=Operator.NONE)


def _wordy(inner: Target, text: Text, value: Text, unit: Text | None) -> Target:
    """No number in the value column: the words may stand in the unit column instead."""
    if is_blank(value.text) and unit is not None and not is_blank(unit.text) and not _is_unit(fold(unit.text)):
        return parse_target(unit.text, unit.place)
    if is_blank(value.text):
        return Target(Operator.NONE, text)
    return replace(inner, text=Text(_joined(value.text), text.place) if inner.operator is Operator.NONE else text)


def _qualitative(value: Text, unit: Text | None) -> Target:
    words = value if not is_blank(value.text) else (unit or value)
    text = Text("" if is_blank(words.text) else _joined(words.text), words.place)
    return Target(Operator.QUALITATIVE if text else Operator.NONE, text, printed_operator="文字描述")


def parse_actual(text: str, place: Place = NOWHERE, unit: str = "") -> Actual:
    """The achieved value in one cell, with its first number (a date has none)."""
    printed = Text(_joined(text), place)
    if is_blank(text) or _is_date(text):
        return Actual(printed if fold(text) else Text("", place))
    mentions = [m for m in _numbers(text, place, unit) if not m.upper_of_range]
    return Actual(printed, mentions[0].figure if mentions else None)


def unit_name(text: str) -> str:
    """A unit as figures carry it: 百分比 is ``%``; the name of a rate in the unit column too; other words as printed."""
    plain = fold(text).strip("()")
    if plain in _UNIT_NAMES:
        return _UNIT_NAMES[plain]
    return "%" if not _is_unit(plain) and _RATE_WORDS.search(plain) else plain


def operator_sign(text: str) -> str:
    """``>=``, ``<=``, ``>``, ``<``, ``=`` for a cell that holds nothing but an operator, else empty."""
    return _OPERATOR_WORDS.get(fold(text), "")


def is_operator_cell(text: str) -> bool:
    """Whether a cell could stand in an operator column (a sign, its word, or 文字描述)."""
    return fold(text) in _OPERATOR_WORDS or fold(text) in _QUALITATIVE_WORDS


def _is_unit(text: str) -> bool:
    return text in _UNIT_NAMES or _UNIT_ONLY.fullmatch(text) is not None


def _joined(text: str) -> str:
    """The printed words without blanks and line breaks."""
    return "".join(text.split())


def _numbers(text: str, place: Place, unit: str) -> list[Mention]:
    text = _BROKEN.sub(" ", text)
    found = [m for m in scan(text, place) if m.kind == "number"]
    return [_dressed(m, text, unit) for m in found]


def _dressed(mention: Mention, text: str, unit: str) -> Mention:
    """A mention with the rest of a compound unit (元/人) or the unit of its column."""
    printed = mention.figure.unit
    if printed and (rest := _PER.match(text[mention.end :])):
        printed += rest[0]
    elif not printed and (rest := re.match(r"\s*(?:‰|/\s*\d*[万亿])", text[mention.end :])):
        printed = "".join(rest[0].split())
    return replace(mention, figure=replace(mention.figure, unit=printed or unit))


def _with_unit(lead: Mention, others: Sequence[Mention], text: str) -> Figure:
    """The lead number; without a unit it takes that of the same number in the words (“≥95完成率达到95%”)."""
    if lead.figure.unit:
        return lead.figure
    units = [m.figure.unit for m in others if m.figure.unit]
    if units:
        return replace(lead.figure, unit=units[0])
    rest = fold(text[lead.end :])
    return replace(lead.figure, unit="%") if re.match(r"(?:百分比|百分点)", rest) else lead.figure


def _is_date(text: str) -> bool:
    """A date, a month or a year, with no more than the words that go with dates."""
    plain = fold(text)
    rest = _DATE.sub("", plain)
    return rest != plain and not re.search(r"\d", rest) and _DATE_REST.match(rest) is not None


def _within(mention: Mention, text: str) -> Mention:
    """15日内 is at most 15 days."""
    if mention.operator or not re.search(r"[日天月时年]$|分钟$|周$", mention.figure.unit):
        return mention
    return replace(mention, operator="<=", operator_text="内") if fold(text[mention.end :])[:1] == "内" else mention


def _is_sentence(text: str, mentions: Sequence[Mention]) -> bool:
    """Words in which numbers only occur: no target number (“拨付2批次资金，用于…”, “保障两名…的经费”)."""
    plain = fold(text)
    if all(m.chinese for m in mentions):
        return len(plain) > 8
    return len(plain) > 40 and Decimal(sum(m.end - m.start for m in mentions)) / len(plain) < Decimal("0.2")
