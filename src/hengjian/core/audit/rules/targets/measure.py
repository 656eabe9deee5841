"""Whether target and result measure what their type asks for: T-12 to T-18."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Outcome, Severity
from hengjian.core.audit.indicators import (
    actual_witness,
    filled,
    forms,
    found,
    name_witness,
    note,
    number_of,
    rows,
    scopes,
    shorten,
    target_of,
    target_witness,
    wordy,
)
from hengjian.core.audit.words import any_of, words
from hengjian.core.figures import Figure, same_amount
from hengjian.core.report import Indicator, Operator, Report

_RATIO = re.compile(r"率|满意度|比例|比重|占比|覆盖面|知晓度|程度|进度")
_COUNTS = frozenset(["人", "件", "起", "次", "场次", "场", "个", "项", "批次", "批", "户", "期", "篇", "份", "名", "人次", "台", "套", "辆", "处", "家"])


def _percent(figure: Figure | None) -> bool:
    return figure is not None and figure.unit == "%"


def _only_percent(text: str) -> bool:
    return re.fullmatch(r"[约]?\d{1,3}(?:\.\d+)?[%％][。；]?", "".join(text.split())) is not None


@rule(
    "T-12",
    title="非比率指标的完成值不写百分比",
    english="A target that is no ratio has no percentage as its result",
    severity=Severity.WARNING,
    basis=Basis.FORM,
    source="完成值与指标值同口径、同单位（财预〔2020〕10号）",
    bad="指标值“确保值班质量”，完成值55%；指标值12次，完成值92%",
    good="指标值12次，完成值11次",
)
def percentages_answer_ratios(case: Case) -> Iterator[Outcome]:
    """指标值为文字或件数的，完成值不应是百分比。"""
    for row in rows(case.report):
        actual = row.actual.figure
        if actual is None or not _percent(actual) or actual.value == 100 or not _only_percent(row.actual.text.text):
            continue
        if row.is_satisfaction or _RATIO.search(row.name + row.target.text.text):
            continue
        counted = row.target.figure is not None and row.target.figure.unit in _COUNTS
        if wordy(row.target) or counted:
            yield found(
                "T-12",
                Severity.WARNING,
                "“{name}”的指标值是“{target}”，完成值写{said}，口径不同。",
                actual_witness(row),
                target_witness(row),
                said=number_of(actual),
                expected="与指标值同口径的完成值",
                name=shorten(row.name),
                target=shorten(row.target.text.text),
            )


@rule(
    "T-13",
    title="文字目标的完成值不一律写100%",
    english="Targets in words are not all answered by 100 %",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    source="财预〔2020〕10号（定性指标按达成程度分档）",
    bad="“持续跟进”“全面开展”等目标的完成值都写100%",
    good="定性目标的完成值写达成情况：“达成预期指标”",
)
def words_are_not_answered_by_100(case: Case) -> Iterator[Outcome]:
    """一张表中有两行以上文字目标的完成值写100%的，无法核对。"""
    for block in forms(case.report).values():
        hits = [r for r in block if wordy(r.target) and _percent(r.actual.figure) and _is_100(r) and not _RATIO.search(r.level3.text)]
        if len(hits) >= 2:
            yield found(
                "T-13",
                Severity.WARNING,
                "{count}项文字目标的完成值都写100%，看不出完成了什么。",
                *(actual_witness(r) for r in hits),
                said="100%",
                expected="完成情况的文字或数量",
                count=str(len(hits)),
            )


def _is_100(row: Indicator) -> bool:
    return row.actual.figure is not None and row.actual.figure.value == 100 and _only_percent(row.actual.text.text)


def vague(text: str) -> bool:
    """Whether a whole value consists of words that measure nothing (明显提升, 效果良好)."""
    rest = re.sub(r"[\s，,、。；;（）()]", "", text)
    lists = words("targets")
    hit = False
    for word in sorted(lists["vague"], key=len, reverse=True):
        hit = hit or word in rest
        rest = rest.replace(word, "")
    for word in sorted(lists["vague_company"], key=len, reverse=True):
        rest = rest.replace(word, "")
    return hit and not rest


_YARDSTICK = re.compile(r"\d|优|档|分级|等次|标准|[好差]为|得分|扣分|依据|以.{1,20}为准|问卷|测评|调查")


@rule(
    "T-14",
    title="定性目标有衡量标准",
    english="A qualitative target has a yardstick",
    severity=Severity.WARNING,
    basis=Basis.FORM,
    source="财预〔2015〕88号（细化量化）；财预〔2021〕101号",
    bad="指标值：效果明显",
    good="指标值：有效维护；评分标准：未发生重大群体性事件为达成",
)
def words_have_a_yardstick(case: Case) -> Iterator[Outcome]:
    """整个指标值只是“明显”“良好”“及时”一类的词，又没有评分标准或描述可以衡量。目标表中为警告，自评中为提示。"""
    severity = Severity.WARNING if case.report.kind.is_targets else Severity.NOTE
    for row in rows(case.report):
        if row.is_cost or not wordy(row.target) or not vague(row.target.text.compact) or _is_judged(row):
            continue
        yield found(
            "T-14",
            severity,
            "“{name}”的目标“{said}”没有衡量标准。",
            target_witness(row),
            name_witness(row),
            said=row.target.text.compact,
            group="T-14",
            name=shorten(row.name),
        )


def _is_judged(row: Indicator) -> bool:
    return _YARDSTICK.search(row.standard.text + row.description.text) is not None


_WITHIN_BUDGET = re.compile(r"预算|概算|批复|标准|定额|限额|控制数|不超|以内|节约|压减|下降|降低")


@rule(
    "T-15",
    title="成本指标有数",
    english="A cost indicator carries a number",
    severity=Severity.WARNING,
    basis=Basis.FORM,
    source="财预〔2021〕101号（成本指标）；财预〔2015〕88号",
    bad="成本指标：按规定执行",
    good="成本指标：培训成本≤300元/人·天",
)
def costs_carry_a_number(case: Case) -> Iterator[Outcome]:
    """经济成本指标应有金额或比率；只写“不超预算”的仅作提示。"""
    for row in rows(case.report):
        if not row.is_cost or row.level2_std in ("社会成本指标", "生态环境成本指标"):
            continue
        if row.target.figure is not None or not wordy(row.target) or not filled(row.name):
            continue
        text = row.target.text.compact
        yield found(
            "T-15",
            Severity.NOTE if _WITHIN_BUDGET.search(text) else Severity.WARNING,
            "成本指标“{name}”的目标“{said}”没有数。",
            target_witness(row),
            name_witness(row),
            said=shorten(text, 60),
            expected="金额或单位成本",
            group="T-15",
            name=shorten(row.name),
        )


@rule(
    "T-16",
    title="成本指标不只重复预算数",
    english="The cost indicator is more than the budget again",
    severity=Severity.NOTE,
    basis=Basis.PRACTICE,
    source="财预〔2021〕101号（成本指标反映单位成本或节约）",
    bad="唯一的成本指标“项目经费≤10万元”，预算也是10万元",
    good="人均培训成本≤0.03万元",
)
def cost_is_not_only_the_budget(case: Case) -> Iterator[Outcome]:
    """项目唯一的成本指标等于预算数时，看不出成本控制。"""
    for scope, block in scopes(case.report).items():
        costs = [r for r in block if r.is_cost and filled(r.name) and filled(r.target.text)]
        figure = costs[0].target.figure if len(costs) == 1 else None
        budget = _budget(case.report, scope)
        if figure is not None and budget is not None and figure.is_money and budget.is_money and same_amount(figure, budget):
            yield note(
                "T-16",
                "成本指标“{name}”只重复预算数{amount}。",
                target_witness(costs[0]),
                name_witness(costs[0]),
                name=shorten(costs[0].name),
                amount=target_of(costs[0].target),
            )


def _budget(report: Report, scope: str) -> Figure | None:
    fact = report.first("funds.total", scope=scope) or report.first("expenditure.project", scope=scope)
    return fact.figure if fact else None


_DATE = re.compile(r"\d+\s*(?:个)?(?:工作日|日|天|月|年|小时|分钟|周|季度)|[一二三四五六七八九十]+(?:个)?(?:工作日|日|天|月|小时)")


@rule(
    "T-17",
    title="指标值与二级指标的类型相符",
    english="The target fits the type of the indicator",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source="财预〔2015〕88号附件（二级指标说明）",
    bad="时效指标“本年度”；数量指标95%",
    good="时效指标“15日内办结”；数量指标≥4次",
)
def targets_fit_their_type(case: Case) -> Iterator[Outcome]:
    """数量指标应是件数，质量指标应是比率或标准，时效指标应有日期、天数或及时率。"""
    for row in rows(case.report, named=True):
        if filled(row.target.text) and (reason := _misfit(row)):
            yield note("T-17", "“{name}”：{reason}。", target_witness(row), name_witness(row), name=shorten(row.name), reason=reason)


def _misfit(row: Indicator) -> str:
    figure, text = row.target.figure, row.name + row.target.text.compact
    if row.level2_std == "时效指标" and not _DATE.search(text) and not any_of("targets", "timely").search(text):
        return "时效指标没有日期、天数或及时率"
    if row.level2_std == "数量指标" and _percent(figure):
        return "数量指标用了百分比"
    if row.level2_std == "数量指标" and figure is not None and figure.value == 0:
        return "“不发生”类目标不是数量指标"
    if row.level2_std == "质量指标" and "完成率" in row.target.text.compact:
        return "质量指标只说了完成率"
    if row.level2_std == "质量指标" and figure is not None and figure.unit in _COUNTS and figure.value > Decimal(1):
        return "质量指标用了件数"
    return ""


@rule(
    "T-18",
    title="数量指标是产出，不是投入",
    english="A quantity indicator is an output, not an input",
    severity=Severity.WARNING,
    basis=Basis.FORM,
    source="财预〔2015〕88号（产出指标反映提供的公共产品和服务）",
    bad="数量指标：保障值班人员经费",
    good="数量指标：救助资金发放人数≥5人",
)
def outputs_are_not_inputs(case: Case) -> Iterator[Outcome]:
    """数量指标应反映产出，不应是经费、资金、支出的金额。"""
    for row in rows(case.report, named=True):
        if row.level2_std == "数量指标" and filled(row.target.text) and is_input(row):
            yield found(
                "T-18",
                Severity.WARNING,
                "数量指标“{name}”是投入（资金），不是产出。",
                name_witness(row),
                target_witness(row),
                said=shorten(row.name, 60),
                expected="件、人、次等产出数量",
                name=shorten(row.name),
            )


def is_input(row: Indicator) -> bool:
    """Whether a quantity is money: its name ends in 经费, 资金 …, or its target is an amount."""
    name = re.sub(r"[（(][^（）()]*[）)]$|[。．.；;]$", "", row.level3.compact)
    ends = any(name.endswith(w) for w in words("targets")["input_end"])
    figure = row.target.figure
    amount = figure is not None and figure.is_money and row.target.operator is not Operator.AT_MOST
    counted = figure is not None and not figure.is_money and row.target.is_numeric and figure.unit in _COUNTS
    return amount or (ends and (not counted or name.startswith(("保障", "保证", "确保"))))
