"""The smallest changes that restore consistency (P3-38): one cell if that does, else two.

Every sum of a report is an equation over cells. A finding of a sum that does not hold is a broken one; every sum that
holds, and every amount that is told twice alike, binds the cells it uses. A repair must mend all broken equations that
hang together and break none. It says what would agree, never what was meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from hengjian.core.audit.catalogue import Case
from hengjian.core.audit.finding import Finding, Repair, Witness
from hengjian.core.audit.ledger import ledger_of
from hengjian.core.audit.rules.money.equations import ALL, sums_of
from hengjian.core.audit.sums import Sum
from hengjian.core.figures import MONEY_UNITS, Figure, plain
from hengjian.core.places import NOWHERE, Place
from hengjian.core.report import Fact

Cell = tuple[str, int, int, int, int, int]
"""Where a number stands: sheet, block, paragraph, row, column, first character."""

_SIGNS = {"total": -1, "part": 1, "less": -1}
_MOST_CELLS = 60
_MOST_REPAIRS = 3
_CENT = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Term:
    """A cell in an equation. ``value`` is in base units: 元 for money, else as printed."""

    place: Place
    value: Decimal
    sign: int
    unit: str = ""
    text: str = ""

    @property
    def cell(self) -> Cell:
        return cell_of(self.place)


@dataclass(frozen=True, slots=True)
class Equation:
    """Σ sign·value = 0, within a tolerance in base units."""

    terms: tuple[Term, ...]
    tolerance: Decimal

    def residual(self, values: Mapping[Cell, Decimal]) -> Decimal:
        return sum((t.sign * values.get(t.cell, t.value) for t in self.terms), Decimal(0))

    def holds(self, values: Mapping[Cell, Decimal]) -> bool:
        return abs(self.residual(values)) <= self.tolerance

    def solved_for(self, cell: Cell, values: Mapping[Cell, Decimal]) -> Decimal | None:
        """What this cell would have to be; ``None`` where it does not take part, or twice."""
        own = [t for t in self.terms if t.cell == cell]
        if len(own) != 1:
            return None
        current = values.get(cell, own[0].value)
        return current - own[0].sign * self.residual(values)

    @property
    def cells(self) -> dict[Cell, Term]:
        return {t.cell: t for t in self.terms}


@dataclass(frozen=True, slots=True)
class Change:
    """One cell and its new value, in base units."""

    term: Term
    value: Decimal

    @property
    def repair(self) -> Repair:
        factor = MONEY_UNITS.get(self.term.unit, Decimal(1))
        old = self.term.text or plain(self.term.value / factor)
        return Repair(self.term.place, old, plain(self.value / factor))


RepairSet = tuple[Change, ...]


def cell_of(place: Place) -> Cell:
    return (place.sheet, *place.same_cell_key, place.start)


def smallest_repairs(broken: Sequence[Equation], holding: Sequence[Equation]) -> list[RepairSet]:
    """Every set of one cell that mends all of ``broken`` and breaks none of ``holding``; else every such pair.

    New values are never negative. Empty where two cells do not suffice, or where too many cells take part.
    """
    cells: dict[Cell, Term] = {}
    for equation in broken:
        cells.update(equation.cells)
    if not broken or len(cells) > _MOST_CELLS:
        return []
    single = [s for cell in cells if (s := _solved((cell,), cells, broken, holding)) is not None]
    if single:
        return single
    return [s for pair in combinations(cells, 2) if (s := _solved(pair, cells, broken, holding)) is not None]


def _solved(
    chosen: tuple[Cell, ...],
    cells: Mapping[Cell, Term],
    broken: Sequence[Equation],
    holding: Sequence[Equation],
) -> RepairSet | None:
    """The new values of the chosen cells: each from the first equation that it can mend, in either order."""
    for order in (chosen, chosen[::-1]):
        values: dict[Cell, Decimal] = {}
        for cell in order:
            new = _first_solution(
                cell, [*broken, *holding], values, others=set(chosen) - {cell} - set(values)
            )
            if new is not None:
                values[cell] = new
        if len(values) == len(chosen) and _is_consistent(values, [*broken, *holding]):
            return tuple(Change(cells[c], values[c]) for c in chosen)
    return None


def _first_solution(
    cell: Cell, equations: Sequence[Equation], values: Mapping[Cell, Decimal], others: set[Cell]
) -> Decimal | None:
    """From a broken equation that no other open cell takes part in."""
    for equation in equations:
        if equation.holds(values) or others & set(equation.cells):
            continue
        new = equation.solved_for(cell, values)
        if new is not None:
            return new
    return None


def _is_consistent(values: Mapping[Cell, Decimal], equations: Sequence[Equation]) -> bool:
    return all(v >= 0 for v in values.values()) and all(e.holds(values) for e in equations)


def with_smallest_repairs(case: Case, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of sums with the repairs that also suit every other equation of the report, likeliest first.

    Where no one cell suits all, the pair that does is told together. A finding for which nothing suits keeps the
    repairs that its rule proposed.
    """
    broken = {number: e for number, f in enumerate(findings) if (e := equation_of(f)) is not None}
    if not broken:
        return list(findings)
    holding = list(_holding(case, list(broken.values())))
    repaired = list(findings)
    for members in _hanging_together(broken):
        found = smallest_repairs([broken[n] for n in members], holding)
        for number in members:
            repaired[number] = _with_repairs(findings[number], found)
    return repaired


def equation_of(finding: Finding) -> Equation | None:
    """The equation behind a finding: one total and its parts, all money or all points."""
    operands = [(w, _SIGNS[w.role]) for w in finding.witnesses if w.role in _SIGNS and w.value is not None]
    totals = [w for w, _ in operands if w.role == "total"]
    if len(totals) != 1 or len(operands) < 2 or not _one_measure([w for w, _ in operands]):
        return None
    terms = tuple(_term(w, sign) for w, sign in operands)
    equation = Equation(terms, _tolerance(terms))
    return None if equation.holds({}) or any(t.place == NOWHERE for t in terms) else equation


def _one_measure(witnesses: Sequence[Witness]) -> bool:
    return len({"money" if w.unit in MONEY_UNITS else "points" for w in witnesses}) == 1


def _term(witness: Witness, sign: int) -> Term:
    value = Decimal(witness.value or "0")
    return Term(
        witness.place, value * MONEY_UNITS.get(witness.unit, Decimal(1)), sign, witness.unit, plain(value)
    )


def _tolerance(terms: Sequence[Term]) -> Decimal:
    """Half a cent of the coarsest unit per term (fact sheet §8, Tolerance)."""
    units = [MONEY_UNITS[t.unit] for t in terms if t.unit in MONEY_UNITS and t.unit != "元"]
    return (
        max(units, default=Decimal(0 if any(t.unit in MONEY_UNITS for t in terms) else 1))
        * _CENT
        * len(terms)
    )


def _holding(case: Case, broken: Sequence[Equation]) -> Iterator[Equation]:
    """The sums of the report that hold, and amounts told twice alike, as far as they share a cell with a broken one."""
    involved = {cell for equation in broken for cell in equation.cells}
    ledger = ledger_of(case.report)
    for identity in ALL:
        for sum_ in sums_of(identity, ledger, case.profile):
            equation = _of_sum(sum_)
            if equation.holds({}) and involved & set(equation.cells):
                yield equation
    for first, second in _told_twice(ledger.facts, involved):
        terms = (_of_fact(first, 1), _of_fact(second, -1))
        yield Equation(terms, _tolerance(terms))


def _of_sum(sum_: Sum) -> Equation:
    signed = [(sum_.total, -1), *((f, 1) for f in sum_.parts), *((f, -1) for f in sum_.less)]
    terms = tuple(_of_fact(fact, sign) for fact, sign in signed)
    return Equation(terms, _tolerance(terms))


def _of_fact(fact: Fact, sign: int) -> Term:
    figure: Figure = fact.figure
    return Term(figure.place, figure.base_value, sign, figure.unit, f"{figure.value:f}")


def _told_twice(facts: Sequence[Fact], involved: set[Cell]) -> Iterator[tuple[Fact, Fact]]:
    for fact in facts:
        if cell_of(fact.place) not in involved or not fact.figure.is_money:
            continue
        for other in facts:
            same = (other.key, other.year, other.stage, other.scope) == (
                fact.key,
                fact.year,
                fact.stage,
                fact.scope,
            )
            if same and other.place != fact.place and other.figure.base_value == fact.figure.base_value:
                yield fact, other


def _hanging_together(broken: Mapping[int, Equation]) -> list[list[int]]:
    """Broken equations that share a cell, directly or through others."""
    groups: list[tuple[set[Cell], list[int]]] = []
    for number, equation in broken.items():
        cells, members = set(equation.cells), [number]
        for group in [g for g in groups if g[0] & cells]:
            groups.remove(group)
            cells |= group[0]
            members = [*group[1], *members]
        groups.append((cells, members))
    return [members for _, members in groups]


def _with_repairs(finding: Finding, found: Sequence[RepairSet]) -> Finding:
    if not found:
        return finding
    if len(found[0]) == 1:
        return replace(finding, repairs=_singles(finding, [s[0] for s in found]))
    if finding.repairs and len(found) > 1:
        return finding
    first, second = (change.repair for change in found[0])
    told = (replace(first, note="与另一处同时改"), replace(second, note="与另一处同时改"))
    return replace(finding, repairs=told)


def _singles(finding: Finding, changes: Sequence[Change]) -> tuple[Repair, ...]:
    """The rule's own proposals that suit everywhere, in its order; any suiting cell where none of them does."""
    suited = {change.term.cell: change.repair for change in changes}
    own = tuple(r for r in finding.repairs if cell_of(r.place) in suited)
    return own or tuple(suited.values())[:_MOST_REPAIRS]
