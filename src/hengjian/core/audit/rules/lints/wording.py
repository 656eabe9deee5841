"""How an indicator is worded: L-01 to L-06, L-12, L-25."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Outcome, Repair, Severity
from hengjian.core.audit.indicators import (
    found,
    name_witness,
    note,
    rows,
    shorten,
    target_of,
    target_witness,
    wordy,
)
from hengjian.core.audit.rules.targets.measure import vague
from hengjian.core.audit.similarity import normalise
from hengjian.core.audit.words import any_of, words
from hengjian.core.extraction.numbers import scan
from hengjian.core.report import Operator

_SOURCE = "财预〔2015〕88号（指向明确、细化量化、合理可行、相应匹配）"
_COUNTABLE = ("数量指标", "质量指标", "时效指标")
_YES_OR_NO = re.compile(r"^(?:是|否|有|无|合格|合规|达标|规范|符合|通过|齐全|完成|健全|不发生|未发生|零|全部|全覆盖)|(?:合格|达标|合规|完成|规范|到位|全覆盖|齐全)$")


@rule(
    "L-01",
    title="目标没有数",
    english="The target has no number",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source=_SOURCE,
    bad="数量指标：开展法治宣传活动，指标值“按计划开展”",
    good="指标值≥2场次",
)
def target_has_no_number(case: Case) -> Iterator[Outcome]:
    """数量、质量、时效指标应能量化；只有“是/否”“合格”等判断的除外。"""
    for row in rows(case.report, named=True):
        text = row.target.text.compact
        if row.level2_std in _COUNTABLE and wordy(row.target) and not vague(text) and not _YES_OR_NO.search(text):
            yield note("L-01", "“{name}”的目标“{text}”没有数。", target_witness(row), name=shorten(row.name), text=shorten(text))


@rule(
    "L-02",
    title="目标只有虚词",
    english="The target consists of vague words only",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source=_SOURCE,
    bad="指标值：明显提升",
    good="指标值：较上年提升2个百分点",
)
def target_is_vague(case: Case) -> Iterator[Outcome]:
    """整个指标值只有“有效、明显、及时、逐步”一类的词。"""
    for row in rows(case.report, named=True):
        if wordy(row.target) and vague(row.target.text.compact):
            text = shorten(row.target.text.text)
            yield note("L-02", "“{name}”的目标只有虚词“{text}”。", target_witness(row), name=shorten(row.name), text=text)


@rule(
    "L-03",
    title="指标名称像口号",
    english="The name is a slogan",
    severity=Severity.NOTE,
    basis=Basis.PRACTICE,
    source=_SOURCE,
    bad="深入推进源头治理，压实包案责任，切实维护群众权益",
    good="重复信访积案化解率",
)
def name_is_a_slogan(case: Case) -> Iterator[Outcome]:
    """三级指标名称超过25字，或是带逗号、分号、句号的句子。"""
    for row in rows(case.report, named=True):
        text = row.level3.compact
        if len(text) > 25 or re.search(r"[。；;]\S|[，,].*[，,]", text):
            yield note("L-03", "指标名称“{name}”过长或是口号。", name_witness(row), name=shorten(text))


_JOINT = re.compile(r"、|以及|及(?!时)|和(?!谐)|与(?!率|度)")


@rule(
    "L-04",
    title="一个指标衡量两件事",
    english="One indicator measures two things",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source=_SOURCE,
    bad="信访事项受理率、办结率",
    good="受理率、办结率各为一行",
)
def name_is_compound(case: Case) -> Iterator[Outcome]:
    """名称用“、和及与”连接两个可衡量的名词（率、度、次数……）。"""
    for row in rows(case.report, named=True):
        if _is_compound(row.level3.compact):
            yield note("L-04", "“{name}”含两个指标，应分列。", name_witness(row), name=shorten(row.name))


def _is_compound(name: str) -> bool:
    for joint in _JOINT.finditer(name):
        left, right = name[: joint.start()], re.split(r"[、，,（(]", name[joint.end() :])[0]
        if _measurable(left) and (_measurable(right) or re.search(r"率|满意度", right)):
            return True
    return False


def _measurable(text: str) -> bool:
    return any(text.endswith(w) for w in words("targets")["measurable"]) and not re.search(r"(?:制|年|季|程|力|进|深|广)度$", text)


@rule(
    "L-05",
    title="目标缺计算符号",
    english="The target has no operator",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source="绩效指标表填报要求（指标值应有≥、≤、=）",
    bad="95%",
    good="≥95%",
)
def operator_is_missing(case: Case) -> Iterator[Outcome]:
    """数字目标应写明≥、≤或=。"""
    for row in rows(case.report):
        target = row.target
        if target.figure is None or target.printed_operator or target.upper is not None or not row.name:
            continue
        if target.operator in (Operator.EQUAL, Operator.NONE):
            sign = "≥" if row.is_satisfaction else "≥、≤或="
            yield found(
                "L-05",
                Severity.NOTE,
                "“{name}”的目标{said}没有写{sign}。",
                target_witness(row),
                said=target_of(target),
                repairs=[Repair(target.text.place, target.text.text, f"≥{target.text.text}", "补符号")] if row.is_satisfaction else (),
                group="L-05",
                name=shorten(row.name),
                sign=sign,
            )


@rule(
    "L-06",
    title="单位缺失或与数字混写",
    english="The unit is missing, or mixed into the number",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source="绩效指标表填报要求（指标值与计量单位）",
    bad="≥95完成率达到95%",
    good="≥95%",
)
def unit_is_missing(case: Case) -> Iterator[Outcome]:
    """指标值的数字后应紧跟单位。"""
    for row in rows(case.report):
        figure = row.target.figure
        if figure is None or not row.target.text:
            continue
        numbers = [m for m in scan(row.target.text.text) if m.kind == "number"]
        bare = not figure.unit or (len(numbers) > 1 and not numbers[0].figure.unit and numbers[0].upper is None)
        if bare and row.target.text.compact.strip("≥≤=><") != "0":
            yield note("L-06", "“{name}”的目标“{text}”没有单位或单位与数字混写。", target_witness(row), name=shorten(row.name), text=shorten(row.target.text.text))


@rule(
    "L-12",
    title="通用指标",
    english="The indicator would fit any body",
    severity=Severity.NOTE,
    basis=Basis.PRACTICE,
    source=_SOURCE,
    bad="保障机关正常运转",
    good="信访事项及时受理率",
)
def indicator_is_generic(case: Case) -> Iterator[Outcome]:
    """任何单位都可用的指标，反映不出本单位的职责。"""
    generic = {normalise(g) for g in words("targets")["generic"]}
    for row in rows(case.report, named=True):
        if normalise(row.level3.text) in generic:
            yield note("L-12", "“{name}”对任何单位都适用，看不出本单位的工作。", name_witness(row), name=shorten(row.name))


@rule(
    "L-25",
    title="以减少或阻止上访为目标",
    english="The aim rewards fewer petitions by obstruction",
    severity=Severity.NOTE,
    basis=Basis.LAW,
    source="《信访工作条例》第三条、第四十六条（保障信访权利）",
    bad="进京上访人员拦截劝返率100%",
    good="信访事项及时受理率≥99%",
)
def aim_is_coercive(case: Case) -> Iterator[Outcome]:
    """不宜以拦截、劝返、零上访为目标，应改用及时受理率等服务类指标。"""
    for row in rows(case.report):
        text = row.level3.compact + "　" + row.target.text.compact
        if (match := any_of("targets", "coercive").search(text)) is not None:
            yield note("L-25", "“{name}”以“{word}”为目标，宜改为受理、办理、化解的服务指标。", name_witness(row), name=shorten(row.name), word=match[0])
