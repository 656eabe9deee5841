"""Findings of one cause, grouped (P3-41): one cell that explains several, or one row that several rules judge.

The group's name comes from the cell where the cause most likely lies, so that the same document gives the same names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hengjian.core.audit.finding import Finding, Severity
from hengjian.core.audit.repairs import Cell, cell_of
from hengjian.core.places import NOWHERE, Place

_ROW_RULES = frozenset({"W-05", "W-06", "W-07", "W-08", "W-09", "W-10", "W-11", "T-06"})
_ROW_ROLES = frozenset({"score", "actual", "target", "indicator"})


def grouped(findings: Sequence[Finding]) -> list[Finding]:
    """The findings with ``group`` set where at least two have one cause, and empty where one stands alone.

    One cause is: a group that the rules name themselves; a cell that one finding proposes to change first and another
    one uses; a row whose score, result or target several row rules find fault with.
    """
    leader = list(range(len(findings)))
    links = list(_links(findings))
    for _, members in links:
        for member in members[1:]:
            _join(leader, members[0], member)
    clusters: dict[int, list[int]] = defaultdict(list)
    for number in range(len(findings)):
        clusters[_find(leader, number)].append(number)
    names = {root: _name(members, links) for root, members in clusters.items() if len(members) > 1}
    return [replace(f, group=names.get(_find(leader, n), "")) for n, f in enumerate(findings)]


def _links(findings: Sequence[Finding]) -> Iterator[tuple[str, list[int]]]:
    """What ties findings together: a label and the positions of at least two of them."""
    ties: dict[str, list[int]] = defaultdict(list)
    for number, finding in enumerate(findings):
        if finding.group:
            ties[finding.group].append(number)
        if finding.rule in _ROW_RULES:
            for loc in sorted({_row(w.place) for w in finding.witnesses if w.role in _ROW_ROLES} - {""}):
                ties[loc].append(number)
    for cell, (loc, members) in _suspects(findings).items():
        ties[loc or str(cell)].extend(members)
    for label, members in ties.items():
        if len(set(members)) > 1:
            yield label, sorted(set(members))


def _row(place: Place) -> str:
    """The table row of a place, or the sentence's paragraph; empty for nowhere."""
    if place.table or place.sheet:
        return f"{place.sheet}!r{place.row}" if place.sheet else f"t{place.table}r{place.row}"
    return "" if place == NOWHERE else place.loc


def _suspects(findings: Sequence[Finding]) -> dict[Cell, tuple[str, list[int]]]:
    """Cells that a finding would change first, with every other finding above a note that uses them."""
    users: dict[Cell, list[int]] = defaultdict(list)
    for number, finding in enumerate(findings):
        if finding.severity is Severity.NOTE:
            continue
        for cell in {
            cell_of(w.place) for w in finding.witnesses if w.value is not None and w.place != NOWHERE
        }:
            users[cell].append(number)
    found: dict[Cell, tuple[str, list[int]]] = {}
    for number, finding in enumerate(findings):
        if finding.repairs:
            cell = cell_of(finding.repairs[0].place)
            found[cell] = (finding.repairs[0].place.loc, [number, *users.get(cell, [])])
    return found


def _name(members: Sequence[int], links: Sequence[tuple[str, list[int]]]) -> str:
    """The label that ties most of the members, the first in reading order among equals."""
    votes: Counter[str] = Counter()
    for label, tied in links:
        votes[label] += len(set(tied) & set(members))
    best = max(votes.values())
    return next(label for label, _ in links if votes[label] == best)


def _find(leader: list[int], number: int) -> int:
    while leader[number] != number:
        number = leader[number]
    return number


def _join(leader: list[int], first: int, second: int) -> None:
    a, b = _find(leader, first), _find(leader, second)
    leader[max(a, b)] = min(a, b)
