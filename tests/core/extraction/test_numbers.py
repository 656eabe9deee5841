"""Every number of a text, as what it is."""

from decimal import Decimal

import pytest

from hengjian.core.extraction.numbers import chinese_number, scan


def seen(text: str) -> list[tuple[str, str, str]]:
    return [(f"{m.figure.value:f}", m.figure.unit, m.kind) for m in scan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本年收入1,234.56万元", [("1234.56", "万元", "number")]),
        ("安排１２．５万元", [("12.5", "万元", "number")]),
        ("共 38 400.00 元", [("38400.00", "元", "number")]),
        ("完成率为 96.2 ％", [("96.2", "%", "number")]),
        ("提高3.5个百分点", [("3.5", "个百分点", "number")]),
        ("2024年2月22日下达", [("2024", "年", "year"), ("2", "", "date"), ("22", "", "date")]),
        ("2024-02-22", [("2024", "年", "year"), ("2", "", "date"), ("22", "", "date")]),
        ("云财〔2025〕14号", [("2025", "", "reference"), ("14", "", "reference")]),
        ("60日内办结", [("60", "日", "number")]),
        ("15个工作日", [("15", "个工作日", "number")]),
        ("接待群众30余人次", [("30", "人次", "number")]),
        ("培训三次，派出两名干部", [("3", "次", "number"), ("2", "名", "number")]),
        ("一次性化解率", []),
        ("实现三个不发生", []),
        ("百分之九十五点五", [("95.5", "%", "number")]),
        ("第5名", [("5", "", "ordinal")]),
        ("附件1-2", [("1", "", "ordinal"), ("2", "", "ordinal")]),
        ("（1）及时受理率99%", [("1", "", "list"), ("99", "%", "number")]),
        ("电话13800000000", [("13800000000", "", "phone")]),
        ("结转-0.02万元", [("-0.02", "万元", "number")]),
        ("2022-2024年", [("2022", "年", "year"), ("2024", "年", "year")]),
    ],
)
def test_numbers_are_found_with_unit_and_kind(text, expected):
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("≥95%", ">="), ("不低于95%", ">="), ("95%以上", ">="), ("95%（含）以上", ">="), ("不超过8万元", "<="),
        ("≤15日", "<="), ("控制在8万元以内", "<="), ("=0起", "="), ("＞3次", ">"), ("95%", ""), ("达到 95%", ">="),
    ],
)  # fmt: skip
def test_operators_are_signs_or_words(text, operator):
    assert [m.operator for m in scan(text)] == [operator]


def test_a_range_ties_its_two_ends_and_shares_the_unit():
    low, high = scan("80-89分之间")
    assert (low.figure.value, low.figure.unit, low.upper) == (Decimal(80), "分", high.figure)
    assert high.upper_of_range


def test_offsets_quote_the_text():
    text = "基本支出 360.87 万元"
    (only,) = scan(text)
    assert text[only.start : only.end] == "360.87 万元" == only.figure.place.quote
    assert (only.figure.text, only.figure.decimals) == ("360.87", 2)


def test_vague_figures_are_marked():
    assert [m.figure.approximate for m in scan("约300万元，近20人，100余件，8台")] == [True, True, True, False]


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("十二", 12), ("一百零五", 105), ("二十", 20), ("两", 2), ("二〇二四", 2024), ("九十五点五", "95.5")]
)
def test_chinese_numerals(text, value):
    assert chinese_number(text) == Decimal(value)


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u2009", "\u202f"])
def test_groups_of_digits_parted_by_blanks_are_one_number(blank: str) -> None:
    (mention,) = scan(f"支出1{blank}279.63{blank}万元")
    assert (mention.figure.value, mention.figure.unit, mention.start) == (Decimal("1279.63"), "万元", 2)
    assert [m.figure.value for m in scan(f"完成3{blank}120件")] == [3, 120]
