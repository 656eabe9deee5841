"""Consistent fictional reports, one of every kind: the same people and places in every test of the forms."""

from __future__ import annotations

from hengjian.core.figures import figure
from hengjian.core.report import (
    Actual,
    Fact,
    Indicator,
    Kind,
    Operator,
    Project,
    Report,
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
            reached("97.8", "%"),
            ("10", "9.88"),
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
    results = "1.全年接待群众来访341批次，按期办结率97.8%。\n2.领导接访制度健全。\n3.群众满意率92.35%。"
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
        totals=(Total(figure("98.63", "分"), PROJECT, figure("100", "分")),),
        filler=Text("填表员甲"),
        phone=Text("0000-1234567"),
        filed_on=Text("2026年3月20日"),
    )
