"""Indicators that stand in sentences and lists: targets (“及时受理率≥99%”) and results (“实际为96.2%”)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hengjian.core.extraction.prose.context import Context
from hengjian.core.extraction.prose.lines import Line, Number, squeezed
from hengjian.core.extraction.sections import level_of
from hengjian.core.extraction.targets import parse_target
from hengjian.core.figures import Figure
from hengjian.core.report import Actual, Indicator, Operator, Target, Text

_SIGN = re.compile(r"[≥≧⩾≤≦⩽＞＜><=＝]$")
_SIGNS = {">=": Operator.AT_LEAST, ">": Operator.AT_LEAST, "<=": Operator.AT_MOST, "<": Operator.AT_MOST, "=": Operator.EQUAL}
_MARKER = re.compile(
    r"(?:^|(?<=[。；，、：\d）.．]))(?:[（(]?[①-⑳一二三四五六七八九十\d]{1,2}[）)、.．]?)?"
    r"(?P<name>(?:产出|项目|社会|经济|生态|可持续|服务|受益|管理)?[一-鿿]{0,6}(?:数量|质量|时效|成本|效益|影响|满意度|满意|产出)(?:指标)?)(?:（[^（）]{0,6}分）)?(?:的?完成情况)?(?:分析)?(?:为)?[：。]"
)
_STATEMENT = re.compile(r"[；。]|(?=[①-⑳])")
_RATE_NAME = re.compile(r"(?:率|度|比例|占比|比重|程度)$")
_ACTUAL_BEFORE = re.compile(r"(?:实际(?:完成)?(?:值)?(?:为|达到?|：|完成|是)?)$")
_ACTUAL_AHEAD = re.compile(r"^(?:全年|本年度?|年度|项目|累计)*实际(?=[^为达到有是][一-鿿]{2,})")
"""“全年实际化解积案49件”: a result in the words of its target."""
_MONEY_RATE = re.compile(r"(?:执行率|到位率|(?:^|目标|任务|计划|预算|年度|投资|资金|指标)完成率|支付率|控制率|变动率|调整率|增长率|结余率|使用率|支付进度|支出进度|执行进度|预算.{0,4}率|进度)$")
_TARGET_LEAD = re.compile(r"(?:目标|计划|指标)(?:值|数)?(?:设定|确定)?(?:为|是|：|的|不低于|不少于|达到|达|要求)*$|预期(?:值|目标)?(?:为|：)*$|目标值.{0,4}$")
_TARGET_TAIL = re.compile(r"^(?:以上|以下|以内)?(?:的)?(?:年初|年度|全年|预期)?(?:目标|计划|指标值|要求)")
_DONE = re.compile(r"(?:完成|达到|实现|符合|满足|超过|低于|高于|未达到?|与|较|比)(?:了)?(?:.{0,8}?指标的?)?(?:年初|年度|全年|预期|当年|设定)?(?:的)?(?:设定的?)?(?:目标|计划|指标)?(?:值)?(?:为)?(?:的)?$")
_FROM_TARGET = re.compile(r"(?:完成|达到|实现|符合|满足|超过|未达到?)了?(?:年初|年度|全年|预期)?(?:设定)?的?(?P<name>[^，。；：]{4,40}?)的?$")
_NAME_TAIL = re.compile(r"(?:的)?(?:年初|年度|全年|预期)?(?:(?:目标|计划|指标|实际完成|实际|完成)(?:值|数)?)?(?:设定)?(?:实际|全年|累计|共|均|已|分别|平均|全部)*(?:降至|降低到|下降到|升至|提升至|提升到|提高到|提高至|增至|完成|达到|达|实现|开支|支出|支付|为|是|有|：|在|到|保持|高|约|了|控制在)*(?:不低于|不少于|不超过|控制|大于|小于|等于|至少|[≥≧≤≦><＞＜=＝])*$")
_NAME_HEAD = re.compile(r"^(?:[（(]?\d{1,2}[）)、.．]|[①-⑳]|其中|一是|二是|三是|四是|五是|(?:年初|年度|全年|预期)?(?:绩效)?(?:目标|指标)(?:值)?(?:设定)?(?:为|是)(?=[^\d≥≤＞＜><=]{2})|(?:年初)?计划(?=[^，]{2})|(?:年初|年度|全年)(?:绩效)?目标(?=[一-鿿]{3,})(?!值|为|是|设定|完成)|同时|全年|本年度?|今年|实际(?=[^为达到完支有是][一-鿿])|，|、|和(?!谐)|及(?!时)|且|经[^，]{0,12}，)+")
_NO_NAME = re.compile(r"^(?:实际|全年|共|完成|年初|年度|目标|计划|指标|均|达到|其中|预算|总体|本项目|项目|自评|上半年|下半年|目前|截至|已|前三季度)*$")
_ITEM_TARGET = re.compile(r"^(?P<name>[^：；。]{2,60}?)：(?P<target>[^：]{1,40}?)[；。.]?$")
_WHY = re.compile(r"(?:偏差原因|未完成原因|主要原因|原因)(?:分析)?(?:主要)?(?:是|为|：|在于)(?P<why>[^；。]{2,})")
_DEMANDS = frozenset({"不少于", "不低于", "不超过", "不高于", "不小于", "不大于", "不多于", "至少", "以上", "以内", "大于等于", "小于等于", "控制在"})
_PLANNED = re.compile(r"(?:[；。，：]|\d{1,2}[.．、])?(?:(?:年初)?计划(?=[^，]{2,})|(?:年初|年度|全年)(?:绩效)?目标(?=[一-鿿]{3,})(?!值|为|是|设定|完成))")
_DONE_BEHIND = re.compile(r"(?:以内|之内|以上|以下)?[，（；]?(?:全年|年度|本年|项目)?实际")
"""“举办活动不少于120场，实际举办131场”: what stands before is the target."""
_RATES_APART = re.compile(r"(?P<names>[^，；。：]{2,40}?(?:率|度)(?:[、和与及][^，；。：]{2,30}?(?:率|度))+)(?:的?(?:实际)?(?:完成)?(?:值)?)?分别(?:实际)?(?:为|达到|达|是|完成)")
_MEASURED = re.compile(r"目标值|指标值|年度目标|年初目标")
"""Words that make a statement one about indicators, wherever it stands."""
_SETS_TARGETS = re.compile(r"(?:绩效|年度|总体|预期)目标(?:设定)?(?:为|是|包括|如下)[：，]?(?=[一-鿿])")
"""“绩效目标为：培训不少于60名，满意度不低于90%”: a sentence that sets targets, wherever it stands."""
_TARGET_TOLD = re.compile(r"\d[^；。]{0,12}?[，（](?:年度|年初|全年)?(?:目标|指标)值?(?:为|是|：|不|[≥≤＞＜><=＝]|\d)|(?:达到|完成|低于|高于)[\d.]+%?的?(?:年度|年初)?目标")
"""A statement that names its target beside a number: the number is what was done."""
_BOUND_BEHIND = re.compile(r"以内|之内|及?以上|及?以下|左右")
_COUNT_NAME = re.compile(r"(?:[^额金]数|数量|次数|人次|场次|面积|里程|长度|时间|时长|天数|比)$")
_GOAL_LINE = re.compile(r"(?:[（(]?\d{1,2}[）)、.．])?(?:年度|绩效|总体|预期)*目标\d*：")
_DEADLINE = re.compile(r"^(?:以)?内")


@dataclass
class Harvest:
    """Indicators with the numbers that they took."""

    indicators: list[Indicator] = field(default_factory=list)
    taken: list[Number] = field(default_factory=list)


@dataclass
class _Draft:
    """One indicator in the making."""

    name: Text
    target: Target | None = None
    actual: Number | None = None
    result: bool = False
    """Whether the words call the number what was actually done."""


def read_indicators(line: Line, context: Context, start: int, number: str, wants_targets: bool) -> Harvest:
    """Indicators of one paragraph. ``wants_targets``: the section sets targets, so that a bare number is one."""
    found = Harvest()
    wants_targets = wants_targets or _GOAL_LINE.match(line.text) is not None
    if context.in_indicators and wants_targets and (number or context.level2) and _list_item(line, context, start, found):
        return found
    if not line.numbers and not (wants_targets and "：" in line.text):
        return found
    for begin, end, level in _segments(line, context, start):
        for first, last in _statements(line.text, begin, end):
            if wants_targets and (level[0] == 2 or context.level2) and last - first <= 90:
                _targets(line, context, (first, last), level, found)
            else:
                opening = line.text.rfind("。", 0, first) + 1
                sets = wants_targets or _SETS_TARGETS.search(line.text, opening, last) is not None
                _statement(line, context, (first, last), level, sets, found)
    found.indicators[:] = [i for i in found.indicators if not i.level3.text.lstrip().startswith(("）", ")"))]
    return found


# ── lists of targets


def _list_item(line: Line, context: Context, start: int, found: Harvest) -> bool:
    """One item of a target list, with or without a number."""
    begin = squeezed(line, start)
    body = line.text[begin:].rstrip("。；.;，")
    if not body or len(body) > 90 or "；" in body or body.count("，") > 1 or _MARKER.search(body + "："):
        return False
    _one_target(line, context, (begin, begin + len(body)), (0, ""), found)
    return True


def _targets(line: Line, context: Context, span: tuple[int, int], level: tuple[int, str], found: Harvest) -> None:
    """The targets of one statement; commas part them when each part has its own number."""
    parts: list[tuple[int, int]] = []
    start = span[0]
    cuts = [i for i in range(*span) if line.text[i] in "，、"] + [span[1]]
    for cut in cuts:
        numbered = any(start <= n.start < cut and n.mention.kind == "number" for n in line.numbers)
        if cut == span[1] or numbered:
            parts.append((start, cut))
            start = cut + 1
    for first, last in parts:
        head = _NAME_HEAD.match(line.text[first:last])
        first += head.end() if head else 0
        if last - first >= 3:
            _one_target(line, context, (first, last), level, found)


def _one_target(line: Line, context: Context, span: tuple[int, int], level: tuple[int, str], found: Harvest) -> None:
    """A name and its target: after a colon, after a sign or its word, inside the name, or none but words."""
    text, begin = line.text, span[0]
    body = text[begin : span[1]]
    numbers = [n for n in line.numbers if begin <= n.start < span[1] and n.mention.kind == "number"]
    signed = next((n for n in numbers if n.mention.operator or _is_plain_rate(text, begin, n)), None)
    if match := _ITEM_TARGET.match(body):
        name, words = line.words(begin, begin + match.end("name")), (begin + match.start("target"), begin + match.end("target"))
        target = parse_target(line.printed(*words), line.words(*words).place)
    elif signed is not None:
        cut = _operator_start(text, signed)
        name, words = line.words(begin, cut), (cut, begin + len(body))
        target = parse_target(line.printed(*words), line.words(*words).place)
    else:
        name, words = line.words(begin, begin + len(body)), (begin + len(body),) * 2
        target = _inner_target(line, numbers)
    found.indicators.append(_indicator(replace(name, text=name.text.strip(" ：:，")), target, Actual(), context, level))
    found.taken.extend(numbers)


def _is_plain_rate(text: str, begin: int, number: Number) -> bool:
    """“及时受理率100%”: a rate with its bare number at the end."""
    return number.figure.unit == "%" and _RATE_NAME.search(_name_of(text[begin : number.start])) is not None


def _operator_start(text: str, number: Number) -> int:
    """Where the operator before a number begins; the number's own start when it stands behind or is missing."""
    words = number.mention.operator_text
    start = number.start - len(words) if words and text[: number.start].endswith(words) else number.start
    return _sign_start(text, start)


def _inner_target(line: Line, numbers: list[Number]) -> Target:
    """A target inside the name: “15个工作日内受理”."""
    if not numbers:
        return Target(Operator.QUALITATIVE)
    number = numbers[-1]
    operator = _SIGNS.get(number.mention.operator, Operator.EQUAL)
    words = line.words(number.start, number.end)
    if _DEADLINE.match(line.text[number.end :]):
        operator = Operator.AT_MOST
    return Target(operator, words, number.figure, printed_operator=number.mention.operator_text)


def _sign_start(text: str, end: int) -> int:
    while end and text[end - 1] in "≥≧⩾≤≦⩽＞＜><=＝":
        end -= 1
    return end


# ── statements


def _segments(line: Line, context: Context, start: int) -> Iterator[tuple[int, int, tuple[int, str]]]:
    """Parts of a paragraph under one inline level name (“质量指标：…”)."""
    begin = squeezed(line, start)
    level: tuple[int, str] = (0, "")
    for match in _MARKER.finditer(line.text, begin):
        named = level_of(match["name"])
        if not named[0]:
            continue
        if match.start() > begin:
            yield begin, match.start(), level
        begin, level = match.end(), named
    yield begin, len(line.text), level


def _statements(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    start = begin
    for match in _STATEMENT.finditer(text, begin, end):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < end:
        yield start, end


def _statement(
    line: Line, context: Context, span: tuple[int, int], level: tuple[int, str], wants_targets: bool, found: Harvest
) -> None:
    """One statement: names with actual values, and the targets they are measured by."""
    numbers = [n for n in line.numbers if span[0] <= n.start < span[1] and n.mention.kind == "number"]
    if not numbers:
        return
    wants_targets = wants_targets and _TARGET_TOLD.search(line.text, *span) is None
    inside = context.in_indicators or level[0] > 0 or _MEASURED.search(line.text, *span) is not None
    drafts: list[_Draft] = []
    taken: list[Number] = []
    cursor = span[0]
    _apart(line, span, numbers, drafts, taken)
    for number in numbers:
        if number.mention.upper_of_range:
            continue
        if number in taken:
            cursor = number.end
            continue
        lead = line.text[cursor : number.start]
        if _answers(number, lead, drafts):
            _add_actual(line, number, cursor, drafts, taken)
        elif _is_target(line, number, lead, wants_targets) or (inside and (_PLANNED.match(lead) or _is_demanded(line, number))):
            _add_target(line, number, cursor, drafts, taken, inside)
        elif _may_be_actual(number, lead, inside, level, context):
            _add_actual(line, number, cursor, drafts, taken)
        behind = _BOUND_BEHIND.match(line.text, number.end)
        cursor = behind.end() if behind else number.end
    reason = _reason(line, span)
    for draft in drafts:
        if _is_kept(draft, inside or wants_targets, context):
            found.indicators.append(replace(_finished(draft, context, level), reason=reason))
            found.taken.extend(n for n in taken if n is draft.actual or (draft.target and n.figure is draft.target.figure))


def _apart(line: Line, span: tuple[int, int], numbers: list[Number], drafts: list[_Draft], taken: list[Number]) -> None:
    """“及时受理率、按期办结率分别为99.8%和98.9%”: as many rates as numbers behind 分别."""
    match = _RATES_APART.search(line.text, *span)
    if match is None:
        return
    starts = [match.start("names"), *(match.start("names") + m.end() for m in re.finditer(r"[、和与]|以及|及(?!时)", match["names"]))]
    ends = [*(match.start("names") + m.start() for m in re.finditer(r"[、和与]|以及|及(?!时)", match["names"])), match.end("names")]
    values = [n for n in numbers if n.start >= match.end() and n.figure.unit == "%"][: len(starts)]
    between = line.text[match.end() : values[-1].start] if values else ""
    if len(values) < 2 or len(values) != len(starts) or re.search(r"[，；。]", between):
        return
    for first, last, value in zip(starts, ends, values, strict=True):
        drafts.append(_Draft(line.words(first, last), None, value))
        taken.append(value)


def _reason(line: Line, span: tuple[int, int]) -> Text:
    """Why a target was missed, when the statement says so (“偏差原因：…”, “主要原因是…”)."""
    match = _WHY.search(line.text, *span)
    return line.words(*match.span("why")) if match else Text()


def _answers(number: Number, lead: str, drafts: list[_Draft]) -> bool:
    """“…目标20公里，上半年完成13.5公里”: the value that a target just named was waiting for."""
    waiting = next((d for d in reversed(drafts) if d.actual is None and d.target is not None), None)
    if waiting is None or waiting.target is None or waiting.target.figure is None:
        return False
    same = waiting.target.figure.unit == number.figure.unit
    return same and (_NO_NAME.match(_name_of(lead)) is not None or re.match(r"，?(?:全年)?实际", lead) is not None)


def _is_target(line: Line, number: Number, lead: str, wants_targets: bool) -> bool:
    if number.figure.is_money and not _SIGN.search(lead):
        return number.mention.operator_text in _DEMANDS and re.search(r"成本|单价|标准", lead) is not None
    if _SIGN.search(lead) and number.mention.operator:
        return True
    if number.figure.unit == "分":
        return False
    if re.search(r"(?:完成|达到)[^，；。]{0,10}(?:目标|计划|任务|预算)(?:值|数)?的$", lead):
        return False
    clause = re.split(r"[，；。]", lead)[-1]
    if wants_targets and number.mention.operator_text in _DEMANDS:
        return True
    if _TARGET_LEAD.search(clause) or _TARGET_TAIL.match(line.text[number.end :]):
        return True
    return wants_targets and number.figure.unit == "%" and bool(_RATE_NAME.search(_name_of(lead).rstrip("：")))


def _is_demanded(line: Line, number: Number) -> bool:
    """“不少于120场，实际131场”: a bound with the result right behind it."""
    return number.mention.operator_text in _DEMANDS and _DONE_BEHIND.match(line.text, number.end) is not None


def _may_be_actual(number: Number, lead: str, inside: bool, level: tuple[int, str], context: Context) -> bool:
    name = _name_of(lead)
    if number.figure.is_money:
        return inside and "成本" in (level[1] or context.level2 or context.level1) and ("实际" in lead or "成本" in name)
    if number.figure.unit in ("%", "‰"):
        rate = _RATE_NAME.search(name) is not None and not _MONEY_RATE.search(name)
        return rate or (re.search(r"实际(?:完成)?(?:值)?(?:为|达到?|：)?$", lead) is not None and not _MONEY_RATE.search(name))
    return inside and number.figure.unit not in ("分", "年", "元") and bool(number.figure.unit)


def _name_of(lead: str) -> str:
    clause = re.split(r"[，；。：]", lead.rstrip("，："))[-1]
    return _NAME_TAIL.sub("", _NAME_HEAD.sub("", clause))


def _name_span(line: Line, begin: int, end: int) -> Text:
    """The name before a number, as printed: the last clause without verbs and list marks."""
    body = line.text[begin:end].rstrip("，：")
    while True:
        cut = max(body.rfind(c) for c in "，；。：") + 1
        head = _NAME_HEAD.match(body[cut:])
        first = cut + (head.end() if head else 0)
        tail = _NAME_TAIL.search(body, first)
        last = tail.start() if tail else len(body)
        if not cut or not _NO_NAME.match(body[first:last]):
            return line.words(begin + first, begin + last)
        body = body[: cut - 1]


def _add_actual(line: Line, number: Number, cursor: int, drafts: list[_Draft], taken: list[Number]) -> None:
    name = _name_span(line, cursor, number.start)
    lead = line.text[cursor : number.start]
    open_draft = next((d for d in reversed(drafts) if d.actual is None), None)
    last = drafts[-1] if drafts else None
    done = last is not None and last.target is None and last.actual is not None and last.actual.figure.unit == number.figure.unit
    if done and last is not None and last.actual is not None and re.fullmatch(r"，?(?:全年)?实际(?:完成)?(?:值)?(?:达到|达|为|完成)?", lead):
        last.target, last.actual = _typed(last.actual, line.words(last.actual.start, last.actual.end)), number
        taken.append(number)
        return
    if _NO_NAME.match("".join(name.text.split())) or (open_draft is not None and re.match(r"，?(?:全年)?实际", lead)):
        if open_draft is not None:
            open_draft.actual = number
            taken.append(number)
        return
    clause = re.split(r"[，；。：]", lead.lstrip("，；。："))[-1]
    result = _COUNT_NAME.search(name.compact) is not None or _ACTUAL_BEFORE.search(lead) is not None or _ACTUAL_AHEAD.match(clause) is not None
    drafts.append(_Draft(name, None, number, result))
    taken.append(number)


def _add_target(line: Line, number: Number, cursor: int, drafts: list[_Draft], taken: list[Number], inside: bool) -> None:
    """A target: of the indicators before it in the statement, or of one that it names itself."""
    start = _sign_start(line.text, number.start)
    words = line.words(start, number.end)
    target = _typed(number, words)
    lead = line.text[cursor:start]
    taken.append(number)
    waiting = [d for d in drafts if d.target is None]
    named = _FROM_TARGET.search(re.split(r"[，；。]", lead)[-1])
    if waiting and named and not _RATE_NAME.search(named["name"]) and len(named["name"]) >= 8 and "指标" not in named["name"]:
        first = next((d for d in waiting if _same_unit(d.actual, number)), waiting[0])
        end = start - len(lead) + lead.rfind(named["name"]) + len(named["name"])
        first.name, first.target = line.words(end - len(named["name"]), end), target
        drafts[:] = [d for d in drafts if d is first or d.target is not None or _RATE_NAME.search(d.name.compact)]
        return
    if waiting and (_DONE.search(lead.rstrip("（")) or _TARGET_LEAD.search(lead) or not _own_name(line, cursor, start)):
        for draft in waiting:
            if draft.actual is None or _same_unit(draft.actual, number):
                draft.target = target
        return
    name = _name_span(line, cursor, start)
    if not _NO_NAME.match("".join(name.text.split())):
        drafts.append(_Draft(name, target))


def _own_name(line: Line, cursor: int, start: int) -> bool:
    return not _NO_NAME.match("".join(_name_span(line, cursor, start).text.split()))


def _same_unit(first: Number | None, second: Number) -> bool:
    people = ("人", "名", "位")
    if first is None:
        return False
    return first.figure.unit == second.figure.unit or (first.figure.unit in people and second.figure.unit in people)


def _typed(number: Number, words: Text) -> Target:
    mention = number.mention
    operator = _SIGNS.get(mention.operator, Operator.EQUAL)
    return Target(operator, words, number.figure, mention.upper, (), mention.operator_text, mention.operator in (">", "<"))


def _is_kept(draft: _Draft, inside: bool, context: Context) -> bool:
    """No indicator from an ordinary count: a rate, a target, or a result in an indicator section with 实际."""
    name = draft.name.compact
    if len(name) < 2 or len(name) > 60 or re.fullmatch(r"(?:目标|任务|计划|指标|年度|本项)*(?:完成率|得分率)", name):
        return False
    rate = _RATE_NAME.search(name) is not None
    if draft.target is not None:
        return rate or inside or draft.actual is not None
    if not inside and context.role not in ("results", "analysis", "goals", "conclusion"):
        return False
    if rate and draft.actual is not None and draft.actual.figure.unit == "%":
        return True
    return inside and draft.actual is not None and (draft.actual.figure.is_money or draft.result)


def _finished(draft: _Draft, context: Context, level: tuple[int, str]) -> Indicator:
    actual = Actual()
    if draft.actual is not None:
        figure: Figure = draft.actual.figure
        actual = Actual(Text(f"{figure.place.quote or figure.text}", figure.place), figure)
    target = draft.target or Target(Operator.NONE)
    return _indicator(draft.name, target, actual, context, level)


def _indicator(name: Text, target: Target, actual: Actual, context: Context, level: tuple[int, str] = (0, "")) -> Indicator:
    level1, level2 = context.level1, context.level2
    if level[0] == 1:
        level1, level2 = level[1], ""
    elif level[0] == 2:
        level1, level2 = under(level[1], level1), level[1]
    columns = frozenset({"target"} if target.text or target.figure else set()) | frozenset({"actual"} if actual.text else set())
    return Indicator(
        level3=name, level1=level1, level1_std=level1, level2=level2, level2_std=level2, project=context.scope, target=target,
        actual=actual, source="prose", columns=columns, place=name.place,
    )  # fmt: skip


def under(level2: str, level1: str) -> str:
    """The level 1 of a level-2 name: what stands above it, unless that cannot be (a satisfaction under 产出)."""
    own = _parent(level2)
    return level1 if level1 and (not own or own in ("产出指标", "成本指标")) else own or level1


def _parent(level2: str) -> str:
    if level2 in ("数量指标", "质量指标", "时效指标"):
        return "产出指标"
    if "成本" in level2:
        return "成本指标"
    if "满意" in level2:
        return "满意度指标"
    return "效益指标" if level2 in ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标", "管理效益指标") else ""
