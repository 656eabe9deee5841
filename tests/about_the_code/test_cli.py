"""Every command and every option of the command line is documented in ``docs/cli.md``."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from hengjian.cli.main import _COMMANDS, cli

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    """The part of the page about a command."""
    found = re.search(rf"^## `hengjian {name}.*?(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_option_stands_in_the_section_of_its_command(name: str):
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    inner = command.commands.values() if isinstance(command, click.Group) else [command]
    options = {opt for c in inner for p in c.params if isinstance(p, click.Option) for opt in p.opts}
    assert section(name), f"no section about {name}"
    assert not [o for o in sorted(options) if f"`{o}" not in section(name)]


@pytest.mark.parametrize("name", _COMMANDS)
def test_no_option_is_documented_that_does_not_exist(name: str):
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    inner = command.commands.values() if isinstance(command, click.Group) else [command]
    options = {opt for c in inner for p in c.params if isinstance(p, click.Option) for opt in p.opts}
    documented = set(re.findall(r"^\| `(--?[a-z][a-z-]*)", section(name), re.MULTILINE))
    assert documented <= options
