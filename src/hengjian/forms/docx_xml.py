"""The few WordprocessingML elements that the writers make. Text is always a text node, never joined into markup."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def element(name: str, /, **attributes: str) -> Any:
    """An element such as ``w:jc`` with attributes of the same namespace."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def paragraph_text(paragraph: Any, text: str) -> None:
    """Append one run with the text; line breaks become breaks, tabs tabs."""
    if not text:
        return
    run = element("w:r")
    run.text = text
    paragraph.append(run)


def field(paragraph: Any, instruction: str) -> None:
    """Append a field such as PAGE that the office program fills in."""
    made = element("w:fldSimple", instr=instruction)
    run = element("w:r")
    run.text = "1"
    made.append(run)
    paragraph.append(made)


def fonts_element(name: str, latin: str = "") -> Any:
    return element("w:rFonts", ascii=latin or name, hAnsi=latin or name, eastAsia=name, cs=latin or name)
