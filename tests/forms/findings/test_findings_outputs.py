"""Every output of a run, checked for what its readers rely on."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import openpyxl
import pytest
from tests.forms.judged import FAULTY, built, judged, sample_run

from hengjian.core.audit.finding import Finding, Severity, Witness
from hengjian.core.audit.run import Audit
from hengjian.core.document import Document, Paragraph
from hengjian.core.places import Place
from hengjian.core.report import Report
from hengjian.forms.findings import OUTPUTS, render
from hengjian.forms.findings.excerpts import excerpts, width
from hengjian.forms.findings.json_output import schema
from hengjian.forms.findings.result import FileResult, Run
from hengjian.forms.findings.text_output import MOST_NOTES


@cache
def run() -> Run:
    return sample_run()


def as_json() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(render("json", run()))
    return data


def test_the_json_meets_its_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(as_json(), schema(), cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("kind", ["xlsx", "txt"])
def test_the_json_of_other_formats_meets_the_schema(kind: str) -> None:
    data = json.loads(render("json", Run([judged(built(FAULTY, kind), f"报告.{kind}")])))
    jsonschema.validate(data, schema(), cls=jsonschema.Draft202012Validator)


def test_the_keys_of_the_json_come_in_the_documented_order() -> None:
    data = as_json()
    assert list(data) == ["schema", "files", "summary"]
    first = data["files"][0]
    assert list(first) == [
        "path",
        "sha256",
        "readable",
        "error",
        "kind",
        "unit_name",
        "year",
        "facts",
        "indicators",
        "findings",
        "not_checked",
        "not_read",
    ]
    assert list(first["facts"][0])[:5] == ["key", "label", "value", "unit", "place"]
    assert list(first["indicators"][0]) == [
        "project", "level1", "level1_std", "level2", "level2_std", "level3", "description", "target_text", "target_op", "target_value",
        "target_unit", "actual_text", "actual_value", "weight", "score", "basis", "source", "place",
    ]  # fmt: skip
    assert list(first["findings"][0]) == [
        "rule",
        "severity",
        "title",
        "message",
        "said",
        "expected",
        "difference",
        "basis",
        "places",
        "repairs",
        "group",
    ]


def test_the_json_holds_figures_as_printed() -> None:
    first = as_json()["files"][0]
    basic = next(f for f in first["facts"] if f["key"] == "expenditure.basic")
    assert (basic["value"], basic["unit"]) == ("360.87", "万元")
    assert first["indicators"][0]["target_value"] == "12"
    assert (first["readable"], first["error"], first["year"]) == (True, None, 2024)
    broken = as_json()["files"][1]
    assert (broken["readable"], broken["error"]["code"], broken["facts"]) == (False, "empty", [])


@pytest.mark.parametrize("form", sorted(set(OUTPUTS) - {"xlsx"}))
def test_the_same_run_gives_the_same_bytes(form: str) -> None:
    assert render(form, run()) == render(form, sample_run())


def test_jsonl_is_one_file_a_line() -> None:
    lines = render("jsonl", run()).decode().splitlines()
    assert [json.loads(line) for line in lines] == as_json()["files"]


def test_a_waived_finding_is_kept_and_marked() -> None:
    result = replace(run().files[0], waived=frozenset({0}))
    data = json.loads(render("json", Run([result])))
    assert data["files"][0]["findings"][0]["waived"] is True
    assert data["summary"]["waived"] == 1
    jsonschema.validate(data, schema(), cls=jsonschema.Draft202012Validator)


def test_full_shows_sentence_marks_sum_and_summary() -> None:
    lines = render("full", run()).decode().splitlines()
    at = next(i for i, line in enumerate(lines) if "A-03" in line)
    assert lines[at].startswith("  ■ 高 A-03 ")
    sentence, marks = lines[at + 1], lines[at + 2]
    assert marked(sentence, marks) == ["360.87万元", "133.64万元", "19.02万元"]
    assert "  不能读取：文件是空的；请核对是否传错了文件。" in lines
    assert any(line.startswith("2 个文件，130 条规则") for line in lines)


def marked(sentence: str, marks: str) -> list[str]:
    """The stretches of a line that have ``^`` below them, by their width on a screen."""
    found, at, open_ = [], 0, False
    for character in sentence:
        is_marked = marks[at : at + 1] == "^"
        if is_marked and open_:
            found[-1] += character
        elif is_marked:
            found.append(character)
        open_ = is_marked
        at += width(character)
    return found


def test_no_colour_unless_asked() -> None:
    assert b"\x1b" not in render("full", run()) + render("table", run())
    assert b"\x1b[31;1m" in render("full", run(), colour=True)


def notes(count: int) -> FileResult:
    text = "巡河十二次，完成率为95.5%。"
    place = Place(0, 1, start=8, end=13)
    finding = Finding("D-12", Severity.NOTE, "第{n}条", (Witness("text", place, text[8:13]),), {"n": "1"})
    document = Document((Paragraph(text, Place(0, 1)),), format="docx")
    return FileResult(
        "甲.docx",
        "",
        document,
        Report(),
        Audit(tuple(replace(finding, values={"n": str(i)}) for i in range(count))),
    )


@pytest.mark.parametrize("form", ["full", "table"])
def test_at_most_five_notes_without_verbose(form: str) -> None:
    short, long = (render(form, Run([notes(9)]), verbose=v).decode() for v in (0, 1))
    assert short.count("D-12") == MOST_NOTES
    assert "另有 4 条低级问题（-v 显示）" in short
    assert long.count("D-12") == 9


def test_concise_is_one_line_a_finding() -> None:
    lines = render("concise", run()).decode().splitlines()
    assert len(lines) == len(run().files[0].findings) + 1
    assert any(line.startswith("报告 1.docx:p3:") and " 高 A-03 " in line for line in lines)


def test_a_long_sentence_is_cut_around_its_figures() -> None:
    text = "情况说明" * 60 + "支出12.5万元" + "，其他事项" * 60 + "合计99.9万元。"
    spans = [(text.index("12.5"), text.index("12.5") + 4), (text.index("99.9"), text.index("99.9") + 4)]
    witnesses = tuple(Witness("part", Place(0, 1, start=s, end=e)) for s, e in spans)
    found = excerpts(Document((Paragraph(text, Place(0, 1)),)), witnesses)
    assert [marked(e.text, e.marks) for e in found] == [["12.5"], ["99.9"]]
    assert all(width(e.text) <= 100 for e in found)


def test_explain_lists_what_passed_and_what_was_not_checked() -> None:
    text = render("full", run(), explain=True).decode()
    audit = run().files[0].audit
    assert audit is not None
    assert audit.not_checked
    for missing in audit.not_checked:
        assert f"未核对 {missing.rule}" in text


def test_sarif_regions_hold_the_snippets() -> None:
    log = json.loads(render("sarif", run()))
    (only,) = log["runs"]
    text = only["artifacts"][0]["contents"]["text"]
    assert (log["version"], only["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    codes = [rule["id"] for rule in only["tool"]["driver"]["rules"]]
    finding = next(r for r in only["results"] if r["ruleId"] == "A-03")
    assert codes[finding["ruleIndex"]] == "A-03"
    locations = [*finding["locations"], *finding["relatedLocations"]]
    regions = [x["physicalLocation"]["region"] for x in locations]
    assert [text[r["charOffset"] : r["charOffset"] + r["charLength"]] for r in regions] == [
        "360.87万元",
        "133.64万元",
        "19.02万元",
    ]
    assert only["artifacts"][0]["location"]["uri"] == "%E6%8A%A5%E5%91%8A%201.docx"
    assert only["invocations"][0]["toolExecutionNotifications"][0]["descriptor"]["id"] == "empty"
    assert len(finding["partialFingerprints"]["hengjianFinding/v1"]) == 64


def test_the_page_is_self_contained_and_escapes_the_document() -> None:
    page = render("html", run()).decode()
    assert "=SUM(A1)&lt;b&gt;&amp;水质达标率" in page
    assert not any(
        word in page for word in ("<script", "<b>", "http:", "https:", "//fonts", "@import", "url(")
    )
    assert '<mark class="error"' in page
    assert page.count("<article") == len(run().files[0].findings)
    anchors = set(__import__("re").findall(r'href="#([^"]+)"', page))
    assert all(f'id="{a}"' in page for a in anchors)


def test_the_workbook_holds_text_and_no_formula() -> None:
    book = openpyxl.load_workbook(BytesIO(render("xlsx", run())))
    assert book.sheetnames == ["汇总", "问题", "未核对", "数字"]
    assert len(list(book["问题"].rows)) == len(run().files[0].findings) + 1
    formulas = [
        c.coordinate for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"
    ]
    assert formulas == []
    assert book["汇总"]["E3"].value == "不能读取"


def test_a_formula_in_a_document_stays_text_in_the_workbook() -> None:
    result = notes(1)
    assert result.audit is not None
    told = replace(result.audit.findings[0], wording="=1+1", said="=cmd|'/c calc'!A0")
    book = openpyxl.load_workbook(
        BytesIO(render("xlsx", Run([replace(result, path="=A1.docx", audit=Audit((told,)))])))
    )
    cells = [book["问题"].cell(2, column) for column in (1, 5, 8)]
    assert [(c.value, c.data_type) for c in cells] == [
        ("=A1.docx", "s"),
        ("=1+1", "s"),
        ("=cmd|'/c calc'!A0", "s"),
    ]


def test_junit_fails_errors_and_skips_what_was_not_checked() -> None:
    root = ET.fromstring(render("junit", run()))
    first, second = root.findall("testsuite")
    failed = {
        case.get("name", "").split()[0] for case in first.iter("testcase") if case.find("failure") is not None
    }
    grave = {f.rule for f in run().files[0].findings if f.severity is not Severity.NOTE}
    assert failed == grave
    assert int(first.get("skipped", "0")) > 0
    assert second.find("testcase/error") is not None
