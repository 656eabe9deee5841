"""From an outline and a report to the lines of a narrative report: figures come from the report alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hengjian.core.figures import plain
from hengjian.core.report import Band, Indicator
from hengjian.forms.binding import Scene, resolve
from hengjian.forms.compiling import grid_of
from hengjian.forms.figures import on_form
from hengjian.forms.narrative.outline import Entry, Outline
from hengjian.forms.paper import Block, Line, Style, printable
from hengjian.forms.template import BINDING, load_template

HEADING_STYLES = (Style.LEVEL1, Style.LEVEL2, Style.LEVEL3, Style.LEVEL4)
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_DIGITS = "零一二三四五六七八九"
_LONGEST_HEADING = 40


@dataclass
class _Told:
    """A heading with what was found to say under it, in the order of the outline."""

    level: int
    heading: str
    blocks: list[Block] = field(default_factory=list)


def tell(outline: Outline, scene: Scene, folder: Path) -> list[Block]:
    """The headings and paragraphs of the body, numbered 一、（一）1.（1）; what has nothing to say is left out."""
    told = [_Told(0, "")]
    for entry in outline.entries:
        if entry.mark.startswith("#"):
            told.append(_Told(len(entry.mark), fill(entry.text, scene) or entry.text))
        else:
            told[-1].blocks += _said(entry, outline, scene, folder)
    return list(_numbered([t for i, t in enumerate(told) if t.blocks or _has_below(told, i)]))


def _has_below(told: list[_Told], index: int) -> bool:
    """Whether something is said under a lower heading of this one."""
    for later in told[index + 1 :]:
        if later.level <= told[index].level:
            return False
        if later.blocks:
            return True
    return False


def _numbered(told: list[_Told]) -> Iterator[Block]:
    counts = [0, 0, 0, 0]
    for part in told:
        if part.level:
            counts[part.level - 1] += 1
            counts[part.level :] = [0] * (len(counts) - part.level)
            number = heading_number(part.level, counts[part.level - 1])
            yield Line(f"{number}{part.heading}", HEADING_STYLES[part.level - 1])
        yield from part.blocks


def heading_number(level: int, number: int) -> str:
    """The number before a heading, with its marks: 一、（一）1.（1）, as GB/T 9704 orders them."""
    return (f"{chinese_number(number)}、", f"（{chinese_number(number)}）", f"{number}.", f"（{number}）")[
        level - 1
    ]


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def _said(entry: Entry, outline: Outline, scene: Scene, folder: Path) -> list[Block]:
    if entry.mark == "=":
        template = load_template(folder, outline.table)
        return [grid_of(template, scene)] if scene.report.indicators_of(scene.scope, "table") else []
    return [Line(text, Style.BODY) for text in _texts(entry, scene)]


def _texts(entry: Entry, scene: Scene) -> Iterator[str]:
    if entry.mark == "@":
        yield from _written(entry.filter, scene)
    elif entry.mark == "*":
        for indicator in _indicators(entry.filter, scene):
            yield from _one(fill(entry.text, scene.at(indicator)))
    elif entry.mark == "+":
        yield from _one(_enumerated(entry, scene))
    else:
        yield from _one(fill(entry.text, scene))


def _one(text: str) -> Iterator[str]:
    if text:
        yield text


def _written(role: str, scene: Scene) -> Iterator[str]:
    """What the unit wrote itself: the sections of that role, or the text of that name."""
    paragraphs = [p.text for s in scene.report.sections if s.role == role for p in s.paragraphs]
    if not paragraphs:
        owner, _, name = role.rpartition(".")
        paragraphs = str(getattr(scene.project if owner else scene.report, name, "")).split("\n")
    yield from (printable(p).strip() for p in paragraphs if p.strip())


def _indicators(wanted: str, scene: Scene) -> list[Indicator]:
    indicators = scene.report.indicators_of(scene.scope)
    return [i for i in indicators if not wanted or wanted in (i.level1_std, i.level2_std)]


def _enumerated(entry: Entry, scene: Scene) -> str:
    """``{label}{amount}万元`` for every fact below the key; the text in brackets round it is printed once."""
    key, *words = entry.filter.split()
    facts = [
        f
        for f in scene.report.below(key)
        if f.scope == scene.scope and (not words or f.stage.value == words[0])
    ]
    own = {None, scene.report.year}
    before, part, after = _split(entry.text)
    parts = [
        part.replace("{label}", printable(f.label)).replace("{amount}", on_form(f.figure, scene.money).text)
        for f in facts
        if f.year in own
    ]
    return f"{fill(before, scene)}{'、'.join(parts)}{after}" if parts else ""


def _split(text: str) -> tuple[str, str, str]:
    start, end = text.index("<"), text.index(">")
    return text[:start], text[start + 1 : end], text[end + 1 :]


def fill(text: str, scene: Scene) -> str:
    """A sentence with its bindings filled; empty when one outside the brackets has nothing to print."""
    text = _OPTIONAL.sub(lambda m: m[1] if all(_value(n, scene) for n in BINDING.findall(m[1])) else "", text)
    values = {name: _value(name, scene) for name in BINDING.findall(text)}
    if not all(values.values()):
        return ""
    return BINDING.sub(lambda m: values[m[1]], text)


def _value(name: str, scene: Scene) -> str:
    if name in _OWN:
        return _OWN[name](scene)
    return resolve(name, scene).text.strip().rstrip("。")


def _bands(scene: Scene) -> str:
    return "，".join(_band(b) for b in scene.report.bands)


def _band(band: Band) -> str:
    low = f"{plain(band.low)}分（{'' if band.low_inclusive else '不'}含）" if band.low is not None else ""
    high = f"{plain(band.high)}分（{'' if band.high_inclusive else '不'}含）" if band.high is not None else ""
    if low and high:
        return f"{low}—{high}为{band.label}"
    return f"{low}以上为{band.label}" if low else f"{high}以下为{band.label}"


def _grade(scene: Scene) -> str:
    return next((g.label.text for g in scene.report.grades if g.scope == scene.scope), "")


_OWN = {"bands": _bands, "grade": _grade}
