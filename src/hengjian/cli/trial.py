"""The main job on the repository's own samples, for ``make try``. Run as ``python -m hengjian.cli.trial [FOLDER]``.

Copies ``samples/`` into a scratch folder, audits the copies with annotated ones beside them, evaluates the filled form, and
compares what was found with ``samples/expected.toml``: it ends 0 only if every expected finding is there and no other.
"""

from __future__ import annotations

import json
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from hengjian.cli.main import main as hengjian
from hengjian.cli.main import prepare_console

SAMPLES = Path("samples")
ENDINGS = (".docx", ".xlsx", ".pdf", ".txt")


def main(out: Path) -> int:
    """Both jobs into ``out``; 0 when the results are those expected, else 1, or 2 without samples."""
    if not (SAMPLES / "expected.toml").is_file():
        click.echo("没有找到 samples/：请在程序的源目录中运行。", err=True)
        return 2
    copies = _copied(out)
    _say("一、核对六份样例报告")
    hengjian(["audit", *copies, "--annotate", "--format", "full", "-o", "-", "-o", f"{out}/核对结果.html", "-o", f"{out}/核对结果.xlsx",
              "-o", f"{out}/核对结果.json"])  # fmt: skip
    expected = tomllib.loads((SAMPLES / "expected.toml").read_text(encoding="utf-8"))
    scored = expected.pop("evaluate")
    _say("二、给填好的表评分并出具 Word、Excel、PDF")
    hengjian(["evaluate", f"{out}/{scored['file']}", "-o", f"{out}/评分"])
    wrong = [*_wrong_findings(out, expected), *_wrong_score(out, scored)]
    _closing(out, wrong)
    return 1 if wrong else 0


def _copied(out: Path) -> list[str]:
    """Copies of the samples in an emptied scratch folder: the originals stay as they are."""
    marker = out / ".hengjian-trial"
    if out.exists() and not marker.exists() and any(out.iterdir()):
        raise SystemExit(f"{out} 里有别的文件：请换一个文件夹。")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    marker.touch()
    return [str(shutil.copy(path, out)) for path in sorted(SAMPLES.iterdir()) if path.suffix in ENDINGS]


def _wrong_findings(out: Path, expected: dict[str, list[str]]) -> Iterator[str]:
    result: dict[str, Any] = json.loads((out / "核对结果.json").read_text(encoding="utf-8"))
    found = {
        Path(f["path"]).name: sorted(x["rule"] for x in f["findings"] if x["severity"] != "note") for f in result["files"]
    }
    for name in sorted({*found, *expected}):
        wanted = sorted(expected.get(name, []))
        if found.get(name) != wanted:
            yield f"{name}：应发现 {' '.join(wanted) or '无'}，实际 {' '.join(found.get(name, [])) or '无'}"


def _wrong_score(out: Path, scored: dict[str, str]) -> Iterator[str]:
    folder = out / "评分"
    if not (folder / "evaluate.json").is_file():
        yield f"{scored['file']}：没有评分"
        return
    (sheet,) = json.loads((folder / "evaluate.json").read_text(encoding="utf-8"))["sheets"]
    if (sheet["total_low"], sheet["total_high"], sheet["grade"]) != (scored["total"], scored["total"], scored["grade"]):
        yield f"{scored['file']}：应得 {scored['total']}（{scored['grade']}），实际 {sheet['total_low']}（{sheet['grade']}）"
    yield from (f"没有写出 {ending} 表" for ending in ("docx", "xlsx", "pdf") if not list(folder.glob(f"*.{ending}")))


def _closing(out: Path, wrong: list[str]) -> None:
    _say("请打开看看")
    click.echo(f"  {out}/信访局整体自评报告.批注.docx   每处矛盾旁都有批注（Word、WPS、LibreOffice）")
    click.echo(f"  {out}/司法局项目自评表.批注.xlsx     矛盾的单元格有附注")
    click.echo(f"  {out}/核对结果.html                  浏览器中查看全部文件；同名 .xlsx 为问题清单，.json 供程序读取")
    click.echo(f"  {out}/评分/                          评好分的自评表：docx、xlsx、pdf")
    for line in wrong:
        click.echo(f"与预期不符：{line}", err=True)
    click.echo("" if wrong else "\n✓ 样例中的矛盾全部找到，没有误报。")


def _say(title: str) -> None:
    click.echo(f"\n── {title} " + "─" * 40 + "\n")


if __name__ == "__main__":
    prepare_console()
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "out")))
