"""Grade bands: clean ones, integer notation, overlaps and holes."""

from decimal import Decimal

import pytest

from hengjian.core.report import Band, Text
from hengjian.core.scoring.grades import grades_of, open_ends, same_grade, seams
from hengjian.law import load_profile

NATIONAL = load_profile().bands
INTEGERS = (
    Band("优", Decimal(90), Decimal(100), True, True, integer_notation=True),
    Band("良", Decimal(80), Decimal(89), True, True, integer_notation=True),
    Band("中", Decimal(60), Decimal(79), True, True, integer_notation=True),
    Band("差", Decimal(0), Decimal(59), True, True, integer_notation=True),
)


def band(label: str, low: int | None, high: int | None, closed: bool = False) -> Band:
    return Band(
        label, None if low is None else Decimal(low), None if high is None else Decimal(high), True, closed
    )


@pytest.mark.parametrize(
    ("score", "label"),
    [("100", "优"), ("90", "优"), ("89.99", "良"), ("80", "良"), ("60", "中"), ("0", "差")],
)
@pytest.mark.parametrize("bands", [NATIONAL, INTEGERS])
def test_a_score_has_one_grade(bands, score: str, label: str):
    assert [b.label for b in grades_of(Decimal(score), bands)] == [label]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("优", "优秀", True),
        ("“良好”", "良", True),
        ("优良", "良", True),
        ("中", "合格", True),
        ("优", "良", False),
    ],
)
def test_labels_have_synonyms(one: str, other: str, same: bool):
    assert same_grade(one, other) is same


def test_the_national_bands_are_clean():
    assert not seams(NATIONAL)
    assert not open_ends(NATIONAL)


def test_integer_notation_leaves_holes_of_a_point():
    assert [(s.span, s.overlaps, s.width) for s in seams(INTEGERS)] == [
        ("（59，60）", False, 1), ("（79，80）", False, 1), ("（89，90）", False, 1),
    ]  # fmt: skip
    assert all(s.holds(Decimal(s.start) + Decimal("0.5")) for s in seams(INTEGERS))


def test_a_point_in_two_bands_is_an_overlap():
    found = seams([band("良", 80, 89, True), band("中", 70, 80, True)])
    assert [(s.span, s.overlaps) for s in found] == [("80", True)]


def test_a_wide_hole_and_open_ends():
    bands = [band("优", 90, None), band("中", 60, 80)]
    assert [(s.span, s.width) for s in seams(bands)] == [("（80，90）", 10)]
    assert open_ends(bands) == ["0—60"]


def test_a_point_named_as_included_belongs_to_the_upper_band():
    upper = Band("优", Decimal(90), Decimal(100), True, True, Text("90（含）-100分为优"))
    lower = Band("良", Decimal(80), Decimal(90), True, True, Text("80（含）-90分为良"))
    assert not seams([upper, lower])
    assert [b.label for b in grades_of(Decimal(90), [upper, lower])] == ["优"]


def test_below_sixty_leaves_sixty_to_the_band_that_names_it():
    below, above = Band("差", None, Decimal(60), True, True), band("中", 60, 80)
    assert not seams([below, above])
    assert [b.label for b in grades_of(Decimal(60), [below, above])] == ["中"]
