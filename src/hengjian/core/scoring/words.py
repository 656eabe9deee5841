"""The word lists of scoring, from ``terms.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def terms() -> dict[str, Any]:
    """The parsed table."""
    return tomllib.loads((files("hengjian.core.scoring") / "terms.toml").read_text(encoding="utf-8"))


@cache
def group_of(table: str) -> dict[str, int]:
    """Word to the number of its line in a table of synonyms: equal numbers mean the same."""
    return {word: number for number, line in enumerate(terms()[table]) for word in line}


def compact(text: str) -> str:
    """Without blanks and closing full stops: how texts of cells are compared."""
    return "".join(text.split()).rstrip("。；;.，,")


def is_one_of(text: str, table: str) -> bool:
    return compact(text) in terms()[table]


def names_one_of(text: str, table: str) -> bool:
    return any(word in text for word in terms()[table])


def gives_a_reason(text: str) -> bool:
    """Whether the text of a deviation column says anything beyond “none”."""
    return bool(compact(text)) and not is_one_of(text, "no_reasons")
