"""Sums, the ledger and the smallest repairs, on reports built by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.core.audit.catalogue import Case, get_rule
from hengjian.core.audit.finding import Finding, Outcome, Passed
from hengjian.core.audit.ledger import Ledger, is_difference, is_progress
from hengjian.core.audit.sums import Sum, in_printed_unit
from hengjian.core.document import Document
from hengjian.core.figures import figure
from hengjian.core.places import Place
from hengjian.core.profile import Profile
from hengjian.core.report import Fact, Kind, Report, Stage, Text

PROFILE = Profile("test", "测试")


def fact(key: str, value: str, unit: str = "万元", *, block: int = 1, stage: Stage = Stage.EXECUTED, **more: object) -> Fact:
    place = Place(block=block, paragraph=block, start=10 * hash(key) % 97, end=10, quote=value)
    return Fact(key, key, figure(value, unit, place), stage, group=f"s{block}", **more)  # type: ignore[arg-type]


def outcomes(code: str, *facts: Fact) -> list[Outcome]:
    report = Report(Kind.OVERALL_SELF_EVALUATION, year=2024, facts=facts)
    return list(get_rule(code).check(Case(report, Document(()), PROFILE)))


def in_sentence(words: str, amount: str, key: str = "expenditure.basic") -> Fact:
    """A fact whose sentence is ``words``, which holds ``amount``."""
    start = words.index(amount)
    place = Place(block=1, paragraph=1, start=start, end=start + len(amount), quote=amount)
    sentence = Text(words, Place(block=1, paragraph=1, start=0, end=len(words)))
    return Fact(key, key, figure(amount, "万元", place), sentence=sentence)


def test_an_equation_shows_its_tail():
    sum_ = Sum(fact("expenditure.basic", "570.79"), (fact("expenditure.personnel", "171.42"), fact("expenditure.public", "399.38")))
    comparison = sum_.compare(PROFILE)
    assert sum_.equation(comparison) == "171.42 + 399.38 = 570.80 ≈ 570.79 万元（尾差 0.01）"
    assert not comparison.differs


def test_amounts_of_two_units_are_added_in_the_unit_of_the_total():
    sum_ = Sum(fact("expenditure.basic", "302.15"), (fact("expenditure.personnel", "2610500", "元"), fact("expenditure.public", "41.10")))
    assert sum_.equation(sum_.compare(PROFILE)) == "261.05 + 41.10 = 302.15 万元"


def test_a_user_s_own_tolerance_replaces_the_interval():
    sum_ = Sum(fact("expenditure.basic", "300"), (fact("expenditure.personnel", "250"), fact("expenditure.public", "49")))
    assert not sum_.holds(PROFILE)
    assert sum_.holds(Profile("own", "自定", tolerance=Decimal(1)))


@pytest.mark.parametrize(
    ("base", "unit", "told"),
    [("2082100", "万元", "208.21"), ("500000", "万元", "50.00"), ("50", "万元", "0.005"), ("-200", "万元", "-0.02"), ("500", "元", "500")],
)
def test_differences_are_plain_and_in_the_printed_unit(base: str, unit: str, told: str):
    assert in_printed_unit(Decimal(base), figure("1", unit)) == told


@pytest.mark.parametrize(
    ("words", "amount", "expected"),
    [
        ("基本支出比上年增加12.60万元", "12.60", True),
        ("本年追加基本支出10.20万元", "10.20", True),
        ("决算高于预算6万元", "6", True),
        ("2024年基本支出302.15万元", "302.15", False),
        ("调整后基本支出302.15万元", "302.15", False),
    ],
)
def test_a_difference_is_no_level(words: str, amount: str, expected: bool):
    assert is_difference(in_sentence(words, amount)) is expected


@pytest.mark.parametrize(
    ("words", "amount", "expected"),
    [
        ("截至2024年6月底，基本支出148.20万元", "148.20", True),
        ("上半年基本支出148.20万元，全年302.15万元", "148.20", True),
        ("上半年基本支出148.20万元，全年302.15万元", "302.15", False),
        ("截至2024年12月31日，基本支出302.15万元", "302.15", False),
        ("2024年12月底基本支出302.15万元", "302.15", False),
    ],
)
def test_the_amount_of_a_part_of_the_year_is_left_out(words: str, amount: str, expected: bool):
    assert is_progress(in_sentence(words, amount)) is expected


def test_a_slip_of_the_unit_is_put_right_for_the_sums():
    slip = fact("expenditure.project", "97", "元", stage=Stage.INITIAL)
    table = fact("expenditure.project", "97", block=9, stage=Stage.BUDGET, source="table")
    ledger = Ledger(Report(facts=(slip, table), year=2024))
    assert [f.figure.unit for f in ledger.facts] == ["万元", "万元"]


def test_a_part_takes_the_stage_of_its_whole():
    whole = fact("expenditure.basic", "300", stage=Stage.INITIAL)
    part = fact("expenditure.personnel", "250", stage=Stage.UNSTATED, whole=0)
    ledger = Ledger(Report(Kind.OVERALL_SELF_EVALUATION, facts=(whole, part), year=2024))
    assert ledger.stage(part) is Stage.INITIAL


def test_amounts_of_two_years_are_not_added():
    facts = (
        fact("expenditure.basic", "300"),
        fact("expenditure.personnel", "240", year=2023),
        fact("expenditure.public", "50"),
    )
    assert not any(isinstance(o, Finding) for o in outcomes("A-03", *facts))


def test_amounts_of_two_stages_are_not_added():
    facts = (
        fact("expenditure.basic", "300", stage=Stage.INITIAL),
        fact("expenditure.personnel", "240"),
        fact("expenditure.public", "50"),
    )
    assert not any(isinstance(o, Finding) for o in outcomes("A-03", *facts))


def test_amounts_of_a_project_are_not_part_of_the_unit():
    facts = (
        fact("expenditure.total", "400"),
        fact("expenditure.basic", "300"),
        fact("expenditure.project", "90", scope="信访业务费"),
    )
    assert not any(isinstance(o, Finding) for o in outcomes("A-02", *facts))


def test_the_repair_leaves_confirmed_cells_alone():
    facts = (
        fact("expenditure.total", "500"),
        fact("expenditure.basic", "300"),
        fact("expenditure.project", "200"),
        fact("expenditure.personnel", "240"),
        fact("expenditure.public", "50"),
    )
    finding = next(o for o in outcomes("A-03", *facts) if isinstance(o, Finding))
    assert {(r.old, r.new) for r in finding.repairs} == {("240", "250.00"), ("50", "60.00")}


@given(st.integers(1, 10**8), st.integers(1, 10**8))
def test_true_sums_pass_and_wrong_ones_are_found(personnel: int, public: int):
    def amount(cents: int) -> str:
        return f"{Decimal(cents) / 100:.2f}"

    right = outcomes(
        "A-03",
        fact("expenditure.basic", amount(personnel + public)),
        fact("expenditure.personnel", amount(personnel)),
        fact("expenditure.public", amount(public)),
    )
    wrong = outcomes(
        "A-03",
        fact("expenditure.basic", amount(personnel + public + 5)),
        fact("expenditure.personnel", amount(personnel)),
        fact("expenditure.public", amount(public)),
    )
    assert [type(o) for o in right] == [Passed]
    assert [o.difference for o in wrong if isinstance(o, Finding)] == ["0.05"]
