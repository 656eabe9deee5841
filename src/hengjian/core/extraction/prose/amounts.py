"""The figures of the running text: each number with what it is a figure of, at which stage and of which year."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from hengjian.core.extraction import terms
from hengjian.core.extraction.prose import staff
from hengjian.core.extraction.prose.context import Context
from hengjian.core.extraction.prose.labels import Label, distance, find_labels, is_ancestor, measure_of
from hengjian.core.extraction.prose.lines import Line, Number
from hengjian.core.extraction.prose.phrases import (
    CARRIED,
    CHANGE,
    COMPARED,
    EXECUTION,
    FROM,
    IDIOM,
    LEVEL_THEN,
    MONTHS,
    MOVED,
    NOT_FIGURES,
    OF_WHICH,
    PAGE_NUMBER,
    PER_HEAD,
    SHARE,
    TO,
    noun_after,
    noun_before,
    without_stage,
)
from hengjian.core.facts import UNPLACED
from hengjian.core.figures import MONEY_UNITS, Figure
from hengjian.core.report import Fact, Stage, Text

_PEOPLE = frozenset({"人", "名", "个", "位", ""})
_STAGES = {"adjustment": Stage.ADJUSTMENT, "initial": Stage.INITIAL, "budget": Stage.BUDGET, "executed": Stage.EXECUTED}
_GENERIC = frozenset({"收入", "支出", "经费支出", "资金支出"})
_GENERIC_BEFORE = re.compile(
    r"(?:^|[，、；：（）。\d]|局|委|办|部|中心|单位|部门|处|站|院|校|镇|乡|街道|会|年|年度|总|实际|财政|共|合计|累计|预算|决算|资金|"
    r"发生|安排|实现|取得|组织|我|已|全年|当年|为|和|及|与|完成|下达|拨款|本级|机关|批复|元|人|%)$"
)
_LAST_YEAR = re.compile(r"(?<![较比与同])(?:上年|去年|上一年)(?:度)?(?!结转|结余|末|初|相比|同期|基本|增|减|持平)")
_THIS_YEAR = re.compile(r"本年|今年|当年")
_NAMED_PROJECT = re.compile(r"[一-鿿]{2,}$")
_ITEM_END = re.compile(r"(?:费|费用|经费|资金|补助|工资|款|补贴|支出|采购|投资|项目|运维|服务|保险|公积金|年金|缴费)$")
_WHOLE_BUDGET = re.compile(r"(?:我局|我部|我委|我办|我中心|我单位|本单位|本部门|本局|单位|部门|财政|全年|年度)$")
"""“区财政批复我局年初预算”: whose budget, and no name of a part."""
_LIST_MARK = re.compile(r"（\d{1,7}）")
_CODE = re.compile(r"\d{3}|\d{5}|\d{7}")
_CODED = re.compile(r"(?P<name>[一-鿿、（）]{2,30}?)（\d{5,7}）$")
_BETWEEN = re.compile(r"(?:决算|预算|年初|全年|实际|的|总|财政拨款|年度|本年|当年|：|共|合计|累计)*")
_FUNCTION_ITEM = re.compile(r"（款）(?P<name>[^。；]{2,40}?)（项）")
_OPEN = frozenset({UNPLACED, "funds.item", "activity.count", "expenditure.function_item", "public.item", "personnel.item"})
"""Keys that 其中 can put under any amount."""
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
    staff_run: int = 0
    """How many numbers of authorised posts by kind the clause chain has given."""
    listing: bool = False
    own: bool = False
    """Whether the subject was named in this very sentence."""
    scored: bool = False


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
        state = _State(side=context.side, key=context.subject[0], label=context.subject[1])
        labels, stages = find_labels(line.text), _find_stages(line.text)
        for index, (begin, end) in enumerate(line.sentences):
            numbers = [n for n in line.numbers if begin <= n.start < end]
            if numbers:
                _Sentence(self, line, context, state, (begin, end, index), labels, stages).read(numbers, taken, start)
                state = self._next_sentence(state, context)

    def _next_sentence(self, state: _State, context: Context) -> _State:
        """What the next sentence knows: the heading's subject, else what this one spoke of first."""
        group = self.facts[-1].group if self.facts else ""
        spoken = (f for f in reversed(self.facts) if f.group == group and f.figure.is_money)
        levels = [f for f in spoken if f.key != UNPLACED and not f.key.startswith("change.")]
        key, label = (levels[-1].key, levels[-1].label) if levels else ("", "")
        return _State(side=state.side or context.side, key=context.subject[0] or key, label=context.subject[1] or label,
                      stage=state.stage, year=state.year, last=state.last)  # fmt: skip

    def year(self, number: Number, line: Line, context: Context, group: str, sentence: Text) -> None:
        """A year that is named; the first mention of the report's own year is ``report.year``."""
        own = context.report_year is not None and number.figure.value == context.report_year
        key = "report.year" if own and not self._year_said else "date.year"
        self._year_said |= key == "report.year"
        figure = replace(number.figure, unit="年")
        self.facts.append(Fact(key, "年度" if key == "report.year" else "年份", figure, group=group, sentence=sentence))


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
        goes_on = re.match(r"其中|包括|分别", line.text[self.begin : self.end]) is not None
        state.last = self._whole_before() if goes_on else -1
        state.stage = state.stage if goes_on else Stage.UNSTATED

    def _whole_before(self) -> int:
        """What an 其中 at the beginning of a sentence divides: the last level of the sentence before, no remainder."""
        facts, last = self.out.facts, self.state.last
        if last < 0:
            return -1
        same = [i for i in range(last, -1, -1) if facts[i].group == facts[last].group and facts[i].figure.is_money]
        levels = [i for i in same if not facts[i].key.startswith(("balance.", "change.")) and facts[i].key != UNPLACED]
        return levels[0] if levels else last

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
        if not COMPARED.search(self.line.text[max(0, number.start - 3) : number.start]):
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

    # ── one number

    def _repeats(self, lead: str, figure: Figure) -> bool:
        """“下降8.2%和10.5%”: the number goes on with what the one before it said."""
        facts = self.out.facts
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
            last = self.out.facts[-1]
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
        lead = _LIST_MARK.sub("", lead)
        if "；" in lead:
            state.wholes = state.wholes[:1] if state.wholes and state.wholes[0] != state.last else []
            state.queue, state.staff_type, state.staff_run, state.listing = [], "", 0, False
            state.side = self.context.side or state.side
        if "）" in lead and state.wholes:
            state.last = state.wholes.pop()
            whole = self.out.facts[state.last]
            if whole.figure.is_money and whole.key != UNPLACED:
                state.key, state.label = whole.key, whole.label
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

    def _score(self, number: Number, figure: Figure, lead: str) -> None:
        """Points: what they are points of is named before them, or by the weight just given (分值10分，得分9分)."""
        key, words = _score_key(lead, self.line.text)
        if key == "execution.score" and figure.value > 10:
            key = "score.subtotal"
        facts = self.out.facts
        if words == "得分" and len(facts) > self.first and facts[-1].key in ("score.weight_subtotal", "execution.weight"):
            words = facts[-1].label.removesuffix("分值") + "得分"
            key = "execution.score" if facts[-1].key == "execution.weight" else key
        self._emit(number, figure, key, words, lead)

    # ── money

    def _money(self, number: Number, figure: Figure, cursor: int, lead: str, following: Sequence[Number]) -> None:
        state = self.state
        if state.queue:
            return self._from_queue(number, figure, lead)
        label = self._label(cursor, number.start, "money")
        stage = self._stage(cursor, number.start, label)
        if self._special_money(number, figure, cursor, lead, label, following):
            return None
        key, words = self._named(number, cursor, lead, label, stage)
        if key == "expenditure.adjustment":
            stage = Stage.ADJUSTMENT
        elif stage is not None and stage is not Stage.ADJUSTMENT:
            state.stage = stage
        year = state.year
        if FROM.search(lead) and self.context.report_year is not None and state.year in (None, self.context.report_year):
            year = self.context.report_year - 1
        if TO.search(lead) and self.context.report_year is not None:
            year = state.year = self.context.report_year
        if key not in (UNPLACED, "expenditure.adjustment") and stage is not Stage.ADJUSTMENT:
            state.key, state.label, state.own = key, words, True
            state.side = key.partition(".")[0] if key.partition(".")[0] in ("income", "expenditure") else state.side
        return self._emit(number, figure, key, words, lead, stage=Stage.ADJUSTMENT if stage is Stage.ADJUSTMENT else state.stage, year=year)

    def _special_money(
        self, number: Number, figure: Figure, cursor: int, lead: str, label: Label | None, following: Sequence[Number]
    ) -> bool:  # fmt: skip
        """A difference, a level compared with, or the first of 分别为; false for a plain amount."""
        if label is not None and label.meaning.key == "expenditure.adjustment":
            return False
        if change := CHANGE.search(lead):
            if label is not None:
                self._take(label)
            self._change(number, figure, "change.amount", lead, change)
        elif label is not None and PER_HEAD.search(before := self.line.text[cursor : label.start]):
            self._emit(number, figure, UNPLACED, self._noun(cursor, label.end), lead)
        elif label is not None and label.end == number.start and (moved := MOVED.search(before)):
            self._moved(number, figure, cursor, lead, label, moved["way"])
        elif self.state.key and (then := LEVEL_THEN.search(lead)):
            self._compared(number, figure, lead, then)
        elif _APART.search(lead) and self._apart(cursor, number, following):
            self._from_queue(number, figure, lead)
        else:
            return False
        return True

    def _moved(self, number: Number, figure: Figure, cursor: int, lead: str, label: Label, way: str) -> None:
        """“压减公用经费5万元”, “追加项目支出50万元”: a difference of the amount named behind the verb."""
        key, words = self._meaning(label, None, cursor)
        if way in ("追加", "调增", "调减"):
            self._emit(number, figure, key, words, lead, stage=Stage.ADJUSTMENT, aside=True)
        else:
            self._emit(number, figure, "change.amount", way + words, lead, subject=key)

    def _compared(self, number: Number, figure: Figure, lead: str, then: re.Match[str]) -> None:
        """The level that the subject is compared with: last year's, or the budget."""
        state, report_year = self.state, self.context.report_year
        year = state.year
        if then["when"]:
            year = int(then["when"][:4]) if then["when"][0].isdigit() else (report_year - 1 if report_year else None)
            stage = Stage.EXECUTED if state.stage is Stage.EXECUTED else Stage.UNSTATED
        else:
            stage = Stage.INITIAL if "年初" in then[0] else Stage.BUDGET
        self._emit(number, figure, state.key, state.label, lead, stage=stage, year=year, aside=True)

    def _named(self, number: Number, cursor: int, lead: str, label: Label | None, stage: Stage | None) -> tuple[str, str]:
        """Key and words of an amount: by its label, by what was spoken of, or by the nearest noun."""
        if item := _FUNCTION_ITEM.search(lead):
            return "expenditure.function_item", item["name"]
        label = label or self._trailing_label(number)
        if TO.search(lead) or (label is None and self._is_carried(lead)):
            return self._carried(stage)
        if label is None:
            return self._unknown(cursor, number.start, stage)
        return self._meaning(label, stage, cursor)

    def _label(self, start: int, end: int, measure: str) -> Label | None:
        """The last label of the right measure between two offsets."""
        found = [x for x in self.labels if start <= x.start and x.end <= end and measure_of(x.meaning.on("")) == measure]
        if len(found) >= 2 and self._words(found[-1]) in _GENERIC:
            gap = self.line.text[found[-2].end : found[-1].start]
            if _BETWEEN.fullmatch(gap) and self._words(found[-2]) not in _GENERIC:
                found.pop()
        while found and measure == "money" and re.match(r"的?[\d.]*%|执行率|占", self.line.text[found[-1].end :][:3]):
            found.pop()
        return found[-1] if found else None

    def _words(self, label: Label) -> str:
        return self.line.text[label.start : label.end]

    def _trailing_label(self, number: Number) -> Label | None:
        """“安排100万元项目资金”: the label right behind the number."""
        for label in self.labels:
            gap = self.line.text[number.end : label.start] if label.start >= number.end else None
            if gap is not None:
                return label if gap in ("", "的") and measure_of(label.meaning.on("")) == "money" else None
        return None

    def _stage(self, start: int, end: int, label: Label | None) -> Stage | None:
        if label is not None and label.meaning.key == "expenditure.adjustment":
            return Stage.ADJUSTMENT
        found = None
        for begin, finish, stage in self.stages:
            inside_label = any(x.start <= begin and finish <= x.end for x in self.labels)
            if start <= begin and finish <= end and not inside_label:
                found = stage
        if found is None and label is not None:
            words = self._words(label)
            behind = self.line.text[label.end : label.end + 2]
            spent = "支出" in (words[-2:], behind) and self.context.in_project and not self.context.sets_targets
            if spent or words.startswith("实际"):
                return Stage.EXECUTED
            if self.context.in_project and re.search(r"资金|投资|经费", words) and label.meaning.on("funds") == "funds.total":
                return Stage.BUDGET
            found = Stage.BUDGET if words.endswith(("预算", "预算总额")) and "一般公共" not in words and "基金" not in words else None
        return found

    def _is_carried(self, lead: str) -> bool:
        """Nothing but stage words, verbs and punctuation before the number: the subject goes on."""
        return bool(self.state.key) and CARRIED.fullmatch(lead) is not None

    def _carried(self, stage: Stage | None) -> tuple[str, str]:
        state = self.state
        if stage is Stage.INITIAL and state.key.startswith("income.") and "支出" in self.sentence.text:
            return "expenditure.total", "年初预算数"
        if state.key.startswith("funds.received") and stage is Stage.EXECUTED:
            return "funds.total", state.label
        return state.key or UNPLACED, state.label

    def _meaning(self, label: Label, stage: Stage | None, cursor: int) -> tuple[str, str]:
        """Key and printed words of a label where it stands."""
        state, text = self.state, self.line.text
        words = text[label.start : label.end]
        if words in _GENERIC:
            return self._generic(label, words, cursor, stage)
        if words == "项目经费" and not self.context.in_project:
            return "expenditure.project", words
        if label.meaning.key == "expenditure.function.229" and not self._among_functions(label):
            return UNPLACED, words
        side = "funds" if self.context.in_project else (self._side_before(label.start) or state.side or self.context.side or "income")
        key = label.meaning.on(side)
        if key.startswith("funds.total") and not self.context.in_project:
            named = self._noun(cursor, label.end)
            key = "funds.item" if len(named) > len(words) else key
            words = named or words
        if self.context.in_project:
            return self._in_project(key, label, words, cursor)
        if key.startswith(("public.", "personnel.")):
            words = self._item_words(label, cursor) or words
        return key, words

    def _item_words(self, label: Label, cursor: int) -> str:
        """The whole noun of a line of public funds: 宣传培训费用 around 培训费."""
        tail = re.match(r"(?:用|支出|经费)*", self.line.text[label.end :])
        return self._noun(cursor, label.end + (tail.end() if tail else 0))

    def _in_project(self, key: str, label: Label, words: str, cursor: int) -> tuple[str, str]:
        """What a label means in a text about one project."""
        if key in ("expenditure.total", "expenditure.project", "expenditure.adjustment"):
            return "funds.total", words
        named = self._item_words(label, cursor)
        listed = key == "funds.total" and bool(self.state.wholes) and len(named) >= len(words) + 2
        if listed or key.startswith(("public.", "personnel.")):
            return "funds.item", named or words
        return key, words

    def _among_functions(self, label: Label) -> bool:
        """其他支出 is a functional class only beside other functional classes."""
        others = (x for x in self.labels if x is not label and self.begin <= x.start < self.end)
        return any(x.meaning.key.startswith("expenditure.function.") for x in others)

    def _side_before(self, offset: int) -> str:
        """The side that the sentence's own words decide before an offset."""
        for label in reversed(self.labels):
            if self.begin <= label.start < offset and label.meaning.side:
                return label.meaning.side
        return ""

    def _generic(self, label: Label, words: str, cursor: int, stage: Stage | None) -> tuple[str, str]:
        """Bare 收入 or 支出: the total, what was spoken of, or the end of a longer name."""
        state, text = self.state, self.line.text
        before = text[max(self.begin, cursor) : label.start]
        stage_word = any(b <= label.start < label.end <= e and e - b > 2 for b, e, _ in self.stages)
        known = state.own and "；" not in before
        subject = state.key if known else self.context.subject[0]
        if self.context.in_project and words != "收入" and (stage_word or _GENERIC_BEFORE.search(before)):
            return "funds.total", words
        if subject == "expenditure.total" and stage_word and words != "收入":
            return subject, words
        if words != "收入" and stage_word and subject and not subject.startswith(("income.", "balance.")):
            return ("funds.total" if subject.startswith("funds.") else subject), (state.label if known else self.context.subject[1]) or words
        if coded := _CODED.search(before):
            return "expenditure.function_item", noun_before(coded["name"])
        if stage_word or _GENERIC_BEFORE.search(before):
            return ("income.total" if words == "收入" else "expenditure.total"), words
        return self._unknown(cursor, label.end, stage)

    def _unknown(self, start: int, end: int, stage: Stage | None) -> tuple[str, str]:
        """An amount whose label is in no table: a line of a project, or unplaced with its nearest noun."""
        words = self._noun(start, end)
        if self.context.in_project and without_stage(words) in ("", "项目", "本项目", "该项目", "资金"):
            return "funds.total", words or self.state.label
        if not words and stage is not None and not self.state.own:
            return self.context.subject[0] or "expenditure.total", self.context.subject[1] or "预算"
        if not self.context.in_project and _WHOLE_BUDGET.search(without_stage(words)) and without_stage(words) != words:
            return "expenditure.total", words
        words = words or noun_after(self.line.text[end:])
        if self.context.in_project and words and re.search(r"下达|安排|批复", words):
            return "funds.total", words
        top = self.out.facts[self.state.wholes[-1]].key if self.state.wholes else ""
        if words and top in ("expenditure.project", "funds.total", "funds.item"):
            return "funds.item", words
        if words and self.context.in_project and (self.state.wholes or "用于" in self.sentence.text):
            return "funds.item", words
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
            self.state.key, self.state.label, self.state.own = key, words, True

    def _change(self, number: Number, figure: Figure, key: str, lead: str, change: re.Match[str]) -> None:
        named = noun_before(lead[: change.start()])
        words = f"{self.state.label if self.state.own or not named else named}{change['way'] or change['more']}"
        subject = self.state.key if self.state.own or not named else ""
        self._emit(number, figure, key, words, lead, subject=subject, stage=Stage.UNSTATED)

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

    def _rates_apart(self, cursor: int, number: Number, lead: str) -> bool:
        """“及时受理率、按期办结率分别为99.8%和98.9%”: the names wait for their numbers."""
        clause = re.split(r"[，；。：]", lead.partition("分别")[0])[-1]
        names = [w for w in re.split(r"[、和与]|以及|及(?!时)", clause) if w]
        labels = {self._words(x): x.meaning.on("") for x in self.labels if cursor <= x.start < number.start}
        queue: list[_Waiting] = [(labels.get(w, UNPLACED), w, None, None) for w in names]
        self.state.queue = queue if len(queue) >= 2 else []
        return len(queue) >= 2

    def _rate(self, number: Number, figure: Figure, cursor: int, lead: str) -> None:
        waiting = bool(self.state.queue) and not self.state.queue[0][0].startswith("staff.")
        if waiting or (_APART.search(lead) and not CHANGE.search(lead) and self._rates_apart(cursor, number, lead)):
            key, words, *_ = self.state.queue.pop(0)
            return self._emit(number, figure, key, words, lead)
        if change := CHANGE.search(lead):
            money = self._label(cursor, number.start, "money")
            if money is not None:
                self._take(money)
            return self._change(number, figure, "rate.change", lead, change)
        if share := SHARE.search(lead):
            return self._emit(number, figure, "rate.share", f"{self.state.label}占{share['base']}", lead, subject=self.state.key)
        label = self._label(cursor, number.start, "rate")
        if label is not None:
            key = label.meaning.on("")
            subject = self.state.key if self.state.own else self.context.subject[0]
            return self._emit(number, figure, key, self._words(label), lead, subject=subject)
        if EXECUTION.search(lead):
            money = self._label(cursor, number.start, "money")
            if money is not None and self.line.text[money.start : money.end] != "预算":
                self._take(money)
            return self._emit(number, figure, "execution.rate", "预算完成", lead, subject=self.state.key)
        words = self._noun(cursor, number.start) or noun_after(self.line.text[number.end :])
        year = None
        if TO.search(lead) and self.context.report_year is not None:
            words, year = self._last_label(), self.context.report_year
        return self._emit(number, figure, UNPLACED, words or self._last_label(), lead, year=year)

    def _staff(self, number: Number, figure: Figure, lead: str, cursor: int, following: Sequence[Number]) -> bool:
        state = self.state
        if _APART.search(lead) and (keys := staff.keys_apart(lead)) and len(keys) >= 2:
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

    def _last_label(self) -> str:
        facts = self.out.facts
        return facts[-1].label if len(facts) > self.first else self.state.label

    # ── the fact

    def _emit(
        self, number: Number, figure: Figure, key: str, words: str, lead: str, *,
        stage: Stage = Stage.UNSTATED, year: int | None = None, subject: str = "", aside: bool = False,
    ) -> None:  # fmt: skip
        state, facts = self.state, self.out.facts
        scope = self.context.scope
        year = year if year is not None else state.year
        whole = self._whole(key, figure, stage, year)
        fact = Fact(key, words, figure, stage, year, scope, self.group, whole,
                    "prose", self.sentence, subject)  # fmt: skip
        facts.append(fact)
        if not key.startswith(("change.", "rate.", "execution.", "date.", "report.")) and year == state.year and not aside:
            state.last = len(facts) - 1

    def _whole(self, key: str, figure: Figure, stage: Stage, year: int | None) -> int:
        """The amount that this one is a part of: by the table of keys, else by the words 其中."""
        facts, state = self.out.facts, self.state
        if key.startswith(("change.", "rate.", "execution.", "score.")):
            return -1
        named = {i for i in (*state.wholes, *range(self.first, len(facts))) if is_ancestor(facts[i].key, key)}
        if named:
            ranked = ((facts[i].year == year, facts[i].stage is stage, distance(facts[i].key, key), i) for i in named)
            best: tuple[bool, bool, int, int] = max(ranked)
            return best[3]
        top = state.wholes[-1] if state.wholes else -1
        if top < 0 or facts[top].key == key or facts[top].figure.is_money != figure.is_money:
            return -1
        opening = key == "balance.opening" and facts[top].key.startswith("income.")
        kin = opening or key in _OPEN or (not key.startswith("staff.") and key.partition(".")[0] == facts[top].key.partition(".")[0])
        return top if kin and not is_ancestor(key, facts[top].key) else -1


def _scored_words(lead: str) -> str:
    words = re.sub(r"(?:自评|评价|(?<!测)评)?得分?$", "", noun_before(lead))
    return words or "得分"


def _score_key(lead: str, sentence: str) -> tuple[str, str]:
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


@cache
def _stage_pattern() -> re.Pattern[str]:
    table = terms.load("stages")
    groups = [f"(?P<{name}>{'|'.join(sorted(table[name], key=len, reverse=True))})" for name in _STAGES]
    return re.compile("|".join(groups))


def _find_stages(text: str) -> list[tuple[int, int, Stage]]:
    return [(m.start(), m.end(), _STAGES[m.lastgroup or "budget"]) for m in _stage_pattern().finditer(text)]
