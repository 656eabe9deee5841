"""Broken files: each is read or refused with ``Unreadable``, and neither takes long."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from functools import lru_cache

import docx as python_docx
import pytest
from tests.core.reading.test_ofd import ofd, stroke, text
from tests.core.reading.test_pdf import SENTENCE, pdf
from tests.core.reading.test_xlsx import form

from hengjian.core.reading import Unreadable, read

ROUNDS = 60
SECONDS = 5.0
Mutation = Callable[[bytes, random.Random], bytes]


@lru_cache
def sample(kind: str) -> bytes:
    return {"docx": word, "xlsx": excel, "pdf": printed, "ofd": official, "txt": plain}[kind]()


def word() -> bytes:
    source = python_docx.Document()
    source.add_heading("一、部门概况", 1)
    source.add_paragraph(SENTENCE, style="List Number")
    table = source.add_table(4, 4)
    table.cell(0, 0).merge(table.cell(2, 1)).text = "产出指标"
    buffer = io.BytesIO()
    source.save(buffer)
    return buffer.getvalue()


def excel() -> bytes:
    buffer = io.BytesIO()
    form(True).save(buffer)
    return buffer.getvalue()


def printed() -> bytes:
    return pdf(f"{SENTENCE}\n#table(columns: 3, [项目], [预算], [执行], table.cell(colspan: 2)[接访], [4.4])")


def official() -> bytes:
    return ofd(text("一、部门概况", 30, 40, "g 5 4") + stroke(30, 60, 130, 60) + stroke(30, 60, 30, 80))


def plain() -> bytes:
    return (SENTENCE + "\n\t项目\n\t预算\n\n\t接访\n\t8\n").encode()


def flip(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def splice(data: bytes, chance: random.Random) -> bytes:
    start, length = chance.randrange(len(data)), chance.randrange(1, 400)
    return data[:start] + data[start + length :] if chance.random() < 0.5 else data[:start] + data[start : start + length] * 3 + data[start:]


def inside(data: bytes, chance: random.Random) -> bytes:
    """Break one part of a package and zip it again, so that the parsers behind the zip see it."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return _swap_tokens(data, chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        chosen = chance.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _swap_tokens(content, chance) if name == chosen else content)
    return buffer.getvalue()


def _swap_tokens(data: bytes, chance: random.Random) -> bytes:
    """Numbers made absurd, names exchanged: well-formed more often than not."""
    replacements = [(b'"1"', b'"-1"'), (b'"1"', b'"99999999999"'), (b'"0"', b'"x"'), (b"w:val", b"w:foo"), (b"A1", b"ZZZ9999999"), (b"<v>", b"<w>")]
    replacements += [(b" 0 ", b" 99999999 "), (b"/Length", b"/Lenght"), (b'Id="', b'Id="z'), (b"w:tc>", b"w:tr>"), (b"restart", b"continue")]
    for _ in range(3):
        data = data.replace(*chance.choice(replacements), chance.randint(1, 4))
    return data


@pytest.mark.parametrize("mutation", [flip, cut, splice, inside])
@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf", "ofd", "txt"])
def test_a_broken_file_is_read_or_refused(kind: str, mutation: Mutation) -> None:
    for seed in range(ROUNDS):
        data = mutation(sample(kind), random.Random(f"{kind}{mutation.__name__}{seed}"))
        start = time.process_time()
        try:
            document = read(data, f"示例.{kind}")
            assert all(c.row > 0 and c.row_span > 0 for t in document.tables for c in t.cells)
        except Unreadable as reason:
            assert reason.message.startswith("示例.")
        assert time.process_time() - start < SECONDS, f"seed {seed}"
