"""Which files a command works on: files, folders, globs, ``-`` for standard input and ``@list.txt``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

READABLE = (".docx", ".doc", ".xlsx", ".xls", ".pdf", ".txt", ".md", ".ofd", ".wps", ".et")
"""Endings that a folder is searched for. A file that is named is tried whatever its ending."""


@dataclass(frozen=True, slots=True)
class Input:
    """One document to work on: its printed name and either a path or bytes from standard input."""

    name: str
    path: Path | None = None
    data: bytes | None = None


def expand(arguments: Iterable[str]) -> list[Input]:
    """Every input once, in a stable order: as named, folders sorted by path."""
    seen: dict[str, Input] = {}
    for argument in arguments:
        for found in _expand_one(argument):
            seen.setdefault(found.name, found)
    return list(seen.values())


def _expand_one(argument: str) -> Iterator[Input]:
    if argument == "-":
        yield Input("标准输入.txt", data=sys.stdin.buffer.read())
    elif argument.startswith("@") and not Path(argument).exists():
        for line in Path(argument[1:]).read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield from _expand_one(line.strip())
    elif Path(argument).is_dir():
        yield from _folder(Path(argument))
    else:
        yield from _file_or_glob(argument)


def _folder(folder: Path) -> Iterator[Input]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in READABLE and path.is_file() and not _is_ours(path):
            yield Input(str(path), path)


def _is_ours(path: Path) -> bool:
    """Lock files of Word and WPS, and annotated copies that we wrote ourselves."""
    return path.name.startswith(("~$", ".~", ".")) or ".批注." in path.name


def _file_or_glob(argument: str) -> Iterator[Input]:
    path = Path(argument)
    if not path.exists() and any(c in argument for c in "*?["):
        anchor = Path(path.anchor) if path.is_absolute() else Path()
        pattern = str(path.relative_to(path.anchor)) if path.is_absolute() else argument
        matches = sorted(p for p in anchor.glob(pattern) if p.is_file())
        if matches:
            yield from (Input(str(p), p) for p in matches)
            return
    yield Input(argument, path)
