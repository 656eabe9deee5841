"""Many mixed documents through the command and its reading processes: throughput, time for a file, peak memory."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import psutil

from benchmarks import settings
from benchmarks.papers import FORMATS, report
from hengjian.cli.worker import Order, judge
from hengjian.core.reading import Unreadable
from hengjian.core.reading.child import ReaderPool

LENGTHS = (5, 6, 8, 12, 20)
DISTINCT = 10
"""Different reports for each format; the batch repeats them under other names."""

TIMED = 400
"""Files of the batch that are judged once more, each with its own clock."""


@dataclass(frozen=True)
class Batch:
    """Times in seconds, memory in MiB."""

    documents: int
    jobs: int
    bytes: int
    wall: float
    p50: float
    p99: float
    cpu_p50: float
    cpu_p99: float
    parent: float
    child: float
    unreadable: int


def batch(folder: Path) -> Batch:
    """One run of ``hengjian audit FOLDER --format json``, and one through the pool that times every file."""
    paths = _written(folder / "reports")
    wall, parent, child, failed = _command(folder, paths[0].parent)
    times, dead = _timed(paths[:TIMED])
    cuts, cpu = (quantiles(column, n=100) for column in zip(*times, strict=True))
    size = sum(p.stat().st_size for p in paths)
    return Batch(len(paths), settings.JOBS, size, wall, cuts[49], cuts[98], cpu[49], cpu[98], parent, child, failed + dead)


def _written(folder: Path) -> list[Path]:
    folder.mkdir()
    firsts: list[Path] = []
    for number in range(settings.DOCUMENTS):
        form = FORMATS[number % len(FORMATS)]
        path = folder / f"{number:05d}.{form}"
        if number < DISTINCT * len(FORMATS):
            path.write_bytes(report(LENGTHS[number // len(FORMATS) % len(LENGTHS)], form, number))
            firsts.append(path)
        else:
            shutil.copyfile(firsts[number % len(firsts)], path)
    return sorted(folder.iterdir())


def _command(folder: Path, reports: Path) -> tuple[float, float, float, int]:
    """Wall seconds, peak resident memory of the parent and of its largest child, and files not read."""
    told = folder / "told.json"
    command = [sys.executable, "-m", "hengjian", "audit", str(reports), "--format", "json", "-o", str(told), "--jobs", str(settings.JOBS), "-q"]
    start = time.perf_counter()
    process = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    parent = child = 0
    while process.poll() is None:
        own, others = _resident(process)
        parent, child = max(parent, own), max(child, others)
        time.sleep(0.05)
    wall = time.perf_counter() - start
    files = json.loads(told.read_text(encoding="utf-8"))["files"]
    return wall, parent / 2**20, child / 2**20, sum(1 for f in files if not f["readable"])


def _resident(process: psutil.Process) -> tuple[int, int]:
    try:
        return process.memory_info().rss, max((c.memory_info().rss for c in process.children(recursive=True)), default=0)
    except psutil.Error:
        return 0, 0


def timed(data: bytes, name: str) -> tuple[float, float]:
    """Wall and CPU seconds to judge one file, measured in the reading child."""
    start = (time.perf_counter(), time.process_time())
    judge(data, name, Order())
    return time.perf_counter() - start[0], time.process_time() - start[1]


def _timed(paths: list[Path]) -> tuple[list[tuple[float, float]], int]:
    with ReaderPool(timed, jobs=settings.JOBS) as pool:
        answers = [answer for _, answer in pool.read_all(paths)]
    times = [a for a in answers if not isinstance(a, Unreadable)]
    return times, len(answers) - len(times)
