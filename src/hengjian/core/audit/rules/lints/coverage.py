"""Whether goals, money and indicators belong together: L-13 to L-17, L-21."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, NotChecked, Outcome, Severity, witness
from hengjian.core.audit.indicators import (
    filled,
    name_witness,
    note,
    rows,
    scopes,
    shorten,
    target_of,
    target_witness,
    twin,
)
from hengjian.core.audit.similarity import shares_words
from hengjian.core.audit.words import words
from hengjian.core.figures import Figure, plain, round_half_up
from hengjian.core.report import Indicator, Report, Text

_SOURCE = "财预〔2015〕88号（高度关联、相应匹配）"


def _goals(report: Report) -> Iterator[tuple[Text, list[Indicator]]]:
    """Every overall goal with the rows of its scope."""
    blocks = scopes(report)
    if report.goal and blocks.get(""):
        yield report.goal, blocks[""]
    for project in report.projects:
        if project.goal and blocks.get(project.name):
            yield project.goal, blocks[project.name]


def _words_of(block: Sequence[Indicator]) -> str:
    return "，".join(f"{r.level3.text}，{r.description.text}，{r.target.text.text}" for r in block)


@rule(
    "L-13",
    title="指标与总体目标无关",
    english="The indicators have nothing to do with the goal",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source=_SOURCE,
    bad="目标：化解信访积案；指标：道路保洁面积",
    good="目标：化解信访积案；指标：积案化解率",
)
def indicators_serve_the_goal(case: Case) -> Iterator[Outcome]:
    """总体目标与全部指标没有共同的关键词。"""
    for goal, block in _goals(case.report):
        if len(goal.compact) >= 8 and not shares_words(goal.text, _words_of(block)):
            yield note("L-13", "总体目标“{goal}”与指标没有关联。", witness("goal", goal), goal=shorten(goal.text))


@rule(
    "L-14",
    title="目标没有对应的指标",
    english="A goal has no indicator",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source=_SOURCE,
    bad="目标3：完成接待大厅改造；没有相应指标",
    good="每句目标至少有一个指标",
)
def goals_have_indicators(case: Case) -> Iterator[Outcome]:
    """分条的总体目标，每一条都应有指标。"""
    for goal, block in _goals(case.report):
        items = [g for g in re.split(r"(?:^|(?<=[。；;\s]))(?:目标)?\s*\d{1,2}\s*[.．、:：]|[；;\n]", goal.text) if len("".join(g.split())) >= 6]
        alone = [g for g in items if not shares_words(g, _words_of(block))]
        if len(items) >= 2 and alone and len(alone) < len(items):
            yield note("L-14", "目标“{goal}”没有对应的指标。", witness("goal", goal), goal=shorten(alone[0]))


@rule(
    "L-15",
    title="指标过少或过多",
    english="Too few or too many indicators",
    severity=Severity.NOTE,
    basis=Basis.PRACTICE,
    source="财预〔2021〕101号（突出重点、少而精）",
    bad="全表只有2个三级指标",
    good="3至15个三级指标",
)
def number_of_indicators(case: Case) -> Iterator[Outcome]:
    """一个项目的三级指标少于3个或多于15个。"""
    for scope, block in scopes(case.report).items():
        count = len([r for r in block if filled(r.name)])
        if count and not 3 <= count <= 15:
            yield note("L-15", "{scope}有{count}个三级指标，过{size}。", name_witness(block[0]), scope=shorten(scope, 20) or "部门整体", count=str(count), size="少" if count < 3 else "多")


@rule(
    "L-16",
    title="指标值依据空泛",
    english="The basis is missing or generic",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source="财预〔2021〕101号（指标值设定依据）",
    bad="依据：历史经验；依据：工作计划",
    good="依据：2023年信访信息系统统计",
)
def basis_is_generic(case: Case) -> Iterator[Outcome]:
    """依据栏空白，或只写“历史经验”“工作计划”而没有文件、数据。"""
    for row in rows(case.report, named=True):
        if "basis" not in row.columns or not filled(row.target.text):
            continue
        text = row.basis.compact
        if not filled(row.basis) or text in words("targets")["vague_basis"]:
            place = witness("basis", row.basis) if row.basis else name_witness(row)
            yield note("L-16", "“{name}”的依据{text}。", place, name=shorten(row.name), text=f"只写“{text}”" if text else "空白")


@rule(
    "L-17",
    title="没有数据来源",
    english="No source of data is named",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source="财预〔2021〕101号（完成值数据来源、佐证资料）",
    bad="目标表没有依据、数据来源和评分标准栏",
    good="每个指标写明数据来源",
)
def sources_are_named(case: Case) -> Iterator[Outcome]:
    """目标表没有依据、数据来源或评分标准的，完成值将来无法核实。"""
    if not case.report.kind.is_targets:
        return
    for scope, block in scopes(case.report).items():
        told = any(r.basis or r.standard or {"basis", "standard", "evidence"} & r.columns for r in block)
        if not told and any(filled(r.target.text) for r in block):
            yield note("L-17", "{scope}的指标没有写明依据或数据来源。", name_witness(block[0]), scope=shorten(scope, 20) or "部门整体")


@rule(
    "L-21",
    title="资金变化而数量不变",
    english="The money changed and the quantities did not",
    severity=Severity.NOTE,
    basis=Basis.PRACTICE,
    source=_SOURCE,
    bad="预算比上年增加50%，数量指标与上年相同",
    good="预算与任务量同步调整",
)
def money_and_quantity_match(case: Case) -> Iterator[Outcome]:
    """项目预算比上年变动30%以上，而数量指标不变。需要上年的报告。"""
    quantities = [r for r in rows(case.report, named=True) if r.level2_std == "数量指标" and r.target.figure is not None]
    if not case.previous:
        if quantities:
            yield NotChecked("L-21", "上年报告")
        return
    for scope in dict.fromkeys(r.project for r in quantities):
        yield from _unchanged(case, scope, [r for r in quantities if r.project == scope])


def _unchanged(case: Case, scope: str, quantities: Sequence[Indicator]) -> Iterator[Outcome]:
    now = _budget(case.report, scope)
    for last in case.previous:
        before, old = _budget(last, scope), [r for r in rows(last, named=True) if r.project == scope]
        pairs = [(r, twin(r, old)) for r in quantities]
        same = all(o is not None and o.target.figure == r.target.figure for r, o in pairs)
        if now is None or before is None or not before.is_money or not now.is_money or not before.yuan or not same:
            continue
        change = (now.yuan - before.yuan) * 100 / before.yuan
        if abs(change) > case.profile.adjustment_limit:
            yield note(
                "L-21",
                "预算比上年变动{change}%，数量指标“{name}”仍为{text}。",
                target_witness(quantities[0]),
                witness("budget", now),
                change=plain(round_half_up(change)),
                name=shorten(quantities[0].name),
                text=target_of(quantities[0].target),
            )


def _budget(report: Report, scope: str) -> Figure | None:
    fact = report.first("funds.total", scope=scope)
    return fact.figure if fact else None
