"""The keys of facts are documented, and every parent exists."""

from __future__ import annotations

from pathlib import Path

from hengjian.core.facts import FACT_KEYS, fact_key

ROOT = Path(__file__).resolve().parents[2]


def test_every_parent_is_a_key():
    assert not [k for k, entry in FACT_KEYS.items() if entry.parent and entry.parent not in FACT_KEYS]


def test_a_path_below_a_key_belongs_to_it():
    assert fact_key("expenditure.function.201").key == "expenditure.function"


def test_the_documentation_lists_every_key():
    text = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")
    assert not [k for k, e in FACT_KEYS.items() if f"| `{k}` |" not in text or e.label not in text]
