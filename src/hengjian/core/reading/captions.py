"""The caption of a table: the short lines right above it that name it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hengjian.core.document import Paragraph

MOST_LINES = 6
_LONGEST = 60
_LABEL = re.compile(
    r"单\s*位|填\s*[报表]|编\s*[制报]|年\s*度|日\s*期|部\s*门|项目(名称|编码|代码)|公开\s*\d*\s*表"
)
_HEADING = re.compile(
    r"^(第[一二三四五六七八九十]+[章节部]|[一二三四五六七八九十]{1,3}\s*[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_TITLE_END = re.compile(r"(表|表格|清单|一览)[\s）)]*([（(].{1,30}[）)])?$")
_ANNEX = re.compile(r"^附\s*[件表：:]")
_DATE = re.compile(r"^(\d{4}|二[〇○0０]\S{2})\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日$")
"""A date of its own line ends the letter above; what follows it is the annex."""
_SENTENCE = re.compile(r"[。！？；!?;]|[，,].*[，,]")


def caption_above(paragraphs: Sequence[Paragraph]) -> str:
    """The lines that name a table, out of the paragraphs above it (nearest last), joined by line breaks.

    Going up from the table: short lines that are no sentence and no heading; an annex line ends the caption.
    """
    lines: list[str] = []
    for paragraph in reversed(paragraphs[-MOST_LINES:]):
        if paragraph.role not in ("body", "textbox") or not _names_a_table(paragraph):
            break
        lines.append(paragraph.text)
        if _ANNEX.match(paragraph.text):
            break
    return "\n".join(reversed(lines))


def _names_a_table(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if len(text) > _LONGEST or _SENTENCE.search(text) or _DATE.match(text):
        return False
    if text.endswith(("：", ":")) and not _LABEL.search(text):
        return False
    is_heading = bool(_HEADING.match(text)) or (paragraph.level > 0 and bool(paragraph.numbering))
    return not is_heading or bool(_TITLE_END.search(text))
