"""Which files a command works on: files, folders, globs, ``-`` for standard input and ``@list.txt``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from hengjian.core.reading import MAX_FILE

READABLE = (".docx", ".doc", ".xlsx", ".xls", ".pdf", ".txt", ".md", ".ofd", ".wps", ".et")
"""Endings that a folder is searched for. A file that is named is tried whatever its ending."""

STDIN = "标准输入"
"""The printed name of what came through ``-``. It has no ending: what it is, its content says."""


@dataclass(frozen=True, slots=True)
class Input:
    """One document to work on: its printed name and either a path or bytes from standard input."""

    name: str
    path: Path | None = None
    data: bytes | None = None


_UNSHOWABLE = {**dict.fromkeys([*range(32), *range(127, 160), *range(0xD800, 0xE000)], "\N{REPLACEMENT CHARACTER}"),
               **dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])}  # fmt: skip


def printed(name: str) -> str:
    """A name or sentence that a terminal and every format can show: control signs, turned text and broken bytes replaced."""
    return name.translate(_UNSHOWABLE)


def expand(arguments: Iterable[str]) -> list[Input]:
    """Every input once, in a stable order: as named, folders sorted by path."""
    seen: dict[str, Input] = {}
    for argument in arguments:
        for found in _expand_one(argument):
            seen.setdefault(str(found.path.absolute()) if found.path else found.name, found)
    return list(seen.values())


def _expand_one(argument: str) -> Iterator[Input]:
    if argument == "-":
        yield Input(STDIN, data=_from_stdin())
    elif argument.startswith("@") and not Path(argument).exists():
        for line in listed(Path(argument[1:])):
            yield from _expand_one(line)
    elif Path(argument).is_dir():
        yield from _folder(Path(argument))
    else:
        yield from _file_or_glob(argument)


def _from_stdin() -> bytes:
    data = sys.stdin.buffer.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise click.ClickException(f"{STDIN}超过 {MAX_FILE >> 20} MB 的上限。")
    return data


def listed(path: Path) -> list[str]:
    """The entries of a list, one a line, in UTF-8 or the GB 18030 of Windows; ``#`` starts a comment line.

    Raises ``OSError`` when there is no such list.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith(("#", "@"))]


def _folder(folder: Path) -> Iterator[Input]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in READABLE and path.is_file() and not _is_ours(path):
            yield Input(printed(str(path)), path)


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
            yield from (Input(printed(str(p)), p) for p in matches)
            return
    yield Input(printed(argument), path)
