"""Term tables: header synonyms, old names and line labels as TOML beside this file, loaded once.

A change of wording in some county is a line in a table here, not an ``if`` in the code.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_HALF: dict[int, int | str] = {full: half for full, half in zip(range(0xFF01, 0xFF5F), range(0x21, 0x7F), strict=True)}
_HALF |= {ord("〔"): "(", ord("〕"): ")", ord("【"): "(", ord("】"): ")", ord("［"): "(", ord("］"): ")"}
_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBERING = re.compile(r"^(?:其中)?[:、,.]*(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)、.,](?!\d))+")


@cache
def load(name: str) -> Mapping[str, Any]:
    """The table ``name``.toml of this folder. Raises ``FileNotFoundError`` for an unknown name."""
    text = files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def strings(name: str, *path: str) -> tuple[str, ...]:
    """A list of strings in a table: ``strings("headers", "labels", "project_name")``."""
    node: Any = load(name)
    for step in path:
        node = node[step]
    if not isinstance(node, list):
        raise TypeError(f"{name}: {'.'.join(path)} is no list")
    return tuple(str(item) for item in node)


@cache
def pattern(name: str, *path: str) -> re.Pattern[str]:
    """The regular expressions of a list, joined by "or"."""
    return re.compile("|".join(f"(?:{item})" for item in strings(name, *path)))


@cache
def fold(text: str) -> str:
    """Text as terms are compared: half-width, without any blank."""
    return "".join(text.translate(_HALF).split())


@cache
def bare(text: str) -> str:
    """A label without blanks, brackets with their content, item number, 其中 and colons at its ends."""
    plain = fold(text)
    while (shorter := _BRACKETS.sub("", plain)) != plain:
        plain = shorter
    plain = _NUMBERING.sub("", plain)
    return plain.removeprefix("其中").strip(":;、,.*#—-")
