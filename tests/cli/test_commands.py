"""The other commands, the help pages, and how the program ends."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.hostile import DOCX, SAMPLES, XLSX
from wcwidth import wcswidth

from hengjian import __version__
from hengjian.cli.main import _COMMANDS

ROOT = SAMPLES.parent
FORM = SAMPLES / "信访业务费自评表.xlsx"
pytestmark = pytest.mark.usefixtures("near")


def commands() -> list[str]:
    return [*_COMMANDS, "rules list", "rules show"]


@pytest.mark.parametrize("name", commands())
def test_every_help_page_is_chinese_and_fits_the_screen(hengjian, name: str):
    answer = hengjian(*name.split(), "--help")
    assert answer.code == 0
    assert answer.out.startswith(f"用法：hengjian {name} ")
    assert "示例：" in answer.out or name == "mutate"
    assert not [w for w in ("Usage", "Options", "default", "INTEGER", "TEXT") if w in answer.out]
    assert max(wcswidth(line) for line in answer.out.splitlines()) <= 110


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["audti"], "没有命令 audti。是不是要 audit？"),
        (["rules", "shwo"], "没有命令 shwo。是不是要 show？"),
        (["rules", "show", "A-99"], "没有规则 A-99"),
        (["rules", "list", "Q"], "没有 Q 类规则"),
        (["evaluate", "a", "b"], "多出了参数 b"),
        (["compare", "a"], "缺少参数 后来的文件"),
        (["audit"], "缺少参数 文件或文件夹…"),
        (["evaluate", "没有.xlsx"], "没有.xlsx：找不到这个文件"),
        (["evaluate", str(SAMPLES / "档案馆整体自评报告.txt")], "没有可以评分的指标行"),
        (["evaluate", str(FORM), "--forms", "odt"], "--forms 只能是 docx、xlsx、pdf"),
        (["evaluate", str(FORM), "--what-if", "没有=3"], "--what-if 应写作 指标=值"),
        (["evaluate", str(FORM), "--no-forms", "--explain", "99"], "没有第 99 行"),
    ],
)
def test_a_mistake_has_one_chinese_sentence(hengjian, arguments, sentence):
    answer = hengjian(*arguments)
    assert answer.code == 2
    assert sentence in answer.err
    assert answer.err.count("\n") == 1


def test_no_command_shows_the_help(hengjian):
    for arguments in ([], ["rules"]):
        answer = hengjian(*arguments)
        assert answer.code == 2
        assert answer.err.startswith("用法：")


def test_evaluate_scores_explains_and_prints_the_forms(hengjian, tmp_path):
    answer = hengjian("evaluate", FORM, "-o", tmp_path / "out")
    assert answer.code == 0
    assert "86.4/95×10 = 9.09" in answer.out
    assert "总分 98.30  等级 优" in answer.out
    assert sorted(p.suffix for p in (tmp_path / "out").iterdir()) == [".docx", ".json", ".pdf", ".xlsx"]
    told = json.loads((tmp_path / "out" / "evaluate.json").read_text(encoding="utf-8"))
    assert told["sheets"][0]["total_low"] == "98.30"
    assert hengjian("audit", *(p for p in (tmp_path / "out").iterdir() if p.suffix != ".json"), "--fail-on", "warning").code == 0


def test_evaluate_tells_gaps_by_1(hengjian, tmp_path):
    answer = hengjian("evaluate", XLSX, "-o", tmp_path)
    assert answer.code == 1
    assert "▲ 须填偏差原因" in answer.out
    assert "填报总分 97.5，按完成情况计算为 97.00" in answer.out


def test_what_if_writes_nothing(hengjian, tmp_path):
    answer = hengjian("evaluate", FORM, "-o", tmp_path / "out", "--what-if", "信访群众满意度=95%", "--explain", "8")
    assert "总分 99.21" in answer.out
    assert not (tmp_path / "out").exists()


def test_evaluate_does_not_overwrite_the_filled_form(hengjian, tmp_path):
    source = tmp_path / "项目支出绩效自评表-信访业务费.xlsx"
    source.write_bytes(FORM.read_bytes())
    answer = hengjian("evaluate", source, "-o", tmp_path)
    assert answer.code == 2
    assert "不会覆盖" in answer.err
    assert source.read_bytes() == FORM.read_bytes()


def test_compare_finds_a_changed_target_and_tells_other_units(hengjian, tmp_path):
    later = tmp_path / "后.txt"
    text = (SAMPLES / "档案馆整体自评报告.txt").read_text(encoding="utf-8")
    later.write_text(text.replace("213.05", "203.05"), encoding="utf-8")
    answer = hengjian("compare", SAMPLES / "档案馆整体自评报告.txt", later)
    assert answer.code == 1
    assert "人员经费：213.05万元 → 203.05万元" in answer.out
    told = json.loads(hengjian("compare", SAMPLES / "档案馆整体自评报告.txt", later, "--format", "json").out)
    assert told["schema"] == "hengjian.compare/1"
    assert [d["second"] for d in told["differences"] if d["subject"] == "人员经费"] == ["203.05万元"]
    assert "单位不同" in hengjian("compare", DOCX, later).err
    assert hengjian("compare", DOCX, tmp_path / "没有.docx").code == 2


def test_read_shows_figures_tables_and_csv(hengjian):
    out = hengjian("read", DOCX, "--tables").out
    assert "p10:14-22\t基本支出\t466.20万元\texpenditure.basic" in out
    assert "业务培训期数 | ≥5期 | 6期" in out
    rows = list(csv.DictReader(io.StringIO(hengjian("read", DOCX, "--format", "csv").out.removeprefix("\ufeff"))))
    assert {"value": "466.20", "unit": "万元", "year": "2024"}.items() <= next(r for r in rows if r["key"] == "expenditure.basic").items()
    told = json.loads(hengjian("read", DOCX, "--format", "json", "--tables").out)["files"][0]
    assert {c["text"] for c in told["tables"][0]["cells"]} >= {"信访群众满意度", "88.5%"}


def test_rules_are_listed_and_explained(hengjian):
    assert "共 130 条规则" in hengjian("rules", "list").out
    assert "A-03" not in hengjian("rules", "list", "W").out
    out = hengjian("rules", "show", "a-03").out
    assert "依据：" in out and "✗ " in out and "✓ " in out
    assert len(json.loads(hengjian("rules", "list", "--format", "json").out)) == 130


def test_doctor_says_what_is_there(hengjian):
    answer = hengjian("doctor")
    assert answer.code == 0
    assert "✓ PDF 字体" in answer.out
    assert "✗" not in answer.out


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "hengjian", *arguments], capture_output=True, check=False, cwd=ROOT, **options)


def test_the_module_runs_as_a_program():
    done = run("--version")
    assert (done.returncode, done.stdout.decode().strip()) == (0, f"hengjian {__version__}")


def test_a_console_that_knows_no_utf8_gets_no_traceback():
    done = run("rules", "show", "A-03", env={"PYTHONIOENCODING": "ascii", "PATH": ""})
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_ctrl_c_ends_with_130(tmp_path):
    for number in range(40):
        (tmp_path / f"{number}.docx").write_bytes(DOCX.read_bytes())
    process = subprocess.Popen([sys.executable, "-m", "hengjian", "audit", str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(2.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.decode().strip() == "已中断。"



def test_the_samples_are_those_of_their_texts():
    from samples.build import build

    for name, data in build():
        assert (SAMPLES / name).read_bytes() == data, f"{name}: run python -m samples.build"


def test_the_trial_fails_when_a_finding_is_missing(monkeypatch, tmp_path, capfdbinary):
    from hengjian.cli import trial

    monkeypatch.chdir(ROOT)
    assert trial.main(tmp_path / "out") == 0
    assert (tmp_path / "out" / "信访局整体自评报告.批注.docx").exists()
    real = trial.hengjian
    monkeypatch.setattr(trial, "hengjian", lambda arguments: real([*arguments, "--ignore", "A-03"] if arguments[0] == "audit" else arguments))
    assert trial.main(tmp_path / "out") == 1
    assert "应发现 A-03 A-14" in capfdbinary.readouterr().err.decode()
    with pytest.raises(SystemExit):
        trial.main(Path(tmp_path))


