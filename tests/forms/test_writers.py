"""The three writers on any paper: hostile text stays text, bytes do not change, the pages are set up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from docx import Document
from hypothesis import given, settings
from openpyxl import load_workbook
from tests.forms.reports import SAMPLES, project_self_evaluation
from tests.strategies import hostile

from hengjian.forms import FORMS, docx_writer, pdf_writer, xlsx_writer
from hengjian.forms.figures import spreadsheet_number
from hengjian.forms.paper import Align, Box, CannotPrintError, Grid, Line, Paper, Sheet, Style, printable
from hengjian.forms.pdf_writer import PdfError

WRITERS = {"docx": docx_writer.write, "xlsx": xlsx_writer.write, "pdf": pdf_writer.write}
HOSTILE = (
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "<b>甲&乙</b>",
    '#eval("1") $x$ *粗*',
    "{{ 7*7 }}",
    "_x0041_",
)


def _paper(text: str) -> Paper:
    boxes = (Box(1, 1, printable(text)), Box(1, 2, "右", align=Align.CENTRE))
    return Paper("试样", (Sheet("试样", (Line("试样", Style.TITLE), Grid((20, 10), boxes))),))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_a_workbook(text: str) -> None:
    cell = load_workbook(BytesIO(xlsx_writer.write(_paper(text)))).active["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == (text[0] in "=+-@")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_word_and_pdf(text: str) -> None:
    assert Document(BytesIO(docx_writer.write(_paper(text)))).tables[0].cell(0, 0).text == text
    page = pypdfium2.PdfDocument(pdf_writer.write(_paper(text)))[0].get_textpage().get_text_bounded()
    assert "".join(text.split()) in "".join(page.split())


@given(hostile)
@settings(max_examples=40, deadline=None)
def test_any_text_comes_back_from_word_and_excel(text: str) -> None:
    wanted = printable(text)
    word = Document(BytesIO(docx_writer.write(_paper(text)))).tables[0].cell(0, 0).text
    assert word == wanted
    cell = load_workbook(BytesIO(xlsx_writer.write(_paper(text)))).active["A2"].value
    assert (cell or "") == wanted


@given(hostile)
@settings(max_examples=40, deadline=None)
def test_any_text_can_be_set_as_pdf(text: str) -> None:
    assert pdf_writer.write(_paper(text)).startswith(b"%PDF-")


def test_rare_characters_of_names_print() -> None:
    names = "䶮㛃𬱖𫖮𠅤"
    made = pdf_writer.write(_paper(names))
    assert b"pdfaid" in made
    assert names in pypdfium2.PdfDocument(made)[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize("fmt", list(WRITERS))
def test_the_same_report_gives_the_same_bytes(fmt: str) -> None:
    form = FORMS["F3"]
    assert form.render(project_self_evaluation(), fmt) == form.render(project_self_evaluation(), fmt)


def test_an_office_file_holds_no_moment_of_writing() -> None:
    for write in (docx_writer.write, xlsx_writer.write):
        with ZipFile(BytesIO(write(_paper("甲")))) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(2020, 1, 1, 0, 0, 0)}
            assert b"2020-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_a_warning_of_the_typesetter_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "paper.typ"
    source.write_text('#set text(font: "no such font")\n甲', encoding="utf-8")
    monkeypatch.setattr(pdf_writer, "_SOURCE", source)
    pdf_writer._compiler.cache_clear()
    with pytest.raises(PdfError, match="no such font"):
        pdf_writer.write(_paper("甲"))
    pdf_writer._compiler.cache_clear()


@pytest.mark.parametrize(
    ("text", "value", "pattern"),
    [
        ("570.79", "570.79", "0.00"),
        ("570.80", "570.80", "0.00"),
        ("97.48%", "0.9748", "0.00%"),
        ("100%", "1", "0%"),
        ("1,234.50", "1234.50", "#,##0.00"),
        ("-3.10", "-3.10", "0.00"),
        ("0", "0", "0"),
    ],
)
def test_a_printed_number_is_a_number_with_its_decimals(text: str, value: str, pattern: str) -> None:
    number = spreadsheet_number(text)
    assert number is not None
    assert (number.value, number.format) == (Decimal(value), pattern)


@pytest.mark.parametrize(
    "text", ["", "—", "≥95%", "12场", "0571", "1234567890123456.78", "２０", "1.", "=1", "1e5"]
)
def test_other_cells_stay_text(text: str) -> None:
    assert spreadsheet_number(text) is None


def test_a_text_that_no_cell_can_hold_is_refused_with_a_reason() -> None:
    with pytest.raises(CannotPrintError, match="最多容纳32767字"):
        xlsx_writer.write(_paper("长" * 40_000))


def test_sheets_have_names_that_a_workbook_allows() -> None:
    report = project_self_evaluation()
    name = "甲/乙[1]:*?\\" + "很长" * 20
    project = replace(report.projects[0], name=name)
    data = FORMS["F3"].render(replace(report, projects=(project, project)), "xlsx")
    names = load_workbook(BytesIO(data)).sheetnames
    assert len(set(names)) == 2
    assert all(len(n) <= 31 and not set(n) & set("[]:*?/\\") for n in names)


@pytest.mark.parametrize("code", list(FORMS))
def test_a_word_form_keeps_rows_together_and_tables_fixed(code: str) -> None:
    document = Document(BytesIO(FORMS[code].render(SAMPLES[code](), "docx")))
    assert all(t._tbl.tblPr.xpath("./w:tblLayout[@w:type='fixed']") for t in document.tables)
    assert all(r._tr.xpath("./w:trPr/w:cantSplit") for t in document.tables for r in t.rows)
    assert {p.style.name for p in document.paragraphs} <= STYLES


STYLES = {
    "附件标识", "Title", "Subtitle", "表注", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "公文正文", "附件说明", "附件说明续",
    "落款", "成文日期",
}  # fmt: skip


def test_fonts_are_named_with_what_may_stand_for_them() -> None:
    with ZipFile(BytesIO(docx_writer.write(_paper("甲")))) as archive:
        table = archive.read("word/fontTable.xml").decode()
    assert "方正小标宋简体" in table
    assert "仿宋_GB2312" in table
    assert "altName" in table


@pytest.mark.parametrize(
    "boxes",
    [
        (Box(1, 1, "甲"),),
        (Box(1, 1, "甲", column_span=2), Box(1, 2, "乙")),
        (Box(1, 1, "甲"), Box(1, 2, "乙"), Box(1, 3, "丙")),
    ],
)
def test_a_grid_that_is_not_tiled_is_refused(boxes: tuple[Box, ...]) -> None:
    with pytest.raises(ValueError, match="boxes"):
        Grid((10, 10), boxes)


def _number_of_pages(data: bytes) -> int:
    return len(pypdfium2.PdfDocument(data))


@pytest.mark.parametrize(("code", "pages"), [("F1", 2), ("F3", 1), ("F3b", 2), ("F4", 1), ("F5", 1)])
def test_a_usual_form_fits_its_page(code: str, pages: int) -> None:
    assert _number_of_pages(FORMS[code].render(SAMPLES[code](), "pdf")) == pages


def test_every_writer_is_used_by_some_form() -> None:
    used: set[str] = {fmt for form in FORMS.values() for fmt in form.formats}
    writers: dict[str, Callable[[Paper], bytes]] = dict(WRITERS)
    assert used == set(writers)
