"""Prints any paper as a Word document: real styles, fixed tables, rows that do not break, page numbers as fields."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm

from hengjian.forms.archive import FIXED_MOMENT, repack
from hengjian.forms.docx_styles import FORM_PAGE_NUMBER_STYLE, PAGE_NUMBER_STYLE, add_styles, style_name
from hengjian.forms.docx_table import table_element
from hengjian.forms.docx_xml import element, field, paragraph_text
from hengjian.forms.paper import Align, Grid, Line, Paper, Sheet, Style

FORM_MARGINS = {"top": 20, "left": 18, "right": 18, "bottom": 18}
OFFICIAL_MARGINS = {"top": 37, "left": 28, "right": 26, "bottom": 35}
"""GB/T 9704: 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm."""
_MM_TO_TWIPS = 1440 / 25.4


def write(paper: Paper) -> bytes:
    """The document's bytes, the same for the same paper."""
    document = Document()
    add_styles(document)
    document.settings.odd_and_even_pages_header_footer = any(s.official for s in paper.sheets)
    for number, sheet in enumerate(paper.sheets):
        section = document.sections[0] if number == 0 else _next_section(document)
        _set_page(section, sheet)
        for block in sheet.blocks:
            _write_block(document, block, _text_width(sheet))
        if isinstance(sheet.blocks[-1], Grid):
            document.add_paragraph(style=style_name(Style.GRID_NOTE))
    _set_properties(document, paper.title)
    out = BytesIO()
    document.save(out)
    return repack(out.getvalue())


def _next_section(document: Any) -> Any:
    """A new page with its own layout; the break sits in the last paragraph and not in an empty one of its own."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    carrier = document.element.body.xpath("./w:p[w:pPr/w:sectPr]")[-1]
    before = carrier.getprevious()
    before.get_or_add_pPr().append(carrier.pPr.find(carrier.pPr.nsmap["w"].join("{}") + "sectPr"))
    carrier.getparent().remove(carrier)
    return section


def _set_page(section: Any, sheet: Sheet) -> None:
    margins = OFFICIAL_MARGINS if sheet.official else FORM_MARGINS
    width, height = (297, 210) if sheet.landscape else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    for side, millimetres in margins.items():
        setattr(section, f"{side}_margin", Mm(millimetres))
    section.header_distance = Mm(15)
    section.footer_distance = Mm(28 if sheet.official else 9)
    _set_grid(section, official=sheet.official)
    for footer, align in ((section.footer, Align.RIGHT), (section.even_page_footer, Align.LEFT)):
        footer.is_linked_to_previous = False
        _write_footer(footer.paragraphs[0], sheet, align)


def _set_grid(section: Any, *, official: bool) -> None:
    """22 lines in the type area of an official page; no grid on a form.

    The 28 characters of a line come from the styles' spacing: office programs disagree on character grids.
    """
    for old in section._sectPr.xpath("./w:docGrid"):
        section._sectPr.remove(old)
    if official:
        section._sectPr.append(element("w:docGrid", type="lines", linePitch="579"))


def _write_footer(paragraph: Any, sheet: Sheet, align: Align) -> None:
    paragraph.style = PAGE_NUMBER_STYLE if sheet.official else FORM_PAGE_NUMBER_STYLE
    if sheet.official:
        indent = {"rightChars": "100"} if align is Align.RIGHT else {"leftChars": "100"}
        paragraph._p.get_or_add_pPr().append(element("w:ind", **indent))
        parts = ["— ", "PAGE", " —"]
    else:
        align = Align.CENTRE
        parts = ["第 ", "PAGE", " 页 共 ", "NUMPAGES", " 页"]
    paragraph._p.get_or_add_pPr().append(element("w:jc", val=align.value))
    for part in parts:
        if part.isalpha():
            field(paragraph._p, part)
        else:
            paragraph.add_run(part)


def _text_width(sheet: Sheet) -> int:
    """The width between the margins, in twentieths of a point."""
    margins = OFFICIAL_MARGINS if sheet.official else FORM_MARGINS
    paper = 297 if sheet.landscape else 210
    return round((paper - margins["left"] - margins["right"]) * _MM_TO_TWIPS)


def _write_block(document: Any, block: Grid | Line, width: int) -> None:
    if isinstance(block, Grid):
        document.element.body.insert_element_before(table_element(block, width), "w:sectPr")
        return
    paragraph = document.add_paragraph(style=style_name(block.style))
    paragraph_text(paragraph._p, block.text)
    if block.right:
        tabs = element("w:tabs")
        tabs.append(element("w:tab", val="right", pos=str(width)))
        paragraph._p.get_or_add_pPr().append(tabs)
        paragraph.add_run("\t")
        paragraph_text(paragraph._p, block.right)


def _set_properties(document: Any, title: str) -> None:
    properties = document.core_properties
    properties.title = title[:255]
    properties.author = ""
    properties.comments = ""
    properties.created = properties.modified = datetime(*FIXED_MOMENT)  # noqa: DTZ001
