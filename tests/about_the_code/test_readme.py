"""The README shows what the program says: every line of its console blocks, in order."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from hengjian.cli.main import main

ROOT = Path(__file__).resolve().parents[2]


def commands(page: str) -> list[tuple[str, list[str]]]:
    """Each command of the console blocks with the lines shown below it; ``…`` stands for lines left out."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *lines = part.splitlines()
            found.append((command, [line for line in lines if line not in ("", "…")]))
    return found


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_what_is_shown_is_what_is_said(page: str, tmp_path, monkeypatch, capfdbinary):
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    code, shown = 0, commands(page)
    assert len(shown) >= 4
    for command, lines in shown:
        if command == "echo $?":
            assert lines == [str(code)]
            continue
        code = main(shlex.split(command.removeprefix(".venv/bin/hengjian")))
        said = iter(capfdbinary.readouterr().out.decode("utf-8").splitlines())
        missing = next((line for line in lines if line not in said), None)
        assert missing is None, f"{command} does not say: {missing}"


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", *(f"docs/{p.name}" for p in sorted((ROOT / "docs").glob("*.md")))])
def test_every_link_leads_somewhere(page: str):
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [t.partition("#")[0] for t in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in t]
    assert not [link for link in links if link and not (ROOT / page).parent.joinpath(link).exists()]
