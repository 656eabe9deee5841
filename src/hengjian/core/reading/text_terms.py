"""The word lists of the text reader, from ``text_terms.toml``, and the questions asked of them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_NUMBER = re.compile(r"[-－+]?[\d,，]+(\.\d+)?[%％]?(万元|元|分|人|个|件)?")


@cache
def terms(name: str) -> frozenset[str]:
    """One list of the table, without blanks."""
    table = tomllib.loads(files(__package__).joinpath("text_terms.toml").read_text("utf-8"))
    return frozenset(table[name])


def compact(text: str) -> str:
    """Without any blank or line break."""
    return "".join(text.split())


def is_number(text: str) -> bool:
    return _NUMBER.fullmatch(compact(text)) is not None


def is_level_header(text: str) -> bool:
    return compact(text) in terms("level_headers")


def is_level_value(text: str) -> bool:
    """A level-1 or level-2 name such as 产出指标, 质量 or 经济效益指标（10分）."""
    word = re.sub(r"[（(].*[）)]$", "", compact(text)).removesuffix("指标")
    return word in terms("level_values")


def is_total_label(text: str) -> bool:
    return compact(text) in terms("total_labels")


def is_block_label(text: str) -> bool:
    word = compact(text)
    return any(word.startswith(label) for label in terms("block_labels")) and len(word) <= 16


def is_value_label(text: str) -> bool:
    word = compact(text)
    return word.endswith(("：", ":")) or word.removeprefix("其中：") in terms("value_labels")


def is_header_word(text: str) -> bool:
    """A short cell that ends like the head of a column."""
    word = re.sub(r"[（(].*[）)]$", "", compact(text))
    return 0 < len(word) <= 20 and word.endswith(tuple(terms("header_endings")))


def is_header_row(cells: list[str]) -> bool:
    """Several heads of columns and no number: 一级指标, 二级指标, 年度指标值, 分值, 得分."""
    filled = [c for c in cells if compact(c)]
    if len(filled) < 2 or any(is_number(c) for c in filled):
        return False
    heads = sum(is_header_word(c) for c in filled)
    if sum(is_level_value(c) for c in filled) and not any(is_level_header(c) for c in filled):
        return False
    return heads >= 2 and heads * 5 >= len(filled) * 3
