"""The rows of an indicator block: levels carried down, typed targets, actuals, weights, scores, reasons."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from hengjian.core.document import Cell
from hengjian.core.extraction.numbers import UNITS
from hengjian.core.extraction.tables.columns import Column, Header, level_name, read_header, role_of
from hengjian.core.extraction.tables.grid import Grid, Row, cell_figure, is_number, text_of
from hengjian.core.extraction.tables.harvest import Harvest
from hengjian.core.extraction.targets import is_blank, parse_actual, parse_columns, parse_target, unit_name
from hengjian.core.extraction.terms import bare, fold, pattern
from hengjian.core.facts import UNPLACED
from hengjian.core.figures import Figure
from hengjian.core.places import Place
from hengjian.core.report import (
    Actual,
    Fact,
    Grade,
    Indicator,
    Operator,
    Stage,
    Subtotal,
    Target,
    Text,
    Total,
)

_POINTS = re.compile(r"[(（]\s*(?:共|满分|权重|分值)?[:：]?\s*(\d+(?:\.\d+)?)\s*(?:分|%|％)?\s*[)）]|(?<=标)\s*(\d+(?:\.\d+)?)\s*分$")
_NAMED_UNIT = re.compile(r"\((?:单位:)?([^()]{1,6})\)$")
_STOP_LABELS = ("filler", "filed_on", "head", "project_name", "project_code", "goal", "thrift", "purpose")
_NOTE = re.compile(r"^(?:注|说明|备注|填表说明|填报说明)[:：]")
_BOUND = re.compile(r"[≥≤＝=<>＜＞≧≦]|不低于|不少于|不超过|不高于|不大于|不小于|达到|控制在")
_TWO_POINTS = re.compile(r"(\d+(?:\.\d+)?)分?[/|](\d+(?:\.\d+)?)分?")
SCORE_UNIT = "分"
_NO_POINTS = ("budget", "serial", "target", "adjusted", "prior", "completion", "deviation")
_VALUES = ("target", "actual", "progress", "forecast")


@dataclass
class Levels:
    """The level names carried down from merged or empty cells."""

    level1: str = ""
    level2: str = ""

    def take(self, level1: str | None, level2: str | None) -> None:
        """The cells of a row; ``None`` or empty keeps what stands above. A new level 1 ends the level 2 before it."""
        if level1 and level1 != self.level1:
            self.level1, self.level2 = level1, ""
        if level2:
            self.level2 = level2


@dataclass
class Reading:
    """An indicator block being read: its header and the levels so far (kept for a table that is continued)."""

    header: Header
    levels: list[Levels] = field(default_factory=list)
    scope: str = ""

    def __post_init__(self) -> None:
        self.levels = self.levels or [Levels() for _ in self.header.blocks]


def read_rows(grid: Grid, start: int, reading: Reading, harvest: Harvest) -> int:
    """Read indicator rows from ``start`` until the block ends; the number of the first row after it."""
    number = grid.table.number
    for row in grid.from_row(start):
        if _ends(grid, row, reading):
            return row.number
        harvest.indicator_rows.add((number, row.number))
        if read_grade(row, harvest, number):
            continue
        if _is_total(row):
            _read_total(row, reading.header, harvest, number)
            continue
        if _is_subtotal(row):
            _read_subtotal(row, reading, harvest, number)
            continue
        _enter_project(row, reading, harvest, number)
        harvest.scopes[number, row.number] = harvest.scope
        for block, columns in enumerate(reading.header.blocks):
            _read_row(row, columns, reading, block, harvest, number)
        harvest.use(number, *_indicator_cells(row, reading.header))
    return grid.height + 1


def _enter_project(row: Row, reading: Reading, harvest: Harvest, table: int) -> None:
    """In a list of projects with their indicators, a name in the project column begins the next project."""
    columns = reading.header.columns
    cell = _cell(row, columns, "project")
    if cell is None or cell.row != row.number or not cell.compact:
        return
    if cell.compact != harvest.scope:
        harvest.enter(text_of(cell))
        reading.levels = [Levels() for _ in reading.header.blocks]
    goal, budget = _cell(row, columns, "goal"), _cell(row, columns, "budget")
    if goal is not None and goal.row == row.number:
        harvest.tell("goal", text_of(goal))
    if budget is not None and (figure := cell_figure(budget, harvest.unit)) is not None:
        label = next(c.header for c in columns if c.role == "budget")
        harvest.facts.append(
            Fact("funds.total", label, figure, Stage.BUDGET, None, harvest.scope, f"t{table}:{row.number}", -1, "table", text_of(cell))
        )


def _indicator_cells(row: Row, header: Header) -> list[Cell]:
    return [c for c in row.cells if any(col.holds(c) for col in header.columns)]


def _ends(grid: Grid, row: Row, reading: Reading) -> bool:
    first = next(iter(row.filled), None)
    if first is None:
        return False
    if _NOTE.match(fold(first.text)) or _is_label(row, first, reading.header):
        return True
    return read_header(grid, row.number) is not None or _is_other_header(row)


def _is_label(row: Row, first: Cell, header: Header) -> bool:
    """A form field below the block: its label stands left of, or in, the level columns, and few cells follow."""
    levels = [c.first for c in header.columns if c.role in ("level1", "level2")]
    if first.column > max(levels, default=1) or len(row.filled) > 4:
        return False
    plain = bare(fold(first.text).split(":")[0])
    return any(pattern("headers", "labels", label).fullmatch(plain) for label in _STOP_LABELS)


def _is_other_header(row: Row) -> bool:
    """Two different headings of amounts. A row that repeats 预算执行率 in its level columns is an indicator."""
    words = {bare(c.text) for c in row.filled}
    return sum(1 for w in words if pattern("lines", "stages", "header").fullmatch(w)) >= 2


def _is_total(row: Row) -> bool:
    return _first_is(row, "total")


def _is_subtotal(row: Row) -> bool:
    return any(pattern("headers", "labels", "subtotal").fullmatch(bare(c.text)) for c in row.filled[:3])


def _first_is(row: Row, label: str) -> bool:
    return bool(row.filled) and pattern("headers", "labels", label).fullmatch(bare(row.filled[0].text)) is not None


def _cells(row: Row, column: Column) -> list[Cell]:
    return [c for c in row.cells if column.holds(c)]


def _cell(row: Row, columns: Sequence[Column], role: str) -> Cell | None:
    """The cell of a role: the first that says something."""
    cells = [c for column in columns if column.role == role for c in _cells(row, column)]
    return next((c for c in cells if c.compact), cells[0] if cells else None)


def _read_row(row: Row, columns: Sequence[Column], reading: Reading, block: int, harvest: Harvest, table: int) -> None:
    pick: Callable[[str], Cell | None] = lambda role: _cell(row, columns, role)  # noqa: E731
    levels = reading.levels[block]
    cell1, cell2 = pick("level1"), pick("level2")
    _note_points(cell1, 1, row, harvest, table)
    _note_points(cell2, 2, row, harvest, table)
    _level_weights(row, columns, cell1, cell2, harvest, table)
    if _heads_level(row, columns, levels, harvest, table):
        return
    levels.take(cell1.compact if cell1 else None, cell2.compact if cell2 else None)
    indicator = _indicator(row, columns, levels)
    if indicator is None:
        return
    marks = {c.role for c in columns if c.role} | ({"midterm"} if _is_midterm(reading, block) else set())
    harvest.indicators.append(
        replace(indicator, project=harvest.scope, columns=frozenset(marks), table=table, row=row.number)
    )


def _heads_level(row: Row, columns: Sequence[Column], levels: Levels, harvest: Harvest, table: int) -> bool:
    """（一） | 产出指标 | 50 in a table without level columns: a level begins, with its points."""
    roles = {c.role for c in columns}
    name = _cell(row, columns, "level3")
    if name is None or roles & {"level1", "level2"} or _says(row, columns, (*_VALUES, "standard")):
        return False
    level1, level2 = (level_name(name.text, level) for level in ("level1", "level2"))
    if level1:
        levels.take(name.compact, None)
    elif level2:
        levels.take(None, name.compact)
    else:
        return False
    weight, score = _points(_cell(row, columns, "weight")), _points(_cell(row, columns, "score"))
    _note_points(name, 1 if level1 else 2, row, harvest, table)
    if weight is not None or score is not None:
        harvest.subtotals.append(Subtotal(1 if level1 else 2, level1 or level2, weight, score, harvest.scope, table))
    return True


def _is_midterm(reading: Reading, block: int) -> bool:
    return len(reading.header.blocks) == 2 and block == 0


def _indicator(row: Row, columns: Sequence[Column], levels: Levels) -> Indicator | None:
    pick: Callable[[str], Cell | None] = lambda role: _cell(row, columns, role)  # noqa: E731
    name = _name(row, columns)
    target, actual = _target(pick, {c.role for c in columns}), _actual(pick, "actual")
    progress, forecast = _actual(pick, "progress"), _actual(pick, "forecast")
    so_far = progress if any(c.role == "progress" for c in columns) else forecast
    weight, score = _both(pick) or (_points(pick("weight")), _points(pick("score")))
    if _is_void(name, target, (actual, progress, forecast), pick):
        return None
    level3 = text_of(name)
    if name is not None and (cut := _name_and_target(name, columns)) is not None:
        level3, target = cut
    target, actual = _with_named_unit(level3, target, actual if actual.text else so_far)
    return Indicator(
        level3=level3,
        level1=levels.level1,
        level1_std=_standard(levels.level1, "level1", levels),
        level2=levels.level2,
        level2_std=_standard(levels.level2, "level2", levels),
        description=text_of(pick("description")),
        target=target,
        actual=actual,
        weight=weight,
        score=score,
        reason=_reason(pick),
        basis=text_of(pick("basis")),
        standard=text_of(pick("standard")),
        prior=_actual(pick, "prior"),
        place=_place(name, row),
    )


def _name(row: Row, columns: Sequence[Column]) -> Cell | None:
    """The indicator's name: its own cell, else the level that is merged over it or stands alone in its row (预算执行率)."""
    own = [c for role in ("level4", "level3") if (c := _cell(row, columns, role)) is not None]
    if named := next((c for c in own if c.compact), None):
        return named
    over = [c for column in columns if column.role == "level3" if (c := row.at(column.first)) is not None and c.row == row.number]
    levels = [c for role in ("level2", "level1") if (c := _cell(row, columns, role)) is not None and c.row == row.number]
    candidates = (over if _says(row, columns, ("weight", "score")) else []) + (over + levels if _says(row, columns, _VALUES) else [])
    return next((c for c in candidates if c.compact and not is_number(c)), own[0] if own else None)


def _says(row: Row, columns: Sequence[Column], roles: Sequence[str]) -> bool:
    return any((c := _cell(row, columns, role)) is not None and not is_blank(c.text) for role in roles)


def _name_and_target(name: Cell, columns: Sequence[Column]) -> tuple[Text, Target] | None:
    """培训人次≥20次 under 三级指标及目标值: what is counted, and its target."""
    column = next((c for c in columns if c.holds(name)), None)
    match = _BOUND.search(name.text)
    if column is None or "及" not in column.header or not column.header.endswith("值") or match is None:
        return None
    at, words = match.start(), name.text[match.start() :].strip()
    printed = name.text[:at].strip().rstrip(":：")
    return Text(printed, name.place.part(0, at, printed)), parse_target(words, name.place.part(at, len(name.text), words))


def _both(pick: Callable[[str], Cell | None]) -> tuple[Figure | None, Figure | None] | None:
    """Weight and score of one cell that holds both: 18/20 under 得分/分值."""
    for role in ("score_weight", "weight_score"):
        cell = pick(role)
        match = _TWO_POINTS.fullmatch(fold(cell.text)) if cell is not None else None
        if cell is not None and match is not None:
            shift = len(cell.text) - len(cell.text.lstrip())
            first, second = (_part(cell, match[n], shift + match.start(n)) for n in (1, 2))
            return (second, first) if role == "score_weight" else (first, second)
    return None


def _part(cell: Cell, digits: str, start: int) -> Figure:
    place = cell.place.part(start, start + len(digits), digits)
    return Figure(Decimal(digits), SCORE_UNIT, digits, len(digits.partition(".")[2]), False, place)


def _with_named_unit(name: Text, target: Target, actual: Actual) -> tuple[Target, Actual]:
    """Numbers without a unit take the one that the indicator's name gives in brackets: 培训人次（人次）."""
    match = _NAMED_UNIT.search(fold(name.text))
    if match is None or match[1] not in UNITS:
        return target, actual
    if target.figure is not None and not target.figure.unit:
        target = replace(target, figure=replace(target.figure, unit=match[1]))
    if actual.figure is not None and not actual.figure.unit:
        actual = replace(actual, figure=replace(actual.figure, unit=match[1]))
    return target, actual


def _standard(printed: str, level: str, levels: Levels) -> str:
    """The canonical name; a satisfaction block without a level-2 name of its own has the usual one."""
    name = level_name(printed, level)
    if name or level == "level1":
        return name or (level_name(printed, "level2") and _parent(level_name(printed, "level2")))
    return "服务对象满意度指标" if not printed and level_name(levels.level1, "level1") == "满意度指标" else ""


def _parent(level2: str) -> str:
    if level2 in ("数量指标", "质量指标", "时效指标"):
        return "产出指标"
    if level2.endswith("成本指标"):
        return "成本指标"
    if level2.startswith("服务对象满意"):
        return "满意度指标"
    return "效益指标" if level2.endswith(("效益指标", "影响指标")) else ""


def _reason(pick: Callable[[str], Cell | None]) -> Text:
    """The deviation column; where a table has none, the remarks."""
    cell = pick("reason")
    return text_of(cell if cell is not None else pick("remark"))


def _is_void(name: Cell | None, target: Target, values: Sequence[Actual], pick: Callable[[str], Cell | None]) -> bool:
    """A line of the form that nobody filled in: no name, no target, no actual (nor, without those, a standard)."""
    plain = fold(name.text) if name is not None else ""
    named = not is_blank(plain) and pattern("headers", "table_words", "filler_rows").fullmatch(plain) is None
    if named or any(t and not is_blank(t.text) for t in (target.text, *(v.text for v in values))):
        return False
    if pick("target") is not None or pick("actual") is not None:
        return True
    return not any(c is not None and c.compact for c in (pick("description"), pick("standard")))


def _place(name: Cell | None, row: Row) -> Place:
    if name is not None and name.compact:
        return name.place
    return row.filled[0].place if row.filled else row.cells[0].place


def _target(pick: Callable[[str], Cell | None], roles: set[str]) -> Target:
    """The target of a row. A column that the table has and the row lost in a merge counts as empty."""
    adjusted, operator, unit = pick("adjusted"), pick("operator"), pick("unit")
    value = adjusted if adjusted is not None and not is_blank(adjusted.text) else pick("target")
    if not roles & {"operator", "unit"}:
        return parse_target(value.text.strip(), value.place) if value is not None else Target(Operator.NONE)
    return parse_columns(
        text_of(operator) if "operator" in roles else None,
        text_of(value),
        text_of(unit) if "unit" in roles else None,
    )


def _actual(pick: Callable[[str], Cell | None], role: str) -> Actual:
    cell = pick(role)
    if cell is None:
        return Actual()
    own = pick(f"{role}_unit")
    unit = own if own is not None else pick("unit")
    word = unit_name(unit.text) if unit is not None and not is_blank(unit.text) else ""
    words = cell.text.strip()
    joined = f"{words}{own.text.strip()}" if own is not None and word and not is_blank(words) else words
    return parse_actual(joined if not joined.endswith(word * 2) else words, cell.place, word)


def _points(cell: Cell | None) -> Figure | None:
    """A weight or score: a bare number, with 分 or %."""
    if cell is None or is_blank(cell.text):
        return None
    return cell_figure(cell, SCORE_UNIT)


def _note_points(cell: Cell | None, level: int, row: Row, harvest: Harvest, table: int) -> None:
    """The weight that a level cell carries in brackets: 产出指标（50分）."""
    if cell is None or cell.row != row.number or not (match := _POINTS.search(cell.text)):
        return
    start, end = match.span(1) if match[1] else match.span(2)
    digits = cell.text[start:end]
    weight = Figure(Decimal(digits), SCORE_UNIT, digits, len(digits.partition(".")[2]), False, cell.place.part(start, end, digits))
    name = level_name(cell.text, f"level{level}") or bare(cell.text)
    harvest.subtotals.append(Subtotal(level, name, weight, None, harvest.scope, table))


def _level_weights(
    row: Row, columns: Sequence[Column], cell1: Cell | None, cell2: Cell | None, harvest: Harvest, table: int
) -> None:
    """Weights and scores in columns of their own beside the level names."""
    for level, owner in ((1, cell1), (2, cell2)):
        cells = [_cell(row, columns, f"{what}_level{level}") for what in ("weight", "score")]
        if owner is None or not owner.compact:
            continue
        weight, score = (_points(c if c is not None and c.row == row.number else None) for c in cells)
        if weight is not None or score is not None:
            name = level_name(owner.text, f"level{level}") or bare(owner.text)
            harvest.subtotals.append(Subtotal(level, name, weight, score, harvest.scope, table))


def _read_total(row: Row, header: Header, harvest: Harvest, table: int) -> None:
    """总分 | 100 | 93: by column where the cells stand under 分值 and 得分, else in this order."""
    weight, score = _pair(row, header)
    _read_budget_total(row, header, harvest, table)
    if weight is None and score is None:
        return
    main = score or weight
    assert main is not None
    if score is not None or "score" not in header.roles():
        harvest.totals.append(Total(main, harvest.scope, weight, "table", table))
    _total_facts(weight, score, row, harvest, table)
    _level_totals(row, header, harvest, table)
    for cell in row.filled:
        if pattern("headers", "labels", "grade_words").fullmatch(bare(cell.text)):
            harvest.grades.append(Grade(text_of(cell), harvest.scope))
    harvest.use(table, *row.filled)


def read_grade(row: Row, harvest: Harvest, table: int) -> bool:
    """自评等级 | 优: a grade word beside its label."""
    for label, value in pairwise(row.filled):
        named = pattern("headers", "labels", "grade").fullmatch(bare(label.text)) is not None
        if named and pattern("headers", "labels", "grade_words").fullmatch(bare(value.text)):
            harvest.grades.append(Grade(text_of(value), harvest.scope))
            harvest.use(table, label, value)
            return True
    return False


def _total_facts(weight: Figure | None, score: Figure | None, row: Row, harvest: Harvest, table: int) -> None:
    label = text_of(row.filled[0])
    for key, figure in (("score.weight_total", weight), ("score.total", score)):
        if figure is not None:
            words = "分值合计" if key == "score.weight_total" else label.compact
            harvest.facts.append(Fact(key, words, figure, scope=harvest.scope, group=f"t{table}:total", source="table", sentence=label))


def _read_budget_total(row: Row, header: Header, harvest: Harvest, table: int) -> None:
    """In a list of projects the sum of their budgets, which belongs to none of them."""
    cell = _cell(row, header.blocks[0], "budget")
    if cell is not None and (figure := cell_figure(cell, harvest.unit)) is not None:
        label = text_of(row.filled[0])
        harvest.facts.append(Fact(UNPLACED, label.compact, figure, Stage.BUDGET, group=f"t{table}:total", source="table", sentence=label))
        harvest.use(table, *row.filled)


def _level_totals(row: Row, header: Header, harvest: Harvest, table: int) -> None:
    """The sums of the columns in which the levels have their weights and scores."""
    for column in (c for c in header.blocks[-1] if c.role.startswith(("weight_level", "score_level"))):
        cell = next(iter(_cells(row, column)), None)
        if cell is not None and (figure := _points(cell)) is not None:
            label = text_of(row.filled[0])
            words = f"{label.compact} {column.header}"
            harvest.facts.append(Fact(UNPLACED, words, figure, scope=harvest.scope, group=f"t{table}:total", source="table", sentence=label))


def _pair(row: Row, header: Header) -> tuple[Figure | None, Figure | None]:
    columns = header.blocks[-1]
    if both := _both(lambda role: _cell(row, columns, role)):
        return both
    weight, score = _points(_cell(row, columns, "weight")), _points(_cell(row, columns, "score"))
    others = [c for c in columns if c.role in _NO_POINTS or c.role.startswith(("weight_level", "score_level"))]
    numbers = [f for c in row.filled if not any(o.holds(c) for o in others) and (f := cell_figure(c, SCORE_UNIT)) is not None]
    found = (weight is not None) + (score is not None)
    if found == 2 or (found == 1 and len(numbers) == 1):
        return weight, score
    roles = {c.role for c in columns}
    has_score = "score" in roles
    if len(numbers) == 1 and not has_score and "actual" in roles and "weight" not in roles:
        return None, numbers[0]
    if len(numbers) == 1:
        return (None, numbers[0]) if has_score and weight is None and len(row.cells) < 4 else (numbers[0], None)
    return (numbers[0], numbers[1]) if len(numbers) >= 2 else (None, None)


def _read_subtotal(row: Row, reading: Reading, harvest: Harvest, table: int) -> None:
    weight, score = _pair(row, reading.header)
    level1 = next((c.compact for c in row.cells if level_name(c.text, "level1")), reading.levels[-1].level1)
    name = level_name(level1, "level1") or bare(level1)
    if name and (weight is not None or score is not None):
        harvest.subtotals.append(Subtotal(1, name, weight, score, harvest.scope, table))
    harvest.use(table, *row.filled)


def looks_like_rows(row: Row, header: Header) -> bool:
    """Whether a row of a table without a header could continue the block of another table."""
    if sum(c.column_span for c in row.cells) != header.width or not row.filled:
        return False
    return not any(role_of(c.text) in ("level1", "level2", "level3") for c in row.filled)
