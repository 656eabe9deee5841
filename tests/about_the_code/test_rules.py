"""The catalogue of rules is complete, documented and consistent."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from hengjian.core.audit.catalogue import all_rules

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"A": 34, "P": 8, "W": 20, "T": 24, "D": 19, "L": 25}


def test_every_rule_of_the_fact_sheet_is_registered():
    expected = {f"{family}-{number:02d}" for family, size in SIZES.items() for number in range(1, size + 1)}
    assert {r.code for r in all_rules()} == expected
    assert Counter(r.family for r in all_rules()) == SIZES


@pytest.mark.parametrize("rule", [pytest.param(r, id=r.code) for r in all_rules()])
def test_a_rule_says_what_it_is(rule):
    assert len(rule.text) > 10
    assert rule.title
    assert rule.english
    assert rule.source
    assert rule.bad, "an example of what the rule finds"
    assert rule.good, "an example of what is right"


def test_the_documentation_lists_every_rule():
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert not [r.code for r in all_rules() if f"| {r.code} |" not in text or r.title not in text]


def test_only_the_two_named_rules_are_off_by_default():
    assert [r.code for r in all_rules() if not r.default] == ["A-34", "P-06"]
