"""A paragraph prepared for reading: blanks and quotes squeezed out, its numbers found, every offset traced back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from hengjian.core.extraction.numbers import Mention, scan
from hengjian.core.figures import Figure
from hengjian.core.places import Place
from hengjian.core.report import Text

_FOLD = str.maketrans(
    {"(": "（", ")": "）", ":": "：", ";": "；", ",": "，", "!": "！", "?": "？", "％": "%", "﹝": "〔", "﹞": "〕", "∶": "："}
)
_DROPPED = frozenset("“”\"'‘’「」『』 \t\u00a0\u2002\u2003\u2009\u202f\u3000\r\n\ufeff")
_MAY_COUNT = re.compile(r"[\d零〇一二两三四五六七八九十百]")
_SENTENCE_END = re.compile(r"(?<![项款类]）)。|[！？!?]|(?<![\d])\.(?=$)")


def squeeze(text: str) -> str:
    """Text as labels are looked for: no blanks, no quotes, full-width marks."""
    return "".join(c for c in text if c not in _DROPPED).translate(_FOLD)


def squeezed(line: Line, raw: int) -> int:
    """The squeezed offset of a raw one."""
    return next((i for i, offset in enumerate(line.at) if offset >= raw), len(line.at))


@dataclass(frozen=True, slots=True)
class Number:
    """A mention with its span in the squeezed text."""

    mention: Mention
    start: int
    end: int

    @property
    def figure(self) -> Figure:
        return self.mention.figure


@dataclass(frozen=True)
class Line:
    """One paragraph. ``text`` is squeezed and folded, ``at[i]`` the offset of its character i in ``raw``."""

    raw: str
    place: Place
    text: str
    at: tuple[int, ...]
    numbers: tuple[Number, ...]

    @classmethod
    def of(cls, raw: str, place: Place) -> Line:
        kept = [i for i, c in enumerate(raw) if c not in _DROPPED]
        text = "".join(raw[i] for i in kept).translate(_FOLD)
        mentions = scan(raw, place) if _MAY_COUNT.search(raw) else []
        back = {offset: i for i, offset in enumerate(kept)} if mentions else {}
        numbers = tuple(
            Number(m, back[m.start], back[m.end - 1] + 1) for m in mentions if m.start in back and m.end - 1 in back
        )
        return cls(raw, place, text, tuple(kept), numbers)

    def printed(self, start: int, end: int) -> str:
        """The original characters of a squeezed span."""
        return self.raw[self.at[start] : self.at[end - 1] + 1] if end > start else ""

    def words(self, start: int, end: int) -> Text:
        """The printed words of a squeezed span, with their place."""
        if end <= start:
            return Text("", self.place)
        first, last = self.at[start], self.at[end - 1] + 1
        printed = self.raw[first:last]
        return Text(printed, self.place.part(first, last, printed))

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Squeezed spans of the sentences."""
        spans, start = [], 0
        for match in _SENTENCE_END.finditer(self.text):
            spans.append((start, match.end()))
            start = match.end()
        if start < len(self.text):
            spans.append((start, len(self.text)))
        return tuple(spans)
