from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.core.reading import limited_work
from tests.core.reading.conftest import cell, docx, p, row

from hengjian.core.document import Document
from hengjian.core.reading import Unreadable, read
from hengjian.core.reading.child import ReaderPool


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / name for name in ("good1.docx", "bad.docx", "good2.docx")]
    for path in paths:
        path.write_bytes(docx(p("本单位编制8人。")))
    return paths


def test_files_come_back_in_order_with_what_could_not_be_read(files: list[Path], tmp_path: Path) -> None:
    files[1].write_bytes(b"PK\x03\x04 broken")
    paths = [*files, tmp_path / "missing.docx"]
    with ReaderPool(read, jobs=2) as pool:
        found = dict(pool.read_all(paths))
    assert list(found) == paths
    assert [v.code if isinstance(v, Unreadable) else v.name for v in found.values()] == ["good1.docx", "truncated", "good2.docx", "missing"]


@pytest.mark.parametrize(
    ("work", "limits", "code"),
    [
        (limited_work.hog, {"memory": 400 << 20}, "memory"),
        (limited_work.spin, {"cpu_seconds": 1}, "timeout"),
        (limited_work.die, {}, "damaged"),
        (limited_work.fail, {}, "internal"),
    ],
)
def test_a_file_that_breaks_its_child_does_not_break_the_next(work: Callable[[bytes, str], Any], limits: dict[str, int], code: str, files: list[Path]) -> None:
    with ReaderPool(work, **limits) as pool:
        first, second, third = (value for _, value in pool.read_all(files))
    assert isinstance(second, Unreadable) and second.code == code and second.message.startswith("bad.docx：")
    assert not isinstance(first, Unreadable) and not isinstance(third, Unreadable)


def test_a_bug_keeps_its_traceback(files: list[Path]) -> None:
    with ReaderPool(limited_work.fail) as pool:
        value = pool.read(files[1])
    assert isinstance(value, Unreadable) and "ZeroDivisionError" in value.detail


def test_a_child_that_sleeps_is_ended_by_the_clock(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hengjian.core.reading.child.WALL_EXTRA", 0)
    monkeypatch.setattr("hengjian.core.reading.child.WALL_FACTOR", 0.5)
    start = time.perf_counter()
    with ReaderPool(_sleep, cpu_seconds=1) as pool:
        value = pool.read(files[0])
    assert isinstance(value, Unreadable) and value.code == "timeout" and time.perf_counter() - start < 10


def _sleep(data: bytes, name: str) -> None:
    time.sleep(60)


def test_children_are_reused_and_their_prints_do_no_harm(files: list[Path]) -> None:
    with ReaderPool(limited_work.chatter) as pool:
        assert len({value for _, value in pool.read_all(files * 3)}) == 1


def test_bytes_can_be_read_too() -> None:
    with ReaderPool(limited_work.length) as pool:
        assert pool.read_bytes(b"abc", "a.txt") == ("a.txt", 3)


def test_what_was_cached_is_not_shipped() -> None:
    document = read(docx(p("甲") + f"<w:tbl>{row(cell('一'), cell('二'))}</w:tbl>"), "a.docx")
    before = len(pickle.dumps(document))
    assert document.tables[0].at(1, 2) is not None and document.paragraphs
    assert len(pickle.dumps(document)) == before
    copy = pickle.loads(pickle.dumps(document))
    assert isinstance(copy, Document) and copy == document and copy.name == "a.docx"
