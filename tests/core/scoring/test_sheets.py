"""Which rows, execution points and totals belong together; spreading weights."""

from dataclasses import replace
from decimal import Decimal

from tests.core.scoring.rows import row

from hengjian.core.figures import figure
from hengjian.core.report import Fact, Report, Stage, Total
from hengjian.core.scoring import attainable, sheets
from hengjian.core.scoring.totals import evenly, spread_weights
from hengjian.law import load_profile

N2020 = load_profile()


def test_the_execution_row_of_a_table_is_no_indicator():
    execution = row("预算执行率", "≥95%", "97.42%", "10", score="9.74", level1="预算执行率", level2="")
    [sheet] = sheets(Report(indicators=(execution, row("场次", "≥5场", "5场", "90", score="90", place=1))))
    assert [r.name for r in sheet.rows] == ["场次"]
    assert sheet.execution.score == figure("9.74")
    assert sheet.execution.rate == figure("97.42", "%")


def test_an_execution_indicator_among_the_costs_stays_an_indicator():
    cost = row("预算执行率", "≥95%", "97%", "5", level1="成本指标", level2="经济成本指标")
    [sheet] = sheets(Report(indicators=(cost,)))
    assert sheet.rows == (cost,)


def test_bonus_rows_stand_apart():
    bonus = row("获表彰", "有", "有", "5", score="3", level1="加分项", level2="")
    [sheet] = sheets(Report(indicators=(row("场次", "≥5场", "5场", "100"), bonus)))
    assert sheet.bonus == (bonus,)


def test_every_scope_has_its_own_sheet():
    rows = (
        row("场次", "≥5场", "5场", "100", scope="甲项目"),
        row("人数", "≥5人", "5人", "100", scope="乙项目"),
    )
    total = Total(figure("98"), "乙项目")
    first, second = sheets(Report(indicators=rows, totals=(total,)))
    assert (first.totals, second.totals) == ((), (total,))


def test_two_tables_of_one_scope_with_the_same_rows_are_two_sheets():
    first = row("场次", "≥5场", "", "90")
    second = replace(row("场次", "≥5场", "5场", "90"), table=2)
    assert len(sheets(Report(indicators=(first, second)))) == 2


def test_a_table_that_goes_on_is_one_sheet():
    first, second = row("场次", "≥5场", "5场", "40"), replace(row("人数", "≥5人", "5人", "50"), table=2)
    [sheet] = sheets(Report(indicators=(first, second)))
    assert sheet.tables == (1, 2)


def test_results_in_the_text_fill_rows_without_a_result():
    table = row("求决类初访一次性化解率", "≥95%", columns=frozenset({"target"}))
    prose = replace(row("求决类初访一次性化解率", "", "96.2%"), source="prose", table=0)
    [sheet] = sheets(Report(indicators=(table, prose)))
    assert sheet.rows[0].actual.figure == figure("96.2", "%")


def test_bounds_by_printed_weights_add_the_execution_line():
    facts = (
        Fact("funds.total", "", figure("65", "万元"), Stage.BUDGET),
        Fact("funds.total", "", figure("63.32", "万元"), Stage.EXECUTED),
    )
    [sheet] = sheets(Report(indicators=(row("场次", "≥5场", "4场", "90"),), facts=facts))
    bounds = attainable(sheet, N2020)
    assert bounds is not None
    assert (bounds.low, bounds.high) == (Decimal("81.74"), Decimal("81.74"))


def test_without_results_anything_is_attainable():
    [sheet] = sheets(Report(indicators=(row("场次", "≥5场", "", "100"),)))
    bounds = attainable(sheet, N2020)
    assert bounds is not None
    assert (bounds.low, bounds.high, bounds.missing) == (0, 100, ("实际完成值",))


def test_points_are_shared_evenly_and_add_up():
    rows = [row(f"数量{i}", "≥1", level2="数量指标", place=i) for i in range(3)]
    rows.append(row("质量", "≥1", level2="质量指标", place=3))
    [sheet] = sheets(Report(indicators=tuple(rows)))
    assert list(spread_weights(sheet, N2020).values()) == [
        Decimal("8.33"),
        Decimal("8.33"),
        Decimal("8.34"),
        Decimal("25.00"),
    ]
    assert sum(evenly(Decimal(10), 7)) == 10


def test_no_weight_is_invented_for_an_unknown_level():
    [sheet] = sheets(Report(indicators=(row("过程", "≥1", level1="过程指标"),)))
    assert spread_weights(sheet, N2020) == {}
    assert attainable(sheet, N2020) is None
