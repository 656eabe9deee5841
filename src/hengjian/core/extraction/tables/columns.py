"""Which column of an indicator table holds what: by header words, and by contents where the header is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from hengjian.core.document import Cell
from hengjian.core.extraction.tables.grid import Grid, Row, is_number
from hengjian.core.extraction.terms import bare, fold, load, pattern

_LEVELS = ("level1", "level2", "level3", "level4")
_CONTENT = frozenset({"target", "actual", "weight", "score", "standard", "description", "operator", "progress"})
_LONGEST_HEADER = 30
_NAME = "name"


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or several under one header cell: 1-based first and last grid column, with its role."""

    role: str
    first: int
    last: int
    header: str = ""

    def holds(self, cell: Cell) -> bool:
        return self.first <= cell.column <= self.last


@dataclass(frozen=True)
class Header:
    """The header of an indicator block. ``blocks`` has two entries where mid-term and annual stand side by side."""

    first_row: int
    last_row: int
    blocks: tuple[tuple[Column, ...], ...]
    width: int
    inferred: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(c for block in self.blocks for c in block)

    def roles(self, block: int = -1) -> set[str]:
        return {c.role for c in self.blocks[block]}


@cache
def role_of(text: str) -> str:
    """The role that a header text names, or empty."""
    plain = bare(text)
    if not plain or len(plain) > _LONGEST_HEADER:
        return ""
    for role, words in _patterns():
        if words.fullmatch(plain) or words.fullmatch(fold(text)):
            return role
    return ""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (str(entry["role"]), re.compile("|".join(f"(?:{n})" for n in entry["names"])))
        for entry in load("headers")["column"]
    )


def read_header(grid: Grid, number: int) -> Header | None:
    """The indicator header that starts in this row, or ``None``."""
    row = grid.row(number)
    last = _last_header_row(grid, row)
    if last is None:
        return None
    columns = _columns(grid, number, last)
    columns = _recover_name(grid, columns, number)
    roles = {c.role for c in columns}
    if not _is_header(roles) or _heads_amounts(row, roles):
        return None
    return Header(number, last, _blocks(columns), grid.table.width)


def _heads_amounts(row: Row, roles: set[str]) -> bool:
    """指标 | 年初预算 | 决算数 | 执行率: amounts, whatever their rows are called."""
    if roles & {"level1", "level2", "target", "actual", "progress"}:
        return False
    return sum(1 for c in row.filled if pattern("lines", "stages", "header").fullmatch(bare(c.text))) >= 2


def _recover_name(grid: Grid, columns: list[Column], number: int) -> list[Column]:
    """三级指标 is printed but stands over other columns (merges lost): the name is the last column under 二级指标."""
    printed = any(role_of(c.text) == "level3" for c in grid.row(number).filled)
    wide = next((c for c in columns if c.role == "level2" and c.last > c.first), None)
    if not printed or wide is None or any(c.role == "level3" for c in columns):
        return columns
    split = [Column("level2", wide.first, wide.last - 1, wide.header), Column("level3", wide.last, wide.last, "三级指标")]
    return [part for c in columns for part in (split if c is wide else [c])]


def _is_header(roles: set[str]) -> bool:
    levels = roles & set(_LEVELS)
    return len(levels) >= 3 or (bool(levels) and bool(roles & _CONTENT) and len(roles - {"", "side"}) >= 2 and "level3" in roles) or (
        {"level1", "level2"} <= roles and bool(roles & _CONTENT)
    )  # fmt: skip


def _last_header_row(grid: Grid, row: Row) -> int | None:
    """How far a header reaches: over merged cells, and over a second row of nothing but header words."""
    if row.has_numbers or sum(1 for c in row.filled if role_of(c.text)) < 2:
        return None
    levels = [c for c in row.fresh if role_of(c.text) in _LEVELS]
    spans = [c.row + c.row_span - 1 for c in levels if not _is_side_label(c, levels)]
    last = max(spans, default=row.number)
    last = min(last, row.number + 3, grid.height)
    for following in grid.rows[row.number : row.number + 2]:
        if following.number > last and not _is_sub_header(following):
            break
        last = max(last, following.number)
    return last


def _is_side_label(cell: Cell, levels: Sequence[Cell]) -> bool:
    """指标 left of 一级指标, merged over all the rows below: it says nothing of how far the header reaches."""
    right = any(c.column > cell.column and role_of(c.text) in ("level1", "level2") for c in levels)
    return right and pattern("headers", "groups", "side").fullmatch(bare(cell.text)) is not None


def _is_sub_header(row: Row) -> bool:
    """A second header row: values, weights and 名称 below the heads that are split; no heads of levels."""
    words = [_NAME if _names(c.text) else role_of(c.text) for c in row.filled]
    return len(words) >= 2 and all(words) and not set(words) & set(_LEVELS) and set(words) != {_NAME} and not row.has_numbers


def _names(text: str) -> bool:
    """名称 below 一级指标: the column of the level itself."""
    return pattern("headers", "groups", "name").fullmatch(bare(text)) is not None


def _columns(grid: Grid, first: int, last: int) -> list[Column]:
    found: list[Column] = []
    position = 1
    while position <= grid.table.width:
        cells = _stack(grid, position, first, last)
        deepest = cells[-1] if cells else None
        end = deepest.column + deepest.column_span - 1 if deepest else position
        role = _stacked_role([c.text for c in cells])
        if deepest is not None:
            found.append(Column(role, position, end, bare(deepest.text)))
        position = max(end, position) + 1
    return _resolve(found)


def _stack(grid: Grid, column: int, first: int, last: int) -> list[Cell]:
    cells: list[Cell] = []
    for row in range(first, last + 1):
        cell = grid.table.at(row, column)
        if cell is not None and cell.compact and cell not in cells:
            cells.append(cell)
    if cells:
        return cells
    empty = grid.table.at(first, column)
    return [empty] if empty is not None else []


def _stacked_role(texts: Sequence[str]) -> str:
    roles = [role_of(t) for t in texts]
    known = [r for r in roles if r]
    if not known:
        return ""
    deepest = known[-1]
    above = known[0] if len(known) > 1 else ""
    if above in _LEVELS:
        return _under_level(above, deepest, texts[-1])
    if above in ("actual", "prior", "progress", "forecast") and deepest in ("target", "unit", "operator"):
        return above if deepest == "target" else f"{above}_{deepest}"
    return "prior" if above == "prior" else deepest


def _under_level(level: str, role: str, text: str) -> str:
    """名称 | 分值 | 得分 below 一级指标: its weight and score are the level's own, not the indicator's."""
    if _names(text):
        return level
    return f"{role}_{level}" if role in ("weight", "score") and level in ("level1", "level2") else role


def _resolve(columns: list[Column]) -> list[Column]:
    """Settle words that mean different things beside others: side labels, weights of levels, two names."""
    columns = _settle_side(_settle_goal(columns))
    columns = _settle_adjusted(_settle_names(columns))
    return _settle_years(_settle_weights(columns))


def _settle_years(columns: list[Column]) -> list[Column]:
    """2023年实际值 | 2024年实际值, or 2023年实际值 left of 目标值 and 完成值: the earlier year's is last year's."""
    actuals = [c for c in columns if c.role == "actual"]
    years = {c.first: int(m[0]) for c in actuals if (m := re.match(r"(?:19|20)\d{2}(?=年)", c.header))}
    latest = max(years.values(), default=0)
    first_target = next((c.first for c in columns if c.role == "target"), 0)
    alone = len(years) < len(actuals)
    earlier = {c.first for c in actuals if c.first in years and (years[c.first] < latest or (alone and c.last < first_target))}
    return [Column("prior", c.first, c.last, c.header) if c.first in earlier else c for c in columns]


def _settle_side(columns: list[Column]) -> list[Column]:
    side = pattern("headers", "groups", "side")
    explicit = any(c.role in ("level1", "level2") for c in columns)
    names = [c for c in columns if c.role in ("level3", "level4")]
    settled = []
    for column in columns:
        is_side = side.fullmatch(column.header) is not None and explicit and column.role != "goal"
        before_levels = all(column.first < c.first for c in columns if c.role in _LEVELS and c is not column)
        if is_side and (before_levels or (column.role == "level3" and len(names) > 1)):
            settled.append(Column("side", column.first, column.last, column.header))
        else:
            settled.append(column)
    if not any(c.role == "level3" for c in settled):
        levels = [c.first for c in settled if c.role in ("level1", "level2")]
        return [c if levels and c.last < min(levels) else _named(c, side) for c in settled]
    return settled


def _settle_goal(columns: list[Column]) -> list[Column]:
    """In a list of projects 绩效目标 left of the levels is the project's goal, not a target."""
    levels = [c.first for c in columns if c.role in _LEVELS]
    targets = [c for c in columns if c.role == "target"]
    goals = [c for c in targets if len(targets) > 1 and levels and c.last < min(levels)]
    return [Column("goal", c.first, c.last, c.header) if c in goals else c for c in columns]


def _settle_adjusted(columns: list[Column]) -> list[Column]:
    """年初目标值 beside 调整后目标值: the adjusted one counts where it says something."""
    targets = [c for c in columns if c.role == "target"]
    adjusted = [c for c in targets if "调整" in c.header]
    if not adjusted or len(adjusted) == len(targets):
        return columns
    return [Column("adjusted", c.first, c.last, c.header) if c in adjusted else c for c in columns]


def _named(column: Column, side: re.Pattern[str]) -> Column:
    """A bare 绩效指标 column is the name where the table has no other."""
    renamed = side.fullmatch(column.header) is not None and column.role in ("", "target", "side")
    return Column("level3", column.first, column.last, column.header) if renamed else column


def _settle_names(columns: list[Column]) -> list[Column]:
    """三级指标 beside 指标名称: a second name column is the description, unless a new block starts."""
    settled: list[Column] = []
    seen_name = seen_target = False
    for index, column in enumerate(columns):
        role = column.role
        again = seen_target and any(c.role == "target" for c in columns[index + 1 :])
        if role in ("level1", "level2") or (role == "level3" and again):
            seen_name = seen_target = False
        seen_target = seen_target or role == "target"
        if role == "level3":
            role = "description" if seen_name else role
            seen_name = True
        settled.append(Column(role, column.first, column.last, column.header))
    return settled


def _settle_weights(columns: list[Column]) -> list[Column]:
    """With several weight columns the one after 一级指标 is that level's; the last is the indicator's."""
    positions = [i for i, c in enumerate(columns) if c.role == "weight"]
    settled = list(columns)
    for i in positions[:-1]:
        levels = [c.role for c in columns[:i] if c.role in _LEVELS]
        level = levels[-1] if levels else ""
        if level in ("level1", "level2"):
            settled[i] = Column(f"weight_{level}", columns[i].first, columns[i].last, columns[i].header)
    return settled


def _blocks(columns: list[Column]) -> tuple[tuple[Column, ...], ...]:
    """One block, or mid-term and annual side by side where the name column comes twice."""
    names = [i for i, c in enumerate(columns) if c.role == "level3"]
    if len(names) < 2:
        return (tuple(columns),)
    start = names[1]
    while start > names[0] + 1 and columns[start - 1].role in ("level1", "level2"):
        start -= 1
    own = {c.role for c in columns[start:]}
    shared = tuple(c for c in columns[: names[0]] if c.role in ("level1", "level2", "side", "serial") and c.role not in own)
    own_level1 = any(c.role == "level1" for c in columns[start:])
    second = tuple(columns[start:]) if own_level1 else (*shared, *columns[start:])
    return tuple(columns[:start]), second


def infer_header(grid: Grid, number: int) -> Header | None:
    """Columns by contents, for rows without a header: level words first, then operators, targets and numbers."""
    rows = [r for r in grid.from_row(number) if len(r.cells) >= 4 and sum(1 for c in r.filled if role_of(c.text)) < 2]
    start = rows[0].number if rows else number
    level1 = _column_of(rows, "level1")
    level2 = _column_of(rows, "level2")
    if level2 is None or (level1 is not None and level1 >= level2):
        return None
    name = level2 + 1
    columns = [Column("level2", level2, level2), Column("level3", name, name)]
    if level1 is not None:
        columns.insert(0, Column("level1", level1, level1))
    columns += _infer_rest(rows, name + 1, grid.table.width)
    return Header(number, start - 1, (tuple(columns),), grid.table.width, inferred=True)


def level_name(text: str, level: str) -> str:
    """The canonical name of a level word (``level1`` or ``level2``), or empty."""
    plain = bare(text)
    return _level_names(level).get(plain) or _level_names(level).get(plain + "指标", "") if plain else ""


@cache
def _level_names(level: str) -> dict[str, str]:
    return {alias: name for name, aliases in load("levels")[level].items() for alias in aliases}


def _column_of(rows: Iterable[Row], level: str) -> int | None:
    counts: dict[int, set[str]] = {}
    for row in rows:
        for cell in row.fresh:
            if (name := level_name(cell.text, level)) and cell.column <= 4:
                counts.setdefault(cell.column, set()).add(name)
    best = max(counts.items(), key=lambda item: (len(item[1]), -item[0]), default=None)
    return best[0] if best and len(best[1]) >= 2 else None


def _infer_rest(rows: Sequence[Row], first: int, last: int) -> list[Column]:
    from hengjian.core.extraction.targets import is_operator_cell

    contents = {n: [c for r in rows for c in r.cells if c.column == n and c.compact] for n in range(first, last + 1)}
    operator = next((n for n, cells in contents.items() if cells and all(is_operator_cell(c.text) for c in cells)), None)
    if operator is not None:
        return _around_operator(contents, first, operator, last)
    return _by_numbers(contents)


def _around_operator(contents: dict[int, list[Cell]], first: int, operator: int, last: int) -> list[Column]:
    before = ("description", "standard")
    columns = [Column(before[min(i, 1)], n, n) for i, n in enumerate(range(first, operator))]
    columns += [Column(role, operator + i, operator + i) for i, role in enumerate(("operator", "target", "unit"))]
    rest = {n: cells for n, cells in contents.items() if n > operator + 2}
    return columns + ([Column("basis", last, last)] if len(rest) == 1 and not _all_numbers(rest[last]) else _by_numbers(rest, True))


def _by_numbers(contents: dict[int, list[Cell]], has_target: bool = False) -> list[Column]:
    """Target, actual, weight and score in the order of the forms; text to the right is the reason."""
    numeric = [n for n, cells in contents.items() if cells and _all_numbers(cells) and not _has_units(cells)]
    columns, texts = [], [n for n in contents if n not in numeric]
    points = numeric[-2:] if len(numeric) >= 2 else numeric
    before = [n for n in sorted([*texts, *numeric]) if (not points or n < points[0]) and n not in points]
    roles = ["actual"] if has_target else ["target", "actual"]
    if not points and len(before) >= 3 and not has_target:
        roles = ["description", "target", "basis"]
    columns += [Column(role, n, n) for role, n in zip(roles, before, strict=False)]
    columns += [Column(role, n, n) for role, n in zip(("weight", "score"), points, strict=False)]
    columns += [Column("reason", n, n) for n in texts if points and n > points[-1]][:1]
    return columns


def _all_numbers(cells: Sequence[Cell]) -> bool:
    return bool(cells) and all(is_number(c) for c in cells)


def _has_units(cells: Sequence[Cell]) -> bool:
    return any(not re.fullmatch(r"[\d.,]+", fold(c.text)) for c in cells)
