"""Fictional reports, read and judged, for the tests of outputs and annotated copies."""

from __future__ import annotations

import hashlib
from functools import cache

from tests.documents import build_docx, build_xlsx

from hengjian.core.audit.catalogue import Case
from hengjian.core.audit.run import audit
from hengjian.core.extraction import extract
from hengjian.core.reading import read
from hengjian.forms.findings.result import FileResult, Run, Trouble
from hengjian.law import load_profile

FAULTY = """
云州市衡山区水务局2024年度部门整体支出绩效自评报告
一、基本情况
2024年基本支出为360.87万元，其中人员经费133.64万元，公用经费19.02万元；项目支出133.64万元。
二、绩效目标完成情况
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 数量指标 | 巡河次数 | ≥12次 | 10次 | 50 | 50 |
| ^ | 质量指标 | =SUM(A1)<b>&水质达标率 | ≥90% | 91% | 30 | 30 |
| 满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥95% | 83% | 10 | 10 |
| 总分 | < | < | < | < | 100 | 95 |

三、结论
总分95分，等级为优。
"""
_BUILDERS = {
    "docx": build_docx,
    "xlsx": build_xlsx,
    "txt": lambda text: text.replace(" | ", "\t").replace("| ", "").encode(),
}


@cache
def built(text: str, kind: str) -> bytes:
    return _BUILDERS[kind](text)


def judged(data: bytes, name: str) -> FileResult:
    """Read, extract and judge with the national profile."""
    document = read(data, name)
    report = extract(document)
    found = audit(Case(report, document, load_profile("national-2020")))
    return FileResult(name, hashlib.sha256(data).hexdigest(), document, report, found)


def sample_run() -> Run:
    """A faulty docx and a file that could not be read."""
    faulty = judged(built(FAULTY, "docx"), "报告 1.docx")
    unreadable = FileResult("坏.docx", error=Trouble("empty", "坏.docx：文件是空的；请核对是否传错了文件。"))
    return Run([faulty, unreadable], rules=130, version="0.1.0", exit_code=2)
