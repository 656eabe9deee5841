"""What an amount in a table is, from the words of its row, its column and its surroundings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from hengjian.core.extraction.prose.labels import find_labels
from hengjian.core.extraction.terms import bare, fold, load, pattern
from hengjian.core.facts import FACT_KEYS, UNPLACED, fact_key
from hengjian.core.report import Stage

_UNIT_IN = re.compile(r"[(（]\s*(?:单位[:：])?\s*(百元|千元|万元|亿元|元|人|个|%|％|㎡|平方米|m2|m²|辆|台|次|批次|分)\s*[)）]|单位[:：]\s*(百元|千元|万元|亿元|元|人)")
_YEAR = re.compile(r"((?:19|20)\d{2})年?")
_CODE = re.compile(r"(?P<code>\d{3}|\d{5}|\d{7})[ 　.、-]*(?=[一-鿿]|$)")
_QUOTES = str.maketrans("", "", "“”\"‘’'「」")
_POSTS = ("staff.authorised", "staff.actual")
_REMAINDERS = ("balance.", "funds.carryover", "funds.midterm")
"""Columns that hold another amount of their row than its budget or execution."""
_THIS_YEAR = re.compile(r"(?:本|当|今)年度?(?:预算|决算|执行|实际|支出|完成)?(?:数|金额|情况|额)?")
_LAST_YEAR = re.compile(r"(?:上|去|前一|上一)年度?(?:同期)?(?:预算|决算|执行|实际|支出|完成)?(?:数|金额|情况|额)?")
_ACCOUNTS = re.compile(r"(决算|预算)(?:总|明细|公开)?表")
_DEFAULT_UNITS = {"people": "人", "rate": "%", "score": "分", "area": "㎡", "count": ""}


@dataclass(frozen=True)
class Words:
    """All the words that stand around a figure. ``path`` are the column headers, top to bottom; ``sides`` the labels
    left of the row's own label, nearest first."""

    label: str = ""
    path: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    caption: str = ""
    unit: str = ""
    year: int | None = None
    in_project: bool = False

    @property
    def header(self) -> str:
        """The lowest column header."""
        return self.path[-1] if self.path else ""

    @property
    def contexts(self) -> frozenset[str]:
        near = [*self.sides, *self.path[:-1]]
        found = {
            name
            for name in ("funds", "three_public", "income", "expenditure", "plan", "procurement", "band")
            if any(pattern("lines", "context", name).search(_plain(t)) for t in near)
        }
        if self.in_project and not found & {"income", "expenditure", "three_public"}:
            found.add("funds")
        found |= {n for n in ("three_public", "procurement") if pattern("lines", "context", n).search(_plain(self.caption))}
        if "基础数据" in self.caption or any("经费控制" in s for s in (*self.sides, *self.path)):
            found.add("base")
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Meaning:
    """Key, stage, year and unit of a figure, and the label to print."""

    key: str
    stage: Stage = Stage.UNSTATED
    year: int | None = None
    unit: str = ""
    label: str = ""


def meaning(words: Words) -> Meaning:
    """The meaning of one figure by the words around it."""
    key = _key(words)
    if (is_midterm("".join(words.path)) and key != "funds.midterm") or "预计" in words.header or "预计" in words.label:
        key = UNPLACED
    year = _year(words)
    staged = _has_stage(key) and "预计" not in words.header and not _is_points(words)
    stage = _stage(words) if staged else Stage.UNSTATED
    return Meaning(key, stage, year, _unit(words, key), _label(words, key))


def is_midterm(text: str) -> bool:
    """中期, 实施期: more than one year."""
    return re.search(r"中期|实施期|中长期", text) is not None


def _is_points(words: Words) -> bool:
    """Whether the column holds weights or scores."""
    return is_column(words.header, "weight") or is_column(words.header, "score")


def _plain(text: str) -> str:
    return bare(text).translate(_QUOTES)


def is_column(text: str, kind: str) -> bool:
    """Whether a column header is of a kind of ``lines.toml`` [columns]."""
    return bool(text) and pattern("lines", "columns", kind).fullmatch(_plain(text)) is not None


def _key(words: Words) -> str:
    header, contexts = _plain(words.header), words.contexts
    by_label = line_key(words.label, contexts)
    if ("plan" in contexts or pattern("lines", "context", "plan").search(_plain(words.label))) and (is_column(header, "period") or is_column(words.label, "period")):
        return "plan.percent"
    if is_column(header, "weight") or is_column(header, "score") or pattern("lines", "columns", "execution_rate").search(header):
        return _execution(words, header, by_label, contexts)
    if is_column(header, "change"):
        return "change.amount" if not pattern("lines", "columns", "rate").search(fold(words.header)) else "rate.change"
    by_header = line_key(words.header, contexts)
    if by_header.startswith("staff."):
        return _staff(by_header, words.label)
    over = next((k for t in reversed(words.path[:-1]) if (k := line_key(t, contexts)) in _POSTS), "")
    if over:
        return _staff(over, words.header)
    if by_label.startswith("staff.") and by_header == UNPLACED:
        return by_label
    if pattern("lines", "columns", "rate").search(header) and fact_key(by_header).measure != "rate":
        return UNPLACED
    return _choose(by_label, by_header, words)


def _choose(by_label: str, by_header: str, words: Words) -> str:
    """Row before column; the total of a row takes the word of its column (基本支出 | 项目支出).

    A class in the column of a part (一般公共服务 in the column 基本支出) has no key: it is neither the one nor the other.
    """
    if by_header.startswith("building."):
        return by_header
    if words.path and _only_stage(words.label):
        return "funds.total" if is_column(words.header, "total") and "funds" in words.contexts else by_header
    if by_label == UNPLACED:
        if by_header == UNPLACED and _side(words):
            return "balance.grand_total"
        if not _is_item(words):
            return by_header
        return "funds.item" if by_header in ("funds.total", "funds.received") else UNPLACED
    if by_header in (UNPLACED, by_label, "expenditure.total", "income.total", "funds.total"):
        return by_label
    if is_column(words.label, "total") or by_label == "funds.total":
        return by_header
    if by_header.startswith(_REMAINDERS):
        return UNPLACED
    return by_label if by_label.startswith("funds.") else UNPLACED


def _only_stage(label: str) -> bool:
    """预算 or 执行数 at the left: sources stand over the columns."""
    return pattern("lines", "stages", "label").fullmatch(_plain(label)) is not None


def _side(words: Words) -> str:
    """收入 or 支出 where one side of an account is closed by 总计; else empty."""
    sides = words.contexts & {"income", "expenditure", "funds"}
    if _plain(words.label) != "总计" or len(sides) != 1:
        return ""
    return {"income": "收入", "expenditure": "支出"}.get(next(iter(sides)), "")


def _is_item(words: Words) -> bool:
    """A row with a name of its own that no table knows: its column says the whole, not the part."""
    return bool(_plain(words.label)) and not is_column(words.label, "total")


def _execution(words: Words, header: str, by_label: str, contexts: frozenset[str]) -> str:
    block = not words.sides and bool(pattern("lines", "context", "funds").search(_plain(words.label)))
    main = by_label in ("funds.total", "expenditure.total") or (by_label == UNPLACED and words.in_project and not words.label)
    if pattern("lines", "columns", "execution_rate").search(header):
        return "execution.rate" if main or (words.in_project and by_label == UNPLACED and block) else UNPLACED
    if not main or ("funds" not in contexts and "预算执行" not in words.caption):
        return UNPLACED
    return "execution.score" if is_column(header, "score") else "execution.weight"


def _staff(key: str, label: str) -> str:
    plain = _plain(label)
    if key not in _POSTS:
        return key
    for kind in ("administrative", "institution", "worker"):
        if pattern("lines", "staff", kind).fullmatch(plain):
            return f"{key}.{kind}"
    own = line_key(label, frozenset())
    if own in ("staff.retired", "staff.temporary"):
        return own
    return key if pattern("lines", "staff", "whole").fullmatch(plain) or "供养" in plain or "人员" in plain else UNPLACED


def line_key(label: str, contexts: frozenset[str]) -> str:
    """The fact key of a row or column label; ``unplaced`` when no table knows it."""
    plain = _plain(label)
    plain = re.sub(r"^(?:19|20)\d{2}年度?", "", plain)
    if not plain:
        return UNPLACED
    if (code := _CODE.match(plain)) is not None and (found := _coded(code["code"], plain)):
        return found
    for key, when, words in _lines():
        if (not when or when in contexts) and words.fullmatch(plain):
            return key
    return _from_vocabulary(label, plain, contexts)


def _coded(code: str, plain: str) -> str:
    """Functional and economic classes by their code; their sub-classes have no key."""
    if len(code) > 3:
        return UNPLACED
    if code in load("functions")["classes"]:
        return f"expenditure.function.{code}"
    return f"expenditure.economic.{code}" if re.match(r"30[1-9]|31[0-3]|399", code) and len(plain) > 3 else ""


def _from_vocabulary(label: str, plain: str, contexts: frozenset[str]) -> str:
    folded = fold(label).translate(_QUOTES).replace("(", "（").replace(")", "）")
    for text in (plain, re.sub(r"^(?:其中[:：]?)?(?:\d+[、.]|[（(]?[一二三四五六七八九十\d]+[）)、])", "", folded).rstrip(":：")):
        for found in find_labels(text):
            if found.start == 0 and found.end == len(text):
                side = "funds" if "funds" in contexts else next((s for s in ("income", "expenditure") if s in contexts), "")
                return _known(found.meaning.on(side))
    return UNPLACED


def _known(key: str) -> str:
    try:
        fact_key(key)
    except KeyError:
        return UNPLACED
    return key if key in FACT_KEYS or key.startswith("expenditure.") else UNPLACED


@cache
def _lines() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple(
        (str(e["key"]), str(e.get("when", "")), re.compile("|".join(f"(?:{n})" for n in e["names"])))
        for e in load("lines")["line"]
    )


def _has_stage(key: str) -> bool:
    return key == UNPLACED or (fact_key(key).measure == "money" and not key.startswith(("building.", "change.")))


_SOURCES = re.compile(r"(?:一般公共|公共财政|政府性基金|国有资本经营|社会保险基金)预算(?!数|金额|安排)|年初(?=.{0,8}(?:结转|结余))")
"""Names of budgets and of balances: they say where money comes from and not at which stage it is."""


def stage_in(text: str) -> Stage | None:
    """The stage that words name, or ``None``."""
    plain = _SOURCES.sub("", fold(text))
    for stage, words in _stage_words():
        if words.search(plain):
            return stage
    return None


@cache
def _stage_words() -> tuple[tuple[Stage, re.Pattern[str]], ...]:
    return tuple((Stage(e["stage"]), re.compile("|".join(e["words"]))) for e in load("lines")["stages"]["search"])


def _stage(words: Words) -> Stage:
    for text in (*reversed(words.path), words.label):
        if (stage := stage_in(text)) is not None:
            return stage
    if (match := _ACCOUNTS.search(words.caption)) is not None and not words.in_project:
        return Stage.EXECUTED if match[1] == "决算" else Stage.BUDGET
    return next((s for t in words.sides if "(" not in fold(t) and (s := stage_in(t)) is not None and len(t) < 8), Stage.UNSTATED)


def _year(words: Words) -> int | None:
    for text in (*reversed(words.path), words.label):
        if match := _YEAR.search(fold(text)):
            return int(match[1])
    for text in words.path:
        if words.year and _LAST_YEAR.fullmatch(_plain(text)):
            return words.year - 1
        if words.year and _THIS_YEAR.fullmatch(_plain(text)):
            return words.year
    return None


def unit_in(text: str) -> str:
    """The unit that a label or header gives in brackets."""
    match = _UNIT_IN.search(text)
    unit = (match[1] or match[2]) if match else ""
    return {"％": "%", "m2": "㎡", "m²": "㎡"}.get(unit, unit)


def _unit(words: Words, key: str) -> str:
    measure = fact_key(key).measure
    if measure in _DEFAULT_UNITS:
        return unit_in(words.header) or unit_in(words.label) or _DEFAULT_UNITS[measure]
    if key == UNPLACED and _is_points(words):
        return "分"
    if key == UNPLACED and (pattern("lines", "columns", "rate").search(_plain(words.header)) or "%" in fold(words.header)):
        return "%"
    for text in (*reversed(words.path), words.label, *words.sides):
        if unit := unit_in(text):
            return unit
    if measure == "money" or _sounds_like_money(words):
        return words.unit
    return ""


def _sounds_like_money(words: Words) -> bool:
    text = "".join(_plain(t) for t in (*words.path, words.label))
    if re.search(r"人数|人员数|数量|面积|个数|次数|批次|行次|序号|辆|编制|得分|分值|权重|分数", _plain(words.header)):
        return False
    return re.search(r"预算|决算|执行数|支出|收入|金额|资金|经费|拨款|费用?$|合计|投资|到位|结余|结转|下达|拨付|支付|补助|补贴|配套|缺口", text) is not None


def _label(words: Words, key: str) -> str:
    if key == "balance.grand_total":
        return _side(words) + _shown(words.label)
    parts: Sequence[str] = [_shown(words.label), _shown(words.header)]
    if not parts[0] or not parts[1]:
        return parts[0] or parts[1] or FACT_KEYS.get(key, FACT_KEYS[UNPLACED]).label
    return f"{parts[0]} {parts[1]}" if key == UNPLACED or key.startswith(("execution.", "rate.", "change.")) else parts[0]


def _shown(text: str) -> str:
    return "".join(text.split()).strip(":：")
