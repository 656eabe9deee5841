"""What stands in a comment or a note: the finding in full at its first place, a pointer at the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hengjian.core.audit.catalogue import get_rule
from hengjian.core.audit.finding import Finding
from hengjian.core.places import Place
from hengjian.forms.findings.wording import place_words

AUTHOR = "衡鉴"
INITIALS = "衡"
_MOST_PLACES = 30
"""Places of one finding that get a remark; a rule about a whole table may name hundreds."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Lines to be shown at a place."""

    place: Place
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def remarks(findings: tuple[Finding, ...]) -> Iterator[Remark]:
    """Every remark of every finding, one for each place."""
    for finding in findings:
        seen: set[Place] = set()
        for w in finding.witnesses[:_MOST_PLACES]:
            if w.place in seen:
                continue
            yield Remark(w.place, _pointer(finding) if seen else _in_full(finding))
            seen.add(w.place)


def _in_full(finding: Finding) -> tuple[str, ...]:
    rule = get_rule(finding.rule)
    repairs = [f"提示：{r.old} → {r.new}{f'（{r.note}）' if r.note else ''}" for r in finding.repairs]
    return (_head(finding), finding.message, *repairs, f"依据：{rule.source}")


def _pointer(finding: Finding) -> tuple[str, ...]:
    return (_head(finding), f"见{place_words(finding.place)}：{finding.message}")


def _head(finding: Finding) -> str:
    return f"{finding.severity.chinese} {finding.rule} {get_rule(finding.rule).title}"
