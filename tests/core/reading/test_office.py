"""Formats that come from, or go through, LibreOffice."""

from __future__ import annotations

import io
from pathlib import Path

import docx as python_docx
import openpyxl
import pytest
from openpyxl.styles import Border, Side

from hengjian.core.reading import Unreadable, office, read
from hengjian.core.reading.child import ReaderPool

needs_office = pytest.mark.skipif(office.office_program() is None, reason="LibreOffice is not installed")
pytestmark = pytest.mark.office


def word() -> bytes:
    source = python_docx.Document()
    source.add_paragraph("本单位编制8人。")
    table = source.add_table(3, 4)
    table.style = "Table Grid"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "产出"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "数量"
    for column, text in ((1, "接访"), (2, "≥100批"), (3, "10")):
        table.cell(2, column).text = table.cell(1, column).text = text
    source.add_paragraph("以上数据均以决算为准。")
    buffer = io.BytesIO()
    source.save(buffer)
    return buffer.getvalue()


def excel() -> bytes:
    book = openpyxl.Workbook()
    side = Side(style="thin")
    for r, values in enumerate([["指标", "实际"], ["办结率", 0.9742], ["预算", 570.8]], start=1):
        for c, value in enumerate(values, start=1):
            book.active.cell(r, c, value).border = Border(top=side, bottom=side, left=side, right=side)
    book.active["B2"].number_format = "0.00%"
    book.active["B3"].number_format = "#,##0.00"
    book.active.merge_cells("A5:B5")
    book.active["A5"] = "填表人："
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@needs_office
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_other_word_formats_read_like_the_docx(kind: str) -> None:
    source = word()
    expected, found = read(source, "a.docx"), read(office.converted(source, "docx", kind, "a.docx"), f"a.{kind}")
    assert found.format == kind
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in found.tables[0].cells] == [
        (c.row, c.column, c.row_span, c.column_span, c.text) for c in expected.tables[0].cells
    ]
    assert [x.text for x in found.body] == [x.text for x in expected.body]


@needs_office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_other_sheets_read_like_the_xlsx(kind: str) -> None:
    source = excel()
    found = read(office.converted(source, "xlsx", kind, "a.xlsx"), f"a.{kind}")
    assert [(c.text, c.place.loc) for c in found.tables[0].cells] == [
        ("指标", "Sheet!A1"), ("实际", "Sheet!B1"), ("办结率", "Sheet!A2"), ("97.42%", "Sheet!B2"), ("预算", "Sheet!A3"), ("570.80", "Sheet!B3"),
    ]  # fmt: skip
    assert [x.text for x in found.paragraphs] == ["填表人："]


@needs_office
def test_the_office_program_runs_from_a_limited_child_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    path = tmp_path / "旧.doc"
    path.write_bytes(office.converted(word(), "docx", "doc", "a"))
    with ReaderPool(read) as pool:
        found = pool.read(path)
    assert not isinstance(found, Unreadable) and found.format == "doc"
    assert list((tmp_path / "scratch").iterdir()) == []


def test_without_the_office_program_the_sentence_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    with pytest.raises(Unreadable) as caught:
        read(b"{\\rtf1 x}", "a.rtf")
    assert caught.value.code == "needs_office" and "LibreOffice" in caught.value.message
