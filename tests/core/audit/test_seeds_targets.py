"""What the rules on targets and documents must find in the five defining documents, and where they must be silent.

The documents are not part of the repository: they are read beside it, and the test skips where they are not.
Expected places are numbers of rows and counts, never the documents' words.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from hengjian.core.audit.catalogue import Case
from hengjian.core.audit.finding import Finding, Severity
from hengjian.core.audit.run import Audit, audit
from hengjian.core.extraction import extract
from hengjian.core.reading import read
from hengjian.law import load_profile

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside the repository")

LOUD = {
    "000": Counter({"T-01": 1, "T-09": 1, "T-20": 1, "D-04": 1}),
    "001": Counter({"T-09": 1, "T-10": 3, "T-13": 1, "T-19": 1, "D-01": 1, "D-04": 1, "D-05": 1, "D-15": 1}),
    "002": Counter(),
    "003": Counter({"T-06": 1, "T-08": 1, "T-09": 2, "T-11": 1, "T-12": 4, "T-18": 2, "D-06": 1}),
    "004": Counter({"T-02": 1, "T-04": 5, "T-07": 1, "T-08": 10, "T-14": 5, "T-15": 5}),
}
"""Errors and warnings of T and D for each document: §8.4 and §8.5, seed column, where it is bold."""

NOTED = {
    "000": {"T-01", "T-24", "D-08"},
    "001": {"T-14", "D-08"},
    "002": {"T-05", "T-16", "T-17", "D-11"},
    "003": {"T-17", "D-08", "D-11"},
    "004": {"T-04", "T-17", "D-08", "D-09", "L-02", "L-04", "L-06", "L-10", "L-12", "L-16"},
}
"""Rules that must give at least one note."""


@cache
def _audit(seed: str) -> Audit:
    path = next(SEEDS.glob(f"{seed}_*.txt"))
    document = read(path.read_bytes(), path.name)
    case = Case(extract(document), document, load_profile("national-2020"))
    return audit(case, lambda r: r.family in "TDL" and r.default)


def _of(seed: str, code: str) -> list[Finding]:
    return [f for f in _audit(seed).findings if f.rule == code]


@pytest.mark.parametrize("seed", LOUD)
def test_errors_and_warnings_are_exactly_those_of_the_fact_sheet(seed: str):
    loud = [f for f in _audit(seed).findings if f.severity is not Severity.NOTE]
    assert Counter(f.rule for f in loud) == LOUD[seed], [f"{f.rule} {f.place.loc} {f.message}" for f in loud]


@pytest.mark.parametrize("seed", NOTED)
def test_notes(seed: str):
    assert NOTED[seed] <= {f.rule for f in _audit(seed).findings}


def test_the_satisfaction_of_text_and_table_differ():
    (finding,) = [f for f in _of("000", "T-01") if f.severity is Severity.ERROR]
    assert (finding.said, finding.expected, finding.difference) == ("≥98%", "≥90%", "8%")


def test_two_numbers_in_one_target():
    (finding,) = _of("004", "T-02")
    assert (finding.said, finding.expected) == ("90%", "100%")
    assert finding.place.table == 4


def test_the_odd_target_among_projects():
    (finding,) = _of("004", "T-07")
    assert (finding.said, finding.expected) == ("≥90%", "≥95%")
    assert finding.place.table == 3


def test_percentages_for_sentences():
    assert [f.said for f in _of("003", "T-12")] == ["55%", "65%", "61%", "33%"]


def test_the_year_of_the_building_block():
    (finding,) = _of("001", "D-01")
    assert (finding.said, finding.expected) == ("2022", "2023")


def test_the_share_of_resolved_cases():
    (finding,) = _of("001", "D-15")
    assert "34.2%" in finding.message


def test_contents_pages_that_fall():
    assert {w.value for f in _of("004", "D-09") for w in f.witnesses} == {"1"}


@pytest.mark.parametrize(
    ("seed", "code"),
    [("002", "D-01"), ("003", "D-01"), ("000", "D-01"), ("001", "D-02"), ("002", "D-02"), ("002", "T-06"), ("004", "T-03"), ("002", "D-07"), ("004", "T-21")],
)
def test_silence_where_the_fact_sheet_says_so(seed: str, code: str):
    assert not _of(seed, code)


def test_what_needs_a_second_document_is_not_checked():
    assert {n.rule for n in _audit("001").not_checked} >= {"D-19"}
    assert {n.rule for n in _audit("000").not_checked} >= {"T-24", "D-02"}
