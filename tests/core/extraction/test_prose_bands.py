"""Grade bands in every notation, total scores and grades."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.documents import build_document

from hengjian.core.extraction import extract
from hengjian.core.report import Band, Report

HEAD = "云州市衡山区信访局2024年度部门整体支出绩效自评报告\n四、评价结论\n"


def read(text: str) -> Report:
    return extract(build_document(HEAD + text))


def short(band: Band) -> str:
    left, right = "[" if band.low_inclusive else "(", "]" if band.high_inclusive else ")"
    return f"{band.label}{left}{'' if band.low is None else band.low},{'' if band.high is None else band.high}{right}"


NOTATIONS = {
    "得分≥85分为优秀；75≤得分＜85分为良好；60≤得分＜75分为一般；得分＜60分为较差。": ["优秀[85,)", "良好[75,85)", "一般[60,75)", "较差[,60)"],
    "90分以上为优秀，80-89分之间为良好，60-79分之间为中，60分以下为差。": ["优秀[90,)", "良好[80,89]", "中[60,79]", "差[,60)"],
    "90（含）-100分为优，80（含）-90分为良，60（含）-80分为中，60分以下为差。": ["优[90,100]", "良[80,90)", "中[60,80)", "差[,60)"],
    "评分等级：[90,100]为优，[80,90)为良，[60,80)为中，[0,60)为差。": ["优[90,100]", "良[80,90)", "中[60,80)", "差[0,60)"],
    "分为四档：优（90≤得分≤100）、良（80≤得分＜90）、中（60≤得分＜80）、差（得分＜60）。": ["优[90,100]", "良[80,90)", "中[60,80)", "差[,60)"],
    "90分及以上为优秀，80分及以上不足90分为良好，60分及以上不足80分为合格，60分以下为不合格。": ["优秀[90,)", "良好[80,90)", "合格[60,80)", "不合格[,60)"],
    "90分及以上为优秀；80分及以上、90分以下为良好；60分及以上、80分以下为一般；60分以下为较差。": ["优秀[90,)", "良好[80,90)", "一般[60,80)", "较差[,60)"],
    "自评90分（含）以上为优、80分（含）—90分为良、60分（含）—80分为中、60分以下为差。": ["优[90,)", "良[80,90)", "中[60,80)", "差[,60)"],
    "得分85分（含）以上为优秀，75分（含）至85分为良好，60分（含）至75分为一般，60分以下为较差。": ["优秀[85,)", "良好[75,85)", "一般[60,75)", "较差[,60)"],
    "优（90分及以上为优；80分至90分，不含90分，为良；60分至80分，不含80分，为中；60分以下为差）。": ["优[90,)", "良[80,90)", "中[60,80)", "差[,60)"],
    "等次：90分及以上为优，80—90分（不含90分）为良，60—80分（不含80分）为中，60分以下为差。": ["优[90,)", "良[80,90)", "中[60,80)", "差[,60)"],
    "90分以上（含90分）为优秀，80分（含80分）以上90分（不含90分）以下为良好，不足80分为一般。": ["优秀[90,)", "良好[80,90)", "一般[,80)"],
    "优秀：得分90分及以上；良好：得分80分（含）至90分（不含）；合格：得分60分（含）至80分（不含）；不合格：60分以下。": ["优秀[90,)", "良好[80,90)", "合格[60,80)", "不合格[,60)"],
    "大于等于90分为优，大于等于80分且小于90分为良，大于等于60分且小于80分为中，小于60分为差。": ["优[90,)", "良[80,90)", "中[60,80)", "差[,60)"],
    "100≥得分≥90为优，90＞得分≥80为良，80＞得分≥60为中，60＞得分≥0为差。": ["优[90,100]", "良[80,90)", "中[60,80)", "差[0,60)"],
    "优：90-100分，良：80-89分，中：60-79分，差：0-59分。": ["优[90,100]", "良[80,89]", "中[60,79]", "差[0,59]"],
    "“优秀”等级90分以上，“良好”等级75分至89分，“一般”等级60分至74分。": ["优秀[90,)", "良好[75,89]", "一般[60,74]"],
    "60-80分（含80分）为中，80-90分（含90分）为良，90分以上为优。": ["中[60,80]", "良(80,90]", "优[90,)"],
    "综合评分（S）分四档，S≥95为优秀，85≤S<95为良好，70≤S<85为合格，S<70为不合格。": ["优秀[95,)", "良好[85,95)", "合格[70,85)", "不合格[,70)"],
    "90（含）至100分的为优秀，80（含）至90分的为良好，60（含）至80分的为一般，60分以下的为较差。": ["优秀[90,100]", "良好[80,90)", "一般[60,80)", "较差[,60)"],
}


@pytest.mark.parametrize(("text", "expected"), NOTATIONS.items())
def test_bands(text: str, expected: list[str]) -> None:
    assert [short(b) for b in read(text).bands] == expected


def test_only_whole_numbers_without_inclusion_are_integer_notation() -> None:
    bands = read("90分以上为优秀，80-89分之间为良好，60（含）-80分为中，60分以下为差。").bands
    assert [b.integer_notation for b in bands] == [False, True, False, False]


@pytest.mark.parametrize(
    ("text", "score", "grade"),
    [
        ("经自评，总分为98分，等级为优秀。", "98", "优秀"),
        ("本项目总体评分为95分，为优秀。", "95", "优秀"),
        ("绩效自评分数为93分，绩效评价等次为“优秀”。", "93", "优秀"),
        ("综合得分98.5分，自评结果为优。", "98.5", "优"),
        ("绩效自评总分100分，自评得分96.2分，评价等级“良”。", "96.2", "良"),
        ("部门整体支出绩效自评得95分，等级为优。", "95", "优"),
    ],
)
def test_total_and_grade(text: str, score: str, grade: str) -> None:
    report = read(text)
    assert [t.figure.value for t in report.totals] == [Decimal(score)]
    assert [g.label.text for g in report.grades] == [grade]


@pytest.mark.parametrize("text", ["预算编制分值5分，自评得5分。", "满分100分，90分以上需说明。", "扣2分，产出指标得分48分。"])
def test_parts_of_a_score_are_no_total(text: str) -> None:
    assert read(text).totals == ()


def test_points_beside_a_total_are_its_parts() -> None:
    report = read("自评得分96.2分，其中预算执行9.2分，产出指标49分，效益指标28分，满意度指标10分。")
    assert [(s.name_std, str(s.score.value)) for s in report.subtotals if s.score] == [
        ("预算执行率", "9.2"), ("产出指标", "49"), ("效益指标", "28"), ("满意度指标", "10"),
    ]  # fmt: skip


def test_some_points_only_are_no_parts() -> None:
    assert read("自评得分96.2分，其中满意度指标8分。").subtotals == ()
