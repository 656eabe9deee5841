"""``make bench``: every benchmark in turn, printed and written to ``docs/benchmarks.md`` and ``docs/mutations.md``.

How much is measured is set in the environment (``benchmarks/settings.py``). ``BENCH_ONLY`` names the parts to run
(``speed,length,batch,mutations,fuzz,corpus``); only a whole run writes the documents. ``BENCH_DATE`` dates the result.
"""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

import psutil

from benchmarks import batch, corpus_score, fuzz, mutations, settings, speed

DOCS = Path(__file__).resolve().parents[1] / "docs"


def main() -> None:
    """Run, print, and write when everything ran."""
    only = [p for p in os.environ.get("BENCH_ONLY", "").split(",") if p]
    told: list[str] = []
    for name, part in PARTS.items():
        if not only or name in only:
            lines = part()
            print("\n".join(lines), flush=True)
            told += lines
    if not only:
        (DOCS / "benchmarks.md").write_text("\n".join([*_head(), *told]).rstrip() + "\n", encoding="utf-8")


def _head() -> list[str]:
    date = os.environ.get("BENCH_DATE", "")
    memory = psutil.virtual_memory().total / 2**30
    machine = f"{psutil.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    return [
        "# Benchmarks 性能与准确度", "",
        f"Written by `make bench`{' on ' + date if date else ''}. Machine: {machine}; load before the run {psutil.getloadavg()[0]:.1f}.",
        "Seconds of a busy machine are not those of an idle one; ratios were taken in one run, in alternating pairs.", "",
    ]  # fmt: skip


def _speed() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        found = speed.race(Path(folder))
    return [
        "## A docx of 20 pages and 10 tables", "",
        "| what | seconds | CPU seconds |", "|---|---:|---:|",
        f"| reading + extraction + all rules, warm, one process | {found.ours:.3f} | {found.our_cpu:.3f} |",
        f"| markitdown 0.1 converts it to text, warm, one process | {found.peer:.3f} | {found.peer_cpu:.3f} |",
        f"| **ratio, median of {settings.PAIRS} alternating pairs** | **{found.ratio:.2f}** | **{found.cpu_ratio:.2f}** |",
        f"| the same through a warm reading child (limits, answer sent back) | {found.child:.3f} | |",
        f"| `hengjian audit report.docx`, cold | {found.command:.2f} | |",
        f"| `hengjian --version`, cold | {found.version:.2f} | |",
        f"| `hengjian rules show A-03`, cold | {found.rules:.2f} | |",
        f"| importing, once for a process: ours / markitdown's | {found.our_import:.2f} / {found.peer_import:.2f} | |", "",
    ]  # fmt: skip


def _length() -> list[str]:
    rows = [
        f"| {n.pages} | {n.tables} | {n.reading:.3f} | {n.extraction:.3f} | {n.rules:.3f} | {n.per_page * 1000:.1f} |" for n in speed.lengths()
    ]
    head = "| pages | tables | reading | extraction | rules | ms a page |"
    return ["## Cost by length (docx, CPU seconds, warm)", "", head, "|---:|---:|---:|---:|---:|---:|", *rows, ""]


def _batch() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        found = batch.batch(Path(folder))
    return [
        f"## {found.documents} mixed documents (docx, xlsx, pdf, txt; 5 to 20 pages), {found.jobs} processes", "",
        "| what | value |", "|---|---:|",
        f"| `hengjian audit FOLDER --format json`: wall | {found.wall:.1f} s |",
        f"| throughput | {found.documents / found.wall:.1f} documents/s, {found.bytes / 2**20 / found.wall:.2f} MiB/s |",
        f"| one file in its child, wall: p50 / p99 | {found.p50:.3f} / {found.p99:.3f} s |",
        f"| one file in its child, CPU: p50 / p99 | {found.cpu_p50:.3f} / {found.cpu_p99:.3f} s |",
        f"| peak memory: parent / largest child | {found.parent:.0f} / {found.child:.0f} MiB |",
        f"| not read | {found.unreadable} |", "",
    ]  # fmt: skip


def _mutations() -> list[str]:
    rates = mutations.measure()
    (DOCS / "mutations.md").write_text(mutations.page(rates), encoding="utf-8")
    tried, caught = sum(rates.tried.values()), sum(rates.caught.values())
    lines = [f"{tried} mutations of {rates.documents} clean documents, {caught} caught ({caught / max(1, tried):.3f}); tables in [mutations.md](mutations.md)."]
    return ["## Mutations", "", *lines, ""]


def _fuzz() -> list[str]:
    found = fuzz.fuzz()
    outcomes = ", ".join(f"{code} {count}" for code, count in sorted(found.outcomes.items()))
    return [
        f"## {found.files} broken files through the limited children", "",
        f"- outcomes: {outcomes}", f"- slowest: {found.slowest:.2f} s; ended by the clock: {found.outcomes['timeout']}",
        f"- refused without a sentence: {len(found.without_sentence)}; our own errors: {len(found.internal)}",
        *(f"  - {line}" for line in (*found.without_sentence, *found.internal)), "",
    ]  # fmt: skip


def _corpus() -> list[str]:
    lines = ["## The labelled corpus (`benchmarks/corpus`)", ""]
    for form in settings.FORMATS:
        score = corpus_score.main(["--format", form])
        lines += [f"{form}:", "", "```", corpus_score.told(score), "```", ""]
    return lines


PARTS: dict[str, Callable[[], list[str]]] = {
    "speed": _speed, "length": _length, "batch": _batch, "mutations": _mutations, "fuzz": _fuzz, "corpus": _corpus,
}  # fmt: skip


if __name__ == "__main__":
    main()
