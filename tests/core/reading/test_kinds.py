"""What a file is, what is refused, and the sentence that says why."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import docx as python_docx
import openpyxl
import pytest
from tests.core.reading.conftest import docx, p, zipped

from hengjian.core.reading import Unreadable, load, read
from hengjian.core.reading.unreadable import CODES

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data: bytes, name: str) -> Unreadable:
    start = time.perf_counter()
    with pytest.raises(Unreadable) as caught:
        read(data, name)
    assert time.perf_counter() - start < 5
    assert caught.value.message.startswith(f"{name}：") and caught.value.message.endswith("。")
    assert caught.value.code in CODES
    return caught.value


def code(data: bytes, name: str = "示例.docx") -> str:
    return refusal(data, name).code


@pytest.fixture(scope="module")
def word() -> bytes:
    source = python_docx.Document()
    source.add_paragraph("本单位编制8人。" * 50)
    buffer = io.BytesIO()
    source.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def excel() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["人数", 8])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def stream(name: str) -> bytes:
    return OLE + b"\x00" * 600 + (name + "\x00").encode("utf-16-le") + b"\x00" * 8000


def test_the_content_decides_and_a_name_of_the_same_family_passes(word: bytes, excel: bytes) -> None:
    assert read(word, "旧名.doc").format == "docx"
    assert read(word, "无扩展名").format == "docx"
    assert read(word, "报告.wps").format == "docx"
    assert read(excel, "表.xls").format == "xlsx"
    assert read("本单位编制8人。".encode(), "a.md").format == "md"


@pytest.mark.parametrize("name", ["a.pdf", "a.xlsx", "a.txt", "a.ofd"])
def test_a_name_of_another_family_is_refused(word: bytes, name: str) -> None:
    reason = refusal(word, name)
    assert reason.code == "renamed" and ".docx" in reason.message


def test_text_under_the_name_of_a_document_is_refused() -> None:
    assert code("这不是文档。".encode()) == "renamed"


@pytest.mark.parametrize("data", [b"", b"\x00" * 40, b" \r\n\t", b"\xef\xbb\xbf"])
def test_empty_files(data: bytes) -> None:
    assert code(data) == "empty"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_packages(word: bytes, excel: bytes, share: float) -> None:
    assert code(word[: int(len(word) * share)]) == "truncated"
    assert code(excel[: int(len(excel) * share)], "a.xlsx") == "truncated"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (stream("EncryptedPackage"), "encrypted"),
        (stream("_VBA_PROJECT"), "macro"),
        (stream("PowerPoint Document"), "not_supported"),
        (OLE + b"\x00" * 100, "truncated"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "no_text"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "no_text"),
        (b"Rar!\x1a\x07\x00", "not_supported"),
        (b"MZ\x90\x00" + b"\x00" * 50, "not_supported"),
        (bytes(range(256)) * 4, "not_supported"),
        (zipped({"a.txt": "x"}), "not_supported"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "not_supported"),
        (zipped({"xl/workbook.bin": "x"}), "not_supported"),
    ],
)
def test_what_is_not_read_says_what_it_is(data: bytes, expected: str) -> None:
    assert code(data) == expected


def test_macros_are_refused(word: bytes) -> None:
    buffer = io.BytesIO(word)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    assert code(buffer.getvalue(), "a.docm") == "macro"


def test_a_document_without_text(word: bytes) -> None:
    assert code(docx(p())) == "no_text"
    assert "扫描件" in refusal(docx('<w:p><w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r></w:p>'), "a.docx").message


def test_a_flat_bomb() -> None:
    assert code(zipped({"word/document.xml": b"<a>" + b" " * 70_000_000})) == "bomb"


def test_a_bomb_of_many_parts() -> None:
    assert code(zipped({f"word/{i}.xml": "" for i in range(5000)})) == "bomb"


def test_a_bomb_whose_directory_lies_about_sizes() -> None:
    data = bytearray(zipped({"word/document.xml": b"<a>" + b" " * 70_000_000}))
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")
    assert code(bytes(data)) in ("bomb", "damaged")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bombs(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY a "{"b" * 1000}">' + "".join(
        f'<!ENTITY a{i} "{"&a;" * 10 if i == 0 else f"&a{i - 1};" * 10}">' for i in range(9)
    )
    bomb = (text + "]><d>&a8;</d>").encode(encoding)
    assert code(zipped({"word/document.xml": bomb})) in ("bomb", "damaged")
    sheet = zipped({"xl/workbook.xml": bomb})
    assert code(sheet, "a.xlsx") in ("bomb", "damaged")


def test_external_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    xml = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]><d>&x;</d>'
    assert code(zipped({"word/document.xml": xml})) == "bomb"


@pytest.mark.parametrize("path", ["../../evil.txt", "/etc/evil", "word\\..\\..\\evil", "C:/evil"])
def test_paths_that_leave_the_package(path: str) -> None:
    assert code(zipped({"word/document.xml": "<a/>", path: "x"})) == "damaged"


def test_deep_nesting_is_refused_not_followed() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000
    assert code(docx(deep)) == "damaged"


def test_load_names_what_is_wrong(tmp_path: Path) -> None:
    empty = tmp_path / "空.docx"
    empty.touch()
    found = {}
    for path in (empty, tmp_path, tmp_path / "没有.docx"):
        with pytest.raises(Unreadable) as caught:
            load(path)
        found[path.name] = caught.value.code
    assert list(found.values()) == ["empty", "folder", "missing"]


def test_an_old_office_file_cut_before_its_directory_is_incomplete() -> None:
    header = bytearray(OLE.ljust(512, b"\x00"))
    header[0x1E] = 9
    header[0x30:0x34] = (400).to_bytes(4, "little")
    for name in ("示例.doc", "示例.xls"):
        reason = refusal(bytes(header) + b"\x01" * 100_000, name)
        assert reason.code == "truncated" and "不完整" in reason.message


def test_a_document_of_boxes_in_boxes_is_refused_with_its_reason() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 1000 + p("内") + "</w:tc></w:tr></w:tbl>" * 1000
    reason = refusal(docx(deep), "示例.docx")
    assert reason.code == "damaged" and "几百层" in reason.message
