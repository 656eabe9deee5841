"""Reading, extraction and all rules against markitdown's conversion to text; and what a page costs in long reports."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks import settings
from benchmarks.papers import report
from hengjian.cli.worker import Order, judge
from hengjian.core.audit.catalogue import Case
from hengjian.core.audit.run import audit
from hengjian.core.extraction import extract
from hengjian.core.reading import read
from hengjian.core.reading.child import ReaderPool
from hengjian.law import load_profile

PEER = Path(__file__).with_name("peer.py")
BENCH_PYTHON = Path(__file__).parents[1] / ".venv-bench" / "bin" / "python"


class Converter:
    """A converter in its own process."""

    def __init__(self, python: str, kind: str, path: Path) -> None:
        self._process = subprocess.Popen([python, str(PEER), kind, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.imported, _ = self._answer()
        self.run()  # the first conversion warms up

    def run(self) -> tuple[float, float]:
        """Wall and CPU seconds of one conversion, as the process measured them."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> tuple[float, float]:
        assert self._process.stdout is not None
        wall, cpu = self._process.stdout.readline().split()
        return float(wall), float(cpu)

    def close(self) -> None:
        self._process.communicate()


@dataclass(frozen=True)
class Race:
    """Seconds for one and the same docx; ratios are the median of ours over the peer's in each pair."""

    ours: float
    peer: float
    ratio: float
    our_cpu: float
    peer_cpu: float
    cpu_ratio: float
    peer_import: float
    our_import: float
    child: float
    command: float
    """``hengjian audit FILE`` from a cold start."""
    version: float
    """``hengjian --version`` from a cold start."""
    rules: float
    """``hengjian rules show A-03`` from a cold start."""


def race(folder: Path) -> Race:
    """Alternating pairs, both warm, each in one process."""
    path = folder / "report.docx"
    path.write_bytes(report(20, "docx"))
    ours, peer = Converter(sys.executable, "hengjian", path), Converter(str(BENCH_PYTHON), "markitdown", path)
    pairs = [(ours.run(), peer.run()) for _ in range(settings.PAIRS)]
    ours.close()
    peer.close()
    return Race(
        *(value for n in (0, 1) for value in _medians([(a[n], b[n]) for a, b in pairs])),
        peer.imported, ours.imported, _in_child(path), _command("audit", str(path)), _command("--version"), _command("rules", "show", "A-03"),
    )  # fmt: skip


def _medians(pairs: list[tuple[float, float]]) -> tuple[float, float, float]:
    return median(a for a, _ in pairs), median(b for _, b in pairs), median(a / b for a, b in pairs)


def _in_child(path: Path) -> float:
    """Through a warm reading child, the answer sent back included."""
    with ReaderPool(partial(judge, order=Order())) as pool:
        pool.read(path)
        return median(_seconds(lambda: pool.read(path)) for _ in range(5))


def _command(*arguments: str) -> float:
    command = [sys.executable, "-m", "hengjian", *arguments]
    return median(_seconds(lambda: subprocess.run(command, capture_output=True, check=False)) for _ in range(3))


def _seconds(work: object) -> float:
    assert callable(work)
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@dataclass(frozen=True)
class Length:
    """CPU seconds of the three steps for a report of so many pages."""

    pages: int
    tables: int
    reading: float
    extraction: float
    rules: float

    @property
    def per_page(self) -> float:
        return (self.reading + self.extraction + self.rules) / self.pages


def lengths(pages: tuple[int, ...] = (5, 10, 20, 40, 80)) -> list[Length]:
    """Median of five runs for each length, after one that warms up."""
    return [_length(n) for n in pages]


def _length(pages: int) -> Length:
    data, profile = report(pages, "docx"), load_profile("national-2020")
    runs, tables = [], 0
    for _ in range(6):
        marks = [time.process_time()]
        document = read(data, "report.docx")
        marks.append(time.process_time())
        told = extract(document)
        marks.append(time.process_time())
        audit(Case(told, document, profile), lambda rule: True)
        marks.append(time.process_time())
        runs.append([b - a for a, b in pairwise(marks)])
        tables = len(document.tables)
    steps = [median(step) for step in zip(*runs[1:], strict=True)]
    return Length(pages, tables, *steps)
