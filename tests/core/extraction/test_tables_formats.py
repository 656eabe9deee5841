"""Every layout gives the same rows and amounts as a Word file, a workbook and flattened text of three kinds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.core.extraction.layout import FOLDER, amount, read_layout, row
from tests.core.reading.flattening import family_a, family_b, pipes
from tests.documents import GridCell, build_docx, build_xlsx, parse

from hengjian.core.extraction.tables import TableYield, read_tables
from hengjian.core.reading import read

LAYOUTS = sorted(path.stem for path in FOLDER.glob("*.txt"))
Write = Callable[[str], bytes]


def _flattened(flatten: Callable[[list[GridCell]], str]) -> Write:
    def write(text: str) -> bytes:
        return "\n\n".join(b if isinstance(b, str) else flatten(b) for b in parse(text)).encode()

    return write


FORMATS: dict[str, tuple[str, Write]] = {
    "docx": ("docx", build_docx),
    "xlsx": ("xlsx", build_xlsx),
    "cell-per-line": ("txt", _flattened(family_a)),
    "row-per-line": ("txt", _flattened(family_b)),
    "markdown": ("md", _flattened(pipes)),
}


def told(found: TableYield) -> list[str]:
    rows = [f"{i.project} {row(i)} {i.reason.text}" for i in found.indicators]
    return [*rows, *(f"{f.scope} {amount(f)}" for f in found.facts), *(p.name for p in found.projects)]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", LAYOUTS)
def test_the_same_is_read_from_every_format(name: str, kind: str) -> None:
    suffix, write = FORMATS[kind]
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert told(read_tables(read(write(text), f"{name}.{suffix}"))) == told(read_layout(name))
