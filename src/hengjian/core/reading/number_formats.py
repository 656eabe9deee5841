"""Spreadsheet number formats: a stored number → the text that the cell shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from hengjian.core.reading.counting import chinese
from hengjian.core.reading.date_formats import is_date_code, printed_date

BUILT_IN: Final = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0", 6: "¥#,##0", 7: "¥#,##0.00", 8: "¥#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "General", 13: "General", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0",
    38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: '#,##0;-#,##0;"-"', 42: '¥#,##0;-¥#,##0;"-"',
    43: '#,##0.00;-#,##0.00;"-"', 44: '¥#,##0.00;-¥#,##0.00;"-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "0.0E+0",
    49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Format codes by id, as a Chinese Excel shows them (ECMA-376 part 1, 18.8.30)."""

_GENERAL_WIDTH = 11
_LONGEST_CODE = 400
_TOKEN = re.compile(
    r'"([^"]*)"|[\\!](.)|_.|\*.|\[([^\]]*)\]|(General|G/通用格式)|([0#?.,%@])|(E[+-])|(.)',
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_CURRENCY = re.compile(r"\$([^-]*)")


@dataclass(frozen=True, slots=True)
class _Part:
    """One piece of a format section: ``literal``, ``place`` (0 # ?), ``point``, ``comma``, ``percent``, ``general``, ``text``, ``exponent``."""

    kind: str
    text: str


def stored_number(text: str) -> Decimal | None:
    """The number in a cell as Excel means it: 15 significant digits; the file holds binary noise behind them."""
    try:
        value = Decimal(text)
        if not value.is_finite() or abs(value.adjusted()) > 300:
            return None
        if len(value.as_tuple().digits) > 15:
            value = Decimal(f"{float(value):.15g}")
        return plain(value)
    except (InvalidOperation, ValueError):
        return None


def plain(value: Decimal) -> Decimal:
    """Without exponent and trailing zeros: 1E+2 is 100, 570.80 is 570.8."""
    normal = value.normalize()
    exponent = normal.as_tuple().exponent
    return normal.quantize(Decimal(1)) if isinstance(exponent, int) and 0 < exponent < 25 else normal


def printed_number(value: Decimal, code: str, from_1904: bool = False) -> str:
    """``value`` as the format ``code`` shows it; a code we cannot follow shows it as General."""
    if code in ("", "General", "@") or len(code) > _LONGEST_CODE:
        return general(value)
    section, value = _section_for(value, code)
    if is_date_code(section):
        return printed_date(value, section, from_1904)
    try:
        return _with_section(value, section).strip()
    except (InvalidOperation, IndexError):
        return general(value)


def general(value: Decimal) -> str:
    """The General format: at most eleven characters of digits and point."""
    text = format(value, "f")
    if len(text.lstrip("-")) <= _GENERAL_WIDTH:
        return text
    whole = len(str(abs(int(value))))
    if whole > _GENERAL_WIDTH:
        return text.split(".")[0] if whole <= 15 else f"{value:.5E}"
    shown = value.quantize(Decimal(1).scaleb(-max(0, _GENERAL_WIDTH - 1 - whole)), ROUND_HALF_UP)
    return format(plain(shown), "f")


def _section_for(value: Decimal, code: str) -> tuple[str, Decimal]:
    """The section of the code that fits the value, and the value without the sign the section prints itself."""
    sections = _sections(code)
    for section in sections[:3]:
        condition = _CONDITION.search(section)
        if condition and _holds(value, condition[1], Decimal(condition[2])):
            return section, value
    if any(_CONDITION.search(s) for s in sections):
        return next((s for s in sections if not _CONDITION.search(s)), sections[0]), value
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[str, ...]:
    found, current = [], ""
    for match in re.finditer(r'"[^"]*"|[\\!_*].|\[[^\]]*\]|.', code, re.DOTALL):
        if match[0] == ";":
            found.append(current)
            current = ""
        else:
            current += match[0]
    return (*found, current)


def _holds(value: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": value < limit,
        ">": value > limit,
        "=": value == limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "<>": value != limit,
    }[sign]


@lru_cache(maxsize=1024)
def _parts(section: str) -> tuple[_Part, ...]:
    parts: list[_Part] = []
    for quoted, escaped, bracket, is_general, place, exponent, other in _TOKEN.findall(section):
        if quoted or escaped:
            parts.append(_Part("literal", quoted or escaped))
        elif bracket:
            currency = _CURRENCY.match(bracket)
            parts.append(
                _Part(
                    "chinese" if bracket.upper() == "DBNUM1" else "literal", currency[1] if currency else ""
                )
            )
        elif is_general:
            parts.append(_Part("general", ""))
        elif place:
            parts.append(
                _Part({".": "point", ",": "comma", "%": "percent", "@": "text"}.get(place, "place"), place)
            )
        elif exponent:
            parts.append(_Part("exponent", exponent))
        elif other:
            parts.append(_Part("literal", other))
    return tuple(parts)


def _with_section(value: Decimal, section: str) -> str:
    parts = list(_parts(section))
    kinds = {p.kind for p in parts}
    if "exponent" in kinds:
        decimals = sum(p.kind == "place" for p in parts[: _index(parts, "exponent")]) - 1
        return f"{value:.{max(0, decimals)}E}"
    if "chinese" in kinds and value == int(value) and value >= 0:
        return chinese(int(value))
    if "general" in kinds or "text" in kinds:
        return "".join(general(value) if p.kind in ("general", "text") else p.text for p in parts)
    if "place" not in kinds:
        return "".join(p.text for p in parts)
    return _with_places(value, parts)


def _index(parts: list[_Part], kind: str) -> int:
    return next((i for i, p in enumerate(parts) if p.kind == kind), len(parts))


def _with_places(value: Decimal, parts: list[_Part]) -> str:
    first = _index(parts, "place")
    first = min(first, _index(parts, "point"))
    last = len(parts) - _index(parts[::-1], "place")
    trailing = 0
    while last + trailing < len(parts) and parts[last + trailing].kind == "comma":
        trailing += 1
    percents = sum(p.kind == "percent" for p in parts)
    body = parts[first:last]
    point = _index(body, "point")
    decimals = sum(p.kind == "place" for p in body[point:])
    scaled = (
        (value * 100**percents).scaleb(-3 * trailing).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    )
    whole, _, fraction = format(abs(scaled), "f").partition(".")
    text = _whole(whole, body[:point]) + _fraction(fraction, body[point:])
    sign = "-" if scaled < 0 else ""
    return (
        "".join(p.text for p in parts[:first])
        + sign
        + text
        + "".join(p.text for p in parts[last + trailing :])
    )


def _whole(digits: str, body: list[_Part]) -> str:
    """Digits put into the places from the right; the leftmost place takes all that are left."""
    grouped = any(p.kind == "comma" for p in body)
    rest = "" if digits == "0" else digits
    places = sum(p.kind == "place" for p in body)
    text, written = "", 0
    for part in reversed(body):
        if part.kind == "literal":
            text = part.text + text
        if part.kind != "place":
            continue
        places -= 1
        taken, rest = (rest, "") if places == 0 else (rest[-1:], rest[:-1])
        for digit in reversed(taken or ("0" if part.text == "0" else "")):
            text = digit + ("," if grouped and written and written % 3 == 0 else "") + text
            written += 1
    return text


def _fraction(digits: str, body: list[_Part]) -> str:
    """The point and the decimals; places marked # or ? drop trailing zeros."""
    if not body:
        return ""
    text, index = "", 0
    optional = 0
    for part in body:
        if part.kind == "point":
            text += "."
        elif part.kind == "place":
            text += digits[index]
            optional = optional + 1 if part.text in "#?" and digits[index] == "0" else 0
            index += 1
        else:
            text += part.text
    shown = text[: len(text) - optional] if optional else text
    return "" if shown == "." and index else shown
