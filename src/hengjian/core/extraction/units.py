"""Units behind numbers, made of the table ``terms/units.toml``: counters, with 万 before them, with 次 behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hengjian.core.extraction import terms


def trie(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, longest first; much faster than a plain alternation."""
    root: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(root)


def _branch(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    ends = "" in node
    branches = [re.escape(char) + _branch(rest) for char, rest in node.items() if char]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and not ends else "(?:" + "|".join(branches) + ")"
    return f"{body}?" if ends else body


def _units() -> Iterator[str]:
    large = ("", *terms.strings("units", "large"))
    for counter in (*terms.strings("units", "counters"), *(f"{c}次" for c in terms.strings("units", "times"))):
        yield from (f"{size}{counter}" for size in large)
    for pair in terms.strings("units", "pairs"):
        yield from (pair, f"万{pair}")
    yield from terms.strings("units", "plain")
    for money in terms.strings("units", "money"):
        yield money
        yield from (f"{money}/{piece}" for piece in terms.strings("units", "per"))


UNITS: tuple[str, ...] = tuple(dict.fromkeys(_units()))
"""Every unit as printed."""


UNIT = trie(UNITS)
"""A regular expression for one unit, the longest that fits."""
_NOT_BEFORE: dict[str, frozenset[str]] = {c: frozenset(following) for c, following in terms.load("units")["not_before"].items()}


def begins_longer_word(unit: str, following: str) -> bool:
    """Whether what looks like a unit is the beginning of another word: 对照, 口径. ``following`` is the next character."""
    return following in _NOT_BEFORE.get(unit[-1:], ())
