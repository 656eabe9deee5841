"""Hypothesis strategies that build consistent reports: every sum adds up, every score follows from its figures.

``project_self_evaluations()``, ``sichuan_self_evaluations()``, ``project_targets()``, ``overall_self_evaluations()``
and ``base_data()`` each give a ``Report`` that an official form can show whole and that no rule finds wrong.
Units, places and people are fictional. Free texts hold no digits, so that a report has no figure but its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from hypothesis import strategies as st

from hengjian.core.figures import Figure, figure, plain, round_half_up
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

PLACES = ("云州市衡山区", "云州市青石县", "望江市南屏区", "望江市")
BUREAUS = ("信访局", "民政局", "文化和旅游局", "农业农村局", "水利局", "档案馆", "红十字会")
PROJECTS = (
    "群众来信办理",
    "信息系统运行维护",
    "业务培训",
    "社区服务站建设",
    "河道巡查",
    "档案数字化",
    "图书流动服务",
)
SUFFIXES = ("专项", "项目", "经费", "工作经费")
GOALS = (
    "及时办理群众反映的事项", "提高服务质量", "健全工作制度", "保障系统稳定运行", "做好宣传引导", "加强队伍建设",
)  # fmt: skip
RESULTS = ("各项工作按计划推进", "制度逐项落实到位", "服务质量稳步提升", "系统运行平稳")
REASONS = (
    "受汛期影响部分工作顺延，已调整计划逐项补做。",
    "协办单位资料提交较晚，已建立联络机制。",
    "参加人数少于预计，下一年度提前通知。",
)
THRIFT = ("严格执行公务接待和公车管理规定。", "推行线上会议，压缩纸质文件印制。")


@dataclass(frozen=True)
class Kindred:
    """A kind of indicator: where it stands, what it is called, its unit and the range of its target."""

    level1: str
    level2: str
    name: str
    unit: str
    low: int
    high: int


KINDRED = (
    Kindred("产出指标", "数量指标", "办理群众来信数量", "件", 50, 900),
    Kindred("产出指标", "数量指标", "业务培训场次", "场", 10, 60),
    Kindred("产出指标", "数量指标", "巡查河道长度", "公里", 20, 400),
    Kindred("产出指标", "数量指标", "整理档案数量", "卷", 100, 5000),
    Kindred("产出指标", "质量指标", "来信答复规范率", "%", 80, 97),
    Kindred("产出指标", "质量指标", "培训考核合格率", "%", 80, 97),
    Kindred("产出指标", "质量指标", "档案著录准确率", "%", 80, 97),
    Kindred("产出指标", "时效指标", "来信按期办结率", "%", 80, 97),
    Kindred("产出指标", "时效指标", "故障及时处置率", "%", 80, 97),
    Kindred("效益指标", "社会效益指标", "公共服务覆盖社区比例", "%", 50, 90),
    Kindred("效益指标", "可持续影响指标", "志愿者年度留任率", "%", 50, 90),
    Kindred("满意度指标", "服务对象满意度指标", "办事群众满意率", "%", 80, 95),
)
OUTPUTS = tuple(k for k in KINDRED if k.level1 == "产出指标")
QUALITATIVE = (
    ("效益指标", "社会效益指标", "居民环境保护意识", "有所提高"),
    ("效益指标", "可持续影响指标", "部门会商制度", "健全"),
)


def amounts(low: int = 1, high: int = 500_000) -> st.SearchStrategy[Decimal]:
    """Amounts in 万元 with two decimals."""
    return st.integers(low, high).map(lambda cents: Decimal(cents).scaleb(-2))


def money(value: Decimal, unit: str = "万元") -> Figure:
    return figure(f"{value:.2f}", unit)


def names() -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(PROJECTS), st.sampled_from(SUFFIXES)).map("".join)


def units() -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(PLACES), st.sampled_from(BUREAUS)).map("".join)


def sentences(pool: tuple[str, ...]) -> st.SearchStrategy[Text]:
    """One to three lines of free text."""
    return st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True).map(
        lambda lines: Text("\n".join(f"{line.rstrip('。')}。" for line in lines))
    )


@st.composite
def funds(
    draw: st.DrawFn, scope: str = "", *, points: bool = True, own_stage: bool = True
) -> tuple[Fact, ...]:
    """A funds block that adds up: total = fiscal + carry-over + other, at three stages, with rate and score."""
    budget = [draw(amounts(100)), draw(amounts(0, 50_000)), draw(amounts(0, 50_000))]
    spent = [round_half_up(part * draw(st.integers(96, 100)) / 100) for part in budget]
    initial = [round_half_up(budget[0] * draw(st.integers(85, 100)) / 100), budget[1], budget[2]]
    stages = ((Stage.INITIAL, initial), (Stage.BUDGET, budget), (Stage.EXECUTED, spent))
    keys = {"funds.fiscal": "当年财政拨款", "funds.carryover": "上年结转资金", "funds.other": "其他资金"}
    total = [
        Fact("funds.total", "年度资金总额", money(sum(p, Decimal(0))), stage, scope=scope)
        for stage, p in stages
    ]
    rate = round_half_up(sum(spent, Decimal(0)) * 100 / sum(budget, Decimal(0)))
    lines = [
        Fact(key, label, money(parts[index]), stage, scope=scope)
        for index, (key, label) in enumerate(keys.items())
        for stage, parts in stages
    ]
    return (*total, *_execution(rate, scope), *lines)


def _execution(rate: Decimal, scope: str) -> list[Fact]:
    score = min(Decimal(10), round_half_up(rate / 10))
    return [
        Fact("execution.weight", "分值", figure("10", "分"), scope=scope),
        Fact("execution.rate", "执行率", figure(f"{rate:.2f}", "%"), scope=scope),
        Fact("execution.score", "得分", figure(f"{score:.2f}", "分"), scope=scope),
    ]


@st.composite
def weights(draw: st.DrawFn, count: int, total: int) -> list[int]:
    """``count`` whole weights of at least 3 that add to ``total``."""
    free = total - 3 * count
    cuts = sorted(draw(st.lists(st.integers(0, free), min_size=count - 1, max_size=count - 1)))
    edges = [0, *cuts, free]
    return [3 + high - low for low, high in pairwise(edges)]


@st.composite
def indicators(draw: st.DrawFn, scope: str = "", *, scored: bool = True) -> tuple[Indicator, ...]:
    """Indicators in the order of the forms; with ``scored`` the weights add to 90 and the scores follow §4.

    Targets are missed, by a little and with a reason, only where there is a column for the reason.
    """
    outputs = draw(st.lists(st.sampled_from(OUTPUTS), min_size=1, max_size=5, unique=True))
    chosen = [k for k in KINDRED if k in outputs or k.level2 in ("社会效益指标", "服务对象满意度指标")]
    points = draw(weights(len(chosen) + 1, 90)) if scored else [None] * (len(chosen) + 1)
    rows = [
        draw(_row(kind, weight, scope, missed=scored)) for kind, weight in zip(chosen, points, strict=False)
    ]
    level1, level2, name, word = draw(st.sampled_from(QUALITATIVE))
    weight = figure(str(points[-1]), "分") if points[-1] else None
    rows.append(
        Indicator(
            Text(name),
            level1,
            level1,
            level2,
            level2,
            scope,
            target=Target(Operator.QUALITATIVE, Text(word)),
            actual=Actual(Text(word)),
            weight=weight,
            score=weight,
        )
    )
    order = [k.level1 for k in KINDRED]
    seconds = ["数量指标", "质量指标", "时效指标", "社会效益指标", "可持续影响指标", "服务对象满意度指标"]
    return tuple(sorted(rows, key=lambda i: (order.index(i.level1), seconds.index(i.level2))))


@st.composite
def _row(draw: st.DrawFn, kind: Kindred, weight: int | None, scope: str, *, missed: bool) -> Indicator:
    aim = Decimal(draw(st.integers(kind.low, kind.high)))
    met = not missed or draw(st.integers(0, 3)) > 0
    top = min(Decimal(100), aim + 3) if kind.unit == "%" else aim * Decimal("1.2")
    value = (
        draw(st.integers(int(aim), int(top)))
        if met
        else draw(st.integers(int(aim * Decimal("0.95")), int(aim) - 1))
    )
    actual = Decimal(value)
    if kind.unit == "%" and value < 99:
        actual += (
            Decimal(draw(st.integers(0, 99))).scaleb(-2)
            if met
            else Decimal(draw(st.integers(0, 9))).scaleb(-1)
        )
    sign = Text(f"≥{aim}{kind.unit}")
    score = None if weight is None else Decimal(weight) if met else round_half_up(weight * actual / aim)
    return Indicator(
        Text(kind.name), kind.level1, kind.level1, kind.level2, kind.level2, scope,
        target=Target(Operator.AT_LEAST, sign, figure(str(aim), kind.unit)),
        actual=Actual(Text(f"{plain(actual)}{kind.unit}"), figure(plain(actual), kind.unit)),
        weight=None if weight is None else figure(str(weight), "分"),
        score=None if score is None else figure(plain(score), "分"),
        reason=Text("" if met else draw(st.sampled_from(REASONS))),
    )  # fmt: skip


def total_of(facts: tuple[Fact, ...], rows: tuple[Indicator, ...], scope: str) -> Total:
    """The stated total: execution points and all scores."""
    execution = next(f.value for f in facts if f.key == "execution.score")
    total = execution + sum((i.score.value for i in rows if i.score), Decimal(0))
    return Total(figure(f"{total:.2f}", "分"), scope, figure("100", "分"))


def _filed(year: int) -> Text:
    return Text(f"{year + 1}年3月18日")


@st.composite
def project_self_evaluations(draw: st.DrawFn) -> Report:
    """For F3: one project, scored."""
    name, unit, year = draw(names()), draw(units()), draw(st.integers(2019, 2026))
    facts = draw(funds(name))
    rows = draw(indicators(name))
    project = Project(
        name,
        department=Text(unit),
        unit=Text(unit),
        goal=draw(sentences(GOALS)),
        goal_actual=draw(sentences(RESULTS)),
    )
    return Report(
        kind=Kind.PROJECT_SELF_EVALUATION, year=year, facts=facts, projects=(project,), indicators=rows,
        totals=(total_of(facts, rows, name),), filler=Text("填表员甲"), phone=Text("0000-1234567"), filed_on=_filed(year),
    )  # fmt: skip


@st.composite
def sichuan_self_evaluations(draw: st.DrawFn) -> Report:
    """For F3b: two or three projects, no scores."""
    chosen = draw(st.lists(names(), min_size=2, max_size=3, unique=True))
    unit, year = draw(units()), draw(st.integers(2019, 2026))
    return Report(
        kind=Kind.PROJECT_SELF_EVALUATION,
        year=year,
        facts=tuple(f for name in chosen for f in draw(_sichuan_funds(name))),
        projects=tuple(
            Project(
                name, department=Text(unit), unit=Text(unit), goal=draw(sentences(GOALS)),
                goal_actual=draw(sentences(RESULTS)),
            )
            for name in chosen
        ),
        indicators=tuple(i for name in chosen for i in _sichuan_rows(draw(indicators(name, scored=False)))),
    )  # fmt: skip


@st.composite
def _sichuan_funds(draw: st.DrawFn, scope: str) -> list[Fact]:
    fiscal, other = draw(amounts(100)), draw(amounts(0, 5_000))
    share = draw(st.integers(90, 100))
    spent, more = round_half_up(fiscal * share / 100), other
    pairs = (("funds.total", "预算数", fiscal + other, spent + more), ("funds.fiscal", "财政拨款", fiscal, spent),
             ("funds.other", "其他资金", other, more))  # fmt: skip
    return [
        Fact(key, label, money(value), stage, scope=scope)
        for key, label, budget, executed in pairs
        for stage, value in ((Stage.BUDGET, budget), (Stage.EXECUTED, executed))
    ]


def _sichuan_rows(rows: tuple[Indicator, ...]) -> list[Indicator]:
    old1, old2 = {"产出指标": "完成指标"}, {"服务对象满意度指标": "满意度指标"}
    return [
        replace(i, level1=old1.get(i.level1, i.level1), level2=old2.get(i.level2, i.level2), reason=Text())
        for i in rows
    ]


@st.composite
def project_targets(draw: st.DrawFn) -> Report:
    """For F1: one to three projects in 元, a rising plan, targets with their basis."""
    chosen = draw(st.lists(names(), min_size=1, max_size=3, unique=True))
    facts: list[Fact] = []
    projects: list[Project] = []
    rows: list[Indicator] = []
    for number, name in enumerate(chosen, 10):
        facts += draw(_target_facts(name))
        code = Text(f"99010626100000000A0{number}X")
        projects.append(Project(name, code=code, purpose=draw(sentences(GOALS)), goal=draw(sentences(GOALS))))
        rows += [_as_target(i) for i in draw(indicators(name, scored=False)) if i.target.is_numeric]
    return Report(
        kind=Kind.PROJECT_TARGETS, unit_name=Text(draw(units())), year=2026, facts=tuple(facts), projects=tuple(projects),
        indicators=tuple(rows),
    )  # fmt: skip


def _as_target(row: Indicator) -> Indicator:
    return replace(
        row,
        actual=Actual(),
        reason=Text(),
        description=Text(f"反映{row.project}中{row.level3.text}的情况"),
        basis=Text("上年工作总结"),
    )


@st.composite
def _target_facts(draw: st.DrawFn, scope: str) -> list[Fact]:
    fiscal, other = (
        draw(amounts(100_000, 90_000_000)),
        draw(st.sampled_from((Decimal("0.00"), Decimal("20000.00")))),
    )
    steps = sorted(draw(st.lists(st.integers(5, 95), min_size=3, max_size=3, unique=True)))
    steps[-1] = max(steps[-1], 80)
    plan = zip(("3月底", "6月底", "10月底"), steps, strict=True)
    return [
        Fact("funds.total", "预算数", money(fiscal + other, "元"), Stage.BUDGET, scope=scope),
        Fact("funds.fiscal", "财政资金", money(fiscal, "元"), scope=scope, stage=Stage.BUDGET),
        Fact("funds.other", "其他资金", money(other, "元"), scope=scope, stage=Stage.BUDGET),
        *(Fact("plan.percent", label, figure(f"{step}.00", "%"), scope=scope) for label, step in plan),
    ]


@st.composite
def overall_self_evaluations(draw: st.DrawFn) -> Report:
    """For F4: the unit as a whole, scored; composition equals the executed total."""
    facts, rows = draw(funds()), draw(indicators())
    year = draw(st.integers(2019, 2026))
    kept = tuple(f for f in facts if f.key == "funds.total" or f.key.startswith("execution."))
    executed = next(f.value for f in kept if f.stage is Stage.EXECUTED)
    project = round_half_up(executed * draw(st.integers(0, 45)) / 100)
    composition = {
        "income.general": executed, "expenditure.basic": executed - project, "income.fund": Decimal(0),
        "expenditure.project": project, "income.special_account": Decimal(0), "income.other": Decimal(0),
    }  # fmt: skip
    return Report(
        kind=Kind.OVERALL_SELF_EVALUATION,
        unit_name=Text(draw(units())),
        year=year,
        facts=(*kept, *(Fact(key, key, money(value)) for key, value in composition.items())),
        indicators=rows,
        goal=draw(sentences(GOALS)),
        goal_actual=draw(sentences(RESULTS)),
        totals=(total_of(facts, rows, ""),),
        filler=Text("填表员甲"),
        phone=Text("0000-1234567"),
        filed_on=_filed(year),
    )


@st.composite
def base_data(draw: st.DrawFn) -> Report:
    """For F5: staff, and three columns of amounts whose parts add up."""
    year, posts = draw(st.integers(2019, 2026)), draw(st.integers(5, 90))
    present = draw(st.integers(max(1, posts - 5), posts))
    budget = draw(_base_column())
    columns = [draw(_near(budget, 101, 115)), budget, draw(_near(budget, 90, 100))]
    stages = ((Stage.EXECUTED, year - 1), (Stage.BUDGET, year), (Stage.EXECUTED, year))
    rate = round_half_up(Decimal(present * 100) / posts)
    facts = [
        Fact("staff.authorised", "编制数", figure(posts, "人")),
        Fact("staff.actual", "实际在职人数", figure(present, "人"), year=year),
        Fact("staff.control_rate", "控制率", figure(f"{rate:.2f}", "%")),
        *(
            Fact(key, key, money(column[key]), stage, in_year)
            for key in columns[0]
            for column, (stage, in_year) in zip(columns, stages, strict=True)
        ),
    ]
    return Report(
        kind=Kind.BASE_DATA, unit_name=Text(draw(units())), year=year, facts=tuple(facts),
        thrift_measures=draw(sentences(THRIFT)), filler=Text("填表员甲"), phone=Text("0000-1234567"), filed_on=_filed(year),
    )  # fmt: skip


@st.composite
def _base_column(draw: st.DrawFn) -> dict[str, Decimal]:
    """One year's amounts in the order of the sheet."""
    buy, run, abroad, reception = (draw(amounts(0, 2_000)) for _ in range(4))
    business, operation, special, development = (draw(amounts(0, 20_000)) for _ in range(4))
    office, utilities, meeting = (draw(amounts(0, 5_000)) for _ in range(3))
    other = draw(amounts(0, 5_000))
    parts = (
        buy,
        run,
        abroad,
        reception,
        business,
        operation,
        special,
        development,
        office,
        utilities,
        meeting,
        other,
    )
    return _base_sums(*parts) | {"procurement.total": draw(amounts(0, 20_000))}


@st.composite
def _near(draw: st.DrawFn, budget: dict[str, Decimal], low: int, high: int) -> dict[str, Decimal]:
    """A year's accounts, every line between ``low`` and ``high`` percent of a budget."""
    leaves = [round_half_up(budget[key] * draw(st.integers(low, high)) / 100) for key in LEAVES]
    rest = budget["expenditure.public"] - sum((budget[k] for k in LEAVES[8:]), Decimal(0))
    return _base_sums(*leaves, rest) | {"procurement.total": budget["procurement.total"]}


LEAVES = (
    "three_public.vehicle_purchase", "three_public.vehicle_running", "three_public.abroad", "three_public.reception",
    "project.business", "project.operation", "project.special", "project.development", "public.office",
    "public.utilities_travel", "public.meeting_training",
)  # fmt: skip


def _base_sums(*parts: Decimal) -> dict[str, Decimal]:
    """The lines of the sheet in its order, from the amounts of ``LEAVES`` and the other public funds."""
    leaf = dict(zip(LEAVES, parts, strict=False))
    zero = Decimal(0)
    vehicle = leaf[LEAVES[0]] + leaf[LEAVES[1]]
    sums = {
        "three_public.total": sum((leaf[k] for k in LEAVES[:4]), zero),
        "three_public.vehicle": vehicle,
        "expenditure.project": sum((leaf[k] for k in LEAVES[4:8]), zero),
        "expenditure.public": sum((leaf[k] for k in LEAVES[8:]), zero) + parts[-1],
    }
    order = [
        "three_public.total", "three_public.vehicle", *LEAVES[:4], "expenditure.project", *LEAVES[4:8],
        "expenditure.public", *LEAVES[8:],
    ]  # fmt: skip
    return {key: (sums | leaf)[key] for key in order}


hostile = st.text(
    st.one_of(
        st.sampled_from("=+-@'\"<>&#$*_`\\{}[]|%;,\t\n\r\x00\x0b\ufffe 　\u200b\u202e‘’😀䶮㛃𬱖𫖮𠅤"),
        st.characters(blacklist_categories=("Cs",)),
    ),
    max_size=40,
)  # fmt: skip
"""Text that would like to be a formula, markup or code."""
