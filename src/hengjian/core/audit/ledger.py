"""The facts of a report, indexed by what, when, at which stage and for whom: so that only like is set beside like."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from hengjian.core.report import Fact, Report, Stage


@dataclass(frozen=True, slots=True)
class Moment:
    """The year, stage and scope to which an amount belongs. Amounts of two moments are never added."""

    year: int | None
    stage: Stage
    scope: str


_PARTIAL = re.compile(
    r"主要(?:用于|包括|是|为|有|由|支出|安排|构成|涉及)|其中主要|部分(?:支出|项目)?如下|"
    r"等(?:方面|支出|各?项|费用|类|科目|资金|开支|经费|内容|\d|[，。；、）)]|$)|[（(]?其余略|……"
)
_PROGRESS = re.compile(r"上半年|下半年|[一二三四1-4]季度|1\s*[-—－~～至]\s*(?!12)\d{1,2}\s*月|(?:(?<!\d)[1-9]|1[01]|[一二三四五六七八九十])月(?:底|末|\d{1,2}日)")
_WHOLE_YEAR = re.compile(r"全年|年度|年底|年末|本年|12月(?:底|末|31日)|十二月(?:底|末)?")


class Ledger:
    """An index over ``Report.facts``. Year: the report's where unsaid. Stage: that of the whole where unsaid,
    else in the running text what such a document usually speaks of (a self-evaluation of what was executed); a
    table that names no stage keeps none. Left out: what belongs to a part of the year, and mere differences."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.memory: dict[object, Any] = {}
        """What rules computed from this report and may need again, by the profile's identity or a name."""
        levels = [f for f in report.facts if not is_progress(f) and not is_difference(f)]
        self.facts = without_slips(_carried([_spent(_in_own_year(_level_after_adjustment(f), report.year), report) for f in levels]))

    @cached_property
    def _default_stage(self) -> Stage:
        return Stage.INITIAL if self.report.kind.is_targets else Stage.EXECUTED

    def whole_of(self, fact: Fact) -> Fact | None:
        """The amount that this one is an 其中 of."""
        return self.report.facts[fact.whole] if 0 <= fact.whole < len(self.report.facts) else None

    def stage(self, fact: Fact) -> Stage:
        probe: Fact | None = fact
        for _ in range(4):
            if probe is None:
                break
            if probe.stage is not Stage.UNSTATED:
                return probe.stage
            probe = self.whole_of(probe)
        return Stage.UNSTATED if fact.source == "table" else self._default_stage

    def moment(self, fact: Fact) -> Moment:
        return self._moments.get(id(fact)) or self._moment(fact)

    def _moment(self, fact: Fact) -> Moment:
        return Moment(fact.year or self.report.year, self.stage(fact), fact.scope)

    @cached_property
    def _moments(self) -> dict[int, Moment]:
        """By the identity of this ledger's own facts, which live as long as it does."""
        return {id(f): self._moment(f) for f in self.facts}

    @cached_property
    def _by_moment(self) -> dict[Moment, list[Fact]]:
        index: dict[Moment, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            index[self.moment(fact)].append(fact)
        return dict(index)

    @cached_property
    def _by_moment_and_key(self) -> dict[tuple[Moment, str], list[Fact]]:
        index: dict[tuple[Moment, str], list[Fact]] = defaultdict(list)
        for fact in self.facts:
            index[self.moment(fact), fact.key].append(fact)
        return dict(index)

    @cached_property
    def _by_key(self) -> dict[str, list[Fact]]:
        index: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            index[fact.key].append(fact)
        return dict(index)

    @cached_property
    def _by_group(self) -> dict[str, list[Fact]]:
        index: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            if fact.group:
                index[fact.group].append(fact)
        return dict(index)

    def of(self, *keys: str) -> list[Fact]:
        """All facts of these keys, in the order of the keys, then of reading."""
        return [f for key in keys for f in self._by_key.get(key, [])]

    def at(self, moment: Moment, *keys: str) -> list[Fact]:
        return [f for key in keys for f in self._by_moment_and_key.get((moment, key), ())]

    def during(self, moment: Moment) -> list[Fact]:
        """All facts of this moment, in reading order."""
        return self._by_moment.get(moment, [])

    def in_row(self, fact: Fact) -> list[Fact]:
        """The facts of tables that stand in the same row of the same table or sheet."""
        return self._by_row.get((fact.place.block, fact.place.sheet, fact.place.row), [])

    @cached_property
    def _by_row(self) -> dict[tuple[int, str, int], list[Fact]]:
        index: dict[tuple[int, str, int], list[Fact]] = defaultdict(list)
        for fact in self.facts:
            if fact.source == "table":
                index[fact.place.block, fact.place.sheet, fact.place.row].append(fact)
        return dict(index)

    def one(self, moment: Moment, *keys: str) -> Fact | None:
        """The first fact of the first key that has one at this moment."""
        return next(iter(self.at(moment, *keys)), None)

    def below(self, prefix: str) -> list[Fact]:
        return [f for f in self.facts if f.key.startswith(prefix + ".") or f.key == prefix]

    def beside(self, fact: Fact) -> list[Fact]:
        """The facts of the same sentence or block, the fact itself among them."""
        return self._by_group.get(fact.group, [fact]) if fact.group else [fact]

    def moments(self, facts: Iterable[Fact]) -> list[Moment]:
        return list(dict.fromkeys(self.moment(f) for f in facts))

    def neighbourhoods(self, facts: Iterable[Fact]) -> Iterator[Callable[[Fact], object]]:
        """Ever wider circles in which the operands of one sum are looked for: what they must share."""
        yield lambda f: f.group or id(f)
        yield lambda f: (f.place.block, f.place.sheet) if f.place.block or f.place.sheet else id(f)
        yield lambda f: f.source
        yield lambda _: "document"


def is_progress(fact: Fact) -> bool:
    """Whether an amount of the running text belongs to a part of the year only (上半年, 截至8月底)."""
    if fact.source == "table" or fact.key.startswith("plan."):
        return False
    offset = fact.place.start - fact.sentence.place.start
    before = fact.sentence.text[:offset] if 0 < offset <= len(fact.sentence.text) else fact.sentence.text
    marks = [*_PROGRESS.finditer(before), *_WHOLE_YEAR.finditer(before)]
    last = max(marks, key=lambda m: (m.end(), len(m[0])), default=None)
    return last is not None and not _WHOLE_YEAR.fullmatch(last[0])


def clause_before(fact: Fact) -> str:
    """The words of the sentence before an amount, back to the last comma or stop."""
    offset = fact.place.start - fact.sentence.place.start
    text = fact.sentence.text
    return re.split(r"[，,。；;：:、]", text[:offset])[-1] if 0 < offset <= len(text) else ""


_DIFFERENCE = re.compile(
    r"(?:增加|减少|增长|上升|下降|降低|压减|压缩|节约|节省|追加|调增|调减|核增|核减|相差|差额|缺口|增幅|降幅|多|少)(?:了|约|近|额|支出|经费|预算|资金|为|基本|项目|人员|公用|财政|专项|拨款){0,3}\s*$"
    r"|(?:高于|低于|超过|超出|超支|超)(?:年初|全年|上年|去年|当年|年度)*(?:预算|决算|执行|支出)?数?(?:约|近|了)?\s*$"
)


def is_difference(fact: Fact) -> bool:
    """Whether an amount of the running text is an increase or decrease (比预算增加6万元), and no level."""
    if fact.source == "table" or not fact.figure.is_money or fact.key.startswith(("balance.", "change.", "expenditure.adjustment")):
        return False
    offset = fact.place.start - fact.sentence.place.start
    text = fact.sentence.text
    if not 0 < offset <= len(text):
        return False
    return bool(_DIFFERENCE.search(text[max(0, offset - 14) : offset]))


def lists_only_some(facts: Iterable[Fact]) -> bool:
    """Whether the sentence says that it names only some of the parts (主要, 等, ……)."""
    return any(f.source == "prose" and _PARTIAL.search(f.sentence.text) for f in facts)


_NAMED_YEAR = re.compile(r"(20\d\d)年(?:度|的|部门|整体|全年|实际|财政|拨款|“?三公”?经费|预算|决算|执行|支出|收入|总|合计|数|额|为)*\s*$")
_LAST_YEAR = re.compile(r"(?:上年|去年|上一年|上年度|上年同期)(?:度|的|支出|决算|数)*\s*$")
_BARE = re.compile(r"(?:全年|本年|本年度|年度|累计|共)*(?:实际)?(?:支出|决算|执行|完成|使用|支付|开支)?(?:预算)?(?:数|额)?")
_TOTALS = ("income.", "expenditure.total", "expenditure.fiscal", "expenditure.general_budget", "expenditure.adjustment", "funds.", "balance.")


def _in_own_year(fact: Fact, year: int | None) -> Fact:
    """The year named right before an amount is its year: 与2023年9.80万元相比, 较上年4.12万元."""
    if fact.source == "table" or not fact.figure.is_money:
        return fact
    before = clause_before(fact)
    named = _NAMED_YEAR.search(before)
    if named is not None:
        return replace(fact, year=int(named[1]))
    return replace(fact, year=year - 1) if year is not None and _LAST_YEAR.search(before) else fact


def _carried(facts: list[Fact]) -> list[Fact]:
    """A bare 支出 after the budget of an item is of that item: “三公”经费预算3万元，支出2.80万元."""
    found: list[Fact] = []
    before: Fact | None = None
    for fact in facts:
        if before is not None and _is_bare(fact) and before.group and before.group == fact.group and _is_an_item(before):
            fact = replace(fact, key=before.key, label=before.label, stage=Stage.EXECUTED, whole=before.whole, scope=before.scope)
        before = fact if fact.figure.is_money else before
        found.append(fact)
    return found


def _is_bare(fact: Fact) -> bool:
    own = fact.source == "prose" and fact.key == "expenditure.total" and fact.figure.is_money
    clause = clause_before(fact).strip(" 为了共")
    return own and bool(_BARE.fullmatch(fact.label)) and bool(_BARE.fullmatch(clause)) and not re.search("全年|年度|本年|共", clause)


def _is_an_item(fact: Fact) -> bool:
    planned = fact.stage in (Stage.INITIAL, Stage.BUDGET)
    return planned and fact.whole < 0 and not fact.key.startswith(_TOTALS) and fact.key != "unplaced"


_ITEM = re.compile(r"[\u4e00-\u9fff（）()“”\"]{2,}(?:资金|经费|费用|费|补助|补贴|工资|津贴|专项)\s*(?:为|共|约|是)?$")


def names_another_item(fact: Fact) -> bool:
    """Whether the words right before an amount name something else than its label."""
    found = _ITEM.search(clause_before(fact)) if fact.source == "prose" else None
    if found is None:
        return False
    words, label = (re.sub(r"[“”\"'（）()\s]|为$|共$|约$|是$", "", t) for t in (found[0], fact.label))
    return not (label in words or words in label or label[:3] in words)


_SPENDING = re.compile(r"(?:全年|年度|本年|累计|实际|共)*(?:支出|支付|执行|使用)(?:数|额|总额|合计)?(?:为|了)?")


def _spent(fact: Fact, report: Report) -> Fact:
    """A bare 支出 after a budget in brackets is what was spent: 全年预算612.40万元（年初548万元），支出603.95万元."""
    if fact.source == "table" or report.kind.is_targets or fact.stage not in (Stage.INITIAL, Stage.BUDGET) or not fact.figure.is_money:
        return fact
    return replace(fact, stage=Stage.EXECUTED) if _SPENDING.fullmatch(clause_before(fact).strip()) else fact


def _level_after_adjustment(fact: Fact) -> Fact:
    """调整后预算510万元 is the level of the budget, though its sentence speaks of the adjustment."""
    if fact.key == "expenditure.adjustment" and "后" in clause_before(fact)[-10:]:
        return replace(fact, key="expenditure.total", stage=Stage.BUDGET, label="调整后预算")
    return fact


def is_slip(fact: Fact, other: Fact) -> bool:
    """Whether ``fact`` prints under 元 the digits that ``other``, the same item, prints under 万元."""
    small, large = fact.figure, other.figure
    return (
        small.unit == "元"
        and large.unit == "万元"
        and small.value == large.value
        and 0 < small.value < 10_000
        and (fact.key, fact.scope) == (other.key, other.scope)
        and (fact.year is None or other.year is None or fact.year == other.year)
    )


def slips_in(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Every slip of the unit, with the first amount in 万元 that shows it."""
    large: dict[object, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.figure.unit == "万元":
            large[fact.key, fact.scope, fact.figure.value].append(fact)
    for fact in facts:
        others = large.get((fact.key, fact.scope, fact.figure.value), ()) if fact.figure.unit == "元" else ()
        other = next((g for g in others if is_slip(fact, g)), None)
        if other is not None:
            yield fact, other


def without_slips(facts: list[Fact]) -> list[Fact]:
    """The facts with slips of the unit put right, so that one slip (A-18) does not hide or cause another finding."""
    slips = {id(f) for f, _ in slips_in(facts)}
    return [replace(f, figure=replace(f.figure, unit="万元")) if id(f) in slips else f for f in facts]


_LAST: list[tuple[Report, Ledger]] = []


def ledger_of(report: Report) -> Ledger:
    """The ledger of a report; the last one is kept, since all rules ask about the same report in turn."""
    if _LAST and _LAST[0][0] is report:
        return _LAST[0][1]
    made = Ledger(report)
    _LAST[:] = [(report, made)]
    return made
