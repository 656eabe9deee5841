"""Results far from their targets: missed, far passed, or missed under a high total (W-09, W-10, W-17)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Finding, Outcome, Passed, Severity, witness
from hengjian.core.audit.rules.scores.evidence import (
    explained,
    finding,
    is_progress,
    own_totals,
    result_witnesses,
    row_witness,
)
from hengjian.core.audit.rules.scores.lawful import shortfall
from hengjian.core.figures import Figure, plain
from hengjian.core.report import Indicator
from hengjian.core.scoring.indicator import completion, reached
from hengjian.core.scoring.sheets import sheets

_HIGH_TOTAL = 90
_KEY_WEIGHT = 10
_FAR_MISSED = 90


def _results(case: Case) -> Iterator[Indicator]:
    """Every row and every statement of the text that has a result."""
    for sheet in sheets(case.report):
        yield from (*sheet.rows, *sheet.prose)


@rule(
    "W-09",
    title="未完成的指标须说明原因",
    english="A missed target needs a reason",
    severity=Severity.ERROR,
    basis=Basis.FORM,
    source="财预〔2020〕10号 附件1 填表说明",
    bad="目标 ≥100件，完成 55件，全文没有原因",
    good="目标 ≥100件，完成 55件，原因：来访量下降",
)
def missed_target_has_a_reason(case: Case) -> Iterator[Outcome]:
    """未完成绩效目标的，应当分析偏差原因；表中和正文都没有的，提示补充。"""
    if is_progress(case):
        return
    for row in _results(case):
        if not shortfall(row, in_words=True):
            continue
        if explained(case, row):
            yield Passed(
                "W-09", f"{row.actual.text.text} 未达 {row.target.text.text}，已说明原因", (row.place,)
            )
            continue
        yield finding(
            "W-09",
            Severity.ERROR,
            "“{name}”目标 {expected}、完成 {said}，未完成，表中和正文都没有说明原因。",
            [*reversed(result_witnesses(row)), row_witness(row)],
            said=row.actual.text.text,
            expected=row.target.text.text,
            name=row.name,
        )


@rule(
    "W-10",
    title="超额30%以上须说明",
    english="Far more than planned needs an explanation",
    severity=Severity.WARNING,
    basis=Basis.FORM,
    source="财预〔2020〕10号 第十七条；省级绩效模块（130%）",
    bad="目标 ≥10人，完成 16人，无说明",
    good="目标 ≥10人，完成 16人，因增设两个站点增派",
)
def far_passed_target_is_explained(case: Case) -> Iterator[Outcome]:
    """完成值超过指标值较多（130%及以上）的，要分析原因；年初指标值明显偏低的，应适度调减得分。"""
    if is_progress(case):
        return
    ratio = case.profile.over_target_ratio
    for row in _results(case):
        share = completion(row)
        if share is None or share < ratio * 100 or row.is_cost or explained(case, row):
            continue
        yield finding(
            "W-10",
            Severity.WARNING,
            "“{name}”目标 {expected}、完成 {said}，为目标的 {share}%，达到 {limit}% 而没有说明。",
            [*reversed(result_witnesses(row)), row_witness(row)],
            said=row.actual.text.text,
            expected=row.target.text.text,
            name=row.name,
            share=plain(share.quantize(Decimal("0.01"))),
            limit=plain(ratio * 100),
        )


@rule(
    "W-17",
    title="高分而关键指标差距大",
    english="High total with a key indicator far missed",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    source="财预〔2020〕10号 第十七条",
    bad="总分 95，满意度目标 95%、完成 83.1%",
    good="总分 88，满意度目标 95%、完成 83.1%",
)
def high_total_with_a_key_row_missed(case: Case) -> Iterator[Outcome]:
    """总分在90分以上，而满意度或10分以上的指标完成不足目标的90%，提示复核评分；满意度以外已按比例扣分并说明原因的只作提示。"""
    if is_progress(case):
        return
    for sheet in sheets(case.report):
        total = next((t for t in own_totals(case, sheet.totals) if t.figure.value >= _HIGH_TOTAL), None)
        for row in (*sheet.rows, *sheet.prose) if total else ():
            share = completion(row)
            if total and share is not None and share < _FAR_MISSED and _is_key(row) and reached(row) is False:
                owned = not row.is_satisfaction and _deducted(row, share) and explained(case, row)
                yield _far_missed(row, share, total.figure, Severity.NOTE if owned else Severity.WARNING)


def _deducted(row: Indicator, share: Decimal) -> bool:
    """Whether the row's own score is down by as much as the result: nothing in the total hides the gap then."""
    if row.score is None or row.weight is None or not row.weight.value:
        return False
    return row.score.value * 100 <= row.weight.value * (share + 1)


def _is_key(row: Indicator) -> bool:
    return row.is_satisfaction or (row.weight is not None and row.weight.value >= _KEY_WEIGHT)


def _far_missed(row: Indicator, share: Decimal, total: Figure, severity: Severity) -> Finding:
    return finding(
        "W-17",
        severity,
        "总分 {said} 分，而“{name}”目标 {target}、完成 {actual}，只有目标的 {share}%。",
        [witness("total", total), *result_witnesses(row)],
        said=plain(total.value),
        name=row.name,
        target=row.target.text.text,
        actual=row.actual.text.text,
        share=plain(share.quantize(Decimal("0.01"))),
    )
