"""Whether an amount of the running text is surely what its label says: its own words, one subject, the whole unit."""

from __future__ import annotations

import re

from hengjian.core.audit.catalogue import Case
from hengjian.core.audit.ledger import Ledger, clause_before, ledger_of
from hengjian.core.document import Document
from hengjian.core.report import Fact

_EMPTY_WORDS = re.compile(
    r"20\d\d|截[至止到]|月(?:底|末|份)?|[日一二三四五六七八九十]|[\d\s.“”\"'：:（）()，,%的]|年度|(?:本|当|今|全)年度?|年初|年末|年|我局|我单位|我办|我委|本单位|本部门|本局|单位|部门|其中|另有|另外|包括|包含|"
    r"主要用于|用于|保障|合计|总计|共计|总额|累计|分别|全部|实际|安排|决算|预算|执行|支出|收入|经费|资金|财政|拨款|完成|实现|发生|"
    r"列支|开支|使用|支付|金额|规模|数额|数|额|总|共|约|近|为|是|达到|达|到|由|从|至|以及|和|及|与|含|类|款|项|批复|下达|调整后|调整|追加后|核定|"
    r"一般公共|政府性基金|国有资本经营|本级|一是|二是|三是|四是|机关|日常|费用|费|科目|按|功能|分类|经济|情况|上|在|中|部分|方面|县|市|区|省|州|镇|乡|街道"
)
_SOURCE = re.compile(r"一般公共预算|政府性基金|国有资本|财政拨款|专户|非财政|自有|其他资金|上级|中央|省级|市级")
_PROJECT_BEFORE = re.compile(
    r"[“\"《](?!三公)[^”\"》]{2,40}[”\"》](?:等)?(?:项目|专项|工程|经费|资金|补助|活动|平台|任务|[：:，]|$)"
    r"|项目[一二三四五六七八九十\d]+[：:、]"
    r"|^\s*(?:[（(]\d{1,2}[）)]|\d{1,2}[.．、）)](?!\d)|[①-⑳])\s*(?P<title>[\u4e00-\u9fff]{2,20}(?<!人员)(?<!公用)(?<!机关运行)(?:经费|项目|专项|资金|补助|补贴|工程|建设|采购|购置|改造|维护|活动)(?:项目|经费)?)[。：:]"
    r"|(?:^|[。；;、）)：:\d.．])(?P<name>[\u4e00-\u9fff]{2,30}?(?:项目|工程|专项|行动|专项资金|工作经费|补助资金|补助经费|补助))(?:全年|年初|年度|预算|资金|安排|实际|共|投入|支出|[：:，。])"
)
_NO_PROJECT = re.compile(r"^(?:[\u4e00-\u9fff]{0,8}(?:各|全部|所有|其他|其余|个|类|实施|级|年|部门|预算)(?:项目|专项))$|^(?:项目|专项)$|项目支出|全部项目|(?:专项|项目|财政|预算|部门|自有|到位)资金$|各项目|预算项目|三公")
_PER_HEAD = re.compile(r"每(?:人|月|户|亩|场|件|次|天|年|名|平方|公里|批)|人均|户均|次均|均价|单价|标准|限额|起付")
_OF_SEVERAL = re.compile(r"\d+个[\u4e00-\u9fff]{0,8}项目|项目\d+个|(?:各|上述|以上|这些|纳入自评的)[\u4e00-\u9fff]{0,4}项目")
_HEADING = re.compile(r"^\s*(?:第[一二三四五六七八九十]+部分|[（(]?[一二三四五六七八九十]+[）)、.．]|[（(]?\d{1,2}[）)、.．](?!\d)|[①-⑳])")

_RUN_IN = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])?\s*(?P<words>[^\d，,。；;：:]{2,16})[。：:]")
_ITEM_OF_MONEY = re.compile(r"三公|(?:基本|项目|公用|人员|采购|购置|维修)(?:支出|经费)$|采购$")
_WHOLES = ("expenditure.total", "income.total")


class Certainty:
    """Knows the paragraphs of a document, so that an amount can be asked what stands around it."""

    def __init__(self, document: Document, ledger: Ledger) -> None:
        self._ledger = ledger
        self._paragraphs = {(p.place.block, p.place.paragraph): n for n, p in enumerate(document.paragraphs)}
        self._texts = [p.text for p in document.paragraphs]

    def is_sure(self, fact: Fact) -> bool:
        """Whether the amount is surely one of its label and of the fact's scope. Amounts of tables always are."""
        if fact.source == "table":
            return True
        if not self.is_named(fact) or _PER_HEAD.search(clause_before(fact)):
            return False
        if fact.key in _WHOLES and not self._keeps_to_the_whole(fact):
            return False
        return bool(fact.scope) or not self.is_of_a_project(fact)

    def _keeps_to_the_whole(self, fact: Fact) -> bool:
        """Not so a bare amount behind an item's heading in its own paragraph: （三）项目支出。支出354.37万元."""
        number = self._paragraphs.get((fact.place.block, fact.place.paragraph))
        if number is None or _core(clause_before(fact)):
            return True
        heading = _RUN_IN.match(self._texts[number][: fact.place.start])
        return heading is None or not _ITEM_OF_MONEY.search(heading["words"])

    def is_named(self, fact: Fact) -> bool:
        """Whether an amount stands in a table, or the words right before the amount are its label, or say nothing and follow amounts of that label only."""
        if fact.source == "table":
            return True
        words = _core(clause_before(fact))
        label = _core(fact.label)
        if fact.scope:
            words = re.sub(r"^(?:该|本)?项目", "", words) if not label else words
            label = label or _core(fact.scope)
        if not words:
            return self._carries_on(fact)
        return words in label or label.endswith(words) or (bool(label) and words == label)

    def _carries_on(self, fact: Fact) -> bool:
        """A bare amount is of the sentence's one subject; an empty label (支出合计) needs none."""
        own = "".join(fact.label.split())
        if own and own in clause_before(fact).replace(" ", ""):
            return True
        before = [f for f in self._ledger.beside(fact) if f.figure.is_money and f.place.start < fact.place.start]
        return all(f.key == fact.key or f.key.startswith(("change.", "expenditure.adjustment")) for f in before)

    def is_of_a_project(self, fact: Fact) -> bool:
        """Whether a project is named before the amount: in its paragraph, or as the heading above it."""
        number = self._paragraphs.get((fact.place.block, fact.place.paragraph))
        if number is None:
            return False
        text = self._texts[number][: fact.place.start] if fact.place.start else self._texts[number]
        several = fact.key != "expenditure.project" and _OF_SEVERAL.search(sentence_before(fact))
        return bool(several) or names_a_project(text) or _is_project_heading(self._heading(number))

    def _heading(self, number: int) -> str:
        """The nearest short numbered line above."""
        for text in reversed(self._texts[max(0, number - 12) : number]):
            line = text.strip()
            if line and len(line) <= 40 and _HEADING.match(line) and not line.endswith(("。", "；")):
                return line
        return ""

    def sources(self, fact: Fact) -> frozenset[str]:
        """The sources of money that the words before the amount, its label or its heading name."""
        if fact.source == "table":
            return frozenset(_SOURCE.findall(fact.label))
        number = self._paragraphs.get((fact.place.block, fact.place.paragraph))
        heading = self._heading(number) if number is not None else ""
        return frozenset(_SOURCE.findall(f"{heading}，{sentence_before(fact)}，{fact.label}"))


def certainty_of(case: Case) -> Certainty:
    """The certainty of a case's report, made once."""
    memory = ledger_of(case.report).memory
    if "certainty" not in memory:
        memory["certainty"] = Certainty(case.document, ledger_of(case.report))
    made = memory["certainty"]
    assert isinstance(made, Certainty)
    return made


def sentence_before(fact: Fact) -> str:
    """The words of the sentence before an amount."""
    offset = fact.place.start - fact.sentence.place.start
    return fact.sentence.text[:offset] if 0 < offset <= len(fact.sentence.text) else ""


def is_bare(fact: Fact) -> bool:
    """Whether the words right before an amount name nothing: 年初预算, 全年支出, 决算数为."""
    return fact.source != "table" and not _core(clause_before(fact))


def _core(words: str) -> str:
    """What is left of words once everything that names nothing is gone."""
    return _EMPTY_WORDS.sub("", re.sub(r"\d[\d,.]*\s*(?:万元|亿元|元|人|个|%)?", "", words))


def names_a_project(text: str) -> bool:
    """Whether a text tells of a single project: “某某”项目, 项目一：, 某某工程全年预算."""
    return any(not _NO_PROJECT.search(found["name"] or found["title"] or "") for found in _PROJECT_BEFORE.finditer(text))


def _is_project_heading(line: str) -> bool:
    words = _HEADING.sub("", line).strip()
    quoted = re.search(r"[“\"](?!三公)[^”\"]{2,}[”\"]", words)
    named = re.search(r"(?:项目|工程|专项|补助|补贴|工作经费|专项资金)(?:[（(].*[）)])?[：:。]?$", words)
    general = re.search(r"支出|收支|情况|绩效|预算|管理|概况|自评", words)
    return bool(quoted) or bool(named and not general)
