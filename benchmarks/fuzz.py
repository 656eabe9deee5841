"""Mutated files through the limited reading children: each is judged or refused with a sentence, and none hangs."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from benchmarks import settings
from benchmarks.papers import FORMATS, report
from hengjian.cli.worker import Order, judge
from hengjian.core.reading import Unreadable
from hengjian.core.reading.child import ReaderPool

Mutation = Callable[[bytes, random.Random], bytes]
_TOKENS = (
    (b'"1"', b'"-1"'), (b'"1"', b'"99999999999"'), (b'"0"', b'"x"'), (b"w:val", b"w:foo"), (b"A1", b"ZZZ9999999"),
    (b"<v>", b"<w>"), (b" 0 ", b" 99999999 "), (b"/Length", b"/Lenght"), (b'Id="', b'Id="z'), (b"w:tc>", b"w:tr>"),
    (b"restart", b"continue"), (b"</", b"<"), (b".xml", b".xmI"), (b"gridSpan", b"gridspan"), (b"\t", b"\n"), (b"0", b"9" * 400),
)  # fmt: skip


@dataclass
class Fuzzed:
    """What became of the files: by code of the refusal (``read`` for those that were read), and the slowest."""

    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    without_sentence: list[str] = field(default_factory=list)
    internal: list[str] = field(default_factory=list)


def fuzz() -> Fuzzed:
    """``BENCH_FUZZ`` files from fixed seeds."""
    samples = {form: report(5, form) for form in FORMATS}
    told = Fuzzed()
    with ReaderPool(partial(judge, order=Order()), cpu_seconds=20) as pool:
        for seed in range(settings.FUZZ):
            form = FORMATS[seed % len(FORMATS)]
            mutation = MUTATIONS[seed // len(FORMATS) % len(MUTATIONS)]
            data = mutation(samples[form], random.Random(seed))
            start = time.perf_counter()
            answer = pool.read_bytes(data, f"示例.{form}")
            told.slowest = max(told.slowest, time.perf_counter() - start)
            _count(told, answer, f"{form} {mutation.__name__} {seed}")
    return told


def _count(told: Fuzzed, answer: Any, what: str) -> None:
    told.files += 1
    told.outcomes[answer.code if isinstance(answer, Unreadable) else "read"] += 1
    if not isinstance(answer, Unreadable):
        return
    if not answer.message.startswith("示例.") or not answer.message.endswith("。"):
        told.without_sentence.append(what)
    if answer.code == "internal":
        told.internal.append(f"{what}: {answer.detail.strip().splitlines()[-1]}")


def flip(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def splice(data: bytes, chance: random.Random) -> bytes:
    start, length = chance.randrange(len(data)), chance.randrange(1, 400)
    middle = data[start : start + length] * chance.choice((0, 3, 50))
    return data[:start] + middle + data[start + length :]


def inside(data: bytes, chance: random.Random) -> bytes:
    """Break one part of a package and zip it again, so that the parsers behind the zip see it."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return swap(data, chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        chosen = chance.choice([n for n in old.namelist() if n.endswith((".xml", ".rels"))])
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, chance.choice((swap, splice, flip))(content, chance) if name == chosen else content)
    return buffer.getvalue()


def swap(data: bytes, chance: random.Random) -> bytes:
    """Numbers made absurd, names exchanged: well-formed more often than not."""
    for _ in range(3):
        data = data.replace(*chance.choice(_TOKENS), chance.randint(1, 4))
    return data


MUTATIONS: tuple[Mutation, ...] = (flip, cut, splice, inside)
