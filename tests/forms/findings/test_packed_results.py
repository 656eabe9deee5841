"""Results of a long run are kept packed: what is unpacked is what was packed, and outputs do not differ."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.documents import build_document

from hengjian.core.audit.catalogue import Case
from hengjian.core.audit.run import audit
from hengjian.core.extraction import extract
from hengjian.forms.findings import OUTPUTS, render
from hengjian.forms.findings.json_output import as_object, render_json
from hengjian.forms.findings.packed import PackedResult, pack
from hengjian.forms.findings.result import FileResult, Run, Trouble
from hengjian.law import load_profile

TEXT = """
云州市衡山区档案馆
2024年度部门整体支出绩效自评报告
2024年本年支出合计100.00万元，其中：基本支出60.00万元，项目支出30.00万元。
"""


def plain(path: str = "报告.docx") -> FileResult:
    document = build_document(TEXT)
    report = extract(document)
    return FileResult(path, "0" * 64, document, report, audit(Case(report, document, load_profile("national-2020"))))


def packed(result: FileResult) -> PackedResult:
    assert result.document is not None and result.report is not None and result.audit is not None
    return PackedResult(result.path, result.sha256, pack(result.document, result.report), None, result.audit)


def test_values_come_back() -> None:
    first, second = plain(), packed(plain("第二份.docx"))
    assert (packed(first).document, packed(first).report) == (first.document, first.report)
    assert second.readable and second.findings == first.findings != ()


def test_a_waiver_keeps_the_values_packed() -> None:
    result = packed(plain())
    waived = replace(result, waived=frozenset({0}))
    assert isinstance(waived, PackedResult)
    assert waived.packed is result.packed
    assert (waived.report, len(waived.findings)) == (result.report, len(result.findings) - 1)


def test_every_output_is_the_same() -> None:
    results = [plain(), plain("第二份.docx")]
    for form in OUTPUTS.keys() - {"xlsx"}:  # a workbook holds the time of its making
        assert render(form, Run([packed(r) for r in results])) == render(form, Run(results))


def test_json_written_file_by_file_is_json_written_at_once() -> None:
    for results in ([], [plain()], [plain(), FileResult("坏.docx", error=Trouble("damaged", "坏.docx：\n已损坏"))]):
        run = Run(results)
        assert render_json(run).decode() == json.dumps(as_object(run), ensure_ascii=False, indent=1) + "\n"
