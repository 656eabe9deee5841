"""The five defining documents: how many rows, forms and amounts their tables hold, and the figures that the fact sheet names."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from hengjian.core.extraction.tables import TableYield, read_tables
from hengjian.core.reading.text import read_text

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
ROWS = {"000": 6, "001": 8, "002": 9, "003": 30, "004": 45}

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the defining documents are not here")


def seed(number: str) -> TableYield:
    path = next(SEEDS.glob(f"{number}*.txt"))
    return read_tables(read_text(path.read_bytes(), path.name))


def values(found: TableYield, key: str) -> list[Decimal]:
    return [f.value for f in found.facts if f.key == key]


@pytest.mark.parametrize("number", ROWS)
def test_every_indicator_row_is_found_with_its_levels(number: str) -> None:
    indicators = seed(number).indicators
    assert len(indicators) == ROWS[number]
    assert all(i.level1_std and i.level2_std and i.name for i in indicators)


def test_operators_of_the_damaged_table() -> None:
    assert [i.target.operator.value for i in seed("000").indicators] == ["qualitative", "none", "none", "none", "qualitative", ">="]


def test_the_overall_form_and_its_base_data() -> None:
    found = seed("001")
    assert [(i.weight and int(i.weight.value), i.score and int(i.score.value)) for i in found.indicators] == [
        (15, 14), (15, 14), (10, 9), (15, 14), (8, 7), (8, 7), (10, 10), (9, 8),
    ]  # fmt: skip
    assert [(int(t.figure.value), t.weight_total and int(t.weight_total.value)) for t in found.totals] == [(93, 100)]
    assert values(found, "funds.total") == [Decimal("233.09"), Decimal("570.79"), Decimal("570.79")]
    assert values(found, "expenditure.public") == [Decimal("277.46"), Decimal("13.66"), Decimal("399.38")]
    assert values(found, "procurement.total") == [Decimal("82.54"), Decimal(31), Decimal("103.02")]
    assert (values(found, "staff.authorised"), values(found, "staff.actual")) == ([8], [8])


def test_five_projects_with_budget_execution_and_cost() -> None:
    found = seed("003")
    assert [p.has_form for p in found.projects] == [True] * 5
    assert values(found, "funds.total") == [8, 8, 2, 2, 8, 8, 5, 5, 15, 15]
    costs = [i.actual.figure for i in found.indicators if i.level2_std == "成本指标"]
    assert [f and f.value for f in costs] == [Decimal("4.4"), Decimal("1.29"), Decimal("4.85"), 5, 10]


def test_five_target_forms_with_their_plan() -> None:
    found = seed("004")
    assert sum(values(found, "funds.total")) == 1_778_900
    assert values(found, "plan.percent") == [25, 50, 80, 25, 50, 80, 25, 50, 80, 25, 50, 75, 25, 50, 80]
    assert {f.figure.unit for f in found.facts if f.key.startswith("funds.")} == {"元"}
    assert all("\n" not in p.code.text for p in found.projects)
