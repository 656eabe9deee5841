"""How a figure stands on paper: the digits printed, and the spreadsheet number that looks the same."""

from __future__ import annotations

import re
from decimal import Decimal

from hengjian.core.figures import MONEY_UNITS, Figure, round_half_up
from hengjian.forms.paper import Number

_PLAIN = re.compile(r"-?(?P<whole>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?P<decimals>\d+))?(?P<percent>%?)", re.ASCII)
_EXACT_DIGITS = 15
"""What a spreadsheet keeps of a number; longer ones stay text."""


def printed(figure: Figure, unit: str = "") -> str:
    """The digits of a figure as it was printed, without its unit; a percentage keeps its sign.

    ``unit`` is the money unit of the form: an amount in another one is converted and rounded half up to two decimals.
    """
    if figure.is_money and unit in MONEY_UNITS and figure.unit != unit:
        return f"{round_half_up(figure.in_unit(unit)):f}"
    digits = (
        f"{figure.value:f}" if not figure.decimals else f"{round_half_up(figure.value, figure.decimals):f}"
    )
    if Decimal(digits) != figure.value:
        digits = f"{figure.value:f}"
    return f"{digits}%" if figure.unit == "%" else digits


def on_form(figure: Figure, unit: str = "") -> Figure:
    """The figure as a reader of the form gets it back: in the unit of the form."""
    text = printed(figure, unit)
    money = unit if figure.is_money and unit in MONEY_UNITS else figure.unit
    value = Decimal(text.removesuffix("%"))
    exponent = value.as_tuple().exponent
    return Figure(value, money, text, max(0, -exponent) if isinstance(exponent, int) else 0)


def spreadsheet_number(text: str) -> Number | None:
    """The number of a cell that holds nothing but a number or a percentage; its format keeps the printed decimals.

    ``None`` for words, for codes with a leading zero, and for more digits than a spreadsheet can keep.
    """
    found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    whole, decimals = found["whole"], found["decimals"] or ""
    digits = whole.replace(",", "") + decimals
    if len(digits) > _EXACT_DIGITS or (len(whole) > 1 and whole.startswith("0")) or text.startswith("-0"):
        return None
    value = Decimal(text.replace(",", "").removesuffix("%"))
    pattern = ("#,##0" if "," in whole else "0") + (f".{'0' * len(decimals)}" if decimals else "")
    if found["percent"]:
        return Number(value / 100, pattern + "%")
    return Number(value, pattern)
