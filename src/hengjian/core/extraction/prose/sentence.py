"""One sentence and what it has said so far: labels, stages, wholes, and the facts that come of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from hengjian.core.extraction import terms
from hengjian.core.extraction.prose.context import Context
from hengjian.core.extraction.prose.labels import Label, distance, is_ancestor, measure_of
from hengjian.core.extraction.prose.lines import Line, Number
from hengjian.core.extraction.prose.phrases import noun_before
from hengjian.core.facts import UNPLACED
from hengjian.core.figures import Figure
from hengjian.core.report import Fact, Stage

_STAGES = {"adjustment": Stage.ADJUSTMENT, "initial": Stage.INITIAL, "budget": Stage.BUDGET, "executed": Stage.EXECUTED}
GENERIC = frozenset({"收入", "支出", "经费支出", "资金支出"})
"""Words that are a total only when nothing names them more closely."""
_BETWEEN = re.compile(r"(?:决算|预算|年初|全年|实际|的|总|财政拨款|年度|本年|当年|：|共|合计|累计)*")
_OPEN = frozenset({UNPLACED, "funds.item", "activity.count", "expenditure.function_item", "public.item", "personnel.item"})
"""Keys that 其中 can put under any amount."""
Waiting = tuple[str, str, Stage | None, int | None]
"""Key, words, stage and year of a number that 分别为 has announced."""


@dataclass
class State:
    """What a sentence has said so far."""

    side: str = ""
    key: str = ""
    label: str = ""
    stage: Stage = Stage.UNSTATED
    year: int | None = None
    last: int = -1
    """Index of the last amount."""
    wholes: list[int] = field(default_factory=list)
    queue: list[Waiting] = field(default_factory=list)
    """Label, key, stage, year for the numbers of 分别为."""
    staff_side: str = ""
    staff_type: str = ""
    staff_run: int = 0
    """How many numbers of authorised posts by kind the clause chain has given."""
    listing: bool = False
    own: bool = False
    """Whether the subject was named in this very sentence."""


class Sentence:
    """One sentence of a paragraph. ``facts`` is the document's list, to which it adds."""

    def __init__(
        self, facts: list[Fact], line: Line, context: Context, state: State, span: tuple[int, int, int],
        labels: Sequence[Label], stages: Sequence[tuple[int, int, Stage]],
    ) -> None:  # fmt: skip
        self.facts, self.line, self.context, self.state = facts, line, context, state
        self.begin, self.end, index = span
        self.labels, self.stages = labels, stages
        self.sentence = line.words(self.begin, self.end)
        self.group = f"{line.place.block}.{line.place.paragraph}.{index}"
        self.first = len(facts)
        goes_on = re.match(r"其中|包括|分别", line.text[self.begin : self.end]) is not None
        state.last = self._whole_before() if goes_on else -1
        state.stage = state.stage if goes_on else Stage.UNSTATED

    def _whole_before(self) -> int:
        """What an 其中 at the beginning of a sentence divides: the last level of the sentence before, no remainder."""
        facts, last = self.facts, self.state.last
        if last < 0:
            return -1
        same = [i for i in range(last, -1, -1) if facts[i].group == facts[last].group and facts[i].figure.is_money]
        levels = [i for i in same if not facts[i].key.startswith(("balance.", "change.")) and facts[i].key != UNPLACED]
        return levels[0] if levels else last

    def _label(self, start: int, end: int, measure: str) -> Label | None:
        """The last label of the right measure between two offsets."""
        found = [x for x in self.labels if start <= x.start and x.end <= end and measure_of(x.meaning.on("")) == measure]
        if len(found) >= 2 and self._words(found[-1]) in GENERIC:
            gap = self.line.text[found[-2].end : found[-1].start]
            if _BETWEEN.fullmatch(gap) and self._words(found[-2]) not in GENERIC:
                found.pop()
        while found and measure == "money" and re.match(r"中[，：]?(?!央)[一-鿿]{3,}", self.line.text[found[-1].end : end]):
            found.pop()
        while found and measure == "money" and "用于" in self.line.text[found[-1].end : end]:
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
                found = self._initial_too(stage, self.line.text[begin:finish])
        if found is None and label is not None:
            words = self._words(label)
            behind = self.line.text[label.end : label.end + 2]
            spent = "支出" in (words[-2:], behind) and self.context.in_project and not self.context.sets_targets
            if spent or words.startswith("实际") or self._spends_its_budget(label):
                return Stage.EXECUTED
            listed = "用于" in self.line.text[self.begin : label.start]
            if self.context.in_project and not listed and re.search(r"资金|投资|经费", words) and label.meaning.on("funds") == "funds.total":
                return Stage.BUDGET
            found = Stage.BUDGET if words.endswith(("预算", "预算总额")) and "一般公共" not in words and "基金" not in words else None
        return found

    def _spends_its_budget(self, label: Label) -> bool:
        """“三公经费预算4.20万元，支出2.93万元”: bare 支出 right behind the budget of a part is what was spent of it."""
        state, text = self.state, self.line.text
        part = state.own and state.key not in (UNPLACED, "expenditure.total") and not state.key.startswith(("income.", "balance.", "funds."))
        planned = state.stage in (Stage.INITIAL, Stage.BUDGET)
        return part and planned and self._words(label) == "支出" and text[label.start - 1] in "，、" and "；" not in text[label.start - 1]

    def _initial_too(self, stage: Stage, words: str) -> Stage:
        """“年初预算3018万元，其中基本支出预算2598万元”: a part's bare 预算 is at the stage of its whole."""
        bare = stage is Stage.BUDGET and re.search(r"全年|调整|年度|目标|计划", words) is None
        whole = self.facts[self.state.wholes[-1]] if self.state.wholes else None
        return Stage.INITIAL if bare and whole is not None and whole.stage is Stage.INITIAL else stage

    def _noun(self, start: int, end: int) -> str:
        return noun_before(self.line.text[start:end])

    def _last_label(self) -> str:
        facts = self.facts
        return facts[-1].label if len(facts) > self.first else self.state.label

    def _emit(
        self, number: Number, figure: Figure, key: str, words: str, lead: str, *,
        stage: Stage = Stage.UNSTATED, year: int | None = None, subject: str = "", aside: bool = False,
    ) -> None:  # fmt: skip
        state, facts = self.state, self.facts
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
        facts, state = self.facts, self.state
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
        if facts[top].key == "expenditure.adjustment" and key not in _OPEN:
            return -1
        opening = key == "balance.opening" and facts[top].key.startswith("income.")
        kin = opening or facts[top].key == "balance.grand_total" or key in _OPEN or (not key.startswith("staff.") and key.partition(".")[0] == facts[top].key.partition(".")[0])
        return top if kin and not is_ancestor(key, facts[top].key) else -1


@cache
def _stage_pattern() -> re.Pattern[str]:
    table = terms.load("stages")
    groups = [f"(?P<{name}>{'|'.join(sorted(table[name], key=len, reverse=True))})" for name in _STAGES]
    return re.compile("|".join(groups))


def find_stages(text: str) -> list[tuple[int, int, Stage]]:
    return [(m.start(), m.end(), _STAGES[m.lastgroup or "budget"]) for m in _stage_pattern().finditer(text)]
