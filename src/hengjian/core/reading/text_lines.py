"""Bytes to lines: the encoding, what is no text at all, and what one line can be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from hengjian.core.reading.kinds import kind_of
from hengjian.core.reading.unreadable import Unreadable

BLANKS = " \t\u3000\u00a0\u2002\u2003\u2009\r"
"""What is stripped at both ends of a line or a cell."""

_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_MARKER = r"(\d{1,3}[.、．)）]|[（(](\d{1,3}|[一二三四五六七八九十]+)[）)]|[一二三四五六七八九十]+、|[①-⑳]|[•●◆■\-–·])"
_LIST = re.compile(rf"^[ \t\u3000\u00a0]*{_MARKER}\t+\s*\S")
_CELL = re.compile(r"^[ \u3000\u00a0]*\t[^\t]*$")


class Kind(Enum):
    BLANK = "blank"
    TEXT = "text"
    CELL = "cell"
    """One cell: a leading tab and no other (family A)."""
    ROW = "row"
    """Several cells with tabs between them (family B)."""
    ITEM = "item"
    """A list item whose automatic number is followed by a tab."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source, bookmarks removed, with what it looks like on its own."""

    text: str
    kind: Kind

    @property
    def content(self) -> str:
        return self.text.strip(BLANKS)

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(BLANKS)) if self.content else 0


def read_lines(data: bytes, name: str) -> list[Line]:
    """The lines of a text file. Raises ``Unreadable`` (empty, renamed, damaged)."""
    text = decode(data, name)
    if not text.strip(BLANKS + "\n\f\v"):
        raise Unreadable("empty", f"{name}：文件是空的，没有可读的内容。")
    text = _INVISIBLE.sub("", _BOOKMARK.sub("", text))
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\v", "\n")
        .replace("\f", "\n")
        .replace("\u2028", "\n")
    )
    return [Line(line, _kind(line)) for line in text.split("\n")]


def _kind(line: str) -> Kind:
    if not line.strip(BLANKS) and "\t" not in line:
        return Kind.BLANK
    if "\t" not in line:
        return Kind.TEXT
    if _LIST.match(line) and line.strip(BLANKS).count("\t") == 1:
        return Kind.ITEM
    return Kind.CELL if _CELL.match(line) else Kind.ROW


def decode(data: bytes, name: str) -> str:
    """utf-8 (with or without mark), utf-16, else gb18030. Raises ``Unreadable`` for what is no text."""
    kind_of(data, name)
    text = _decoded(data)
    if text is None or len(_CONTROL.findall(text)) * 200 > len(text) + 200:
        raise Unreadable("damaged", f"{name}：内容不是文本，或编码无法识别；请另存为 UTF-8 文本后再试。")
    return _CONTROL.sub("", text)


def _decoded(data: bytes) -> str | None:
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    return ("utf-8-sig", "gb18030")
