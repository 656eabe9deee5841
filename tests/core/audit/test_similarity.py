"""Likeness of texts and identity of indicator names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.core.audit.similarity import likeness, normalise, same_name, same_text, shares_words


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("信访事项及时受理率", "信访事项 及时受理率"),
        ("1.业务培训场次", "业务培训场次"),
        ("治理重复信访信访积案化解率", "治理重复信访积案化解率"),
        ("走访情况", "全区走访情况"),
        ("满意度（来访群众）", "满意度(来访群众)"),
    ],
)
def test_one_indicator_in_two_spellings(first: str, second: str):
    assert same_name(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("求决类初访事项一次性化解率", "求决类重访事项一次性化解率"),
        ("信访事项及时受理率", "信访事项及时办理率"),
        ("省级交办信访积案化解率", "市级交办信访积案化解率"),
        ("领导干部接访次数", "领导干部下访次数"),
        ("第一季度信访事项按期办结率", "第二季度信访事项按期办结率"),
        ("", "来访群众满意度"),
    ],
)
def test_two_measures_of_like_names(first: str, second: str):
    assert not same_name(first, second)


def test_same_text_ignores_blanks_and_punctuation():
    assert same_text("有效维护，社会稳定。", "有效维护 社会稳定")
    assert not same_text("", "")


def test_filler_words_are_no_common_ground():
    assert shares_words("化解信访积案", "积案化解率")
    assert not shares_words("提高信访工作质量", "信访工作开展情况")


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_symmetric_and_bounded(first: str, second: str):
    assert likeness(first, second) == likeness(second, first)
    assert 0 <= likeness(first, second) <= 1


@given(st.text(max_size=40))
def test_normalising_keeps_no_blank(text: str):
    assert not any(c.isspace() for c in normalise(text))
