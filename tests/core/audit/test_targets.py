"""Rules on targets over reports built by hand, where a document would only hide what is tested."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hengjian.core.audit.catalogue import Case, get_rule
from hengjian.core.audit.finding import Finding, NotChecked, Severity
from hengjian.core.audit.rules.targets.measure import vague
from hengjian.core.document import Document
from hengjian.core.extraction.targets import parse_actual, parse_target
from hengjian.core.places import Place
from hengjian.core.profile import Profile
from hengjian.core.report import Indicator, Kind, Report, Text

COLUMNS = frozenset({"target", "actual"})
PROFILE = Profile("test", "测试")


def _row(name: str, target: str, actual: str = "", *, number: int = 1, level2: str = "质量指标", **more: object) -> Indicator:
    level1 = more.pop("level1", "产出指标")
    spot = {"block": 1, "table": 1, "row": number}
    return Indicator(
        Text(name, Place(**spot, column=3)),
        level1_std=level1,  # type: ignore[arg-type]
        level2_std=level2,
        target=parse_target(target, Place(**spot, column=4)),
        actual=parse_actual(actual, Place(**spot, column=5)),
        columns=COLUMNS,
        table=1,
        row=number,
        place=Place(**spot, column=1),
        **more,  # type: ignore[arg-type]
    )


def _findings(code: str, *rows: Indicator, kind: Kind = Kind.OVERALL_SELF_EVALUATION, **case: object) -> list[Finding]:
    report = Report(kind=kind, indicators=rows, unit_name=Text("云州市衡山区信访局"))
    answers = get_rule(code).check(Case(report, Document(()), PROFILE, **case))  # type: ignore[arg-type]
    return [a for a in answers if isinstance(a, Finding)]


@pytest.mark.parametrize(
    "target", ["≥95%（即不低于90%）", "≥95完成率达90%", "大于等于95%，达到90%", "达到95%以上，完成率不低于90%", "≥90%达到百分之八十"]
)
def test_two_numbers_of_one_target(target: str):
    assert [f.severity for f in _findings("T-02", _row("积案化解率", target))] == [Severity.ERROR]


@pytest.mark.parametrize(
    "target", ["≥95完成率达到95%", "≥95%，力争达到98%", "受理率≥99%，办结率≥95%", "≥95%（上年92%）", "85%-95%", "≥5次，其中县级≥2次", "≥95%，每低1个百分点扣1分"]
)
def test_two_numbers_of_two_things(target: str):
    assert not _findings("T-02", _row("积案化解率", target))


@pytest.mark.parametrize("target", ["信访事项按期办结率", "来访群众满意度", "领导接访次数", "已完成年度任务", "取得了良好成效"])
def test_a_target_that_cannot_be_one(target: str):
    assert [f.severity for f in _findings("T-10", _row("信访秩序", target, "良好"))] == [Severity.ERROR]


@pytest.mark.parametrize("target", ["提高办结率", "较高满意度", "按期办结", "完善制度", "≥95%", "维护信访秩序", "无", "", "不发生极端事件"])
def test_a_target_in_words(target: str):
    assert not _findings("T-10", _row("信访秩序", target, "良好"))


@pytest.mark.parametrize(("text", "expected"), [("明显提升", True), ("效果良好", True), ("逐步改善", True), ("好", True), ("按规定执行", True), ("提升办结质效", False), ("不发生极端事件", False), ("≥95%", False), ("完成", False)])
def test_vague_values(text: str, expected: bool):
    assert vague(text) is expected


def test_a_cost_in_words_is_a_warning_and_a_budget_bound_a_note():
    rows = [_row("培训成本", "按规定执行", level2="成本指标"), _row("值班成本", "不超过预算", level2="成本指标", number=2)]
    assert [f.severity for f in _findings("T-15", *rows)] == [Severity.WARNING, Severity.NOTE]


def test_the_number_of_rows_is_part_of_the_message():
    rows = [_row("包案化解", "领导包案落实", "100%"), _row("源头治理", "矛盾就地解决", "100%", number=2)]
    (finding,) = _findings("T-13", *rows)
    assert finding.message.startswith("2项")
    assert [w.place.row for w in finding.witnesses] == [1, 2]


def test_approved_targets_of_a_second_document():
    approved = Report(kind=Kind.OVERALL_TARGETS, indicators=(_row("积案化解率", "≥95%"), _row("接访次数", "≥48次", number=2)))
    found = _findings("T-01", _row("积案化解率", "≥90%", "93%"), targets=(approved,))
    assert [f.severity for f in found] == [Severity.ERROR, Severity.NOTE]
    assert found[0].difference == "-5%"


def test_an_unmet_satisfaction_without_a_word_is_an_error():
    row = _row("来访群众满意度", "≥95%", "83.1%", level1="满意度指标", level2="服务对象满意度指标")
    (finding,) = _findings("T-06", row)
    assert finding.severity is Severity.ERROR
    assert finding.witnesses[0].value == str(Decimal("83.1"))


def test_without_last_year_effort_is_not_checked():
    report = Report(indicators=(_row("接访次数", "≥48次", "52次"),))
    answers = list(get_rule("L-08").check(Case(report, Document(()), PROFILE)))
    assert [type(a) for a in answers] == [NotChecked]


def test_lints_are_notes():
    rows = [
        _row("受理率、办结率", "≥100%"),
        _row("保障机关正常运转", "95", number=2),
        _row("工作经费", "明显提升", level2="数量指标", number=3),
    ]
    for code in (f"L-{n:02d}" for n in range(1, 26)):
        assert all(f.severity is Severity.NOTE for f in _findings(code, *rows)), code
