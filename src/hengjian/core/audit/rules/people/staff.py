"""P-01, P-02, P-03, P-06, P-07 and P-08: staff."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import (
    Basis,
    Finding,
    NotChecked,
    Outcome,
    Passed,
    Repair,
    Severity,
    Witness,
    witness,
)
from hengjian.core.audit.indicators import name_witness, target_witness
from hengjian.core.audit.ledger import Ledger, Moment, clause_before, ledger_of, lists_only_some
from hengjian.core.audit.reasons import sentences
from hengjian.core.audit.rules.money.execution import rate_equation, rate_finding
from hengjian.core.audit.sums import Sum, passed, repairs, sum_finding
from hengjian.core.facts import UNPLACED
from hengjian.core.figures import compare_rate, plain, round_half_up
from hengjian.core.profile import Profile
from hengjian.core.report import Fact, Stage

_KINDS = {"staff.authorised": "编制数", "staff.actual": "实有人数"}
_STAFFING = "《机构编制管理条例》；部门决算机构人员情况表"


@rule(
    "P-01", title="各类人员之和等于总人数", english="Staff by type adds to the total", severity=Severity.ERROR, basis=Basis.ARITHMETIC,
    source=_STAFFING, bad="在职18人，其中行政9人、事业8人。", good="在职18人，其中行政9人、事业9人。",
)  # fmt: skip
def types_make_total(case: Case) -> Iterator[Outcome]:
    """总人数＝行政＋事业＋工勤；编制与实有分别核对。"""
    ledger = ledger_of(case.report)
    for total_key, name in _KINDS.items():
        for total in ledger.of(total_key):
            parts = _types(total, ledger)
            if len(parts) > 1:
                yield from _added(case.profile, ledger, Sum(total, tuple(parts), (), name))


def _types(total: Fact, ledger: Ledger) -> list[Fact]:
    """The types named in the same sentence or block, one of each."""
    beside = [f for f in ledger.beside(total) if f.source == total.source and f.scope == total.scope and f is not total]
    own = [f for f in beside if f.key.startswith(total.key + ".") and f.year == total.year]
    if not own and not any(f.key in _KINDS for f in beside):
        own = [f for f in beside if f.key.startswith(("staff.authorised.", "staff.actual."))]
    return list({f.key + f.label: f for f in reversed(own)}.values())[::-1]


def _added(profile: Profile, ledger: Ledger, sum_: Sum) -> Iterator[Outcome]:
    comparison = sum_.compare(profile)
    if not comparison.differs:
        yield passed("P-01", sum_, comparison)
        return
    others = [f for f in ledger.beside(sum_.total) if not any(f is o for o in sum_.operands) and not f.figure.is_money]
    totals = [f for f in ledger.beside(sum_.total) if f.key in _KINDS and f is not sum_.total]
    short = comparison.difference < 0
    explained = any(f.value and f.value == abs(comparison.difference) for f in others)
    if explained or (short and lists_only_some(sum_.parts)) or any(t.value == comparison.computed for t in totals):
        return
    yield sum_finding("P-01", Severity.ERROR, sum_, comparison, repairs(sum_, comparison, (), {}))


@rule(
    "P-02", title="在职人员控制率", english="Staff control rate", severity=Severity.ERROR, basis=Basis.ARITHMETIC,
    source="《预算绩效评价共性指标体系框架》（财预〔2013〕53号）在职人员控制率", bad="编制10人、实有9人，控制率95%。", good="编制10人、实有9人，控制率90%。",
)  # fmt: skip
def control_rate_recomputes(case: Case) -> Iterator[Outcome]:
    """在职人员控制率＝实有人数÷编制数×100%，不大于100%。计算不符为高，超编为中。"""
    ledger = ledger_of(case.report)
    rates = _control_rates(ledger)
    for rate in rates:
        if (pair := _pair(ledger, rate)) is not None:
            yield from _rate_of(rate, *pair)
    pair = next((p for p in (_pair(ledger, r) for r in (rates or _NO_RATE)) if p is not None), None)
    if pair is not None and pair[0].value > pair[1].value > 0:
        yield _overstaffed(*pair)


_NO_RATE: tuple[Fact | None, ...] = (None,)


def _control_rates(ledger: Ledger) -> list[Fact]:
    """Printed control rates; one that the text prints beside the staff may have found no place."""
    loose = [f for f in ledger.of(UNPLACED) if f.figure.unit == "%" and f.label.endswith("控制率") and any(g.key in _KINDS for g in ledger.beside(f))]
    return [*ledger.of("staff.control_rate"), *(f for f in loose if not re.search("公用|三公|预算|规模|投资|概算", f.label))]


def _rate_of(rate: Fact, actual: Fact, authorised: Fact) -> Iterator[Outcome]:
    comparison = compare_rate(actual.figure, authorised.figure, rate.figure)
    if comparison is not None and comparison.differs:
        yield rate_finding("P-02", rate, actual, authorised)
    elif comparison is not None:
        yield Passed("P-02", rate_equation(actual, authorised, rate), (rate.place, actual.place, authorised.place))


def _pair(ledger: Ledger, rate: Fact | None) -> tuple[Fact, Fact] | None:
    """(in post, authorised) of the same block: that of the printed rate, else the first that has both."""
    anchors = [rate] if rate is not None else ledger.of("staff.actual")
    for anchor in anchors:
        beside = ledger.beside(anchor)
        actual = [f for f in beside if f.key == "staff.actual" and f.source == anchor.source]
        authorised = [f for f in beside if f.key == "staff.authorised" and f.source == anchor.source]
        if len({f.value for f in actual}) == 1 and len({f.value for f in authorised}) == 1:
            return actual[0], authorised[0]
    return None


def _overstaffed(actual: Fact, authorised: Fact) -> Finding:
    said, expected = f"{actual.value:f}", f"{authorised.value:f}"
    return Finding(
        "P-02", Severity.WARNING, "实有{said}人多于编制{expected}人，控制率{rate}%，超过100%。",
        (witness("actual", actual), witness("authorised", authorised)),
        {"said": said, "expected": expected, "rate": plain(round_half_up(actual.value * 100 / authorised.value))},
        said, expected, plain(actual.value - authorised.value),
    )  # fmt: skip


@rule(
    "P-03", title="正文与附表的人数一致", english="Staff in the text equals the table", severity=Severity.ERROR, basis=Basis.ARITHMETIC,
    source="部门整体支出绩效评价基础数据表", bad="正文：实有9人；基础数据表：8人。", good="正文：实有8人；基础数据表：8人。",
)  # fmt: skip
def staff_agrees(case: Case) -> Iterator[Outcome]:
    """正文的编制数、实有人数＝基础数据表的人数。"""
    ledger = ledger_of(case.report)
    for key, name in _KINDS.items():
        for table in [f for f in ledger.of(key) if f.source == "table" and not f.scope][:1]:
            texts = [f for f in ledger.of(key) if f.source != "table" and not f.scope and _same_year(f, table, ledger)]
            if sum((f.value for f in texts), Decimal(0)) != table.value:
                texts = [f for f in texts if _same_staff(f, table)]
            if texts:
                yield _text_against_table(texts, table, name)


_OTHER_STAFF = re.compile(r"不含|不包括|除.{0,8}外|另有|另外|含(?:临聘|编外|聘用|离退休|退休)|临聘|编外|聘用|劳务派遣|辅助|社区工作者|协管|网格员|离退休|退休|遗属|所属|下属|本级|局机关|平均|上年|年初")


def _same_staff(text: Fact, table: Fact) -> bool:
    """Whether both speak of the same kind of staff: those 在编 are some of those 在职, temporary ones are neither."""
    words = f"{clause_before(text)}{text.label}"
    if _OTHER_STAFF.search(words):
        return False
    return ("在编" in words and "在职" not in words) == ("在编" in table.label and "在职" not in table.label)


def _same_year(first: Fact, second: Fact, ledger: Ledger) -> bool:
    year = ledger.report.year
    return (first.year or year) == (second.year or year)


def _text_against_table(texts: list[Fact], table: Fact, name: str) -> Outcome:
    total = sum((f.value for f in texts), Decimal(0))
    if any(f.value == table.value for f in texts) or total == table.value:
        return Passed("P-03", f"正文 {texts[0].value:f} 人 = 附表 {table.value:f} 人", (texts[0].place, table.place))
    said, expected = f"{texts[0].value:f}", f"{table.value:f}"
    return Finding(
        "P-03", Severity.ERROR, "正文的{name}为{said}人，附表为{expected}人，相差{difference}人。",
        (witness("text", texts[0]), witness("table", table)),
        {"name": name, "said": said, "expected": expected, "difference": plain(abs(texts[0].value - table.value))},
        said, expected, plain(abs(texts[0].value - table.value)), (Repair(texts[0].place, said, expected, name),),
    )  # fmt: skip


@rule(
    "P-06", title="人均人员经费是否合理", english="Personnel cost per head is plausible", severity=Severity.NOTE, basis=Basis.PRACTICE, default=False,
    source="口径配置的人均人员经费区间", bad="18人，人员经费20万元。", good="18人，人员经费341.85万元（人均18.99万元）。",
)  # fmt: skip
def cost_per_head_is_plausible(case: Case) -> Iterator[Outcome]:
    """人均人员经费＝人员经费÷实有人数，应在口径配置的区间内。默认不启用。"""
    ledger = ledger_of(case.report)
    people = next(iter(ledger.of("staff.actual")), None)
    money = ledger.one(Moment(case.report.year, Stage.EXECUTED, ""), "expenditure.personnel")
    limits = case.profile.personnel_cost_range or (Decimal(5), Decimal(40))
    if people is None or money is None or not people.value or not money.figure.is_money:
        return
    per_head = money.figure.in_unit("万元") / people.value
    told = f"{round_half_up(per_head):f}"
    if limits[0] <= per_head <= limits[1]:
        yield Passed("P-06", f"{money.value:f} ÷ {people.value:f} = {told} 万元/人", (money.place, people.place))
        return
    yield Finding(
        "P-06", Severity.NOTE, "人均人员经费{told}万元，不在{low}—{high}万元之间，请核对人员经费或人数。",
        (witness("money", money), witness("people", people)), {"told": told, "low": plain(limits[0]), "high": plain(limits[1])}, told,
    )  # fmt: skip


_HEADS = re.compile(r"在职|编制|实有|在编")


@rule(
    "P-07", title="以在职人数为依据的目标与在职人数一致", english="A head-count target equals the staffing it rests on", severity=Severity.NOTE,
    basis=Basis.PRACTICE, source="绩效目标“指标值确定依据”：在职人数", bad="保障办公人数≥11人，依据在职人数；在职9人。", good="保障办公人数≥9人，依据在职人数；在职9人。",
)  # fmt: skip
def head_count_targets_rest_on_staff(case: Case) -> Iterator[Outcome]:
    """指标值依据为在职人数（编制数）的，其数字应与报告所载人数相符。"""
    ledger = ledger_of(case.report)
    stated = ledger.of("staff.actual") + ledger.of("staff.authorised")
    for row in case.report.indicators:
        figure = row.target.figure
        if figure is None or figure.unit not in ("人", "名") or not _HEADS.search(row.basis.text):
            continue
        if not stated:
            yield NotChecked("P-07", "在职人数", row.target.text.place)
        elif all(f.value != figure.value for f in stated):
            yield Finding(
                "P-07", Severity.NOTE, "“{name}”的目标{said}人依据在职人数，报告所载为{expected}人。",
                (target_witness(row), witness("staff", stated[0]), name_witness(row)),
                {"name": row.name, "said": f"{figure.value:f}", "expected": f"{stated[0].value:f}"},
                f"{figure.value:f}", f"{stated[0].value:f}", plain(abs(figure.value - stated[0].value)),
            )  # fmt: skip


_NO_RETIRED = re.compile(r"无(?:离)?退休|没有(?:离)?退休|(?:离)?退休人员(?:为)?(?:0|零)人|无离休|无退休人员")
_NO_TEMPORARY = re.compile(r"无(?:临聘|临时|编外|聘用)人员|没有(?:临聘|临时|编外)人员")
_RETIRED = re.compile(r"(?:离退休|退休)(?:人员|干部)?(?:共|为)?\s*([1-9]\d*)\s*(?:人|名)|退休费\s*[1-9]")
_TEMPORARY = re.compile(r"(?:临聘|临时用工|编外|聘用|劳务派遣)(?:人员)?(?:共|为)?\s*([1-9]\d*)\s*(?:人|名)")


@rule(
    "P-08", title="离退休、临聘人员的表述前后一致", english="Retired and temporary staff are mentioned consistently", severity=Severity.NOTE,
    basis=Basis.PRACTICE, source=_STAFFING, bad="正文“无退休人员”，后文“退休人员3人”。", good="正文“退休人员3人”，后文“退休人员3人”。",
)  # fmt: skip
def other_staff_is_consistent(case: Case) -> Iterator[Outcome]:
    """称无离退休（临聘）人员的，别处不应出现其人数或经费。"""
    for denial, mention, name in ((_NO_RETIRED, _RETIRED, "退休人员"), (_NO_TEMPORARY, _TEMPORARY, "临聘人员")):
        denied = next(((t, p) for t, p in sentences(case) if denial.search(t)), None)
        stated = next(((t, p) for t, p in sentences(case) if mention.search(t) and not denial.search(t)), None)
        if denied is not None and stated is not None:
            yield Finding(
                "P-08", Severity.NOTE, "报告称没有{name}（“{denied}”），另一处又有（“{stated}”）。",
                (Witness("denial", denied[1], denied[0]), Witness("mention", stated[1], stated[0])),
                {"name": name, "denied": denied[0].strip()[:30], "stated": stated[0].strip()[:30]},
            )  # fmt: skip
