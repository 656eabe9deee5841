"""Mutators change one text each, name real rules, and each finds a clean document to work on."""

from __future__ import annotations

import pytest
from benchmarks.documents import SHORTFALLS, report_text
from benchmarks.mutations import clean_documents
from tests.documents import build_document

from hengjian.core.audit.catalogue import all_rules
from hengjian.core.document import Document, Table
from hengjian.core.extraction import extract
from hengjian.core.mutation.mutation import Mutation, Registered, Subject, all_mutators, mutated
from hengjian.core.mutation.trial import applied, findings_of, tally
from hengjian.core.places import Place
from hengjian.law import load_profile

PROFILE = load_profile("national-2020")


@pytest.mark.parametrize("mutator", all_mutators(), ids=lambda m: m.name)
def test_a_mutator_names_its_rules_and_says_what_it_does(mutator: Registered) -> None:
    assert mutator.text
    assert mutator.first in mutator.rules
    assert mutator.rules <= {r.code for r in all_rules()}


def test_every_mutator_finds_a_clean_document() -> None:
    left = {m.name: m for m in all_mutators()}
    for _, document, _ in clean_documents():
        subject = Subject(document, extract(document))
        for name in [n for n, m in left.items() if any(applied(document, x) for x in m.mutations(subject))]:
            del left[name]
    assert not left


def texts(document: Document) -> list[str]:
    cells = [c.text for b in document.blocks if isinstance(b, Table) for c in b.cells]
    return [p.text for p in document.paragraphs] + cells


def test_a_mutation_changes_one_text() -> None:
    document = build_document(SHORTFALLS)
    subject = Subject(document, extract(document))
    for mutator in all_mutators():
        for mutation in mutator.mutations(subject):
            changed = applied(document, mutation)
            assert changed is None or sum(a != b for a, b in zip(texts(document), texts(changed), strict=True)) == 1


def test_a_text_that_does_not_stand_there_is_refused() -> None:
    document = build_document("云州市衡山区信访局")
    missing = Mutation("weight", frozenset({"W-01"}), Place(block=0, paragraph=1), "司法局", "水利局")
    with pytest.raises(ValueError, match="does not stand"):
        mutated(document, missing)
    assert applied(document, missing) is None


@pytest.mark.parametrize("text", [SHORTFALLS, report_text(6)], ids=["shortfalls", "made-up"])
def test_made_up_reports_are_clean(text: str) -> None:
    assert [f for f in findings_of(build_document(text), PROFILE) if f.severity.value != "note"] == []


def test_most_mutations_are_caught() -> None:
    counts = tally([build_document(SHORTFALLS)], PROFILE)
    assert sum(counts.tried.values()) > 70
    assert sum(counts.caught.values()) >= 0.95 * sum(counts.tried.values())
