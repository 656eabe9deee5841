"""Results that a report tells twice, in its text and in its table: the part of A-07 that is about indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengjian.core.audit.catalogue import Case
from hengjian.core.audit.finding import Finding, Outcome, Passed, Repair, Severity
from hengjian.core.audit.indicators import (
    actual_witness,
    found,
    number_of,
    rows,
    same_measure,
    same_scope,
    satisfaction_twin,
    sentence_of,
    shorten,
    statements,
    twin,
)
from hengjian.core.figures import Figure, plain, round_half_up
from hengjian.core.report import Indicator

_OTHER_TIME = re.compile(r"截至|截止|上半年|季度|上年|去年|同期|平均|(?:全市|全省|全国|全区)排名|预计|目前|\d月份|1\s*[-—至]\s*\d+\s*月")


def results_agree(case: Case) -> Iterator[Outcome]:
    """The text and the table give one result for one indicator, as far as both print it."""
    for told, row in _pairs(case):
        first, second = told.actual.figure, row.actual.figure
        if first is None or second is None or first.approximate or second.approximate:
            continue
        if _same(first, second):
            yield Passed("A-07", f"{row.name}：{number_of(second)}", (told.actual.text.place, row.actual.text.place))
        else:
            yield _differ(told, row, first, second)


def _pairs(case: Case) -> Iterator[tuple[Indicator, Indicator]]:
    """Statements of a result with the one row that they can be about."""
    table = [r for r in rows(case.report, named=True) if r.actual.figure is not None]
    for told in statements(case.report):
        fitting = [r for r in table if same_scope(case.report, told.project, r.project)]
        row = twin(told, fitting) or satisfaction_twin(told, fitting)
        if row is not None and same_measure(told.actual.figure, row.actual.figure) and not _of_other_time(case, told):
            yield told, row


def _of_other_time(case: Case, told: Indicator) -> bool:
    return _OTHER_TIME.search(sentence_of(case.document, told.actual.text)) is not None


def _same(first: Figure, second: Figure) -> bool:
    """Equal, or one is the other with fewer decimals."""
    coarse, fine = sorted((first, second), key=lambda f: f.decimals)
    if coarse.unit == fine.unit:
        return round_half_up(fine.value, coarse.decimals) == coarse.value
    return first.base_value == second.base_value


def _differ(told: Indicator, row: Indicator, first: Figure, second: Figure) -> Finding:
    gap = f"{plain(first.value - second.value)}{first.unit}" if first.unit == second.unit else ""
    return found(
        "A-07",
        Severity.ERROR,
        "“{name}”的完成值前后不一致：正文为{said}，表中为{expected}。",
        actual_witness(told, "text"),
        actual_witness(row, "table"),
        said=number_of(first),
        expected=number_of(second),
        difference=gap,
        repairs=[Repair(told.actual.text.place, number_of(first), number_of(second), "按表中完成值改")],
        name=shorten(row.name),
    )
