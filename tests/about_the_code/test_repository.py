"""What must be true of the repository as a whole."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "hengjian"
TEXT = {".py", ".toml", ".md", ".txt", ".sh", ".in", ".typ", ".json", ".css", ".html", ".cfg", ""}

INDEX_HOSTS = re.compile(r"py" r"pi\.org|python" r"hosted|registry\.np" r"mjs|deb\.deb" r"ian|files\.py" r"thon", re.IGNORECASE)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:wo" r"rk|ro" r"ot|ho" r"me|fa" r"rm|U" r"sers|o" r"pt)/\w")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


def test_no_tracked_file_names_a_package_index_or_a_path_of_a_machine():
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in tracked()
        if path.suffix in TEXT and path.name != "LICENSE" and path.is_file()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if INDEX_HOSTS.search(line) or MACHINE_PATHS.search(line)
    ]
    assert not found, "\n".join(found)


def test_the_locks_hold_hashes_for_every_package():
    for name in ("core", "dev", "bench"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        packages = re.findall(r"^[a-z0-9][\w.\-\[\],]*==\S+", text, re.MULTILINE)
        assert len(packages) > 10
        assert text.count("--hash=sha256:") >= len(packages)


def test_the_core_lock_holds_no_web_framework_and_no_engine():
    text = (ROOT / "requirements" / "core.txt").read_text(encoding="utf-8")
    assert not re.search(r"^(django|duckdb|pyarrow|markitdown|pymupdf)\b", text, re.MULTILINE | re.IGNORECASE)


def test_at_most_ten_binaries_among_the_cases():
    binaries = [p for p in tracked() if "cases" in p.parts and p.suffix not in (".toml", ".txt")]
    assert len(binaries) <= 10


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))


def _length(function: ast.FunctionDef) -> int:
    """Lines of the body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_functions_are_small():
    lengths = [_length(f) for _, tree in modules() for f in functions(tree)]
    assert sum(n <= 30 for n in lengths) / len(lengths) >= 0.9
    assert sorted(lengths)[len(lengths) // 2] <= 10


def test_files_can_be_held_in_mind():
    long = {str(p.relative_to(ROOT)): n for p, _ in modules() if (n := len(p.read_text(encoding="utf-8").splitlines())) > 600}
    assert not long


def test_there_is_no_utils_module():
    assert not [p for p, _ in modules() if p.stem in ("utils", "helpers", "misc", "common")]


def test_every_module_says_what_it_is():
    bare = [str(p.relative_to(ROOT)) for p, tree in modules() if tree.body and not ast.get_docstring(tree)]
    assert not bare


def test_no_clock_in_the_core():
    pattern = re.compile(r"\b(?:datetime\.now|date\.today|time\.time|utcnow)\b")
    inner = [p for part in ("core", "law") for p in (SOURCE / part).rglob("*.py")]
    assert not [str(p.relative_to(ROOT)) for p in inner if pattern.search(p.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX:"])
def test_nothing_is_left_for_later_in_the_source(word: str):
    assert not [str(p.relative_to(ROOT)) for p, _ in modules() if word in p.read_text(encoding="utf-8")]
