"""Single sentences: what each number is a figure of."""

from __future__ import annotations

import pytest
from tests.documents import build_document

from hengjian.core.extraction import extract
from hengjian.core.report import Fact, Report, Stage

HEAD = "云州市衡山区信访局2024年度部门整体支出绩效自评报告\n二、收支情况\n"


def read(sentence: str) -> Report:
    return extract(build_document(HEAD + sentence))


def figures(report: Report) -> list[str]:
    return [f"{f.key} {f.figure.value}{f.figure.unit}" for f in report.facts if f.source == "prose" and f.figure.unit != "年"]


CASES = {
    "收入为312.40万元、支出为312.40万元。": ["income.total 312.40万元", "expenditure.total 312.40万元"],
    "人员经费和公用经费分别为210.5万元和30.2万元。": ["expenditure.personnel 210.5万元", "expenditure.public 30.2万元"],
    "行政编制、事业编制分别为12人和15人。": ["staff.authorised.administrative 12人", "staff.authorised.institution 15人"],
    "公用经费由30.5万元增加到36.6万元。": ["expenditure.public 30.5万元", "expenditure.public 36.6万元"],
    "公用经费36.6万元，较上年增加6.1万元，增长20%。": ["expenditure.public 36.6万元", "change.amount 6.1万元", "rate.change 20%"],
    "“三公”经费预算数为3万元，决算数为2.5万元。": ["three_public.total 3万元", "three_public.total 2.5万元"],
    "其中卫生健康支,8.12万元，住房保障支出12.30万元。": ["expenditure.function.210 8.12万元", "expenditure.function.221 12.30万元"],
    "核定编制十八名，实有十七人。": ["staff.authorised 18名", "staff.actual 17人"],
    "全年完成最多跑一次改革，办结信访事项35件。": ["activity.count 35件"],
    "根据《通知》（衡财绩〔2024〕12号）第3条和附件2开展自评。": [],
    "咨询电话：0700-1234567。": [],
    "预算执行率为98.5%，资金到位率100%。": ["execution.rate 98.5%", "receipt.rate 100%"],
    "培训费支出占公用经费的12.5%。": ["rate.share 12.5%"],
    "其他说明：涉及设备台账编号37。": ["unplaced 37"],
    "收入总计50万元，其中本年收入48万元，年初结转2万元；支出总计50万元，其中本年支出49万元，年末结转1万元。": [
        "income.total 50万元", "income.total 48万元", "balance.opening 2万元",
        "expenditure.total 50万元", "expenditure.total 49万元", "balance.closing 1万元",
    ],
    "人均公用经费2.5万元。": ["unplaced 2.5万元"],
    "压减公用经费5万元。": ["change.amount 5万元"],
    "卫生健康支出（210）8.36万元。": ["expenditure.function.210 8.36万元"],
    "行政运行（2010301）支出256.3万元。": ["expenditure.function_item 256.3万元"],
    "及时受理率、按期办结率分别为99.8%和98.9%。": ["unplaced 99.8%", "unplaced 98.9%"],
    "行政编制10名，实有9名；事业编制6名，实有5名。": [
        "staff.authorised.administrative 10名", "staff.actual.administrative 9名",
        "staff.authorised.institution 6名", "staff.actual.institution 5名",
    ],
    "“三公”经费：全年支出0.50万元，比预算0.8万元节约0.3万元。": [
        "three_public.total 0.50万元", "three_public.total 0.8万元", "change.amount 0.3万元",
    ],
    "预算安排88.5万元（其中：基本支出68.5万元，项目支出20万元），实际支出88.5万元。": [
        "expenditure.total 88.5万元", "expenditure.basic 68.5万元", "expenditure.project 20万元", "expenditure.total 88.5万元",
    ],
    "年初预算数为123万元，年中调整增加35万元，全年预算数158万元。": [
        "expenditure.total 123万元", "expenditure.adjustment 35万元", "expenditure.total 158万元",
    ],
}


@pytest.mark.parametrize(("sentence", "expected"), CASES.items())
def test_numbers_of_a_sentence(sentence: str, expected: list[str]) -> None:
    assert figures(read(sentence)) == expected


def test_stage_and_year_go_with_the_amount() -> None:
    report = read("2024年基本支出年初预算安排为200万元，本年实际支出为230万元。2023年基本支出210万元。")
    found = [(f.value, f.stage, f.year) for f in report.facts if f.key == "expenditure.basic"]
    assert [(int(v), s, y) for v, s, y in found] == [
        (200, Stage.INITIAL, 2024), (230, Stage.EXECUTED, 2024), (210, Stage.UNSTATED, 2023),
    ]  # fmt: skip


def test_nested_of_which_points_at_the_right_whole() -> None:
    report = read("支出为500万元，其中基本支出为300万元，其中人员经费为250万元，日常公用经费50万元；项目支出为200万元。")
    wholes = {f.key: report.facts[f.whole].key for f in report.facts if f.whole >= 0}
    assert wholes == {
        "expenditure.basic": "expenditure.total", "expenditure.personnel": "expenditure.basic",
        "expenditure.public": "expenditure.basic", "expenditure.project": "expenditure.total",
    }  # fmt: skip


def test_brackets_divide_the_amount_before_them() -> None:
    report = read("2024年度实际支出570万元（基本支出570万元、项目支出0万元），其中教育支出300万元。")
    total = next(i for i, f in enumerate(report.facts) if f.key == "expenditure.total")
    assert {f.key for f in report.facts if f.whole == total} == {
        "expenditure.basic", "expenditure.project", "expenditure.function.205",
    }  # fmt: skip


def test_change_knows_its_subject() -> None:
    report = read("公务接待费0.8万元，比上年减少0.2万元，下降20%。")
    change = next(f for f in report.facts if f.key == "change.amount")
    assert (change.subject, change.label) == ("three_public.reception", "公务接待费比上年减少")


def test_report_year_is_said_once_and_other_years_are_facts() -> None:
    report = read("2024年与2023年相比，支出减少5万元。")
    years = [(f.key, int(f.value)) for f in report.facts if f.figure.unit == "年"]
    assert years == [("report.year", 2024), ("date.year", 2024), ("date.year", 2023)]


def test_caption_gives_the_unit() -> None:
    report = read("单位：万元\n2024年支出决算320.50，其中基本支出220.50。")
    assert figures(report) == ["expenditure.total 320.50万元", "expenditure.basic 220.50万元"]


def test_project_named_in_prose_has_plan_and_execution() -> None:
    report = read("三、项目支出绩效情况\n（1）窗口服务费用：绩效目标为8万元，完成情况为7.5万元，按期完成。")
    project = report.projects[0]
    money: list[Fact] = [f for f in report.facts if f.scope == project.name]
    assert (project.name, project.has_form) == ("窗口服务费用", False)
    assert [(f.key, f.stage, str(f.value)) for f in money] == [
        ("funds.total", Stage.BUDGET, "8"), ("funds.total", Stage.EXECUTED, "7.5"),
    ]  # fmt: skip
