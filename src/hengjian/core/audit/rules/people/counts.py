"""P-04 and P-05: lists as long as announced, and counts beside rates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Finding, Outcome, Passed, Severity, Witness
from hengjian.core.audit.indicators import actual_witness
from hengjian.core.audit.reasons import sentences
from hengjian.core.extraction.numbers import chinese_number
from hengjian.core.figures import Figure, compare_rate, figure, plain, round_half_up
from hengjian.core.places import Place
from hengjian.core.report import Indicator

_DIGITS = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
_BODIES = r"(?:内设|直属|事业|行政|参公|全额|预算|下属|下设|所属|职能|业务|二级|派出|综合)*(?:科室|股室|处室|机构|科|股|室|处|中心|部门|单位|站|所|大队|支队|乡镇|镇|街道|乡|社区|项目)"
_ANNOUNCED = re.compile(
    rf"(?P<counts>(?:(?:{_DIGITS})\s*个?\s*{_BODIES}\s*[、和及]?\s*)+)"
    r"(?:[（(](?P<bracketed>[^（）()]{3,200})[）)]|(?:[：:，,]?\s*(?:分别为|分别是|即|包括)[：:]?|[：:])(?P<listed>[^。；;（）()]{3,200}))"
)
_COUNT = re.compile(rf"({_DIGITS})\s*个?\s*{_BODIES}")
_OPEN_END = re.compile(r"等|……|其他|以及其|\d")


_NAME = re.compile(r"(?:(?!均|由|是|共|为|其中|编制|人员).){2,24}")


def _number(words: str) -> int | None:
    value = Decimal(words) if words.isdigit() else chinese_number(words)
    return int(value) if value is not None else None


@rule(
    "P-04", title="列举的个数与所称的个数一致", english="A list has as many items as announced", severity=Severity.WARNING, basis=Basis.ARITHMETIC,
    source="审核经验：列举应当完整", bad="内设4个股室（办公室、接访股、督查股）。", good="内设3个股室（办公室、接访股、督查股）。",
)  # fmt: skip
def lists_are_complete(case: Case) -> Iterator[Outcome]:
    """“内设N个股室（甲、乙、丙）”一类列举，列出的个数应等于N；以“等”结尾的除外。"""
    for text, place in sentences(case):
        for found in _ANNOUNCED.finditer(text):
            counts = [_number(c) for c in _COUNT.findall(found["counts"])]
            listed = found["bracketed"] or found["listed"]
            if None in counts or _OPEN_END.search(listed):
                continue
            yield from _counted(sum(c for c in counts if c is not None), listed, found, place)
    yield from _announced_in_goal(case)


def _counted(announced: int, listed: str, found: re.Match[str], place: Place) -> Iterator[Outcome]:
    items = [i for i in re.split(r"[、，,]|(?<=[室股科心处站所队办])[和及](?=\S)", listed) if i.strip()]
    if not all(_NAME.fullmatch(i.strip()) for i in items):
        return
    if len(items) == announced:
        yield Passed("P-04", f"所称 {announced} 个 = 列出 {len(items)} 个", (place,))
    elif len(items) > 1:
        spot = place.part(place.start + found.start(), place.start + found.end(), found[0]) if not place.row else place
        yield Finding(
            "P-04", Severity.WARNING, "所称{said}个，列出{expected}个：{items}。", (Witness("list", spot, found[0]),),
            {"said": str(announced), "expected": str(len(items)), "items": "、".join(i.strip() for i in items)[:80]},
            str(announced), str(len(items)), str(abs(announced - len(items))),
        )  # fmt: skip


_SLOGAN = re.compile(rf"以下[“\"]?(?P<count>{_DIGITS})(?P<verb>[\u4e00-\u9fff])[”\"]")


def _announced_in_goal(case: Case) -> Iterator[Outcome]:
    """以下“十抓”: some of the indicators are such items, but fewer than announced."""
    found = _SLOGAN.search(case.report.goal.text)
    count = _number(found["count"]) if found else None
    if found is None or count is None:
        return
    named = [i for i in case.report.indicators if i.level3.compact.startswith(found["verb"])]
    if 0 < len(named) < count:
        yield Finding(
            "P-04", Severity.NOTE, "目标称“{count}{verb}”，指标中只见{named}项。",
            (Witness("goal", case.report.goal.place, found[0]), *(Witness("indicator", i.level3.place, i.level3.text) for i in named)),
            {"count": found["count"], "verb": found["verb"], "named": str(len(named))}, str(count), str(len(named)), str(count - len(named)),
        )  # fmt: skip


_CASES = r"(?:件|起|批|个|宗|例)"
_TAKEN = re.compile(rf"(\d+)\s*{_CASES}\s*(?:个|批|件)?\s*(?:信访)?(积案|个访|集访|重复访|案件|事项|纠纷|矛盾)")
_TAKEN_AFTER = re.compile(rf"(积案|个访|集访|重复访|案件|事项|纠纷|矛盾)(?:共|计|总数为|数量为)?\s*(\d+)\s*{_CASES}")
_SOLVED = re.compile(rf"(?:已|共|累计|成功)+(化解|办结|解决)(?:了)?\s*(\d+)\s*{_CASES}")


@rule(
    "P-05", title="件数与完成率一致", english="Counts agree with the achieved rate", severity=Severity.WARNING, basis=Basis.ARITHMETIC,
    source="审核经验：完成率＝完成件数÷总件数", bad="梳理积案38件，已化解13件；积案化解率100%。", good="梳理积案38件，已化解37件；积案化解率97.37%。",
)  # fmt: skip
def counts_give_the_rate(case: Case) -> Iterator[Outcome]:
    """正文写明总件数和已化解（办结）件数的，同类指标的完成率应与之相符。"""
    for paragraph in case.document.body:
        for sentence in re.split(r"(?<=。)", paragraph.text):
            yield from _rates_told_beside(sentence, paragraph.place)
    for text, place in sentences(case):
        solved = _SOLVED.search(text)
        taken = _counts(text[: solved.start()]) if solved else []
        if solved is None or not taken:
            continue
        total = taken[0] if "其中" in text[: solved.start()] else sum(taken, Decimal(0))
        done = Decimal(solved[2])
        if 0 < done <= total:
            yield from _against_rows(case, done, total, solved[1], text, place)


_TOLD_RATE = re.compile(
    rf"(?P<verb>[\u4e00-\u9fff]{{2,4}})(?:了)?(?P<done>\d+)\s*(?P<unit>{_CASES})[，,][^，。；\d]{{0,16}}?(?P=verb)(?:率|比例)[^，。；\d]{{0,6}}?(?P<rate>\d+(?:\.\d+)?)\s*[%％]"
)


def _rates_told_beside(text: str, place: Place) -> Iterator[Outcome]:
    """办结396件，办结率96.12%: some count named before it in the sentence must be the whole."""
    yield from _rates_behind_two_counts(text, place)
    for told in _TOLD_RATE.finditer(text):
        done, printed = Decimal(told["done"]), figure(told["rate"], "%", place)
        wholes = [Decimal(n) for n in re.findall(rf"(?<![\d.,])(\d+)\s*{told['unit']}", text[: told.start("done")]) if Decimal(n) >= done]
        if not wholes or not done:
            continue
        compared = [compare_rate(figure(done), figure(w), printed) for w in wholes]
        shown = plain(round_half_up(done * 100 / wholes[0], 2))
        equation = f"{plain(done)} ÷ {plain(wholes[0])} = {shown}%（报告：{plain(printed.value)}%）"
        if any(c is not None and not c.differs for c in compared):
            yield Passed("P-05", equation, (place,))
            continue
        yield Finding(
            "P-05", Severity.WARNING, "正文：{total}{unit}中{verb}{done}{unit}，为{rate}%，写为{said}%。", (Witness("text", place, told[0]),),
            {"total": plain(wholes[0]), "unit": told["unit"], "verb": told["verb"], "done": plain(done), "rate": shown, "said": plain(printed.value)},
            plain(printed.value), shown, plain(round_half_up(abs(printed.value - Decimal(shown)), 2)),
        )  # fmt: skip


_UNITS = r"件|起|批|个|宗|例|份|户|人次|人|次|场|条|项"
_PAIR = re.compile(
    rf"(?P<what>[\u4e00-\u9fff]{{2,10}}?)(?P<done>\d+)\s*(?P<unit>{_UNITS})(?:\s*[）)])?[，,（(、](?:占比?|其)?(?P<name>[\u4e00-\u9fff]{{0,8}}(?:率|满意度|占比|比例))(?:为|达到?|是|约)*(?P<rate>\d+(?:\.\d+)?)\s*[%％]"
)
_WEIGHED = re.compile(r"基本满意|较满意|比较满意|较上年|比上年|同比|提高|下降|上升|增长|应.{0,4}率|加权|随机|抽[查样检]")


def _rates_behind_two_counts(text: str, place: Place) -> Iterator[Outcome]:
    """收回386份，其中满意351份，满意度为90.93%: the last count over one named before it, where count and rate share a word."""
    if _WEIGHED.search(text):
        return
    for told in _PAIR.finditer(text):
        if _TOLD_RATE.match(text, max(0, told.start("done") - 4)) or not _shares_a_word(told["what"], told["name"]):
            continue
        done, printed = Decimal(told["done"]), figure(told["rate"], "%", place)
        counts = [Decimal(n) for n in re.findall(rf"(?<![\d.,])(\d+)\s*{told['unit']}", text[: told.start("done")])]
        wholes = [n for n in counts if n > done]
        if not wholes or not done:
            continue
        ratios = [(a, b) for a in (done, *counts, done + sum(counts[1:], Decimal(0))) for b in wholes if a <= b]
        compared = [compare_rate(figure(a), figure(b), printed) for a, b in ratios]
        if not any(c is not None and not c.differs for c in compared):
            yield _pair_differs(told, done, wholes[-1], printed, place)


def _shares_a_word(what: str, name: str) -> bool:
    return any(name[i : i + 2] in what for i in range(len(name) - 1))


def _pair_differs(told: re.Match[str], done: Decimal, whole: Decimal, printed: Figure, place: Place) -> Finding:
    shown = plain(round_half_up(done * 100 / whole, 2))
    return Finding(
        "P-05", Severity.WARNING, "正文：{total}{unit}中{what}{done}{unit}，为{rate}%，写为{said}%。", (Witness("text", place, told[0]),),
        {"total": plain(whole), "unit": told["unit"], "what": told["what"].removeprefix("其中"), "done": plain(done), "rate": shown, "said": plain(printed.value)},
        plain(printed.value), shown, plain(round_half_up(abs(printed.value - Decimal(shown)), 2)),
    )  # fmt: skip


def _counts(text: str) -> list[Decimal]:
    """The numbers of cases taken on, in order: 26个个访、12个集访, or 积案40件."""
    return [Decimal(m[1]) for m in _TAKEN.finditer(text)] or [Decimal(m[2]) for m in _TAKEN_AFTER.finditer(text)]


def _against_rows(case: Case, done: Decimal, total: Decimal, verb: str, text: str, place: Place) -> Iterator[Outcome]:
    rate = done * 100 / total
    for row in case.report.indicators:
        percent = row.actual.figure
        if percent is None or percent.unit != "%" or not _is_about(row, verb, text):
            continue
        shown = plain(round_half_up(rate, 2))
        if abs(percent.value - rate) < 5:
            yield Passed("P-05", f"{plain(done)} ÷ {plain(total)} = {shown}%（报告：{plain(percent.value)}%）", (place, row.place))
            continue
        yield Finding(
            "P-05", Severity.WARNING, "正文：{total}件中{verb}{done}件，为{rate}%；指标“{name}”写为{said}%。",
            (actual_witness(row), Witness("text", place, text.strip()[:60])),
            {"total": plain(total), "verb": verb, "done": plain(done), "rate": shown, "name": row.name[:30], "said": plain(percent.value)},
            plain(percent.value), shown, plain(round_half_up(abs(percent.value - rate), 2)),
        )  # fmt: skip


def _is_about(row: Indicator, verb: str, text: str) -> bool:
    """The row speaks of the same deed on the same sort of case; rates of what is due in time are another matter."""
    words = row.level3.compact + row.description.compact
    if verb not in words or re.search(r"按期|及时|按时|一次性|限期", words):
        return False
    kinds = ("积案", "重复", "个访", "集访", "纠纷", "矛盾")
    named = [k for k in kinds if k in words]
    return not named or any(k in text for k in named) or ("积案" in words and "包案" in text)
