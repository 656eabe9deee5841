"""Typed targets and achieved values, from every way of writing them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hengjian.core.extraction.targets import parse_actual, parse_columns, parse_target, unit_name
from hengjian.core.report import Operator, Text

NUMERIC = [
    # printed, operator, value, unit
    ("≥11人", ">=", "11", "人"),
    ("≧90％", ">=", "90", "%"),
    (">=98%", ">=", "98", "%"),
    ("＞＝98%", ">=", "98", "%"),
    ("大于等于 95", ">=", "95", ""),
    ("不低于90%", ">=", "90", "%"),
    ("不少于三次", ">=", "3", "次"),
    ("达到100%", ">=", "100", "%"),
    ("90%（含）以上", ">=", "90", "%"),
    ("98分以上", ">=", "98", "分"),
    ("≤3‰", "<=", "3", "‰"),
    ("≤200元/人", "<=", "200", "元/人"),
    ("不超过15日", "<=", "15", "日"),
    ("控制在10万元以内", "<=", "10", "万元"),
    ("15个工作日内办结", "<=", "15", "个工作日"),
    ("=0起", "=", "0", "起"),
    ("等于4期", "=", "4", "期"),
    ("95%", "=", "95", "%"),
    ("1,136批次", "=", "1136", "批次"),
    ("0.5万人次", "=", "0.5", "万人次"),
    ("8", "=", "8", ""),
]


@pytest.mark.parametrize(("printed", "operator", "value", "unit"), NUMERIC)
def test_a_number_with_its_direction_and_unit(printed: str, operator: str, value: str, unit: str) -> None:
    target = parse_target(printed)
    assert target.figure is not None
    assert (target.operator.value, target.figure.value, target.figure.unit) == (operator, Decimal(value), unit)


def test_two_numbers_in_one_cell_keep_both_and_share_the_unit() -> None:
    target = parse_target("≥95完成率达到95%")
    assert target.operator is Operator.AT_LEAST
    assert target.figure is not None and (target.figure.value, target.figure.unit) == (Decimal(95), "%")
    assert [(f.value, f.unit) for f in target.also] == [(Decimal(95), "%")]


def test_a_range_has_two_ends() -> None:
    target = parse_target("80-90%")
    assert target.figure is not None and target.upper is not None
    assert (target.figure.value, target.upper.value) == (Decimal(80), Decimal(90))


@pytest.mark.parametrize("printed", ["有效维护", "完成上级下达任务", "保障两名值班人员的全年经费", "全省排名第5名"])
def test_words_without_a_target_number_are_qualitative(printed: str) -> None:
    target = parse_target(printed)
    assert target.operator is Operator.QUALITATIVE and target.figure is None


@pytest.mark.parametrize("printed", ["2024年12月底前", "12月31日前", "2023年", "2024年1月-12月", "", "无", "—"])
def test_a_date_or_nothing_has_no_direction(printed: str) -> None:
    assert parse_target(printed).operator is Operator.NONE


def test_more_than_is_strict_at_least_is_not() -> None:
    assert parse_target("＞90%").strict and not parse_target("≥90%").strict


COLUMNS = [
    # operator, value, unit columns; what is read
    (("≥", "98.00", "百分比"), (">=", "98.00", "%", "≥98.00百分比")),
    (("", "98.00", "百分比"), ("none", "98.00", "%", "98.00百分比")),
    (("≥", "98.00", "商户满意度"), (">=", "98.00", "%", "≥98.00商户满意度")),
    (("小于等于", "5", "万元"), ("<=", "5", "万元", "小于等于5万元")),
    (("", "≥90%", "%"), (">=", "90", "%", "≥90%")),
]


@pytest.mark.parametrize(("cells", "read"), COLUMNS)
def test_separate_columns(cells: tuple[str, str, str], read: tuple[str, str, str, str]) -> None:
    target = parse_columns(*(Text(c) for c in cells))
    assert target.figure is not None
    found = (target.operator.value, str(target.figure.value), target.figure.unit, target.text.text)
    assert found == read


def test_a_qualitative_row_holds_its_words_in_the_unit_column() -> None:
    target = parse_columns(Text("文字描述"), Text(""), Text("持续稳定"))
    assert (target.operator, target.text.text) == (Operator.QUALITATIVE, "持续稳定")


def test_a_bare_number_without_an_operator_column_is_equal() -> None:
    assert parse_columns(None, Text("12"), Text("场次")).operator is Operator.EQUAL


@pytest.mark.parametrize(
    ("printed", "value"),
    [("完成1136批次", "1136"), ("96.2%（1187/1234）", "96.2"), ("100%", "100"), ("16人", "16"), ("已完成", None), ("2024年12月20日", None)],
)
def test_an_actual_gives_its_first_number(printed: str, value: str | None) -> None:
    figure = parse_actual(printed).figure
    assert (str(figure.value) if figure else None) == value


def test_percent_by_any_name() -> None:
    assert [unit_name(u) for u in ("百分比", "％", "服务满意度", "人次")] == ["%", "%", "%", "人次"]
