"""A-23: the three public expenses against the budget and last year."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Finding, NotChecked, Outcome, Passed, Severity, witness
from hengjian.core.audit.ledger import Ledger, Moment, ledger_of
from hengjian.core.audit.reasons import explains_change
from hengjian.core.audit.rules.money.execution import rate_finding
from hengjian.core.audit.sums import in_printed_unit, shown
from hengjian.core.figures import Figure, compare_rate, compare_sum
from hengjian.core.report import Fact, Stage

_SUBJECTS = ("三公", "接待", "用车", "车辆", "出国", "公车")


@rule(
    "A-23", title="“三公”经费不超预算、不高于上年", english="Three public expenses within budget and not above last year",
    severity=Severity.WARNING, basis=Basis.PRACTICE, source="《预算绩效评价共性指标体系框架》（财预〔2013〕53号）“三公经费”控制率、变动率",
    bad="“三公”经费预算5万元，决算6万元。", good="“三公”经费预算5万元，决算4.8万元。",
)  # fmt: skip
def three_public_within_limits(case: Case) -> Iterator[Outcome]:
    """“三公”经费决算数不大于预算数（控制率≤100%），不大于上年决算数（变动率≤0）；超过的应当说明原因。"""
    ledger = ledger_of(case.report)
    executed = _executed(ledger)
    if executed is None:
        yield from _claimed_without_figure(case)
        return
    moment = ledger.moment(executed)
    for limit, words in ((_budget(ledger, moment), "预算数"), (_last_year(ledger, moment), "上年决算数")):
        if limit is not None:
            yield from _within(case, executed, limit, words)
    yield from _rates(ledger, executed, _budget(ledger, moment), _last_year(ledger, moment))


def _executed(ledger: Ledger) -> Fact | None:
    return ledger.one(Moment(ledger.report.year, Stage.EXECUTED, ""), "three_public.total")


def _budget(ledger: Ledger, moment: Moment) -> Fact | None:
    for stage in (Stage.BUDGET, Stage.INITIAL):
        if (found := ledger.one(Moment(moment.year, stage, moment.scope), "three_public.total")) is not None:
            return found
    return None


def _last_year(ledger: Ledger, moment: Moment) -> Fact | None:
    return ledger.one(Moment(moment.year - 1, Stage.EXECUTED, moment.scope), "three_public.total") if moment.year else None


def _claimed_without_figure(case: Case) -> Iterator[Outcome]:
    claim = next((c for c in case.report.claims if "三公" in c.text.text), None)
    if claim is not None and claim.kind in ("within_budget", "thrift"):
        yield NotChecked("A-23", "“三公”经费的预算数和决算数", claim.text.place)


def _within(case: Case, executed: Fact, limit: Fact, words: str) -> Iterator[Outcome]:
    unit = executed.figure.unit
    if executed.figure.yuan <= limit.figure.yuan or not compare_sum([executed.figure], limit.figure).differs:
        yield Passed("A-23", f"{executed.value:f} ≤ {shown(limit.figure, unit)} {unit}（{words}）", (executed.place, limit.place))
    elif not explains_change(case, *_SUBJECTS):
        gap = in_printed_unit(executed.figure.yuan - limit.figure.yuan, executed.figure)
        said, expected = f"{executed.value:f}", shown(limit.figure, unit)
        yield Finding(
            "A-23", Severity.WARNING, "“三公”经费决算数{said}{unit}大于{words}{expected}{unit}，超出{difference}{unit}，未见说明。",
            (witness("executed", executed), witness("limit", limit)),
            {"said": said, "expected": expected, "unit": unit, "difference": gap, "words": words}, said, expected, gap,
        )  # fmt: skip


def _rates(ledger: Ledger, executed: Fact, budget: Fact | None, last: Fact | None) -> Iterator[Outcome]:
    """The printed control rate and rate of change must be what the amounts give."""
    for rate in ledger.of("rate.three_public_control"):
        if budget is not None and budget.value:
            comparison = compare_rate(executed.figure, budget.figure, rate.figure)
            if comparison is not None and comparison.differs:
                yield rate_finding("A-23", rate, executed, budget)
    for rate in ledger.of("rate.three_public_change"):
        if last is not None and last.value and last.figure.unit == executed.figure.unit:
            change = Figure(executed.value - last.value, executed.figure.unit, decimals=executed.figure.decimals)
            comparison = compare_rate(change, last.figure, rate.figure)
            if comparison is not None and comparison.differs and abs(comparison.computed) != abs(rate.value):
                yield from _changed(rate, executed, last, change)


def _changed(rate: Fact, executed: Fact, last: Fact, change: Figure) -> Iterator[Outcome]:
    comparison = compare_rate(change, last.figure, Figure(abs(rate.value), "%", decimals=rate.figure.decimals))
    falling = change.value < 0 and rate.value > 0 and any(w in rate.label + rate.sentence.text for w in ("下降", "减少", "降低", "压减"))
    if falling and comparison is not None:
        mirrored = compare_rate(Figure(-change.value, change.unit, decimals=change.decimals), last.figure, rate.figure)
        if mirrored is not None and not mirrored.differs:
            return
    exact = change.value * 100 / last.value
    expected = f"{exact:.2f}"
    yield Finding(
        "A-23", Severity.ERROR, "{label}写为{said}%，按（{new}－{old}）÷{old}计算应为{expected}%。",
        (witness("rate", rate), witness("executed", executed), witness("last_year", last)),
        {"label": rate.label, "said": f"{rate.value:f}", "new": f"{executed.value:f}", "old": f"{last.value:f}", "expected": expected},
        f"{rate.value:f}", expected, f"{abs(rate.value - exact):.2f}",
    )  # fmt: skip
