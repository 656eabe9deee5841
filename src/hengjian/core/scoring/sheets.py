"""The score sheets of a report: which rows, execution points and totals belong together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from rapidfuzz import fuzz

from hengjian.core.facts import UNPLACED, fact_key
from hengjian.core.figures import Figure
from hengjian.core.report import Fact, Grade, Indicator, Kind, Report, Stage, Subtotal, Total
from hengjian.core.scoring.words import compact, is_one_of, names_one_of

_NAME_LENGTH = 6
"""Names this long or longer are taken for one indicator when one contains the other."""
_SIMILARITY = 88
_BARE_SATISFACTION = ("满意度", "满意率")


@dataclass(frozen=True)
class Execution:
    """The budget execution line of a sheet. Any part may be missing."""

    weight: Figure | None = None
    rate: Figure | None = None
    score: Figure | None = None
    budget: Figure | None = None
    executed: Figure | None = None
    row: Indicator | None = None
    """The execution row of the table, where there is one."""

    @property
    def is_scored(self) -> bool:
        return self.weight is not None or self.score is not None


@dataclass(frozen=True)
class Sheet:
    """One score sheet: the rows of one table (or of a table broken over pages) of one scope.

    ``rows`` are proper indicators; a budget execution row and 加分/扣分 rows stand apart. ``execution`` is the line of
    the funds block, or the execution row of the table.
    """

    scope: str
    rows: tuple[Indicator, ...]
    tables: tuple[int, ...] = ()
    prose: tuple[Indicator, ...] = ()
    """Statements of the text with target and result that belong to no row of the table."""
    bonus: tuple[Indicator, ...] = ()
    execution: Execution = Execution()
    totals: tuple[Total, ...] = ()
    grades: tuple[Grade, ...] = ()
    subtotals: tuple[Subtotal, ...] = ()

    @property
    def weighted(self) -> tuple[Indicator, ...]:
        return tuple(r for r in self.rows if r.weight is not None)

    @property
    def scored(self) -> tuple[Indicator, ...]:
        return tuple(r for r in self.rows if r.score is not None)

    @property
    def has_scores(self) -> bool:
        return bool(self.scored)


_LAST: list[tuple[Report, list[Sheet]]] = []
"""The sheets of the report asked about last: twenty rules ask in turn about one report."""


def sheets(report: Report) -> list[Sheet]:
    """Every score sheet, in reading order. A report with a total and no indicator rows gives none for it."""
    if not _LAST or _LAST[0][0] is not report:
        _LAST[:] = [(report, _made(report))]
    return _LAST[0][1]


def _made(report: Report) -> list[Sheet]:
    by_scope: dict[str, list[Indicator]] = {}
    for indicator in report.indicators:
        by_scope.setdefault(indicator.project, []).append(indicator)
    groups = [(scope, rows) for scope, found in _joined(by_scope).items() for rows in _by_table(found)]
    return [_sheet(report, scope, rows, groups) for scope, rows in groups]


def _joined(by_scope: dict[str, list[Indicator]]) -> dict[str, list[Indicator]]:
    """What the text says of the unit belongs to the only table, whatever project that names."""
    tabled = [s for s, rows in by_scope.items() if any(r.source == "table" for r in rows)]
    if len(tabled) != 1 or tabled == [""] or "" not in by_scope:
        return by_scope
    rest = {s: rows for s, rows in by_scope.items() if s}
    return rest | {tabled[0]: [*rest[tabled[0]], *by_scope[""]]}


def _by_table(indicators: list[Indicator]) -> list[tuple[Indicator, ...]]:
    """The rows table by table; the text fills in results, or stands alone where there is no table."""
    prose = [i for i in indicators if i.source == "prose"]
    rows = [i for i in indicators if i.source != "prose"]
    if not rows:
        return [tuple(_paired(prose))]
    joined: list[list[Indicator]] = []
    for number in dict.fromkeys(r.table for r in rows):
        part = [r for r in rows if r.table == number]
        if joined and _continues(joined[-1], part):
            joined[-1].extend(part)
        else:
            joined.append(part)
    loose = [p for p in prose if _is_whole(p) and not any(same_row(p, r) for r in rows)]
    filled = [tuple(_filled(r, prose) for r in part) for part in joined]
    return [*filled[:-1], (*filled[-1], *loose)]


def _paired(prose: list[Indicator]) -> list[Indicator]:
    """Targets that the text lists first, with the results that it tells later; a result so used stands no more alone."""
    results = [p for p in prose if not p.target.is_numeric and p.actual.figure is not None]
    filled = [_filled(p, results) if p.target.is_numeric else p for p in prose]
    used = {f.actual.text.place for f, p in zip(filled, prose, strict=True) if f is not p}
    return [f for f in filled if f.target.is_numeric or f.actual.text.place not in used]


def _is_whole(row: Indicator) -> bool:
    return row.target.is_numeric and row.actual.figure is not None


def _continues(before: list[Indicator], part: list[Indicator]) -> bool:
    """Whether a table goes on with the one before: the same columns, next to it, and no row of it repeated."""
    names = {r.name for r in before}
    repeated = sum(r.name in names for r in part)
    adjacent = abs(part[0].table - before[-1].table) == 1
    return adjacent and part[0].columns == before[-1].columns and repeated * 2 < len(part)


def _filled(row: Indicator, prose: list[Indicator]) -> Indicator:
    """A table row without a result takes the one that the text reports for the same indicator."""
    if row.actual.text or row.actual.figure is not None:
        return row
    match = next((p for p in prose if (p.actual.text or p.actual.figure) and same_row(p, row)), None)
    return replace(row, actual=match.actual, reason=row.reason or match.reason) if match else row


def same_row(statement: Indicator, row: Indicator) -> bool:
    """Whether a statement of the text is about a row of the table. A bare 满意度 means the satisfaction row."""
    if same_name(statement.name, row.name):
        return True
    bare = compact(statement.name) in _BARE_SATISFACTION or compact(row.name) in _BARE_SATISFACTION
    return bare and statement.is_satisfaction and row.is_satisfaction


def same_name(first: str, second: str) -> bool:
    """Whether two indicator names mean one indicator: equal, nearly equal, or a long one within the other."""
    a, b = compact(first), compact(second)
    if not a or not b:
        return False
    if a == b or (min(len(a), len(b)) >= _NAME_LENGTH and (a in b or b in a)):
        return True
    return fuzz.ratio(a, b) >= _SIMILARITY


def _sheet(
    report: Report, scope: str, rows: tuple[Indicator, ...], groups: list[tuple[str, tuple[Indicator, ...]]]
) -> Sheet:
    tables = tuple(dict.fromkeys(r.table for r in rows if r.source != "prose"))
    loose = {id(r) for r in rows if r.source == "prose"} if tables else set()
    own_rows = [r for r in rows if id(r) not in loose and not _is_execution(r) and not _is_bonus(r)]
    execution = next((r for r in rows if _is_execution(r)), None)
    scopes = _scopes_of(report, scope, alone=len({s for s, _ in groups}) == 1)
    return Sheet(
        scope,
        tuple(own_rows),
        tables,
        tuple(r for r in rows if id(r) in loose),
        tuple(r for r in rows if _is_bonus(r)),
        _execution(report, scopes, execution),
        tuple(t for t in report.totals if t.scope in scopes and (not t.table or t.table in tables)),
        tuple(g for g in report.grades if g.scope in scopes),
        tuple(s for s in report.subtotals if s.scope in scopes and (not s.table or s.table in tables)),
    )


def _scopes_of(report: Report, scope: str, *, alone: bool) -> list[str]:
    """The names under which a sheet's total may be stated.

    The only sheet of a document may be meant without its project's name, or, having none itself, by the only name that
    any total carries.
    """
    if not alone:
        return [scope]
    if scope:
        return [scope, ""]
    named = {t.scope for t in report.totals}
    only = len(named) == 1 and report.kind is not Kind.OVERALL_SELF_EVALUATION
    return ["", *named] if only else [""]


def _is_execution(row: Indicator) -> bool:
    names = (row.level1, row.level2, row.name)
    if row.level1_std == "预算执行率" or row.level2_std == "预算执行率":
        return True
    return row.level1_std == "" and any(is_one_of(n, "execution_names") for n in names if n)


def _is_bonus(row: Indicator) -> bool:
    return any(names_one_of(n, "bonus_names") for n in (row.level1, row.level2))


def _execution(report: Report, scopes: list[str], row: Indicator | None) -> Execution:
    """The execution line: from the facts of the scope, with the execution row of the table filling in."""

    def first(key: str, stage: Stage | None = None) -> Figure | None:
        found = (f for s in scopes for f in report.find(key, scope=s, stage=stage))
        fitting = sorted((f for f in found if _of_the_year(f, report)), key=lambda f: f.source != "table")
        return fitting[0].figure if fitting else None

    return Execution(
        (row.weight if row else None) or first("execution.weight") or _beside_rate(report, scopes, _WEIGHT_HEADS),
        (row.actual.figure if row and row.actual.figure and row.actual.figure.unit == "%" else None)
        or first("execution.rate"),
        (row.score if row else None) or first("execution.score") or _beside_rate(report, scopes, _SCORE_HEADS),
        first("funds.total", Stage.BUDGET),
        first("funds.total", Stage.EXECUTED),
        row,
    )


_WEIGHT_HEADS = ("分值", "权重", "满分", "标准分")
_SCORE_HEADS = ("得分", "自评分", "自评得分", "实得分")


def _beside_rate(report: Report, scopes: list[str], heads: tuple[str, ...]) -> Figure | None:
    """Points in the row of the execution rate of a table of money: 部门支出 … 执行率 97.24% 分值 10 得分 9.72."""
    rates = [f for f in report.facts if f.key == "execution.rate" and f.source == "table" and f.scope in scopes]
    rows = {(r.place.sheet, r.place.table, r.place.row) for r in rates}
    points = (f for f in report.facts if f.source == "table" and f.key == UNPLACED and f.figure.unit in ("分", ""))
    return next((f.figure for f in points if (f.place.sheet, f.place.table, f.place.row) in rows and f.label.endswith(heads)), None)


_OF_AN_ITEM = re.compile(r"三公|公用经费|接待费|公务用车|政府采购|会议费|培训费")
"""A sentence whose 执行率 or 完成预算的…% may be that of an item and not of the whole."""


_NO_EXECUTION_WEIGHT = Decimal(40)
"""Points above this are those of a whole table (合计 100), whatever column they stand in."""


def _row_of(fact: Fact) -> tuple[str, int, int, int]:
    return fact.place.sheet, fact.place.table, fact.place.row, fact.place.paragraph


def _of_the_year(fact: Fact, report: Report) -> bool:
    fits = fact_key(fact.key).measure != "money" or fact.figure.is_money
    if fact.key == "execution.score" and any(w.value > _NO_EXECUTION_WEIGHT and _row_of(w) == _row_of(fact) for w in report.find("execution.weight", scope=fact.scope)):
        return False
    if fact.key == "execution.weight" and fact.value > _NO_EXECUTION_WEIGHT:
        return False
    if fact.key == "execution.rate" and fact.source != "table" and _OF_AN_ITEM.search(fact.sentence.text):
        return False
    return fits and (fact.year is None or report.year is None or fact.year == report.year)


def loose_totals(report: Report) -> list[Total]:
    """Stated totals of scopes that have no indicator row at all."""
    held = {t for s in sheets(report) for t in s.totals}
    return [t for t in report.totals if t not in held]


def points(figure: Figure | None) -> Decimal | None:
    """The number of a weight or score cell."""
    return figure.value if figure is not None else None
