"""Texts that stand where another should: T-08, T-09, T-10, T-11."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Finding, Outcome, Severity, Witness, witness
from hengjian.core.audit.indicators import (
    filled,
    forms,
    found,
    groups_of,
    has_number,
    name_witness,
    qualitative_word,
    rows,
    scopes,
    shorten,
    target_witness,
)
from hengjian.core.audit.similarity import core_name, likeness, normalise, same_name, same_text
from hengjian.core.audit.words import words
from hengjian.core.document import Paragraph
from hengjian.core.report import Indicator, Text

LONG = 40
"""Characters from which a paragraph that stands twice is no coincidence."""


@rule(
    "T-08",
    title="同一指标不重复列入两类二级指标",
    english="One indicator does not stand under two level-2 types",
    severity=Severity.WARNING,
    basis=Basis.FORM,
    source="财预〔2015〕88号（指标互不重复、分类准确）",
    bad="“矛盾纠纷妥善处置”既列质量指标又列社会效益指标，指标值相同",
    good="质量指标：矛盾纠纷化解率；社会效益指标：群众安全感",
)
def one_indicator_one_type(case: Case) -> Iterator[Outcome]:
    """同一张表中，同名指标不应同时列在两个二级指标下。"""
    for block in scopes(case.report).values():
        named = [r for r in block if len(normalise(r.name)) >= 4 and filled(r.name) and r.level2_std]
        for group in groups_of(named, lambda r: normalise(r.name)):
            for row in group[1:]:
                if (first := _elsewhere(row, group)) is not None:
                    yield _twice(first, row)


def _elsewhere(row: Indicator, group: Sequence[Indicator]) -> Indicator | None:
    """An earlier row of the same name under another type that measures the same."""
    return next((o for o in group if o is not row and o.row <= row.row and o.level2_std != row.level2_std and _same_target(o, row)), None)


def _same_target(first: Indicator, second: Indicator) -> bool:
    if first.target.figure is not None and second.target.figure is not None:
        return first.target.figure.unit == second.target.figure.unit
    return same_text(first.target.text.text, second.target.text.text) or not (
        filled(first.target.text) and filled(second.target.text)
    )


def _twice(first: Indicator, second: Indicator) -> Finding:
    return found(
        "T-08",
        Severity.WARNING,
        "“{name}”既列在{one}，又列在{other}。",
        name_witness(second),
        name_witness(first, "same_indicator"),
        group=f"T-08:{second.project}",
        name=shorten(second.name),
        one=first.level2_std,
        other=second.level2_std,
    )


@rule(
    "T-09",
    title="没有复制粘贴的文字",
    english="No text is copied over several places",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    source="绩效自评应逐项、如实（财预〔2020〕10号）",
    bad="同一段落出现两次；指标名称与指标值是同一句话；各行的说明都是同一句话",
    good="每个指标有自己的名称、指标值和说明",
)
def nothing_is_copied(case: Case) -> Iterator[Outcome]:
    """四十字以上的段落不重复；同一行的名称与指标值不是同一句话；五行以上的表，各行说明不全相同。依据栏除外。"""
    yield from _paragraphs_twice(case)
    for row in rows(case.report):
        yield from _two_roles(row)
    for block in forms(case.report).values():
        yield from _whole_column(block)


def _paragraphs_twice(case: Case) -> Iterator[Finding]:
    long = [(p, normalise(p.text)) for p in case.document.body if len(normalise(p.text)) >= LONG]
    headings = _headings(case)
    seen: set[str] = set()
    for (first, one), (second, other) in combinations(long, 2):
        short, whole = sorted((one, other), key=len)
        if short in whole and short not in seen and not _parallel(headings, first, second):
            seen.add(short)
            yield found(
                "T-09",
                Severity.WARNING,
                "“{text}”这段文字出现两次。",
                witness("copy", Text(second.text, second.place)),
                witness("original", Text(first.text, first.place)),
                text=shorten(second.text if len(other) <= len(one) else first.text),
            )


def _headings(case: Case) -> list[tuple[int, str]]:
    return [(s.heading.place.block, normalise(s.heading.text)) for s in case.report.sections if s.heading]


def _parallel(headings: list[tuple[int, str]], first: Paragraph, second: Paragraph) -> bool:
    """Whether two paragraphs stand under two headings of one wording: the parts of several projects are built alike."""
    above = [[h for h in headings if h[0] < p.place.block][-1:] for p in (first, second)]
    if not above[0] or not above[1]:
        return False
    (one, name), (other, same) = above[0][0], above[1][0]
    return one != other and name == same


def _two_roles(row: Indicator) -> Iterator[Finding]:
    """One sentence as the name and the target (or the achieved value) of a row."""
    for cell, role in ((row.target.text, "指标值"), (row.actual.text, "完成值")):
        if len(normalise(cell.text)) < 6 or (has_number(cell) and role == "完成值"):
            continue
        for other, label in ((row.level3, "名称"), (row.description, "描述")):
            if same_text(cell.text, other.text):
                yield found(
                    "T-09",
                    Severity.WARNING,
                    "指标{label}与{role}是同一句话：“{text}”。",
                    witness("copy", cell),
                    witness("original", other),
                    said=shorten(cell.text, 60),
                    label=label,
                    role=role,
                    text=shorten(cell.text),
                )
                return


_YARDSTICK = re.compile(r"[\d分得扣比例公式×/]|权重|酌情|完成率")


def _whole_column(block: Sequence[Indicator]) -> Iterator[Finding]:
    """One text in a whole column of a form of five rows or more."""
    if len(block) < 5:
        return
    columns = {
        "评分标准": [r.standard for r in block],
        "指标描述": [r.description for r in block],
        "指标值": [r.target.text for r in block],
        "偏差原因": [r.reason for r in block],
    }
    for label, cells in columns.items():
        texts = {normalise(c.text) for c in cells}
        text = next(iter(texts))
        least = 10 if label == "偏差原因" else 4
        if len(texts) == 1 and len(text) >= least and not _YARDSTICK.search(text):
            yield found(
                "T-09",
                Severity.WARNING,
                "{count}行的{label}都是“{text}”。",
                *(witness("copy", c) for c in cells),
                said=cells[0].compact,
                count=str(len(cells)),
                label=label,
                text=shorten(cells[0].text),
            )


@rule(
    "T-10",
    title="指标值、指标名称没有错栏",
    english="No claim or other name stands in the target or name column",
    severity=Severity.ERROR,
    basis=Basis.FORM,
    source="自评表填报要求（财预〔2020〕10号附件）",
    bad="年度指标值填“群众满意度”；指标名称填“取得了良好成效”的结果",
    good="名称“群众满意度”，年度指标值≥95%，完成值96%",
)
def columns_are_not_shifted(case: Case) -> Iterator[Outcome]:
    """年度指标值应是数量或定性要求，不应是完成情况或另一指标的名称；名称栏不应是完成情况。"""
    for block in forms(case.report).values():
        for row in block:
            if reason := _shifted_target(row, block):
                yield _shifted(row, target_witness(row), "“{text}”填在指标值栏，{reason}。", reason)
            elif _result(row.name) and len(normalise(row.name)) >= 15:
                yield _shifted(row, name_witness(row), "“{text}”填在指标名称栏，是完成情况。", "")


def _shifted(row: Indicator, place: Witness, wording: str, reason: str) -> Finding:
    return found(
        "T-10",
        Severity.ERROR,
        wording,
        place,
        *([name_witness(row)] if reason else []),
        said=shorten(place.text, 60),
        expected="数量、比率或定性要求" if reason else "指标名称",
        text=shorten(place.text),
        reason=reason,
    )


def _result(text: str) -> bool:
    """Whether a text says that something was done."""
    return re.search("|".join(words("targets")["result"]), text) is not None


_NAME_END = re.compile(r"(?<![效频概功])率$|满意度$|知晓度$|参与度$|认可度$|支持度$|(?:数量|人数|件数|次数|场次|户数)$")


_RAISES = re.compile(r"提高|提升|增强|不断|逐步|改善|稳步|持续|降低|减少|增加|保持|确保|实现|达到|完成|较|有所|明显|良好|优|高|低|符合|按照|根据|不|无|满意(?!度|率)")


def _shifted_target(row: Indicator, block: Sequence[Indicator]) -> str:
    """Why a target cell cannot be a target, or empty."""
    text = row.target.text.compact
    if row.target.figure is not None or not filled(text) or has_number(text):
        return ""
    if _result(text):
        return "是完成情况"
    if "actual" not in row.columns and any(likeness(text, o.text) >= 0.6 for o in (row.level3, row.description)):
        return ""  # in a form of targets only, a target may repeat its name in words
    end = _NAME_END.search(text)
    if end and len(text) <= 16 and not _RAISES.search(text[: end.start()]):
        return "是指标的名称"
    if qualitative_word(text):
        return ""
    others = [o for o in block if o is not row and len(normalise(o.name)) >= 4]
    if any(same_name(o.name, text) for o in others):
        return "是另一指标的名称"
    return "只重复了指标名称" if len(core_name(text)) >= 4 and core_name(text) == core_name(row.name) else ""


@rule(
    "T-11",
    title="完成情况不照抄目标",
    english="The result is not a copy of the target",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    source="财预〔2020〕10号（实际完成情况应如实、具体）",
    bad="总体目标与实际完成情况逐字相同",
    good="目标：做好敏感时期值班；实际：值班120天，未发生滞留",
)
def results_are_not_copies(case: Case) -> Iterator[Outcome]:
    """十五字以上且不含数字的目标，完成情况不应逐字相同。"""
    report = case.report
    goals = [(report.goal, report.goal_actual), *((p.goal, p.goal_actual) for p in report.projects)]
    cells = [(r.target.text, r.actual.text) for r in rows(report)]
    for target, actual in [*goals, *cells]:
        if len(normalise(target.text)) >= 15 and not has_number(target) and same_text(target.text, actual.text):
            yield found(
                "T-11",
                Severity.WARNING,
                "完成情况与目标逐字相同：“{text}”。",
                witness("actual", actual),
                witness("target", target),
                said=shorten(actual.text, 60),
                text=shorten(actual.text),
            )
