"""Parts of the rules on documents that are functions of their own."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents import build_document

from hengjian.core.audit.catalogue import Case, get_rule
from hengjian.core.audit.finding import Finding
from hengjian.core.audit.rules.documents.names import core_of
from hengjian.core.audit.rules.documents.privacy import is_identity_number
from hengjian.core.audit.rules.documents.years import parse_date
from hengjian.core.extraction import extract
from hengjian.core.profile import Profile


def _messages(code: str, text: str) -> list[Finding]:
    document = build_document(text)
    answers = get_rule(code).check(Case(extract(document), document, Profile("test", "测试")))
    return [a for a in answers if isinstance(a, Finding)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年7月30日", date(2024, 7, 30)),
        ("2024-07-30", date(2024, 7, 30)),
        ("2024.7.3", date(2024, 7, 3)),
        ("二〇二四年十二月二十一日", date(2024, 12, 21)),
        ("2024年7月", date(2024, 7, 1)),
        ("2024年13月1日", None),
        ("另行填写", None),
    ],
)
def test_dates(text: str, expected: date | None):
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("云州市衡山区信访局", "信访局"),
        ("中共云州市衡山区委社会工作部", "委社会工作部"),
        ("区信访局", "信访局"),
        ("302001 云州市衡山区信访局本级", "信访局"),
        ("衡山区清溪镇人民政府", "清溪镇人民政府"),
    ],
)
def test_a_name_without_its_region(name: str, expected: str):
    assert core_of(name) == expected


def _with_check_digit(first17: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first17 + "10X98765432"[sum(int(c) * w for c, w in zip(first17, weights, strict=True)) % 11]


def test_identity_numbers_have_a_check_digit_and_a_birthday():
    right = _with_check_digit("14030119850312001")
    assert is_identity_number(right)
    assert not is_identity_number(right[:-1] + ("1" if right[-1] != "1" else "2"))
    assert not is_identity_number(_with_check_digit("14030119851332001"))


def test_a_finding_on_personal_data_does_not_repeat_it():
    number = _with_check_digit("14030119850312001")
    (finding,) = _messages("D-18", f"救助对象的公民身份号码为{number}。")
    told = finding.message + "".join(w.text + w.place.quote for w in finding.witnesses)
    assert number not in told


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2024年公用经费38.50万元，2023年公用经费36.20万元，同比下降6.35%", "增加"),
        ("公务接待费1.52万元，比上年减少0.32万元，下降27.39%", "17.39%"),
        ("信访总量由386件下降到412件", "增加"),
    ],
)
def test_wrong_words_of_change(sentence: str, expected: str):
    (finding,) = _messages("D-13", sentence + "。")
    assert finding.expected == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "2024年公用经费38.50万元，2023年公用经费36.20万元，同比增长6.35%",
        "公务接待费1.52万元，比上年减少0.32万元，下降17.39%",
        "受理信访事项412件，同比下降6.3%",
        "城市低保标准由720元提高到756元，增长5%",
        "就诊率由86.5%提高到88.2%",
    ],
)
def test_right_words_of_change(sentence: str):
    assert not _messages("D-13", sentence + "。")


def test_a_word_number_that_lost_its_style_is_told_once():
    text = "一、基本情况\n（一）机构\n内设三个股室。\n（二）人员\n在职12人。\n二、绩效情况\n（一）结论\n良好。"
    assert not _messages("D-08", text)
    assert len(_messages("D-08", text.replace("（二）人员", "（三）人员"))) == 1
