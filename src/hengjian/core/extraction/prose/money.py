"""What an amount of money is: by its label, by what was spoken of, by a change, a comparison or 分别为."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hengjian.core.extraction.prose.labels import Label, part_of
from hengjian.core.extraction.prose.lines import Number
from hengjian.core.extraction.prose.phrases import (
    APART,
    CARRIED,
    CHANGE,
    FROM,
    LEVEL_THEN,
    MOVED,
    PER_HEAD,
    PIECE,
    TO,
    noun_after,
    noun_before,
    without_stage,
)
from hengjian.core.extraction.prose.sentence import GENERIC, Sentence, Waiting
from hengjian.core.facts import UNPLACED
from hengjian.core.figures import Figure
from hengjian.core.report import Stage

_GENERIC_BEFORE = re.compile(
    r"(?:^|[，、；：（）。\d]|局|委|办|部|中心|单位|部门|处|站|院|校|镇|乡|街道|会|年|年度|总|实际|财政|共|合计|累计|预算|决算|资金|"
    r"发生|安排|实现|取得|组织|我|已|全年|当年|为|和|及|与|完成|下达|拨款|本级|机关|批复|元|人|%)$"
)
_ITEM_END = re.compile(r"(?:费|费用|经费|资金|补助|工资|款|补贴|支出|采购|投资|项目|运维|服务|配套|保险|公积金|年金|缴费)$")
_WHOLE_BUDGET = re.compile(r"(?:我局|我部|我委|我办|我中心|我单位|本单位|本部门|本局|单位|部门|财政|全年|年度)$")
"""“区财政批复我局年初预算”: whose budget, and no name of a part."""
_PARTS = frozenset({"expenditure.basic", "expenditure.project", "expenditure.personnel", "expenditure.public"})
_GRANTED = re.compile(r"(?:下达|安排|批复|补助|资金|投资)(?!.*(?:支出|支付|使用|执行|拨付|发放|完成|开支|到位))")
"""Money that was given to a project: its budget, unless a word says that it was spent."""
_TIMELESS = re.compile(r"(?:19|20)\d{2}年度?|全年|本年度?|当年|其|共|约|为|的")
_OTHER_YEAR = re.compile(r"[与同和较]((?:19|20)\d{2})年度?[^，。；]*$")
"""“与2022年决算支出1,301万元相比”: an amount of the year that this one is compared with."""
_SUM = re.compile(r"[，；。]?(?:以上|资金)?(?:合计|总计)(?:为)?")
_CODED = re.compile(r"(?P<name>[一-鿿、（）]{2,30}?)（\d{5,7}）$")
_FUNCTION_ITEM = re.compile(r"(?:（款）|^[，；。]?|[。；，])(?P<name>[^。；，（）]{2,40}?)（项）")


class MoneySentence(Sentence):
    """A sentence that can say what its amounts are."""

    def _money(self, number: Number, figure: Figure, cursor: int, lead: str, following: Sequence[Number]) -> None:
        state = self.state
        if state.queue:
            return self._from_queue(number, figure, lead)
        label = self._label(cursor, number.start, "money")
        stage = self._stage(cursor, number.start, label)
        if self._special_money(number, figure, cursor, lead, label, following):
            return None
        key, words = self._named(number, cursor, lead, label, stage)
        if year_then := self._year_compared(number, lead):
            return self._emit(number, figure, key, words, lead, stage=stage or state.stage, year=year_then, aside=True)
        return self._placed(number, figure, (key, words), lead, stage)

    def _year_compared(self, number: Number, lead: str) -> int:
        """The year of “与2022年决算支出1,301万元相比”, else 0."""
        then = _OTHER_YEAR.search(lead)
        return int(then[1]) if then and re.match(r"相?比", self.line.text[number.end :]) else 0

    def _placed(self, number: Number, figure: Figure, named: tuple[str, str], lead: str, stage: Stage | None) -> None:
        """A plain amount, which the next ones go on from."""
        state, (key, words) = self.state, named
        if stage is None and self.context.in_project and re.search(r"(?:支出|支付|使用)[^，。；]*用于", lead):
            state.stage = Stage.EXECUTED
        if stage is None and key == "funds.total" and state.stage is Stage.UNSTATED and _GRANTED.search(lead):
            stage = Stage.BUDGET
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
        if PIECE.search(lead) or (TO.search(lead) and self._after_a_piece(figure)):
            self._emit(number, figure, UNPLACED, self._noun(cursor, number.start) or self._last_label(), lead)
        elif change := CHANGE.search(lead):
            if label is not None:
                self._take(label)
            self._change(number, figure, "change.amount", lead, change)
        elif label is not None and PER_HEAD.search(before := self.line.text[cursor : label.start]):
            self._emit(number, figure, UNPLACED, self._noun(cursor, label.end), lead)
        elif label is not None and label.end == number.start and (moved := MOVED.search(before)):
            self._moved(number, figure, cursor, lead, label, moved["way"])
        elif self.state.key and (then := LEVEL_THEN.search(lead)):
            self._compared(number, figure, lead, then)
        elif APART.search(lead) and self._apart(cursor, number, following):
            self._from_queue(number, figure, lead)
        else:
            return False
        return True

    def _after_a_piece(self, figure: Figure) -> bool:
        """“每人每月720元提高到756元”: the second is by piece too."""
        facts = self.facts
        return len(facts) > self.first and facts[-1].key == UNPLACED and facts[-1].figure.unit == figure.unit

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
        if label is None and _SUM.fullmatch(lead) and (summed := self._summed(lead)):
            return summed, "合计"
        if TO.search(lead) or (label is None and self._is_carried(lead)):
            return self._carried(stage, number)
        if label is None:
            return self._unknown(cursor, number.start, stage)
        return self._meaning(label, stage, cursor)

    def _is_carried(self, lead: str) -> bool:
        """Nothing but stage words, verbs and punctuation before the number: the subject goes on."""
        return bool(self.state.key) and CARRIED.fullmatch(lead) is not None

    def _carried(self, stage: Stage | None, number: Number) -> tuple[str, str]:
        state = self.state
        if self._is_of_the_whole(stage, number) or self._sums_up(stage, number):
            return "expenditure.total", "预算"
        if stage is Stage.INITIAL and state.key.startswith("income.") and "支出" in self.sentence.text:
            return "expenditure.total", "年初预算数"
        if state.key.startswith("funds.received") and stage is Stage.EXECUTED:
            return "funds.total", state.label
        return state.key or UNPLACED, state.label

    def _is_of_the_whole(self, stage: Stage | None, number: Number) -> bool:
        """“基本支出300万元。全年预算数528万元”: a budget that cannot be that of the part the sentence before spoke of."""
        state = self.state
        if state.own or stage not in (Stage.BUDGET, Stage.INITIAL) or state.key not in _PARTS or state.key == self.context.subject[0]:
            return False
        said = next((f for f in reversed(self.facts) if f.key == state.key and f.figure.is_money), None)
        return said is not None and abs(said.figure.yuan - number.figure.base_value) > said.figure.yuan / 4

    def _sums_up(self, stage: Stage | None, number: Number) -> bool:
        """“公务接待费0.5万元。执行数合计870万元”: far more than the small sums that the sentence before spoke of."""
        state, lead = self.state, self.line.text[self.begin : number.start]
        if state.own or stage is None or not state.key.startswith(("three_public.", "procurement.")) or not re.search(r"(?:合计|总计)[为达约]*$", lead):
            return False
        said = [f.figure.yuan for f in self.facts if f.key == state.key and f.figure.is_money]
        return bool(said) and number.figure.is_money and number.figure.yuan > 5 * max(said)

    def _meaning(self, label: Label, stage: Stage | None, cursor: int) -> tuple[str, str]:
        """Key and printed words of a label where it stands."""
        state, text = self.state, self.line.text
        words = text[label.start : label.end]
        if words in GENERIC:
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
        among = bool(self.state.wholes) or "用于" in self.line.text[self.begin : label.start]
        listed = key == "funds.total" and among and len(named) >= len(words) + 2
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
        if words == "支出" and not before.strip("。") and self.context.subject[0] in _PARTS:
            return self.context.subject
        stage_word = any(b <= label.start < label.end <= e and e - b > 2 for b, e, _ in self.stages)
        known = state.own and "；" not in before
        subject = state.key if known else self.context.subject[0]
        if self._spends_its_budget(label):
            return state.key, state.label
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
        if summed := self._summed(self.line.text[start:end]):
            return summed, words or "合计"
        if self.context.in_project and (own := self._of_the_project(words, self.line.text[start:end], stage)):
            return "funds.total", own
        if not words and stage is not None and not self.state.own:
            counted = [f for f in self.facts[self.first :] if f.key == "activity.count" and f.label.endswith(("项目", "工程"))]
            if counted and not self.context.in_project:
                return UNPLACED, counted[-1].label
            return self.context.subject[0] or "expenditure.total", self.context.subject[1] or "预算"
        if not self.context.in_project and _WHOLE_BUDGET.search(without_stage(words)) and without_stage(words) != words:
            return "expenditure.total", words
        words = words or noun_after(self.line.text[end:])
        if self.context.in_project and words and re.search(r"下达|安排|批复", words):
            return "funds.total", words
        if self.state.wholes and (part := part_of(self.facts[self.state.wholes[-1]].key, words)):
            return part, words
        if words and self._is_item(words, self.line.text[start:end]):
            return "funds.item", words
        if not words and self.state.key:
            return self.state.key, self.state.label
        return UNPLACED, words

    def _of_the_project(self, words: str, lead: str, stage: Stage | None) -> str:
        """The printed words of an amount of the project as a whole: one without a noun of its own; else empty.

        “步道专项由区财政设立，2024年预算80万元”: the noun before the comma tells of the whole project.
        """
        if re.sub(r"(?:19|20)\d{2}年度?$", "", without_stage(words)) in ("", "项目", "本项目", "该项目", "资金"):
            return words or self.state.label or "项目资金"
        before, _, clause = lead.rpartition("，")
        level = stage in (Stage.INITIAL, Stage.BUDGET) and not self.state.wholes
        alone = not any(f.figure.is_money for f in self.facts[self.first :])
        bare = re.search(r"[一-鿿]", _TIMELESS.sub("", without_stage(clause))) is None
        return "项目预算" if level and before and alone and bare and "用于" not in before else ""

    def _is_item(self, words: str, lead: str) -> bool:
        """Whether a noun names a line of a project's money."""
        state, in_project = self.state, self.context.in_project
        top = self.facts[state.wholes[-1]].key if state.wholes else ""
        if top in ("expenditure.project", "funds.total", "funds.item"):
            return True
        if "用于" in lead and self.context.subject[0] not in _PARTS - {"expenditure.project"}:
            return True
        if in_project and (state.wholes or "用于" in self.sentence.text):
            return True
        return _ITEM_END.search(words) is not None and (in_project or state.key in ("expenditure.project", "funds.total", "funds.item"))

    def _summed(self, lead: str) -> str:
        """The key of “…，合计150万元”: the whole of the parts just named; of a project its funds."""
        if self.context.in_project:
            return "funds.total" if re.search(r"(?:合计|共计|总计|总额|总金额)(?:为|达|约)?$", lead) and not self.state.wholes else ""
        side = self.state.key.partition(".")[0]
        return f"{side}.total" if _SUM.fullmatch(lead) and side in ("income", "expenditure") and self.state.own else ""

    def _take(self, label: Label) -> None:
        key, words = self._meaning(label, None, label.start)
        if key != UNPLACED:
            self.state.key, self.state.label, self.state.own = key, words, True

    def _change(self, number: Number, figure: Figure, key: str, lead: str, change: re.Match[str]) -> None:
        named = noun_before(lead[: change.start()])
        words = f"{self.state.label if self.state.own or not named else named}{change['way'] or change['more']}"
        subject = self.state.key if self.state.own or not named else ""
        self._emit(number, figure, key, words, lead, subject=subject, stage=Stage.UNSTATED)

    def _apart(self, cursor: int, number: Number, following: Sequence[Number]) -> bool:
        """Fill the queue for “A、B分别为X和Y”; false when there are not two things before 分别."""
        found = [x for x in self.labels if cursor <= x.start and x.end <= number.start]
        names = [self._meaning(x, None, x.start) for x in found]
        unit = number.figure.unit
        run = 1 + sum(1 for f in following if f.mention.kind == "number" and f.figure.unit in (unit, ""))
        stages = [s for b, e, s in self.stages if cursor <= b and e <= number.start]
        years = [int(n.figure.value) for n in self.line.numbers if n.mention.kind == "year" and cursor <= n.start < number.start]
        subject = (names[-1][0], names[-1][1]) if names else (self.state.key, self.state.label)
        queue: list[Waiting] = []
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
