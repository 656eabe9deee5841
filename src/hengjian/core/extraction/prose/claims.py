"""Statements in words that figures can confirm or refute, by the table of patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from hengjian.core.extraction import terms
from hengjian.core.extraction.prose.context import Context
from hengjian.core.extraction.prose.labels import Label, find_labels
from hengjian.core.extraction.prose.lines import Line
from hengjian.core.figures import Figure
from hengjian.core.report import Claim

_PLANNED = re.compile(r"下一步|今后|将(?!.*已)|(?<!按)要求?(?!求)|应当|应(?=[^对急])|拟|计划|力争|争取|确保|努力|进一步")
_PAST_ONLY = frozenset({"thrift", "within_budget", "all_done", "superlative"})
_PLAN_ROLES = frozenset({"measures", "goals", "profile"})


@dataclass(frozen=True, slots=True)
class _Pattern:
    kind: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None


def read_claims(line: Line, context: Context, sets_targets: bool = False) -> Iterator[Claim]:
    """The claims of one paragraph. What is only planned (改进措施, 目标) claims nothing."""
    text = line.text
    hint = _hint()
    if not hint.search(text):
        return
    for start, end in line.sentences:
        sentence = text[start:end]
        if not hint.search(sentence):
            continue
        for entry in _patterns():
            planned = sets_targets or context.role in _PLAN_ROLES or _PLANNED.match(sentence)
            if entry.kind in _PAST_ONLY and planned:
                continue
            yield from _matches(entry, line, context, start, end)


def _matches(entry: _Pattern, line: Line, context: Context, start: int, end: int) -> Iterator[Claim]:
    for match in entry.pattern.finditer(line.text, start, end):
        around = line.text[max(start, match.start() - 8) : match.end()]
        if entry.unless is not None and entry.unless.search(around):
            continue
        span = _clause(line.text, match, start, end)
        if entry.kind in _PAST_ONLY and _PLANNED.search(line.text[span[0] : match.start()]):
            continue
        for subject in _subjects(line, span, start, entry.kind, context):
            yield Claim(entry.kind, line.words(*span), subject, _figure(line, match), context.scope)


def _clause(text: str, match: re.Match[str], start: int, end: int) -> tuple[int, int]:
    """The clause around a match, between commas."""
    first = max(text.rfind(mark, start, match.start()) for mark in "，；。") + 1
    stop = re.search(r"[，；。]", text[match.end() : end])
    return max(first, start), (match.end() + stop.start() if stop else end)


def _subjects(line: Line, span: tuple[int, int], start: int, kind: str, context: Context) -> list[str]:
    """The keys of the amounts that the clause names; a change without a name is about what was named last."""
    words = line.text[span[0] : span[1]]
    keys = [_key(x, words, context) for x in find_labels(words)]
    if not any(keys) and (kind in ("increase", "decrease", "no_change") or re.search("[较比]", words)):
        earlier = line.text[start : span[0]]
        keys = [_key(x, earlier, context) for x in find_labels(earlier)][-1:]
    return list(dict.fromkeys(k for k in keys if k)) or [""]


def _key(label: Label, words: str, context: Context) -> str:
    """A label's key; bare 支出 and 收入 name nothing in particular."""
    if words[label.start : label.end] in ("支出", "收入", "资金支出"):
        return ""
    return label.meaning.on(context.side or "expenditure")


def _figure(line: Line, match: re.Match[str]) -> Figure | None:
    """The number right behind an increase or decrease."""
    for number in line.numbers:
        if match.end() <= number.start <= match.end() + 2 and number.mention.kind == "number":
            return number.figure
    return None


@cache
def _patterns() -> tuple[_Pattern, ...]:
    return tuple(
        _Pattern(e["kind"], re.compile(e["pattern"]), re.compile(e["not"]) if "not" in e else None)
        for e in terms.load("claims")["claim"]
    )


@cache
def _hint() -> re.Pattern[str]:
    """Characters without which no pattern can match: one cheap look before thirty expensive ones."""
    return re.compile("压|节|缩|严|紧|超|突破|控制在|偏差|全部|全面|均|圆满|百|无|没有|未|不|零|显著|大幅|较|比|与|同|专|各项|按预算|项目")
