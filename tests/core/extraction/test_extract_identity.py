"""Title, kind, unit, year, signature and sections."""

from __future__ import annotations

import pytest
from tests.documents import build_document

from hengjian.core.extraction import extract
from hengjian.core.extraction.identity import kind_of, unit_in_title
from hengjian.core.report import Kind, Report


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2024年度部门整体支出绩效自评报告", Kind.OVERALL_SELF_EVALUATION),
        ("云州市衡山区信访局2024年整体绩效评价报告", Kind.OVERALL_SELF_EVALUATION),
        ("整体支出绩效自评表", Kind.OVERALL_SELF_EVALUATION),
        ("项目支出绩效自评表", Kind.PROJECT_SELF_EVALUATION),
        ("2024年信访救助专项资金绩效自评报告", Kind.PROJECT_SELF_EVALUATION),
        ("项目支出绩效目标申报表", Kind.PROJECT_TARGETS),
        ("部门整体支出绩效目标申报表", Kind.OVERALL_TARGETS),
        ("2024年部门预算绩效文本", Kind.OVERALL_TARGETS),
        ("部门整体支出绩效评价基础数据表", Kind.BASE_DATA),
        ("项目支出绩效目标执行监控表", Kind.MONITORING),
        ("2024年度部门决算公开情况说明", Kind.OTHER),
    ],
)
def test_kind_by_title(title: str, kind: Kind) -> None:
    assert kind_of(title) is kind


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("云州市衡山区信访局部门整体支出绩效自评报告", "云州市衡山区信访局"),
        ("中共衡山区委社会工作部2024年信访专项资金绩效自评报告", "中共衡山区委社会工作部"),
        ("2024年云州市衡山区信访局整体绩效评价报告", "云州市衡山区信访局"),
        ("衡山区石鼓街道办事处2023年度部门整体支出绩效自评报告", "衡山区石鼓街道办事处"),
        ("衡山区民政局关于2023年度部门整体支出绩效自评情况的报告", "衡山区民政局"),
        ("2024年度部门整体支出绩效自评报告", ""),
        ("项目支出绩效自评表", ""),
    ],
)
def test_unit_in_title(title: str, unit: str) -> None:
    assert unit_in_title(title) == unit


def report(text: str) -> Report:
    return extract(build_document(text))


def test_title_over_two_lines_after_an_annex_number() -> None:
    found = report("附件3\n云州市衡山区信访局部门\n2024年度整体支出绩效自评报告\n一、部门概况\n正文。")
    assert found.title.text == "云州市衡山区信访局部门2024年度整体支出绩效自评报告"
    assert (found.unit_name.text, found.year, found.kind) == ("云州市衡山区信访局", 2024, Kind.OVERALL_SELF_EVALUATION)


def test_year_under_the_title_and_fields() -> None:
    found = report("部门整体支出绩效评价报告\n（2022年度）\n部门名称：云州市衡山区文化局\n填报人：甲某　填报日期：2023年5月20日　联系电话：0700-8000000")
    assert (found.year, found.unit_name.text, found.filed_on.text) == (2022, "云州市衡山区文化局", "2023年5月20日")
    assert (found.filler.text, found.phone.text) == ("甲某", "0700-8000000")


def test_signature_is_not_part_of_the_last_section() -> None:
    found = report(
        "云州市衡山区信访局2024年度部门整体支出绩效自评报告\n一、存在问题\n无。\n云州市衡山区信访局\n2025年3月1日"
    )
    assert found.problems.text == "无。"
    assert found.filed_on.text == "2025年3月1日"


def test_lost_chinese_numbering_is_understood() -> None:
    found = report(
        "云州市衡山区信访局2024年度部门整体支出绩效自评报告\n一、部门基本情况\n（一）机构设置情况\n正文。\n（2） 人员编制情况\n正文。\n"
        "二、收支情况\n正文。\n3、 政府性基金情况\n无。"
    )
    assert [(s.number, s.level) for s in found.sections] == [("一、", 1), ("（一）", 2), ("（2）", 2), ("二、", 1), ("3、", 1)]


def test_problems_and_measures_keep_their_items() -> None:
    found = report(
        "云州市衡山区信访局2024年度部门整体支出绩效自评报告\n五、存在的问题及改进措施\n（一）存在的主要问题\n1.预算编制不够精细。\n"
        "2.执行进度偏慢。\n（二）改进措施\n1.细化预算。"
    )
    assert found.problems.text == "预算编制不够精细。\n执行进度偏慢。"
    assert found.measures.text == "细化预算。"


def test_empty_document_says_nothing() -> None:
    found = report("")
    assert (found.kind, found.year, found.facts, found.indicators) == (Kind.OTHER, None, (), ())


@pytest.mark.parametrize("mark", ["①", "1)", "（1）", "一、", "第一部分 ", "１、"])
def test_every_list_mark_is_understood(mark: str) -> None:
    found = report(f"云州市衡山区信访局2024年度部门整体支出绩效自评报告\n一、概况\n{mark}培训4次，完成100%。")
    assert [f.figure.text for f in found.facts if f.figure.unit != "年"] == ["4", "100"]
