"""The outline of a narrative report as data: headings and sentences with bindings, never a figure of its own.

One line is one heading or paragraph::

    # 部门基本情况                      a heading; more # for a lower level; numbers are added by themselves
    编制{staff.authorised}人[，其中行政编制{staff.authorised.administrative}人]。
    @profile                           the paragraphs that the unit wrote under a section of this role
    * 产出指标 | {level3}：……           once for every indicator of this canonical level 1 or 2 (`*` alone: all)
    + expenditure.function | {label}{amount}万元      once for every fact below a key, joined by 、 into one sentence
    = | …                              the grid of the indicators, from a form description beside the outline

A part in square brackets is left out when one of its bindings has nothing to print, and so is a whole paragraph
outside them; a heading under which nothing is left is not printed and takes no number.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hengjian.core.report import Kind


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an outline. ``mark`` is ``#``, ``##`` …, ``@``, ``*``, ``+``, ``=`` or empty for a paragraph."""

    mark: str
    text: str
    filter: str = ""


@dataclass(frozen=True)
class Outline:
    code: str
    name: str
    kind: Kind
    title: str
    entries: tuple[Entry, ...]
    money: str = "万元"
    annexes: tuple[str, ...] = ()
    """Codes of the forms that are attached."""
    table: str = ""
    """The description of the grid for ``=``, a file beside the outline."""


@cache
def load_outline(path: Path) -> Outline:
    """Read an outline. Raises ``ValueError`` for an unknown mark."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    lines = [line.strip() for line in data["outline"].strip().splitlines() if line.strip()]
    return Outline(
        code=data["code"],
        name=data["name"],
        kind=Kind(data["kind"]),
        title=data["title"],
        entries=tuple(_entry(line) for line in lines),
        money=data.get("money", "万元"),
        annexes=tuple(data.get("annexes", ())),
        table=data.get("table", ""),
    )


def _entry(line: str) -> Entry:
    if line[0] == "#":
        mark, _, text = line.partition(" ")
        return Entry(mark, text.strip())
    if line[0] in "@=":
        return Entry(line[0], "", line[1:].strip())
    if line[0] in "*+":
        wanted, bar, text = line[1:].partition("|")
        if not bar:
            raise ValueError(f"an outline line with {line[0]} needs a bar: {line}")
        return Entry(line[0], text.strip(), wanted.strip())
    return Entry("", line)
