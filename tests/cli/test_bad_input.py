"""A missing, broken or hostile file: one clear sentence, exit code 2, and the other files are still done."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from tests.cli.hostile import HOSTILE, million_rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("hostile")
    for name, (make, _) in HOSTILE.items():
        (path / name).write_bytes(make())
    return path


@pytest.fixture(scope="module")
def judged(folder, tmp_path_factory):
    """One run over all hostile files, a missing one and a good one last."""
    from hengjian.cli.main import main

    good = folder / "好.txt"
    good.write_text("云州市衡山区档案馆\n2024年支出合计318.60万元，其中基本支出241.35万元、项目支出87.25万元。\n", encoding="utf-8")
    out = tmp_path_factory.mktemp("out") / "r.json"
    scratch = tmp_path_factory.mktemp("scratch")
    before = {p: p.read_bytes() for p in folder.iterdir()}
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("TMPDIR", "HOME"):
            patch.setenv(variable, str(scratch))
        patch.chdir(scratch)
        code = main(["audit", *(str(folder / n) for n in [*HOSTILE, "没有.docx", "好.txt"]), "-o", str(out), "-q"])
    after = {p: p.read_bytes() for p in folder.iterdir()}
    return code, json.loads(out.read_text(encoding="utf-8")), before == after and not list(scratch.iterdir())


def test_the_run_ends_with_2_and_touches_nothing(judged):
    code, _, untouched = judged
    assert code == 2
    assert untouched


@pytest.mark.parametrize("name", [*HOSTILE, "没有.docx"])
def test_each_bad_file_has_one_sentence_with_its_name_and_the_reason(judged, name: str):
    entry = next(f for f in judged[1]["files"] if Path(f["path"]).name == name)
    assert not entry["readable"]
    assert entry["findings"] == []
    message = entry["error"]["message"]
    assert message.startswith(f"{name}：")
    assert (HOSTILE[name][1] if name in HOSTILE else "找不到") in message
    assert message.count(name) == 1
    assert "\n" not in message
    assert message.endswith("。")


def test_the_good_file_is_still_judged(judged):
    entry = judged[1]["files"][-1]
    assert [f["rule"] for f in entry["findings"] if f["severity"] == "error"] == ["A-02"]


def test_a_bomb_is_refused_within_five_seconds(hengjian, folder):
    path = folder / "压缩炸弹.docx"
    started = time.monotonic()
    answer = hengjian("audit", path)
    assert time.monotonic() - started < 5
    assert answer.code == 2
    assert "压缩炸弹" in answer.out


def test_a_lie_of_a_million_rows_is_read_or_refused_within_five_seconds(hengjian, tmp_path):
    path = tmp_path / "rows.xlsx"
    path.write_bytes(million_rows())
    started = time.monotonic()
    answer = hengjian("audit", path, "--format", "json")
    assert time.monotonic() - started < 5
    (entry,) = json.loads(answer.out)["files"]
    assert entry["error"] or "W-04" in {f["rule"] for f in entry["findings"]}


@pytest.mark.usefixtures("near")
@pytest.mark.parametrize("form", ["full", "concise", "table"])
def test_a_text_output_names_an_unreadable_file_once_in_its_line(hengjian, tmp_path, form: str):
    (tmp_path / "空.docx").touch()
    answer = hengjian("audit", tmp_path / "空.docx", "--format", form)
    told = [line for line in answer.out.splitlines() if "文件是空的" in line]
    assert len(told) == 1
    assert told[0].count("空.docx") == (1 if form == "concise" else 0)
    assert answer.err == ""


@pytest.mark.usefixtures("near")
def test_a_machine_format_tells_it_on_stderr(hengjian, tmp_path, faulty):
    (tmp_path / "空.docx").touch()
    answer = hengjian("audit", tmp_path / "空.docx", faulty, "--format", "json")
    assert answer.err.startswith(f"错误：{tmp_path / '空.docx'}：文件是空的")
    assert json.loads(answer.out)["summary"]["unreadable"] == 1


@pytest.mark.usefixtures("near")
def test_allow_unreadable_leaves_the_code_to_the_findings(hengjian, tmp_path, faulty, clean):
    (tmp_path / "空.docx").touch()
    assert hengjian("audit", tmp_path / "空.docx", clean).code == 2
    assert hengjian("audit", tmp_path / "空.docx", clean, "--allow-unreadable").code == 0
    assert hengjian("audit", tmp_path / "空.docx", faulty, "--allow-unreadable").code == 1


@pytest.mark.usefixtures("near")
@pytest.mark.parametrize("command", ["evaluate", "read"])
def test_other_commands_say_the_same(hengjian, tmp_path, command: str):
    (tmp_path / "空.xlsx").touch()
    answer = hengjian(command, tmp_path / "空.xlsx")
    assert answer.code == 2
    assert answer.err == f"错误：{tmp_path / '空.xlsx'}：文件是空的（0 字节）；请核对是否传错了文件。\n"


@pytest.mark.usefixtures("near")
def test_a_name_cannot_drive_the_terminal(hengjian, tmp_path):
    path = tmp_path / "a\x1b[31m\nb.txt"
    path.touch()
    answer = hengjian("audit", path, "--format", "concise")
    assert answer.code == 2
    assert "\x1b" not in answer.out
    assert answer.out.count("\n") == 1


@pytest.mark.usefixtures("near")
def test_a_name_of_broken_bytes_is_shown_somehow(hengjian, tmp_path, faulty):
    path = Path(str(tmp_path / "x\udcff.txt"))
    path.write_bytes(faulty.read_bytes())
    answer = hengjian("audit", path, "--format", "json")
    assert answer.code == 1
    assert json.loads(answer.out)["files"][0]["readable"]
