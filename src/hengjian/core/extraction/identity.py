"""What a document is: its title and kind, whose it is, of which year, and who filed it when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from hengjian.core.document import Document, Table
from hengjian.core.extraction import terms
from hengjian.core.extraction.titles import title_project
from hengjian.core.places import NOWHERE, Place
from hengjian.core.report import Kind, Text

NO_TEXT = Text()
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|财年|财政年)")
_HALF_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_YEAR_BARE = re.compile(r"(?<![\d.〔﹝\[（(])((?:19|20)\d{2})(?![\d.〕﹞\]）)])")
_YEAR_CHINESE = re.compile(r"二[〇零○Oo]([〇零○Oo一二三四五六七八九]{2})年")
_FOR_YEAR = re.compile(r"^[（(]?((?:19|20)\d{2})年度?[）)]?$")
_DATE = re.compile(r"(?:19|20)\d{2}(?:年\d{1,2}月\d{1,2}日|[-./]\d{1,2}[-./]\d{1,2})|二[〇零○][〇零○一二三四五六七八九]{2}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日")
_FILED = re.compile(r"(?:填报|填表|编制|报告|申报|上报)(?:日期|时间)[：:]\s*(\S+)")
_FILLER = re.compile(r"(?:填表人|填报人|制表人|经办人)(?:[（(]签[名字章][）)])?[：:]\s*([^\s：:，,；;]{1,12}?)(?=填报|联系|日期|单位|电话|\s|$)")
_PHONE = re.compile(r"(?:联系电话|联系方式|电话)(?:号码)?[：:]\s*([\d\-—－ ]{1,20})")
_FIELD_SPLIT = re.compile(r"[：:]")
_FRONT = 14
"""How many blocks at the beginning can hold the title."""


@dataclass(frozen=True)
class Identity:
    """Who, what and when. Empty texts and ``None`` for what the document does not say."""

    kind: Kind = Kind.OTHER
    title: Text = NO_TEXT
    unit_name: Text = NO_TEXT
    other_unit_names: tuple[Text, ...] = ()
    year: int | None = None
    year_place: Place = NOWHERE
    filler: Text = NO_TEXT
    filed_on: Text = NO_TEXT
    phone: Text = NO_TEXT


def identify(document: Document) -> Identity:
    """Read the identity from title, form heads, signature and text; tables' own fields are merged in by the caller."""
    title = _title(document)
    units = list(_units(document, title))
    year, year_place = _year(document, title)
    filler, filed_on, phone = _signature(document)
    own = units[0] if units else Text()
    kind = kind_of(title.text)
    return Identity(kind if kind is not Kind.OTHER else _kind_by_subject(title), title, own, tuple(units[1:]), year, year_place, filler, filed_on, phone)


# ── title


def _title(document: Document) -> Text:
    """The first line, or run of short lines, at the front that ends as titles do."""
    pending: list[tuple[str, Place]] = []
    for text, place in _front(document):
        plain = _plain(text)
        if not plain or _noise().search(plain):
            continue
        if len(plain) > 60 or re.search(r"[。；]", plain):
            break
        pending.append((plain, place))
        if _ending().search(plain):
            return _joined(pending)
    return Text()


def _front(document: Document) -> Iterator[tuple[str, Place]]:
    for block in document.blocks[:_FRONT]:
        if isinstance(block, Table):
            yield from ((line, block.place) for line in block.caption.split("\n") if _ending().search(_plain(line)))
            yield from ((c.text, c.place) for c in block.cells if c.row <= 2 and c.column_span >= max(2, block.width - 1))
            return
        if block.role in ("body", "textbox"):
            yield from ((line, block.place) for line in block.text.split("\n"))


def _joined(lines: Sequence[tuple[str, Place]]) -> Text:
    """The title's lines; lines that only name a cover, a date or a number are left out."""
    kept = [(t, p) for t, p in lines if not re.fullmatch(r"[（(].*[）)]|\d+|.{0,2}草案.{0,2}|" + _DATE.pattern, t)]
    kept = [line for line, following in zip(kept, [*kept[1:], None], strict=True) if following is None or not following[0].startswith(line[0])]
    kept = kept[-3:]
    text = "".join(t for t, _ in kept)
    return Text(text, replace(kept[0][1], quote=text)) if kept else Text()


def _plain(text: str) -> str:
    return re.sub(r"\[bookmark:[^\]]*\]", "", "".join(text.split())).translate(_HALF_DIGITS)


@cache
def _ending() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(terms.strings("kinds", "title", "endings")) + r")(?:[（(][^）)]{0,12}[）)])?$")


@cache
def _noise() -> re.Pattern[str]:
    return terms.pattern("kinds", "title", "noise")


# ── kind


@cache
def kind_of(title: str) -> Kind:
    """The kind that a title names; ``OTHER`` when it names none."""
    plain = re.sub(r"[（(][^）)]*[）)]", "", _plain(title))
    for entry in terms.load("kinds")["kind"]:
        fits = any(re.search(p, plain) for p in entry["patterns"])
        if fits and not any(re.search(p, plain) for p in entry.get("not", ())):
            return Kind(entry["kind"])
    return Kind.OTHER


def _kind_by_subject(title: Text) -> Kind:
    """A self-evaluation whose title has no word for its kind: that of a project when it names more than the unit."""
    plain = re.sub(r"[（(][^）)]*[）)]", "", _plain(title.text))
    unit = unit_in_title(title.text)
    if not unit or not re.search(r"绩效自评|绩效自我评价|绩效评价自评", plain):
        return Kind.OTHER
    return Kind.PROJECT_SELF_EVALUATION if title_project(title, unit) else Kind.OVERALL_SELF_EVALUATION


# ── unit


@cache
def _unit_in_title() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = terms.load("kinds")["unit"]
    ends = "|".join(table["endings"])
    strict = re.compile(rf"^(.{{1,34}}?(?:{ends}))(?=(?:{table['followed']}))")
    # Without a word that closes the name, only a name that begins with a place: “群众来信办理” is no 办.
    return strict, re.compile(rf"^(.{{1,12}}(?:省|市|县|(?<!社)区|州|旗).{{0,16}}?(?:{ends}))")


def unit_in_title(title: str) -> str:
    """The body that a title begins with, its year and 关于 dropped; empty when it names none."""
    plain = re.sub(r"^(?:关于)?(?:[（(]?(?:19|20)\d{2}年?度?[）)]?)?", "", _plain(title))
    plain = re.sub(r"^关于", "", plain)
    for pattern in _unit_in_title():
        match = pattern.match(plain)
        if match and not re.fullmatch(r"(?:部门|单位|整体|项目|专项|支出).*|.*(?:19|20)\d{2}年.*", match[1]):
            return re.sub(r"(?:部门|单位)$", "", match[1])
    return ""


def _units(document: Document, title: Text) -> Iterator[Text]:
    """Every mention of a unit's name: the title first, then form heads and the signature."""
    if named := unit_in_title(title.text):
        yield Text(named, title.place)
    fields = _field_pattern()
    for paragraph in document.body:
        if match := fields.search(paragraph.text) or _short_field().search(paragraph.text):
            yield Text(_cut(match[1]), paragraph.place)
    yield from _standing_alone(document)
    if signature := _signature_unit(document):
        yield signature


def _standing_alone(document: Document) -> Iterator[Text]:
    """A line at the front that is nothing but a unit's name."""
    ends = "|".join(terms.strings("kinds", "unit", "endings"))
    for block in document.blocks[:4]:
        if not isinstance(block, Table) and re.fullmatch(rf"[一-鿿（）()]{{4,24}}(?:{ends})", plain := _plain(block.text)):
            yield Text(plain, block.place)


@cache
def _field_pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(f) for f in sorted(terms.strings("kinds", "unit", "fields"), key=len, reverse=True))
    return re.compile(rf"(?:^|[\s　])(?:{names})(?:[（(](?:公章|盖章|章)[）)])?\s*[：:]\s*(\S[^：:，。；]{{2,40}})")


@cache
def _short_field() -> re.Pattern[str]:
    """部门：云州市档案馆 above an account; 单位：万元 is none, so the value must end as names of bodies do."""
    ends = "|".join(terms.strings("kinds", "unit", "endings"))
    return re.compile(rf"(?:^|\s)(?:部门|单位|公开部门|公开单位)\s*[：:]\s*([一-鿿（）()]{{2,30}}(?:{ends}))(?=\s|$)")


def _cut(value: str) -> str:
    """A field's value up to the next field on the same line."""
    return re.split(r"\s{2,}|　|\s(?=\S{2,8}$)|[（(](?:公章|盖章|章)", value.strip())[0].strip()


def _signature_unit(document: Document) -> Text:
    """The short line above the date that closes a report."""
    body = [p for p in document.body if p.text.strip()]
    for i in range(len(body) - 1, 0, -1):
        if _DATE.fullmatch("".join(body[i].text.split())):
            plain = "".join(body[i - 1].text.split())
            ends = "|".join(terms.strings("kinds", "unit", "endings"))
            return Text(plain, body[i - 1].place) if re.fullmatch(rf".{{2,30}}(?:{ends})", plain) else Text()
    return Text()


# ── year


def _year(document: Document, title: Text) -> tuple[int | None, Place]:
    """From the title, a line (2024年度) under it, the file's head, or the year named most often."""
    if found := _year_in(title.text):
        return found, title.place
    for text, place in _front(document):
        if match := _FOR_YEAR.match(_plain(text)):
            return int(match[1]), place
    for block in document.blocks[:_FRONT]:
        text = block.caption if isinstance(block, Table) else block.text
        if len(text) < 60 and not _DATE.search(text) and (found := _year_in(text)):
            return found, block.place
    return _commonest_year(document)


def _year_in(text: str) -> int | None:
    plain = _plain(text)
    if match := _YEAR.search(plain):
        return int(match[1])
    if match := _YEAR_CHINESE.search(plain):
        return int("20" + "".join(str("〇一二三四五六七八九".find(c) if c in "〇一二三四五六七八九" else 0) for c in match[1]))
    match = _YEAR_BARE.search(plain)
    return int(match[1]) if match else None


def _commonest_year(document: Document) -> tuple[int | None, Place]:
    count: Counter[int] = Counter()
    first: dict[int, Place] = {}
    for text, place in document.texts():
        for match in _YEAR.finditer(text if len(text) < 4000 else text[:4000]):
            if not _DATE.match(text, match.start()):
                count[int(match[1])] += 1
                first.setdefault(int(match[1]), place)
    if not count:
        return None, NOWHERE
    year = count.most_common(1)[0][0]
    return year, first[year]


# ── signature


def _signature(document: Document) -> tuple[Text, Text, Text]:
    filler = filed = phone = NO_TEXT
    for paragraph in document.body:
        text, place = paragraph.text, paragraph.place
        if "人" in text and not filler and (m := _FILLER.search(text)):
            filler = Text(m[1], place.part(*m.span(1), m[1]))
        if ("日期" in text or "时间" in text) and not filed and (m := _FILED.search(text)) and _DATE.match(m[1]):
            filed = Text(m[1], place.part(*m.span(1), m[1]))
        if "电话" in text and not phone and (m := _PHONE.search(text)):
            phone = Text(m[1].strip(), place.part(*m.span(1), m[1]))
    return filler, filed or _closing_date(document), phone


def _closing_date(document: Document) -> Text:
    """A line that is nothing but a date, the last one of the document."""
    for paragraph in reversed(document.body):
        plain = "".join(paragraph.text.split())
        if _DATE.fullmatch(plain):
            return Text(plain, paragraph.place)
    return Text()
