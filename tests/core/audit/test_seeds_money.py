"""The five defining documents: every contradiction of money and people that the fact sheet names, and silence elsewhere.

The documents are read where they stand; nothing of their text is copied here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from hengjian.core.audit.catalogue import Case
from hengjian.core.audit.finding import Finding
from hengjian.core.audit.run import Audit, audit
from hengjian.core.extraction import extract
from hengjian.core.reading import read
from hengjian.law import load_profile

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside the repository")

# Seed → rule → (severity, said, expected, difference) of each finding; rules of A and P not named must be silent.
FINDINGS: dict[str, dict[str, list[tuple[str, str, str, str]]]] = {
    "000": {
        "A-03": [("error", "360.87", "152.66", "208.21")],
        "A-08": [("warning", "133.64", "", "")],
    },
    "001": {
        "A-06": [("error", "233.09", "330.09", "97.00")],
        "A-16": [("warning", "144.88", "30", "114.88")],
        "A-18": [("error", "97", "970000", "969903")],
        "A-24": [("warning", "2923.72", "100", "2823.72")],
        "A-27": [("warning", "399.38", "277.46", "121.92")],
        "A-28": [("warning", "570.79", "233.09", "337.70")],
        "A-29": [("warning", "332.32", "100", "232.32")],
        "A-30": [("note", "69.97", "50", "19.97")],
        "A-31": [("note", "8.38", "", "")],
        "P-04": [("note", "10", "2", "8")],
        "P-05": [("warning", "100", "34.21", "65.79"), ("warning", "100", "34.21", "65.79")],
    },
    "002": {},
    "003": {
        "A-04": [("error", "213.61", "210.24", "3.37")],
        "A-05": [("error", "0.14", "-0.02", "0.16")],
        "A-07": [("warning", "213.36", "213.34", "0.02")],
        "A-10": [("warning", "15", "0", "15")],
        "A-20": [
            ("error", "4.4", "8", "3.60"),
            ("error", "1.29", "2", "0.71"),
            ("error", "4.85", "8", "3.15"),
            ("error", "10", "15", "5.00"),
        ],
        "A-21": [("warning", "55", "", ""), ("warning", "65", "", ""), ("warning", "61", "", ""), ("warning", "33", "", "")],
        "A-31": [("note", "7.49", "", "")],
    },
    "004": {"A-33": [("warning", "75.00", "80", "5")]},
}

# Sums that the fact sheet marks ✓ or 尾差: made, and held.
PASSED = {
    "000": [("A-02", "360.87 + 133.64 = 494.51"), ("P-01", "9 + 9 = 18")],
    "001": [
        ("A-01", "570.79 + 0 + 0 + 0 = 570.79"),
        ("A-02", "570.79 + 0 = 570.79"),
        ("A-03", "171.42 + 399.38 = 570.80 ≈ 570.79 万元（尾差 0.01）"),
        ("A-04", "488.57 + 11.79 + 9.01 + 47.83 + 10.59 + 3 = 570.79"),
        ("A-14", "570.79 ÷ 570.79 = 100%"),
        ("A-25", "63.28 + 86.11 + 4.51 = 153.90 ≤ 399.38"),
        ("A-25", "32.39 + 49.12 + 3.25 = 84.76 ≤ 277.46"),
        ("A-26", "399.38"),
        ("P-02", "8 ÷ 8 = 100%"),
        ("P-03", "8 人 = 附表 8 人"),
        ("P-04", "4 个 = 列出 4 个"),
    ],
    "002": [],
    "003": [("A-01", "197.34 + 16 = 213.34"), ("A-11", "8 + 0 = 8"), ("A-11", "0 + 15 = 15"), ("A-20", "5 = 5")],
    "004": [("A-11", "180500.00 + 0 = 180500.00"), ("A-32", "25 ≤ 50 ≤ 80 ≤ 100"), ("A-32", "25 ≤ 50 ≤ 75 ≤ 100")],
}


@cache
def _audit(seed: str) -> Audit:
    path = next(SEEDS.glob(f"{seed}_*.txt"))
    document = read(path.read_bytes(), path.name)
    case = Case(extract(document), document, load_profile("national-2020"))
    return audit(case, lambda r: r.default and r.family in "AP")


def _told(finding: Finding) -> tuple[str, str, str, str]:
    return finding.severity.value, finding.said, finding.expected, finding.difference


@pytest.mark.parametrize("seed", sorted(FINDINGS))
def test_every_named_contradiction_is_found_and_nothing_else(seed: str):
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for finding in _audit(seed).findings:
        found.setdefault(finding.rule, []).append(_told(finding))
    assert {k: sorted(v) for k, v in found.items()} == {k: sorted(v) for k, v in FINDINGS[seed].items()}


@pytest.mark.parametrize(("seed", "rule", "words"), [(s, r, w) for s, checks in PASSED.items() for r, w in checks])
def test_what_holds_is_passed_with_its_sum(seed: str, rule: str, words: str):
    assert any(p.rule == rule and words in p.equation for p in _audit(seed).passed)


def test_the_repair_of_a_copied_amount_is_the_copied_cell():
    finding = next(f for f in _audit("000").findings if f.rule == "A-03")
    assert (finding.repairs[0].old, finding.repairs[0].new) == ("133.64", "341.85")


def test_a_total_that_repeats_its_part_is_repaired_by_the_sum():
    finding = next(f for f in _audit("001").findings if f.rule == "A-06")
    assert (finding.repairs[0].old, finding.repairs[0].new) == ("233.09", "330.09")


def test_unpaired_sums_say_what_is_missing():
    missing = {(n.rule, n.missing) for n in _audit("004").not_checked}
    assert ("A-12", "项目支出合计") in missing
    assert ("P-07", "在职人数") in missing
