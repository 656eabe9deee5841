"""Weights: they add to 100, level by level, and to what the profile gives (W-01, W-02, W-03)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, NotChecked, Outcome, Passed, Severity, Witness
from hengjian.core.audit.rules.scores.evidence import (
    apart,
    finding,
    full_marks,
    of_scope,
    row_witness,
    witnesses_of,
)
from hengjian.core.figures import Figure, plain
from hengjian.core.report import Indicator, Subtotal
from hengjian.core.scoring.score import ZERO
from hengjian.core.scoring.sheets import Sheet, sheets

_CENT = Decimal("0.01")
_FRACTIONS_UP_TO = Decimal("1.05")


@dataclass(frozen=True)
class _Weights:
    """The weights that must add up: of rows, or of whole levels where rows have none."""

    figures: tuple[Figure, ...]
    scale: Decimal
    whole: bool
    """False where a row of the sheet has no weight."""

    @property
    def sum(self) -> Decimal:
        return sum((f.value for f in self.figures), ZERO) * self.scale

    @property
    def tolerance(self) -> Decimal:
        """Scores: 0.01·n where decimals are printed, nothing for whole points."""
        return _CENT * len(self.figures) if any(f.decimals >= 2 for f in self.figures) else ZERO


def _weights(sheet: Sheet) -> _Weights | None:
    figures = tuple(r.weight for r in sheet.rows if r.weight is not None)
    whole = len(figures) == len(sheet.rows)
    if not figures:
        figures = tuple(s.weight for s in sheet.subtotals if s.level == 1 and s.weight is not None)
        whole = {s.name_std for s in sheet.subtotals if s.level == 1} >= {r.level1_std for r in sheet.rows}
    if not figures:
        return None
    is_fraction = sum((f.value for f in figures), ZERO) <= _FRACTIONS_UP_TO and any(
        f.decimals for f in figures
    )
    return _Weights(figures, Decimal(100) if is_fraction else Decimal(1), whole)


@rule(
    "W-01",
    title="指标分值合计等于100分",
    english="Weights add to 100 (90 at filing)",
    severity=Severity.ERROR,
    basis=Basis.FORM,
    source="财预〔2020〕10号 第十四条、附件1",
    bad="分值 10+40+30+15=95",
    good="分值 10+50+30+10=100",
)
def weights_add_to_hundred(case: Case) -> Iterator[Outcome]:
    """各项指标分值与预算执行率分值合计等于总分100分；申报绩效目标时预算执行率10分尚未设置，可为90分。"""
    lawful = _lawful_totals(case)
    for sheet in sheets(case.report):
        weights = _weights(sheet)
        if weights is None:
            yield from _no_weights(case, sheet)
        else:
            yield _judged(case, sheet, weights, lawful)


def _no_weights(case: Case, sheet: Sheet) -> Iterator[Outcome]:
    where = row_witness(sheet.rows[0]) if sheet.rows else None
    if where and case.profile.weights_required and case.report.kind.is_self_evaluation:
        wording = "{scope}自评表没有分值，口径“{profile}”要求填写。"
        yield finding(
            "W-01", Severity.WARNING, wording, [where], scope=of_scope(sheet), profile=case.profile.title
        )
    elif where:
        yield NotChecked("W-01", f"{of_scope(sheet)}指标分值", where.place)


def _judged(case: Case, sheet: Sheet, weights: _Weights, lawful: list[Decimal]) -> Outcome:
    sums = _sums(case, sheet, weights)
    for total in sums:
        hit = next((t for t in lawful if abs(total - t) <= weights.tolerance), None)
        if hit is not None:
            places = tuple(f.place for f in weights.figures)
            return Passed("W-01", f"分值合计 {_added(weights)} = {plain(total)}", places)
    if missing := _missing(case, sheet, weights, sums[0]):
        return NotChecked("W-01", missing, weights.figures[0].place)
    return _wrong_sum(sheet, weights, sums[-1], lawful)


def _sums(case: Case, sheet: Sheet, weights: _Weights) -> list[Decimal]:
    """The sum of the rows, and with the execution points, which may stand in the funds block; 加分 rows or not."""
    line = sheet.execution.weight
    rows = weights.sum
    bonus = sum((r.weight.value for r in sheet.bonus if r.weight is not None), ZERO)
    both = [rows] if line is None else [rows, rows + line.value]
    return [b + extra for extra in dict.fromkeys((bonus, ZERO)) for b in both]


def _lawful_totals(case: Case) -> list[Decimal]:
    declared = full_marks(case)
    usual = (
        [case.profile.total]
        if case.report.kind.is_self_evaluation
        else [case.profile.total, case.profile.filing_total]
    )
    return usual if declared is None else [declared, *usual]


def _missing(case: Case, sheet: Sheet, weights: _Weights, rows: Decimal) -> str:
    if not weights.whole and rows < case.profile.total:
        return f"{of_scope(sheet)}部分指标的分值"
    if sheet.execution.weight is None and rows == case.profile.total - case.profile.execution_weight:
        return f"{of_scope(sheet)}预算执行率的分值"
    return ""


def _wrong_sum(sheet: Sheet, weights: _Weights, total: Decimal, lawful: list[Decimal]) -> Outcome:
    expected = _nearest(total, lawful)
    printed = [t.weight_total for t in sheet.totals if t.weight_total is not None]
    parts = [*weights.figures, *([sheet.execution.weight] if sheet.execution.weight else [])]
    return finding(
        "W-01",
        Severity.ERROR,
        "{scope}指标分值合计 {said} 分，应为 {expected} 分，相差 {difference} 分。",
        [*witnesses_of("total", printed), *witnesses_of("part", parts)],
        said=plain(total),
        expected=plain(expected),
        difference=apart(total - expected),
        scope=of_scope(sheet),
    )


def _nearest(total: Decimal, lawful: list[Decimal]) -> Decimal:
    return min(lawful, key=lambda t: abs(t - total))


def _added(weights: _Weights) -> str:
    return "+".join(plain(f.value) for f in weights.figures)


@rule(
    "W-02",
    title="下级指标分值合计等于上级分值",
    english="Level-3 weights add to level 2, level 2 to level 1",
    severity=Severity.ERROR,
    basis=Basis.ARITHMETIC,
    source="财预〔2020〕10号 附件1；省级绩效模块保存校验",
    bad="产出指标（50分）下各项 15+15+10=40",
    good="产出指标（50分）下各项 20+20+10=50",
)
def levels_add_up(case: Case) -> Iterator[Outcome]:
    """三级指标分值合计等于所属二级指标分值，二级合计等于一级。只在表中印有上级分值时核对。"""
    for sheet in sheets(case.report):
        for subtotal in sheet.subtotals:
            if subtotal.weight is not None and _is_single(sheet, subtotal):
                yield from _level(sheet, subtotal, subtotal.weight)


def _is_single(sheet: Sheet, subtotal: Subtotal) -> bool:
    """A level printed twice (under two level 1, or again in a summary) cannot be told apart by name."""
    same = [
        s
        for s in sheet.subtotals
        if (s.level, s.name_std) == (subtotal.level, subtotal.name_std) and s.weight
    ]
    return len(same) == 1


def _members(sheet: Sheet, subtotal: Subtotal) -> list[Indicator]:
    return [
        r for r in sheet.rows if (r.level1_std if subtotal.level == 1 else r.level2_std) == subtotal.name_std
    ]


def _level(sheet: Sheet, subtotal: Subtotal, whole: Figure) -> Iterator[Outcome]:
    members = _members(sheet, subtotal)
    weights = [r.weight for r in members if r.weight is not None]
    if not weights:
        return
    if len(weights) < len(members):
        yield NotChecked("W-02", f"{of_scope(sheet)}{subtotal.name_std}下部分指标的分值", whole.place)
        return
    total = sum((w.value for w in weights), ZERO)
    if abs(total - whole.value) <= (_CENT * len(weights) if any(w.decimals >= 2 for w in weights) else ZERO):
        yield Passed(
            "W-02",
            f"{subtotal.name_std} {'+'.join(plain(w.value) for w in weights)} = {plain(total)}",
            (whole.place,),
        )
        return
    yield finding(
        "W-02",
        Severity.ERROR,
        "{scope}{level}分值 {said} 分，下级指标分值合计 {expected} 分，相差 {difference} 分。",
        [*witnesses_of("total", [whole]), *witnesses_of("part", weights)],
        said=plain(whole.value),
        expected=plain(total),
        difference=apart(whole.value - total),
        scope=of_scope(sheet),
        level=subtotal.name_std,
    )


@rule(
    "W-03",
    title="一级指标分值与口径一致",
    english="Level-1 weights match the profile",
    severity=Severity.NOTE,
    basis=Basis.PRACTICE,
    source="财预〔2020〕10号 第十四条；财预〔2021〕101号 附件1",
    bad="产出40、效益31、满意度10、成本9",
    good="产出50、效益30、满意度10",
)
def level_weights_match_the_profile(case: Case) -> Iterator[Outcome]:
    """一级指标分值原则上：预算执行率10、产出50、效益30、满意度10（设成本指标时另有规定）；文件自定的分值优先，只作提示。"""
    for sheet in sheets(case.report):
        weights = _weights(sheet)
        if weights is None or not weights.whole or not all(r.level1_std and r.weight for r in sheet.rows):
            continue
        if not any(
            abs(t - lawful) <= weights.tolerance for t in _sums(case, sheet, weights) for lawful in (90, 100)
        ):
            continue
        yield from _against_profile(case, sheet, weights.scale)


def _against_profile(case: Case, sheet: Sheet, scale: Decimal) -> Iterator[Outcome]:
    found: dict[str, Decimal] = {}
    for row in sheet.rows:
        found[row.level1_std] = (
            found.get(row.level1_std, ZERO) + (row.weight.value if row.weight else ZERO) * scale
        )
    wanted = {k: v for k, v in case.profile.level1_weights.items() if k != "预算执行率"}
    if not wanted or found in (wanted, _without_satisfaction(wanted)):
        return
    yield finding(
        "W-03",
        Severity.NOTE,
        "{scope}一级指标分值为 {said}，口径“{profile}”为 {expected}。",
        _level_witnesses(sheet),
        said=_listed(found),
        expected=_listed(wanted),
        scope=of_scope(sheet),
        profile=case.profile.title,
    )


def _without_satisfaction(wanted: dict[str, Decimal]) -> dict[str, Decimal]:
    """Where satisfaction makes no sense its points go to the benefit (101号)."""
    rest = {k: v for k, v in wanted.items() if k != "满意度指标"}
    return rest | {"效益指标": rest.get("效益指标", ZERO) + wanted.get("满意度指标", ZERO)}


def _listed(weights: dict[str, Decimal]) -> str:
    return "、".join(f"{name.removesuffix('指标')}{plain(points)}" for name, points in weights.items())


def _level_witnesses(sheet: Sheet) -> list[Witness]:
    return witnesses_of("part", [r.weight for r in sheet.rows])
