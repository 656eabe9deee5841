"""Files that no office program wrote, or that want to hurt: made here, so that none lies in the repository."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DOCX = SAMPLES / "信访局整体自评报告.docx"
XLSX = SAMPLES / "司法局项目自评表.xlsx"

_ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ENTITY_BOMB = (
    f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "0123456789">{_ENTITIES}]>'
    f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>'
)
_OUTSIDE = (
    f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>'
)


def changed(source: Path, parts: dict[str, bytes]) -> bytes:
    """An office file with some parts replaced or added."""
    out = BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def zip_bomb() -> bytes:
    """600 megabytes of blanks in a small docx."""
    out = BytesIO()
    block = b" " * 2**20
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        new.writestr("[Content_Types].xml", b"<Types/>")
        with new.open("word/document.xml", "w") as part:
            for _ in range(600):
                part.write(block)
    return out.getvalue()


def million_rows() -> bytes:
    """A sheet that claims a million rows of sixteen thousand columns, with a cell in the farthest corner."""
    with zipfile.ZipFile(XLSX) as book:
        name = next(n for n in book.namelist() if n.endswith("sheet1.xml"))
        sheet = book.read(name)
    sheet = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', sheet)
    corner = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return changed(XLSX, {name: sheet.replace(b"</sheetData>", corner)})


def encrypted() -> bytes:
    """The outside of a password-protected office file: an OLE container that names its encrypted package."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage\0".encode("utf-16-le") + bytes(8192)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "空文件.docx": (lambda: b"", "空的"),
    "截断.docx": (lambda: DOCX.read_bytes()[:20_000], "不完整"),
    "改名.xlsx": (DOCX.read_bytes, "内容却是 docx"),
    "改名.pdf": (DOCX.read_bytes, "内容却是 docx"),
    "加密.docx": (encrypted, "密码"),
    "带宏.docm": (lambda: changed(DOCX, {"word/vbaProject.bin": b"macro"}), "宏"),
    "压缩炸弹.docx": (zip_bomb, "压缩炸弹"),
    "实体炸弹.docx": (lambda: changed(DOCX, {"word/document.xml": _ENTITY_BOMB.encode()}), "实体"),
    "外部实体.docx": (lambda: changed(DOCX, {"word/document.xml": _OUTSIDE.encode()}), "实体"),
    "二进制.txt": (lambda: bytes(range(256)) * 40, "不认识"),
    "图片.pdf": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(200), "图片"),
}
"""File name to its maker and a word that must stand in the reason."""
