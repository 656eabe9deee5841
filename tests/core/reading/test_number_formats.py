from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.core.reading.number_formats import printed_number, stored_number

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("0.9742", "0.00%", "97.42%"),
        ("570.8", "0.00", "570.80"),
        ("570.795", "0.00", "570.80"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("0", "#,##0", "0"),
        ("-12.5", "0.00_ ;[Red]\\-0.00\\ ", "-12.50"),
        ("-100", "0_);[Red]\\(0\\)", "(100)"),
        ("0", ACCOUNTING, "-"),
        ("1234.5", ACCOUNTING, "1,234.50"),
        ("12345678", '0!.0,"万元"', "1234.6万元"),
        ("12345", "0.0,", "12.3"),
        ("12", 'General"人"', "12人"),
        ("8", '0"人"', "8人"),
        ("98.5", '0.0"%"', "98.5%"),
        ("5", "≥0", "≥5"),
        ("7", "000", "007"),
        ("0.5", "0.##", "0.5"),
        ("5", "0.##", "5"),
        ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50"),
        ("95", '[>=90]"优"0;[<60]"差"0;0', "优95"),
        ("75", '[>=90]"优"0;[<60]"差"0;0', "75"),
        ("12", "[DBNum1]General", "十二"),
        ("45356", "yyyy/m/d", "2024/3/5"),
        ("45356", 'yyyy"年"m"月"d"日"', "2024年3月5日"),
        ("45356", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2024年3月5日"),
        ("45356", '[DBNum1]yyyy"年"m"月"', "二〇二四年三月"),
        ("45356.5", "yyyy-mm-dd hh:mm:ss", "2024-03-05 12:00:00"),
        ("0.5", "h:mm", "12:00"),
        ("0.75", "h:mm AM/PM", "6:00 PM"),
        ("1.5", "[h]:mm", "36:00"),
        ("570.79", "General", "570.79"),
        ("0.333333333333333", "General", "0.333333333"),
        ("130306211", "@", "130306211"),
    ],
)
def test_a_number_prints_as_in_the_sheet(value: str, code: str, text: str) -> None:
    assert printed_number(Decimal(value), code) == text


def test_dates_of_1904_books() -> None:
    assert printed_number(Decimal(43894), "yyyy/m/d", True) == "2024/3/5"


@pytest.mark.parametrize(
    ("stored", "meant"),
    [("0.97419999999999995", "0.9742"), ("570.79999999999995", "570.8"), ("1E3", "1000"), ("100.00", "100"), ("-0.5", "-0.5")],
)
def test_binary_noise_is_not_part_of_a_number(stored: str, meant: str) -> None:
    assert str(stored_number(stored)) == meant


@pytest.mark.parametrize("stored", ["", "nan", "Infinity", "1e400", "abc"])
def test_what_is_no_number(stored: str) -> None:
    assert stored_number(stored) is None


@given(st.decimals(-(10**15), 10**15, places=4), st.text('0#?.,%"\\[]ymdhsGeneral@;_*()-年月 E+', max_size=30))
def test_no_format_code_breaks_the_reader(value: Decimal, code: str) -> None:
    assert isinstance(printed_number(value, code), str)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_two_decimals_come_back(value: Decimal) -> None:
    assert Decimal(printed_number(value, "#,##0.00").replace(",", "")) == value
