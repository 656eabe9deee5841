"""The W rules on reports as values: every clause of a trigger, and what must stay silent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.core.scoring.rows import row
from tests.documents import build_document

from hengjian.core.audit.catalogue import Case, get_rule
from hengjian.core.audit.finding import Finding, NotChecked, Outcome, Passed
from hengjian.core.figures import figure
from hengjian.core.places import Place
from hengjian.core.profile import Profile
from hengjian.core.report import Band, Fact, Grade, Indicator, Kind, Report, Stage, Subtotal, Text, Total
from hengjian.law import load_profile

NATIONAL = load_profile()


def ask(
    code: str,
    report: Report,
    text: str = "",
    profile: Profile = NATIONAL,
    beside: frozenset[str] = frozenset(),
) -> list[Outcome]:
    return list(get_rule(code).check(Case(report, build_document(text), profile, beside=beside)))


def found(*arguments: object, **keywords: object) -> list[Finding]:
    return [o for o in ask(*arguments, **keywords) if isinstance(o, Finding)]  # type: ignore[arg-type]


def evaluation(
    *rows: Indicator, total: str | None = None, execution: str | None = None, **fields: object
) -> Report:
    """A self-evaluation; ``execution`` is the score of the funds block, of 10."""
    facts = (
        ()
        if execution is None
        else (score_fact("execution.weight", "10"), score_fact("execution.score", execution))
    )
    totals = () if total is None else (Total(figure(total, place=Place(block=3, table=1, row=99, column=2))),)
    return Report(kind=Kind.PROJECT_SELF_EVALUATION, indicators=rows, facts=facts, totals=totals, **fields)  # type: ignore[arg-type]


def score_fact(key: str, value: str, unit: str = "") -> Fact:
    return Fact(key, "", figure(value, unit))


def money(budget: str, executed: str) -> tuple[Fact, ...]:
    return (
        Fact("funds.total", "", figure(budget, "万元"), Stage.BUDGET),
        Fact("funds.total", "", figure(executed, "万元"), Stage.EXECUTED),
    )


def weights(*points: str, **fields: object) -> Report:
    return evaluation(*(row(f"指标{i}", "≥5次", "5次", w, place=i) for i, w in enumerate(points)), **fields)  # type: ignore[arg-type]


# W-01 … W-03: weights


@pytest.mark.parametrize(
    ("report", "answer"),
    [
        (weights("50", "30", "10", "10"), Passed),
        (weights("50", "30", "10", execution="10"), Passed),
        (weights("50", "30", "10"), NotChecked),
        (weights("50", "30", "15"), Finding),
        (weights("50%", "30%", "20%"), Passed),
        (weights("0.5", "0.3", "0.2"), Passed),
        (weights("33.33", "33.33", "33.33"), Passed),
        (replace(weights("50", "30", "10"), kind=Kind.PROJECT_TARGETS), Passed),
        (replace(weights("50", "30", "15"), kind=Kind.PROJECT_TARGETS), Finding),
    ],
)
def test_w01_weights_add_to_a_lawful_total(report: Report, answer: type):
    assert [type(o) for o in ask("W-01", report)] == [answer]


def test_w01_tells_the_difference():
    [wrong] = found("W-01", weights("50", "30", "15"))
    assert (wrong.said, wrong.expected, wrong.difference) == ("95", "100", "5")


def test_w01_counts_an_execution_row_and_an_execution_line_once():
    line = row("预算执行率", "≥95%", "100%", "10", score="10", level1="预算执行率")
    rows = [row("指标", "≥5次", "5次", "90", place=1), line]
    assert not found("W-01", evaluation(*rows, execution="10"))


def test_w01_leaves_bonus_rows_out():
    bonus = row("加分", "有", "有", "5", level1="加分项")
    assert not found("W-01", evaluation(row("指标", "≥5次", "5次", "100", place=1), bonus))


def test_w01_judges_every_scope_alone():
    first, second = (
        row("甲", "≥5次", "5次", "100", scope="甲项目"),
        row("乙", "≥5次", "5次", "90", scope="乙项目"),
    )
    third = row("丙", "≥5次", "5次", "20", scope="乙项目", place=1)
    [wrong] = found("W-01", evaluation(first, second, third))
    assert wrong.said == "110"


def test_w01_takes_the_full_marks_that_the_document_declares():
    assert not found("W-01", weights("80", "40"), "本次评价满分120分。")


def test_w01_without_weights_is_not_checked_unless_the_profile_demands_them():
    report = evaluation(row("指标", "≥5次", "5次"))
    assert [type(o) for o in ask("W-01", report)] == [NotChecked]
    [wrong] = found("W-01", report, profile=replace(NATIONAL, weights_required=True))
    assert wrong.severity == "warning"


def test_w02_compares_levels_where_they_are_printed():
    rows = (row("甲", "≥5次", "5次", "20"), row("乙", "≥5次", "5次", "20", place=1))
    good = Subtotal(1, "产出指标", figure("40"))
    assert not found("W-02", evaluation(*rows, subtotals=(good,)))
    [wrong] = found("W-02", evaluation(*rows, subtotals=(replace(good, weight=figure("50")),)))
    assert (wrong.said, wrong.expected, wrong.difference) == ("50", "40", "10")
    assert not ask("W-02", evaluation(*rows))


def national(output: str = "50", benefit: str = "30", execution: str | None = "10") -> Report:
    return evaluation(
        row("甲", "≥5次", "5次", output),
        row("乙", "好", "好", benefit, level1="效益指标", level2="社会效益指标", place=1),
        row("丙", "≥90%", "95%", "10", level1="满意度指标", place=2),
        execution=execution,
    )


def test_w03_is_a_note():
    assert not found("W-03", national())
    [note] = found("W-03", national("49", "31"))
    assert (note.severity, note.said, note.expected) == (
        "note",
        "产出49、效益31、满意度10",
        "产出50、效益30、满意度10",
    )
    assert not found("W-03", national("60", "31")), "a wrong sum is W-01"


# W-04, W-19, W-20: totals


def scored(*scores: str, total: str, execution: str | None = None) -> Report:
    return evaluation(
        *(row(f"指标{i}", "≥5次", "5次", "50", score=s, place=i) for i, s in enumerate(scores)),
        total=total,
        execution=execution,
    )


@pytest.mark.parametrize(
    ("report", "answer"),
    [
        (scored("45", "40", total="85"), Passed),
        (scored("45", "40", "9", total="94"), Passed),
        (scored("45", "40", execution="10", total="95"), Passed),
        (scored("45.25", "40.5", total="85.75"), Passed),
        (scored("45.25", "40.5", total="85.8"), Passed),
        (scored("45", "40", total="86"), Finding),
        (scored("45.25", "40.5", total="87.75"), Finding),
    ],
)
def test_w04_adds_the_scores(report: Report, answer: type):
    assert [type(o) for o in ask("W-04", report)] == [answer]


def test_w04_the_execution_points_belong_to_the_total_where_the_weights_need_them():
    rows = (row("甲", "≥5次", "5次", "50", score="45"), row("乙", "≥5次", "5次", "40", score="40", place=1))
    assert not found("W-04", evaluation(*rows, execution="10", total="95"))
    assert [f.expected for f in found("W-04", evaluation(*rows, execution="10", total="85"))] == ["95"]


def test_w04_tells_the_sum_and_repairs_the_total():
    [wrong] = found("W-04", scored("45", "40", execution="10", total="96"))
    assert (wrong.severity, wrong.said, wrong.expected, wrong.difference) == ("error", "96", "95", "1")
    assert "10+45+40" in wrong.message
    assert wrong.repairs[0].new == "95"


def test_w04_a_total_without_detail_is_a_warning():
    report = evaluation(row("指标", "≥5次", "5次"), total="95")
    [wrong] = found("W-04", report)
    assert (wrong.severity, wrong.said) == ("warning", "95")
    assert not found("W-04", report, beside=frozenset({"项目支出绩效自评表.xlsx"}))


def prose_total(text: str, score: str, scope: str = "") -> Total:
    start = text.index(score)
    return Total(
        replace(
            figure(score, "分", Place(block=0, paragraph=1, start=start, end=start + len(score))), text=score
        ),
        scope,
    )


@pytest.mark.parametrize(
    "text",
    ["满分100分，本项目自评得分88分。", "上年得分92分，2025年得分88分。", "经专家指导，我局自评得分88分。"],
)
def test_w04_our_own_score_is_ours_whoever_else_is_named(text: str):
    report = replace(scored("45", "40", total="85"), year=2025)
    assert found("W-04", replace(report, totals=(*report.totals, prose_total(text, "88"))), text)


@pytest.mark.parametrize(
    "text",
    ["经第三方机构评价，得分88分。", "2024年度自评得分88分。", "区财政局复核得分88分。", "各项目平均88分。"],
)
def test_w04_leaves_the_scores_of_others_alone(text: str):
    report = replace(scored("45", "40", total="85"), year=2025)
    report = replace(report, totals=(*report.totals, prose_total(text, "88")))
    assert not found("W-04", report, text)


def test_w04_the_total_in_the_text_is_compared_too():
    text = "本项目自评得分88分。"
    report = scored("45", "40", total="85")
    [wrong] = found("W-04", replace(report, totals=(*report.totals, prose_total(text, "88"))), text)
    assert wrong.said == "88"


def test_w04_scores_of_listed_projects_stand_in_their_own_forms():
    text = "甲项目自评得分95分，乙项目自评得分96分。"
    report = scored("45", "40", total="85")
    listed = tuple(prose_total(text, s, scope) for s, scope in (("95", "甲项目"), ("96", "乙项目")))
    outcomes = ask("W-04", replace(report, totals=(*report.totals, *listed)), text)
    assert [type(o) for o in outcomes] == [Passed, NotChecked, NotChecked]


def test_w04_two_totals_without_detail_contradict_each_other():
    text = "自评得分95分。……综合评价得分96分。"
    report = replace(evaluation(), totals=(prose_total(text, "95"), prose_total(text, "96")))
    [wrong] = found("W-04", report, text)
    assert (wrong.severity, wrong.difference) == ("error", "1")


def test_w19_a_total_beyond_reach():
    rows = [replace(r, weight=None) for r in national().indicators]
    rows[2] = row("信访群众满意度", "≥95%", "83.1%", level1="满意度指标", place=2)
    report = evaluation(*rows, total="100")
    report = replace(report, facts=money("10", "10"))
    [wrong] = found("W-19", report)
    assert (wrong.severity, wrong.expected, wrong.difference) == ("warning", "92.75—98.75", "1.25")
    reachable = replace(report, totals=(Total(figure("95")),))
    [note] = found("W-19", reachable)
    assert note.severity == "note"
    assert not found("W-19", replace(report, totals=(Total(figure("98.75")),)))


def test_w19_is_not_checked_without_results():
    rows = (row("甲", "≥5次"), row("乙", "好", level1="效益指标"), row("丙", "≥90%", level1="满意度指标"))
    assert [type(o) for o in ask("W-19", evaluation(*rows, total="95"))] == [NotChecked]


@pytest.mark.parametrize(
    ("total", "text", "wrong"),
    [
        ("103", "", True),
        ("-2", "", True),
        ("100", "", False),
        ("0", "", False),
        ("110", "满分120分。", False),
    ],
)
def test_w20_total_between_nothing_and_full(total: str, text: str, wrong: bool):
    assert bool(found("W-20", evaluation(total=total), text)) is wrong


def test_w20_allows_a_bonus():
    bonus = row("加分", "有", "有", "5", score="3", level1="加分项")
    assert not found("W-20", evaluation(row("甲", "≥5次", "5次", "100", score="100"), bonus, total="103"))


# W-05 … W-12, W-17: rows


@pytest.mark.parametrize(
    ("weight", "score", "wrong"),
    [("10", "12", True), ("10", "-1", True), ("10", "10", False), ("10", "0", False), ("0.1", "10", False)],
)
def test_w05_score_within_weight(weight: str, score: str, wrong: bool):
    assert bool(found("W-05", evaluation(row("甲", "≥5次", "5次", weight, score=score)))) is wrong


W06 = [
    # target, actual, weight, score, expected where wrong
    ("≥95%", "83.1%", "10", "8.75", ""),
    ("≥95%", "83.1%", "10", "8.7", ""),
    ("≥95%", "83.1%", "10", "9", ""),
    ("≥95%", "83.1%", "10", "9.50", "8.75"),
    ("≥95%", "96%", "10", "9", "10.00"),
    ("≥10人", "16人", "10", "8.5", ""),
    ("全区走访登记", "100%", "15", "14", "15.00"),
    ("2023年", "2023年", "10", "9", "10.00"),
    ("有效维护", "有效维护", "10", "9", ""),
    ("有效维护", "有效维护", "10", "7", "8.00—10.00"),
    ("≤8万元", "10万元", "20", "15", ""),
    ("≤8万元", "10万元", "20", "16", ""),
    ("15日", "12日", "10", "10", ""),
    ("≥100件", "55件", "10", "0", ""),
]


@pytest.mark.parametrize(("target", "actual", "weight", "score", "expected"), W06)
def test_w06_recomputes(target: str, actual: str, weight: str, score: str, expected: str):
    answers = found("W-06", evaluation(row("甲", target, actual, weight, score=score)))
    assert [f.expected for f in answers] == ([expected] if expected else [])


def test_w06_a_stated_reason_may_mark_down_a_reached_target():
    marked = row("甲", "≥5次", "5次", "10", score="9", reason="两次培训的签到资料不全")
    assert not found("W-06", evaluation(marked))


def test_w06_satisfaction_may_be_scored_in_bands():
    banded = row("信访群众满意度", "≥95%", "83.1%", "10", score="8.00", level1="满意度指标")
    assert not found("W-06", evaluation(banded))


@pytest.mark.parametrize(
    ("reason", "text", "wrong"),
    [
        ("", "", True),
        ("无偏差", "", True),
        ("宣传资料印制延期", "", False),
        ("", "业务培训场次未完成年度目标，原因是两次培训因场地维修取消。", False),
        ("", "业务培训场次圆满完成。", True),
    ],
)
def test_w07_a_deduction_needs_a_reason(reason: str, text: str, wrong: bool):
    deducted = row("业务培训场次", "≥5次", "4次", "10", score="8", reason=reason)
    assert bool(found("W-07", evaluation(deducted), text)) is wrong


def test_w07_only_with_a_deviation_column():
    deducted = row("业务培训场次", "≥5次", "4次", "10", score="8", columns=frozenset({"weight", "score"}))
    assert not ask("W-07", evaluation(deducted))


@pytest.mark.parametrize(
    ("target", "actual", "score", "wrong"),
    [
        ("≥95%", "83.1%", "10", True),
        ("≥95%", "95%", "10", False),
        ("≥95%", "94.6%", "10", True),
        ("≥95%", "83.1%", "8.75", False),
        ("≥5场", "60%", "10", False),
        ("=10万元", "9.5万元", "10", False),
        ("≤10万元", "11万元", "10", True),
        ("=0起", "1起", "10", True),
    ],
)
def test_w08_no_full_score_for_an_unmet_target(target: str, actual: str, score: str, wrong: bool):
    assert bool(found("W-08", evaluation(row("甲", target, actual, "10", score=score)))) is wrong


@pytest.mark.parametrize(
    ("target", "actual", "text", "wrong"),
    [
        ("≥100件", "55件", "", True),
        ("≥100件", "55件", "群众来访登记批次未达目标，主要原因是来访量减少。", False),
        ("保障值班经费", "55%", "", True),
        ("保障值班经费", "100%", "", False),
        ("较上年下降", "12%", "", False),
        ("≥5场", "60%", "", False),
        ("8", "4.4", "", True),
    ],
)
def test_w09_a_missed_target_needs_a_reason(target: str, actual: str, text: str, wrong: bool):
    missed = row("群众来访登记批次", target, actual)
    assert bool(found("W-09", evaluation(missed), text)) is wrong


def test_w09_spending_less_is_no_miss():
    assert not found("W-09", evaluation(row("值班经费", "8", "4.4", level2="成本指标")))


def test_progress_in_a_monitoring_form_is_no_miss():
    report = replace(evaluation(row("甲", "≥100件", "55件")), kind=Kind.MONITORING)
    assert not ask("W-09", report)


@pytest.mark.parametrize(
    ("target", "actual", "reason", "wrong"),
    [
        ("≥10人", "16人", "", True),
        ("≥10人", "16人", "无偏差", True),
        ("≥10人", "16人", "增设两个站点，增派六人", False),
        ("≥10人", "12人", "", False),
        ("≤10万元", "20万元", "", False),
    ],
)
def test_w10_far_more_needs_an_explanation(target: str, actual: str, reason: str, wrong: bool):
    assert bool(found("W-10", evaluation(row("驻点值班力量", target, actual, reason=reason)))) is wrong


@pytest.mark.parametrize(
    ("actual", "score", "wrong"),
    [
        ("部分达成年度指标并具有一定效果", "10.5", False),
        ("部分达成", "14", True),
        ("达成年度指标", "12", False),
        ("未达成", "9", True),
        ("良好", "3", False),
    ],
)
def test_w11_a_qualitative_score_in_its_band(actual: str, score: str, wrong: bool):
    assert bool(found("W-11", evaluation(row("甲", "有效维护", actual, "15", score=score)))) is wrong


def test_w12_the_same_deduction_everywhere():
    same = [row(f"甲{i}", "好", "好", "15", score="14", place=i) for i in range(4)]
    [note] = found("W-12", evaluation(*same))
    assert (note.severity, note.said) == ("note", "1")
    different = [
        row(f"甲{i}", "好", "好", "15", score=s, place=i) for i, s in enumerate(("14", "13", "15", "12"))
    ]
    assert not found("W-12", evaluation(*different))


@pytest.mark.parametrize(
    ("total", "actual", "wrong"), [("95", "83.1%", True), ("88", "83.1%", False), ("95", "90%", False)]
)
def test_w17_a_high_total_with_a_key_row_far_missed(total: str, actual: str, wrong: bool):
    satisfaction = row("信访群众满意度", "≥95%", actual, level1="满意度指标")
    assert bool(found("W-17", evaluation(satisfaction, total=total))) is wrong


# W-13, W-18: execution


@pytest.mark.parametrize(
    ("budget", "executed", "score", "answer"),
    [
        ("65", "63.32", "9.74", Passed),
        ("65", "63.32", "9.7", Finding),
        ("65", "63.32", "10", Finding),
        ("65", "63.32", "7.00", Passed),
        ("65", "65", "10.00", Passed),
        ("65", "70", "10.00", Passed),
        ("65", "65", "12", Finding),
        ("0", "0", "10", NotChecked),
    ],
)
def test_w13_execution_points(budget: str, executed: str, score: str, answer: type):
    report = evaluation(row("甲", "≥5次", "5次", "90", score="89.55"), execution=score)
    report = replace(report, facts=(*report.facts, *money(budget, executed)))
    assert [type(o) for o in ask("W-13", report)] == [answer]


def test_w13_whole_points_may_be_rounded_but_not_up_to_full():
    report = evaluation(row("甲", "≥5次", "5次", "90", score="90"), execution="9")
    near = replace(report, facts=(*report.facts, *money("100", "87")))
    assert not found("W-13", near)
    full = evaluation(row("甲", "≥5次", "5次", "90", score="90"), execution="10")
    assert found("W-13", replace(full, facts=(*full.facts, *money("100", "97"))))


def test_w13_an_execution_row_may_have_a_target_of_its_own():
    line = row("预算执行率", "≥95%", "97.42%", "10", score="10", level1="预算执行率")
    assert not found("W-13", evaluation(row("甲", "≥5次", "5次", "90", score="89.55", place=1), line))
    missed = row("预算执行率", "≥99%", "97.42%", "10", score="10", level1="预算执行率")
    assert found("W-13", evaluation(row("甲", "≥5次", "5次", "90", score="89.55", place=1), missed))


@pytest.mark.parametrize(
    ("execution", "text", "wrong"),
    [
        ("6.00", "", True),
        ("9.74", "", False),
        ("6.00", "预算执行率不高，主要原因是项目结余资金结转下年。", False),
    ],
)
def test_w18_scores_far_above_the_money_spent(execution: str, text: str, wrong: bool):
    report = evaluation(row("甲", "≥5次", "5次", "90", score="90"), execution=execution)
    assert bool(found("W-18", report, text)) is wrong


# W-14 … W-16: grades and bands


def bands(*cuts: tuple[str, int, int | None, bool]) -> tuple[Band, ...]:
    return tuple(
        Band(
            label,
            Decimal(low),
            None if high is None else Decimal(high),
            True,
            closed,
            Text(label),
            integer_notation=closed,
        )
        for label, low, high, closed in cuts
    )


CLEAN = bands(
    ("优秀", 85, None, False), ("良好", 75, 85, False), ("一般", 60, 75, False), ("较差", 0, 60, False)
)
INTEGERS = bands(("优", 90, 100, True), ("良", 80, 89, True), ("中", 60, 79, True), ("差", 0, 59, True))
OVERLAPPING = bands(
    ("优秀", 90, None, False), ("优良", 80, 89, True), ("中", 70, 80, True), ("差", 0, 69, True)
)


def graded(total: str, grade: str, own: tuple[Band, ...] = ()) -> Report:
    return evaluation(total=total, grades=(Grade(Text(grade)),), bands=own)


@pytest.mark.parametrize(
    ("report", "wrong"),
    [
        (graded("98", "优秀", CLEAN), False),
        (graded("86", "优", CLEAN), False),
        (graded("84", "优秀", CLEAN), True),
        (graded("93", "优秀"), False),
        (graded("88", "优"), True),
        (graded("89.5", "良", INTEGERS), False),
        (graded("80", "中", OVERLAPPING), False),
        (graded("80", "优良", OVERLAPPING), False),
        (graded("95", "满意"), False),
    ],
)
def test_w14_the_grade_follows(report: Report, wrong: bool):
    assert bool(found("W-14", report)) is wrong


@pytest.mark.parametrize("text", ["2024年度评价等级为良。", "区财政局复核等级为良。"])
def test_w14_leaves_the_grades_of_others_alone(text: str):
    start = text.index("良")
    other = Grade(Text("良", Place(block=0, paragraph=1, start=start, end=start + 1)))
    report = replace(graded("95", "优"), year=2025)
    assert not found("W-14", replace(report, grades=(*report.grades, other)), text)


def test_w14_names_the_band():
    [wrong] = found("W-14", graded("88", "优"))
    assert (wrong.said, wrong.expected) == ("优", "良")
    assert "80—90" in wrong.message


@pytest.mark.parametrize(
    ("own", "total", "severities"),
    [
        (CLEAN, "98", []),
        (INTEGERS, "95", ["note"]),
        (INTEGERS, "89.5", ["warning", "note"]),
        (OVERLAPPING, "95", ["warning", "note"]),
        (bands(("优", 90, None, False), ("中", 60, 80, False), ("差", 0, 60, False)), "95", ["warning"]),
        (bands(("优", 90, None, False), ("良", 60, 90, False)), "95", ["warning"]),
        (NATIONAL.bands, "95", []),
    ],
)
def test_w15_bands_cover_everything_once(own: tuple[Band, ...], total: str, severities: list[str]):
    assert [f.severity.value for f in found("W-15", evaluation(total=total, bands=own))] == severities


def test_w16_other_bands_are_a_note():
    [note] = found("W-16", evaluation(bands=CLEAN))
    assert (note.severity, note.said, note.expected) == ("note", "85、75、60", "90、80、60")
    assert not found("W-16", evaluation(bands=NATIONAL.bands))
    assert not found("W-16", evaluation(bands=INTEGERS))
