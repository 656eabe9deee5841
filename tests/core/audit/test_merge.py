"""An L and a T rule that see one cell are one finding."""

from __future__ import annotations

from hengjian.core.audit.catalogue import all_rules
from hengjian.core.audit.finding import Finding, Severity, Witness
from hengjian.core.audit.merge import PAIRS, merge
from hengjian.core.places import Place


def _finding(rule: str, *cells: tuple[int, int]) -> Finding:
    places = (Witness("target", Place(block=3, table=1, row=r, column=c)) for r, c in cells)
    return Finding(rule, Severity.NOTE, "x", tuple(places))


def test_a_lint_gives_way_in_the_same_cell():
    kept = merge([_finding("T-15", (4, 5)), _finding("L-18", (4, 5)), _finding("L-18", (6, 5))])
    assert [(f.rule, f.place.row) for f in kept] == [("T-15", 4), ("L-18", 6)]


def test_order_does_not_matter():
    assert [f.rule for f in merge([_finding("L-06", (2, 5)), _finding("T-02", (2, 5))])] == ["T-02"]


def test_another_rule_in_the_same_cell_stays():
    assert len(merge([_finding("T-15", (4, 5)), _finding("L-05", (4, 5))])) == 2


def test_pairs_name_rules_that_exist():
    codes = {r.code for r in all_rules()}
    assert set(PAIRS) | set(PAIRS.values()) <= codes
