"""Whether an indicator can bind and stands in its place: L-07 to L-11, L-18 to L-20, L-22 to L-24."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, NotChecked, Outcome, Severity, witness
from hengjian.core.audit.indicators import (
    filled,
    groups_of,
    has_number,
    name_witness,
    note,
    number_of,
    rows,
    same_measure,
    scopes,
    shorten,
    target_of,
    target_witness,
    twin,
)
from hengjian.core.audit.rules.targets.agreement import told_number
from hengjian.core.audit.similarity import normalise, same_name
from hengjian.core.audit.words import any_of, words
from hengjian.core.figures import Figure, plain
from hengjian.core.report import Indicator, Operator

_SOURCE = "财预〔2015〕88号（合理可行、相应匹配）"


@rule(
    "L-07",
    title="不可能的界限",
    english="The bound is impossible",
    severity=Severity.NOTE,
    basis=Basis.ARITHMETIC,
    source="比率的上限为100%",
    bad="群众满意度≥100%；预算执行率≤120%",
    good="预算执行率≤100%",
)
def bound_is_impossible(case: Case) -> Iterator[Outcome]:
    """比率的界限高于100%，或以“≥100%”为下限，都不起作用。"""
    for row in rows(case.report):
        figure = row.target.figure
        if figure is None or figure.unit != "%" or any_of("targets", "unbounded").search(row.name):
            continue
        if figure.value > 100 or (figure.value == 100 and row.target.operator is Operator.AT_LEAST):
            yield note("L-07", "“{name}”的界限{text}不起作用。", target_witness(row), name=shorten(row.name), text=target_of(row.target))


@rule(
    "L-08",
    title="目标低于上年实绩",
    english="The target asks for less than last year's result",
    severity=Severity.NOTE,
    basis=Basis.PRACTICE,
    source=_SOURCE,
    bad="上年培训10次，今年目标≥6次",
    good="上年培训10次，今年目标≥10次",
)
def target_asks_for_no_effort(case: Case) -> Iterator[Outcome]:
    """目标比上年实际低20%以上。需要上年的报告或上年实绩栏。"""
    before = [i for p in case.previous for i in rows(p, named=True)]
    table = [r for r in rows(case.report, named=True) if r.target.operator is Operator.AT_LEAST and r.target.figure]
    if table and not before and not any(r.prior.figure for r in table):
        yield NotChecked("L-08", "上年报告")
    for row in table:
        last = _last_result(row, before)
        if last is not None and row.target.figure is not None and row.target.figure.base_value * 5 < last.base_value * 4:
            yield note(
                "L-08",
                "“{name}”目标{text}，上年已达到{last}。",
                target_witness(row),
                witness("last_year", last),
                name=shorten(row.name),
                text=target_of(row.target),
                last=number_of(last),
            )


def _last_result(row: Indicator, before: list[Indicator]) -> Figure | None:
    other = twin(row, before)
    figure = other.actual.figure if other is not None else row.prior.figure
    return figure if same_measure(figure, row.target.figure) else None


@rule(
    "L-09",
    title="目标过满",
    english="The target is over-ambitious",
    severity=Severity.NOTE,
    basis=Basis.PRACTICE,
    source=_SOURCE,
    bad="群众满意度100%；积案化解率100%",
    good="群众满意度≥90%",
)
def target_is_over_ambitious(case: Case) -> Iterator[Outcome]:
    """满意度、化解率等取决于他人的比率定为100%。"""
    for row in rows(case.report):
        figure = row.target.figure
        full = figure is not None and figure.unit == "%" and figure.value == 100
        if full and row.target.operator is not Operator.AT_MOST and (row.is_satisfaction or "化解率" in row.name):
            yield note("L-09", "“{name}”定为100%，难以如实达到。", target_witness(row), name=shorten(row.name))


@rule(
    "L-10",
    title="数量指标写投入",
    english="A quantity names an input",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source="财预〔2015〕88号（产出指标）",
    bad="保障办公人数；工作经费",
    good="培训场次",
)
def quantity_names_an_input(case: Case) -> Iterator[Outcome]:
    """数量指标名称含经费、资金、支出、保障。"""
    for row in rows(case.report, named=True):
        name = row.level3.compact
        if row.level2_std != "数量指标" or not re.search(r"经费|资金|支出|^(?:保障|保证|确保)", name):
            continue
        if name.startswith(("保障", "保证", "确保")) or not any(name.endswith(w) for w in words("targets")["input_keeps_count"]):
            yield note("L-10", "数量指标“{name}”说的是投入。", name_witness(row), name=shorten(name))


_OWN_WORK = re.compile(r"(?:受理|办结|答复|完成|流转|录入|培训|登记|转送|交办|办理|回复|公开|支付|执行)率")


@rule(
    "L-11",
    title="产出列入效益",
    english="An output stands under benefit",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source="财预〔2015〕88号附件（产出、效益的区分）",
    bad="社会效益指标：信访事项按期办结率",
    good="质量指标：信访事项按期办结率",
)
def output_stands_under_benefit(case: Case) -> Iterator[Outcome]:
    """效益指标的名称是本单位工作的完成率，或与产出指标同名。"""
    for block in scopes(case.report).values():
        outputs = [r for r in block if r.level1_std == "产出指标" and len(normalise(r.name)) >= 4]
        for row in block:
            if row.level1_std != "效益指标" or not filled(row.name):
                continue
            same = next((o for o in outputs if same_name(o.name, row.name)), None)
            if same is not None or _OWN_WORK.search(row.level3.text):
                others = [name_witness(same, "same_indicator")] if same else []
                yield note("L-11", "“{name}”是产出，不是效益。", name_witness(row), *others, name=shorten(row.name))


@rule(
    "L-18",
    title="成本指标没有数",
    english="A cost indicator has no figure",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source="财预〔2021〕101号（成本指标）",
    bad="成本指标有名称，指标值空白或“按规定执行”",
    good="≤300元/人·天",
)
def cost_has_no_figure(case: Case) -> Iterator[Outcome]:
    """经济成本指标应有数；空白的也提示。"""
    for row in rows(case.report, named=True):
        economic = row.is_cost and row.level2_std not in ("社会成本指标", "生态环境成本指标")
        if economic and filled(row.name) and row.target.figure is None and not has_number(row.target.text):
            yield note("L-18", "成本指标“{name}”没有数。", target_witness(row), name=shorten(row.name))


@rule(
    "L-19",
    title="时效指标没有日期",
    english="A timeliness indicator has no date",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source="财预〔2015〕88号附件（时效指标）",
    bad="时效指标：及时保障",
    good="时效指标：12月底前支付；及时受理率≥99%",
)
def timeliness_has_no_date(case: Case) -> Iterator[Outcome]:
    """时效指标应有日期、天数或按期率。"""
    for row in rows(case.report, named=True):
        if row.level2_std == "时效指标" and filled(row.target.text) and not has_number(row.target.text) and not has_number(row.level3):
            yield note("L-19", "时效指标“{name}”没有日期或天数。", target_witness(row), name=shorten(row.name))


_GROUP = re.compile(r"群众|信访人|来访|对象|职工|干部|企业|公众|居民|村民|学员|部门|单位|上级|工作人员|用户|受益|社会|人员|患者|学生|家长|代表|委员|市民|户|者|民|人")
_SURVEY = re.compile(r"问卷|测评|调查|回访|评价|抽样|样本|访谈|系统")


@rule(
    "L-20",
    title="满意度没有对象或调查方式",
    english="Satisfaction without a group or a survey",
    severity=Severity.NOTE,
    basis=Basis.PRACTICE,
    source="财预〔2021〕101号（满意度指标：对象、取值方式）",
    bad="满意度≥95%",
    good="来访群众满意度≥95%（问卷200份）",
)
def satisfaction_has_no_group(case: Case) -> Iterator[Outcome]:
    """满意度应写明谁满意、怎样调查。"""
    for row in rows(case.report, named=True):
        rest = re.sub(r"满意度指标|服务对象满意度指标", "", row.level3.compact)
        told = row.description.text + row.standard.text + row.basis.text
        if row.is_satisfaction and filled(row.target.text) and not _GROUP.search(rest) and not _SURVEY.search(told):
            yield note("L-20", "“{name}”没有写明对象和调查方式。", name_witness(row), name=shorten(row.name))


@rule(
    "L-22",
    title="权重过大或过小",
    english="The weight is too large or too small",
    severity=Severity.NOTE,
    basis=Basis.PRACTICE,
    source=_SOURCE,
    bad="一项三级指标占40分",
    good="三级指标分值在2至30分之间",
)
def weights_are_spread(case: Case) -> Iterator[Outcome]:
    """单个三级指标的分值超过30分或不足2分。"""
    for row in rows(case.report, named=True):
        weight = row.weight
        if weight is not None and weight.value and not Decimal(2) <= weight.value <= Decimal(30):
            yield note("L-22", "“{name}”的分值{weight}分过{size}。", witness("weight", weight), name=shorten(row.name), weight=plain(weight.value), size="大" if weight.value > 30 else "小")


@rule(
    "L-23",
    title="指标重复",
    english="An indicator is repeated",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source="财预〔2015〕88号（指标互不重复）",
    bad="同一表中两行都是“信访事项及时受理率”",
    good="每个指标只列一次",
)
def indicator_is_repeated(case: Case) -> Iterator[Outcome]:
    """同一张表中名称相同（相似度0.9以上）的两行。"""
    for block in scopes(case.report).values():
        named = [r for r in block if len(normalise(r.name)) >= 4 and filled(r.name)]
        for group in groups_of(named, lambda r: normalise(r.level3.text or r.name)):
            for row in group[1:]:
                yield note("L-23", "“{name}”在表中重复。", name_witness(row), name_witness(group[0], "same_indicator"), name=shorten(row.name))


_DOWNWARD = re.compile(r"不超过|不高于|控制在[^，。]{0,10}以内|不大于|不突破|以下")
_UPWARD = re.compile(r"不低于|不少于|以上|至少|不小于")


@rule(
    "L-24",
    title="描述与指标值矛盾",
    english="The description contradicts the target",
    severity=Severity.NOTE,
    basis=Basis.ARITHMETIC,
    source="指标描述与指标值说的是同一目标",
    bad="描述“平均办理时间不超过30天”，指标值≥30天",
    good="指标值≤30天",
)
def description_contradicts(case: Case) -> Iterator[Outcome]:
    """描述的数字或方向与指标值相反。"""
    for row in rows(case.report):
        text, target = row.description.text, row.target
        if target.figure is None or not text:
            continue
        told = told_number(text, target)
        other_way = has_number(text) and (
            (target.operator is Operator.AT_LEAST and _DOWNWARD.search(text) and not _UPWARD.search(text))
            or (target.operator is Operator.AT_MOST and _UPWARD.search(text) and not _DOWNWARD.search(text))
        )
        if (told is not None and told.value != target.figure.value) or other_way:
            yield note("L-24", "“{name}”的描述与指标值{text}矛盾。", target_witness(row), witness("description", row.description), name=shorten(row.name), text=target_of(target))
