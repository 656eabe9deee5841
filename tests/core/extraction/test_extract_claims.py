"""Statements in words: found, with what they are about, and not where they are denied or only planned."""

from __future__ import annotations

import pytest
from tests.documents import build_document

from hengjian.core.extraction import extract
from hengjian.core.report import Claim

HEAD = "云州市衡山区信访局2024年度部门整体支出绩效自评报告\n二、收支情况\n"


def claims(text: str) -> list[Claim]:
    return list(extract(build_document(HEAD + text)).claims)


@pytest.mark.parametrize(
    ("text", "kind", "subject"),
    [
        ("一般性支出按要求压减。", "thrift", "expenditure.general_operation"),
        ("我局厉行节约，严控“三公”经费。", "thrift", "three_public.total"),
        ("经费开支严格按预算执行。", "within_budget", ""),
        ("支出没有超过批复预算。", "within_budget", ""),
        ("各项指标无偏差。", "no_deviation", ""),
        ("圆满完成了各项任务。", "all_done", ""),
        ("本年无项目支出。", "no_project_spending", "expenditure.project"),
        ("本单位无政府性基金预算支出。", "no_fund_spending", "expenditure.fund"),
        ("实有人数与上年相比无变化。", "no_change", ""),
        ("公务接待费比上年减少0.2万元。", "decrease", "three_public.reception"),
    ],
)
def test_claim_and_subject(text: str, kind: str, subject: str) -> None:
    assert (kind, subject) in [(c.kind, c.subject) for c in claims(text)]


def test_each_amount_of_the_clause_is_a_subject() -> None:
    found = claims("一般性支出和“三公”经费均按要求压减。")
    assert {c.subject for c in found if c.kind == "thrift"} == {"expenditure.general_operation", "three_public.total"}


@pytest.mark.parametrize("text", ["未能全部完成年度目标。", "下一步确保圆满完成任务。", "力争各项任务全面完成。", "公用经费未能有效压减。"])
def test_denied_or_planned_is_no_claim(text: str) -> None:
    assert not [c for c in claims(text) if c.kind in ("all_done", "superlative", "thrift")]


def test_no_problems_under_the_heading() -> None:
    assert any(c.kind == "no_problems" for c in claims("四、评价结论\n（一）存在问题。无"))
