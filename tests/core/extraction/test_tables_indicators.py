"""Indicator tables in layouts that are not the defining ones: columns, levels, projects, points."""

from __future__ import annotations

import pytest
from tests.core.extraction.layout import read_layout, row
from tests.documents import build_document

from hengjian.core.extraction.tables import read_tables
from hengjian.core.report import Kind

ROWS = {
    "heads-with-points": [
        "投入|目标设定|绩效目标合理性|none|||8|8",
        "投入|预算配置|在职人员控制率|none|||12|11",
        "产出指标|职责履行|巡河里程|none|||30|30",
        "产出指标|职责履行|清漂及时率|none|||20|18",
        "效益指标|履职效益|群众满意度|none|||30|29",
    ],
    "merged-level-row": [
        "产出指标|数量指标|安全检查企业数|>=|320家次|341家次|10|10",
        "产出指标|数量指标|应急演练次数|>=|6次|5次|10|8.3",
        "产出指标|质量指标|隐患整改率|=|100%|98.5百分比|15|14.8",
        "产出指标|时效指标|值班响应|qualitative|及时|及时|15|15",
        "效益指标|社会效益指标|亿元GDP生产安全事故死亡率|<=|0.02人/亿元|0.01人/亿元|30|30",
        "满意度指标|服务对象满意度指标|企业满意度|>=|90%|91%|10|10",
        "预算执行率||预算执行率（10分）|=|100%|97.64%|10|9.76",
    ],
    "points-in-one-cell": [
        "产出指标|数量指标|建成高标准农田面积（万亩）|>=|2.1万亩|2.15|15|15",
        "产出指标|数量指标|新建机耕路长度（公里）|>=|30公里|32.4|10|10",
        "产出指标|质量指标|工程验收合格率|=|100%|100%|10|10",
        "产出指标|时效指标|按期完工率|>=|95%|92%|10|9.68",
        "产出指标|成本指标|亩均投资|<=|1600元|1570元|5|5",
        "效益指标|经济效益指标|亩均增产粮食|>=|50公斤|56公斤|15|15",
        "效益指标|可持续影响指标|管护机制健全性|qualitative|健全|达成年度指标|15|15",
        "满意度指标|服务对象满意度指标|受益农户满意度|>=|90%|93%|10|10",
    ],
    "national-self-evaluation": [
        "产出指标|数量指标|接待群众批次|>=|1200批次|1236批次|15|15",
        "产出指标|数量指标|业务培训期数|=|4期|4期|10|10",
        "产出指标|质量指标|按期办结率|>=|98%|97.5%|15|14.92",
        "产出指标|时效指标|完成时间|none|2023年12月底前|2023年12月20日|10|10",
        "效益指标|社会效益指标|信访秩序|qualitative|持续向好|达成年度指标|30|28",
        "满意度指标|服务对象满意度指标|群众满意度|>=|90%|92.3%|10|10",
    ],
    "cut-by-pages": [
        "产出指标|数量指标|法律援助案件数|>=|100件|120件|20|20",
        "产出指标|质量指标|结案率|>=|95%|96%|15|15",
        "产出指标|时效指标|办结及时率|=|100%|100%|15|15",
        "效益指标|社会效益指标|群众法律意识|qualitative|提升|提升|30|28",
        "效益指标|可持续影响指标|长效机制|qualitative|健全|健全|5|5",
        "满意度指标|服务对象满意度指标|受援人满意度|>=|90%|93%|10|10",
    ],
    "header-lost": [
        "产出指标|数量指标|巡查次数|>=|48次|||",
        "产出指标|质量指标|隐患整改率|none|95.00%|||",
        "效益指标|社会效益指标|安全形势|qualitative|持续稳定|||",
        "满意度指标|服务对象满意度指标|商户满意度|>=|90%|||",
    ],
    "sign-value-unit-twice": [
        "产出指标|数量指标|应急演练次数|>=|4次|5次|20|20",
        "产出指标|数量指标|培训人数|>=|200人|180人|20|18",
        "效益指标|社会效益指标|事故下降率|<=|5%|3.2%|30|30",
        "满意度指标|服务对象满意度指标|群众满意度|>=|90%|95%|20|20",
    ],
    "overall-with-tasks": [
        "产出指标|数量指标|新建管网长度（公里）|>=|12公里|12.5|20|20",
        "产出指标|质量指标|水质达标率（%）|>=|98%|99.1|20|20",
        "过程指标|预算管理|预算执行率|>=|95|96.84|20|20",
        "效益指标|社会效益指标|供水投诉下降|qualitative|下降|下降|30|29",
        "满意度指标|服务对象满意度指标|用水户满意度|>=|90%|88.6%|10|9.84",
    ],
    "quarterly-plan": [
        "产出指标|数量指标|宣传场次|=|10场|||",
        "产出指标|成本指标|人均成本|<=|100元/人|||",
        "效益指标|社会效益指标|群众节水意识|qualitative|逐步提升|||",
    ],
    "funds-by-source": [
        "产出指标|数量指标|巡护次数|>=|360次|365次||20",
        "产出指标|质量指标|火灾受害率|<=|0.9‰|0.3‰||20",
        "效益指标|生态效益指标|森林覆盖率|>=|62.5%|62.6%||29",
        "满意度指标|服务对象满意度指标|群众满意度|=|90%|91%||10",
    ],
    "standard-only": ["||预算编制|none|||10|10", "||预算执行|none|||20|18", "||资产管理|none|||20|20"],
    "plain-names": ["||网格员培训（人次）|=|200人次|210||", "||平安村创建数量|=|10个|10个||"],
}


@pytest.mark.parametrize("name", ROWS)
def test_every_row_is_read_cell_by_cell(name: str) -> None:
    assert [row(i) for i in read_layout(name).indicators] == ROWS[name]


def test_a_score_sheet_has_weights_of_every_level_and_a_standard() -> None:
    found = read_layout("overall-score-sheet")
    assert [(str(i.weight and i.weight.value), str(i.score and i.score.value)) for i in found.indicators] == [
        ("5", "5"), ("5", "4.2"), ("10", "10"), ("10", "6"), ("40", "40"), ("20", "20"), ("10", "9"),
    ]  # fmt: skip
    level1 = [(s.name_std, str(s.weight and s.weight.value)) for s in found.subtotals if s.level == 1]
    assert level1 == [("投入", "10"), ("过程", "60"), ("产出指标", "20"), ("效益指标", "10")]
    assert found.indicators[0].standard.text.startswith("以100%为标准")
    assert found.indicators[1].reason.text == "车辆老旧，维修增加"
    assert [(str(t.figure.value), str(t.weight_total and t.weight_total.value)) for t in found.totals] == [("94.2", "100")]


def test_the_weight_in_brackets_behind_a_level_is_a_subtotal() -> None:
    (subtotal,) = read_layout("national-self-evaluation").subtotals
    assert (subtotal.name_std, subtotal.weight and subtotal.weight.value) == ("产出指标", 50)
    assert read_layout("national-self-evaluation").indicators[0].level1 == "产出指标（50分）"


def test_mid_term_and_annual_stand_side_by_side() -> None:
    found = read_layout("midterm-and-annual").indicators
    annual = [row(i) for i in found if "midterm" not in i.columns]
    assert annual == [
        "产出指标|数量指标|驿站数量|>=|1个|||",
        "产出指标|质量指标|验收合格率|=|100%|||",
        "满意度指标|服务对象满意度指标|老人满意度|>=|88%|||",
    ]
    assert len(found) == 6


def test_the_achieved_value_of_a_monitoring_form_is_the_progress_so_far() -> None:
    found = read_layout("monitoring")
    assert found.kinds == (Kind.MONITORING,)
    first = found.indicators[0]
    assert (first.prior.text.text, first.actual.text.text) == ("", "180人次")


def test_the_project_column_of_a_list_opens_a_project() -> None:
    found = read_layout("projects-with-indicators")
    assert {i.project for i in found.indicators} == {"普法宣传经费"}
    (project,) = found.projects
    assert (project.name, project.goal.text) == ("普法宣传经费", "开展普法活动")


def test_a_block_cut_by_a_page_keeps_project_and_grade() -> None:
    found = read_layout("cut-by-pages")
    assert {i.project for i in found.indicators} == {"公共法律服务经费"}
    assert [g.label.text for g in found.grades] == ["优"]
    assert [(t.scope, str(t.figure.value)) for t in found.totals] == [("公共法律服务经费", "93")]


def test_fields_goals_and_the_line_of_the_filler() -> None:
    found = read_layout("national-self-evaluation")
    (project,) = found.projects
    assert (project.department.text, project.unit.text) == ("云州市衡山区信访局", "衡山区信访局")
    assert project.goal_actual.text == "办理1236件次，培训4期。"
    assert (found.filler.text, found.filed_on.text, found.phone.text) == ("李明", "2024年3月1日", "0731-12345678")


def test_the_weights_of_split_heads_belong_to_their_levels() -> None:
    found = read_layout("heads-with-points")
    weights = [(s.level, s.name_std, str(s.weight and s.weight.value)) for s in found.subtotals]
    assert weights[:3] == [(1, "投入", "20"), (2, "目标设定", "8"), (2, "预算配置", "12")]
    assert [str(t.figure.value) for t in found.totals] == ["96"]


def test_a_total_of_two_points_is_a_total() -> None:
    found = read_layout("points-in-one-cell")
    assert [(t.scope, str(t.figure.value)) for t in found.totals] == [("高标准农田建设", "99.48")]


def test_a_table_of_levels_gives_their_points_and_the_total() -> None:
    found = read_layout("level-scores")
    assert found.indicators == ()
    assert [(s.name_std, str(s.score and s.score.value)) for s in found.subtotals] == [
        ("当年预算执行情况", "19.5"), ("整体绩效目标实现情况", "54"), ("预算管理情况", "18"),
    ]  # fmt: skip
    assert [str(t.figure.value) for t in found.totals] == ["91.5"]


def test_amounts_under_the_head_指标_are_no_indicators() -> None:
    table = """
    | 指标 | 年初预算 | 调整预算 | 决算数 | 预算执行率 | 分值 | 得分 |
    | 部门预算总额 | 126.00 | 131.50 | 129.74 | 98.66% | 10 | 9.87 |
    """
    assert read_tables(build_document(table)).indicators == ()


def test_a_budget_summed_in_a_list_of_projects_is_no_score() -> None:
    table = """
    | 项目名称 | 预算金额（万元） | 一级指标 | 二级指标 | 三级指标 | 目标值 |
    | 护林员补助 | 94.00 | 产出指标 | 数量指标 | 护林员人数 | ≥86人 |
    | 合计 | 94.00 | | | | |
    """
    found = read_tables(build_document(table))
    assert found.totals == ()
    assert [(f.scope, str(f.figure.value), f.figure.unit) for f in found.facts] == [
        ("护林员补助", "94.00", "万元"), ("", "94.00", "万元"),
    ]  # fmt: skip


def test_empty_lines_of_a_form_are_no_indicators() -> None:
    table = """
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 指标1 | | | | |
    | | 质量指标 | | | | | |
    | | 时效指标 | 办理及时率 | ≥95% | | 10 | |
    | 效益指标 | 经济效益指标 | 无 | / | / | | |
    """
    assert [i.name for i in read_tables(build_document(table)).indicators] == ["办理及时率"]


def test_forms_under_plain_lines_belong_to_the_projects_that_these_name() -> None:
    form = "| 一级指标 | 二级指标 | 三级指标 | 预期指标值 | 实际完成指标值 |\n| 完成指标 | 数量指标 | 巡查次数 | ≥4次 | 5次 |\n"
    found = read_tables(build_document(f"2023年项目绩效目标自评\n河道巡查费\n{form}\n堤防维护费\n{form}\n"))
    assert [i.project for i in found.indicators] == ["河道巡查费", "堤防维护费"]
    assert {i.level1_std for i in found.indicators} == {"产出指标"}
