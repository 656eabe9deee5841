"""Every option of ``hengjian audit``."""

from __future__ import annotations

import json
import os
from io import BytesIO, TextIOWrapper
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from tests.cli.hostile import DOCX, SAMPLES, XLSX

from hengjian.forms.findings.json_output import schema

NOTES = "云州市衡山区档案馆\n2024年度工作情况\n（一）推进按装，做为重点，既使困难。\n一、甲\n三、乙\n五、丙\n八、丁\n"

pytestmark = pytest.mark.usefixtures("near")


def rules(answer) -> list[str]:
    return [f["rule"] for file in json.loads(answer.out)["files"] for f in file["findings"]]


def test_findings_give_1_and_none_gives_0(hengjian, faulty, clean):
    assert hengjian("audit", faulty).code == 1
    assert hengjian("audit", clean).code == 0


def test_the_sum_stands_below_the_sentence_with_its_marks(hengjian, faulty):
    lines = hengjian("audit", faulty).out.splitlines()
    at = next(n for n, line in enumerate(lines) if "2024年支出合计318.60万元" in line)
    assert lines[at + 1].split() == ["^" * 10, "^" * 10, "^" * 9]
    assert "241.35 + 87.25 = 328.60" in lines[at + 2]


def test_the_json_meets_its_schema(hengjian, faulty, tmp_path):
    (tmp_path / "空.docx").touch()
    answer = hengjian("audit", faulty, DOCX, XLSX, tmp_path / "空.docx", "--format", "json", "-v")
    data = json.loads(answer.out)
    jsonschema.Draft202012Validator(schema()).validate(data)
    assert [f["readable"] for f in data["files"]] == [True, True, True, False]
    assert data["summary"]["exit"] == 2


@pytest.mark.parametrize("form", ["full", "concise", "table", "json", "jsonl", "sarif", "html", "junit", "xlsx"])
def test_the_same_input_gives_the_same_bytes(hengjian, faulty, tmp_path, form: str):
    for number in (1, 2):
        hengjian("audit", faulty, XLSX, "--format", form, "-o", tmp_path / f"{number}.out", "--jobs", number)
    first, second = ((tmp_path / f"{n}.out").read_bytes() for n in (1, 2))
    assert first == second
    assert first


def test_formats_and_files_pair_in_order(hengjian, faulty, tmp_path):
    answer = hengjian("audit", faulty, "--format", "concise", "-o", "-", "--format", "html", "-o", tmp_path / "a.html",
                      "-o", tmp_path / "b.xlsx", "-o", tmp_path / "c.json")  # fmt: skip
    assert answer.out.startswith(f"{faulty}:p3:")
    assert (tmp_path / "a.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert openpyxl.load_workbook(BytesIO((tmp_path / "b.xlsx").read_bytes())).sheetnames[0] == "汇总"
    assert json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))["schema"] == "hengjian.audit/1"
    assert answer.err.count("已写出") == 3


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--format", "json", "--format", "html"], "不能同时输出到屏幕"),
        (["-o", "x.abc"], "看不出格式"),
        (["-o", "没有/x.json"], "没有这个文件夹"),
        (["-o", "x.json", "-o", "x.json", "--format", "json"], "同一个文件"),
        (["-o", "档案馆.txt"], "会覆盖要核对的文件"),
        (["--format", "jsn"], "是不是要 json？"),
        (["--selct", "A"], "没有选项 --selct。是不是要 --select？"),
        (["--year", "今年"], "--year 应是整数，而不是 今年"),
        (["--jobs", "0"], "--jobs 应是1—64 的整数，而不是 0"),
        (["--memory", "1"], "--memory 应是不小于 256 的整数"),
        (["--tolerance", "nan"], "--tolerance 应是不小于 0 的数"),
        (["--tolerance", "x"], "--tolerance 应是不小于 0 的数"),
        (["--select", "A-3"], "没有规则 A-3。是不是要 A-03？"),
        (["--ignore", "Z"], "没有规则 Z"),
        (["--profile", "hunnan"], "没有名为“hunnan”的口径"),
        (["--baseline", "没有.json"], "基线文件 没有.json 不能使用"),
        (["--year"], "选项 --year 后面要写上值"),
        (["@没有.txt"], "不能读取 没有.txt：没有这个文件"),
    ],
)
def test_each_mistake_has_its_chinese_sentence(hengjian, faulty, monkeypatch, arguments, sentence):
    monkeypatch.chdir(faulty.parent)
    before = faulty.read_bytes()
    answer = hengjian("audit", faulty, *arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith("错误：")
    assert sentence in answer.err
    assert answer.err.count("\n") == 1
    assert faulty.read_bytes() == before


def test_select_and_ignore_choose_the_rules(hengjian, faulty):
    assert rules(hengjian("audit", faulty, "--format", "json", "--select", "A-02")) == ["A-02"]
    assert rules(hengjian("audit", faulty, "--format", "json", "--select", "P,W")) == []
    assert "A-02" not in rules(hengjian("audit", faulty, "--format", "json", "--ignore", "A"))


def test_severity_limits(hengjian, tmp_path, faulty):
    assert hengjian("audit", SAMPLES / "档案馆整体自评报告.txt", "--select", "D-13").code == 1
    assert hengjian("audit", SAMPLES / "档案馆整体自评报告.txt", "--select", "D-13", "--fail-on", "error").code == 0
    assert rules(hengjian("audit", SAMPLES / "档案馆整体自评报告.txt", "--select", "D-13", "--min-severity", "error", "--format", "json")) == []
    assert hengjian("audit", faulty, "--exit-zero").code == 0


def test_the_tolerance_reaches_the_sums(hengjian, faulty):
    assert hengjian("audit", faulty, "--tolerance", "9.99").code == 1
    assert hengjian("audit", faulty, "--tolerance", "10").code == 0


def test_the_year_is_the_given_one(hengjian, faulty):
    assert json.loads(hengjian("audit", faulty, "--year", "2023", "--format", "json").out)["files"][0]["year"] == 2023


def test_explain_shows_passes_and_what_was_not_checked(hengjian, clean):
    out = hengjian("audit", clean, "--explain").out
    assert "通过 A-02 241.35 + 77.25 = 318.60" in out
    assert "未核对 " in out
    assert "不涉及 " in out


def test_public_looks_for_personal_data(hengjian, tmp_path):
    path = tmp_path / "表.txt"
    path.write_text("云州市衡山区信访局\n2024年度项目支出绩效自评表\n项目名称：信访业务费\n填表人：张某某    联系电话：13800000000\n", encoding="utf-8")
    assert "D-18" not in rules(hengjian("audit", path, "--format", "json"))
    assert "D-18" in rules(hengjian("audit", path, "--format", "json", "--public"))


def test_only_new_findings_count_against_a_baseline(hengjian, faulty, tmp_path):
    hengjian("audit", faulty, "-o", tmp_path / "known.json")
    answer = hengjian("audit", faulty, "--baseline", tmp_path / "known.json", "--format", "json")
    assert answer.code == 0
    assert json.loads(answer.out)["files"][0]["findings"][0]["waived"] is True
    faulty.write_text(faulty.read_text(encoding="utf-8").replace("241.35", "242.35"), encoding="utf-8")
    assert hengjian("audit", faulty, "--baseline", tmp_path / "known.json").code == 1


@pytest.mark.parametrize(("line", "code"), [("A-02", 0), ("A-02 p3:10-18 # 已核实", 1), ("A-02 t9r9c9", 1), ("# A-02", 1), ("W-01", 1)])
def test_a_sidecar_waives_findings(hengjian, faulty, line: str, code: int):
    loc = json.loads(hengjian("audit", faulty, "--format", "json").out)["files"][0]["findings"][0]["places"][0]["loc"]
    wanted = 0 if loc in line else code
    faulty.with_name(f"{faulty.name}.hjignore").write_text(line + "\n", encoding="utf-8")
    assert hengjian("audit", faulty).code == wanted


def test_settings_of_the_folder(hengjian, faulty, monkeypatch):
    monkeypatch.chdir(faulty.parent)
    settings = faulty.parent / "hengjian.toml"
    for text, code in [('ignore = ["A-02"]', 0), ('select = "W"', 0), ('tolerance = "10"', 0), ('[per-file]\n"档案*" = ["A"]', 0), ('profile = "hunan"', 1)]:
        settings.write_text(text, encoding="utf-8")
        assert hengjian("audit", faulty).code == code, text
    for text, word in [("x = [", "写法有误"), ("colour = 1", "colour"), ("select = 1", "写法有误"), ("per-file = 1", "写法有误"), ('select = ["Q"]', "没有规则 Q")]:
        settings.write_text(text, encoding="utf-8")
        answer = hengjian("audit", faulty)
        assert answer.code == 2
        assert word in answer.err, text


def test_a_profile_of_ones_own(hengjian, faulty, tmp_path):
    (tmp_path / "own.toml").write_text("[", encoding="utf-8")
    answer = hengjian("audit", faulty, "--profile", tmp_path / "own.toml")
    assert answer.code == 2
    assert "own.toml" in answer.err
    for name in ("hunan", "hebei", "sichuan", "national-2021", "national-2021-cost"):
        assert hengjian("audit", faulty, "--profile", name).code == 1


def test_folders_globs_lists_and_doubles(hengjian, tmp_path, faulty, monkeypatch):
    monkeypatch.chdir(tmp_path)
    inner = tmp_path / "下级" / "再下级"
    inner.mkdir(parents=True)
    (inner / "甲.txt").write_bytes(faulty.read_bytes())
    (inner / "~$甲.docx").touch()
    (inner / "甲.批注.docx").touch()
    (inner / "说明.zip").touch()
    (tmp_path / "清单.txt").write_bytes("# 注释\r\n下级\r\n档案馆.txt\r\n".encode("gb18030"))

    def paths(*arguments: str) -> list[str]:
        return [f["path"] for f in json.loads(hengjian("audit", *arguments, "--format", "json").out)["files"]]

    assert paths("下级") == [os.path.join("下级", "再下级", "甲.txt")]  # noqa: PTH118
    assert paths("档*.txt") == ["档案馆.txt"]
    assert paths("@清单.txt") == [str(Path("下级") / "再下级" / "甲.txt"), "档案馆.txt"]
    assert paths("档案馆.txt", "./档案馆.txt", str(faulty)) == ["档案馆.txt"]
    assert hengjian("audit", "没有*.txt").code == 2


def test_an_empty_folder_is_a_mistake(hengjian, tmp_path):
    answer = hengjian("audit", tmp_path)
    assert answer.code == 2
    assert "没有找到可读的文件" in answer.err


@pytest.mark.parametrize("path", [DOCX, XLSX, SAMPLES / "水务局项目自评报告.pdf", SAMPLES / "档案馆整体自评报告.txt"])
def test_standard_input_is_what_its_content_says(hengjian, monkeypatch, path: Path):
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(path.read_bytes())))
    answer = hengjian("audit", "-", "--format", "json")
    (entry,) = json.loads(answer.out)["files"]
    assert entry["readable"]
    assert entry["path"] == "标准输入"
    assert answer.code == 1


def test_at_most_five_notes_without_v(hengjian, tmp_path):
    path = tmp_path / "目标.txt"
    path.write_text(NOTES, encoding="utf-8")
    entries = json.loads(hengjian("audit", path, "--format", "json", "--select", "ALL").out)["files"][0]["findings"]
    notes = [f for f in entries if f["severity"] == "note"]
    shown = hengjian("audit", path, "--select", "ALL").out
    assert shown.count("○ 低") == min(5, len(notes))
    assert len(notes) > 5
    assert f"另有 {len(notes) - 5} 条低级问题（-v 显示）" in shown
    assert hengjian("audit", path, "--select", "ALL", "-v").out.count("○ 低") == len(notes)


def test_colour_only_when_wanted(hengjian, faulty, monkeypatch):
    assert "\x1b" not in hengjian("audit", faulty).out
    assert "\x1b[31;1m" in hengjian("audit", faulty, "--color", "always").out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in hengjian("audit", faulty).out


def test_the_order_is_that_of_the_arguments(hengjian, faulty, clean):
    for files in ([faulty, clean, DOCX], [DOCX, clean, faulty]):
        answer = hengjian("audit", *files, "--format", "json", "--jobs", 3)
        assert [f["path"] for f in json.loads(answer.out)["files"]] == [str(p) for p in files]
