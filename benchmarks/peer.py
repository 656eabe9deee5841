"""One converter, warm, in a process of its own: answers every line on stdin with the wall and CPU seconds of one conversion.

Run by ``benchmarks.pairs`` with the interpreter that has the peer: ``python peer.py markitdown|hengjian FILE``.
The first answer is for the import.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path


def markitdown(path: str) -> Callable[[], object]:
    from markitdown import MarkItDown

    converter = MarkItDown()
    return lambda: converter.convert(path).text_content


def hengjian(path: str) -> Callable[[], object]:
    from hengjian.core.audit.catalogue import Case, all_rules
    from hengjian.core.audit.run import audit
    from hengjian.core.extraction import extract
    from hengjian.core.reading import read
    from hengjian.law import load_profile

    profile = load_profile("national-2020")
    all_rules()

    def convert() -> object:
        document = read(Path(path).read_bytes(), Path(path).name)
        return audit(Case(extract(document), document, profile), lambda rule: True)

    return convert


def main() -> None:
    kind, path = sys.argv[1:]
    start = (time.perf_counter(), time.process_time())
    convert = {"markitdown": markitdown, "hengjian": hengjian}[kind](path)
    print(time.perf_counter() - start[0], time.process_time() - start[1], flush=True)
    for _ in sys.stdin:
        start = (time.perf_counter(), time.process_time())
        convert()
        print(time.perf_counter() - start[0], time.process_time() - start[1], flush=True)


if __name__ == "__main__":
    main()
