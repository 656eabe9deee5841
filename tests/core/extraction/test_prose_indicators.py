"""Indicators that stand in sentences, and those that must not be invented."""

from __future__ import annotations

import pytest
from tests.documents import build_document

from hengjian.core.extraction import extract
from hengjian.core.report import Indicator, Operator

HEAD = "云州市衡山区信访局2024年度部门整体支出绩效自评报告\n"


def indicators(text: str) -> list[Indicator]:
    return [i for i in extract(build_document(HEAD + text)).indicators if i.source == "prose"]


def short(indicator: Indicator) -> str:
    target = f"{indicator.target.operator.value}{indicator.target.figure.value}" if indicator.target.figure else "?"
    actual = str(indicator.actual.figure.value) if indicator.actual.figure else "?"
    return f"{indicator.level3.text} {target} {actual}"


RESULTS = {
    "质量指标：初访化解率实际为96.2%，积案化解率实际为95.1%，完成两项指标的年初计划≥95%，无偏差。": ["初访化解率 >=95 96.2", "积案化解率 >=95 95.1"],
    "满意度指标：经回访群众，满意度实际为83.1%，与年初目标≥95%有一定差距。": ["满意度 >=95 83.1"],
    "质量指标：及时受理率99.2%，完成年度目标。": ["及时受理率 ? 99.2"],
    "数量指标：①全年实际派驻16名工作人员前往8个驻地值班，完成了年初保障活动期间值班力量的≥10人的计划，无偏差。": ["保障活动期间值班力量 >=10 16"],
    "质量指标：按时办结率目标值为98%，实际值为99.3%。": ["按时办结率 =98 99.3"],
    "成本指标：培训经费实际开支10万元，完成了年初的计划。": ["培训经费 ? 10"],
}


@pytest.mark.parametrize(("text", "expected"), RESULTS.items())
def test_results_in_sentences(text: str, expected: list[str]) -> None:
    assert [short(i) for i in indicators("三、指标完成情况分析\n（一）产出指标完成情况分析\n" + text)] == expected


def test_target_list_takes_its_levels_from_the_headings() -> None:
    found = indicators(
        "二、绩效目标、指标\n（一）产出指标\n1. 质量指标\n（1）及时受理率≥99%\n（2）系统稳定运行率：100%\n"
        "2.时效指标\n（1）信访事项15个工作日内受理\n（二）效益指标\n1. 社会效益\n（1）秩序规范：良好"
    )
    assert [(i.level1_std, i.level2_std, i.level3.text, i.target.operator) for i in found] == [
        ("产出指标", "质量指标", "及时受理率", Operator.AT_LEAST),
        ("产出指标", "质量指标", "系统稳定运行率", Operator.EQUAL),
        ("产出指标", "时效指标", "信访事项15个工作日内受理", Operator.AT_MOST),
        ("效益指标", "社会效益指标", "秩序规范", Operator.QUALITATIVE),
    ]


def test_reason_of_a_missed_target_is_kept() -> None:
    found = indicators("三、指标完成情况分析\n质量指标：化解率92.5%，未达到年初目标≥95%，原因是部分案件疑难复杂。")
    assert found[0].reason.text == "部分案件疑难复杂"


@pytest.mark.parametrize(
    "text",
    [
        "二、收支情况\n2024年支出320万元，预算执行率99.5%，占预算的98%。",
        "二、收支情况\n公用经费较上年下降5.2%。",
        "一、概况\n内设5个股室，接待群众300人次。",
        "三、完成情况\n全年接待群众来访120批350人次。",
    ],
)
def test_ordinary_figures_are_no_indicators(text: str) -> None:
    assert indicators(text) == []
