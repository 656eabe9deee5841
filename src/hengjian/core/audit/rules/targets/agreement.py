"""Whether one target is told in one way: T-01, T-02, T-03, T-05, T-07."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Finding, Outcome, Passed, Repair, Severity, witness
from hengjian.core.audit.indicators import (
    conflict,
    filled,
    found,
    groups_of,
    name_witness,
    note,
    rows,
    same_scope,
    satisfaction_twin,
    sentence_of,
    shorten,
    statements,
    target_of,
    target_witness,
    twin,
)
from hengjian.core.audit.similarity import core_name, normalise
from hengjian.core.extraction.numbers import Mention, scan
from hengjian.core.extraction.targets import parse_target
from hengjian.core.figures import Figure, plain
from hengjian.core.report import Actual, Indicator, Report, Target, Text

Pair = tuple[Indicator, Indicator]


def _declared(report: Report) -> list[Indicator]:
    """Targets that the running text lists, before any result is told."""
    return [i for i in statements(report) if not i.actual.text and filled(i.target.text) and i.name]


def _pairs(first: Iterable[Indicator], second: Sequence[Indicator], report: Report) -> Iterator[Pair]:
    for one in first:
        fitting = [o for o in second if same_scope(report, one.project, o.project)]
        if (other := twin(one, fitting)) is not None:
            yield one, other


_OTHER_CONTEXT = re.compile(r"满分|扣\d*\.?\d*分|扣分|评分标准|评分细则|计分|考核办法|上年目标|去年目标|明年|下年度|下一年")


def _told(case: Case) -> list[Indicator]:
    """The targets that the text states as this year's, scoring standards and other years left out."""
    named = [i for i in statements(case.report) if i.name and filled(i.target.text)]
    return [i for i in named if not _OTHER_CONTEXT.search(sentence_of(case.document, i.target.text))]


def _inside(case: Case) -> Iterator[Pair]:
    """The same indicator twice in one document: in text and table, or in a table of targets and one of results."""
    report = case.report
    table = rows(report, named=True)
    told = [*_pairs(_told(case), table, report)]
    yield from told
    yield from _named_in_text(case, {id(row) for _, row in told})
    results = [r for r in table if "actual" in r.columns]
    targets = [r for r in table if "actual" not in r.columns]
    yield from _pairs(targets, results, report)


_SET = r"(?:目标)?(?:值)?(?:要)?(?:为|是|：|:)?(?P<op>不低于|不少于|不超过|不高于|≥|≤|>=|<=)\s*\d"


def _named_in_text(case: Case, paired: set[int]) -> Iterator[Pair]:
    """A row's very name with 不低于 or ≥ and a number, in a sentence of the text that lists what was set."""
    setting = [p for p in case.document.body if re.search(_SET, p.text)]
    for row in rows(case.report, named=True):
        name = row.name
        if id(row) in paired or len(name) < 4 or not row.target.is_numeric:
            continue
        for paragraph in setting:
            found_ = re.search(re.escape(name) + _SET, paragraph.text) if name in paragraph.text else None
            if found_ is None:
                continue
            sentence = _sentence(paragraph.text, found_.start())
            rest = re.split(r"[，。；、,;]", paragraph.text[found_.start("op") :])[0]
            target = parse_target(rest, paragraph.place.part(found_.start(), found_.start("op") + len(rest), rest))
            if "目标" in sentence and not _NOT_SET.search(sentence) and target.is_numeric and _same_unit(target, row.target):
                yield replace(row, target=target, actual=Actual(), source="prose"), row


_NOT_SET = re.compile(r"上年|去年|下一年|明年|力争|规划|到20\d\d年|满分|得\d|扣\d|标准")


def _sentence(text: str, at: int) -> str:
    start = max(text.rfind(stop, 0, at) for stop in "。；\n") + 1
    end = text.find("。", at)
    return text[start : end if end >= 0 else len(text)]


@rule(
    "T-01",
    title="自评指标与批复（设定）的绩效目标一致",
    english="The indicators evaluated are the indicators approved",
    severity=Severity.ERROR,
    basis=Basis.FORM,
    source="财预〔2020〕10号（自评以批复的绩效目标为准）；财预〔2015〕88号",
    bad="正文设定信访群众满意度≥90%，自评表年度指标值≥98%",
    good="正文与自评表的年度指标值都是≥90%",
)
def evaluated_is_approved(case: Case) -> Iterator[Outcome]:
    """自评表的三级指标及年度指标值应与批复的绩效目标、与正文设定的目标一致；只列于一处的指标仅作提示。"""
    pairs = [*_inside(case), *_beside(case)]
    for told, listed in pairs:
        if (kind := conflict(told.target, listed.target)) in ("number", "direction"):
            yield _other_target(told, listed)
        elif kind == "" and told.target.is_numeric and listed.target.is_numeric:
            yield Passed("T-01", f"{listed.name}：{target_of(told.target)}", (listed.target.text.place,))
    yield from _only_once(case, {id(i) for pair in pairs for i in pair})


def _beside(case: Case) -> Iterator[Pair]:
    """The approved targets of a second document against this one's rows."""
    here = rows(case.report, named=True) or statements(case.report)
    for approved in case.targets:
        yield from _pairs(rows(approved, named=True), here, case.report)


def _other_target(told: Indicator, listed: Indicator) -> Finding:
    said, expected = target_of(listed.target), target_of(told.target)
    return found(
        "T-01",
        Severity.ERROR,
        "指标“{name}”的目标前后不一致：设定为{expected}，自评时为{said}。",
        target_witness(listed),
        target_witness(told, "approved"),
        said=said,
        expected=expected,
        difference=_gap(told.target, listed.target),
        repairs=[Repair(listed.target.text.place, listed.target.text.text, told.target.text.text, "按设定目标改")],
        group=f"target:{core_name(listed.name)}",
        name=shorten(listed.name),
    )


def _gap(first: Target, second: Target) -> str:
    if first.figure is None or second.figure is None or first.figure.unit != second.figure.unit:
        return ""
    gap = second.figure.value - first.figure.value
    return f"{plain(gap)}{first.figure.unit}" if gap else ""


def _only_once(case: Case, paired: set[int]) -> Iterator[Finding]:
    """Indicators of one list that the other lacks: a note for each list (P3-22)."""
    table = rows(case.report, named=True)
    approved = [i for t in case.targets for i in rows(t, named=True)] or _declared(case.report)
    if not table or len(approved) < (2 if case.targets else max(2, len(table) // 2)):
        return  # a few targets in passing are no list
    for alone, words in (
        ([i for i in approved if id(i) not in paired], "设定的{count}项指标没有同名的自评指标：{names}。"),
        ([i for i in table if id(i) not in paired], "自评表的{count}项指标没有同名的设定指标：{names}。"),
    ):
        if alone:
            names = "、".join(shorten(i.name, 16) for i in alone[:5])
            yield note("T-01", words, *(name_witness(i) for i in alone), count=str(len(alone)), names=names)


_RATE_NAME = r"[\u4e00-\u9fff]{0,6}(?:率|比例|比重|满意度|程度)?"
_VERB = r"(?:应?要?达到|达|不低于|不少于|不超过|不高于|为|是|即|达成|保持|控制在|完成|在|以上为)"
_RESTATED = re.compile(rf"^(?:及?以上|以内|及?以下)?[（(，,、/]?(?:即|也就是)?{_RATE_NAME}{_VERB}?[≥≤=><]?$")
_OPENING = re.compile(rf"^{_RATE_NAME}(?:大于等于|小于等于|大于|小于|高于|{_VERB})?[≥≤=><]*$")
_RELATIVE = re.compile(r"力争|争取|努力|确保|较|比|上年|去年|同期|提高|提升|增长|下降|增加|减少|其中|每|均|各|得|扣|加|分值|预警|\d")


@rule(
    "T-02",
    title="同一目标值中的数字与文字一致",
    english="The number and the words of one target agree",
    severity=Severity.ERROR,
    basis=Basis.ARITHMETIC,
    source="同一单元格的同一目标只能有一个数",
    bad="≥100完成率达到90%",
    good="≥95完成率达到95%",
)
def number_and_words_agree(case: Case) -> Iterator[Outcome]:
    """指标值中的数字与其后文字所述的数字应当相同。"""
    for row in rows(case.report):
        text = "".join(row.target.text.text.split())
        numbers = [m for m in scan(text) if m.kind == "number" and not m.upper_of_range]
        if len(numbers) == 2 and _restates(text, *numbers):
            yield _double(row, numbers[0].figure, numbers[1].figure)


def _restates(text: str, first: Mention, second: Mention) -> bool:
    """Whether the second number only says the first again, in words."""
    between = text[first.end : second.start]
    units = {first.figure.unit, second.figure.unit}
    one_unit = len(units) == 1 or units == {"", "%"}
    before = text[: first.start]
    named = re.search(r"率|度|比例", before) is not None
    opening = _OPENING.match(before) is not None and not (named and re.search(r"率|度|比例", between))
    joined = bool(_RESTATED.match(between)) and len(between) > 1 and not _RELATIVE.search(between)
    return one_unit and opening and joined and first.upper is None


def _double(row: Indicator, first: Figure, second: Figure) -> Outcome:
    if first.value == second.value:
        return Passed("T-02", f"{row.name}：{plain(first.value)} = {plain(second.value)}", (row.target.text.place,))
    unit = second.unit or first.unit
    return found(
        "T-02",
        Severity.ERROR,
        "指标“{name}”的目标值自相矛盾：数字写{first}，文字写{second}。",
        target_witness(row),
        name_witness(row),
        said=f"{plain(second.value)}{unit}",
        expected=f"{plain(first.value)}{unit}",
        difference=f"{plain(second.value - first.value)}{unit}",
        name=shorten(row.name),
        first=f"{plain(first.value)}{unit}",
        second=f"{plain(second.value)}{unit}",
    )


_FORMULA = re.compile(r"[×xX*＊÷]|/|得\d*分|扣|满分|公式|=|＝")
_PER = re.compile(r"每|人均|单次|各|较|比上|提高|增长|下降|增加|减少|其中|上年|去年|累计|第|近")
_PLANNED = re.compile(r"率|比例|以上|以内|以下|达到|不低于|不超过|不少于|全部|均|≥|≤|控制在|开展|举办|组织|完成|培训|接访|宣传|办理|办结|受理|答复")


@rule(
    "T-03",
    title="指标值与指标描述中的数字一致",
    english="The target agrees with the figure in its description",
    severity=Severity.WARNING,
    basis=Basis.ARITHMETIC,
    source="指标名称、描述与指标值说的是同一目标",
    bad="描述：按期答复率90%以上；指标值：≥95%",
    good="描述：按期答复率90%以上；指标值：≥90%",
)
def target_agrees_with_description(case: Case) -> Iterator[Outcome]:
    """指标描述（或名称）中写明的目标数字应与指标值相同。"""
    for row in rows(case.report):
        for source in (row.description, row.level3):
            told = told_number(source.text, row.target)
            if told is None or row.target.figure is None or told.value == row.target.figure.value:
                continue
            yield found(
                "T-03",
                Severity.WARNING,
                "指标“{name}”的描述写{expected}，指标值写{said}。",
                target_witness(row),
                name_witness(row) if source is row.level3 else witness("description", row.description),
                said=target_of(row.target),
                expected=f"{plain(told.value)}{told.unit}",
                name=shorten(row.name),
            )
            break


def told_number(text: str, target: Target) -> Figure | None:
    """The one number in a description that can only be this target's, in the target's unit."""
    if target.figure is None or target.upper is not None or _FORMULA.search(text) or _PER.search(text):
        return None
    numbers = [m for m in scan(text) if m.kind == "number" and m.figure.unit == target.figure.unit]
    if len(numbers) != 1 or not target.figure.unit or numbers[0].upper is not None:
        return None
    return numbers[0].figure if _PLANNED.search(text) else None


@rule(
    "T-05",
    title="正文所述目标与表中指标值一致（含符号）",
    english="The target in the text is the target in the table, operator included",
    severity=Severity.WARNING,
    basis=Basis.FORM,
    source="财预〔2020〕10号（自评以批复的绩效目标为准）",
    bad="表中95%，正文“年初目标≥95%”；或正文90%而表中95%",
    good="表中与正文都是≥95%",
)
def text_target_is_table_target(case: Case) -> Iterator[Outcome]:
    """正文在说明完成情况时引用的目标应与表中指标值的数字、符号相同；只缺符号的仅作提示。"""
    report = case.report
    told = [i for i in _told(case) if i.target.figure is not None]
    declared = {id(i) for i in _declared(report)}
    for prose, row in (*_told_again(told, report), *_told_in_goals(report)):
        kind = conflict(prose.target, row.target)
        if kind == "sign":
            yield _sign_only(prose, row)
        elif kind and id(prose) not in declared:
            yield _other_in_text(prose, row)


_CLAUSE = re.compile(r"[。；;，,、\n]|(?:^|\s)\d{1,2}[.．、](?!\d)")
_OTHER_PERIOD = re.compile(r"20\d\d|中期|规划|力争|三年|五年|上年|比|较")


def _told_in_goals(report: Report) -> Iterator[Pair]:
    """A goal that names a row and gives it a number of the row's unit: 覆盖率不低于88%."""
    goals = [("", report.goal), *((p.name, p.goal) for p in report.projects)]
    for scope, goal in goals:
        fitting = [r for r in rows(report, named=True) if r.target.is_numeric and same_scope(report, r.project, scope)]
        for clause in _CLAUSE.split(goal.compact if "\n" not in goal.text else goal.text):
            words = "".join(clause.split())
            named = [r for r in fitting if len(r.name) >= 4 and r.name in words]
            if len(named) != 1 or _OTHER_PERIOD.search(words):
                continue
            target = parse_target(words.partition(named[0].name)[2], goal.place)
            if target.is_numeric and target.upper is None and not target.also and _same_unit(target, named[0].target):
                yield Indicator(named[0].level3, target=replace(target, text=Text(words, goal.place)), project=scope, source="prose"), named[0]


def _same_unit(first: Target, second: Target) -> bool:
    return first.figure is not None and second.figure is not None and bool(first.figure.unit) and first.figure.unit == second.figure.unit


def _told_again(told: Sequence[Indicator], report: Report) -> Iterator[Pair]:
    """Statements with the rows that they speak of; a bare 满意度 is the only satisfaction row of its scope."""
    table = rows(report, named=True)
    paired = list(_pairs(told, table, report))
    yield from paired
    done = {id(prose) for prose, _ in paired}
    for prose in told:
        fitting = [r for r in table if same_scope(report, prose.project, r.project)]
        if id(prose) not in done and (row := satisfaction_twin(prose, fitting)) is not None:
            yield prose, row


def _sign_only(prose: Indicator, row: Indicator) -> Finding:
    said, expected = _printed(row.target), _printed(prose.target)
    return note(
        "T-05",
        "指标“{name}”在表中写{said}，正文写{expected}，符号不一致。",
        target_witness(row),
        target_witness(prose, "text"),
        name=shorten(row.name),
        said=said,
        expected=expected,
    )


def _printed(target: Target) -> str:
    return target_of(target) if target.printed_operator else plain_number(target)


def plain_number(target: Target) -> str:
    """The number of a target without a sign."""
    return f"{plain(target.figure.value)}{target.figure.unit}" if target.figure else ""


def _other_in_text(prose: Indicator, row: Indicator) -> Finding:
    return found(
        "T-05",
        Severity.WARNING,
        "指标“{name}”表中目标为{table}，正文称目标为{text}。",
        target_witness(prose, "text"),
        target_witness(row),
        said=target_of(prose.target),
        expected=target_of(row.target),
        difference=_gap(row.target, prose.target),
        repairs=[Repair(prose.target.text.place, plain_number(prose.target), plain_number(row.target), "按表中指标值改")],
        group=f"target:{core_name(row.name)}",
        name=shorten(row.name),
        table=target_of(row.target),
        text=target_of(prose.target),
    )


@rule(
    "T-07",
    title="各项目中同一指标的目标值一致",
    english="One indicator has one target in all projects",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    source="财预〔2015〕88号（目标合理可行、相应匹配）",
    bad="“提高综合事务完成率”在项目一为≥95%，在项目三为≥90%",
    good="两个项目中都是≥95%",
)
def one_target_in_all_projects(case: Case) -> Iterator[Outcome]:
    """名称、描述都相同的比率指标，在各项目中的指标值应当相同或说明理由。"""
    rates = [r for r in rows(case.report, named=True) if _comparable_rate(r)]
    for group in groups_of(rates, lambda r: f"{r.level2_std}|{normalise(r.name)}|{normalise(r.description.text)}"):
        if pair := _differing(group):
            one, other = pair
            severity = Severity.NOTE if one.is_satisfaction else Severity.WARNING
            yield found(
                "T-07",
                severity,
                "“{name}”在“{first}”的目标为{expected}，在“{second}”为{said}。",
                target_witness(other),
                *(target_witness(r, "same_indicator") for r in group if r is not other),
                said=target_of(other.target),
                expected=target_of(one.target),
                name=shorten(other.description.text or other.name),
                first=shorten(one.project, 20),
                second=shorten(other.project, 20),
            )


def _comparable_rate(row: Indicator) -> bool:
    figure = row.target.figure
    return figure is not None and figure.unit == "%" and len(normalise(row.description.text)) >= 4


def _differing(group: Sequence[Indicator]) -> tuple[Indicator, Indicator] | None:
    """The most common target among projects and a row that differs from it."""
    values = [r.target.figure.value for r in group if r.target.figure is not None]
    usual = max(values, key=lambda v: (values.count(v), -values.index(v)), default=Decimal(0))
    for one, other in combinations(sorted(group, key=lambda r: r.target.figure.value != usual), 2):  # type: ignore[union-attr]
        if one.project != other.project and conflict(one.target, other.target) == "number":
            return one, other
    return None
