"""Bytes → ``Document``. What a file is, its content says; its name must not contradict it.

Document libraries are imported when a file needs them: ``hengjian --version`` loads none.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from hengjian.core.document import Document
from hengjian.core.reading.half_width import with_half_width
from hengjian.core.reading.kinds import kind_of
from hengjian.core.reading.unreadable import Unreadable, damaged

__all__ = ["Unreadable", "load", "read"]

MAX_FILE = 200 * 1024 * 1024
"""Bytes; a report is a thousandth of it."""

_READERS: Final = {
    "docx": ("docx", "read_docx"),
    "xlsx": ("xlsx", "read_xlsx"),
    "xls": ("xls", "read_xls"),
    "pdf": ("pdf", "read_pdf"),
    "doc": ("doc", "read_doc"),
    "wps": ("doc", "read_doc"),
    "rtf": ("doc", "read_doc"),
    "odt": ("doc", "read_doc"),
    "ods": ("doc", "read_spreadsheet"),
    "ofd": ("ofd", "read_ofd"),
    "txt": ("text", "read_text"),
    "md": ("text", "read_text"),
}


def read(data: bytes, name: str) -> Document:
    """Read one file. ``name`` is the file's name without folder; it stands in every message.

    Raises ``Unreadable`` and nothing else, whatever the bytes are (``MemoryError`` apart).
    """
    reader = _reader(kind_of(data, name))
    try:
        document = reader(data, name)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # third-party parsers fail in countless ways on broken files
        raise damaged(name, type(error).__name__) from error
    if not any(text.strip() for text, _ in document.texts()):
        raise _no_text(document, name)
    return with_half_width(document)


def load(path: Path) -> bytes:
    """The bytes of a file. Raises ``Unreadable``: ``missing``, ``folder``, ``no_permission``, ``empty``, ``too_large``."""
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise Unreadable("folder", f"{name}：这是文件夹，不是文件。")
        if not path.is_file():
            raise Unreadable("missing", f"{name}：找不到这个文件；请核对路径。")
        size = path.stat().st_size
        if size > MAX_FILE:
            raise Unreadable(
                "too_large",
                f"{name}：文件有 {size >> 20} MB，超过 {MAX_FILE >> 20} MB 的上限；请拆分后再试。",
            )
        data = path.read_bytes()
    except PermissionError as error:
        raise Unreadable("no_permission", f"{name}：没有读取权限；请检查文件权限。") from error
    except OSError as error:
        raise Unreadable("missing", f"{name}：无法打开（{error.strerror}）；请核对路径。") from error
    if not data:
        raise Unreadable("empty", f"{name}：文件是空的（0 字节）；请核对是否传错了文件。")
    return data


def _reader(kind: str) -> Callable[[bytes, str], Document]:
    module, function = _READERS[kind]
    return cast(
        Callable[[bytes, str], Document], getattr(import_module(f"hengjian.core.reading.{module}"), function)
    )


def _no_text(document: Document, name: str) -> Unreadable:
    if document.not_read:
        return Unreadable(
            "no_text", f"{name}：没有可读取的文字（可能是扫描件或图片）；请提供文档原件，或先做文字识别。"
        )
    return Unreadable("no_text", f"{name}：文件里没有任何文字；请核对是否传错了文件。")
