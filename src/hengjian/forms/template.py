"""A form as data: the picture of its grid with the names of what goes where, read from a ``form.toml``.

A picture is lines of ``| cell | cell |``. A cell ``<`` belongs to its left neighbour, ``^`` to the one above;
``{name}`` is a binding (see ``binding``), everything else is printed as it stands; ``⏎`` is a line break.
A word before the first bar says how the row behaves: ``head`` is repeated on every page, ``each`` is printed once
for every indicator, ``if NAME`` and ``unless NAME`` only when that binding has, or has not, something to print.
A description may name another one as its ``base`` and give only what differs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hengjian.core.report import Kind

ROW_WORDS = ("", "head", "each", "if", "unless")
BINDING = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class TemplateCell:
    """A cell of the picture: its text with bindings, or ``<`` or ``^``."""

    text: str

    @property
    def is_left(self) -> bool:
        return self.text == "<"

    @property
    def is_above(self) -> bool:
        return self.text == "^"

    @property
    def bindings(self) -> list[str]:
        return BINDING.findall(self.text)


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A row of the picture. ``condition`` is the binding that an ``if`` or ``unless`` looks at."""

    cells: tuple[TemplateCell, ...]
    word: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A line above or below the grid."""

    style: str
    text: str
    right: str = ""


@dataclass(frozen=True)
class Template:
    """One official form. ``levels`` are the level-1 and level-2 names the form always shows, in its order."""

    code: str
    name: str
    kind: Kind
    widths: tuple[float, ...]
    rows: tuple[TemplateRow, ...]
    above: tuple[TemplateLine, ...] = ()
    below: tuple[TemplateLine, ...] = ()
    money: str = "万元"
    per_project: bool = False
    landscape: bool = False
    levels: tuple[tuple[str, tuple[str, ...]], ...] = ()
    keep_empty_levels: bool = False

    @property
    def bindings(self) -> list[str]:
        """Every binding of the form, in reading order."""
        lines = [t for line in (*self.above, *self.below) for t in (line.text, line.right)]
        cells = [cell.text for row in self.rows for cell in row.cells]
        return [name for text in [*lines, *cells] for name in BINDING.findall(text)]


@cache
def load_template(folder: Path, file: str = "form.toml") -> Template:
    """Read a form description. Raises ``ValueError`` naming the file for a picture that is not a grid."""
    data = _data(folder, file)
    widths = tuple(float(w) for w in data["columns"])
    return Template(
        code=data["code"],
        name=data["name"],
        kind=Kind(data["kind"]),
        widths=widths,
        rows=tuple(
            _row(line, len(widths), file) for line in data["grid"].strip().splitlines() if line.strip()
        ),
        above=_lines(data.get("above", [])),
        below=_lines(data.get("below", [])),
        money=data.get("money", "万元"),
        per_project=data.get("per_project", False),
        landscape=data.get("landscape", False),
        levels=tuple((level["name"], tuple(level["level2"])) for level in data.get("levels", [])),
        keep_empty_levels=data.get("keep_empty_levels", False),
    )


def _data(folder: Path, file: str) -> dict[str, Any]:
    data = tomllib.loads((folder / file).read_text(encoding="utf-8"))
    base = data.get("base")
    return {**_data(folder, base), **data} if base else data


def _row(line: str, width: int, file: str) -> TemplateRow:
    words, _, picture = line.strip().partition("|")
    word, _, condition = words.strip().partition(" ")
    cells = tuple(TemplateCell(c.strip().replace("⏎", "\n")) for c in picture.removesuffix("|").split("|"))
    if len(cells) != width or word not in ROW_WORDS:
        raise ValueError(f"{file}: {len(cells)} cells instead of {width}, or an unknown word, in: {line}")
    return TemplateRow(cells, word, condition.strip())


def _lines(entries: list[Mapping[str, str]]) -> tuple[TemplateLine, ...]:
    return tuple(TemplateLine(e["style"], e["text"], e.get("right", "")) for e in entries)
