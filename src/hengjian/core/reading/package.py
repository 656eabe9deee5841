"""The zip packages of Office and OFD files, opened with limits; XML without document type declarations."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from lxml import etree

from hengjian.core.reading.unreadable import Unreadable, damaged

MAX_MEMBERS = 4_000
MAX_TOTAL = 400 * 1024 * 1024
MAX_PART = 64 * 1024 * 1024
MAX_RATIO = 150
RATIO_MATTERS_FROM = 16 * 1024 * 1024
"""Small parts of empty table rows compress better than 150:1 in honest files; large ones do not."""

MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


class Package:
    """A zip file in memory. Parts are read one by one, each within ``MAX_PART`` bytes; nothing is unpacked to disk.

    Raises ``Unreadable`` (``truncated``, ``damaged``, ``bomb``, ``encrypted``, ``macro``).
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _DAMAGE as error:
            raise _not_a_zip(data, name) from error
        self._infos = {info.filename.lower(): info for info in self._zip.infolist()}
        self._refuse_bombs()
        self._refuse_the_unsafe()

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._infos

    @property
    def parts(self) -> list[str]:
        return [info.filename for info in self._zip.infolist()]

    def bytes_of(self, part: str) -> bytes:
        """The content of a part that must be there."""
        info = self._infos.get(part.lower())
        if info is None:
            raise damaged(self.name, f"缺少 {part}")
        try:
            with self._zip.open(info) as stream:
                content = stream.read(MAX_PART + 1)
        except RuntimeError as error:
            raise Unreadable("encrypted", f"{self.name}：文件有密码；请去掉密码另存后再试。") from error
        except _DAMAGE as error:
            raise damaged(self.name, f"{part} 解不开") from error
        if len(content) > MAX_PART:
            raise _bomb(self.name, f"{part} 展开后超过 {MAX_PART >> 20} MB")
        return content

    def xml(self, part: str) -> etree._Element:
        """The root element of a part that must be there."""
        return parse_xml(self.bytes_of(part), self.name, part)

    def optional_xml(self, part: str) -> etree._Element | None:
        """The root element, or ``None`` when the part is missing."""
        return self.xml(part) if part and part in self else None

    def relations(self, part: str) -> Relations:
        """What ``part`` points at; external targets are left out, nothing is ever fetched."""
        folder, base = posixpath.split(part)
        root = self.optional_xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in [] if root is None else root:
            if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
                continue
            target = resolve(folder, relation.get("Target", ""))
            found[relation.get("Id", "")] = (relation.get("Type", "").rsplit("/", 1)[-1], target)
        return Relations(found)

    @cached_property
    def content_types(self) -> dict[str, str]:
        """Content type by lower-case part name (overrides only)."""
        root = self.optional_xml("[Content_Types].xml")
        return {
            str(e.get("PartName", "")).lstrip("/").lower(): str(e.get("ContentType", ""))
            for e in ([] if root is None else root)
            if isinstance(e.tag, str) and e.get("PartName")
        }

    def _refuse_bombs(self) -> None:
        infos = self._zip.infolist()
        if len(infos) > MAX_MEMBERS:
            raise _bomb(self.name, f"压缩包内有 {len(infos)} 个部件")
        if sum(i.file_size for i in infos) > MAX_TOTAL:
            raise _bomb(self.name, f"展开后超过 {MAX_TOTAL >> 20} MB")
        for info in infos:
            if info.file_size > RATIO_MATTERS_FROM and info.file_size > MAX_RATIO * max(
                info.compress_size, 1
            ):
                raise _bomb(self.name, f"{info.filename[:60]} 的压缩比异常")

    def _refuse_the_unsafe(self) -> None:
        for info in self._zip.infolist():
            if posixpath.basename(info.filename).lower() in MACRO_PARTS:
                raise macro(self.name)
            if info.flag_bits & 0x1:
                raise Unreadable("encrypted", f"{self.name}：文件有密码；请去掉密码另存后再试。")
            if _leaves_the_package(info.filename):
                raise damaged(self.name, "压缩包内含有越界路径")


@dataclass(frozen=True, slots=True)
class Relations:
    """Relations of one part: id → (kind, target part)."""

    by_id: dict[str, tuple[str, str]]

    def target(self, identifier: str | None) -> str:
        """The part an id points at, or an empty string."""
        return self.by_id.get(identifier or "", ("", ""))[1]

    def of_kind(self, *kinds: str) -> list[str]:
        """Every target whose relation type ends in one of ``kinds``."""
        return [target for kind, target in self.by_id.values() if kind in kinds]


def parse_xml(content: bytes, name: str, part: str) -> etree._Element:
    """Parse without entities, network or document type; what has one is refused as ``bomb``."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:65536]:
        raise _doctype(name, part)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "depth" in str(error):
            raise damaged(name, "内容套了几百层，不是正常的文档") from error
        raise damaged(name, f"{part} 不是完整的 XML") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _doctype(name, part)
    return root


def macro(name: str) -> Unreadable:
    return Unreadable(
        "macro", f"{name}：文件带有宏，出于安全不予读取；请另存为不带宏的 docx 或 xlsx 后再试。"
    )


def resolve(folder: str, target: str) -> str:
    """The part that a relation target names, seen from ``folder``."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))


def _leaves_the_package(filename: str) -> bool:
    path = filename.replace("\\", "/")
    return path.startswith("/") or ".." in path.split("/") or path[1:2] == ":"


def _not_a_zip(data: bytes, name: str) -> Unreadable:
    if b"PK\x05\x06" in data[-70_000:]:
        return damaged(name, "压缩包目录有误")
    return Unreadable("truncated", f"{name}：文件不完整，可能没有传完；请重新复制或下载后再试。")


def _bomb(name: str, reason: str) -> Unreadable:
    return Unreadable("bomb", f"{name}：{reason}，疑似压缩炸弹，已拒绝读取；请核实文件来源。")


def _doctype(name: str, part: str) -> Unreadable:
    return Unreadable("bomb", f"{name}：{part} 含有 XML 实体声明，已拒绝读取；请核实文件来源。")
