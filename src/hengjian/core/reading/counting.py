"""Numbers in the counting styles of Word lists (``w:numFmt``), Chinese ones included."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LARGEST = 99_999


def printed(number: int, style: str) -> str:
    """``number`` as Word prints it in this ``w:numFmt``; an unknown style prints decimal digits."""
    if style in ("none", "bullet"):
        return ""
    if not 0 <= number <= _LARGEST:
        return str(number)
    return _STYLES.get(style, str)(number)


def chinese(number: int) -> str:
    """一, 十, 十一, 一百零一: the counting style of headings."""
    text = _with_places(number, "零一二三四五六七八九", ("", "十", "百", "千"), "万")
    return text.removeprefix("一") if 10 <= number <= 19 else text


def _with_places(number: int, digits: str, places: tuple[str, ...], myriad: str) -> str:
    if number == 0:
        return digits[0]
    if number >= 10_000:
        rest = number % 10_000
        gap = digits[0] if 0 < rest < 1_000 else ""
        head = _with_places(number // 10_000, digits, places, myriad) + myriad
        return head + gap + (_with_places(rest, digits, places, myriad) if rest else "")
    text = ""
    for index, digit in enumerate(str(number)):
        place = places[len(str(number)) - 1 - index]
        if digit != "0":
            text += digits[int(digit)] + place
        elif not text.endswith(digits[0]):
            text += digits[0]
    return text.rstrip(digits[0])


def _legal(number: int) -> str:
    return _with_places(number, _LEGAL, ("", "拾", "佰", "仟"), "万")


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(d)] for d in str(number))


def _counting(number: int) -> str:
    """chineseCounting: 一…九十九 with places; from a hundred on digit by digit."""
    return chinese(number) if number < 100 else _digit_by_digit(number)


def _letters(number: int) -> str:
    """a…z, aa, bb: Word repeats the letter."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _offset(first: str, largest: int) -> Callable[[int], str]:
    """Characters in a row from ``first`` on, e.g. ①; beyond ``largest`` plain digits."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= largest else str(number)


def _circled(number: int) -> str:
    if 21 <= number <= 35:
        return chr(0x3251 + number - 21)
    return chr(0x32B1 + number - 36) if 36 <= number <= 50 else _offset("①", 20)(number)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)]


def _full_width(number: int) -> str:
    return "".join(chr(ord(d) + 0xFEE0) for d in str(number))


_STYLES: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counting,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": _offset("㊀", 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _offset("⒈", 20),
    "decimalEnclosedParen": _offset("⑴", 20),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
