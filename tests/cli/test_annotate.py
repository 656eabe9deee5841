"""``--annotate``: copies beside the originals, which stay as they are."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from tests.cli.hostile import DOCX, SAMPLES, XLSX


@pytest.fixture
def originals(tmp_path) -> list[Path]:
    sources = [DOCX, XLSX, SAMPLES / "水务局项目自评报告.pdf", SAMPLES / "档案馆整体自评报告.txt"]
    return [Path(shutil.copy(s, tmp_path)) for s in sources]


def test_a_copy_beside_each_file_and_the_originals_untouched(hengjian, originals, tmp_path):
    before = [p.read_bytes() for p in originals]
    answer = hengjian("audit", *originals, "--annotate", "--format", "concise")
    assert answer.code == 1
    assert [p.read_bytes() for p in originals] == before
    with zipfile.ZipFile(tmp_path / "信访局整体自评报告.批注.docx") as copy:
        assert "390.55 + 65.65 = 456.20" in copy.read("word/comments.xml").decode("utf-8")
    notes = [c.comment.text for row in openpyxl.load_workbook(tmp_path / "司法局项目自评表.批注.xlsx").active for c in row if c.comment]
    assert any("W-05" in note for note in notes)
    for name in ("水务局项目自评报告.pdf.批注.html", "档案馆整体自评报告.txt.批注.html"):
        assert "<mark" in (tmp_path / name).read_text(encoding="utf-8")
    assert len(list(tmp_path.iterdir())) == 8


@pytest.mark.usefixtures("near")
def test_twice_gives_the_same_copies(hengjian, originals, tmp_path):
    copies = []
    for _ in range(2):
        hengjian("audit", *originals, "--annotate", "-q")
        copies.append({p.name: p.read_bytes() for p in tmp_path.iterdir()})
    assert copies[0] == copies[1]


@pytest.mark.usefixtures("near")
def test_an_original_with_the_name_of_a_copy_is_not_overwritten(hengjian, tmp_path):
    first = Path(shutil.copy(DOCX, tmp_path / "甲.docx"))
    second = Path(shutil.copy(DOCX, tmp_path / "甲.批注.docx"))
    answer = hengjian("audit", first, second, "--annotate", "-q", "--format", "concise")
    assert second.read_bytes() == DOCX.read_bytes()
    assert answer.code == 2
    assert "它是要核对的文件之一" in answer.err
    assert (tmp_path / "甲.批注.批注.docx").exists()


@pytest.mark.usefixtures("near")
def test_a_folder_that_cannot_be_written_is_said_and_the_findings_stay(hengjian, originals, monkeypatch):
    def refuse(self: Path, data: bytes) -> int:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    answer = hengjian("audit", originals[3], "--annotate", "--format", "concise")
    assert answer.code == 2
    assert "A-02" in answer.out
    assert answer.err.endswith("档案馆整体自评报告.txt.批注.html：没有写权限。\n")
