from __future__ import annotations

import io
import time
from collections.abc import Iterable
from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Side
from tests.core.reading.conftest import relations, zipped

from hengjian.core.document import Document
from hengjian.core.reading import read

THIN = Side(style="thin")
BOX = Border(top=THIN, bottom=THIN, left=THIN, right=THIN)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
FORM = [
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "得分"],
    ["产出指标", "数量指标", "接访批次", "≥100批", "120批", 10],
    [None, "质量指标", "办结率", "≥95%", 0.9742, 9.5],
    ["总分", None, None, None, None, 19.5],
]


def saved(book: openpyxl.Workbook) -> Document:
    buffer = io.BytesIO()
    book.save(buffer)
    return read(buffer.getvalue(), "示例.xlsx")


def form(bordered: bool) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "自评表"
    sheet["A1"] = "附件1-2"
    sheet["A2"] = "部门整体支出绩效自评表"
    sheet.merge_cells("A2:F2")
    sheet["A3"], sheet["F3"] = "填报单位：云州市衡山区信访局", "单位：万元"
    put(sheet, FORM, 4, bordered)
    sheet["E6"].number_format = "0.00%"
    sheet["F7"].number_format = "0.00"
    sheet.merge_cells("A5:A6")
    sheet.merge_cells("A7:E7")
    sheet["A8"], sheet["D8"] = "填表人：", "联系电话："
    return book


def put(sheet: Any, rows: Iterable[Iterable[object]], top: int, bordered: bool = False) -> None:
    for i, values in enumerate(rows):
        for j, value in enumerate(values):
            target = sheet.cell(top + i, 1 + j, value)
            if bordered:
                target.border = BOX


@pytest.mark.parametrize("bordered", [True, False])
def test_a_form_with_and_without_lines(bordered: bool) -> None:
    document = saved(form(bordered))
    assert [x.text for x in document.paragraphs] == [
        "附件1-2", "部门整体支出绩效自评表", "填报单位：云州市衡山区信访局", "单位：万元", "填表人：", "联系电话：",
    ]  # fmt: skip
    (table,) = document.tables
    assert table.caption.split("\n") == ["附件1-2", "部门整体支出绩效自评表", "填报单位：云州市衡山区信访局", "单位：万元"]
    assert (table.height, table.width, table.sheet) == (4, 6, "自评表")
    assert table.at(3, 1) is table.at(2, 1)
    rate, total = table.at(3, 5), table.at(4, 6)
    assert rate is not None and (rate.text, str(rate.number), rate.place.loc) == ("97.42%", "0.9742", "自评表!E6")
    assert total is not None and total.text == "19.50"
    assert table.at(4, 5) is table.at(4, 1)
    assert document.paragraphs[2].place.loc == "自评表!A3"


def test_a_title_drawn_inside_the_lines_is_still_a_title() -> None:
    book = openpyxl.Workbook()
    put(book.active, [["项目支出绩效自评表", None, None], ["（2024年度）", None, None], ["项目名称", "接访", "单位"], ["预算", 8, "万元"]], 1, True)
    book.active.merge_cells("A1:C1")
    book.active.merge_cells("A2:C2")
    (table,) = saved(book).tables
    assert table.caption == "项目支出绩效自评表\n（2024年度）" and table.height == 2


def test_prose_in_one_column_becomes_paragraphs() -> None:
    book = openpyxl.Workbook()
    put(book.active, [["一、部门概况"], ["本单位编制8人。\n实有8人。"], [None], ["二、收支情况"]], 1)
    document = saved(book)
    assert [x.text for x in document.paragraphs] == ["一、部门概况", "本单位编制8人。", "实有8人。", "二、收支情况"]
    assert not document.tables


def test_several_sheets_number_their_tables_on_and_hidden_ones_are_left_out() -> None:
    book = openpyxl.Workbook()
    put(book.active, [["a", "b"], ["c", "d"]], 1)
    for title in ("草稿", "附表"):
        put(book.create_sheet(title), [["表头", "值"], ["人数", 8]], 3)
    book["草稿"].sheet_state = "hidden"
    document = saved(book)
    assert [(t.number, t.sheet) for t in document.tables] == [(1, "Sheet"), (2, "附表")]
    assert [(n.code, n.message) for n in document.not_read] == [("hidden_sheet", "工作表“草稿”是隐藏的，内容没有读取")]


def test_a_workbook_of_hidden_sheets_only_is_read() -> None:
    row = '<sheetData><row r="1"><c r="A1"><v>8</v></c><c r="B1"><v>9</v></c></row></sheetData>'
    document = read(workbook(row, state="hidden"), "a.xlsx")
    assert [c.text for c in document.tables[0].cells] == ["8", "9"] and not document.not_read


def test_hidden_rows_are_left_out_and_the_table_stays_one() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    put(sheet, [["类别", "名称", "金额"], ["支出", "旧数", 7], [None, "水费", 1], [None, "废", 3], [None, "电费", 2]], 1, True)
    sheet.merge_cells("A2:A5")
    for hidden in (2, 4):
        sheet.row_dimensions[hidden].hidden = True
    (table,) = (document := saved(book)).tables
    assert [(c.row, c.column, c.row_span, c.text) for c in table.cells if c.row > 1] == [
        (2, 1, 2, "支出"), (2, 2, 1, "水费"), (2, 3, 1, "1"), (3, 2, 1, "电费"), (3, 3, 1, "2"),
    ]  # fmt: skip
    assert [c.place.loc for c in table.cells if c.text == "电费"] == ["Sheet!B5"]
    assert [n.message for n in document.not_read] == ["工作表“Sheet”的第 2、4 行是隐藏的，内容没有读取"]


def test_rows_that_a_filter_or_an_outline_hides_are_read() -> None:
    book = openpyxl.Workbook()
    put(book.active, [["名称", "金额"], ["甲", 1], ["乙", 2], ["合计", 3]], 1)
    book.active.row_dimensions[3].hidden = True
    book.active.auto_filter.ref = "A1:B4"
    book.active.auto_filter.add_filter_column(0, ["甲", "合计"])
    folded = book.create_sheet("折叠")
    put(folded, [["名称", "金额"], ["甲", 1], ["合计", 1]], 1)
    folded.row_dimensions.group(2, 2, hidden=True)
    document = saved(book)
    assert [t.height for t in document.tables] == [4, 3] and not document.not_read


def test_a_blank_row_parts_two_tables_and_captions_stay_with_theirs() -> None:
    book = openpyxl.Workbook()
    put(book.active, [["表一"], ["项目", "金额"], ["甲", 1], [None], ["表二"], ["项目", "金额"], ["乙", 2]], 1)
    first, second = saved(book).tables
    assert (first.caption, second.caption, first.height, second.height) == ("表一", "表二", 2, 2)


def test_formulas_without_a_stored_value_are_reported() -> None:
    book = openpyxl.Workbook()
    put(book.active, [["项目", "金额"], ["甲", 1], ["合计", "=SUM(B2:B2)"]], 1)
    document = saved(book)
    found = document.tables[0].at(3, 2)
    assert found is not None and (found.text, found.trouble) == ("", "formula_without_value")
    assert [(n.code, n.place.loc) for n in document.not_read] == [("formula_without_value", "Sheet!B3")]


def test_numbers_stored_as_text_are_marked_codes_are_not() -> None:
    book = openpyxl.Workbook()
    put(book.active, [["编码", "金额"], ["0913", "570.79"], ["甲", "1,000.00"], ["乙", "待定"]], 1)
    table = saved(book).tables[0]
    assert [c.trouble for c in table.cells] == ["", "", "", "number_as_text", "", "number_as_text", "", ""]
    assert all(c.number is None for c in table.cells)


def test_dates_indents_and_comments() -> None:
    book = openpyxl.Workbook()
    put(book.active, [["填报日期", date(2024, 3, 5)], ["　　其中：水费", 1.5]], 1)
    book.active["B1"].number_format = 'yyyy"年"m"月"d"日"'
    book.active["B2"].alignment = Alignment(indent=2)
    book.active["B2"].comment = Comment("请核对", "审核")
    document = saved(book)
    cells = document.tables[0].cells
    assert cells[1].text == "2024年3月5日"
    assert (cells[2].text, cells[2].indent, cells[3].indent) == ("其中：水费", 2, 2)
    (comment,) = [x for x in document.paragraphs if x.role == "comment"]
    assert (comment.text, comment.place.loc) == ("请核对", "Sheet!B2")


def workbook(sheet: str, strings: str = "", state: str = "visible") -> bytes:
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": relations(("m", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            f'<sheets><sheet name="表" sheetId="1" state="{state}" r:id="s"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(("s", "worksheet", "worksheets/sheet1.xml"), ("t", "sharedStrings", "strings.xml")),
            "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}>{sheet}</worksheet>",
            "xl/strings.xml": f"<sst {MAIN}>{strings}</sst>",
        }
    )


def test_cached_values_rich_strings_and_errors() -> None:
    data = workbook(
        '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>1+1</f><v>2</v></c></row>'
        '<row r="2"><c r="A2" t="str"><f>""</f><v></v></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c t="inlineStr"><is><t>内联</t></is></c></row></sheetData>',
        "<si><r><t>预算</t></r><rPh><t>yusuan</t></rPh><r><t>数</t></r></si>",
    )
    document = read(data, "a.xlsx")
    assert [(c.place.loc, c.text, c.trouble) for c in document.tables[0].cells if c.text] == [
        ("表!A1", "预算数", ""), ("表!B1", "2", ""), ("表!B2", "#DIV/0!", ""), ("表!C2", "内联", ""),
    ]  # fmt: skip
    assert not document.not_read


def test_lies_about_the_size_of_a_sheet_cost_nothing() -> None:
    data = workbook(
        '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" hidden="1"/></cols><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="XFD1"><v>9</v></c></row>'
        '<row r="1048576"><c r="A1048576"><v>3</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:A1048576"/><mergeCell ref="B1:XFD1"/><mergeCell ref="A1:B2"/></mergeCells>'
    )
    document = read(data, "a.xlsx")
    assert sum(len(t.cells) for t in document.tables) < 10_000
    assert "too_large" in [n.code for n in document.not_read]


def test_a_sheet_without_end_is_read_in_part_and_says_so() -> None:
    rows = "".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c><c r="B{i}"><v>1</v></c></row>' for i in range(1, 60_000))
    start = time.process_time()
    document = read(workbook(f"<sheetData>{rows}</sheetData>"), "a.xlsx")
    assert time.process_time() - start < 10
    assert [n.code for n in document.not_read] == ["too_large"]
    assert document.tables[0].height == 25_000
