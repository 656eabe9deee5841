"""Consistent fictional reports, one of every kind: the same people and places in every test of the forms."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hengjian.core.figures import figure
from hengjian.core.report import (
    Actual,
    Band,
    Fact,
    Grade,
    Indicator,
    Kind,
    Operator,
    Project,
    Report,
    Section,
    Stage,
    Target,
    Text,
    Total,
)

UNIT = "云州市衡山区信访局"
PROJECT = "群众来信办理专项"
YEAR = 2025
LEVELS = (Stage.INITIAL, Stage.BUDGET, Stage.EXECUTED)


def money(key: str, label: str, amounts: tuple[str, ...], scope: str = "", unit: str = "万元") -> list[Fact]:
    """One line of a funds block: 年初, 全年, 执行."""
    pairs = zip(amounts, LEVELS, strict=True)
    return [Fact(key, label, figure(amount, unit), stage, YEAR, scope) for amount, stage in pairs]


def execution(rate: str, score: str, scope: str = "") -> list[Fact]:
    return [
        Fact("execution.weight", "分值", figure("10", "分"), scope=scope, year=YEAR),
        Fact("execution.rate", "执行率", figure(rate, "%"), scope=scope, year=YEAR),
        Fact("execution.score", "得分", figure(score, "分"), scope=scope, year=YEAR),
    ]


def row(
    levels: tuple[str, str], name: str, target: Target, actual: Actual, points: tuple[str, str] | None = None,
    reason: str = "", scope: str = "",
) -> Indicator:  # fmt: skip
    weight, score = (figure(p, "分") for p in points) if points else (None, None)
    return Indicator(
        Text(name), levels[0], levels[0], levels[1], levels[1], scope, target=target, actual=actual,
        weight=weight, score=score, reason=Text(reason),
    )  # fmt: skip


def at_least(value: str, unit: str) -> Target:
    return Target(Operator.AT_LEAST, Text(f"≥{value}{unit}"), figure(value, unit))


def at_most(value: str, unit: str) -> Target:
    return Target(Operator.AT_MOST, Text(f"≤{value}{unit}"), figure(value, unit))


def words(text: str) -> Target:
    return Target(Operator.QUALITATIVE, Text(text))


def reached(value: str, unit: str) -> Actual:
    return Actual(Text(f"{value}{unit}"), figure(value, unit))


def _project_rows() -> tuple[Indicator, ...]:
    reason = "个别事项涉及多部门会商，办理时间较长；已建立联办台账，逐件督办。"
    rows = (
        (
            ("产出指标", "数量指标"),
            "接待群众来访批次",
            at_least("320", "批次"),
            reached("341", "批次"),
            ("10", "10"),
        ),
        (("产出指标", "数量指标"), "业务培训场次", at_least("4", "场"), reached("4", "场"), ("10", "10")),
        (
            ("产出指标", "质量指标"),
            "初次信访事项一次性化解率",
            at_least("95", "%"),
            reached("96.2", "%"),
            ("10", "10"),
        ),
        (
            ("产出指标", "时效指标"),
            "信访事项按期办结率",
            at_least("99", "%"),
            reached("98.6", "%"),
            ("10", "9.96"),
        ),
        (
            ("产出指标", "成本指标"),
            "项目总成本",
            at_most("135.50", "万元"),
            reached("132.08", "万元"),
            ("10", "10"),
        ),
        (
            ("效益指标", "社会效益指标"),
            "群众依法反映诉求意识",
            words("明显提高"),
            Actual(Text("明显提高")),
            ("15", "14"),
        ),
        (("效益指标", "可持续影响指标"), "联席会议制度", words("健全"), Actual(Text("健全")), ("15", "15")),
        (
            ("满意度指标", "服务对象满意度指标"),
            "来访群众满意率",
            at_least("90", "%"),
            reached("92.35", "%"),
            ("10", "10"),
        ),
    )
    return tuple(
        row(levels, name, target, actual, points, reason if points[0] != points[1] else "", PROJECT)
        for levels, name, target, actual, points in rows
    )


def project_self_evaluation() -> Report:
    """F3: one project, funds that add up, scores that add up."""
    goals = (
        "1.及时受理、按期办结群众来信来访事项。\n2.健全领导接访制度，推动疑难事项化解。\n3.提高群众满意率。"
    )
    results = "1.全年接待群众来访341批次，按期办结率98.6%。\n2.领导接访制度健全。\n3.群众满意率92.35%。"
    return Report(
        kind=Kind.PROJECT_SELF_EVALUATION,
        unit_name=Text("衡山区人民来访接待中心"),
        year=YEAR,
        facts=(
            *money("funds.total", "年度资金总额", ("120.00", "135.50", "132.08"), PROJECT),
            *execution("97.48", "9.75", PROJECT),
            *money("funds.fiscal", "当年财政拨款", ("120.00", "120.00", "116.58"), PROJECT),
            *money("funds.carryover", "上年结转资金", ("0.00", "15.50", "15.50"), PROJECT),
            *money("funds.other", "其他资金", ("0.00", "0.00", "0.00"), PROJECT),
        ),
        projects=(
            Project(
                PROJECT,
                department=Text(UNIT),
                unit=Text("衡山区人民来访接待中心"),
                goal=Text(goals),
                goal_actual=Text(results),
            ),
        ),
        indicators=_project_rows(),
        totals=(Total(figure("98.71", "分"), PROJECT, figure("100", "分")),),
        filler=Text("填表员甲"),
        phone=Text("0000-1234567"),
        filed_on=Text("2026年3月20日"),
    )


def project_self_evaluation_sichuan() -> Report:
    """F3b: two projects on two forms, without weights and scores."""
    names = (PROJECT, "接访场所运行维护")
    return Report(
        kind=Kind.PROJECT_SELF_EVALUATION,
        unit_name=Text(UNIT),
        year=YEAR,
        facts=tuple(
            fact
            for name, amounts in zip(names, (("60.00", "60.00"), ("24.50", "23.90")), strict=True)
            for fact in (
                Fact("funds.total", "预算数", figure(amounts[0], "万元"), Stage.BUDGET, YEAR, name),
                Fact("funds.total", "执行数", figure(amounts[1], "万元"), Stage.EXECUTED, YEAR, name),
                Fact("funds.fiscal", "财政拨款", figure(amounts[0], "万元"), Stage.BUDGET, YEAR, name),
                Fact("funds.fiscal", "财政拨款", figure(amounts[1], "万元"), Stage.EXECUTED, YEAR, name),
                Fact("funds.other", "其他资金", figure("0", "万元"), Stage.BUDGET, YEAR, name),
                Fact("funds.other", "其他资金", figure("0", "万元"), Stage.EXECUTED, YEAR, name),
            )
        ),
        projects=tuple(
            Project(
                name,
                department=Text(UNIT),
                unit=Text(UNIT),
                goal=Text("保障来访接待工作全年正常开展。"),
                goal_actual=Text("来访接待工作全年正常开展，场所安全无事故。"),
            )
            for name in names
        ),
        indicators=tuple(indicator for name in names for indicator in _sichuan_rows(name)),
    )


STANDARD = {"满意度指标": "服务对象满意度指标"}


def _sichuan_rows(scope: str) -> list[Indicator]:
    rows = (
        (("完成指标", "数量指标"), "接待场所数量", at_least("2", "处"), reached("2", "处")),
        (("完成指标", "质量指标"), "设备完好率", at_least("98", "%"), reached("98.5", "%")),
        (("效益指标", "社会效益指标"), "来访秩序", words("平稳有序"), Actual(Text("平稳有序"))),
        (("满意度指标", "满意度指标"), "来访群众满意率", at_least("90", "%"), reached("93", "%")),
    )
    return [
        replace(
            row(levels, name, target, actual, scope=scope),
            level1_std=levels[0].replace("完成", "产出"),
            level2_std=STANDARD.get(levels[1], levels[1]),
        )
        for levels, name, target, actual in rows
    ]


def project_targets() -> Report:
    """F1: two projects, amounts in 元, a spending plan by dates, no actuals."""
    names = {"信访业务经费": "650000.00", "信息系统运行维护": "86400.00"}
    facts: list[Fact] = []
    for name, amount in names.items():
        facts += [
            Fact("funds.total", "预算数", figure(amount, "元"), Stage.BUDGET, 2026, name),
            Fact("funds.fiscal", "财政资金", figure(amount, "元"), Stage.BUDGET, 2026, name),
            Fact("funds.other", "其他资金", figure("0", "元"), Stage.BUDGET, 2026, name),
        ]
        plan = {"3": "25.00", "6": "50.00", "10": "80.00"}
        facts += [
            Fact("plan.percent", f"{m}月底", figure(p, "%"), year=2026, scope=name) for m, p in plan.items()
        ]
    return Report(
        kind=Kind.PROJECT_TARGETS,
        unit_name=Text(UNIT),
        year=2026,
        facts=tuple(facts),
        projects=tuple(
            Project(
                name,
                code=Text(f"99010626100000000A0{number}X"),
                purpose=Text("用于全年群众来信来访办理、业务培训和宣传资料印制"),
                goal=Text("1.及时受理和办理群众反映的事项 2.提高按期办结率 3.提高群众满意率"),
            )
            for number, name in enumerate(names, 10)
        ),
        indicators=tuple(indicator for name in names for indicator in _target_rows(name)),
    )


def _target_rows(scope: str) -> list[Indicator]:
    rows = (
        (("产出指标", "数量指标"), "业务培训场次", "全年举办的业务培训", at_least("4", "场"), "年度培训计划"),
        (("产出指标", "数量指标"), "宣传活动场次", "进社区宣传的次数", at_least("2", "场"), "年度工作计划"),
        (
            ("产出指标", "质量指标"),
            "一次性化解率",
            "初次事项一次办成的比例",
            at_least("95", "%"),
            "上年实际水平",
        ),
        (
            ("产出指标", "时效指标"),
            "按期办结率",
            "在规定期限内办结的比例",
            at_least("99", "%"),
            "信访工作条例",
        ),
        (
            ("产出指标", "成本指标"),
            "单次培训成本",
            "每场培训的平均支出",
            at_most("20000", "元"),
            "培训费管理办法",
        ),
        (
            ("效益指标", "社会效益指标"),
            "群众评价参评率",
            "办结事项中参加评价的比例",
            at_least("85", "%"),
            "上年实际水平",
        ),
        (
            ("满意度指标", "服务对象满意度指标"),
            "信访群众满意率",
            "参评群众中满意的比例",
            at_least("90", "%"),
            "上年实际水平",
        ),
    )
    return [
        replace(
            row(levels, name, target, Actual(), scope=scope), description=Text(description), basis=Text(basis)
        )
        for levels, name, description, target, basis in rows
    ]


def overall_self_evaluation() -> Report:
    """F4: the whole unit, income and expenditure that agree, scores that add up."""
    levels = (
        (("产出指标", "数量指标"), "办理信访事项", at_least("500", "件"), reached("560", "件"), ("15", "15")),
        (("产出指标", "质量指标"), "一次性化解率", at_least("95", "%"), reached("96.2", "%"), ("15", "15")),
        (("产出指标", "时效指标"), "按期办结率", at_least("99", "%"), reached("99.6", "%"), ("20", "20")),
        (
            ("效益指标", "社会效益指标"),
            "群众依法反映诉求意识",
            words("明显提高"),
            Actual(Text("明显提高")),
            ("20", "19"),
        ),
        (
            ("满意度指标", "服务对象满意度指标"),
            "信访群众满意率",
            at_least("90", "%"),
            reached("92.35", "%"),
            ("10", "10"),
        ),
        (
            ("成本指标", "经济成本指标"),
            "部门支出总额",
            at_most("512.40", "万元"),
            reached("508.16", "万元"),
            ("10", "10"),
        ),
    )
    reason = "部分社区宣传覆盖不足，下一年度增加宣传场次。"
    return Report(
        kind=Kind.OVERALL_SELF_EVALUATION,
        unit_name=Text(UNIT),
        year=YEAR,
        facts=(
            *money("funds.total", "年度资金总额", ("480.00", "512.40", "508.16")),
            *execution("99.17", "9.92"),
            Fact("income.general", "一般公共预算", figure("512.40", "万元"), year=YEAR),
            Fact("expenditure.basic", "基本支出", figure("412.16", "万元"), year=YEAR),
            Fact("income.fund", "政府性基金拨款", figure("0", "万元"), year=YEAR),
            Fact("expenditure.project", "项目支出", figure("96.00", "万元"), year=YEAR),
            Fact("income.special_account", "纳入专户管理的非税收入拨款", figure("0", "万元"), year=YEAR),
            Fact("income.other", "其他资金", figure("0", "万元"), year=YEAR),
        ),
        indicators=tuple(
            row(level, name, target, actual, points, reason if points[0] != points[1] else "")
            for level, name, target, actual, points in levels
        ),
        goal=Text("1.依法及时就地解决群众合理诉求。\n2.规范接待秩序，提高办理质量。"),
        goal_actual=Text("1.全年办理信访事项560件，按期办结率99.6%。\n2.接待秩序良好。"),
        totals=(Total(figure("98.92", "分"), "", figure("100", "分")),),
        filler=Text("填表员甲"),
        phone=Text("0000-1234567"),
        filed_on=Text("2026年3月20日"),
    )


def base_data() -> Report:
    """F5: staff, the three public expenses, projects, public funds over two years."""
    lines = {
        "three_public.total": ("三公经费", "6.20", "6.00", "5.40"),
        "three_public.vehicle": ("公务用车购置和维护经费", "4.00", "4.00", "3.80"),
        "three_public.vehicle_purchase": ("公车购置", "0.00", "0.00", "0.00"),
        "three_public.vehicle_running": ("公车运行维护", "4.00", "4.00", "3.80"),
        "three_public.abroad": ("出国经费", "0.00", "0.00", "0.00"),
        "three_public.reception": ("公务接待", "2.20", "2.00", "1.60"),
        "expenditure.project": ("项目支出", "88.00", "97.00", "96.00"),
        "project.business": ("业务工作经费", "66.00", "75.00", "74.50"),
        "project.operation": ("运行维护经费", "22.00", "22.00", "21.50"),
        "project.special": ("市级专项资金", "0.00", "0.00", "0.00"),
        "project.development": ("其他事业类发展资金", "0.00", "0.00", "0.00"),
        "expenditure.public": ("公用经费", "58.20", "60.00", "57.60"),
        "public.office": ("办公费", "12.00", "12.00", "11.80"),
        "public.utilities_travel": ("水费、电费、差旅费", "18.60", "19.00", "18.20"),
        "public.meeting_training": ("会议费、培训费", "4.80", "5.00", "4.60"),
        "procurement.total": ("政府采购金额", "21.00", "24.00", "23.10"),
    }
    columns = ((Stage.EXECUTED, YEAR - 1), (Stage.BUDGET, YEAR), (Stage.EXECUTED, YEAR))
    facts = [
        Fact(key, label, figure(amount, "万元"), stage, year)
        for key, (label, *amounts) in lines.items()
        for amount, (stage, year) in zip(amounts, columns, strict=True)
    ]
    staff = (
        Fact("staff.authorised", "编制数", figure("18", "人"), year=YEAR),
        Fact("staff.actual", "实际在职人数", figure("17", "人"), year=YEAR),
        Fact("staff.control_rate", "控制率", figure("94.44", "%"), year=YEAR),
    )
    return Report(
        kind=Kind.BASE_DATA,
        unit_name=Text(UNIT),
        year=YEAR,
        facts=(*staff, *facts),
        thrift_measures=Text("严格执行公务接待和公车管理规定，推行线上会议，压缩纸质文件印制。"),
        filler=Text("填表员甲"),
        phone=Text("0000-1234567"),
        filed_on=Text("2026年3月20日"),
    )


def project_self_evaluation_cost() -> Report:
    """F3-2021: as F3, the cost row in a level of its own."""
    report = project_self_evaluation()
    moved = tuple(
        replace(i, level1="成本指标", level1_std="成本指标", level2="经济成本指标", level2_std="经济成本指标")
        if i.level2 == "成本指标"
        else i
        for i in report.indicators
    )
    return replace(report, indicators=moved)


SAMPLES = {
    "F1": project_targets,
    "F3": project_self_evaluation,
    "F3-2021": project_self_evaluation_cost,
    "F3b": project_self_evaluation_sichuan,
    "F4": overall_self_evaluation,
    "F5": base_data,
}
"""One consistent report for every form."""


def _written(role: str, *paragraphs: str) -> Section:
    return Section(Text(role), 1, role=role, paragraphs=tuple(Text(p) for p in paragraphs))


def overall_report() -> Report:
    """F7: the whole unit in words, with the base data sheet and the self-evaluation form attached."""
    form, data = overall_self_evaluation(), base_data()
    more = {
        ("income.total", "收入合计", Stage.EXECUTED): "508.16",
        ("expenditure.total", "支出合计", Stage.EXECUTED): "508.16",
        ("expenditure.basic", "基本支出", Stage.EXECUTED): "412.16",
        ("expenditure.personnel", "人员经费", Stage.EXECUTED): "354.56",
        ("expenditure.function.201", "一般公共服务支出", Stage.EXECUTED): "421.36",
        ("expenditure.function.208", "社会保障和就业支出", Stage.EXECUTED): "42.30",
        ("expenditure.function.210", "卫生健康支出", Stage.EXECUTED): "18.40",
        ("expenditure.function.221", "住房保障支出", Stage.EXECUTED): "26.10",
        ("expenditure.fund", "政府性基金预算支出", Stage.EXECUTED): "0",
    }
    facts = [
        Fact(key, label, figure(value, "万元"), stage, YEAR) for (key, label, stage), value in more.items()
    ]
    return replace(
        form,
        facts=(*facts, *form.facts, *data.facts),
        bands=(
            Band("优", Decimal(90), Decimal(100), high_inclusive=True),
            Band("良", Decimal(80), Decimal(90)),
            Band("中", Decimal(60), Decimal(80)),
            Band("差", None, Decimal(60)),
        ),
        grades=(Grade(Text("优")),),
        thrift_measures=data.thrift_measures,
        problems=Text("部分社区宣传覆盖不足。"),
        measures=Text("增加进社区宣传的场次，由专人跟踪落实。"),
        sections=(
            _written("profile", f"{UNIT}内设办公室、来访接待股、复查复核股，下属单位一个。"),
            _written("organisation", "成立自评工作小组，由分管负责人牵头，对照年初目标逐项核对资料。"),
            _written("disclosure", "自评报告随部门决算一并公开。"),
        ),
    )


def project_report() -> Report:
    """F7: one project in words, with its form attached."""
    report = project_self_evaluation()
    funds = (
        Fact("funds.received", "到位资金", figure("135.50", "万元"), Stage.EXECUTED, YEAR, PROJECT),
        Fact("receipt.rate", "资金到位率", figure("100", "%"), year=YEAR, scope=PROJECT),
    )
    return replace(
        report,
        facts=(*report.facts, *funds),
        grades=(Grade(Text("优"), PROJECT),),
        sections=overall_report().sections,
        problems=Text("联办事项会商时间较长。"),
        measures=Text("建立联办台账，逐件督办。"),
    )


def sichuan_report() -> Report:
    """F7, Sichuan: the unit in words without a total score, its projects on forms of their own."""
    unit, projects = overall_report(), project_self_evaluation_sichuan()
    return replace(
        unit,
        facts=(*unit.facts, *projects.facts),
        projects=projects.projects,
        indicators=projects.indicators,
        totals=(),
        grades=(),
        bands=(),
        thrift_measures=Text(),
    )


SAMPLES |= {
    "F7-overall-hunan": overall_report,
    "F7-overall-hebei": overall_report,
    "F7-overall-sichuan": sichuan_report,
    "F7-project-hunan": project_report,
}
