"""Annotated copies: comments at the exact figures, the original unchanged."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.forms.judged import FAULTY, built, judged

from hengjian.core.audit.finding import Finding, Severity, Witness
from hengjian.core.audit.run import Audit
from hengjian.core.document import Paragraph
from hengjian.core.reading import read
from hengjian.forms.annotated import annotate
from hengjian.forms.findings.result import FileResult

Ranges = list[tuple[str, str]]


def comments(data: bytes) -> Ranges:
    """For each comment of a docx the text in its range and its own text."""
    word = docx.Document(BytesIO(data))
    told = {c.comment_id: c.text for c in word.comments}
    ranges: dict[int, str] = {}
    open_: set[int] = set()
    for element in word.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            open_.add(int(element.get(qn("w:id"))))
        elif element.tag == qn("w:commentRangeEnd"):
            open_.discard(int(element.get(qn("w:id"))))
        elif element.tag == qn("w:t"):
            for number in open_:
                ranges[number] = ranges.get(number, "") + (element.text or "")
    return [(ranges.get(number, ""), text) for number, text in told.items()]


def found(result: FileResult, *witnesses: Witness) -> FileResult:
    return replace(result, audit=Audit((Finding("A-03", Severity.ERROR, "合计不符", witnesses),)))


def test_word_comments_stand_at_the_figures() -> None:
    data = built(FAULTY, "docx")
    copy, ending = annotate(data, judged(data, "报告.docx"))
    at_sum = [text for text, told in comments(copy) if "A-03" in told]
    assert ending == "docx"
    assert at_sum == ["360.87万元", "133.64万元", "19.02万元"]


def test_the_copy_differs_by_comments_only() -> None:
    data = built(FAULTY, "docx")
    before = bytes(data)
    copy, _ = annotate(data, judged(data, "报告.docx"))
    assert data == before
    texts = [[b for b in read(d, "报告.docx").texts()] for d in (data, copy)]
    plain = [text for text, _ in texts[0]]
    assert [text for text, _ in texts[1]][: len(plain)] == plain


def test_a_comment_in_a_cell_stands_in_that_cell() -> None:
    data = built(FAULTY, "docx")
    result = judged(data, "报告.docx")
    assert result.document is not None
    cell = result.document.tables[0].at(5, 7)
    assert cell is not None
    copy, _ = annotate(data, found(result, Witness("score", cell.place, "95")))
    assert [text for text, _ in comments(copy)] == ["95"]
    owner = next(e for e in docx.Document(BytesIO(copy)).element.body.iter(qn("w:commentRangeStart")))
    assert next(owner.iterancestors(qn("w:tc"))) is not None


def test_an_empty_cell_can_hold_a_comment() -> None:
    data = built("水务局\n| 名称 | 数量 |\n| 树 |  |", "docx")
    result = judged(data, "报告.docx")
    assert result.document is not None
    cell = result.document.tables[0].at(2, 2)
    assert cell is not None
    copy, _ = annotate(data, found(result, Witness("actual", cell.place)))
    owner = next(e for e in docx.Document(BytesIO(copy)).element.body.iter(qn("w:commentRangeStart")))
    assert any(True for _ in owner.iterancestors(qn("w:tc")))


def test_comments_that_are_there_are_kept() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("基本支出12.5万元")
    word.add_comment(paragraph.runs, "请核", "王", "王")
    buffer = BytesIO()
    word.save(buffer)
    result = judged(buffer.getvalue(), "a.docx")
    assert result.document is not None
    place = result.document.paragraphs[0].place
    copy, _ = annotate(buffer.getvalue(), found(result, Witness("total", place.part(4, 8, "12.5"))))
    assert [text for text, _ in comments(copy)] == ["基本支出12.5万元", "12.5"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("支出12.5万元 ，", min_size=1, max_size=6), min_size=1, max_size=6), st.data())
def test_any_characters_of_any_runs_can_be_marked(parts: list[str], data: st.DataObject) -> None:
    word = docx.Document()
    word.add_paragraph("标题")
    paragraph = word.add_paragraph()
    for part in ["甲", *parts, "乙"]:
        paragraph.add_run(part)
    buffer = BytesIO()
    word.save(buffer)
    result = FileResult("a.docx", "", read(buffer.getvalue(), "a.docx"), None, None)
    assert result.document is not None
    block = result.document.blocks[1]
    assert isinstance(block, Paragraph)
    start = data.draw(st.integers(0, len(block.text) - 1))
    end = data.draw(st.integers(start + 1, len(block.text)))
    copy, ending = annotate(
        buffer.getvalue(), found(result, Witness("part", block.place.part(start, end, "")))
    )
    assert ending == "docx"
    assert [text for text, _ in comments(copy)] == [block.text[start:end]]
    assert [p.text for p in docx.Document(BytesIO(copy)).paragraphs] == [
        "标题",
        "".join(["甲", *parts, "乙"]),
    ]


def test_notes_stand_at_the_cells_of_a_workbook() -> None:
    data = built(FAULTY, "xlsx")
    result = judged(data, "报告.xlsx")
    copy, ending = annotate(data, result)
    sheet = openpyxl.load_workbook(BytesIO(copy)).worksheets[0]
    noted = {c.coordinate for row in sheet.iter_rows() for c in row if c.comment}
    wanted = {
        w.place.loc.split("!")[1]
        for f in result.findings
        for w in f.witnesses
        if w.place.sheet and w.place.row
    }
    assert ending == "xlsx"
    assert wanted
    assert wanted <= noted


def test_a_note_on_a_merged_cell_goes_to_its_corner() -> None:
    data = built("| 一级 | 名称 |\n| 产出 | 甲 |\n| ^ | 乙 |", "xlsx")
    result = judged(data, "a.xlsx")
    assert result.document is not None
    place = next(c for t in result.document.tables for c in t.cells if c.text == "产出").place
    copy, _ = annotate(data, found(result, Witness("part", replace(place, row=place.row + 1))))
    sheet = openpyxl.load_workbook(BytesIO(copy)).worksheets[0]
    assert sheet.cell(place.row, place.column).comment is not None


def test_other_formats_become_a_marked_page() -> None:
    data = built(FAULTY, "txt")
    copy, ending = annotate(data, judged(data, "报告.txt"))
    assert ending == "html"
    assert re.search(r'<mark class="error"[^>]*><a href="#d1f\d+">360.87万元</a></mark>', copy.decode())


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_copy_opens_in_libreoffice(kind: str, tmp_path: Path) -> None:
    data = built(FAULTY, kind)
    copy, _ = annotate(data, judged(data, f"报告.{kind}"))
    assert zipfile.ZipFile(BytesIO(copy)).testzip() is None
    path = tmp_path / f"copy.{kind}"
    path.write_bytes(copy)
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert (tmp_path / "copy.pdf").stat().st_size > 1000
