"""Change against last year: D-13, D-19."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import (
    Basis,
    Finding,
    NotChecked,
    Outcome,
    Passed,
    Severity,
    Witness,
    witness,
)
from hengjian.core.audit.indicators import found, number_of
from hengjian.core.audit.ledger import Ledger, ledger_of
from hengjian.core.document import Paragraph
from hengjian.core.facts import UNPLACED
from hengjian.core.figures import (
    Figure,
    compare_rate,
    compare_sum,
    compare_values,
    figure,
    plain,
    round_half_up,
    same_amount,
)
from hengjian.core.places import Place
from hengjian.core.report import Fact, Report, Stage

_UP = "增加|增长|上升|提高|上涨|增多|多支出"
_DOWN = "减少|下降|降低|压减|下浮|压缩|节约|少支出"
_AMOUNT = r"(?P<{0}>\d[\d,]*(?:\.\d+)?)\s*(?P<{0}u>万元|亿元|元|人次|件次|批次|场次|人|件|次|批|起|个)"
_RATE = r"(?P<rate>\d[\d,]*(?:\.\d+)?)\s*[%％]"
_LAST = r"(?:上年(?:度|同期)?|去年(?:同期)?|上一年度?|20\d{2}年度?|同期)"

_FROM_TO = re.compile(
    rf"(?:由|从)[^，。；、]{{0,10}}?{_AMOUNT.format('a')}[^，。；\d]{{0,6}}?(?P<word>{_UP}|{_DOWN})(?:了)?(?:到|至|为){_AMOUNT.format('b')}"
    rf"(?:[，,](?:同比|比{_LAST}|较{_LAST})?(?:{_UP}|{_DOWN}){_RATE})?"
)
_AGAINST = re.compile(
    rf"{_AMOUNT.format('b')}[，,（(]?(?:较|比|与)?{_LAST}(?:决算数?|支出|的|预算数?|执行数?|实际)*(?:为)?{_AMOUNT.format('a')}(?:相比)?[，,]?(?:同比)?(?P<word>{_UP}|{_DOWN})(?:了)?"
    rf"(?:(?P<d>\d[\d,]*(?:\.\d+)?)\s*(?P<du>万元|亿元|元|人次|件次|批次|人|件|次|批|起|个))?(?:[，,](?:{_UP}|{_DOWN})?)?(?:{_RATE})?"
)
_BY = re.compile(
    rf"{_AMOUNT.format('b')}[，,（(](?:较|比|同比|与){_LAST}?(?:决算数?|支出|预算数?|执行数?)?(?:相比|比较)?[，,]?(?:收[、入]?支(?:出)?(?:总计|总额|合计)?)?(?:各|均)?(?P<word>{_UP}|{_DOWN})(?:了)?{_AMOUNT.format('d')}[，,](?:同比)?(?:{_UP}|{_DOWN})(?:了)?{_RATE}"
)


_NO_CHANGE = rf"(?:(?!{_UP}|{_DOWN})[^，。；\d]){{0,14}}?"
_TWO_YEARS = re.compile(
    rf"(?P<y1>20\d{{2}})年度?{_NO_CHANGE}{_AMOUNT.format('b')}[，,；;](?P<y2>20\d{{2}})年度?{_NO_CHANGE}{_AMOUNT.format('a')}"
    rf"[，,；;](?:同比|比上年|较上年)?(?P<word>{_UP}|{_DOWN})(?:了)?(?:(?P<d>\d[\d,]*(?:\.\d+)?)\s*(?P<du>万元|亿元|元|人次|件次|批次|人|件|次|批|起|个))?"
    rf"(?:[，,](?:{_UP}|{_DOWN})?)?(?:{_RATE})?"
)


_OPPOSED = re.compile(
    rf"(?P<first>{_UP}|{_DOWN})(?:了)?{_AMOUNT.format('d')}[，,、]?(?:同比|同口径|比{_LAST}|较{_LAST})?(?P<second>{_UP}|{_DOWN})(?:了)?{_RATE}"
)
_BASE = re.compile(rf"(?:与|比|较){_LAST}[^，。；\d]{{0,12}}?(?:为|的)?{_AMOUNT.format('a')}(?:相比|比较)?[，,]?(?:同比)?(?P<word>{_UP}|{_DOWN})(?:了)?{_AMOUNT.format('d')}[，,、]?(?:同比)?(?P<other>{_UP}|{_DOWN}|增幅|降幅)(?:了|为)?{_RATE}")


@dataclass(frozen=True, slots=True)
class _Change:
    """A sentence on a change: now, before, by how much, in percent, and its word."""

    now: Figure
    before: Figure | None
    amount: Figure | None
    rate: Figure | None
    rises: bool
    text: str
    place: Place


@rule(
    "D-13",
    title="同比增减的文字与数字一致",
    english="Words of change agree with the figures",
    severity=Severity.WARNING,
    basis=Basis.ARITHMETIC,
    source="增减额＝本年－上年；增长率＝增减额÷上年；上年为0时不计增长率",
    bad="决算数5.2万元，比上年4.1万元减少1.1万元",
    good="决算数5.2万元，比上年4.1万元增加1.1万元，增长26.83%",
)
def change_words_match(case: Case) -> Iterator[Outcome]:
    """文字所述的增加、减少及其幅度应与所列两年数字相符；上年为0的，不应有增长率。"""
    for paragraph in case.document.body:
        for change in _changes(paragraph):
            problem = _problem(change)
            if problem and not _meant_earlier(change, paragraph):
                said, expected, difference = problem
                yield found(
                    "D-13",
                    Severity.WARNING,
                    "“{text}”：写{said}，按所列数字应为{expected}。",
                    Witness("change", change.place, change.text),
                    said=said,
                    expected=expected,
                    difference=difference,
                    text=change.text,
                )
            else:
                yield Passed("D-13", change.text, (change.place,))
        yield from _opposed(paragraph)
        yield from _against_base(paragraph)
    yield from _against_level_elsewhere(ledger_of(case.report))


def _against_level_elsewhere(ledger: Ledger) -> Iterator[Outcome]:
    """本年收入比上年的3,302.45万元增长2.63%, while this year's 本年收入 stands in another sentence, once and for all."""
    for rate in ledger.of("rate.change"):
        before = [f for f in ledger.beside(rate) if f.source == "prose" and f.figure.is_money and f.place.start < rate.place.start]
        word = _last_word(rate)
        if not before or not word or before[-1].year is None or before[-1].year + 1 != ledger.report.year:
            continue
        change = _change_of(before, rate, ledger, rises=bool(re.fullmatch(_UP, word)))
        problem = _problem(change) if change is not None else None
        if change is not None and problem:
            said, expected, difference = problem
            yield found(
                "D-13",
                Severity.WARNING,
                "“{text}”：写{said}，按所列数字应为{expected}（本年为{now}）。",
                Witness("change", change.place, change.text),
                said=said,
                expected=expected,
                difference=difference,
                text=change.text,
                now=number_of(change.now),
            )


def _last_word(rate: Fact) -> str:
    """The word of change right before a printed rate."""
    text = rate.sentence.text[: max(0, rate.place.start - rate.sentence.place.start)]
    match = re.search(rf"({_UP}|{_DOWN})(?:了|约|近|幅度|率|为)*$", text)
    return match[1] if match else ""


def _change_of(before: list[Fact], rate: Fact, ledger: Ledger, *, rises: bool) -> _Change | None:
    """The change that a rate tells, where this year's level of just this label stands elsewhere and has one value."""
    last = before[-1]
    levels = [f for f in ledger.of(last.key) if f.year == ledger.report.year and (f.label, f.scope) == (last.label, last.scope)]
    levels = [f for f in levels if f.figure.is_money and f.figure.unit == last.figure.unit and ledger.stage(f) is ledger.stage(last)]
    if last.key == UNPLACED or len({f.value for f in levels}) != 1 or any(f.group == rate.group for f in levels):
        return None
    return _Change(levels[0].figure, last.figure, None, rate.figure, rises, rate.sentence.text.strip("。；"), rate.place)


_MONEY = re.compile(r"(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<u>万元|亿元|元)")


def _meant_earlier(change: _Change, paragraph: Paragraph) -> bool:
    """Whether an earlier amount of the sentence is the one that changed: 决算9.80万元：用车8.60万元、接待1.20万元，较上年…."""
    start = max(paragraph.text.rfind(stop, 0, change.place.start) for stop in "。；;") + 1
    earlier = _MONEY.finditer(paragraph.text[start : change.place.start])
    others = [figure(m["n"].replace(",", ""), m["u"], change.place) for m in earlier if m["u"] == change.now.unit]
    return any(_problem(replace(change, now=other)) is None for other in others)


def _opposed(paragraph: Paragraph) -> Iterator[Outcome]:
    """减少5.20万元，增长2.94%: the amount goes one way and its rate the other."""
    for match in _OPPOSED.finditer(paragraph.text):
        ways = [bool(re.fullmatch(_UP, match[name])) for name in ("first", "second")]
        if ways[0] != ways[1]:
            place = paragraph.place.part(match.start(), match.end(), match[0])
            yield found(
                "D-13",
                Severity.WARNING,
                "“{text}”：金额写{said}，比例写{expected}，方向相反。",
                Witness("change", place, match[0]),
                said=match["first"],
                expected=match["second"],
                text=match[0],
            )


def _against_base(paragraph: Paragraph) -> Iterator[Outcome]:
    """与上年17934.60万元相比增加527.75万元，增长2.94%: the change over last year's amount gives the rate."""
    for match in _BASE.finditer(paragraph.text):
        place = paragraph.place.part(match.start(), match.end(), match[0])
        before = figure(match["a"].replace(",", ""), match["au"], place)
        amount = figure(match["d"].replace(",", ""), match["du"], place)
        rate = figure(match["rate"].replace(",", ""), "%", place)
        if before.unit != amount.unit or not before.value:
            continue
        comparison = compare_rate(amount, before, rate)
        if comparison is not None and comparison.differs:
            right = round_half_up(comparison.computed, max(rate.decimals, 2))
            yield found(
                "D-13",
                Severity.WARNING,
                "“{text}”：写{said}，按所列数字应为{expected}。",
                Witness("change", place, match[0]),
                said=number_of(rate),
                expected=f"{right}%",
                difference=f"{plain(abs(right - rate.value))}个百分点",
                text=match[0],
            )


def _changes(paragraph: Paragraph) -> Iterator[_Change]:
    taken: list[tuple[int, int]] = []
    for pattern in (_TWO_YEARS, _FROM_TO, _AGAINST, _BY):
        for match in pattern.finditer(paragraph.text):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append(match.span())
                yield _change(match, paragraph)


def _change(match: re.Match[str], paragraph: Paragraph) -> _Change:
    groups = match.groupdict()
    place = paragraph.place.part(match.start(), match.end(), match[0])

    def amount(key: str) -> Figure | None:
        digits = groups.get(key)
        return figure(digits.replace(",", ""), groups.get(f"{key}u") or "", place) if digits else None

    later = groups.get("y1", "") > groups.get("y2", "") or "y1" not in groups
    now, before = (amount("b"), amount("a")) if later else (amount("a"), amount("b"))
    assert now is not None
    rate = figure(groups["rate"].replace(",", ""), "%", place) if groups.get("rate") else None
    return _Change(now, before, amount("d"), rate, bool(re.fullmatch(_UP, groups["word"])), match[0], place)


def _problem(change: _Change) -> tuple[str, str, str] | None:
    """What is said, what it should be, and the difference; ``None`` when the sentence holds."""
    before = change.before or _derived(change)
    if before is None or before.unit != change.now.unit:
        return None
    gap = change.now.value - before.value
    if change.before is not None and gap and (gap > 0) != change.rises:
        return ("增加" if change.rises else "减少", "减少" if change.rises else "增加", f"{plain(gap)}{before.unit}")
    return _wrong_amount(change, before, gap) or _wrong_rate(change, before, gap)


def _derived(change: _Change) -> Figure | None:
    """Last year's amount from this year's and the change."""
    if change.amount is None or change.amount.unit != change.now.unit:
        return None
    value = change.now.value - change.amount.value if change.rises else change.now.value + change.amount.value
    return Figure(value, change.now.unit, decimals=max(change.now.decimals, change.amount.decimals))


def _wrong_amount(change: _Change, before: Figure, gap: Decimal) -> tuple[str, str, str] | None:
    amount = change.amount
    if change.before is None or amount is None or amount.unit != before.unit:
        return None
    first, second = (before, change.now) if change.rises else (change.now, before)
    comparison = compare_sum([first, amount], second)
    if not comparison.differs:
        return None
    return number_of(amount), f"{plain(abs(gap))}{before.unit}", f"{plain(abs(gap) - amount.value)}{before.unit}"


def _wrong_rate(change: _Change, before: Figure, gap: Decimal) -> tuple[str, str, str] | None:
    if change.rate is None:
        return None
    if not before.value:
        return number_of(change.rate), "不计增长率（上年为0）", ""
    size = Figure(abs(gap), before.unit, decimals=max(before.decimals, change.now.decimals))
    comparison = compare_rate(size, before, change.rate)
    if comparison is None or not comparison.differs:
        return None
    right = round_half_up(comparison.computed, max(change.rate.decimals, 2))
    return number_of(change.rate), f"{right}%", f"{plain(right - change.rate.value)}个百分点"


@rule(
    "D-19",
    title="上年数与上年报告一致",
    english="Last year's figures here are those of last year's report",
    severity=Severity.WARNING,
    basis=Basis.ARITHMETIC,
    source="上年数应取自上年决算（两份报告对照）",
    bad="本年报告称上年公用经费277.46万元，上年报告为267.46万元",
    good="两份报告都是277.46万元",
)
def last_year_is_last_year(case: Case) -> Iterator[Outcome]:
    """本年报告引用的上年数，应与上年报告的本年数相同。需要上年报告。"""
    year = case.report.year
    quoted = [f for f in case.report.facts if year and f.year == year - 1 and _comparable(f)]
    if not case.previous:
        if quoted:
            yield NotChecked("D-19", "上年报告", quoted[0].place)
        return
    for fact in quoted:
        for then in _last(case, fact):
            yield _kept(fact, then)


def _comparable(fact: Fact) -> bool:
    return fact.key != UNPLACED and not fact.key.startswith(("date.", "report.", "rate.", "change.", "activity."))


def _last(case: Case, fact: Fact) -> Iterator[Fact]:
    """The figure of the same key, scope and stage in last year's report."""
    for report in case.previous:
        if report.year is not None and case.report.year is not None and report.year != case.report.year - 1:
            continue
        same = [f for f in report.find(fact.key, year=report.year, scope=fact.scope) if _stage(f, report) == _stage(fact, case.report)]
        yield from [f for f in same if f.figure.is_money == fact.figure.is_money][:1]


def _stage(fact: Fact, report: Report) -> Stage:
    if fact.stage is not Stage.UNSTATED:
        return fact.stage
    return Stage.INITIAL if report.kind.is_targets else Stage.EXECUTED


def _kept(fact: Fact, then: Fact) -> Finding | Passed:
    same = same_amount(fact.figure, then.figure) if fact.figure.is_money else fact.value == then.value
    if same:
        return Passed("D-19", f"上年{fact.label} {number_of(fact.figure)}", (fact.place,))
    comparison = compare_values(then.figure.base_value, fact.figure.base_value, Decimal(0))
    return found(
        "D-19",
        Severity.WARNING,
        "上年{label}这里写{said}，上年报告为{expected}。",
        witness("quoted", fact),
        witness("last_year", then),
        said=number_of(fact.figure),
        expected=number_of(then.figure),
        difference=plain(comparison.difference),
        label=fact.label,
    )
