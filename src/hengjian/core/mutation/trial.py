"""Running mutations through extraction and audit, and counting what was caught."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from hengjian.core.audit.catalogue import Case
from hengjian.core.audit.finding import Finding, Severity
from hengjian.core.audit.run import audit
from hengjian.core.document import Document
from hengjian.core.extraction import extract
from hengjian.core.mutation.mutation import Mutation, Subject, all_mutators, mutated
from hengjian.core.profile import Profile


@dataclass(frozen=True)
class Trial:
    """One mutation and what the audit said that it had not said of the clean document."""

    mutation: Mutation
    told: tuple[Finding, ...]

    @property
    def caught(self) -> bool:
        return any(f.rule in self.mutation.rules for f in self.told)

    @property
    def side_alarms(self) -> list[Finding]:
        """Errors and warnings of other rules that do not even touch the place that was changed."""
        place = self.mutation.place.same_cell_key
        return [
            f
            for f in self.told
            if f.severity is not Severity.NOTE
            and f.rule not in self.mutation.rules
            and all(w.place.same_cell_key != place for w in f.witnesses)
        ]


@dataclass
class Tally:
    """Counts by mutator and by rule."""

    tried: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    told_by: Counter[str] = field(default_factory=Counter)
    side: Counter[str] = field(default_factory=Counter)
    missed: list[Trial] = field(default_factory=list)

    def add(self, trial: Trial) -> None:
        name = trial.mutation.mutator
        self.tried[name] += 1
        self.caught[name] += trial.caught
        self.told_by.update({f.rule for f in trial.told if f.rule in trial.mutation.rules})
        self.side.update(f.rule for f in trial.side_alarms)
        if not trial.caught:
            self.missed.append(trial)


def findings_of(document: Document, profile: Profile) -> tuple[Finding, ...]:
    """What the default rules say of a document alone."""
    return audit(Case(extract(document), document, profile)).findings


def trials(document: Document, profile: Profile, *, seed: int = 0, most: int = 6) -> Iterator[Trial]:
    """At most ``most`` mutations of each mutator, drawn by ``seed``; the same every time."""
    subject = Subject(document, extract(document))
    known = {(f.rule, f.message) for f in findings_of(document, profile)}
    draw = random.Random(seed)
    for registered in all_mutators():
        every = [(m, d) for m in registered.mutations(subject) if (d := applied(document, m)) is not None]
        for mutation, changed in every if len(every) <= most else draw.sample(every, most):
            found = findings_of(changed, profile)
            yield Trial(mutation, tuple(f for f in found if (f.rule, f.message) not in known))


def applied(document: Document, mutation: Mutation) -> Document | None:
    """The changed document; ``None`` where the text was put together from several cells and so stands in none."""
    try:
        return mutated(document, mutation)
    except ValueError:
        return None


def tally(documents: Iterable[Document], profile: Profile, on_trial: Callable[[Trial], None] | None = None) -> Tally:
    """Mutate every document and count."""
    counts = Tally()
    for document in documents:
        for trial in trials(document, profile):
            counts.add(trial)
            if on_trial:
                on_trial(trial)
    return counts
