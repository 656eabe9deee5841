"""Heading numbers and the contents: D-08, D-09."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Outcome, Severity, Witness
from hengjian.core.audit.indicators import note, shorten
from hengjian.core.document import Paragraph

_CHINESE = "一二三四五六七八九十"
_FORMS = (
    ("一、", re.compile(rf"^(?P<n>[{_CHINESE}]{{1,3}})\s*[、.．](?P<rest>.+)")),
    ("（一）", re.compile(rf"^[（(]\s*(?P<n>[{_CHINESE}]{{1,3}})\s*[）)](?P<rest>.+)")),
)
_DEPTH = {"一、": 1, "（一）": 2}
_PART = re.compile(rf"^第[{_CHINESE}]+(?:部分|章|篇)|^附件|^附表|^目\s*录$|(?:自评|评价)报告$|(?:自评|目标|申报)表$")


@dataclass(frozen=True, slots=True)
class _Heading:
    form: str
    number: int
    paragraph: Paragraph
    printed: str
    styled: bool = True
    """False for an Arabic number that stands for a Chinese one: a Word number whose style was lost."""


@rule(
    "D-08",
    title="标题序号连续",
    english="Heading numbers run without gap or repetition",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source="GB/T 9704（结构层次序数）",
    bad="一、…… 二、…… 3、…… 六、；或两个“三、”",
    good="一、二、三；（一）（二）",
)
def headings_are_numbered(case: Case) -> Iterator[Outcome]:
    """同级标题的序号应连续，不重复、不跳号；Word自动编号丢失样式的（“（2） ”）也应改正。"""
    counts: dict[int, int] = {}
    headings = _headings(case.document.body)
    for heading in headings:
        if heading is None:
            counts.clear()
            continue
        depth = _DEPTH[heading.form]
        last = counts.get(depth, 0)
        if heading.number != last + 1 and heading.number != 1:
            yield _odd(heading, "重复" if heading.number <= last else "跳号")
        elif heading.number == 1 and last == 1 and heading.form == "一、":
            yield _odd(heading, "重复")
        elif not heading.styled:
            yield _odd(heading, "与同级的中文序号不一致")
        counts[depth] = heading.number
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]


def _odd(heading: _Heading, what: str) -> Outcome:
    place = heading.paragraph.place.part(0, len(heading.printed), heading.printed)
    return note(
        "D-08",
        "标题“{text}”的序号{what}。",
        Witness("heading", place, heading.printed.strip()),
        text=shorten(heading.paragraph.text, 20),
        what=what,
    )


def _headings(paragraphs: Sequence[Paragraph]) -> list[_Heading | None]:
    """Every numbered paragraph at the two upper levels; ``None`` where a new part begins and counting starts again."""
    found: list[_Heading | None] = []
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        heading = _numbered(paragraph, text)
        if heading is not None:
            found.append(heading)
        elif _PART.search(text) and len(text) <= 40:
            found.append(None)
    return found


def _numbered(paragraph: Paragraph, text: str) -> _Heading | None:
    """The heading in a paragraph. ``（2） 标题`` whose reader restored （二） is a Word number that lost its style (§3.2)."""
    restored = paragraph.numbering
    if restored and not text.startswith(restored):
        form = next((f for f, p in _FORMS if p.match(restored + "x")), "")
        printed = re.match(r"[（(]?\d{1,2}[）)、.．]", text)
        if form and printed:
            return _Heading(form, _value(re.sub(r"[（()）、.．]", "", restored)), paragraph, printed[0], styled=False)
        return None
    for form, pattern in _FORMS:
        if match := pattern.match(text):
            return _Heading(form, _value(match["n"]), paragraph, text[: match.start("rest")])
    return None


def _value(chinese: str) -> int:
    tens, ten, ones = chinese.partition("十")
    if not ten:
        return _CHINESE.index(chinese[0]) + 1
    return (_CHINESE.index(tens) + 1 if tens else 1) * 10 + (_CHINESE.index(ones) + 1 if ones else 0)


_ENTRY = re.compile(r"(?:\.{3,}|…{1,}|·{3,}|-{4,}|\t)\s*(?P<page>\d{1,4})\s*$")


@rule(
    "D-09",
    title="目录页码递增",
    english="Page numbers in the contents do not fall",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source="目录页码应与正文一致",
    bad="目录页码依次为6、7、8、1、1",
    good="目录页码依次为6、7、8、9、10",
)
def contents_pages_rise(case: Case) -> Iterator[Outcome]:
    """目录中的页码应当递增。"""
    last = 0
    for paragraph in case.document.paragraphs:
        match = _ENTRY.search(paragraph.text)
        if match is None or not re.search(r"[\u4e00-\u9fff]", paragraph.text):
            continue
        page = int(match["page"])
        if page < last:
            place = paragraph.place.part(match.start("page"), match.end("page"), match["page"])
            yield note(
                "D-09",
                "目录“{text}”的页码{page}小于前一项的{last}。",
                Witness("page", place, match["page"], match["page"]),
                text=shorten(paragraph.text[: match.start()], 24),
                page=match["page"],
                last=str(last),
            )
        last = page
