"""``--annotate``: a marked copy beside each file that was read, made in a limited process like the reading."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from hengjian.cli.batch import Limits
from hengjian.cli.inputs import Input
from hengjian.cli.outputs import save
from hengjian.core.reading import Unreadable, load
from hengjian.core.reading.child import ReaderPool
from hengjian.forms.annotated import annotate
from hengjian.forms.findings.result import FileResult


def annotate_beside(inputs: Sequence[Input], results: Sequence[FileResult], limits: Limits, *, quiet: bool) -> bool:
    """Write ``报告.批注.docx`` beside each file; ``False`` when a copy could not be made or written."""
    originals = {i.path.absolute() for i in inputs if i.path is not None}
    done = True
    with ReaderPool(_copy, memory=limits.memory * 2**20, cpu_seconds=limits.cpu_seconds) as pool:
        for path, result in _with_paths(inputs, results):
            made = _made(pool, path, result)
            if isinstance(made, Unreadable):
                done = _failed(f"不能给 {path} 写批注版：{made.message}")
                continue
            target = copy_name(path, made[1])
            if target.absolute() in originals:
                done = _failed(f"不写 {target}：它是要核对的文件之一。")
                continue
            done = save(target, made[0], quiet=quiet) and done
    return done


def copy_name(path: Path, ending: str) -> Path:
    """``报告.批注.docx`` for ``报告.docx``; ``报告.pdf.批注.html`` for ``报告.pdf``, which may stand beside a ``报告.txt``."""
    stem = path.stem if path.suffix.lower() == f".{ending}" else path.name
    return path.with_name(f"{stem}.批注.{ending}")


def _with_paths(inputs: Sequence[Input], results: Sequence[FileResult]) -> Iterator[tuple[Path, FileResult]]:
    for item, result in zip(inputs, results, strict=True):
        if item.path is not None and result.readable:
            yield item.path, result
        elif item.path is None:
            click.echo("标准输入没有批注版：请给出文件名。", err=True)


def _made(pool: ReaderPool[tuple[bytes, str]], path: Path, result: FileResult) -> tuple[bytes, str] | Unreadable:
    try:
        data = load(path)
    except Unreadable as trouble:
        return trouble
    return pool.read_bytes(pickle.dumps((data, result)), path.name)


def _copy(job: bytes, name: str) -> tuple[bytes, str]:
    """In the child: the job is our own file's bytes and result, pickled by the parent."""
    data, result = pickle.loads(job)
    return annotate(data, result)


def _failed(sentence: str) -> bool:
    click.echo(f"错误：{sentence}", err=True)
    return False
