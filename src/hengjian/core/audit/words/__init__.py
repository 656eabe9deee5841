"""Word lists that rules look into. A list is data: it grows in its TOML file, never in a rule."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def words(name: str) -> dict[str, Any]:
    """The lists of ``<name>.toml``. Raises ``FileNotFoundError`` for an unknown name."""
    return tomllib.loads((resources.files(__package__) / f"{name}.toml").read_text("utf-8"))


@cache
def any_of(name: str, key: str) -> re.Pattern[str]:
    """A pattern that finds any word of one list, the longest first."""
    return re.compile("|".join(re.escape(w) for w in sorted(words(name)[key], key=len, reverse=True)))
