"""What a file is by its content, and whether its name says so too."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from pathlib import PurePath
from typing import Final

from hengjian.core.reading.unreadable import Unreadable

WORD, SHEET, PDF, TEXT, OFD = "文字文档", "电子表格", "PDF 文件", "纯文本", "OFD 文件"
FAMILIES: Final = {
    "docx": WORD, "doc": WORD, "wps": WORD, "rtf": WORD, "odt": WORD,
    "xlsx": SHEET, "xls": SHEET, "ods": SHEET,
    "pdf": PDF, "ofd": OFD, "txt": TEXT, "md": TEXT,
}  # fmt: skip
"""The family of each kind of content. Within a family a wrong extension does no harm: office programs write
docx under the name .doc and wps under .doc every day. Across families one of the two is wrong."""

_EXTENSIONS: Final = {
    **FAMILIES,
    "docm": WORD, "dotx": WORD, "dot": WORD, "wpt": WORD,
    "xlsm": SHEET, "xltx": SHEET, "et": SHEET, "xlsb": SHEET, "csv": TEXT, "text": TEXT, "markdown": TEXT,
}  # fmt: skip
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN: Final = (
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"\x7fELF", "程序"),
    (b"MZ", "程序"),
    (b"SQLite format 3\x00", "数据库"),
    (b"%!PS", "PostScript 文件"),
    (b"ID3", "音频"),
)
_ZIP_MARKS: Final = (
    ("word/", "docx"),
    ("xl/workbook.bin", "xlsb"),
    ("xl/", "xlsx"),
    ("ppt/", "演示文稿"),
    ("ofd.xml", "ofd"),
)
_ODF: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}


def kind_of(data: bytes, name: str) -> str:
    """One of the keys of ``FAMILIES``.

    Raises ``Unreadable``: ``empty``, ``truncated``, ``encrypted``, ``macro``, ``renamed``, ``no_text``, ``not_supported``.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("empty", f"{name}：文件是空的；请核对是否传错了文件。")
    kind = _by_content(data, name)
    _refuse_wrong_name(kind, name)
    return _text_kind(name) if kind == "txt" else kind


def extension(name: str) -> str:
    """The file name's extension in lower case, without the dot."""
    return PurePath(name).suffix.lower().lstrip(".")


def _by_content(data: bytes, name: str) -> str:
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _zip_kind(data, name)
    if data.startswith(_OLE):
        return _ole_kind(data, name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    for magic, what in _FOREIGN:
        if data.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:512]):
            raise _foreign(what, name)
    _refuse_binary(data, name)
    return "txt"


def _zip_kind(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = [n.lower() for n in archive.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return {WORD: "docx", SHEET: "xlsx", OFD: "ofd"}.get(_EXTENSIONS.get(extension(name), WORD), "docx")
    for mark, kind in _ZIP_MARKS:
        if any(m == mark or (mark.endswith("/") and m.startswith(mark)) for m in members):
            return _supported(kind, name)
    start = data[30:200]
    for mime, kind in _ODF.items():
        if mime in start:
            return kind
    raise _foreign("压缩包", name)


def _supported(kind: str, name: str) -> str:
    if kind == "xlsb":
        raise Unreadable("not_supported", f"{name}：不支持二进制工作簿 xlsb；请另存为 xlsx 后再试。")
    if kind not in FAMILIES:
        raise _foreign(kind, name)
    return kind


def _ole_kind(data: bytes, name: str) -> str:
    """Old Office files are told apart by the streams they name; names stand in UTF-16 in the directory."""
    if _names(data, "EncryptedPackage"):
        raise Unreadable("encrypted", f"{name}：文件有密码；请去掉密码另存后再试。")
    if _names(data, "_VBA_PROJECT"):
        raise Unreadable(
            "macro", f"{name}：文件带有宏，出于安全不予读取；请另存为不带宏的 docx 或 xlsx 后再试。"
        )
    if _names(data, "WordDocument"):
        return "wps" if extension(name) == "wps" else "doc"
    if _names(data, "Workbook") or _names(data, "Book"):
        return "xls"
    if _names(data, "PowerPoint Document"):
        raise _foreign("演示文稿", name)
    if _is_cut(data):
        raise Unreadable("truncated", f"{name}：文件不完整，可能没有传完；请重新复制或下载后再试。")
    raise _foreign("不认识的 Office 文件", name)


def _is_cut(data: bytes) -> bool:
    """Whether the directory of an old Office file lies behind its end ([MS-CFB] 2.2: sector size and directory)."""
    if len(data) < 4096:
        return True
    (shift,), (directory,) = struct.unpack_from("<H", data, 0x1E), struct.unpack_from("<I", data, 0x30)
    return bool(shift <= 12 and (directory + 1) << shift >= len(data))


def _names(data: bytes, stream: str) -> bool:
    return (stream + "\x00").encode("utf-16-le") in data


def _refuse_binary(data: bytes, name: str) -> None:
    """Text holds no NUL bytes, unless it is UTF-16."""
    head = data[:65536]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or not head.count(0):
        return
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) // 8 and min(even, odd) == 0:
        return
    raise _foreign("不认识的二进制文件", name)


def _refuse_wrong_name(kind: str, name: str) -> None:
    claimed = _EXTENSIONS.get(extension(name))
    if claimed is None or claimed == FAMILIES[kind]:
        return
    if kind == "txt":
        raise Unreadable(
            "renamed",
            f"{name}：名为 .{extension(name)}，内容却是纯文本；请核对文件，或把扩展名改为 .txt 后再试。",
        )
    raise Unreadable(
        "renamed", f"{name}：名为 .{extension(name)}，内容却是 {kind}；请把扩展名改为 .{kind} 后再试。"
    )


def _text_kind(name: str) -> str:
    return "md" if extension(name) in ("md", "markdown") else "txt"


def _foreign(what: str, name: str) -> Unreadable:
    if what == "图片":
        return Unreadable("no_text", f"{name}：这是图片，没有可读取的文字；请提供文档原件，或先做文字识别。")
    return Unreadable(
        "not_supported",
        f"{name}：这是{what}，不在可读取的格式之内；请提供 docx、xlsx、pdf、ofd、doc、xls、wps、txt 或 md。",
    )
