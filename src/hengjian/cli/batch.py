"""Many files through the reading processes, in order, each with its digest."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from hengjian.cli.inputs import Input, printed
from hengjian.cli.worker import Order, PackedJudged, judge_packed
from hengjian.core.reading import Unreadable, load
from hengjian.core.reading.child import ReaderPool
from hengjian.forms.findings.packed import PackedResult
from hengjian.forms.findings.result import FileResult, Trouble
from hengjian.forms.findings.wording import why

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """How many processes read, and what each may use."""

    jobs: int = 1
    memory: int = 1024
    """MiB of address space for each process."""
    cpu_seconds: int = 60

    @classmethod
    def of(cls, options: dict[str, Any]) -> Limits:
        """From the options of a command; without ``--jobs``, one process for each processor."""
        return cls(options["jobs"] or os.cpu_count() or 1, options["memory"], options["cpu_seconds"])


@dataclass(frozen=True)
class Digested:
    """What the work made of a file, and the digest of its bytes."""

    sha256: str
    value: Any


def digested(data: bytes, name: str, work: Callable[[bytes, str], Any]) -> Digested:
    """Run the work and digest the bytes; an unreadable file keeps its digest too."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        return Digested(digest, work(data, name))
    except Unreadable as trouble:
        return Digested(digest, trouble)


def run_pool(work: Callable[[bytes, str], Any], inputs: Sequence[Input], limits: Limits) -> Iterator[Digested]:
    """The work done on every input, in order; what could not be done is an ``Unreadable`` in its place."""
    jobs = min(limits.jobs, max(1, len(inputs)))
    task = partial(digested, work=work)
    with ReaderPool(task, jobs=jobs, memory=limits.memory * 2**20, cpu_seconds=limits.cpu_seconds) as pool:
        from_files = pool.read_all([i.path for i in inputs if i.path is not None])
        for item in inputs:
            answer = next(from_files)[1] if item.path is not None else pool.read_bytes(item.data or b"", item.name)
            yield _showable(answer if isinstance(answer, Digested) else Digested(_digest(item), answer))


def _showable(answer: Digested) -> Digested:
    """The reason without what a hostile file name could do to a terminal."""
    trouble = answer.value
    if not isinstance(trouble, Unreadable):
        return answer
    return Digested(answer.sha256, Unreadable(trouble.code, printed(trouble.message), trouble.detail))


def _digest(item: Input) -> str:
    """The digest of a file whose reading process died; empty when there is no such file."""
    try:
        data = item.data if item.path is None else load(item.path)
    except Unreadable:
        return ""
    return hashlib.sha256(data or b"").hexdigest()


def run_batch(inputs: Sequence[Input], order: Order, limits: Limits) -> Iterator[FileResult]:
    """Judge every input. One bad file never stops the others."""
    for item, answer in zip(inputs, run_pool(partial(judge_packed, order=order), inputs, limits), strict=True):
        if isinstance(answer.value, Unreadable):
            trouble = Trouble(answer.value.code, answer.value.message)
            yield FileResult(item.name, answer.sha256, error=trouble)
        else:
            judged: PackedJudged = answer.value
            yield PackedResult(item.name, answer.sha256, judged.values, None, judged.audit)


def sentence(path: str, message: str) -> str:
    """Which file, why, what to do; the path as it was given, once."""
    return f"{path}：{why(path, message)}"


def read_or_fail(work: Callable[[bytes, str], T], paths: Sequence[str], limits: Limits) -> list[T]:
    """The work done on files that must all be readable; else one clear sentence."""
    inputs = [Input(printed(p), Path(p)) for p in paths]
    values: list[T] = []
    for item, answer in zip(inputs, run_pool(work, inputs, limits), strict=True):
        if isinstance(answer.value, Unreadable):
            raise click.ClickException(sentence(item.name, answer.value.message))
        values.append(answer.value)
    return values
