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


def test_a_page_header_above_the_title_does_not_double_the_unit() -> None:
    found = report("云州市衡山区信访局\n云州市衡山区信访局2025年部门整体绩效目标\n一、总体目标\n正文。")
    assert (found.title.text, found.unit_name.text) == ("云州市衡山区信访局2025年部门整体绩效目标", "云州市衡山区信访局")


def test_title_over_two_lines_after_an_annex_number() -> None:
    found = report("附件3\n云州市衡山区信访局部门\n2024年度整体支出绩效自评报告\n一、部门概况\n正文。")
    assert found.title.text == "云州市衡山区信访局部门2024年度整体支出绩效自评报告"
    assert (found.unit_name.text, found.year, found.kind) == (
        "云州市衡山区信访局",
        2024,
        Kind.OVERALL_SELF_EVALUATION,
    )


def test_year_under_the_title_and_fields() -> None:
    found = report(
        "部门整体支出绩效评价报告\n（2022年度）\n部门名称：云州市衡山区文化局\n填报人：甲某　填报日期：2023年5月20日　联系电话：0700-8000000"
    )
    assert (found.year, found.unit_name.text, found.filed_on.text) == (
        2022,
        "云州市衡山区文化局",
        "2023年5月20日",
    )
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
    assert [(s.number, s.level) for s in found.sections] == [
        ("一、", 1),
        ("（一）", 2),
        ("（2）", 2),
        ("二、", 1),
        ("3、", 1),
    ]


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


BODIES = [
    "云州市衡山区人力资源和社会保障局",
    "衡山区医疗保障局",
    "衡山区退役军人事务局",
    "衡山区住房和城乡建设局",
    "衡山区发展和改革委员会",
    "衡山区卫生健康委",
    "衡山区机关事务管理中心",
    "衡山区城东街道办事处",
    "清溪镇人民政府",
    "衡山区白云乡人民政府",
    "衡山区人民医院",
    "衡山区中医院",
    "衡山区第一中学",
    "中共衡山区委党校",
    "衡山区总工会",
    "衡山区融媒体中心",
    "中共衡山区委组织部",
    "中共衡山区委宣传部",
    "中共衡山区委政法委员会",
    "中共衡山区委机构编制委员会办公室",
    "中国共产党衡山区委员会办公室",
    "中共云州市纪律检查委员会",
    "衡山区人民政府办公室",
    "衡山区人民法院",
    "衡山区人民检察院",
    "云州市公安局衡山分局",
    "云州市生态环境局衡山分局",
    "衡山区妇女联合会",
    "衡山区残疾人联合会",
    "共青团衡山区委员会",
    "衡山区科学技术协会",
    "衡山区红十字会",
    "衡山区疾病预防控制中心",
    "衡山区图书馆",
    "衡山区信访局",
    "衡山区委信访办",
    "云州市财政保障中心",
    "衡山区人大常委会办公室",
    "政协衡山区委员会办公室",
    "衡山区应急管理综合行政执法大队",
    "云州职业技术学院",
    "衡山区特殊教育学校",
    "衡山区民族宗教事务局",
    "衡山高新技术产业开发区管理委员会",
    "衡山区城市管理和综合执法局",
    "衡山区社会保险事业服务中心",
    "衡山区城南社区卫生服务中心",
    "衡山区消防救援大队",
    "衡山区供销合作社联合社",
    "衡山区工商业联合会",
    "衡山区文学艺术界联合会",
    "衡山县自然资源和规划局",
    "衡山区乡村振兴服务中心",
    "衡山区档案馆",
    "衡山区机关幼儿园",
    "衡山区投资促进局",
    "衡山区政务服务和数据管理局",
    "衡山区公共资源交易中心",
    "衡山区综合行政执法局",
    "中共衡山区委老干部局",
    "衡山区关心下一代工作委员会",
    "衡山区市政园林服务所",
    "衡山区道路养护管理站",
    "衡山林场",
    "云州市衡山水库管理处",
    "衡山区残联",
    "衡山区委办",
    "衡山区社会福利院",
    "衡山区殡仪馆",
    "衡山区公路事业发展中心",
]
HEADS = {
    "before the year": "{}2024年度部门整体支出绩效自评报告",
    "behind the year": "2024年度{}部门整体支出绩效自评报告",
    "with 关于": "关于{}2024年度部门整体绩效自评情况的报告",
    "with 关于 behind": "{}关于2024年度部门整体支出绩效自评的报告",
    "in an account": "{}2024年部门决算",
    "on a line of its own": "{}\n2024年度部门整体支出绩效自评报告",
    "in a field": "2024年度部门整体支出绩效自评报告\n单位名称：{}　　　2025年3月1日",
    "in a project's title": "{}2024年信访救助专项资金绩效自评报告",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_names_of_bodies_are_whole(head: str) -> None:
    found = {
        name: extract(build_document(head.format(name) + "\n一、概况\n内容。")).unit_name.text
        for name in BODIES
    }
    assert found == {name: name for name in BODIES}


@pytest.mark.parametrize(("line", "unit"), [("部门：云州市档案馆　　金额单位：万元", "云州市档案馆"), ("单位：万元", ""), ("部门：详见附表", "")])
def test_the_line_above_an_account_names_the_unit(line: str, unit: str) -> None:
    assert report(f"收入支出决算总表\n{line}\n| 项目 | 决算数 |\n| 本年收入合计 | 620.75 |").unit_name.text == unit
