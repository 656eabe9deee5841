"""Points of parts, subjects of opening headings, other years and a side label merged over all rows."""

from __future__ import annotations

import pytest
from tests.documents import build_document

from hengjian.core.extraction import extract
from hengjian.core.report import Report

UNIT = "云州市衡山区信访局2024年度部门整体支出绩效自评报告\n二、收支情况\n"
FORM = """
云州市衡山区信访局2024年度项目支出绩效自评表
| 项目名称 | 信访维稳 | < | < | < | < | < | < | < |
| 项目资金（万元） | 资金来源 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | 备注 |
| ^ | 合计 | 20.00 | 20.00 | 19.40 | 10 | 97.00% | 9.70 |  |
| 指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因及改进措施 |
| ^ | 产出指标 | 数量指标 | 接访批次 | ≥90批 | 96批 | 30 | 30 | 无 |
| ^ | ^ | 质量指标 | 按期办结率 | ≥98% | 99% | 20 | 20 | 无 |
| ^ | 效益指标 | 社会效益指标 | 重复信访下降率 | ≥5% | 6% | 30 | 30 | 无 |
| ^ | 满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | 94.6% | 10 | 10 | 无 |
"""


def told(report: Report) -> list[str]:
    return [
        f"{f.key} {f.figure.value}{f.figure.unit} {f.year or '-'}"
        for f in report.facts
        if f.source == "prose" and f.figure.unit != "年"
    ]


TEXTS = {
    "预算执行率另计10分，得9.77分；总分99.37分。": [
        "execution.score 9.77分 -", "score.total 99.37分 -", "score.weight_subtotal 10分 -",
    ],
    "综合得分94.20分，其中履职效能46.50分（满分50分）。": [
        "score.subtotal 46.50分 -", "score.total 94.20分 -", "score.weight_subtotal 50分 -",
    ],
    "（二）基本支出。支出655.97万元。\n（三）项目支出。支出354.37万元。": ["expenditure.basic 655.97万元 -", "expenditure.project 354.37万元 -"],
    "与2022年决算支出1,301.44万元相比，减少24.51万元。": ["change.amount 24.51万元 -", "expenditure.total 1301.44万元 2022"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS.items())
def test_figures_of_parts(text: str, expected: list[str]) -> None:
    assert sorted(told(extract(build_document(UNIT + text)))) == expected


def test_a_side_label_over_all_rows_eats_no_group() -> None:
    rows = extract(build_document(FORM)).indicators
    assert [(i.level1, i.name) for i in rows] == [
        ("产出指标", "接访批次"), ("产出指标", "按期办结率"), ("效益指标", "重复信访下降率"), ("满意度指标", "群众满意度"),
    ]  # fmt: skip
