"""The paragraph styles of a printed document, named as people find them in Word, and their fonts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt, RGBColor
from lxml import etree

from hengjian.forms import fonts
from hengjian.forms.docx_xml import element, fonts_element
from hengjian.forms.paper import Align, Style

OFFICIAL_SIZE = 16
"""三号, the size of all running text of an official document, in points."""
CELL_STYLE = "表格文字"
LABEL_STYLE = "表格栏目"
PAGE_NUMBER_STYLE = "页码"
FORM_PAGE_NUMBER_STYLE = "表格页码"


@dataclass(frozen=True, slots=True)
class _Look:
    """Font, size in points, alignment, exact line height in points (0: single), indents in hundredths of a character."""

    name: str
    font: str = fonts.BODY
    size: float = 16
    align: Align = Align.LEFT
    line: float = 28.95
    first_chars: int = 0
    left_chars: int = 0
    right_chars: int = 0
    before: float = 0
    after: float = 0
    outline: int = 0
    justified: bool = False


LOOKS: dict[Style, _Look] = {
    Style.ANNEX: _Look("附件标识", fonts.HEADING, 16),
    Style.TITLE: _Look("Title", fonts.TITLE, 22, Align.CENTRE, 35, after=14),
    Style.SUBTITLE: _Look("Subtitle", fonts.BODY, 14, Align.CENTRE, 24, after=4),
    Style.GRID_NOTE: _Look("表注", fonts.BODY, 10.5, line=20),
    Style.LEVEL1: _Look("Heading 1", fonts.HEADING, first_chars=200, outline=1),
    Style.LEVEL2: _Look("Heading 2", fonts.SECOND_HEADING, first_chars=200, outline=2),
    Style.LEVEL3: _Look("Heading 3", first_chars=200, outline=3),
    Style.LEVEL4: _Look("Heading 4", first_chars=200, outline=4),
    Style.BODY: _Look("公文正文", first_chars=200, justified=True),
    Style.ATTACHMENT: _Look("附件说明", first_chars=200, before=28.95),
    Style.ATTACHMENT_NEXT: _Look("附件说明续", first_chars=500),
    Style.SIGNATURE: _Look("落款", align=Align.RIGHT, right_chars=200, before=57.9),
    Style.DATE: _Look("成文日期", align=Align.RIGHT, right_chars=400),
}
_OTHERS = (
    _Look(CELL_STYLE, fonts.BODY, 10.5, line=14),
    _Look(LABEL_STYLE, fonts.HEADING, 10.5, Align.CENTRE, line=14),
    _Look(PAGE_NUMBER_STYLE, fonts.PAGE_NUMBER, 14, line=0),
    _Look(FORM_PAGE_NUMBER_STYLE, fonts.PAGE_NUMBER, 9, line=0),
)
_IDS = {
    CELL_STYLE: "HjCell",
    LABEL_STYLE: "HjLabel",
    PAGE_NUMBER_STYLE: "HjPageNumber",
    FORM_PAGE_NUMBER_STYLE: "HjFormPageNumber",
}


def style_name(style: Style) -> str:
    return LOOKS[style].name


def style_id(name: str) -> str:
    return _IDS[name]


def add_styles(document: Any) -> None:
    """Put every style and the font table with the alternative fonts into a new document."""
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    _set_font(normal, fonts.BODY)
    for look in (*LOOKS.values(), *_OTHERS):
        _add_style(document, look)
    _name_fallbacks(document)


def _add_style(document: Any, look: _Look) -> None:
    names = {s.name for s in document.styles}
    style = (
        document.styles[look.name]
        if look.name in names
        else document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    )
    if look.name in _IDS:
        style.element.set(f"{{{style.element.nsmap['w']}}}styleId", _IDS[look.name])
    style.base_style = None if look.name.isascii() else document.styles["Normal"]
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), False, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    _set_font(style, look.font)
    if look.size == OFFICIAL_SIZE:
        _tighten(style)
    _set_paragraph(style, look)


def _tighten(style: Any) -> None:
    """28 characters of 16 points on 156 mm: a quarter of a point less between two (GB/T 9704)."""
    style.element.get_or_add_rPr().append(element("w:spacing", val="-5"))


def _set_font(style: Any, name: str) -> None:
    properties = style.element.get_or_add_rPr()
    for old in properties.xpath("./w:rFonts"):
        properties.remove(old)
    properties.insert(0, fonts_element(name))


def _set_paragraph(style: Any, look: _Look) -> None:
    """Replace the paragraph properties, children in the order the schema wants."""
    properties = style.element.get_or_add_pPr()
    for child in list(properties):
        properties.remove(child)
    if look.outline:
        properties.append(element("w:keepNext"))
    line = (
        {"line": str(round(look.line * 20)), "lineRule": "exact"}
        if look.line
        else {"line": "240", "lineRule": "auto"}
    )
    properties.append(
        element("w:spacing", before=str(round(look.before * 20)), after=str(round(look.after * 20)), **line)
    )
    indents = {
        "firstLineChars": look.first_chars,
        "leftChars": look.left_chars,
        "rightChars": look.right_chars,
    }
    twips = {"firstLine": look.first_chars, "left": look.left_chars, "right": look.right_chars}
    if any(indents.values()):
        measured = {k: str(round(v / 100 * look.size * 20)) for k, v in twips.items() if v}
        properties.append(element("w:ind", **{k: str(v) for k, v in indents.items() if v}, **measured))
    properties.append(element("w:jc", val="both" if look.justified else look.align.value))
    if look.outline:
        properties.append(element("w:outlineLvl", val=str(look.outline - 1)))


def _name_fallbacks(document: Any) -> None:
    """Write the alternative names into the font table, where office programs look when a font is missing."""
    table = element("w:fonts")
    for name, others in fonts.FALLBACKS.items():
        font = element("w:font", name=name)
        font.append(element("w:altName", val=others))
        table.append(font)
    part = next(p for p in document.part.package.iter_parts() if str(p.partname) == "/word/fontTable.xml")
    part._blob = _xml(table)


def _xml(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
