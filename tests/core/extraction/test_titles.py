"""Titles of project reports: the project's name without the year, wherever the year stands."""

from __future__ import annotations

import pytest
from tests.documents import build_document

from hengjian.core.extraction import extract
from hengjian.core.extraction.titles import title_project
from hengjian.core.report import Kind, Text

UNIT = "云州市衡山区林业局"
NAMES = {
    "{}森林防火专项2024年度绩效自评报告": "森林防火专项",
    "{}步道更新项目2024年度绩效自评报告": "步道更新项目",
    "{}2024年度步道更新工程项目绩效自评报告": "步道更新工程项目",
    "{}防火经费2024年绩效自评报告": "防火经费",
    "{}护林员补助资金（2024年度）绩效自评报告": "护林员补助资金",
    "{}护林员补助资金2024年度项目支出绩效自评报告": "护林员补助资金",
    "{}关于2024年步道更新项目的绩效自评报告": "步道更新项目",
    "{}关于步道更新项目2024年度绩效自评情况的报告": "步道更新项目",
    "{}森林防火专项资金2024年度预算绩效目标": "森林防火专项资金",
    "{}森林防火专项经费项目支出绩效自评报告（2024年度）": "森林防火专项经费",
    "2024年度项目支出绩效自评报告（森林防火专项经费）": "森林防火专项经费",
    "{}防火物资采购二〇二四年度绩效自评报告": "防火物资采购",
    "2024年{}苗木更新项目绩效自评报告": "苗木更新项目",
    "{}2024年度“护林联防”项目绩效自评报告": "护林联防",
    "{}“护林”宣传经费2024年度绩效自评报告": "“护林”宣传经费",
    "{}2024年度项目支出绩效自评报告": "",
    "{}二级项目2024年度绩效自评报告": "",
    "{}2024年度部门预算项目绩效自评报告": "",
}


@pytest.mark.parametrize("title", NAMES)
def test_a_project_is_named_without_its_year(title: str) -> None:
    unit = UNIT if title.startswith("{}") else ""
    printed = title.format(UNIT).removeprefix("2024年") if title.startswith("2024年{}") else title.format(UNIT)
    unit = UNIT if printed.startswith(UNIT) else unit
    assert title_project(Text(printed), unit) == NAMES[title]


def test_a_title_that_names_more_than_its_unit_is_that_of_a_project() -> None:
    report = extract(build_document(f"{UNIT}防火物资采购2024年度绩效自评报告\n一、概况\n采购风力灭火机。"))
    assert report.kind is Kind.PROJECT_SELF_EVALUATION
    assert (report.unit_name.text, report.year) == (UNIT, 2024)
    assert [p.name for p in report.projects] == ["防火物资采购"]


def test_a_title_that_names_only_its_unit_is_that_of_the_whole() -> None:
    report = extract(build_document(f"{UNIT}2024年度绩效自评报告\n一、概况\n本局有职工三十名。"))
    assert report.kind is Kind.OVERALL_SELF_EVALUATION


def test_a_year_is_no_part_of_a_bodys_name() -> None:
    report = extract(build_document("云州市衡山区2024年农村步道改造项目绩效自评报告\n一、概况\n内容。"))
    assert (report.unit_name.text, [p.name for p in report.projects]) == ("", ["农村步道改造项目"])
