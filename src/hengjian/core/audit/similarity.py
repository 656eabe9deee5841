"""How alike two Chinese texts are, and whether two indicator names name the same thing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from hengjian.core.audit.words import words

_DROP = re.compile(r"[^0-9a-z\u3400-\u9fff\U00020000-\U0003ffff%≥≤=<>]")
_ORDER = re.compile(r"^(?:指标)?[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）.、．:：]\s*")


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """Full width to half width, lower case, without blanks, punctuation and a leading list number."""
    folded = unicodedata.normalize("NFKC", text).lower().strip()
    return _DROP.sub("", _ORDER.sub("", folded))


def likeness(first: str, second: str) -> float:
    """0 to 1: twice the common characters over all characters, after ``normalise``."""
    return fuzz.ratio(normalise(first), normalise(second)) / 100


def same_text(first: str, second: str) -> bool:
    """Equal but for blanks, width and punctuation, and not empty."""
    return bool(normalise(first)) and normalise(first) == normalise(second)


@lru_cache(maxsize=8192)
def core_name(text: str) -> str:
    """A name without the words that do not tell indicators apart (指标, 情况, 本年度 …)."""
    name = normalise(text)
    for soft in words("names")["soft"]:
        name = name.replace(soft, "")
    return name or normalise(text)


@lru_cache(maxsize=65536)
def same_name(first: str, second: str) -> bool:
    """The same indicator by its name: similarity ≥ 0.9 and no character that tells two measures apart.

    求决类初访化解率 and 求决类重访化解率 are alike to 0.9 and more, yet two measures; so a replaced character
    always separates, and an added one does when it stands in the list of telling characters (不, 重, 新 …).
    """
    one, two = core_name(first), core_name(second)
    if not one or not two:
        return False
    return one == two or (fuzz.ratio(one, two) >= 90 and not _telling(one, two))


def _telling(one: str, two: str) -> bool:
    """Whether the difference between two alike names changes what they measure."""
    operations = [o for o in Indel.opcodes(one, two) if o.tag != "equal"]
    removed = "".join(one[o.src_start : o.src_end] for o in operations)
    added = "".join(two[o.dest_start : o.dest_end] for o in operations)
    if removed and added:
        return True
    return any(c in words("names")["telling"] or c.isdigit() for c in removed + added)


def shares_words(first: str, second: str) -> bool:
    """Whether two texts have a run of two Chinese characters in common that is not a filler word."""
    return bool(_pairs(first) & _pairs(second))


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    plain = normalise(text)
    for filler in words("names")["filler"]:
        plain = plain.replace(filler, " ")
    return frozenset(p for p in (plain[i : i + 2] for i in range(len(plain) - 1)) if " " not in p and not p.isascii())
