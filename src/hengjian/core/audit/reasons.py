"""The words of a report beside its figures: whether it explains a deviation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengjian.core.audit.catalogue import Case
from hengjian.core.places import Place

_SENTENCE = re.compile(r"[^。；;\n]+")
_CHANGE = r"追加|调增|调减|调整|调剂|增加|增长|增幅|减少|上升|高于|超出|超过|超支|变动|变化|差异|偏差|新增"
_CAUSE = r"原因|由于|因为|(?<![公事])因(?!公出|公接|公务|信访(?:问题|事项|矛盾)|素|此|而|地制宜|故|果)|主要是|主要为|系(?!统|列)|用于|为了|根据|按照.{0,20}(?:政策|文件|要求|规定)"
_MONEY = r"预算|支出|经费|资金|拨款|采购|费用|成本|费"
_EXPLAINS = re.compile(rf"(?:{_CHANGE}).*(?:{_CAUSE})|(?:{_CAUSE}).*(?:{_CHANGE})")
_FUTURE = re.compile(r"下一步|今后|拟|力争|努力|将(?:进一步|继续|按照|严格|加强)|继续|要(?:进一步|严格|加强|加大)|建议|应(?:当|该)?(?:进一步|严格|加强)")


def sentences(case: Case) -> Iterator[tuple[str, Place]]:
    """Every sentence of the running text and of table cells, with its place."""
    for text, place in case.document.texts():
        for match in _SENTENCE.finditer(text):
            yield match[0], place


def explains_change(case: Case, *subjects: str) -> bool:
    """Whether a sentence gives a reason for a change of the money (and names one of ``subjects``, where given)."""
    return any(
        _EXPLAINS.search(text) and re.search(_MONEY, text) and (not subjects or any(s in text for s in subjects))
        for text, _ in sentences(case)
    )


def is_future(text: str) -> bool:
    """Whether a statement is an intention and not a result."""
    return bool(_FUTURE.search(text))
