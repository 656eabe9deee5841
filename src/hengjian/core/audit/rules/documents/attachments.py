"""Whether what the report names as attached is there: D-10."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Finding, Outcome, Passed, Severity, Witness
from hengjian.core.audit.indicators import found
from hengjian.core.audit.similarity import normalise
from hengjian.core.document import Block, Document, Paragraph, Table
from hengjian.core.places import Place

_NUMBER = r"[0-9０-９]{1,2}(?:\s*[-—－–]\s*[0-9０-９]{1,2})?|[一二三四五六七八九十]{1,3}"
_NAMED = re.compile(rf"附\s*件\s*(?P<n>{_NUMBER})(?![0-9]|[个份张项、]?\s*(?:个|份|张))")
_TITLE_AFTER = re.compile(r"^\s*[:：.．、）)]?\s*(?P<title>[^。；;，,]{4,40})")
_LIST_HEAD = re.compile(r"^附\s*件\s*[:：]\s*(?:1|一)\s*[.．、]")
_LIST_ITEM = re.compile(r"^(?:附\s*件\s*[:：]\s*)?(?P<n>\d{1,2})\s*[.．、]\s*(?P<title>[^。；;]{4,40})$")
_OF_NOTICE = re.compile(r"[》号]\s*(?:[（(]?\s*(?:以下简称[^）)]*)?[）)]?\s*)?(?:的|中|所附|规定的)?\s*$|(?:通知|文件|办法|意见|方案)(?:的|中|所附)?\s*[（(]?$")


@dataclass(frozen=True, slots=True)
class _Mention:
    number: str
    title: str
    place: Place
    block: int
    opening: bool
    """Whether the paragraph begins with it, so that it may be the annex itself."""


@rule(
    "D-10",
    title="所列附件齐全",
    english="Every annex that is named is there",
    severity=Severity.WARNING,
    basis=Basis.FORM,
    source="自评报告所列附件应随文报送",
    bad="文中写“详见附件2”，文件内和同批文件中都没有附件2",
    good="附件1、附件2附在文后，或同批文件中有“附件2….xlsx”",
)
def annexes_are_there(case: Case) -> Iterator[Outcome]:
    """正文点名的附件N应在文件内，或在同一批文件中。"""
    mentions = list(_mentions(case.document))
    seen: set[str] = set()
    for mention in mentions:
        if mention.number in seen or _is_there(mention, mentions, case):
            continue
        seen.add(mention.number)
        yield _missing(mention)
    if mentions and not seen:
        yield Passed("D-10", f"{len({m.number for m in mentions})}个附件都在")


def _missing(mention: _Mention) -> Finding:
    return found(
        "D-10",
        Severity.WARNING,
        "没有找到附件{number}{title}。",
        Witness("mention", mention.place, mention.place.quote),
        said=f"附件{mention.number}",
        number=mention.number,
        title=f"“{mention.title}”" if mention.title else "",
    )


def _mentions(document: Document) -> Iterator[_Mention]:
    """Annexes that the text names with a number, and the items of a list after 附件：."""
    in_list = False
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph) or block.role in ("contents", "header", "footer"):
            continue
        text = block.text.strip()
        in_list = bool(_LIST_HEAD.match(text)) or (in_list and _LIST_ITEM.match(text) is not None)
        if in_list and (item := _LIST_ITEM.match(text)):
            yield _Mention(item["n"], item["title"].strip(), _part(block, block.text.strip()), index, False)
        else:
            yield from _in_text(block, index)


def _in_text(paragraph: Paragraph, index: int) -> Iterator[_Mention]:
    for match in _NAMED.finditer(paragraph.text):
        before = paragraph.text[: match.start()]
        if _OF_NOTICE.search(before) or re.search(r"[〔\[【﹝（(]20\d{2}[^（）()]{0,20}号[，,、]?\s*(?:详?见|的)?$", before):
            continue
        title = _TITLE_AFTER.match(paragraph.text[match.end() :])
        opening = not before.strip("　 （(【[")
        named = title["title"].strip() if title and opening else ""
        place = paragraph.place.part(match.start(), match.end(), match[0])
        yield _Mention(_plain_number(match["n"]), named, place, index, opening)


def _part(paragraph: Paragraph, quote: str) -> Place:
    start = paragraph.text.find(quote)
    return paragraph.place.part(start, start + len(quote), quote)


def _plain_number(text: str) -> str:
    """``１－２`` and ``1-2`` alike; 二 is 2."""
    plain = re.sub(r"\s", "", text).translate(str.maketrans("０１２３４５６７８９－—–", "0123456789---"))
    tens, ten, ones = plain.partition("十")
    digits = "零一二三四五六七八九"
    if ten:
        return str((digits.index(tens) if tens else 1) * 10 + (digits.index(ones) if ones else 0))
    return str(digits.index(plain)) if plain in digits else plain


def _is_there(mention: _Mention, mentions: list[_Mention], case: Case) -> bool:
    same = [m for m in mentions if m.number == mention.number]
    if any(m.opening and _opens_annex(m, case.document) for m in same):
        return True
    if any(re.search(rf"附\s*件\s*{re.escape(mention.number)}(?![\d-])", t.sheet + t.caption) for t in case.document.tables):
        return True
    titles = [m.title for m in same if m.title]
    return _beside(mention.number, titles, case) or any(_titled(t, case.document, same) for t in titles)


def _opens_annex(mention: _Mention, document: Document) -> bool:
    """Whether an annex follows: the first line of the document itself, or a table or text after the line."""
    if not any(isinstance(b, Table) or b.text.strip() for b in document.blocks[: mention.block]):
        return True
    following = [b for b in document.blocks[mention.block + 1 :] if isinstance(b, Table) or b.text.strip()]
    return (any(isinstance(b, Table) for b in following[:6]) and not _another(following)) or _has_text(following)


def _another(following: list[Block]) -> bool:
    """Whether the next thing is the next annex line: then this one only names its annex."""
    return bool(following) and isinstance(following[0], Paragraph) and bool(re.match(r"\s*附\s*[件表]", following[0].text))


def _has_text(following: list[Block]) -> bool:
    texts = [b.text for b in following[:8] if isinstance(b, Paragraph)]
    return not _another(following) and sum(len(t) for t in texts) >= 120


def _beside(number: str, titles: list[str], case: Case) -> bool:
    """Whether another file of the batch is the annex, by its name."""
    names = [n.rpartition(".")[0] or n for n in case.beside if n != case.document.name]
    own = re.search(rf"附[件表]\s*{re.escape(number)}(?!\d)", case.document.name)
    numbered = any(re.search(rf"附[件表]\s*{re.escape(number)}(?![\d-])", n) for n in names)
    return bool(own) or numbered or any(normalise(t) in normalise(n) or normalise(n) in normalise(t) for t in titles for n in names if len(n) >= 4)


def _titled(title: str, document: Document, same: list[_Mention]) -> bool:
    """Whether a later title or caption is the annex's title."""
    wanted = normalise(re.sub(r"^\d{4}年度?", "", title))
    blocks = {m.block for m in same}
    if len(wanted) < 5:
        return False
    for index, block in enumerate(document.blocks):
        text = block.caption + (block.cells[0].text if block.cells else "") if isinstance(block, Table) else block.text
        if index in blocks or (isinstance(block, Paragraph) and len(block.text) > 60):
            continue
        if isinstance(block, Paragraph) and re.match(r"\s*(?:附\s*件\s*[:：]|\d{1,2}\s*[.．、])", block.text):
            continue
        if wanted in normalise(text):
            return _followed(document, index) or isinstance(block, Table)
    return any(t.sheet and normalise(t.sheet) in wanted for t in document.tables if len(t.sheet) >= 4)


def _followed(document: Document, index: int) -> bool:
    """Whether something stands under a title."""
    return any(isinstance(b, Table) or len(b.text.strip()) >= 10 for b in document.blocks[index + 1 : index + 5])
