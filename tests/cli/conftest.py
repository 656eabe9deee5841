"""The command line as a user meets it: arguments in; exit code, output and errors out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hengjian.cli.main import main
from hengjian.core.reading import Unreadable, load

FAULTY = "云州市衡山区档案馆\n2024年度部门整体支出绩效自评报告\n2024年支出合计318.60万元，其中基本支出241.35万元、项目支出87.25万元。\n"
CLEAN = FAULTY.replace("87.25", "77.25")


@dataclass(frozen=True)
class Answer:
    """What a command said."""

    code: int
    out: str
    err: str


Hengjian = Callable[..., Answer]


class NearPool:
    """The reading processes without the processes: starting one for each of a hundred runs takes minutes."""

    def __init__(self, work: Callable[[bytes, str], object], **limits: int) -> None:
        self._work = work

    def __enter__(self) -> NearPool:
        return self

    def __exit__(self, *error: object) -> None:
        return

    def read_bytes(self, data: bytes, name: str) -> object:
        try:
            return self._work(data, name)
        except Unreadable as trouble:
            return trouble

    def read_all(self, paths: Iterable[Path]) -> Iterator[tuple[Path, object]]:
        for path in paths:
            try:
                yield path, self.read_bytes(load(path), path.name)
            except Unreadable as trouble:
                yield path, trouble


@pytest.fixture
def near(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process, where the limits of a child are not what is tested."""
    monkeypatch.setattr("hengjian.cli.batch.ReaderPool", NearPool)
    monkeypatch.setattr("hengjian.cli.annotating.ReaderPool", NearPool)


@pytest.fixture
def hengjian(capfdbinary: pytest.CaptureFixture[bytes]) -> Hengjian:
    """Run ``hengjian`` in this process."""

    def run(*arguments: object) -> Answer:
        code = main([str(a) for a in arguments])
        out, err = capfdbinary.readouterr()
        return Answer(code, out.decode("utf-8"), err.decode("utf-8"))

    return run


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A text with one contradiction: A-02."""
    path = tmp_path / "档案馆.txt"
    path.write_text(FAULTY, encoding="utf-8")
    return path


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "相符.txt"
    path.write_text(CLEAN, encoding="utf-8")
    return path
