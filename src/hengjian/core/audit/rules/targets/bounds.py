"""Whether a target can be a target at all: T-04, T-20, T-23."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Finding, Outcome, Repair, Severity, Witness
from hengjian.core.audit.indicators import found, name_witness, note, rows, shorten, target_of, target_witness
from hengjian.core.audit.words import any_of
from hengjian.core.places import Place
from hengjian.core.profile import Profile
from hengjian.core.report import Indicator, Operator


@rule(
    "T-04",
    title="有上限的比率不设“≥100%”及以上的目标",
    english="A bounded ratio has no target of 100 % or above as a lower bound",
    severity=Severity.WARNING,
    basis=Basis.ARITHMETIC,
    source="比率的上限为100%；财预〔2015〕88号（合理可行）",
    bad="群众满意率≥100%；及时受理率≥105%",
    good="系统稳定运行率100%；群众满意率≥95%",
)
def bound_is_possible(case: Case) -> Iterator[Outcome]:
    """完成率、满意度等比率最高为100%，目标不得高于100%；“≥100%”应写“=100%”，满意度不宜为100%。"""
    for row in rows(case.report):
        figure = row.target.figure
        if figure is None or figure.unit != "%" or row.target.operator is Operator.AT_MOST or _grows(row):
            continue
        if figure.value > 100:
            yield _bound(row, Severity.WARNING, "“{name}”的目标为{said}，高于比率的上限100%。")
        elif figure.value == 100 and row.target.operator is Operator.AT_LEAST:
            severity = Severity.WARNING if row.is_satisfaction else Severity.NOTE
            yield _bound(row, severity, "“{name}”的目标为{said}，比率的上限即100%，应写“=100%”或另定目标。")


def _grows(row: Indicator) -> bool:
    return any_of("targets", "unbounded").search(row.level3.compact + row.target.text.compact) is not None


def _bound(row: Indicator, severity: Severity, wording: str) -> Finding:
    repairs = [Repair(row.target.text.place, row.target.text.text, "=100%", "写成等于")] if not row.is_satisfaction else []
    return found(
        "T-04",
        severity,
        wording,
        target_witness(row),
        name_witness(row),
        said=target_of(row.target),
        expected="≤100%",
        repairs=repairs,
        group="T-04",
        name=shorten(row.name),
    )


_WITHIN = re.compile(
    r"(?P<number>\d{1,3}|[一二三四五六七八九十]{1,4})\s*(?:个)?\s*(?P<unit>工作日|自然日|日|天)\s*(?:以内|之内|内)\s*"
    r"(?:[^，。；,;0-9]{0,8}?)(?P<what>受理|办结|办理完毕|作出处理意见|答复)"
)
_LIMIT = re.compile(
    r"(?P<what>受理|办结|办理)(?:告知)?(?:时限|期限|时间|周期)[^，。；,;0-9]{0,8}?"
    r"(?P<number>\d{1,3}|[一二三四五六七八九十]{1,4})\s*(?:个)?\s*(?P<unit>工作日|自然日|日|天)"
)
_ELSEWHERE = re.compile(r"许可|12345|热线|工单|投诉举报|劳动|仲裁|行政复议|诉讼|审批|报销|公开申请|建议提案|延长|延期|复查|复核")


@rule(
    "T-20",
    title="受理、办理时限不长于《信访工作条例》的规定",
    english="Time limits stay within the petition regulation",
    severity=Severity.WARNING,
    basis=Basis.LAW,
    source="《信访工作条例》第二十二、二十三、三十四条",
    bad="信访事项15个工作日内受理",
    good="信访事项15日内受理；60日内办结",
)
def time_limits_are_lawful(case: Case) -> Iterator[Outcome]:
    """信访事项自收到之日起15日内受理告知（日历日，不是工作日），自受理之日起60日内办结。"""
    for text, place in _sentences(case):
        for match in [*_WITHIN.finditer(text), *_LIMIT.finditer(text)]:
            if (finding := _judged(match, place, case.profile)) is not None:
                yield finding


def _sentences(case: Case) -> Iterator[tuple[str, Place]]:
    """Texts that speak of petitions: cells of an indicator row are read together, sentences alone."""
    about = "信访" in case.report.unit_name.text + case.report.title.text
    for row in rows(case.report):
        text = f"{row.level3.compact} {row.target.text.compact}"
        if (about or "信访" in text) and not _ELSEWHERE.search(text):
            yield text, row.target.text.place if re.search(r"\d", row.target.text.text) else row.level3.place
    for paragraph in case.document.body:
        for sentence in re.finditer(r"[^。；;]+", paragraph.text):
            if (about or "信访" in sentence[0]) and not _ELSEWHERE.search(sentence[0]):
                yield sentence[0], paragraph.place.part(sentence.start(), sentence.end(), sentence[0])


_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}


def _judged(match: re.Match[str], place: Place, profile: Profile) -> Finding | None:
    days = _number(match["number"])
    limit = profile.accept_days if match["what"] == "受理" else profile.handle_days
    calendar = Decimal(days) * 7 / 5 if match["unit"] == "工作日" else Decimal(days)
    if calendar <= limit:
        return None
    said = f"{days}{'个工作日' if match['unit'] == '工作日' else '日'}"
    return found(
        "T-20",
        Severity.WARNING,
        "“{quote}”长于条例规定的{limit}日（日历日）。",
        Witness("limit", place, match[0], str(days), match["unit"]),
        said=said,
        expected=f"{limit}日",
        quote=match[0],
        limit=str(limit),
    )


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _DIGITS[text[0]]
    return (_DIGITS[tens[0]] if tens else 1) * 10 + (_DIGITS[ones[0]] if ones else 0)


@rule(
    "T-23",
    title="零目标写作“=0”，完成值按件数填写",
    english="A zero target is an equality, and its result is a count",
    severity=Severity.NOTE,
    basis=Basis.PRACTICE,
    source="目标为0时无法按比例计分（财预〔2020〕10号计分办法）",
    bad="重大群体性事件≥0起；=0起而完成值写100%",
    good="重大群体性事件=0起，完成值0起",
)
def zero_targets_are_equalities(case: Case) -> Iterator[Outcome]:
    """反向的零目标应写“=0”；完成值写实际件数，不写百分比。"""
    for row in rows(case.report):
        figure, actual = row.target.figure, row.actual.figure
        if figure is None or figure.value != 0:
            continue
        if row.target.operator is Operator.AT_LEAST:
            yield note("T-23", "“{name}”的目标“≥0”不构成约束。", target_witness(row), name=shorten(row.name))
        elif actual is not None and actual.unit == "%" and figure.unit != "%":
            yield note("T-23", "“{name}”目标为0，完成值应写件数，不写百分比。", target_witness(row), name=shorten(row.name))
