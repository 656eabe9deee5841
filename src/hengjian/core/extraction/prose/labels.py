"""The words that say what an amount is, found in one pass over a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from hengjian.core.extraction import terms
from hengjian.core.extraction.units import trie
from hengjian.core.facts import FACT_KEYS, UNPLACED, fact_key

SIDES = ("income", "expenditure", "funds")
_OPTION = re.compile(r"\[([^\]]*)\]")
_DROPPED = str.maketrans("", "", "“”\"‘’ ")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word stands for: one key, or one for each side of the budget."""

    key: str = ""
    income: str = ""
    expenditure: str = ""
    funds: str = ""

    def on(self, side: str) -> str:
        """The key on a side; without a side the only key, or the first that there is."""
        sided = {"income": self.income, "expenditure": self.expenditure, "funds": self.funds}.get(side, "")
        return sided or self.key or self.income or self.expenditure or self.funds

    @property
    def side(self) -> str:
        """The side that the word itself decides, or empty."""
        return self.key.partition(".")[0] if self.key.partition(".")[0] in ("income", "expenditure") else ""


@dataclass(frozen=True, slots=True)
class Label:
    """A label at its span of the squeezed text."""

    meaning: Meaning
    start: int
    end: int


def find_labels(text: str) -> list[Label]:
    """Every label word, longest first, without overlaps."""
    meanings = _meanings()
    return [Label(meanings[m[0]], m.start(), m.end()) for m in _pattern().finditer(text)]


def part_of(whole: str, words: str) -> str:
    """The key of a short name behind 其中 of its whole (购置费 of 公务用车购置及运行费), or empty."""
    return _parts().get((whole, words), "")


@cache
def _parts() -> dict[tuple[str, str], str]:
    return {(entry["of"], word): entry["key"] for entry in terms.load("facts")["part"] for word in entry["words"]}


def measure_of(key: str) -> str:
    """``money``, ``rate`` … of a key; ``any`` for unplaced ones."""
    return fact_key(key).measure


def is_ancestor(whole: str, part: str) -> bool:
    """Whether amounts of ``part`` are contained in amounts of ``whole`` by the table of keys."""
    probe = _parent(part)
    while probe:
        if probe == whole:
            return True
        probe = _parent(probe)
    return False


def distance(whole: str, part: str) -> int:
    """Minus the number of steps from a part up to its whole: the nearest whole is the greatest."""
    steps, probe = 0, part
    while probe and probe != whole:
        steps, probe = steps + 1, _parent(probe)
    return -steps


def _parent(key: str) -> str:
    if key == UNPLACED:
        return ""
    if key in FACT_KEYS:
        return FACT_KEYS[key].parent
    return fact_key(key).parent


@cache
def _meanings() -> dict[str, Meaning]:
    found: dict[str, Meaning] = {}
    for entry in terms.load("facts")["label"]:
        meaning = Meaning(entry.get("key", ""), *(entry.get(side, "") for side in SIDES))
        for word in entry["words"]:
            for spelling in spellings(word):
                found.setdefault(spelling, meaning)
    for code, names in terms.load("functions")["classes"].items():
        meaning = Meaning(f"expenditure.function.{code}")
        for name in names:
            if not name.endswith("支出"):
                found.setdefault(f"{name}支", meaning)
            for spelling in spellings(name if name.endswith(("支出", "费", "费用")) else f"{name}[（类）][支出][（类）]"):
                found.setdefault(spelling, meaning)
    return found


def spellings(word: str) -> Iterator[str]:
    """Every spelling of a word with optional parts: ``a[b]c`` gives ``abc`` and ``ac``."""
    match = _OPTION.search(word)
    if match is None:
        yield word.translate(_DROPPED)
        return
    for middle in (match[1], ""):
        yield from spellings(word[: match.start()] + middle + word[match.end() :])


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(trie(_meanings()))
