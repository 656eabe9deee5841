"""The smallest sets of cells that restore consistency."""

from decimal import Decimal
from types import MappingProxyType

from tests.documents import build_document

from hengjian.core.audit.catalogue import Case
from hengjian.core.audit.finding import Finding, Repair, Severity, Witness
from hengjian.core.audit.repairs import Equation, Term, equation_of, smallest_repairs, with_smallest_repairs
from hengjian.core.places import Place
from hengjian.core.report import Report
from hengjian.law import load_profile


def place(number: int) -> Place:
    return Place(block=number, paragraph=number, start=0, end=5)


def term(number: int, value: str, sign: int = 1) -> Term:
    return Term(place(number), Decimal(value), sign)


def equation(total: tuple[int, str], *parts: tuple[int, str]) -> Equation:
    return Equation((term(*total, -1), *(term(*p) for p in parts)), Decimal("0.01"))


def told(broken: list[Equation], holding: list[Equation]) -> list[list[tuple[int, str]]]:
    found = smallest_repairs(broken, holding)
    return [[(c.term.place.block, f"{c.value:f}") for c in s] for s in found]


BASIC = equation((1, "360.87"), (2, "133.64"), (3, "19.02"))
WHOLE = equation((4, "494.51"), (1, "360.87"), (5, "133.64"))


def test_any_cell_mends_a_lone_sum():
    assert told([BASIC], []) == [[(1, "152.66")], [(2, "341.85")], [(3, "227.23")]]


def test_a_cell_that_another_sum_confirms_stays():
    assert told([BASIC], [WHOLE]) == [[(2, "341.85")], [(3, "227.23")]]


def test_one_cell_mends_two_sums_at_once():
    other = equation((6, "400.00"), (2, "133.64"), (7, "58.15"))
    assert told([BASIC, other], []) == [[(2, "341.85")]]


def test_a_pair_where_no_single_cell_does():
    apart = equation((6, "10.00"), (7, "4.00"), (8, "5.00"))
    pairs = told([BASIC, apart], [WHOLE])
    assert [(2, "341.85"), (7, "5.00")] in pairs
    assert all(len(p) == 2 for p in pairs)


def test_no_negative_amount_is_proposed():
    assert told([equation((1, "5.00"), (2, "9.00"), (3, "1.00"))], []) == [[(1, "10.00")], [(2, "4.00")]]


def witness(role: str, number: int, value: str) -> Witness:
    return Witness(role, place(number), value, value, "万元")


def finding(*witnesses: Witness, repairs: tuple[Repair, ...] = ()) -> Finding:
    return Finding("A-03", Severity.ERROR, "", witnesses, MappingProxyType({}), repairs=repairs)


SUM = (witness("total", 1, "360.87"), witness("part", 2, "133.64"), witness("part", 3, "19.02"))


def test_a_finding_of_a_sum_is_an_equation():
    found = equation_of(finding(*SUM))
    assert found is not None
    assert found.residual({}) == Decimal(-2082100)
    assert equation_of(finding(*SUM[:1])) is None
    assert equation_of(finding(witness("score", 1, "9"), witness("weight", 2, "10"))) is None


def repaired(*proposals: Repair) -> list[tuple[str, str]]:
    case = Case(Report(), build_document("正文"), load_profile())
    [found] = with_smallest_repairs(case, [finding(*SUM, repairs=proposals)])
    return [(r.old, r.new) for r in found.repairs]


def test_the_rules_own_proposals_are_kept_where_they_suit():
    assert repaired(Repair(place(2), "133.64", "341.85", "人员经费")) == [("133.64", "341.85")]


def test_without_a_proposal_that_suits_every_suiting_cell_is_told():
    assert repaired() == [("360.87", "152.66"), ("133.64", "341.85"), ("19.02", "227.23")]
    assert repaired(Repair(place(9), "1", "2")) == repaired()
