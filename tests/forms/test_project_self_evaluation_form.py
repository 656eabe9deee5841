"""The printed F3, opened again: every cell stands where the national form has it."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from tests.forms.reports import project_self_evaluation

from hengjian.core.report import Report
from hengjian.forms import FORMS

FORM = FORMS["F3"]


@pytest.fixture(scope="module")
def report() -> Report:
    return project_self_evaluation()


def test_the_word_form_has_the_merged_grid(report: Report) -> None:
    table = Document(BytesIO(FORM.render(report, "docx"))).tables[0]
    assert table.cell(0, 0).text == "项目名称"
    assert table.cell(0, 1)._tc is table.cell(0, 8)._tc
    assert table.cell(2, 0)._tc is table.cell(6, 0)._tc
    assert table.cell(9, 0).text == "绩\n效\n指\n标"
    assert table.cell(10, 1).text == "产出指标"
    assert table.cell(10, 1)._tc is table.cell(14, 1)._tc
    assert [c.text for c in table.rows[-1].cells][5:8] == ["总分", "100", "98.71"]


def test_the_sheet_holds_numbers_as_numbers_and_prints_them_as_on_paper(report: Report) -> None:
    sheet = load_workbook(BytesIO(FORM.render(report, "xlsx"))).active
    values = {
        cell.value: cell.number_format for row in sheet.iter_rows() for cell in row if cell.value is not None
    }
    assert values[135.5] == "0.00"
    assert values[0.9748] == "0.00%"
    assert values[10] == "0"
    assert "A14:A22" in {str(r) for r in sheet.merged_cells.ranges} or len(sheet.merged_cells.ranges) > 20


def test_the_sheet_is_set_up_for_a4_paper(report: Report) -> None:
    sheet = load_workbook(BytesIO(FORM.render(report, "xlsx"))).active
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        9,
        1,
        0,
    )
    assert sheet.print_title_rows is not None
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert Decimal(str(round(sheet.page_margins.top * 25.4))) == 20
