"""The five defining documents, figure by figure; skipped where they are not at hand.

Only figures stand here: key, printed value with unit. Tables give some of them, the running text the others.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from hengjian.core.extraction import extract
from hengjian.core.reading import read
from hengjian.core.report import Kind, Report

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not here")

PROSE: dict[str, str] = {
    "000": """
        report.year 2025年; date.year 2025年; date.year 2025年; staff.actual 18名; staff.actual.administrative 9人;
        staff.actual.institution 9人; income.fiscal 494.51万元; expenditure.total 494.51万元; expenditure.basic 360.87万元;
        expenditure.personnel 133.64万元; expenditure.public 19.02万元; expenditure.project 133.64万元;
        score.weight_total 100分; activity.count 4个; score.band 85分; score.band 75分; score.band 85分; score.band 60分;
        score.band 75分; score.band 60分; score.total 98分""",
    "001": """
        activity.count 3股; activity.count 1室; staff.authorised 8人; staff.actual 8人; report.year 2023年;
        income.fiscal 570.79万元; expenditure.total 233.09万元; expenditure.total 570.79万元; expenditure.basic 570.79万元;
        expenditure.project 0万元; expenditure.function.201 488.57万元; expenditure.function.208 11.79万元;
        expenditure.function.210 9.01万元; expenditure.function.214 47.83万元; expenditure.function.221 10.59万元;
        expenditure.function.229 3万元; expenditure.basic 233.09万元; expenditure.basic 570.79万元;
        expenditure.personnel 171.42万元; expenditure.public 399.38万元; expenditure.project 97元; expenditure.project 0万元;
        three_public.total 0万元; three_public.total 0万元; three_public.vehicle 0万元; three_public.vehicle 0万元;
        three_public.reception 0万元; three_public.reception 0万元; score.total 93分; activity.count 26个;
        activity.count 12个; activity.count 13件; activity.count 3次; activity.count 2次; activity.count 30人""",
    "002": """
        report.year 2024年; funds.total 10万元; unplaced 100%; score.band 90分; score.band 80分; score.band 89分;
        score.band 70分; score.band 80分; score.band 69分; funds.received 10万元; activity.count 16名; activity.count 8个;
        score.total 95分; date.year 2025年""",
    "003": """
        report.year 2021年; staff.authorised.administrative 3人; staff.authorised.institution 5人;
        staff.actual.administrative 3人; staff.actual.institution 5人; income.total 213.34万元; income.general 197.34万元;
        income.fund 16万元; expenditure.total 213.61万元; expenditure.function.201 155.63万元;
        expenditure.function.208 18.24万元; expenditure.function.210 8.36万元; expenditure.function.212 16万元;
        expenditure.function.221 12.01万元; balance.closing 0.14万元; income.fiscal 213.36万元; balance.opening 0.25万元;
        funds.total 8万元; funds.total 8万元; funds.total 2万元; funds.total 2万元; funds.total 8万元; funds.total 8万元;
        funds.total 5万元; funds.total 5万元; funds.subsidy 15万元; activity.count 1件; activity.count 4件""",
    "004": "report.year 2021年; unplaced 100%",
}
"""Facts of the running text that must be there, each as often as it is printed (years once are enough)."""

INDICATORS: dict[str, str] = {
    "000": "4次 2次 99% 99% 100% 15个工作日 60日 100% 100% 90% 95% 90% 99%",
    "001": "",
    "002": "16名/10人 96.2%/95% 95.1%/95% 100%/- 100%/- 10万元/- 83.1%/95%",
    "003": "100%/-",
    "004": "90%",
}
"""Prose indicators: the target of a list, or result/target."""

IDENTITY = {
    "000": (Kind.OVERALL_SELF_EVALUATION, 2025, ""),
    "001": (Kind.OVERALL_SELF_EVALUATION, 2023, "2024年7月30日"),
    "002": (Kind.PROJECT_SELF_EVALUATION, 2024, "2025年6月11日"),
    "003": (Kind.OVERALL_SELF_EVALUATION, 2021, ""),
    "004": (Kind.OVERALL_TARGETS, 2021, ""),
}


@cache
def seed(number: str) -> Report:
    path = next(SEEDS.glob(f"{number}_*.txt"))
    return extract(read(path.read_bytes(), path.name))


@pytest.mark.parametrize("number", PROSE)
def test_every_figure_of_the_running_text(number: str) -> None:
    wanted = Counter(" ".join(item.split()) for item in PROSE[number].split(";"))
    found = Counter(f"{f.key} {f.figure.value}{f.figure.unit}" for f in seed(number).facts if f.source == "prose" and f.key != "indicator.value")
    assert wanted - found == Counter()
    years = [item for item in found - wanted if item.startswith("date.year ")]
    assert sorted(found - wanted) == sorted(years)


@pytest.mark.parametrize("number", INDICATORS)
def test_every_indicator_of_the_running_text(number: str) -> None:
    found = [i for i in seed(number).indicators if i.source == "prose" and (i.target.figure or i.actual.figure)]
    printed = []
    for i in found:
        target = f"{i.target.figure.value}{i.target.figure.unit}" if i.target.figure else "-"
        actual = f"{i.actual.figure.value}{i.actual.figure.unit}" if i.actual.figure else ""
        printed.append(f"{actual}/{target}" if actual else target)
    assert printed == INDICATORS[number].split()


@pytest.mark.parametrize("number", IDENTITY)
def test_identity(number: str) -> None:
    report = seed(number)
    assert (report.kind, report.year, report.filed_on.text) == IDENTITY[number]
    assert report.unit_name


def test_bands_totals_and_grades() -> None:
    assert [(b.low, b.high) for b in seed("002").bands] == [(90, None), (80, 89), (70, 80), (None, 69)]
    assert [str(t.figure.value) for t in seed("000").totals] == ["98"]
    assert {str(t.figure.value) for t in seed("001").totals} == {"93"}
    assert [g.label.text for n in ("000", "001", "002") for g in seed(n).grades] == ["优秀", "优秀", "优秀"]


def test_problems_and_measures() -> None:
    assert seed("001").problems.text.count("\n") == 2
    assert (seed("003").problems.text, seed("003").measures.text) == ("无", "无")
    assert any(c.kind == "no_problems" for c in seed("003").claims)
