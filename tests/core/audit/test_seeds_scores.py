"""The W rules on the five defining documents: fire where §8.3's column says so, silent where it says ✓."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from tests.conftest import SEEDS

from hengjian.core.audit.catalogue import Case
from hengjian.core.audit.run import Audit, audit
from hengjian.core.extraction import extract
from hengjian.core.reading import read
from hengjian.law import load_profile

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside the repository")

EXPECTED = {
    0: {"W-04 warning": 1, "W-16 note": 1},
    1: {"W-03 note": 1, "W-06 warning": 7, "W-07 error": 7, "W-12 note": 1},
    2: {
        "W-04 warning": 1,
        "W-10 warning": 1,
        "W-15 note": 1,
        "W-15 warning": 1,
        "W-16 note": 1,
        "W-17 warning": 1,
    },
    3: {"W-09 error": 4},
    4: {},
}
PASSED = {0: {"W-14", "W-15", "W-20"}, 1: {"W-01", "W-04", "W-05", "W-13", "W-14", "W-18"}, 2: {"W-14"}}


@cache
def judged(number: int) -> Audit:
    [path] = SEEDS.glob(f"{number:03}_*.txt")
    document = read(path.read_bytes(), path.name)
    return audit(Case(extract(document), document, load_profile()), lambda r: r.family == "W")


@pytest.mark.parametrize("number", EXPECTED)
def test_each_seed_gives_exactly_these_findings(number: int):
    found = Counter(f"{f.rule} {f.severity.value}" for f in judged(number).findings)
    assert dict(sorted(found.items())) == EXPECTED[number], [f.message for f in judged(number).findings]


@pytest.mark.parametrize("number", PASSED)
def test_what_adds_up_is_told_as_passed(number: int):
    assert {p.rule for p in judged(number).passed} >= PASSED[number]


@pytest.mark.parametrize("number", [0, 2, 3, 4])
def test_missing_weights_are_not_checked_and_never_pass(number: int):
    assert "W-01" in {n.rule for n in judged(number).not_checked}
    assert "W-01" not in {p.rule for p in judged(number).passed}


def test_the_recomputed_total_of_the_hunan_report_would_be_full():
    lost = sum(int(f.difference) for f in judged(1).findings if f.rule == "W-06")
    assert 93 + lost == 100
