"""Headers, titles and sentences as several provinces word them: what the whole extraction makes of them."""

from __future__ import annotations

import pytest
from tests.documents import build_document

from hengjian.core.extraction import extract
from hengjian.core.extraction.tables.columns import role_of
from hengjian.core.report import Fact, Indicator, Report

HEADERS = {
    "target": ["预期", "年度任务", "目标任务", "申报值", "批复值", "考核目标", "年初设定目标", "年初绩效目标", "应达到值", "目标要求"],
    "actual": ["完成", "实际", "本年完成", "年末完成值", "实际水平", "实际达成值", "完成实绩", "实测值", "决算值", "全年实际"],
    "weight": ["基准分", "应得分", "配分", "赋分", "考核分值", "单项分值", "满分", "标准分"],
    "score": ["自评", "自评值", "自我评分", "评定得分", "单项得分", "本年得分", "实得分"],
    "reason": ["偏离说明", "差异说明", "存在问题", "整改措施", "简要说明", "扣分说明"],
    "basis": ["支撑材料", "印证材料", "资料来源", "取数来源", "佐证", "佐证材料"],
    "standard": ["扣分标准", "自评标准", "记分规则", "评分依据及标准", "赋分规则"],
    "description": ["计算方法", "统计口径", "指标定义"],
    "level1": ["评价维度", "指标大类", "一级指标及分值"],
    "level2": ["分类指标", "二级分类", "二级指标及权重"],
    "level3": ["指标项", "指标要素", "末级指标", "明细指标"],
    "deviation": ["偏差率", "偏离度"],
}


@pytest.mark.parametrize(("role", "words"), [(r, w) for r, words in HEADERS.items() for w in words])
def test_header_words(role: str, words: str) -> None:
    assert role_of(words) == role


def amounts(report: Report) -> list[str]:
    return [told(f) for f in report.facts if f.figure.is_money]


def told(fact: Fact) -> str:
    return " ".join(filter(None, (fact.key, fact.stage.value, fact.figure.text)))


def row(indicator: Indicator) -> tuple[str, str, str, str]:
    target, actual = indicator.target.figure, indicator.actual.figure
    return indicator.name, indicator.target.operator.value, f"{target.value}{target.unit}" if target else "", actual.text if actual else ""


def test_the_earlier_of_two_years_is_last_years_value() -> None:
    text = """云州市衡山区文物局2024年度部门整体支出绩效自评报告
| 指标大类 | 分类指标 | 指标项 | 2023年实际值 | 2024年目标值 | 2024年实际值 | 偏差率 | 基准分 | 自评值 |
| 产出指标 | 数量指标 | 巡查文物点 | 58处 | ≥60处 | 63处 | 5.0% | 50 | 50 |
| ^ | 质量指标 | 隐患整改率 | 94% | ≥95% | 96% | 1.1% | 50 | 50 |
"""
    first, second = extract(build_document(text)).indicators
    assert row(first) == ("巡查文物点", ">=", "60处", "63")
    assert first.prior.figure is not None and first.prior.figure.text == "58"
    assert row(second) == ("隐患整改率", ">=", "95%", "96")
    assert (second.weight and second.weight.value, second.score and second.score.value) == (50, 50)


def test_funds_of_a_titled_project_by_source_and_use() -> None:
    text = """云州市衡山区水务局渠道清淤专项2024年度绩效自评报告
一、资金情况
| 资金来源 | 预算数（万元） | 到位数（万元） | 执行数（万元） |
| 合计 | 80.00 | 79.00 | 78.20 |
| 市级财政资金 | 50.00 | 49.00 | 49.00 |
| 区级财政资金 | 30.00 | 30.00 | 29.20 |
| 其中：清淤 | 20.00 | 20.00 | 19.20 |
"""
    report = extract(build_document(text))
    assert amounts(report) == [
        "funds.total budget 80.00", "funds.received 79.00", "funds.total executed 78.20",
        "funds.fiscal budget 50.00", "funds.fiscal 49.00", "funds.fiscal executed 49.00",
        "funds.fiscal budget 30.00", "funds.fiscal 30.00", "funds.fiscal executed 29.20",
        "funds.item budget 20.00", "funds.item 20.00", "funds.item executed 19.20",
    ]  # fmt: skip
    assert {f.scope for f in report.facts if f.figure.is_money} == {"渠道清淤专项"}


def test_buildings_under_a_head_of_their_own() -> None:
    text = """云州市衡山区档案馆2024年度部门整体支出绩效评价基础数据表
单位：万元
| 三公经费 | 2023年决算数 | < | 2024年预算数 | < | 2024年决算数 | < |
| 公务接待 | 4.50 | < | 5.00 | < | 4.00 | < |
| 楼堂馆所控制情况（2024年完工项目） | 批复规模（㎡） | 实际规模（㎡） | 规模控制率 | 预算投资（万元） | 实际投资（万元） | 投资概算控制率 |
| ^ | 1,240 | 1,236 | 99.68% | 386.00 | 379.21 | 98.24% |
"""
    facts = [f for f in extract(build_document(text)).facts if f.key.startswith("building.")]
    assert [(f.key.removeprefix("building."), f.figure.text.rstrip("%"), f.figure.unit) for f in facts] == [
        ("area_approved", "1,240", "㎡"), ("area_actual", "1,236", "㎡"), ("area_rate", "99.68", "%"),
        ("investment_budget", "386.00", "万元"), ("investment_actual", "379.21", "万元"), ("investment_rate", "98.24", "%"),
    ]  # fmt: skip


def test_every_part_of_a_sentence_that_sets_targets() -> None:
    text = """云州市衡山区体育局步道更新专项2024年度绩效自评报告
一、项目概况
步道更新专项由区财政设立，2024年年初预算80万元，实际支出78.20万元。绩效目标为：更新步道不少于12条，验收合格率不低于98%；路灯覆盖率达到95%以上，单条步道成本控制在6.5万元以内；周边居民满意度不低于90%。
"""
    report = extract(build_document(text))
    assert amounts(report)[:2] == ["funds.total initial 80", "funds.total executed 78.20"]
    assert [row(i)[:3] for i in report.indicators] == [
        ("更新步道", ">=", "12条"), ("验收合格率", ">=", "98%"), ("路灯覆盖率", ">=", "95%"),
        ("单条步道成本", "<=", "6.5万元"), ("周边居民满意度", ">=", "90%"),
    ]  # fmt: skip


def test_sums_after_a_small_part_are_those_of_the_whole() -> None:
    text = """云州市衡山区司法局2024年度部门整体支出绩效自评报告
一、收支情况
“三公”经费年初预算4.20万元，支出2.93万元，其中：公务接待费0.43万元，公务用车运行维护费2.50万元。预算执行数合计876.89万元，预算数合计880.45万元。
"""
    assert amounts(extract(build_document(text))) == [
        "three_public.total initial 4.20", "three_public.total executed 2.93", "three_public.reception executed 0.43",
        "three_public.vehicle_running executed 2.50", "expenditure.total executed 876.89", "expenditure.total budget 880.45",
    ]  # fmt: skip


def test_rates_by_population_keep_their_denominator() -> None:
    text = """云州市衡山区卫生健康局2024年度部门整体支出绩效自评报告
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 质量指标 | 孕产妇死亡率 | ≤12/10万 | 9.8/10万 | 50 | 50 |
| ^ | ^ | 婴儿死亡率 | ≤3.5‰ | 2.1‰ | 50 | 50 |
"""
    assert [row(i) for i in extract(build_document(text)).indicators] == [
        ("孕产妇死亡率", "<=", "12/10万", "9.8"), ("婴儿死亡率", "<=", "3.5‰", "2.1"),
    ]  # fmt: skip


FORM = """云州市衡山区民政局2024年度项目支出绩效自评表
| 项目名称 | 临时救助 | < | < |
| 项目资金（万元） | 来源 | 预算数 | 执行数 |
| ^ | 合计 | 320.00 | 316.80 |
"""


def test_money_of_each_level_of_government_is_part_of_the_funds() -> None:
    text = FORM + "| ^ | 其中：中央财政资金 | 210.00 | 210.00 |\n| ^ | 区级财政资金 | 110.00 | 106.80 |\n"
    fiscal = [told(f) for f in extract(build_document(text)).facts if f.key == "funds.fiscal"]
    assert fiscal == ["funds.fiscal budget 210.00", "funds.fiscal executed 210.00", "funds.fiscal budget 110.00", "funds.fiscal executed 106.80"]


def test_levels_below_a_line_that_sums_them_are_not_added_again() -> None:
    text = FORM + "| ^ | 其中：财政拨款 | 320.00 | 316.80 |\n| ^ | 其中：省级财政资金 | 210.00 | 210.00 |\n| ^ | 区级财政资金 | 110.00 | 106.80 |\n"
    fiscal = [told(f) for f in extract(build_document(text)).facts if f.key == "funds.fiscal"]
    assert fiscal == ["funds.fiscal budget 320.00", "funds.fiscal executed 316.80"]


def test_a_summary_of_projects_names_unit_and_kind() -> None:
    text = "云州市衡山区教育局2024年度项目支出绩效自评汇总表\n| 序号 | 项目名称 | 预算数 | 执行数 | 自评得分 |\n| 1 | 校舍维修 | 500.00 | 480.00 | 97.5 |\n"
    report = extract(build_document(text))
    assert (report.unit_name.text, report.kind.value, [p.name for p in report.projects]) == ("云州市衡山区教育局", "project_self_evaluation", ["校舍维修"])


TOLD = """云州市衡山区图书馆2024年度单位整体支出绩效自评报告
二、绩效目标完成情况
1.产出指标（50分）。数量指标：年初目标接待读者50万人次，实际接待52.3万人次；举办阅读活动不少于120场，实际举办131场。时效指标：新书上架时间不超过15个工作日，实际平均12个工作日。得分50分。
2.效益指标（30分）。社会效益：持证读者占常住人口比例达到8%，实际8.4%。得分30分。
3.满意度指标（10分）。读者满意度目标值≥90%，实际完成95.2%，得分10分。
4.预算执行率（10分）。全年预算数612.35万元，执行数600.10万元，执行率98.00%，得9.8分。
综上，总得分99.8分，等级为“优”。
"""


def test_scores_that_paragraphs_tell_part_by_part() -> None:
    report = extract(build_document(TOLD))
    points = [f"{f.key} {f.figure.value}" for f in report.facts if f.figure.unit == "分"]
    assert points == [
        "score.weight_subtotal 50", "score.subtotal 50", "score.weight_subtotal 30", "score.subtotal 30",
        "score.weight_subtotal 10", "score.subtotal 10", "execution.weight 10", "execution.score 9.8", "score.total 99.8",
    ]  # fmt: skip
    assert [t.figure.text for t in report.totals] == ["99.8"]
    assert [(s.name_std, str(s.score.value)) for s in report.subtotals if s.score] == [
        ("产出指标", "50"), ("效益指标", "30"), ("满意度指标", "10"), ("预算执行率", "9.8"),
    ]  # fmt: skip


def test_targets_with_their_results_behind_them() -> None:
    assert [(i.level2_std, *row(i)) for i in extract(build_document(TOLD)).indicators] == [
        ("数量指标", "接待读者", "=", "50万人次", "52.3"), ("数量指标", "举办阅读活动", ">=", "120场", "131"),
        ("时效指标", "新书上架时间", "<=", "15个工作日", "12"), ("社会效益指标", "持证读者占常住人口比例", ">=", "8%", "8.4"),
        ("服务对象满意度指标", "读者满意度", ">=", "90%", "95.2"),
    ]  # fmt: skip


def test_midterm_and_annual_side_by_side_under_shared_levels() -> None:
    text = """项目支出绩效目标申报表
（2024年度）
| 项目名称 | 渠道清淤 | < | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 清淤长度 | ≥36公里 | 清淤长度 | ≥12公里 |
| 满意度指标 | 满意度指标 | 农户满意度 | ≥88% | 农户满意度 | ≥90% |
"""
    found = [(i.level1_std, i.level2_std, *row(i)[:3]) for i in extract(build_document(text)).indicators]
    assert sorted(found) == sorted([
        ("产出指标", "数量指标", "清淤长度", ">=", "36公里"), ("产出指标", "数量指标", "清淤长度", ">=", "12公里"),
        ("满意度指标", "服务对象满意度指标", "农户满意度", ">=", "88%"), ("满意度指标", "服务对象满意度指标", "农户满意度", ">=", "90%"),
    ])  # fmt: skip
