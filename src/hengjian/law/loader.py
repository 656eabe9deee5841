"""From TOML files to a ``Profile``.

A file names what it ``extends`` and gives only what differs. An entry is a table with ``value``, ``from``, ``basis`` and
``confirmed``; several dated tables (``[[execution_weight]]``) are allowed, the latest in force counts. In a user's own
file a bare value does as well.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hengjian.core.profile import Profile, Source
from hengjian.law.errors import ProfileError
from hengjian.law.values import FIELDS

DEFAULT = "national-2020"
_ENTRY_KEYS = {"value", "from", "basis", "confirmed"}


@dataclass(frozen=True)
class _File:
    """One parsed file. ``label`` is how messages call it."""

    name: str
    label: str
    data: Mapping[str, Any]


@cache
def profile_names() -> tuple[str, ...]:
    """The profiles that come with the program, the default first."""
    found = sorted(f.name.removesuffix(".toml") for f in _folder().iterdir() if f.name.endswith(".toml"))
    return (DEFAULT, *(n for n in found if n != DEFAULT))


def load_profile(name_or_path: str | Path = DEFAULT, on: date | None = None) -> Profile:
    """A profile by its name or from a user's TOML file, as in force ``on`` a day (default: the latest entries).

    Raises ``ProfileError`` with a Chinese sentence for an unknown name, an unreadable file, an unknown key, a wrong
    type, or bands with a gap or an overlap.
    """
    return _build(_open(str(name_or_path)), on, ())


def _folder() -> Any:
    return files("hengjian.law") / "profiles"


def _open(name: str) -> _File:
    if name in profile_names():
        return _parsed(name, f"口径 {name}", (_folder() / f"{name}.toml").read_text(encoding="utf-8"))
    path = Path(name)
    if path.suffix != ".toml" and not path.is_file():
        raise ProfileError(
            f"没有名为“{name}”的口径。可用的有：{'、'.join(profile_names())}；也可以给出自己的 .toml 文件。"
        )
    return _parsed(path.stem, f"口径文件 {path.name}", _text(path))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ProfileError(f"口径文件 {path.name} 不是 UTF-8 文本，请另存为 UTF-8。") from None
    except OSError as error:
        raise ProfileError(f"打不开口径文件 {path.name}：{error.strerror}。") from None


def _parsed(name: str, label: str, text: str) -> _File:
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{label} 不是有效的 TOML：{error}。") from None
    return _File(name, label, data)


def _build(file: _File, on: date | None, above: tuple[str, ...]) -> Profile:
    if file.name in above:
        raise ProfileError(f"{file.label}：extends 绕成了一圈（{' → '.join([*above, file.name])}）。")
    base = _base(file, on, above)
    values: dict[str, Any] = {}
    sources = dict(base.sources)
    for key, entry in file.data.items():
        if key in ("title", "extends"):
            continue
        chosen = _chosen(file, key, entry, on)
        if chosen is None:
            continue
        values[key] = FIELDS[key](chosen["value"], f"{file.label}的 {key}")
        sources[key] = _source(chosen)
    title = str(file.data.get("title", file.name))
    return replace(base, name=file.name, title=title, sources=MappingProxyType(sources), **values)


def _base(file: _File, on: date | None, above: tuple[str, ...]) -> Profile:
    """What the file starts from. A user's file without ``extends`` starts from the national default."""
    parent = file.data.get("extends", "" if file.name == DEFAULT else DEFAULT)
    if not isinstance(parent, str):
        raise ProfileError(f'{file.label}：extends 要写口径的名字，例如 "{DEFAULT}"。')
    return _build(_open(parent), on, (*above, file.name)) if parent else Profile(file.name, file.name)


def _chosen(file: _File, key: str, entry: Any, on: date | None) -> Mapping[str, Any] | None:
    """The dated table in force, or ``None`` when every one is later than ``on``."""
    if key not in FIELDS:
        raise ProfileError(f"{file.label}：不认识“{key}”。{_did_you_mean(key, FIELDS)}")
    tables = [_table(file, key, e) for e in _tables(entry)]
    in_force = [t for t in tables if on is None or t.get("from", date.min) <= on]
    return max(in_force, key=lambda t: t.get("from", date.min), default=None)


def _tables(entry: Any) -> list[Any]:
    if isinstance(entry, list) and entry and all(isinstance(e, dict) and "value" in e for e in entry):
        return entry
    return [entry]


def _table(file: _File, key: str, entry: Any) -> Mapping[str, Any]:
    if not (isinstance(entry, dict) and "value" in entry):
        return {"value": entry, "basis": f"{file.label}自定"}
    unknown = set(entry) - _ENTRY_KEYS
    if unknown:
        first = min(unknown)
        raise ProfileError(f"{file.label}的 {key}：不认识“{first}”。{_did_you_mean(first, _ENTRY_KEYS)}")
    if not isinstance(entry.get("from", date.min), date):
        raise ProfileError(f"{file.label}的 {key}：from 要写日期，例如 2020-02-25，不加引号。")
    return entry


def _source(entry: Mapping[str, Any]) -> Source:
    since = entry.get("from")
    return Source(
        str(entry.get("basis", "")), since.isoformat() if since else "", entry.get("confirmed") is True
    )


def _did_you_mean(word: str, known: Any) -> str:
    close = get_close_matches(word, list(known), 1)
    return f"是不是想写“{close[0]}”？" if close else f"可写的有：{'、'.join(sorted(known))}。"
