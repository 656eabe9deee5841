"""Where a lint L and a target rule T see one cell, it is one finding, under the T code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from hengjian.core.audit.finding import Finding
from hengjian.core.places import NOWHERE

PAIRS: dict[str, str] = {
    "L-02": "T-14",
    "L-05": "T-05",
    "L-06": "T-02",
    "L-07": "T-04",
    "L-10": "T-18",
    "L-11": "T-08",
    "L-18": "T-15",
    "L-19": "T-17",
    "L-23": "T-08",
    "L-24": "T-03",
}
"""Lint to target rule."""

_Cell = tuple[str, int, int, int, int]


def merge(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without those lints whose every cell a finding of the paired T rule already names."""
    seen: dict[str, set[_Cell]] = defaultdict(set)
    for finding in findings:
        seen[finding.rule].update(_cells(finding))
    return [kept for f in findings if (kept := _without(f, seen)) is not None]


def _without(finding: Finding, seen: dict[str, set[_Cell]]) -> Finding | None:
    pair = PAIRS.get(finding.rule)
    if pair is None or not (covered := seen[pair]):
        return finding
    left = tuple(w for w in finding.witnesses if _cell(w.place.sheet, w.place.same_cell_key) not in covered)
    if not left:
        return None
    return finding if len(left) == len(finding.witnesses) or len(left) < 2 else replace(finding, witnesses=left)


def _cells(finding: Finding) -> set[_Cell]:
    return {_cell(w.place.sheet, w.place.same_cell_key) for w in finding.witnesses if w.place != NOWHERE}


def _cell(sheet: str, key: tuple[int, int, int, int]) -> _Cell:
    return (sheet, *key)
