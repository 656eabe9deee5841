"""Narrative reports: figures from data only, numbers of headings, the layout of an official document."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from tests.forms.reports import SAMPLES, overall_report

from hengjian.core.extraction import extract
from hengjian.core.reading import read
from hengjian.core.report import Report, Text
from hengjian.forms import FORMS
from hengjian.forms.narrative import FILES, FOLDER
from hengjian.forms.narrative.telling import chinese_number, heading_number

NARRATIVES = [code for code in FORMS if code.startswith("F7")]


@pytest.mark.parametrize("file", FILES)
def test_no_outline_has_a_typed_digit(file: str) -> None:
    data = tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))
    words = re.sub(r"\{[^{}]*\}", "", data["title"] + data["outline"])
    assert re.findall(r"[0-9０-９〇零%％]", words) == []


def _lines(code: str, report: Report) -> list[tuple[str, str]]:
    document = Document(BytesIO(FORMS[code].render(report, "docx")))
    return [(p.style.name, p.text) for p in document.paragraphs if p.text]


def test_headings_number_themselves_and_leave_no_gap() -> None:
    report = replace(overall_report(), problems=Text(), sections=())
    headings = [text for style, text in _lines("F7-overall-hunan", report) if style == "Heading 1"]
    assert [h[0] for h in headings] == list("一二三四五六七八九")[: len(headings)]
    assert not any("存在的问题" in h for h in headings)


def test_a_sentence_without_its_figure_is_not_printed() -> None:
    report = overall_report()
    without = replace(report, facts=tuple(f for f in report.facts if not f.key.startswith("three_public")))
    text = "".join(t for _, t in _lines("F7-overall-hunan", without))
    assert "三公" not in text
    assert "支出合计508.16万元" in text


def test_the_signature_stands_above_the_date_and_the_attachments_are_named() -> None:
    lines = _lines("F7-overall-hunan", overall_report())
    styles = [s for s, _ in lines]
    at = styles.index("落款")
    assert styles[at + 1] == "成文日期"
    assert [t for s, t in lines if s.startswith("附件说明")] == [
        "附件：1.部门整体支出绩效评价基础数据表",
        "2.部门整体支出绩效自评表",
    ]


def test_the_page_is_that_of_an_official_document() -> None:
    section = Document(BytesIO(FORMS["F7-overall-hebei"].render(overall_report(), "docx"))).sections[0]
    margins = [
        round(m.mm)
        for m in (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    ]
    assert margins == [37, 28, 26, 35]
    assert "PAGE" in section.footer._element.xml
    assert "PAGE" in section.even_page_footer._element.xml


@pytest.mark.parametrize("code", NARRATIVES)
@pytest.mark.parametrize("fmt", ["docx", "pdf"])
def test_every_figure_of_the_text_and_the_forms_is_read_back(code: str, fmt: str) -> None:
    form, report = FORMS[code], SAMPLES[code]()
    back, wanted = extract(read(form.render(report, fmt), f"{code}.{fmt}")), form.prints(report)
    found = {(f.key, f.value, f.figure.unit) for f in back.facts}
    assert [f for f in wanted.facts if (f.key, f.value, f.figure.unit) not in found] == []
    assert [i for i in wanted.indicators if i not in back.indicators] == []
    assert {t.figure for t in wanted.totals} <= {t.figure for t in back.totals}
    assert [g.label.text for g in wanted.grades] == [g.label.text for g in back.grades]
    assert (back.kind, back.year, back.unit_name) == (wanted.kind, wanted.year, wanted.unit_name)


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_numbers_in_chinese(number: int, words: str) -> None:
    assert chinese_number(number) == words


def test_the_four_levels_of_headings() -> None:
    assert [heading_number(level, 2) for level in (1, 2, 3, 4)] == ["二、", "（二）", "2.", "（2）"]
