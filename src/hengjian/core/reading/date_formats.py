"""Spreadsheet dates: a serial number and a format code → the printed date or time."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

from hengjian.core.reading.counting import chinese

_QUIET = re.compile(r'"[^"]*"|[\\!_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General|G/通用格式', re.IGNORECASE)
_TOKEN = re.compile(
    r'"([^"]*)"|[\\!](.)|_.|\*.|\[(h+|m+|s+)\]|\[[^\]]*\]|(AM/PM|A/P|上午/下午)|(y+|e+|m+|d+|h+|s+(?:\.0+)?|a{3,4})|(.)',
    re.IGNORECASE | re.DOTALL,
)
_LAST_SERIAL = 2_958_465  # 9999-12-31
_SYSTEM_LONG_DATE = "[$-F800]"
_WEEK = "一二三四五六日"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def is_date_code(section: str) -> bool:
    """Whether the code prints a date or a time: y, m, d, h, s outside quotes and brackets."""
    bare = _QUIET.sub("", section)
    return bool(re.search(r"[ymdhs]", bare, re.IGNORECASE)) and not re.search(
        r"[#?]|0(?!0*$)", bare.replace(".0", "")
    )


def printed_date(serial: Decimal, section: str, from_1904: bool) -> str:
    """The date with this serial number. Serials outside 1900–9999 print as digits."""
    if not 0 <= serial <= _LAST_SERIAL:
        return format(serial, "f")
    moment = moment_of(serial, from_1904)
    if _SYSTEM_LONG_DATE in section.upper():
        section = 'yyyy"年"m"月"d"日"'
    in_chinese = "dbnum1" in section.lower()
    tokens = _TOKEN.findall(section)
    text = ""
    twelve = any(t[3] for t in tokens)
    for index, (quoted, escaped, elapsed, half, unit, other) in enumerate(tokens):
        if unit:
            minutes = unit[0] in "mM" and _stands_for_minutes(tokens, index)
            text += _unit(moment, unit.lower(), minutes, twelve, in_chinese)
        elif elapsed:
            text += _elapsed(serial, elapsed[0].lower())
        elif half:
            text += _half_of_day(moment, half)
        else:
            text += quoted or escaped or (other if other != ";" else "")
    return text.strip()


def moment_of(serial: Decimal, from_1904: bool = False) -> datetime:
    """The local date and time; Excel counts a 29 February 1900 that never was."""
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)  # noqa: DTZ001  # a cell has no zone
    return start + timedelta(seconds=round(float(serial) * 86_400))


def _stands_for_minutes(tokens: list[tuple[str, ...]], index: int) -> bool:
    units = [(i, (t[4] or t[2])[0].lower()) for i, t in enumerate(tokens) if t[4] or t[2]]
    position = next(p for p, (i, _) in enumerate(units) if i == index)
    before = units[position - 1][1] if position else ""
    after = units[position + 1][1] if position + 1 < len(units) else ""
    return before == "h" or after == "s"


def _unit(moment: datetime, unit: str, minutes: bool, twelve: bool, in_chinese: bool) -> str:
    kind, width = unit[0], len(unit)
    if kind in "ye":
        year = f"{moment.year:04}" if width > 2 or kind == "e" else f"{moment.year % 100:02}"
        return "".join("〇一二三四五六七八九"[int(d)] for d in year) if in_chinese else year
    if kind == "a":
        return ("周" if width == 3 else "星期") + _WEEK[moment.weekday()]
    if kind == "d" and width > 2:
        return "星期" + _WEEK[moment.weekday()]
    if kind == "m" and width > 2 and not minutes:
        return _MONTHS[moment.month - 1]
    hour = (moment.hour % 12 or 12) if twelve else moment.hour
    number = {
        "d": moment.day,
        "h": hour,
        "s": moment.second,
        "m": moment.minute if minutes else moment.month,
    }[kind]
    if in_chinese:
        return chinese(number)
    return f"{number:02}" if unit.startswith(kind * 2) else str(number)


def _elapsed(serial: Decimal, unit: str) -> str:
    return str(round(float(serial) * 86_400) // {"h": 3600, "m": 60, "s": 1}[unit])


def _half_of_day(moment: datetime, code: str) -> str:
    first, second = code.split("/")
    return first if moment.hour < 12 else second
