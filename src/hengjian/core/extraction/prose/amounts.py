"""The figures of the running text: each number with what it is a figure of, at which stage and of which year."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from hengjian.core.extraction import terms
from hengjian.core.extraction.prose import staff
from hengjian.core.extraction.prose.context import Context
from hengjian.core.extraction.prose.labels import Label, find_labels, is_ancestor, measure_of
from hengjian.core.extraction.prose.lines import Line, Number
from hengjian.core.extraction.prose.phrases import (
    CARRIED,
    CHANGE,
    COMPARED,
    EXECUTION,
    FROM,
    IDIOM,
    NOT_FIGURES,
    OF_WHICH,
    SHARE,
    TO,
    noun_after,
    noun_before,
)
from hengjian.core.facts import UNPLACED
from hengjian.core.figures import MONEY_UNITS, Figure
from hengjian.core.report import Fact, Stage, Text

_PEOPLE = frozenset({"人", "名", "个", "位", ""})
_STAGES = {"adjustment": Stage.ADJUSTMENT, "initial": Stage.INITIAL, "budget": Stage.BUDGET, "executed": Stage.EXECUTED}
_GENERIC = frozenset({"收入", "支出"})
_GENERIC_BEFORE = re.compile(
    r"(?:^|[，、；：（）。\d]|局|委|办|部|中心|单位|部门|处|站|院|校|镇|乡|街道|会|年|年度|总|实际|财政|共|合计|累计|预算|决算|资金|"
    r"发生|安排|我|已|全年|当年|为|和|及|与|完成|下达|拨款|本级|机关|批复|元|人|%)$"
)
_LAST_YEAR = re.compile(r"(?<![较比与同])(?:上年|去年|上一年)(?:度)?(?!结转|结余|末|初|相比|同期|基本|增|减|持平)")
_THIS_YEAR = re.compile(r"本年|今年|当年")
_NAMED_PROJECT = re.compile(r"[一-鿿]{2,}$")
_ITEM_END = re.compile(r"(?:费|费用|经费|资金|补助|工资|款|补贴|支出|采购|投资|项目|运维|服务|保险|公积金|年金|缴费)$")
_APART = re.compile(r"(?:分别|各)(?:为|是|有|达到?|占|完成|安排|增长|下降|增加|减少|：|实现|约|支出|支付|执行|到位)*$")

_Waiting = tuple[str, str, Stage | None, int | None]


@dataclass
class _State:
    """What a sentence has said so far."""

    side: str = ""
    key: str = ""
    label: str = ""
    stage: Stage = Stage.UNSTATED
    year: int | None = None
    last: int = -1
    """Index of the last amount."""
    wholes: list[int] = field(default_factory=list)
    queue: list[_Waiting] = field(default_factory=list)
    """Label, key, stage, year for the numbers of 分别为."""
    staff_side: str = ""
    staff_type: str = ""
    listing: bool = False


class Amounts:
    """Collects the facts of a document's paragraphs, in reading order."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self._year_said = False

    def read(self, line: Line, context: Context, taken: Collection[Number] = (), start: int = 0) -> None:
        """Add the facts of one paragraph; ``taken`` are the numbers that something else has read."""
        if not line.numbers:
            return
        state = _State(side=context.side, key=context.subject[0], label=context.subject[1])
        labels, stages = find_labels(line.text), _find_stages(line.text)
        for index, (begin, end) in enumerate(line.sentences):
            numbers = [n for n in line.numbers if begin <= n.start < end and n.start >= start]
            if numbers:
                _Sentence(self, line, context, state, (begin, end, index), labels, stages).read(numbers, taken)
                state = _next_sentence(state, context)

    def year(self, number: Number, line: Line, context: Context, group: str, sentence: Text) -> None:
        """A year that is named; the first mention of the report's own year is ``report.year``."""
        own = context.report_year is not None and number.figure.value == context.report_year
        key = "report.year" if own and not self._year_said else "date.year"
        self._year_said |= key == "report.year"
        figure = replace(number.figure, unit="年")
        self.facts.append(Fact(key, "年度" if key == "report.year" else "年份", figure, group=group, sentence=sentence))


def _next_sentence(state: _State, context: Context) -> _State:
    return _State(side=state.side or context.side, key=context.subject[0] or state.key, label=context.subject[1] or state.label,
                  stage=Stage.UNSTATED, year=state.year, last=state.last)  # fmt: skip


class _Sentence:
    """One sentence: walks its numbers and keeps the state."""

    def __init__(
        self, out: Amounts, line: Line, context: Context, state: _State, span: tuple[int, int, int],
        labels: Sequence[Label], stages: Sequence[tuple[int, int, Stage]],
    ) -> None:  # fmt: skip
        self.out, self.line, self.context, self.state = out, line, context, state
        self.begin, self.end, index = span
        self.labels, self.stages = labels, stages
        self.sentence = line.words(self.begin, self.end)
        self.group = f"{line.place.block}.{line.place.paragraph}.{index}"
        self.first = len(out.facts)
        if not re.match(r"其中|包括|分别", line.text[self.begin : self.end]):
            state.last = -1

    def read(self, numbers: Sequence[Number], taken: Collection[Number]) -> None:
        cursor = self.begin
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
        if not COMPARED.search(self.line.text[max(0, number.start - 3) : number.start]):
            self.state.year = int(number.figure.value)

    def _is_idiom(self, number: Number) -> bool:
        text = self.line.text
        around = text[max(0, number.start - 6) : number.end + 6]
        before, after = text[max(0, number.start - 2) : number.start], text[number.end : number.end + 4]
        if NOT_FIGURES.search(around):
            return True
        return number.mention.chinese and IDIOM(before, number.mention.figure, after)

    # ── one number

    def _number(self, number: Number, cursor: int, following: Sequence[Number]) -> None:
        lead = self.line.text[cursor : number.start]
        self._walk_punctuation(lead)
        self._years_in_words(lead)
        figure = number.figure
        if not figure.unit and self.context.unit and not staff.is_about_staff(lead):
            figure = replace(figure, unit=self.context.unit)
        if figure.unit in MONEY_UNITS:
            self._money(number, figure, cursor, lead, following)
        elif figure.unit in ("%", "个百分点", "百分点", "‰"):
            self._rate(number, figure, cursor, lead)
        elif figure.unit == "分":
            self._emit(number, figure, *_score_key(lead), lead)
        elif figure.unit in _PEOPLE and self._staff(number, figure, lead, cursor, following):
            return
        else:
            self._count(number, figure, lead)

    def _walk_punctuation(self, lead: str) -> None:
        """Open and close wholes by 其中, brackets and semicolons."""
        state = self.state
        if "；" in lead:
            state.wholes = state.wholes[:1] if state.wholes and state.wholes[0] != state.last else []
            state.queue, state.staff_type, state.listing = [], "", False
            state.side = self.context.side or state.side
        if "）" in lead and state.wholes:
            state.last = state.wholes.pop()
        if state.last >= 0 and OF_WHICH.search(lead):
            state.wholes.append(state.last)
            state.listing = True

    def _years_in_words(self, lead: str) -> None:
        if self.context.report_year is None:
            return
        if _LAST_YEAR.search(lead):
            self.state.year = self.context.report_year - 1
        elif _THIS_YEAR.search(lead):
            self.state.year = self.context.report_year

    # ── money

    def _money(self, number: Number, figure: Figure, cursor: int, lead: str, following: Sequence[Number]) -> None:
        state = self.state
        if state.queue:
            return self._from_queue(number, figure, lead)
        label = self._label(cursor, number.start, "money")
        stage = self._stage(cursor, number.start, label)
        if change := CHANGE.search(lead):
            if label is not None:
                self._take(label)
            return self._change(number, figure, "change.amount", lead, change)
        if _APART.search(lead) and self._apart(cursor, number, following):
            return self._from_queue(number, figure, lead)
        key, words = self._named(number, cursor, lead, label, stage)
        if stage is not None:
            state.stage = stage
        year = state.year
        if FROM.search(lead) and self.context.report_year is not None and state.year in (None, self.context.report_year):
            year = self.context.report_year - 1
        if key != UNPLACED:
            state.key, state.label = key, words
            state.side = key.partition(".")[0] if key.partition(".")[0] in ("income", "expenditure") else state.side
        return self._emit(number, figure, key, words, lead, stage=state.stage, year=year)

    def _named(self, number: Number, cursor: int, lead: str, label: Label | None, stage: Stage | None) -> tuple[str, str]:
        """Key and words of an amount: by its label, by what was spoken of, or by the nearest noun."""
        label = label or self._trailing_label(number)
        if TO.search(lead) or (label is None and self._is_carried(lead)):
            return self._carried(stage)
        if label is None:
            return self._unknown(cursor, number.start, lead)
        return self._meaning(label, stage, cursor)

    def _label(self, start: int, end: int, measure: str) -> Label | None:
        """The last label of the right measure between two offsets."""
        found = [x for x in self.labels if start <= x.start and x.end <= end and measure_of(x.meaning.on("")) == measure]
        while found and measure == "money" and re.match(r"的?[\d.]*%|执行率|占", self.line.text[found[-1].end :][:3]):
            found.pop()
        return found[-1] if found else None

    def _trailing_label(self, number: Number) -> Label | None:
        """“安排100万元项目资金”: the label right behind the number."""
        for label in self.labels:
            gap = self.line.text[number.end : label.start] if label.start >= number.end else None
            if gap is not None:
                return label if gap in ("", "的") and measure_of(label.meaning.on("")) == "money" else None
        return None

    def _stage(self, start: int, end: int, label: Label | None) -> Stage | None:
        found = None
        for begin, finish, stage in self.stages:
            inside_label = any(x.start <= begin and finish <= x.end for x in self.labels)
            if start <= begin and finish <= end and not inside_label:
                found = stage
        if found is None and label is not None:
            words = self.line.text[label.start : label.end]
            found = Stage.BUDGET if words.endswith("预算") and "一般公共" not in words and "基金" not in words else None
        return found

    def _is_carried(self, lead: str) -> bool:
        """Nothing but stage words, verbs and punctuation before the number: the subject goes on."""
        return bool(self.state.key) and CARRIED.fullmatch(lead) is not None

    def _carried(self, stage: Stage | None) -> tuple[str, str]:
        state = self.state
        if stage is Stage.INITIAL and state.key.startswith("income.") and "支出" in self.sentence.text:
            return "expenditure.total", state.label
        if state.key.startswith("funds.received") and stage is Stage.EXECUTED:
            return "funds.total", state.label
        return state.key or UNPLACED, state.label

    def _meaning(self, label: Label, stage: Stage | None, cursor: int) -> tuple[str, str]:
        """Key and printed words of a label where it stands."""
        state, text = self.state, self.line.text
        words = text[label.start : label.end]
        if words in _GENERIC:
            return self._generic(label, words, cursor)
        side = "funds" if self.context.in_project else (self._side_before(label.start) or state.side or self.context.side or "income")
        key = label.meaning.on(side)
        if key.startswith("funds.total") and not self.context.in_project:
            named = self._noun(cursor, label.end)
            key = "funds.item" if len(named) > len(words) else key
            words = named or words
        if self.context.scope and key in ("expenditure.total", "expenditure.project"):
            key = "funds.total"
        return key, words

    def _side_before(self, offset: int) -> str:
        """The side that the sentence's own words decide before an offset."""
        for label in reversed(self.labels):
            if self.begin <= label.start < offset and label.meaning.side:
                return label.meaning.side
        return ""

    def _generic(self, label: Label, words: str, cursor: int) -> tuple[str, str]:
        """Bare 收入 or 支出: the total, what was spoken of, or the end of a longer name."""
        state, text = self.state, self.line.text
        before = text[max(self.begin, cursor) : label.start]
        stage_word = any(b <= label.start < label.end <= e and b < label.start for b, e, _ in self.stages)
        subject = state.key if "；" not in before and "。" not in before else self.context.subject[0]
        if self.context.in_project and words == "支出":
            return "funds.total", words
        if words == "支出" and stage_word and subject and not subject.startswith(("income.", "balance.")):
            return ("funds.total" if subject.startswith("funds.") else subject), state.label or words
        if stage_word or _GENERIC_BEFORE.search(before):
            return ("income.total" if words == "收入" else "expenditure.total"), words
        return self._unknown(cursor, label.end, before + words)

    def _unknown(self, start: int, end: int, lead: str) -> tuple[str, str]:
        """An amount whose label is in no table: a line of a project, or unplaced with its nearest noun."""
        words = self._noun(start, end) or noun_after(self.line.text[end:])
        if self.context.in_project and not words:
            return "funds.total", self.state.label
        if _ITEM_END.search(words) and (self.context.in_project or self.state.key in ("expenditure.project", "funds.total", "funds.item")):
            return "funds.item", words
        if not words and self.state.key:
            return self.state.key, self.state.label
        return UNPLACED, words

    def _noun(self, start: int, end: int) -> str:
        return noun_before(self.line.text[start:end])

    def _take(self, label: Label) -> None:
        key, words = self._meaning(label, None, label.start)
        if key != UNPLACED:
            self.state.key, self.state.label = key, words

    def _change(self, number: Number, figure: Figure, key: str, lead: str, change: re.Match[str]) -> None:
        words = f"{self.state.label}{change['way']}"
        self._emit(number, figure, key, words, lead, subject=self.state.key, stage=Stage.UNSTATED)

    # ── 分别为

    def _apart(self, cursor: int, number: Number, following: Sequence[Number]) -> bool:
        """Fill the queue for “A、B分别为X和Y”; false when there are not two things before 分别."""
        found = [x for x in self.labels if cursor <= x.start and x.end <= number.start]
        names = [self._meaning(x, None, x.start) for x in found]
        unit = number.figure.unit
        run = 1 + sum(1 for f in following if f.mention.kind == "number" and f.figure.unit in (unit, ""))
        stages = [s for b, e, s in self.stages if cursor <= b and e <= number.start]
        years = [int(n.figure.value) for n in self.line.numbers if n.mention.kind == "year" and cursor <= n.start < number.start]
        subject = (names[-1][0], names[-1][1]) if names else (self.state.key, self.state.label)
        queue: list[_Waiting] = []
        if len(names) >= 2:
            queue = [(key, words, None, None) for key, words in names[-run:]]
        elif len(stages) >= 2:
            queue = [(*subject, stage, None) for stage in stages[-run:]]
        elif len(years) >= 2:
            queue = [(*subject, None, year) for year in years[-run:]]
        self.state.queue = queue
        return bool(queue)

    def _from_queue(self, number: Number, figure: Figure, lead: str) -> None:
        key, words, stage, year = self.state.queue.pop(0)
        self.state.key, self.state.label = key, words
        stage = stage if stage is not None else self._stage(self.begin, number.start, None) or self.state.stage
        self._emit(number, figure, key, words, lead, stage=stage, year=year or self.state.year)

    # ── rates, people, counts

    def _rate(self, number: Number, figure: Figure, cursor: int, lead: str) -> None:
        if change := CHANGE.search(lead):
            money = self._label(cursor, number.start, "money")
            if money is not None:
                self._take(money)
            return self._change(number, figure, "rate.change", lead, change)
        if share := SHARE.search(lead):
            return self._emit(number, figure, "rate.share", f"占{share['base']}", lead, subject=self.state.key)
        label = self._label(cursor, number.start, "rate")
        if label is not None:
            key = label.meaning.on("")
            return self._emit(number, figure, key, self.line.text[label.start : label.end], lead, subject=self.state.key)
        if EXECUTION.search(lead):
            money = self._label(cursor, number.start, "money")
            if money is not None and self.line.text[money.start : money.end] != "预算":
                self._take(money)
            return self._emit(number, figure, "execution.rate", "预算完成", lead, subject=self.state.key)
        return self._emit(number, figure, UNPLACED, self._noun(cursor, number.start) or noun_after(self.line.text[number.end :]), lead)

    def _staff(self, number: Number, figure: Figure, lead: str, cursor: int, following: Sequence[Number]) -> bool:
        state = self.state
        if _APART.search(lead) and (keys := staff.keys_apart(lead)) and len(keys) >= 2:
            state.queue = [(k, w, None, None) for k, w in keys]
        if state.queue and state.queue[0][0].startswith("staff."):
            key, words, *_ = state.queue.pop(0)
        else:
            found = staff.read(lead, state.staff_side, state.staff_type, state.listing, self.line.text[number.end : number.end + 6])
            if found is None:
                return False
            key, words = found.key, found.words
            state.staff_side, state.staff_type = found.side, found.type
        self._emit(number, figure, key, words, lead, stage=Stage.UNSTATED)
        return True

    def _count(self, number: Number, figure: Figure, lead: str) -> None:
        words = noun_before(lead) or noun_after(self.line.text[number.end :]) or self.state.label
        counts = bool(figure.unit) and figure.unit not in ("年", "个月", "天", "日", "个工作日", "工作日", "小时", "号", "倍", "级", "岁")
        self._emit(number, figure, "activity.count" if counts else UNPLACED, words, lead, stage=Stage.UNSTATED)

    # ── the fact

    def _emit(
        self, number: Number, figure: Figure, key: str, words: str, lead: str, *,
        stage: Stage = Stage.UNSTATED, year: int | None = None, subject: str = "",
    ) -> None:  # fmt: skip
        state, facts = self.state, self.out.facts
        scope = self.context.scope
        whole = self._whole(key, figure, stage)
        fact = Fact(key, words, figure, stage, year if year is not None else state.year, scope, self.group, whole,
                    "prose", self.sentence, subject)  # fmt: skip
        facts.append(fact)
        if not key.startswith(("change.", "rate.", "execution.", "date.", "report.")):
            state.last = len(facts) - 1

    def _whole(self, key: str, figure: Figure, stage: Stage) -> int:
        """The amount that this one is a part of: by the table of keys, else by the words 其中."""
        facts, state = self.out.facts, self.state
        if key.startswith(("change.", "rate.", "execution.", "score.")):
            return -1
        for index in reversed(state.wholes):
            if is_ancestor(facts[index].key, key):
                state.wholes = state.wholes[: state.wholes.index(index) + 1]
                return index
        for index in range(len(facts) - 1, self.first - 1, -1):
            if is_ancestor(facts[index].key, key) and facts[index].stage is stage:
                return index
        top = state.wholes[-1] if state.wholes else -1
        same = top >= 0 and facts[top].key != key and facts[top].figure.is_money == figure.is_money
        return top if same and not is_ancestor(key, facts[top].key) else -1


def _score_key(lead: str) -> tuple[str, str]:
    if re.search(r"满分|总分值|分值合计", lead):
        return "score.weight_total", "满分"
    if re.search(r"分值|权重", lead):
        return "score.weight_subtotal", noun_before(lead)
    if re.search(r"得分|得|评分", lead):
        return ("execution.score" if "执行率" in lead else "score.subtotal"), noun_before(lead) or "得分"
    return UNPLACED, noun_before(lead)


@cache
def _stage_pattern() -> re.Pattern[str]:
    table = terms.load("stages")
    groups = [f"(?P<{name}>{'|'.join(sorted(table[name], key=len, reverse=True))})" for name in _STAGES]
    return re.compile("|".join(groups))


def _find_stages(text: str) -> list[tuple[int, int, Stage]]:
    return [(m.start(), m.end(), _STAGES[m.lastgroup or "budget"]) for m in _stage_pattern().finditer(text)]
