"""Statements in words that figures can confirm or refute, by the table of patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from hengjian.core.extraction import terms
from hengjian.core.extraction.prose.context import Context
from hengjian.core.extraction.prose.labels import find_labels
from hengjian.core.extraction.prose.lines import Line
from hengjian.core.figures import Figure
from hengjian.core.report import Claim

_PLANNED = re.compile(r"下一步|今后|将(?!.*已)|要(?:求)?|应当|应(?=[^对急])|拟|计划|力争|争取|确保|努力|进一步")
_PAST_ONLY = frozenset({"thrift", "within_budget", "all_done", "superlative"})
_PLAN_ROLES = frozenset({"measures", "goals", "profile"})


@dataclass(frozen=True, slots=True)
class _Pattern:
    kind: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None


def read_claims(line: Line, context: Context) -> Iterator[Claim]:
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
            if entry.kind in _PAST_ONLY and (context.role in _PLAN_ROLES or _PLANNED.match(sentence)):
                continue
            yield from _matches(entry, line, context, start, end)


def _matches(entry: _Pattern, line: Line, context: Context, start: int, end: int) -> Iterator[Claim]:
    for match in entry.pattern.finditer(line.text, start, end):
        around = line.text[max(start, match.start() - 8) : match.end()]
        if entry.unless is not None and entry.unless.search(around):
            continue
        yield Claim(entry.kind, line.words(*match.span()), _subject(line, match, start, end, context), _figure(line, match), context.scope)


def _subject(line: Line, match: re.Match[str], start: int, end: int, context: Context) -> str:
    """The key of the amount that the claim's clause names: inside the match, else nearest before it, else behind."""
    labels = find_labels(line.text[start:end])
    inside = [x for x in labels if match.start() - start <= x.start < match.end() - start]
    clause = max(line.text.rfind(mark, start, match.start()) for mark in "，；。") + 1
    before = [x for x in labels if max(clause - start, 0) <= x.start < match.start() - start]
    earlier = [x for x in labels if x.start < match.start() - start]
    stop = re.search(r"[，；。]", line.text[match.end() : end])
    behind_end = match.end() + stop.start() - start if stop else end - start
    behind = [x for x in labels if match.end() - start <= x.start < behind_end]
    chosen = before[-1:] or inside[:1] or behind[:1] or earlier[-1:]
    return chosen[0].meaning.on(context.side or "expenditure") if chosen else ""


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
