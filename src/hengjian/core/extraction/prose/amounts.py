"""The figures of the running text: each number with what it is a figure of, at which stage and of which year."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from hengjian.core.extraction.prose import staff
from hengjian.core.extraction.prose.context import Context
from hengjian.core.extraction.prose.labels import Label, find_labels
from hengjian.core.extraction.prose.lines import Line, Number
from hengjian.core.extraction.prose.money import MoneySentence
from hengjian.core.extraction.prose.phrases import (
    APART,
    CHANGE,
    COMPARED,
    EXECUTION,
    FROM,
    IDIOM,
    MONTHS,
    NOT_FIGURES,
    OF_WHICH,
    PAGE_NUMBER,
    SHARE,
    TO,
    noun_after,
    noun_before,
)
from hengjian.core.extraction.prose.sentence import State, Waiting, find_stages
from hengjian.core.facts import UNPLACED
from hengjian.core.figures import MONEY_UNITS, Figure
from hengjian.core.report import Fact, Stage, Text

_PEOPLE = frozenset({"人", "名", "个", "位", ""})
_LAST_YEAR = re.compile(r"(?<![较比与同])(?:上年|去年|上一年)(?:度)?(?!结转|结余|末|初|相比|同期|基本|增|减|持平)")
_THIS_YEAR = re.compile(r"本年|今年|当年")
_LIST_MARK = re.compile(r"（\d{1,7}）")
_CLOSED = re.compile(r"（[^（）]*）")
"""A bracket that opens and closes before the number holds no part of it."""
_CODE = re.compile(r"\d{3}|\d{5}|\d{7}")


class Amounts:
    """Collects the facts of a document's paragraphs, in reading order."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self._year_said = False

    def read(self, line: Line, context: Context, taken: Collection[Number] = (), start: int = 0) -> None:
        """Add the facts of one paragraph.

        ``taken`` are the numbers that something else has read; ``start`` is the squeezed offset behind a project's
        name, which is no label.
        """
        if not line.numbers or PAGE_NUMBER.fullmatch(line.text):
            return
        state = State(side=context.side, key=context.subject[0], label=context.subject[1])
        labels, stages = find_labels(line.text), find_stages(line.text)
        for index, (begin, end) in enumerate(line.sentences):
            numbers = [n for n in line.numbers if begin <= n.start < end]
            if numbers:
                _Reader(self, line, context, state, (begin, end, index), labels, stages).read(numbers, taken, start)
                state = self._next_sentence(state, context)

    def _next_sentence(self, state: State, context: Context) -> State:
        """What the next sentence knows: the heading's subject, else what this one spoke of first."""
        group = self.facts[-1].group if self.facts else ""
        spoken = (f for f in reversed(self.facts) if f.group == group and f.figure.is_money)
        levels = [f for f in spoken if f.key != UNPLACED and not f.key.startswith("change.") and f.stage is not Stage.ADJUSTMENT]
        key, label = (levels[-1].key, levels[-1].label) if levels else ("", "")
        return State(side=state.side or context.side, key=context.subject[0] or key, label=context.subject[1] or label,
                      stage=state.stage, year=state.year, last=state.last)  # fmt: skip

    def year(self, number: Number, line: Line, context: Context, group: str, sentence: Text) -> None:
        """A year that is named; the first mention of the report's own year is ``report.year``."""
        own = context.report_year is not None and number.figure.value == context.report_year
        key = "report.year" if own and not self._year_said else "date.year"
        self._year_said |= key == "report.year"
        figure = replace(number.figure, unit="年")
        self.facts.append(Fact(key, "年度" if key == "report.year" else "年份", figure, group=group, sentence=sentence))


class _Reader(MoneySentence):
    """Walks the numbers of one sentence and gives each to what it is: money, rate, points, people or a count."""

    def __init__(self, out: Amounts, line: Line, context: Context, state: State, span: tuple[int, int, int],
                 labels: Sequence[Label], stages: Sequence[tuple[int, int, Stage]]) -> None:  # fmt: skip
        super().__init__(out.facts, line, context, state, span, labels, stages)
        self.out = out

    def read(self, numbers: Sequence[Number], taken: Collection[Number], start: int) -> None:
        cursor = max(self.begin, start)
        for position, number in enumerate(numbers):
            kind = number.mention.kind
            if kind == "year":
                self._year(number)
            elif kind == "number" and number not in taken:
                if not self._is_idiom(number):
                    self._number(number, cursor, numbers[position + 1 :])
                    cursor = number.end
            elif kind == "number":
                cursor = number.end

    def _year(self, number: Number) -> None:
        self.out.year(number, self.line, self.context, self.group, self.sentence)
        before = self.line.text[max(0, number.start - 3) : number.start]
        later = self.context.report_year is not None and number.figure.value > self.context.report_year
        if not COMPARED.search(before) and not (later and before.endswith(("至", "到", "转入", "用于"))):
            self.state.year = int(number.figure.value)

    def _is_idiom(self, number: Number) -> bool:
        text = self.line.text
        around = text[max(0, number.start - 6) : number.end + 6]
        before, after = text[max(0, number.start - 2) : number.start], text[number.end : number.end + 4]
        if not number.figure.unit and MONTHS.match(text[number.end :]):
            return True
        if not number.figure.unit and after.startswith("：") and before in ("指标", "目标", "任务", "问题", "附件"):
            return True
        if NOT_FIGURES.search(around) or re.search(r"(?:电话|传真|邮编|手机)(?:号码)?[：:]$", text[: number.start]):
            return True
        if not number.figure.unit and re.fullmatch(r"\d{5,}", number.figure.text) and not text[: number.start].strip("（"):
            return True
        if _CODE.fullmatch(number.figure.text) and not number.figure.unit and before.endswith("（") and after.startswith("）"):
            return True
        return number.mention.chinese and IDIOM(before, number.mention.figure, after)

    def _repeats(self, lead: str, figure: Figure) -> bool:
        """“下降8.2%和10.5%”: the number goes on with what the one before it said."""
        facts = self.facts
        joined = not self.state.queue and lead in ("、", "和", "与", "及", "以及") and len(facts) > self.first
        return joined and facts[-1].figure.unit == figure.unit

    def _number(self, number: Number, cursor: int, following: Sequence[Number]) -> None:
        lead = self.line.text[cursor : number.start]
        self._walk_punctuation(lead)
        self._years_in_words(lead)
        figure = number.figure
        if not figure.unit and self.context.unit and not staff.is_about_staff(lead):
            figure = replace(figure, unit=self.context.unit)
        if self._repeats(lead, figure):
            last = self.facts[-1]
            self._emit(number, figure, last.key, last.label, lead, stage=last.stage, year=last.year, subject=last.subject)
        elif figure.unit in MONEY_UNITS:
            self._money(number, figure, cursor, lead, following)
        elif figure.unit in ("%", "个百分点", "百分点", "‰"):
            self._rate(number, figure, cursor, lead)
        elif figure.unit == "分":
            self._score(number, figure, lead)
        elif figure.unit in _PEOPLE and self._staff(number, figure, lead, cursor, following):
            return
        else:
            self._count(number, figure, lead)

    def _walk_punctuation(self, lead: str) -> None:
        """Open and close wholes by 其中, brackets and semicolons."""
        state = self.state
        lead = _CLOSED.sub("", _LIST_MARK.sub("", lead))
        if "；" in lead:
            state.wholes = state.wholes[:1] if state.wholes and state.wholes[0] != state.last else []
            state.queue, state.staff_type, state.staff_run, state.listing = [], "", 0, False
            self._back_to(state.wholes)
            state.side = self.context.side or state.side
        if "）" in lead and state.wholes:
            state.last = state.wholes.pop()
            self._back_to([state.last])
        if state.last >= 0 and OF_WHICH.search(lead):
            state.wholes.append(state.last)
            state.listing = True

    def _back_to(self, wholes: Sequence[int]) -> None:
        """Behind a bracket or a list the whole is the subject again."""
        whole = self.facts[wholes[0]] if wholes else None
        if whole is not None and whole.figure.is_money and whole.key != UNPLACED:
            self.state.key, self.state.label = whole.key, whole.label

    def _years_in_words(self, lead: str) -> None:
        if self.context.report_year is None:
            return
        if _LAST_YEAR.search(lead):
            self.state.year = self.context.report_year - 1
        elif _THIS_YEAR.search(lead):
            self.state.year = self.context.report_year

    def _score(self, number: Number, figure: Figure, lead: str) -> None:
        """Points: what they are points of is named before them, or by the weight just given (分值10分，得分9分)."""
        key, words = _score_key(lead, self.line.text)
        if self._gets_of_the_last(number, lead):
            named = self.facts[-1]
            self.facts[-1] = replace(named, key="score.weight_subtotal")
            key, words = ("execution.score" if "执行" in named.label else "score.subtotal"), named.label
        if self._is_weight(number, lead) and key in ("score.subtotal", "execution.score", UNPLACED):
            key = "execution.weight" if "执行" in words else "score.weight_subtotal"
        if lead.endswith("（满分") and (of := self._last_points(number, len("（满分"))):
            key, words = "score.weight_subtotal", of.label
        if key == "execution.score" and figure.value > 10:
            key = "score.subtotal"
        weighed = self._weighed(figure)
        if words == "得分" and weighed is not None:
            words = weighed.label.removesuffix("分值") + "得分"
            key = "execution.score" if weighed.key == "execution.weight" else key
        self._emit(number, figure, key, words, lead)

    def _is_weight(self, number: Number, lead: str) -> bool:
        """“预算执行率（10分）。…得9.8分”: points in brackets behind a name, with the score after them."""
        rest = self.line.text[number.end :]
        return lead.endswith("（") and rest.startswith("）") and re.search(r"得分?(?:为|：)?\d", rest) is not None

    def _weighed(self, figure: Figure) -> Fact | None:
        """The weight that the paragraph gave last and no score has answered yet."""
        place = self.line.place
        points = [f for f in self.facts[-40:] if f.key.startswith(("score.", "execution.")) and f.figure.unit == "分" and f.place.block == place.block]
        last = next((f for f in reversed(points) if f.place.paragraph == place.paragraph), None)
        given = last is not None and last.key in ("score.weight_subtotal", "execution.weight") and last.value >= figure.value
        return last if given else None

    def _gets_of_the_last(self, number: Number, lead: str) -> bool:
        """“预算执行率另计10分，得9.77分”: the points before 得 were what could be had."""
        named = lead in ("得", "，得") and self._last_points(number, len(lead))
        return bool(named) and _GOT.search(self.line.text[self.begin : number.start - len(lead)]) is None

    def _last_points(self, number: Number, gap: int) -> Fact | None:
        """The points of a part that end so many characters before this number."""
        last = self.facts[-1] if len(self.facts) > self.first else None
        near = last is not None and last.place.end == number.figure.place.start - gap
        return last if last and near and last.key in ("score.subtotal", "execution.score", UNPLACED) else None

    def _rates_apart(self, cursor: int, number: Number, lead: str) -> bool:
        """“及时受理率、按期办结率分别为99.8%和98.9%”: the names wait for their numbers."""
        clause = re.split(r"[，；。：]", lead.partition("分别")[0])[-1]
        names = [w for w in re.split(r"[、和与]|以及|及(?!时)", clause) if w]
        labels = {self._words(x): x.meaning.on("") for x in self.labels if cursor <= x.start < number.start}
        queue: list[Waiting] = [(labels.get(w, UNPLACED), w, None, None) for w in names]
        self.state.queue = queue if len(queue) >= 2 else []
        return len(queue) >= 2

    def _rate(self, number: Number, figure: Figure, cursor: int, lead: str) -> None:
        waiting = bool(self.state.queue) and not self.state.queue[0][0].startswith("staff.")
        if waiting or (APART.search(lead) and not CHANGE.search(lead) and self._rates_apart(cursor, number, lead)):
            key, words, *_ = self.state.queue.pop(0)
            return self._emit(number, figure, key, words, lead)
        if change := CHANGE.search(lead):
            money = self._label(cursor, number.start, "money")
            if money is not None:
                self._take(money)
            return self._change(number, figure, "rate.change", lead, change)
        if share := SHARE.search(lead):
            before = self.facts[-1] if len(self.facts) > self.first else None
            strange = before is not None and before.figure.is_money and before.key == UNPLACED
            named, subject = (before.label, "") if before is not None and strange else (self.state.label, self.state.key)
            return self._emit(number, figure, "rate.share", f"{named}占{share['base']}", lead, subject=subject)
        label = self._label(cursor, number.start, "rate")
        if label is not None:
            key = label.meaning.on("")
            subject = self.state.key if self.state.own else self.context.subject[0]
            return self._emit(number, figure, key, self._words(label), lead, subject=subject)
        if EXECUTION.search(lead) or (lead == "的" and self._of_the_budget()):
            money = self._label(cursor, number.start, "money")
            if money is not None and self.line.text[money.start : money.end] != "预算":
                self._take(money)
            return self._emit(number, figure, "execution.rate", "预算完成", lead, subject=self.state.key)
        words = self._noun(cursor, number.start) or noun_after(self.line.text[number.end :])
        year = None
        if TO.search(lead) and self.context.report_year is not None:
            words, year = self._last_label(), self.context.report_year
        return self._emit(number, figure, UNPLACED, words or self._last_label(), lead, year=year)

    def _of_the_budget(self) -> bool:
        """“完成预算25.00万元的85.44%”."""
        last = self.facts[-1] if len(self.facts) > self.first else None
        return last is not None and last.figure.is_money and last.stage in (Stage.BUDGET, Stage.INITIAL)

    def _staff(self, number: Number, figure: Figure, lead: str, cursor: int, following: Sequence[Number]) -> bool:
        state = self.state
        if APART.search(lead) and (keys := staff.keys_apart(lead)) and len(keys) >= 2:
            state.queue = [(k, w, None, None) for k, w in keys]
        if state.queue and state.queue[0][0].startswith("staff."):
            key, words, *_ = state.queue.pop(0)
        else:
            found = staff.read(lead, state.staff_side, state.staff_type, state.staff_run == 1 and not state.listing)
            if found is None:
                return False
            key, words = found.key, found.words
            state.staff_run = state.staff_run + 1 if found.side == "authorised" else 0
            state.staff_side, state.staff_type = found.side, found.type
        self._emit(number, figure, key, words, lead, stage=Stage.UNSTATED)
        return True

    def _count(self, number: Number, figure: Figure, lead: str) -> None:
        words = self._last_label() if FROM.search(lead) or TO.search(lead) else noun_before(lead)
        words = words or noun_after(self.line.text[number.end :]) or self._last_label()
        self.state.staff_run += 1 if figure.unit in _PEOPLE else 0
        counts = bool(figure.unit) and figure.unit not in ("年", "个月", "天", "日", "个工作日", "工作日", "小时", "号", "倍", "级", "岁")
        self._emit(number, figure, "activity.count" if counts else UNPLACED, words, lead, stage=Stage.UNSTATED)


_GOT = re.compile(r"得[^，。；、]*$")


def _scored_words(lead: str) -> str:
    words = re.sub(r"(?:自评|评价|(?<!测)评)?得分?$", "", noun_before(lead))
    return words or "得分"


def _score_key(lead: str, sentence: str) -> tuple[str, str]:
    if re.search(r"(?:该项|此项|本项|指标)(?:分值)?满分", lead):
        return "score.weight_subtotal", noun_before(lead)
    if re.search(r"满分|总分值|分值合计", lead):
        return "score.weight_total", "满分"
    if re.search(r"分值|权重", lead):
        return ("execution.weight" if "执行率" in lead else "score.weight_subtotal"), noun_before(lead)
    if re.search(r"得分|得|评分", lead):
        return ("execution.score" if "执行率" in lead else "score.subtotal"), _scored_words(lead)
    words = noun_before(lead) or re.split(r"[，；。：（、]", lead)[-1].removeprefix("其中")
    if "总分" in words:
        return "score.weight_total", words
    if words.startswith("预算执行"):
        return "execution.score", words
    return ("score.subtotal" if words and re.search(r"得分|自评|评价", sentence) else UNPLACED), words
