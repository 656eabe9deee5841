"""Where the results go: each ``--format`` to its ``-o``, checked before the work and never over an input."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from hengjian.cli.inputs import Input

_ENDINGS = {"json": "json", "jsonl": "jsonl", "sarif": "sarif", "html": "html", "htm": "html", "xlsx": "xlsx", "xml": "junit", "txt": "full", "text": "full"}  # fmt: skip
_FOR_PEOPLE = ("full", "concise", "table")


@dataclass(frozen=True, slots=True)
class Output:
    """One format and its file; an empty ``target`` is standard output."""

    form: str
    target: str = ""


def plan(formats: Sequence[str], targets: Sequence[str], inputs: Sequence[Input]) -> list[Output]:
    """The formats paired with their files in order. Raises ``ClickException`` for what could not be written."""
    outputs = [
        Output(formats[n] if n < len(formats) else _by_ending(targets[n]), _target(targets, n))
        for n in range(max(len(formats), len(targets)))
    ] or [Output("full")]
    on_screen = [o.form for o in outputs if not o.target]
    if len(on_screen) > 1:
        raise click.ClickException(f"{'、'.join(on_screen)} 不能同时输出到屏幕：请给每种格式各写一个 -o 文件（- 表示屏幕）。")
    files = [Path(o.target).absolute() for o in outputs if o.target]
    if len(set(files)) < len(files):
        raise click.ClickException("两个 -o 写的是同一个文件。")
    for output in outputs:
        _check(output, inputs)
    return outputs


def _target(targets: Sequence[str], number: int) -> str:
    return targets[number] if number < len(targets) and targets[number] != "-" else ""


def _by_ending(target: str) -> str:
    if target == "-":
        return "full"
    form = _ENDINGS.get(Path(target).suffix.lstrip(".").lower())
    if form is None:
        raise click.ClickException(f"从 {target} 的扩展名看不出格式：请用 --format 指定，或用 .json、.html、.xlsx、.sarif、.txt。")
    return form


def _check(output: Output, inputs: Sequence[Input]) -> None:
    """Refuse now what would fail after the work."""
    if not output.target:
        if output.form == "xlsx" and sys.stdout.isatty():
            raise click.ClickException("xlsx 不能显示在终端上，请用 -o 文件.xlsx 指定文件。")
        return
    target = Path(output.target)
    if any(i.path is not None and _same(i.path, target) for i in inputs):
        raise click.ClickException(f"-o {target} 会覆盖要核对的文件，请换一个文件名。")
    check_folder(target.parent)
    if target.is_dir():
        raise click.ClickException(f"-o {target} 是文件夹，请写上文件名。")


def check_folder(folder: Path) -> None:
    """Raises ``ClickException`` unless files can be written there."""
    if not folder.is_dir():
        raise click.ClickException(f"不能写入 {folder}：没有这个文件夹。")
    if not os.access(folder, os.W_OK):
        raise click.ClickException(f"不能写入 {folder}：没有写权限。")


def _same(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except OSError:
        return first.absolute() == second.absolute()


def tells_people(outputs: Sequence[Output]) -> bool:
    """Whether a person reads the result, unreadable files included, on standard output."""
    return any(o.form in _FOR_PEOPLE and not o.target for o in outputs)


def emit(output: Output, data: bytes, *, quiet: bool = False) -> bool:
    """Write one result; ``False`` with one sentence on stderr when the disk refuses."""
    if not output.target:
        _write_stdout(data, binary=output.form == "xlsx")
        return True
    return save(Path(output.target), data, quiet=quiet)


def save(target: Path, data: bytes, *, quiet: bool = False) -> bool:
    """Write a file whole or not at all, and say so; a link at its place is replaced, not followed."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        click.echo(f"错误：不能写入 {target}：{reason(error)}。", err=True)
        return False
    if not quiet:
        click.echo(f"已写出 {target}", err=True)
    return True


_REASONS = {"EACCES": "没有写权限", "EPERM": "没有写权限", "ENOSPC": "磁盘已满", "EROFS": "磁盘只读", "ENOENT": "没有这个文件或文件夹", "ENAMETOOLONG": "文件名太长", "EISDIR": "这是文件夹", "ENOTDIR": "路径中有一段不是文件夹", "EEXIST": "已有同名文件"}  # fmt: skip


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese where it is one of the usual reasons."""
    return _REASONS.get(errno.errorcode.get(error.errno or 0, ""), error.strerror or type(error).__name__)


def _write_stdout(data: bytes, *, binary: bool) -> None:
    """Bytes as they are where stdout is UTF-8 or a pipe, else in the console's own encoding."""
    encoding = (sys.stdout.encoding or "utf-8").lower().replace("-", "")
    sys.stdout.flush()
    if not binary and encoding not in ("utf8", "ascii") and os.name == "nt" and sys.stdout.isatty():
        sys.stdout.write(data.decode("utf-8"))
    else:
        sys.stdout.buffer.write(data)
    sys.stdout.flush()
