"""``hengjian doctor``: what this machine has, what it lacks, and how to get it."""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from hengjian import __version__
from hengjian.cli.main import EXIT_CLEAN, EXIT_FAILED, Command
from hengjian.core.audit.catalogue import all_rules
from hengjian.law import load_profile, profile_names

_LIBRARIES = ("python-docx", "openpyxl", "xlrd", "pypdfium2", "typst", "lxml", "rapidfuzz")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the table: ``ok``, ``limited`` (works without) or ``broken``, and the remedy."""

    subject: str
    state: str
    detail: str
    remedy: str = ""


_EPILOG = """\b
✓ 正常　▲ 有欠缺但不影响主要功能　✗ 不能工作，按“办法”处理
\b
示例：
  hengjian doctor

退出码：0 能够工作；2 有 ✗。"""


@click.command(cls=Command, name="doctor", epilog=_EPILOG)
@click.pass_context
def doctor(ctx: click.Context) -> int:
    """检查本机环境：组件、字体、LibreOffice、磁盘，并给出解决办法。"""
    checks = list(examine())
    for check in checks:
        mark = {"ok": "✓", "limited": "▲", "broken": "✗"}[check.state]
        click.echo(f"{mark} {check.subject}：{check.detail}")
        if check.remedy:
            click.echo(f"    办法：{check.remedy}")
    return EXIT_FAILED if any(c.state == "broken" for c in checks) else EXIT_CLEAN


def examine() -> Iterator[Check]:
    """Every check, in the order in which a user should look at them."""
    yield Check("版本", "ok", f"hengjian {__version__}，Python {sys.version.split()[0]}")
    yield from (_library(name) for name in _LIBRARIES)
    yield _fonts()
    yield _office()
    yield _scratch()
    yield _profiles()
    yield Check("规则", "ok", f"{len(all_rules())} 条")


def _library(name: str) -> Check:
    try:
        return Check(name, "ok", importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Check(name, "broken", "未安装", "重新运行 make setup")


def _fonts() -> Check:
    folder = Path(__file__).resolve().parents[1] / "forms" / "fonts"
    fonts = sorted(p.name for p in folder.glob("*.ttf") if p.stat().st_size > 1_000_000)
    if len(fonts) >= 2:
        return Check("PDF 字体", "ok", "、".join(fonts))
    return Check("PDF 字体", "broken", "缺少随附的思源宋体", "重新取得完整的程序目录")


def _office() -> Check:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return Check("LibreOffice", "ok", "可以读取 .doc、.wps")
    return Check("LibreOffice", "limited", "没有：不能读取 .doc、.wps，其他格式不受影响",
                 "安装 libreoffice-writer，或先用 WPS 另存为 .docx")  # fmt: skip


def _scratch() -> Check:
    free = shutil.disk_usage(tempfile.gettempdir()).free // 2**20
    if free < 200:
        return Check("临时目录", "broken", f"只剩 {free} MB", "清理磁盘后重试")
    return Check("临时目录", "ok", f"可用 {free:,} MB")


def _profiles() -> Check:
    names = [load_profile(name).name for name in profile_names()]
    return Check("口径", "ok", "、".join(names))
