"""Personal data in a text: D-18."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Finding, Outcome, Severity, Witness, witness
from hengjian.core.audit.indicators import filled, found
from hengjian.core.document import Cell, Table
from hengjian.core.places import Place
from hengjian.core.report import Text

_LONG = re.compile(r"(?<![0-9A-Za-z.])(?:\d[ -]?){14,18}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![\d.A-Za-z-])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\d.A-Za-z]|\s*(?:元|万元))")
_CONTACT = re.compile(r"电话|手机|联系方式|联系人|号码|联络|传真|填表人|填报人|负责人|经办人")
_CARD_CONTEXT = re.compile(r"卡号|银行卡|账号|帐号|账户|帐户|开户")
_CODE_CONTEXT = re.compile(r"编码|代码|编号|流水|文号|项目码|凭证|合同号|批次号|登记号|档案号")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@rule(
    "D-18",
    title="没有不应公开的个人信息",
    english="No personal data in a text to be published",
    severity=Severity.ERROR,
    basis=Basis.LAW,
    source="《个人信息保护法》第二十五、二十八条；《政府信息公开条例》第十五条",
    bad="正文出现身份证号、银行卡号、手机号",
    good="联系电话栏填办公电话；正文只写人数",
)
def no_personal_data(case: Case) -> Iterator[Outcome]:
    """正文和表格中不应有身份证号、银行卡号、联系方式栏以外的手机号；公开前还应去掉填表人。"""
    for text, place, context in _texts(case):
        yield from _long_numbers(text, place, context)
        for match in _MOBILE.finditer(text):
            if not _is_contact(text, match.start(), context):
                yield _hit("手机号码", match, place)
    if case.public:
        yield from _filler(case)


_DIGITS = re.compile(r"\d(?:[ -]?\d){10}")


def _texts(case: Case) -> Iterator[tuple[str, Place, str]]:
    """Every text that could hold such a number, with its place and the words that say what it is: itself, its row label and its column head."""
    for block in case.document.blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                if _DIGITS.search(cell.text):
                    yield cell.text, cell.place, _label_of(cell, block)
        elif _DIGITS.search(block.text):
            yield block.text, block.place, block.text


_LABEL = re.compile(r"(?:电话|手机|联系方式|联系人|号码|填表人|填报人|经办人|负责人)[^，。；]{0,6}[:：]?[^，。；]{0,10}$")


def _is_contact(text: str, start: int, context: str) -> bool:
    """Whether a number stands in a contact field: a cell with such a label, or a short line that labels it."""
    if context != text:
        return len(text) <= 60 and _CONTACT.search(context) is not None
    return len(text) <= 80 and _LABEL.search(text[:start]) is not None and "。" not in text


def _label_of(cell: Cell, table: Table) -> str:
    left = [c.text for c in table.covering_row(cell.row) if c.column < cell.column][-1:]
    above = [c.text for r in range(1, cell.row) if (c := table.at(r, cell.column)) is not None and not re.search(r"\d{5}", c.text)]
    return " ".join([cell.text, *left, *above])


def _long_numbers(text: str, place: Place, context: str) -> Iterator[Finding]:
    for match in _LONG.finditer(text):
        digits = re.sub(r"[ -]", "", match[0]).upper()
        near = text[max(0, match.start() - 12) : match.start()]
        if is_identity_number(digits):
            yield _hit("公民身份号码", match, place)
        elif _is_card(digits, near + context):
            yield _hit("银行卡号", match, place)


def is_identity_number(text: str) -> bool:
    """18 characters with a region, a birth date and the check character of GB 11643."""
    if not re.fullmatch(r"[1-8]\d{16}[0-9X]", text):
        return False
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    total = sum(int(c) * w for c, w in zip(text, _WEIGHTS, strict=False))
    return born.year >= 1900 and "10X98765432"[total % 11] == text[17]


def _is_card(digits: str, context: str) -> bool:
    """A Luhn number of 16 to 19 digits that begins like a card, or is called one; never a code."""
    if not re.fullmatch(r"\d{16,19}", digits) or _CODE_CONTEXT.search(context) or not _luhn(digits):
        return False
    return digits.startswith(("62", "4", "5", "60", "95", "96")) or _CARD_CONTEXT.search(context) is not None


def _luhn(digits: str) -> bool:
    total = 0
    for index, character in enumerate(reversed(digits)):
        number = int(character) * (2 if index % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0 and len(set(digits)) > 2


def _hit(kind: str, match: re.Match[str], place: Place) -> Finding:
    """A finding that never repeats the number itself."""
    masked = match[0][:3] + "*" * (len(match[0]) - 7) + match[0][-4:]
    spot = place.part(match.start(), match.end(), masked)
    return found(
        "D-18", Severity.ERROR, "此处有{kind}（{said}）。", Witness("personal_data", spot, masked), said=masked, kind=kind
    )


def _filler(case: Case) -> Iterator[Finding]:
    for label, text in (("填表人", case.report.filler), ("联系电话", case.report.phone)):
        if filled(text):
            yield found(
                "D-18",
                Severity.WARNING,
                "公开前应去掉{label}。",
                witness("personal_data", Text("＊" * min(len(text.compact), 6), text.place)),
                label=label,
            )
