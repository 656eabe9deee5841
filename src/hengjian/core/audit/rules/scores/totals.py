"""Totals: the sum of the scores, within reach, within 0 and 100 (W-04, W-19, W-20)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.certainty import names_a_project
from hengjian.core.audit.finding import (
    Basis,
    Finding,
    NotChecked,
    Outcome,
    Passed,
    Repair,
    Severity,
    Witness,
    witness,
)
from hengjian.core.audit.rules.scores.evidence import (
    apart,
    finding,
    full_marks,
    is_progress,
    of_scope,
    own_totals,
    sentence_at,
    witnesses_of,
)
from hengjian.core.document import Table
from hengjian.core.figures import Figure, plain, round_half_up
from hengjian.core.report import Subtotal, Total
from hengjian.core.scoring.indicator import reached
from hengjian.core.scoring.score import ZERO
from hengjian.core.scoring.sheets import Sheet, loose_totals, sheets
from hengjian.core.scoring.totals import Bounds, attainable

_CENT = Decimal("0.01")


@rule(
    "W-04",
    title="总分等于各项得分之和",
    english="The total equals the sum of the scores",
    severity=Severity.ERROR,
    basis=Basis.ARITHMETIC,
    source="财预〔2020〕10号 附件1",
    bad="各项得分 10+48+28+9=95，总分 96",
    good="各项得分 10+48+28+9=95，总分 95",
)
def total_is_the_sum_of_scores(case: Case) -> Iterator[Outcome]:
    """总分等于预算执行率得分与各指标得分之和；只有总分而没有分项得分的，无法核对。"""
    for sheet in sheets(case.report):
        yield from _subtotals(sheet)
        totals = own_totals(case, sheet.totals)
        parts = _scores(sheet)
        if not parts:
            yield from _without_detail(case, totals)
            continue
        yield from (_compared(case, sheet, parts, total) for total in totals)
    yield from _loose(case)


def _scores(sheet: Sheet) -> list[Figure]:
    """The scores of the rows, or of whole levels where rows have none."""
    rows = [r.score for r in sheet.rows if r.score is not None]
    return rows or [s.score for s in sheet.subtotals if s.level == 1 and s.score is not None]


def _compared(case: Case, sheet: Sheet, parts: list[Figure], total: Total) -> Outcome:
    sums = _sums(case, sheet, parts)
    count = len(parts) + 1
    hit = next((s for s in sums if _agrees(s, total.figure, parts, count)), None)
    if hit is not None:
        return Passed("W-04", f"{_added(sheet, parts)} = {plain(hit)}", (total.figure.place,))
    if missing := _missing(case, sheet, sums[0], total.figure.value):
        return NotChecked("W-04", missing, total.figure.place)
    return _wrong_total(sheet, parts, sums[-1], total)


def _sums(case: Case, sheet: Sheet, parts: list[Figure]) -> list[Decimal]:
    """Without and with the execution points, with and without 加分、扣分 rows; the likeliest last."""
    rows = sum((p.value for p in parts), ZERO)
    line = sheet.execution.score
    bonus = sum((r.score.value for r in sheet.bonus if r.score is not None), ZERO)
    both = [rows] if line is None else [rows, rows + line.value]
    if _counts_execution(case, sheet):
        both = both[-1:]
    extras = dict.fromkeys((ZERO, -bonus, bonus))
    return [b + extra for extra in extras for b in both] if bonus else both


def _counts_execution(case: Case, sheet: Sheet) -> bool:
    """Whether the weights reach the full marks only with the execution line: its points then belong to the total."""
    weight = sheet.execution.weight
    rows = sum((r.weight.value for r in sheet.rows if r.weight is not None), ZERO)
    return weight is not None and rows + weight.value == case.profile.total


def _agrees(computed: Decimal, total: Figure, parts: list[Figure], count: int) -> bool:
    """Scores: 0.01·n where decimals are printed; a total in fewer decimals may be the rounded sum."""
    fine = max(p.decimals for p in parts)
    tolerance = _CENT * count if fine >= 2 else ZERO
    if abs(computed - total.value) <= tolerance:
        return True
    return (
        total.decimals < max(fine, _decimals(computed))
        and round_half_up(computed, total.decimals) == total.value
    )


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _missing(case: Case, sheet: Sheet, rows: Decimal, total: Decimal) -> str:
    short = total - rows
    if any(r.score is None and r.weight is not None for r in sheet.rows) and short > 0:
        return f"{of_scope(sheet)}部分指标的得分"
    weights = sum((r.weight.value for r in sheet.rows if r.weight is not None), ZERO)
    unread = sheet.execution.score is None and weights == case.profile.total - case.profile.execution_weight
    near = 0 < short <= 2 * case.profile.execution_weight
    return f"{of_scope(sheet)}预算执行率的得分" if unread and near else ""


def _wrong_total(sheet: Sheet, parts: list[Figure], computed: Decimal, total: Total) -> Finding:
    figures = [*parts, *([sheet.execution.score] if sheet.execution.score else [])]
    printed = total.figure
    return finding(
        "W-04",
        Severity.ERROR,
        "{scope}各项得分之和 {sum} = {expected}，总分写为 {said}，相差 {difference} 分。",
        [witness("total", printed), *witnesses_of("part", figures)],
        said=plain(printed.value),
        expected=plain(computed),
        difference=apart(printed.value - computed),
        repairs=(Repair(printed.place, printed.text or plain(printed.value), plain(computed), "改总分"),),
        scope=of_scope(sheet),
        sum=_added(sheet, parts),
    )


def _added(sheet: Sheet, parts: list[Figure]) -> str:
    figures = [*([sheet.execution.score] if sheet.execution.score else []), *parts]
    return "+".join(plain(f.value) for f in figures)


def _subtotals(sheet: Sheet) -> Iterator[Outcome]:
    """The score printed for a level is the sum of its rows."""
    for subtotal in sheet.subtotals:
        rows = [
            r
            for r in sheet.rows
            if (r.level1_std, r.level2_std)[subtotal.level - 1 : subtotal.level] == (subtotal.name_std,)
        ]
        scores = [r.score for r in rows if r.score is not None]
        same = [
            s
            for s in sheet.subtotals
            if (s.level, s.name_std) == (subtotal.level, subtotal.name_std) and s.score
        ]
        if subtotal.score is None or not scores or len(scores) < len(rows) or len(same) != 1:
            continue
        computed = sum((s.value for s in scores), ZERO)
        if not _agrees(computed, subtotal.score, scores, len(scores)):
            yield _wrong_level(sheet, subtotal, subtotal.score, scores, computed)


def _wrong_level(
    sheet: Sheet, level: Subtotal, printed: Figure, scores: list[Figure], computed: Decimal
) -> Finding:
    return finding(
        "W-04",
        Severity.ERROR,
        "{scope}{level}各项得分之和为 {expected}，该级得分写为 {said}，相差 {difference} 分。",
        [witness("total", printed), *witnesses_of("part", scores)],
        said=plain(printed.value),
        expected=plain(computed),
        difference=apart(printed.value - computed),
        scope=of_scope(sheet),
        level=level.name_std,
    )


def _without_detail(case: Case, totals: list[Total]) -> Iterator[Outcome]:
    """A total without any score behind it: one warning; two different ones contradict each other."""
    if not totals or is_progress(case):
        return
    first = totals[0]
    of_the_whole = [t for t in totals if not _of_a_named_project(case, t)]
    other = next((t for t in of_the_whole if t.figure.value != of_the_whole[0].figure.value), None)
    if other is not None:
        yield _contradiction(of_the_whole[0], other)
        return
    if missing := _detail_elsewhere(case, first):
        yield NotChecked("W-04", missing, first.figure.place)
        return
    yield finding(
        "W-04",
        Severity.WARNING if case.report.kind.is_self_evaluation else Severity.NOTE,
        "写明总分 {said} 分，但没有任何分项得分，无法核对。",
        [witness("total", first.figure)],
        said=plain(first.figure.value),
    )


def _contradiction(first: Total, other: Total) -> Finding:
    return finding(
        "W-04",
        Severity.ERROR,
        "同一总分前后不一致：一处 {said} 分，一处 {expected} 分，相差 {difference} 分。",
        [witness("total", first.figure), witness("total", other.figure)],
        said=plain(first.figure.value),
        expected=plain(other.figure.value),
        difference=apart(first.figure.value - other.figure.value),
    )


_PARTS = re.compile(r"(?<!满分)(?<!扣)(?<!权重)(?<!\d)\d+(?:\.\d+)?分")
_GIVEN = re.compile(r"得分|自评分|评分|实得")


def _detail_elsewhere(case: Case, total: Total) -> str:
    """Where the scores behind a total stand though no row holds them: a file beside, the sentence, a table of levels."""
    told = [s for s in case.report.subtotals if s.level == 1 and s.score is not None and s.scope == total.scope]
    if len(told) > 2:
        return "正文所列各分项得分的来源"
    if any("自评表" in name and name != case.document.name for name in case.beside):
        return "分项得分（在另附的自评表中）"
    if _of_a_named_project(case, total):
        return "各项目的自评表"
    sentence = sentence_at(case, total.figure.place)
    parts = {m[0] for m in _PARTS.finditer(re.sub(r"满分\d+分|\d+分(?:（含）|\(含\))?(?:及?以[上下]|至|—|-)", "", sentence))}
    if len(parts) > 2:
        return "正文所列各分项得分的来源"
    return "表中分项得分" if any(_lists_scores(t) for t in case.document.tables) else ""


def _lists_scores(table: Table) -> bool:
    """A table with a column of scores and at least two numbers in it."""
    heads = [c for c in table.cells if _GIVEN.search(c.compact) and len(c.compact) <= 10 and not re.search(r"\d", c.compact)]
    return any(
        sum(bool(re.fullmatch(r"\d+(?:\.\d+)?分?", c.compact)) for c in table.cells if c.column == head.column and c.row > head.row) > 1 for head in heads
    )


def _of_a_named_project(case: Case, total: Total) -> bool:
    """Whether the text tells the score of a single project, which is no total of the report."""
    place = total.figure.place
    if total.scope or not place.paragraph or len(case.report.projects) == 1:
        return False
    text = next((p.text for p in case.document.paragraphs if p.place.paragraph == place.paragraph), "")[: place.start]
    clause = re.split(r"[。；，]", text)[-1]
    return names_a_project(text) or bool(re.search(r"[^整]体?项目(?:自评)?得?分?$|项目(?:自评|得分|绩效)", clause) and "部门" not in clause)


def _loose(case: Case) -> Iterator[Outcome]:
    """Totals of scopes without rows. Scores of projects that an overall report only lists stand in forms of their own."""
    totals = own_totals(case, loose_totals(case.report))
    others_have_scores = any(s.has_scores for s in sheets(case.report))
    alone = len(case.report.projects) == 1 and not case.report.indicators
    main = [t for t in totals if (not t.scope and not others_have_scores) or alone]
    yield from _without_detail(case, main)
    for total in totals:
        if total not in main:
            yield NotChecked(
                "W-04", f"{f'“{total.scope}”' if total.scope else ''}总分的分项得分", total.figure.place
            )


@rule(
    "W-19",
    title="总分在可得范围内",
    english="The total can be reached at all",
    severity=Severity.WARNING,
    basis=Basis.FORM,
    source="财预〔2020〕10号 第十七条",
    bad="满意度只完成 83.1%，总分却为 100",
    good="满意度只完成 83.1%，总分 98.75",
)
def total_is_attainable(case: Case) -> Iterator[Outcome]:
    """没有分项得分时，按完成情况推算总分的上限和下限（定性指标取评判等级的分值区间，计入超额完成的适度调减），总分应在其间。"""
    if is_progress(case):
        return
    for sheet in sheets(case.report):
        totals = own_totals(case, sheet.totals)
        if totals and not _scores(sheet):
            yield _within_reach(case, sheet, totals[0].figure)


def _within_reach(case: Case, sheet: Sheet, total: Figure) -> Outcome:
    bounds = attainable(sheet, case.profile, deductions=True)
    if bounds is None:
        return NotChecked("W-19", f"{of_scope(sheet)}指标分值", total.place)
    if not bounds.holds(total.value, _CENT * len(sheet.rows)):
        return _out_of_reach(case, sheet, total, bounds)
    if bounds.missing:
        return NotChecked("W-19", "、".join(bounds.missing), total.place)
    usual = attainable(sheet, case.profile)
    if usual is not None and total.value < usual.high:
        return _unstated_deduction(case, sheet, total, usual)
    return Passed("W-19", f"{plain(total.value)} 在 {bounds.text} 内", (total.place,))


def _out_of_reach(case: Case, sheet: Sheet, total: Figure, bounds: Bounds) -> Finding:
    edge = bounds.high if total.value > bounds.high else bounds.low
    return finding(
        "W-19",
        Severity.WARNING,
        "{scope}按完成情况和口径“{profile}”，总分应在 {expected} 分之间，写为 {said} 分。",
        [witness("total", total), *_short_rows(sheet)],
        said=plain(total.value),
        expected=bounds.text,
        difference=apart(total.value - edge),
        scope=of_scope(sheet),
        profile=case.profile.title,
    )


def _unstated_deduction(case: Case, sheet: Sheet, total: Figure, bounds: Bounds) -> Finding:
    return finding(
        "W-19",
        Severity.NOTE,
        "{scope}按完成情况和口径“{profile}”，总分可在 {expected} 分之间；写为 {said} 分，扣分之处没有写明。",
        [witness("total", total), *_short_rows(sheet)],
        said=plain(total.value),
        expected=bounds.text,
        difference=apart(total.value - bounds.high),
        scope=of_scope(sheet),
        profile=case.profile.title,
    )


def _short_rows(sheet: Sheet) -> list[Witness]:
    """The rows that fell short: where the points were lost."""
    short = [r for r in sheet.rows if reached(r) is False and r.actual.figure is not None]
    return [witness("actual", r.actual.figure or r.actual.text) for r in short]


@rule(
    "W-20",
    title="总分在0到100分之间",
    english="The total lies between 0 and 100",
    severity=Severity.ERROR,
    basis=Basis.FORM,
    source="财预〔2020〕10号 第十四条",
    bad="总分 103",
    good="总分 98.5",
)
def total_is_between_nothing_and_full(case: Case) -> Iterator[Outcome]:
    """总分设置为100分，不得超过满分，也不得为负。文件另定满分或设加分的，从其规定。"""
    full = full_marks(case) or case.profile.total
    for total in own_totals(case, case.report.totals):
        value = total.figure.value
        most = max(
            full, total.weight_total.value if total.weight_total else full, _with_bonus(case, total, full)
        )
        if 0 <= value <= most:
            yield Passed("W-20", f"0 ≤ {plain(value)} ≤ {plain(most)}", (total.figure.place,))
            continue
        yield finding(
            "W-20",
            Severity.ERROR,
            "总分 {said} 分不在 0 到 {expected} 分之间。",
            [witness("total", total.figure)],
            said=plain(value),
            expected=plain(most),
            difference=apart(value - most) if value > most else plain(value),
        )


def _with_bonus(case: Case, total: Total, full: Decimal) -> Decimal:
    bonus = (
        r.score.value
        for s in sheets(case.report)
        if total in s.totals
        for r in s.bonus
        if r.score is not None
    )
    return full + sum((max(b, ZERO) for b in bonus), ZERO)
