"""Funds, base data, accounts, staff and lists: every figure with its key, stage, year and unit."""

from __future__ import annotations

import pytest
from tests.core.extraction.layout import amounts, read_layout
from tests.documents import build_document

from hengjian.core.extraction.tables import read_tables

KEYED = {
    ("national-self-evaluation", "信访业务经费"): [
        "funds.total|initial||50.00万元", "funds.total|budget||48.00万元", "funds.total|executed||47.04万元",
        "execution.weight|||10分", "execution.rate|||98.00%", "execution.score|||9.80分",
        "funds.fiscal|initial||50.00万元", "funds.fiscal|budget||48.00万元", "funds.fiscal|executed||47.04万元",
        "funds.carryover|initial||0万元", "funds.carryover|budget||0万元", "funds.carryover|executed||0万元",
        "activity.count|||1200件次", "activity.count|||4期", "activity.count|||1236件次", "activity.count|||4期",
    ],
    ("final-account-two-sides", ""): [
        "income.general|budget||500.00万元", "income.general|executed||520.00万元",
        "expenditure.function.201|budget||400.00万元", "expenditure.function.201|executed||410.00万元",
        "income.fund|budget||20.00万元", "income.fund|executed||20.00万元",
        "expenditure.function.208|budget||120.00万元", "expenditure.function.208|executed||130.00万元",
        "income.total|budget||520.00万元", "income.total|executed||540.00万元",
        "expenditure.total|budget||520.00万元", "expenditure.total|executed||540.00万元",
        "balance.opening|budget||0万元", "balance.opening|executed||1.00万元",
        "balance.closing|budget||0万元", "balance.closing|executed||1.00万元",
    ],
    ("numbered-columns", ""): [
        "three_public.total|budget||6.50万元", "three_public.abroad|budget||0.00万元", "three_public.vehicle|budget||5.00万元",
        "three_public.vehicle_purchase|budget||0.00万元", "three_public.vehicle_running|budget||5.00万元",
        "three_public.reception|budget||1.50万元", "three_public.total|executed||5.82万元",
        "three_public.abroad|executed||0.00万元", "three_public.vehicle|executed||4.71万元",
        "three_public.vehicle_purchase|executed||0.00万元", "three_public.vehicle_running|executed||4.71万元",
        "three_public.reception|executed||1.11万元",
    ],
    ("funds-transposed", "智慧社区平台建设"): [
        "funds.fiscal|budget||150.00万元", "funds.subsidy|budget||50.00万元",
        "funds.other|budget||0.00万元", "funds.total|budget||200.00万元", "funds.fiscal|executed||142.80万元",
        "funds.subsidy|executed||50.00万元", "funds.other|executed||0.00万元", "funds.total|executed||192.80万元",
        "execution.rate|||96.40%", "activity.count|||1个",
    ],
    ("three-public-account", ""): [
        "three_public.total|executed||5.00万元", "three_public.abroad|executed||0万元", "three_public.vehicle|executed||4.00万元",
        "three_public.vehicle_purchase|executed||0万元", "three_public.vehicle_running|executed||4.00万元",
        "three_public.reception|executed||1.00万元",
    ],
    ("functional-classes", ""): [
        "expenditure.function.201|executed||410.00万元", "expenditure.function.208|executed||130.00万元",
        "expenditure.total|executed||540.00万元", "expenditure.basic|executed||430.00万元", "expenditure.project|executed||110.00万元",
    ],
    ("staff", ""): [
        "staff.authorised|||20人", "staff.authorised.administrative|||12人", "staff.authorised.institution|||8人",
        "staff.actual|||19人", "staff.actual.administrative|||11人", "staff.actual.institution|||8人",
    ],
    ("project-list", "殡葬改革经费"): [
        "funds.total|initial||50.00万元", "funds.total|budget||50.00万元", "funds.total|executed||48.00万元", "execution.rate|||96%",
    ],
    ("project-list", ""): [
        "expenditure.project|initial||110.00万元", "expenditure.project|budget||110.00万元", "expenditure.project|executed||108.00万元",
    ],
    ("project-summary", "退耕还林"): [
        "funds.total|budget||120.50万元", "funds.total|executed||120.50万元", "execution.rate|||100.00%",
    ],
    ("two-years", ""): [
        "expenditure.basic||2023|420.00万元", "expenditure.basic||2024|430.00万元", "change.amount|||10.00万元",
        "expenditure.public||2023|60.00万元", "expenditure.public||2024|58.00万元", "change.amount|||-2.00万元",
    ],
    ("quarterly-plan", "节水宣传经费"): [
        "funds.total|budget||200000.00元", "funds.fiscal|budget||200000.00元", "plan.percent|||30%", "plan.percent|||60%",
        "plan.percent|||90%", "activity.count|||10场次", "activity.count|||2000人次",
    ],
    ("midterm-and-annual", "智慧养老服务"): [
        "funds.midterm|||300万元", "funds.total|||100万元", "funds.fiscal|||90万元", "funds.other|||10万元",
        "activity.count|||3个", "activity.count|||1个",
    ],
    ("tasks", ""): [
        "activity.count|||500件", "funds.item|budget||80.5万元", "activity.count|||12场", "funds.item|budget||20万元",
        "funds.total|budget||100.5万元", "funds.fiscal|budget||95.5万元", "funds.other|budget||5万元",
    ],
}  # fmt: skip
UNPLACED = {
    "final-account-two-sides": ["520.00万元", "541.00万元", "520.00万元", "541.00万元"],
    "project-list": ["98.18%"],
    "two-years": ["2.38%", "-3.33%"],
    "midterm-and-annual": ["280万元", "20万元"],
}


@pytest.mark.parametrize(("name", "scope"), KEYED)
def test_every_figure_that_words_can_place(name: str, scope: str) -> None:
    said = [a for a in amounts(read_layout(name), scope) if not a.startswith(("unplaced", "score.", "date."))]
    assert said == KEYED[name, scope]


@pytest.mark.parametrize("name", UNPLACED)
def test_what_cannot_be_placed_is_listed_with_its_unit(name: str) -> None:
    facts = [f for f in read_layout(name).facts if f.key == "unplaced"]
    assert [f"{f.figure.value}{f.figure.unit}" for f in facts] == UNPLACED[name]
    assert all(f.label for f in facts)


def test_bands_and_their_limits() -> None:
    found = read_layout("grades")
    assert [(b.label, b.low, b.high) for b in found.bands] == [("优", 90, 100), ("良", 80, 90), ("中", 60, 80), ("差", None, 60)]
    assert [int(f.value) for f in found.facts] == [90, 100, 80, 90, 60, 80, 60]


def test_a_part_of_the_funds_names_its_total() -> None:
    facts = read_layout("national-self-evaluation").facts
    parts = [f for f in facts if f.key == "funds.fiscal"]
    assert [(facts[f.whole].key, facts[f.whole].stage) for f in parts] == [("funds.total", f.stage) for f in parts]


def test_label_and_value_in_one_cell() -> None:
    table = """
    整体支出绩效自评表
    | 年度预算申请（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | ^ | 年度资金总额 | 30.00 | 36.50 | 36.50 | 10 | 100.00% | 10.00 |
    | ^ | 按收入性质分： | < | < | 按支出性质分： | < | < | < |
    | ^ | 其中：  一般公共预算：36.50 | < | < | 其中：基本支出：30.00 | < | < | < |
    | ^ | 政府性基金拨款：0 | < | < | 项目支出：6.50 | < | < | < |
    """
    said = amounts(read_tables(build_document(table)))
    assert said[6:] == [
        "income.general|||36.50万元", "expenditure.basic|||30.00万元", "income.fund|||0万元", "expenditure.project|||6.50万元",
    ]  # fmt: skip


def test_pairs_of_label_and_value_take_their_stage_from_the_row_above() -> None:
    table = """
    护林员补助绩效目标自评表
    | 项目预算⏎执行情况⏎（万元） | 预算数： | 8 | 执行数： | 7.5 |
    | | 其中：⏎财政拨款 | 6 | 其中：⏎财政拨款 | 5.5 |
    | | 其他资金 | 2 | 其他资金 | 2 |
    """
    assert amounts(read_tables(build_document(table)), "护林员补助") == [
        "funds.total|budget||8万元", "funds.total|executed||7.5万元", "funds.fiscal|budget||6万元",
        "funds.fiscal|executed||5.5万元", "funds.other|budget||2万元", "funds.other|executed||2万元",
    ]  # fmt: skip


def test_serial_numbers_and_class_codes_are_no_figures() -> None:
    table = """
    | 序号 | 科目编码 | 科目名称 | 决算数（元） |
    | 1 | 2010301 | 行政运行 | 1,200.50 |
    | 2 | 2010302 | 一般行政管理事务 | — |
    """
    assert amounts(read_tables(build_document(table))) == ["unplaced|executed||1200.50元"]


def test_both_sides_of_an_account_keep_their_labels() -> None:
    document = build_document(
        "收入支出决算总表\n部门：云州市档案馆　　金额单位：万元\n| 收入 | < | 支出 | < |\n| 项目 | 决算数 | 项目 | 决算数 |\n"
        "| 本年收入合计 | 620.75 | 本年支出合计 | 620.95 |\n| 年初结转和结余 | 3.60 | 年末结转和结余 | 3.40 |\n| 总计 | 624.35 | 总计 | 624.35 |"
    )
    assert [(f.key, f.label, str(f.figure.value), str(f.stage.value)) for f in read_tables(document).facts] == [
        ("income.total", "本年收入合计", "620.75", "executed"), ("expenditure.total", "本年支出合计", "620.95", "executed"),
        ("balance.opening", "年初结转和结余", "3.60", "executed"), ("balance.closing", "年末结转和结余", "3.40", "executed"),
        ("balance.grand_total", "收入总计", "624.35", "executed"), ("balance.grand_total", "支出总计", "624.35", "executed"),
    ]  # fmt: skip
