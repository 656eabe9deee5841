"""Every rule against its documents: what must fire, what must not, and the near misses.

Every case also runs through all other rules: a silent or near document gives no error and no warning at all.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hengjian.core.audit.catalogue import Case, all_rules
from hengjian.core.audit.finding import Finding, Severity
from hengjian.core.audit.run import audit, by_default
from hengjian.core.document import Document
from hengjian.core.extraction import extract
from hengjian.core.reading import read
from hengjian.law import load_profile
from tests.documents import build_document, build_docx, build_xlsx

CASES = Path(__file__).parent / "cases"
SORTS = ("fires", "silent", "near")


@dataclass(frozen=True)
class Example:
    rule: str
    sort: str
    path: Path

    @property
    def data(self) -> dict[str, Any]:
        return _toml(self.path)


@cache
def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def examples(*sorts: str) -> Iterator[Any]:
    for path in sorted(CASES.glob("*/*.toml")):
        sort = path.name.partition("-")[0]
        assert sort in SORTS, f"{path.name}: the name must start with one of {SORTS}"
        if sort in sorts:
            yield pytest.param(Example(path.parent.name, sort, path), id=f"{path.parent.name}/{path.stem}")


def _document(text: str, form: str, name: str) -> Document:
    if form == "values":
        return build_document(text, name)
    data = build_docx(text) if form == "docx" else build_xlsx(text)
    return read(data, f"{Path(name).stem}.{form}")


def _case(example: Example, form: str) -> Case:
    data = example.data
    name = data.get("name", "报告.docx")
    document = _document(data["text"], form, name)
    others = {
        field: tuple(extract(build_document(data[key], f"{key}.docx")) for _ in [0] if key in data)
        for field, key in (("targets", "targets"), ("previous", "previous"), ("periods", "period"))
    }
    return Case(
        extract(document),
        document,
        load_profile(data.get("profile", "national-2020")),
        beside=frozenset(data.get("beside", ())),
        public=data.get("public", False),
        **others,
    )


def _findings(example: Example, form: str) -> list[Finding]:
    found = audit(_case(example, form), lambda r: by_default(r) or r.code == example.rule).findings
    return list(found)


def _told(findings: list[Finding]) -> list[str]:
    return [f"{f.rule} {f.severity} {f.place.loc}: {f.message}" for f in findings]


@pytest.mark.parametrize("form", ["docx", "xlsx"])
@pytest.mark.parametrize("example", [*examples("fires")])
def test_a_rule_fires(example: Example, form: str):
    data = example.data
    findings = _findings(example, form)
    own = [f for f in findings if f.rule == example.rule]
    assert own, f"silent; others: {_told(findings)}"
    assert data["expects"] in [f.severity.value for f in own], _told(own)
    for field in ("said", "expected", "difference"):
        if field in data:
            assert data[field] in [getattr(f, field) for f in own], _told(own)
    for finding in own:
        assert finding.message
        assert finding.witnesses
        assert all(w.place.loc != "document" or not w.text for w in finding.witnesses), finding


@pytest.mark.parametrize("form", ["docx", "xlsx"])
@pytest.mark.parametrize("example", [*examples("silent", "near")])
def test_a_rule_stays_silent_and_so_do_all_others(example: Example, form: str):
    findings = _findings(example, form)
    own = [f for f in findings if f.rule == example.rule]
    allowed = {entry["rule"] for entry in example.data.get("also", ())}
    loud = [f for f in findings if f.severity is not Severity.NOTE and f.rule not in allowed]
    assert not own, _told(own)
    assert not loud, _told(loud)


@pytest.mark.parametrize("rule", [pytest.param(r.code, id=r.code) for r in all_rules()])
def test_every_rule_has_all_three_sorts_of_cases(rule: str):
    sorts = {path.name.partition("-")[0] for path in (CASES / rule).glob("*.toml")}
    assert sorts == set(SORTS)


def test_every_case_folder_belongs_to_a_rule():
    assert {path.name for path in CASES.iterdir()} == {r.code for r in all_rules()}
