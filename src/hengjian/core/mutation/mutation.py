"""A mutation as a value, how it is applied to a document, and the register of mutators."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from hengjian.core.document import Block, Document, Paragraph, Table
from hengjian.core.places import Place
from hengjian.core.report import Report


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change of one text: at ``place``, ``old`` becomes ``new``; one of ``rules`` must tell.

    ``old`` must stand at the place's characters when the place has any, else somewhere in its text.
    """

    mutator: str
    rules: frozenset[str]
    place: Place
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A clean document and what was read from it."""

    document: Document
    report: Report


Mutator = Callable[[Subject], Iterator[tuple[Place, str, str]]]


@dataclass(frozen=True, slots=True)
class Registered:
    """A mutator with its name and the rules of which one must tell."""

    name: str
    rules: frozenset[str]
    make: Mutator
    first: str = ""
    """The rule that is meant above all."""

    @property
    def text(self) -> str:
        return (self.make.__doc__ or "").strip()

    def mutations(self, subject: Subject) -> Iterator[Mutation]:
        """Every mutation that this mutator can make of the subject."""
        for place, old, new in self.make(subject):
            if old != new:
                yield Mutation(self.name, self.rules, place, old, new)


_MUTATORS: dict[str, Registered] = {}


def mutator(name: str, *rules: str) -> Callable[[Mutator], Mutator]:
    """Register a generator of (place, old text, new text)."""

    def register(make: Mutator) -> Mutator:
        if name in _MUTATORS:
            raise ValueError(f"two mutators share the name {name}")
        _MUTATORS[name] = Registered(name, frozenset(rules), make, rules[0])
        return make

    return register


def all_mutators() -> list[Registered]:
    """Every mutator, by name."""
    package = importlib.import_module("hengjian.core.mutation")
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
    return [_MUTATORS[name] for name in sorted(_MUTATORS)]


def mutated(document: Document, mutation: Mutation) -> Document:
    """The document with the one change. Raises ``ValueError`` when the old text does not stand there."""
    index = mutation.place.block
    blocks = list(document.blocks)
    blocks[index] = _changed(blocks[index], mutation)
    return replace(document, blocks=tuple(blocks))


def _changed(block: Block, mutation: Mutation) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=_edited(block.text, mutation))
    return _with_cell(block, mutation)


def _with_cell(table: Table, mutation: Mutation) -> Table:
    place = mutation.place
    cells = tuple(
        replace(c, text=_edited(c.text, mutation), number=None)
        if (c.place.row, c.place.column) == (place.row, place.column)
        else c
        for c in table.cells
    )
    return replace(table, cells=cells)


def _edited(text: str, mutation: Mutation) -> str:
    start = mutation.place.start
    if text[start : start + len(mutation.old)] == mutation.old and (mutation.place.end or not mutation.old):
        return text[:start] + mutation.new + text[start + len(mutation.old) :]
    if mutation.old not in text:
        raise ValueError(f"{mutation.old!r} does not stand at {mutation.place.loc}")
    return text.replace(mutation.old, mutation.new, 1)
