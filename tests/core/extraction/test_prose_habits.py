"""Habits of many provinces in the running text: stage and scope of amounts, projects told, results beside targets."""

from __future__ import annotations

import pytest
from tests.documents import build_document

from hengjian.core.extraction import extract
from hengjian.core.report import Report

UNIT = "云州市衡山区信访局2024年度部门整体支出绩效自评报告\n二、收支情况\n"
PROJECT = "云州市衡山区民政局2024年度困难群众救助补助资金项目绩效自评报告\n二、项目资金情况\n"


def told(report: Report) -> list[str]:
    return [
        f"{f.key} {f.figure.value}{f.figure.unit} {f.stage.value or '-'}"
        for f in report.facts
        if f.source == "prose" and f.figure.unit != "年"
    ]


OF_THE_UNIT = {
    "2024年初预算数395万元，年中追加55万元，主要是政策性增资，全年预算450万元。": [
        "expenditure.total 395万元 initial", "expenditure.adjustment 55万元 adjustment", "expenditure.total 450万元 budget",
    ],
    "基本支出年初预算380万元，调增53.5万元；调整后全年预算433.50万元。": [
        "expenditure.basic 380万元 initial", "expenditure.adjustment 53.5万元 adjustment", "expenditure.basic 433.50万元 budget",
    ],
    "本年基本支出300万元。全年预算数528万元，执行数520万元。": [
        "expenditure.basic 300万元 -", "expenditure.total 528万元 budget", "expenditure.total 520万元 executed",
    ],
    "项目支出主要用于：信访维稳资金1,320万元，系统运维费20万元。": ["funds.item 1320万元 -", "funds.item 20万元 -"],
    "会议费完成预算25.00万元的85.44%。": ["public.item 25.00万元 budget", "execution.rate 85.44% -"],
    "我局年初预算总额318万元，其中基本支出预算298万元，项目支出预算20万元。": [
        "expenditure.total 318万元 initial", "expenditure.basic 298万元 initial", "expenditure.project 20万元 initial",
    ],
    "低保标准由每人每月720元提高到756元。": ["unplaced 720元 -", "unplaced 756元 -"],
    "运转类项目52个，预算金额9,180.20万元。": ["activity.count 52个 -", "unplaced 9180.20万元 budget"],
    "下属二级预算单位48个，其中行政单位1个。": ["activity.count 48个 -", "activity.count 1个 -"],
    "特困供养对象612人，培训企业职工30人。": ["activity.count 612人 -", "activity.count 30人 -"],
    "数字资源12TB，打印A4纸。": ["activity.count 12TB -"],
    "8个项目评价等级为“优”，1个为“良”。": ["activity.count 8个 -", "activity.count 1个 -"],
    "预算管理20分得19.5分，产出80分得78分，合计得97.5分。": [
        "score.weight_subtotal 20分 -", "score.subtotal 19.5分 -", "score.weight_subtotal 80分 -", "score.subtotal 78分 -",
        "score.total 97.5分 -",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OF_THE_UNIT.items())
def test_figures_of_a_unit(text: str, expected: list[str]) -> None:
    report = extract(build_document(UNIT + text))
    assert sorted(told(report)) == sorted(expected)
    assert report.grades == ()


OF_A_PROJECT = {
    "该项目2024年年初预算90万元，支出用于：临时救助51.20万元，法律服务8.66万元，案件评查等工作经费12.60万元。": [
        "funds.total 90万元 initial", "funds.item 51.20万元 executed", "funds.item 8.66万元 executed", "funds.item 12.60万元 executed",
    ],
    "省级补助资金238万元（云财社〔2024〕16号），市级配套46万元，合计284万元。": [
        "funds.subsidy 238万元 -", "funds.item 46万元 -", "funds.total 284万元 -",
    ],
    "补助资金共计324万元，其中中央资金194万元，自治区资金130万元。": [
        "funds.total 324万元 budget", "funds.subsidy 194万元 budget", "funds.subsidy 130万元 budget",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OF_A_PROJECT.items())
def test_figures_of_a_project(text: str, expected: list[str]) -> None:
    report = extract(build_document(PROJECT + text))
    assert told(report) == expected
    assert {f.scope for f in report.facts if f.figure.is_money} == {"困难群众救助补助资金项目"}


PROJECTS = """三、重点项目绩效自评情况
“信访事项办理”项目：全年预算数168万元，执行数165万元，执行率98.21%，自评得分97.8分。
（一）救灾物资储备项目
该项目年初预算100万元，实际支出95万元，自评得分95分，等级为优。
（二）防汛抗旱应急能力建设
年初预算60万元，执行数60万元，自评得分99分。
1.项目产出情况。新建水库标尺4座。
四、总体结论
部门整体支出自评得分96分。
"""


def test_projects_under_headings_own_their_figures() -> None:
    report = extract(build_document(UNIT + PROJECTS))
    names = ["信访事项办理项目", "救灾物资储备项目", "防汛抗旱应急能力建设"]
    assert [p.name for p in report.projects] == names
    assert [(t.scope, str(t.figure.value)) for t in report.totals] == [*zip(names, ["97.8", "95", "99"], strict=True), ("", "96")]
    assert [g.scope for g in report.grades] == ["救灾物资储备项目"]
    assert [f.scope for f in report.facts if f.figure.unit == "座"] == ["防汛抗旱应急能力建设"]


RESULTS = {
    "1.健康档案建档率96.12%（目标≥90%）。": "健康档案建档率 >= 90 96.12",
    "3.7岁以下儿童健康管理率94.8%，目标值90%，超额完成。": "儿童健康管理率 = 90 94.8",
    "5.居民满意度86.5%，未达到90%的目标。": "居民满意度 >= 90 86.5",
    "单个项目评价成本控制在5万元以内，实际平均4.23万元。": "单个项目评价成本 <= 5 4.23",
    "评价结果应用率90%，实际达93.3%。": "评价结果应用率 = 90 93.3",
    "年初目标为发放老人数≥8600人，实际为8,742人。": "发放老人数 >= 8600 8742",
    "12345诉求按期响应率实际为99.1%。": "12345诉求按期响应率 none - 99.1",
    "全年实际化解积案49件。": "化解积案 none - 49",
    "安全事故发生数0起。": "安全事故发生数 none - 0",
}


@pytest.mark.parametrize(("text", "expected"), RESULTS.items())
def test_results_beside_their_targets(text: str, expected: str) -> None:
    heads = "三、绩效指标完成情况\n（一）成本指标完成情况分析\n"
    found = [i for i in extract(build_document(PROJECT + heads + text)).indicators if i.source == "prose"]
    assert [
        f"{i.name} {i.target.operator.value} {i.target.figure.value if i.target.figure else '-'} {i.actual.figure.value if i.actual.figure else '-'}"
        for i in found
    ] == [expected]


def test_figures_of_indicators_are_facts() -> None:
    report = extract(build_document(PROJECT + "三、绩效指标完成情况\n（一）质量指标\n认定准确率目标值≥98%，实际99.2%。"))
    assert told(report) == ["indicator.value 98% -", "indicator.value 99.2% -"]
