"""Headings and what stands under them: from printed numbers, outline levels and known words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from hengjian.core.document import Document, Paragraph
from hengjian.core.extraction import terms
from hengjian.core.extraction.numbers import chinese_number
from hengjian.core.report import Section, Text

_CN = "一二三四五六七八九十"
_NUMBERINGS = (
    re.compile(rf"^第([{_CN}\d]{{1,3}})(?:部分|章|篇|节)[、：:．.]?"),
    re.compile(rf"^([{_CN}]{{1,3}})[、．.，,]"),
    re.compile(rf"^[（(]([{_CN}]{{1,3}})[）)][、．.]?"),
    re.compile(r"^(\d{1,2})[、．.](?!\d)"),
    re.compile(r"^[（(](\d{1,2})[）)][、．.]?"),
    re.compile(r"^([①-⑳])|^(\d{1,2})[）)]"),
)
"""The styles from the highest level to the lowest; their index is the rank."""
_LOST_STYLE = {3: (1, re.compile(r"^\d{1,2}[、]\s")), 4: (2, re.compile(r"^[（(]\d{1,2}[）)]\s"))}
"""Automatic Chinese numbers whose style was lost print as Arabic digits before a blank (report-layouts §3.2)."""
_STOP = re.compile(r"[。：:；;]")
_FIGURES = re.compile(r"[≥≤≧≦＝=><＞＜]|\d+(?:\.\d+)?\s*(?:%|％|万元|元|人|件|次|场|分)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as found: ``rank`` is the index of its numbering style, ``end`` the offset where its words end."""

    words: Text
    rank: float
    number: str
    role: str
    end: int

    @property
    def plain(self) -> str:
        return "".join(self.words.text.split())


@dataclass(frozen=True, slots=True)
class Located:
    """A body paragraph with the headings above it. ``heading`` is its own; ``start`` is where its body begins."""

    paragraph: Paragraph
    path: tuple[Heading, ...] = ()
    heading: Heading | None = None
    start: int = 0
    number: str = ""
    """The printed number of a list item."""

    @property
    def role(self) -> str:
        """The role of the innermost heading that has one; what stands under problems or measures is always that."""
        roles = [h.role for h in self.path if h.role]
        lasting = [r for r in roles if r in ("problems", "measures")]
        return (lasting or roles or [""])[-1]


@dataclass
class _Walk:
    path: list[Heading] = field(default_factory=list)
    ordinals: dict[float, int] = field(default_factory=dict)

    def restarted(self, rank: float, ordinal: int, words: str) -> float:
        """Half a rank lower for a list of indicator levels that counts anew in its parent's own style."""
        nested = self.ordinals.get(rank + 0.5)
        if nested is not None and ordinal == nested + 1:
            return rank + 0.5
        anew = ordinal == 1 and rank in self.ordinals and is_level_name(words)
        return rank + 0.5 if anew else rank

    def enter(self, heading: Heading, ordinal: int) -> None:
        self.path = [h for h in self.path if h.rank < heading.rank] + [heading]
        self.ordinals = {r: o for r, o in self.ordinals.items() if r <= heading.rank} | {heading.rank: ordinal}


def locate(document: Document, title: str = "") -> list[Located]:
    """Every body paragraph with the headings that govern it. The title itself governs nothing."""
    walk = _Walk()
    captions = {"".join(line.split()) for t in document.tables for line in t.caption.split("\n")}
    body = [p for p in document.body if p.text.strip()]
    closing = _signature(body)
    return [Located(p) if i in closing else _locate_one(p, walk, title, captions) for i, p in enumerate(body)]


_CLOSING_DATE = re.compile(r"(?:(?:19|20)\d{2}|二[〇零○][〇零○一二三四五六七八九]{2})年.{1,3}月.{1,3}日")


def _signature(body: Sequence[Paragraph]) -> set[int]:
    """The lines of name and date that close a report: no text of the section above."""
    found: set[int] = set()
    for i, paragraph in enumerate(body):
        if i and _CLOSING_DATE.fullmatch("".join(paragraph.text.split())):
            found.add(i)
            above = body[i - 1].text.strip()
            if len(above) <= 30 and not re.search(r"[。；，：]", above) and not any(n.match(above) for n in _NUMBERINGS):
                found.add(i - 1)
    return found


def sections(located: Sequence[Located]) -> tuple[Section, ...]:
    """The sections in reading order; a section's paragraphs end at the next heading of any level above or equal."""
    levels = _levels(located)
    found: dict[int, tuple[Heading, list[Text]]] = {}
    for item in located:
        if item.heading is not None:
            found[id(item.heading)] = (item.heading, [])
        body = item.paragraph.text[item.start :].strip()
        if not body or (item.heading is not None and not item.start):
            continue
        text = Text(body, item.paragraph.place)
        for heading in item.path:
            found[id(heading)][1].append(text)
    return tuple(Section(h.words, levels[h.rank], h.number, h.role, tuple(ps)) for h, ps in found.values())


def texts_of_role(located: Iterable[Located], role: str) -> Text:
    """The paragraphs under the headings of one role, joined by line breaks, at the place of the first."""
    found: list[Text] = []
    for item in located:
        if item.role != role:
            continue
        if item.heading is not None and item.heading.role != role and any(h.role == role for h in item.path[:-1]):
            found.append(item.heading.words)
        body = item.paragraph.text[item.start :].strip()
        if body and (item.heading is None or item.start):
            found.append(Text(body, item.paragraph.place))
    return replace(found[0], text="\n".join(t.text for t in found)) if found else Text()


def _levels(located: Sequence[Located]) -> dict[float, int]:
    ranks = sorted({item.heading.rank for item in located if item.heading is not None})
    return {rank: level for level, rank in enumerate(ranks, 1)}


def _locate_one(paragraph: Paragraph, walk: _Walk, title: str, captions: Collection[str]) -> Located:
    text = paragraph.text.strip()
    offset = len(paragraph.text) - len(paragraph.text.lstrip())
    rank, ordinal, number = _numbered(text, walk)
    compact = "".join(text.split())
    if title and compact and compact in title and rank < 0:
        return Located(paragraph, tuple(walk.path))
    if rank < 0 and not paragraph.level and _is_caption(compact, captions):
        walk.path = [] if _ANNEX.match(compact) else walk.path
        return Located(paragraph)
    end = _heading_end(text, rank, len(number), paragraph.level)
    if rank >= 3 and walk.path and is_level_name(walk.path[-1].plain) and not is_level_name(text[len(number) : end]):
        end = end if paragraph.level or level_of(text[len(number) : end])[0] else 0
    if end <= 0:
        return Located(paragraph, tuple(walk.path), None, offset + len(number), number)
    words = text[len(number) : end].strip(" 　。：:；;")
    final = walk.restarted(rank, ordinal, words) if rank >= 0 else _unnumbered_rank(paragraph, walk)
    heading = Heading(
        Text(words, paragraph.place.part(offset + len(number), offset + end, words)), final, number.strip(),
        role_of(words), offset + end,
    )  # fmt: skip
    walk.enter(heading, ordinal)
    rest = text[end:].lstrip(" 　。：:")
    start = len(paragraph.text.rstrip()) - len(rest) if rest else 0
    return Located(paragraph, tuple(walk.path), heading, start, number)


_ANNEX = re.compile(r"附(?:件|表)\d{0,2}(?:-\d{1,2})?(?:[：:].*)?$|.*(?:自评表|评价表|申报表|目标表|监控表|数据表|评分表|自评)$")


def _is_caption(compact: str, captions: Collection[str]) -> bool:
    """An annex's number or title, or the caption of a table: no text of the section above."""
    if len(compact) > 40 or re.search(r"[。；，]", compact):
        return False
    return _ANNEX.match(compact) is not None or (compact in captions and len(compact) <= 30 and compact[-1] not in "：:")


def _numbered(text: str, walk: _Walk) -> tuple[int, int, str]:
    """Rank, ordinal and printed number of a numbered line; rank -1 without a number."""
    for rank, pattern in enumerate(_NUMBERINGS):
        match = pattern.match(text)
        if match is None:
            continue
        ordinal = _ordinal(next(g for g in match.groups() if g))
        higher, blank = _LOST_STYLE.get(rank, (rank, None))
        follows = ordinal == walk.ordinals.get(higher, 0) + 1 and (higher == 1 or any(h.rank < higher for h in walk.path))
        if blank is not None and blank.match(text) and follows:
            rank = higher
        return rank, ordinal, match[0]
    return -1, 0, ""


def _ordinal(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    value = chinese_number(text)
    return int(value) if value is not None else 0


def _heading_end(text: str, rank: int, skip: int, outline: int) -> int:
    """The offset where the heading's words end, or 0 when the line is no heading."""
    body = text[skip:].strip()
    stop = _STOP.search(text, skip)
    head = text[skip : stop.start() if stop else len(text)].strip()
    rest = text[stop.end() :].strip() if stop else ""
    if not head or len(head) > 60:
        return 0
    if rank < 0:
        known = not stop and len(body) <= 30 and _is_known(body)
        return len(text) if (outline and not stop and len(body) <= 60) or known else 0
    if _FIGURES.search(head) and not outline:
        return 0
    if rest and not _FIGURES.match(rest):
        return stop.end() if stop and _runs_in(head, rank) else 0
    if rest:
        return 0
    return len(text) if _stands_alone(head, rank, bool(stop) and text[-1] != "：", outline) else 0


def _runs_in(head: str, rank: int) -> bool:
    """A heading with its text on the same line: “（一）评价结论。本年度…”."""
    if rank <= 2:
        return len(head) <= 25 and "，" not in head
    return len(head) <= 22 and "，" not in head and (level_of(head)[0] > 0 or head.endswith(("分析", "情况", "概况")))


_NOUN_END = re.compile(r"(?:情况|概况|分析|结论|说明|原因|问题|措施|建议|意见|职能|职责|设置|组成|目标|机构|管理|使用|过程|安排|指标|经费|收入|支出|执行)$")


def _stands_alone(head: str, rank: int, ended: bool, outline: int) -> bool:
    if outline:
        return True
    if rank <= 2:
        return len(head) <= 45 and not (ended and (len(head) > 30 or not _NOUN_END.search(re.sub(r"[（(][^）)]*[）)]$", "", head))))
    return len(head) <= 28 and not (ended and not re.search(r"(?:情况|概况|分析|说明)$", head)) and head.count("，") == 0


@cache
def _known() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(terms.load("sections")["unnumbered"]["patterns"]) + r")[：:]?")


def _is_known(body: str) -> bool:
    return _known().fullmatch("".join(body.split())) is not None


def _unnumbered_rank(paragraph: Paragraph, walk: _Walk) -> float:
    if paragraph.level:
        return min(paragraph.level - 1, 4)
    return walk.path[-1].rank if walk.path else 1


@cache
def _roles() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple(
        (entry["name"], re.compile("|".join(entry["patterns"])), re.compile("|".join(entry["not"])) if "not" in entry else None)
        for entry in terms.load("sections")["role"]
    )


@cache
def role_of(heading: str) -> str:
    """The role of a heading by its words, or empty."""
    plain = "".join(heading.split())
    if is_level_name(plain):
        return ""
    for name, pattern, unless in _roles():
        if pattern.search(plain) and not (unless and unless.search(plain)):
            return name
    return ""


@cache
def _level_names() -> tuple[tuple[str, int, str], ...]:
    tables = terms.load("levels")
    names = [
        (name, level, std)
        for level, key in ((2, "level2"), (1, "level1"))
        for std, spellings in tables[key].items()
        for name in spellings
    ]
    return tuple(sorted(names, key=lambda n: -len(n[0])))


@cache
def is_level_name(heading: str) -> bool:
    """Whether a heading is nothing but the name of an indicator level (“数量指标”); it leaves the role to its parent."""
    plain = "".join(heading.split()).strip("。：:")
    return level_of(plain)[0] > 0 and re.search(r"完成|情况|分析", plain) is None


@cache
def level1_of(name: str) -> str:
    """The canonical level 1 of a name (满意度 is 满意度指标 here, not its level 2), or empty."""
    plain = "".join(name.split()).removesuffix("得分").removesuffix("分值")
    found = (std for std, words in terms.load("levels")["level1"].items() if plain in words or plain + "指标" in words)
    return next(found, "")


_LEVEL_TAIL = re.compile(r"(?:的?(?:全年)?(?:实际)?(?:指标)?(?:具体)?(?:完成|实现)?(?:情况)?(?:分析|说明)?)$")


@cache
def level_of(heading: str) -> tuple[int, str]:
    """Level and canonical name of a heading that names indicators (“质量指标完成情况分析”); level 0 when it names none."""
    plain = re.sub(r"[（(].*?[）)]", "", "".join(heading.split()))
    plain = _LEVEL_TAIL.sub("", plain) or plain
    for name, level, std in _level_names():
        short = name.removesuffix("指标")
        if plain in (name, short, short + "指标", "项目" + name, "项目" + short):
            return level, std
    return 0, ""
