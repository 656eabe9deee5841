"""Automatic numbers of Word lists, restored from ``numbering.xml`` and the styles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from hengjian.core.reading.counting import printed
from hengjian.core.reading.ooxml import VAL, is_on, number, value, w

_PART = re.compile(r"%([1-9])")
_DEEPEST_BASE = 20


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and how its number is printed."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    paragraph_style: str = ""


@dataclass(slots=True)
class ParagraphStyle:
    """What a paragraph style says about lists and outline; ``None`` means "ask the style it is based on"."""

    name: str = ""
    base: str = ""
    list_id: str | None = None
    list_level: int | None = None
    outline: int | None = None


@dataclass(slots=True)
class Styles:
    """Paragraph styles by id, with inheritance."""

    by_id: dict[str, ParagraphStyle] = field(default_factory=dict)
    default: str = ""
    _chains: dict[str, list[ParagraphStyle]] = field(default_factory=dict)

    def chain(self, style_id: str | None) -> list[ParagraphStyle]:
        """The style and those it is based on, nearest first."""
        key = style_id or self.default
        if key not in self._chains:
            self._chains[key] = self._walk(key)
        return self._chains[key]

    def _walk(self, style_id: str) -> list[ParagraphStyle]:
        found: list[ParagraphStyle] = []
        style = self.by_id.get(style_id)
        while style is not None and style not in found and len(found) < _DEEPEST_BASE:
            found.append(style)
            style = self.by_id.get(style.base)
        return found


def read_styles(root: etree._Element | None) -> Styles:
    """The paragraph styles of ``styles.xml``."""
    styles = Styles()
    for element in [] if root is None else root.iterfind(w("style")):
        if element.get(w("type")) not in ("paragraph", "numbering"):
            continue
        identifier = element.get(w("styleId"), "")
        styles.by_id[identifier] = _style(element)
        if element.get(w("type")) == "paragraph" and element.get(w("default")) in ("1", "true", "on"):
            styles.default = identifier
    return styles


def _style(element: etree._Element) -> ParagraphStyle:
    properties = element.find(w("pPr"))
    name = (value(element, "name") or "").lower()
    outline = value(properties, "outlineLvl")
    heading = re.fullmatch(r"(?:heading|标题) ?([1-9])", name)
    list_id, level = list_of(properties)
    return ParagraphStyle(
        name,
        value(element, "basedOn") or "",
        list_id,
        level,
        number(outline) if outline is not None else int(heading[1]) - 1 if heading else None,
    )


def list_of(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """The list id and level that ``w:pPr`` names itself."""
    numbering = None if properties is None else properties.find(w("numPr"))
    if numbering is None:
        return None, None
    level = value(numbering, "ilvl")
    return value(numbering, "numId"), None if level is None else number(level)


@dataclass(slots=True)
class _List:
    """A ``w:num``: the list it counts in, and its own levels and starts."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """Counts list paragraphs in document order; ``label`` must be called once per paragraph."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[str] = set()
        if root is not None:
            self._read_abstract(root)
            self._read_lists(root)

    def label(self, properties: etree._Element | None, style_id: str | None) -> tuple[str, str]:
        """The automatic number of this paragraph and what stands between it and the text; empty without one."""
        list_id, level_index = self._list_and_level(properties, style_id)
        numbered = self._lists.get(list_id or "")
        if numbered is None:
            return "", ""
        level = numbered.levels.get(level_index) or self._abstract.get(numbered.abstract, {}).get(level_index)
        if level is None:
            return "", ""
        counts = self._count(list_id or "", numbered, level_index, level)
        text = self._print(numbered, level, counts)
        return text, _gap(text, level.suffix)

    def _list_and_level(
        self, properties: etree._Element | None, style_id: str | None
    ) -> tuple[str | None, int]:
        list_id, level = list_of(properties)
        if list_id is not None:
            return list_id, level or 0
        for style in self._styles.chain(style_id):
            if style.list_id is not None:
                own = level if level is not None else style.list_level
                return style.list_id, self._level_of_style(style.list_id, style_id, own)
        return None, 0

    def _level_of_style(self, list_id: str, style_id: str | None, declared: int | None) -> int:
        if declared is not None:
            return declared
        numbered = self._lists.get(list_id)
        levels = self._abstract.get(numbered.abstract, {}) if numbered else {}
        return next((i for i, level in levels.items() if style_id and level.paragraph_style == style_id), 0)

    def _count(self, list_id: str, numbered: _List, index: int, level: Level) -> dict[int, int]:
        counts = self._counts.setdefault(numbered.abstract, {})
        if list_id not in self._started:
            self._started.add(list_id)
            for position in numbered.starts:
                counts.pop(position, None)
        start = numbered.starts.get(index, level.start)
        counts[index] = counts[index] + 1 if index in counts else start
        for deeper in [i for i in counts if i > index and self._restarts(numbered, i, index)]:
            del counts[deeper]
        return counts

    def _restarts(self, numbered: _List, deeper: int, index: int) -> bool:
        level = numbered.levels.get(deeper) or self._abstract.get(numbered.abstract, {}).get(deeper)
        if level is None or level.restart is None:
            return True
        return level.restart != 0 and index < level.restart

    def _print(self, numbered: _List, level: Level, counts: dict[int, int]) -> str:
        if level.style == "bullet":
            return ""

        def part(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            other = (
                numbered.levels.get(index) or self._abstract.get(numbered.abstract, {}).get(index) or Level()
            )
            style = "decimal" if level.legal else other.style
            return printed(counts.get(index, numbered.starts.get(index, other.start)), style)

        return _PART.sub(part, level.text).strip()

    def _read_abstract(self, root: etree._Element) -> None:
        links: dict[str, str] = {}
        for element in root.iterfind(w("abstractNum")):
            identifier = element.get(w("abstractNumId"), "")
            self._abstract[identifier] = {
                number(e.get(w("ilvl"))): _level(e) for e in element.iterfind(w("lvl"))
            }
            link = value(element, "numStyleLink")
            if link:
                links[identifier] = link
        nums = {e.get(w("numId"), ""): value(e, "abstractNumId") or "" for e in root.iterfind(w("num"))}
        for identifier, link in links.items():
            style = self._styles.by_id.get(link)
            target = nums.get(style.list_id or "", "") if style else ""
            self._abstract[identifier] = self._abstract.get(target) or self._abstract[identifier]

    def _read_lists(self, root: etree._Element) -> None:
        for element in root.iterfind(w("num")):
            levels: dict[int, Level] = {}
            starts: dict[int, int] = {}
            for override in element.iterfind(w("lvlOverride")):
                index = number(override.get(w("ilvl")))
                start = value(override, "startOverride")
                if start is not None:
                    starts[index] = number(start, 1)
                own = override.find(w("lvl"))
                if own is not None:
                    levels[index] = _level(own)
            identifier = element.get(w("numId"), "")
            self._lists[identifier] = _List(value(element, "abstractNumId") or "", levels, starts)


def _level(element: etree._Element) -> Level:
    style = element.find(w("numFmt"))
    if style is None:  # newer formats stand in mc:AlternateContent/mc:Choice
        style = next(element.iter(w("numFmt")), None)
    restart = value(element, "lvlRestart")
    return Level(
        number(value(element, "start"), 1),
        (style.get(VAL) if style is not None else None) or "decimal",
        value(element, "lvlText") or "",
        value(element, "suff") or "tab",
        None if restart is None else number(restart),
        is_on(element, "isLgl"),
        value(element, "pStyle") or "",
    )


def _gap(label: str, suffix: str) -> str:
    """A blank where label and text would otherwise grow together: ``1.`` before ``2024年`` is not 1.2024."""
    if not label or suffix == "nothing":
        return ""
    return " " if suffix == "space" or label[-1].isalnum() or label[-1] == "." else ""
