"""Prints the pages of ``docs/`` that are lists of what is registered. Run as ``python -m hengjian.cli.documentation``.

A test compares the pages with the registers, so that neither can be forgotten.
"""

from __future__ import annotations

import sys
from pathlib import Path

from hengjian.cli.rules_command import BASES, FAMILIES
from hengjian.core.audit.catalogue import all_rules
from hengjian.core.facts import FACT_KEYS


def rules_page() -> str:
    """``docs/rules.md``: every rule with its severity, basis and source."""
    rows = ["# Rules 核对规则", "", "Printed from the catalogue by `make docs`. 级别 is the usual severity; triggers may lower it.", ""]
    for family, name in FAMILIES.items():
        rows += [f"## {family} {name}", "", "| code | 级别 | rule | English | basis | source |", "|---|---|---|---|---|---|"]
        rows += [
            f"| {r.code} | {r.severity.chinese} | {r.title} | {r.english} | {BASES[r.basis]} | {r.source} |"
            for r in all_rules()
            if r.family == family
        ]
        rows.append("")
    return "\n".join(rows)


def facts_page() -> str:
    """``docs/facts.md``: every key of a fact."""
    rows = ["# Facts 事实键", "", "The keys of `facts` in the JSON of `hengjian audit` and `hengjian read`. Printed by `make docs`.",
            "A key may be continued below an entry: `expenditure.function.201` is the functional class 201.", "",
            "| key | 名称 | English | measure | part of |", "|---|---|---|---|---|"]  # fmt: skip
    rows += [f"| `{k}` | {e.label} | {e.english} | {e.measure} | {e.parent} |" for k, e in FACT_KEYS.items()]
    return "\n".join([*rows, ""])


def main(folder: Path) -> None:
    """Write the pages into ``folder``."""
    (folder / "rules.md").write_text(rules_page(), encoding="utf-8")
    (folder / "facts.md").write_text(facts_page(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
