"""Every figure in a table that is no indicator: funds, base data, accounts, staff, lists; keyed where words allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hengjian.core.document import Cell
from hengjian.core.extraction.prose.amounts import Amounts
from hengjian.core.extraction.prose.context import Context
from hengjian.core.extraction.prose.lines import Line
from hengjian.core.extraction.tables.grades import read_band_table, read_level_scores
from hengjian.core.extraction.tables.grid import Grid, Row, cell_figure, is_number, text_of
from hengjian.core.extraction.tables.harvest import Harvest
from hengjian.core.extraction.tables.meaning import Words, is_column, is_midterm, line_key, meaning, stage_in
from hengjian.core.extraction.targets import is_blank
from hengjian.core.extraction.terms import bare, fold, pattern
from hengjian.core.facts import UNPLACED
from hengjian.core.figures import Figure
from hengjian.core.figures import figure as make_figure
from hengjian.core.report import Fact, Project, Stage, Text, Total

_LONGEST_LABEL = 40
_PAIR = re.compile(r"\s*(?:其中\s*[:：]\s*)?(?P<label>[^:：；;\d]{2,40}?)(?P<sign>[:：]|(?=[\s\d]))\s*(?P<digits>-?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元|亿元|元|人|%|％|分)?\s*[；;。，,]?\s*")
_ITEM_NUMBER = re.compile(r"(?<=任务)\d{1,2}(?=[:：、.．])|(?<=目标)\d{1,2}(?=[:：、.．])|(?<=指标)\d{1,2}(?=[:：、.．])|(?:(?<=\s)|^|(?<=[。；;：:]))\d{1,2}[.、．](?!\d)")
_EVALUATED = re.compile(r"自评|评价|绩效|监控")
_SENTENCE = re.compile(r"[。；;]|，.*，")
_LEVEL = re.compile(r"中央|自治区|[省市区县]级|上级|本级")
"""Whose money it is."""
_FAR = 120
"""How many rows a column header reaches down."""


@dataclass
class Sheet:
    """One table with what is needed to read the figures that are left in it."""

    grid: Grid
    harvest: Harvest
    caption: str
    unit: str
    year: int | None = None
    indicator_rows: frozenset[int] = frozenset()
    about_project: bool = False
    heads: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.heads = [row for row in self.grid.rows if self._is_head(row)]

    def _is_head(self, row: Row) -> bool:
        if row.number in self.indicator_rows or row.has_numbers or not row.filled:
            return False
        if 2 * sum(1 for c in row.filled if self.harvest.used(self.grid.table.number, c)) >= len(row.filled):
            return False
        cells = [c for c in row.filled if len(c.compact) <= _LONGEST_LABEL and not _SENTENCE.search(c.text)]
        if len(cells) < len(row.filled) or (len(cells) < 2 and len(row.cells) > 1):
            return False
        words = [c for c in cells if pattern("lines", "columns", "words").search(bare(c.text))]
        return len(words) >= max(1, len(cells) // 3) and not any((m := _PAIR.match(fold(c.text))) and m["sign"] for c in cells)

    @property
    def number(self) -> int:
        return self.grid.table.number


def read_amounts(sheet: Sheet) -> None:
    """Facts of all cells that nothing else has understood, in reading order."""
    first = len(sheet.harvest.facts)
    read_band_table(sheet.grid, sheet.harvest)
    for head in sheet.heads:
        read_level_scores(sheet.grid, head, sheet.harvest)
    for row in sheet.grid.rows:
        if _counts_columns(row, sheet):
            sheet.harvest.use(sheet.number, *row.filled)
        for cell in row.fresh:
            if cell.compact and not sheet.harvest.used(sheet.number, cell):
                _read_cell(cell, row, sheet)
    _part_sources(sheet.harvest.facts, first, sheet.about_project)
    _tie(sheet.harvest.facts, first)


def _read_cell(cell: Cell, row: Row, sheet: Sheet) -> None:
    figure = cell_figure(cell)
    if figure is not None:
        if not _is_serial(cell, row, sheet):
            _emit(figure, cell, _words(cell, row, sheet), row, sheet)
        sheet.harvest.use(sheet.number, cell)
    elif any(c.isdigit() for c in fold(cell.text)):
        _read_text(cell, row, sheet)


def _is_serial(cell: Cell, row: Row, sheet: Sheet) -> bool:
    """Serial numbers, line numbers and class codes are no figures."""
    path = _path(cell, row, sheet)
    if path and is_column(path[-1], "serial"):
        return True
    left = any(c.compact for c in row.cells if c.column < cell.column)
    digits = fold(cell.text)
    return not left and not path and re.fullmatch(r"\d{1,3}", digits) is not None and cell.column == 1


def _counts_columns(row: Row, sheet: Sheet) -> bool:
    """栏次 | 1 | 2 | 3 below the headers: the columns are numbered."""
    if any(bare(c.text) == "栏次" for c in row.filled):
        return True
    digits = [fold(c.text) for c in row.filled if c.row_span == 1]
    counted = [d for d in digits if re.fullmatch(r"\d{1,2}", d)]
    in_order = [int(d) for d in counted] == list(range(1, len(counted) + 1))
    below_head = any(h.number == row.number - 1 or _reaches(h, row.number - 1) for h in sheet.heads)
    return below_head and in_order and len(counted) >= 4 and len(digits) <= len(counted) + 1


def _reaches(head: Row, number: int) -> bool:
    return any(c.row + c.row_span - 1 == number for c in head.filled)


def _path(cell: Cell, row: Row, sheet: Sheet) -> tuple[str, ...]:
    """The column headers over a cell, top to bottom: those of the nearest header rows above."""
    near = [h for h in sheet.heads if row.number - _FAR <= h.number < row.number]
    texts: list[str] = []
    for head in reversed(near):
        if any(head.number < n < row.number for n in sheet.indicator_rows):
            break
        above = head.at(cell.column)
        if above is None or not above.compact:
            if texts:
                break
            continue
        if above.column < cell.column and any(_starts(h, cell.column) for h in near if h.number == head.number - 1):
            continue
        if texts and head.number + 1 not in {h.number for h in near}:
            break
        if above.text not in texts:
            texts.insert(0, above.text)
        if len(texts) >= 3:
            break
    return tuple(texts)


def _starts(head: Row, column: int) -> bool:
    """Whether a filled header cell begins exactly in this column (a cell reaching over from the left does not count)."""
    return any(c.column == column and c.compact for c in head.cells)


def _labels(cell: Cell, row: Row) -> list[str]:
    """Words left of a cell, nearest first; numbers and serials are passed over."""
    left = [c for c in row.cells if c.column < cell.column]
    return [c.text for c in reversed(left) if c.compact and not is_number(c) and not is_blank(c.text)]


def _words(cell: Cell, row: Row, sheet: Sheet) -> Words:
    labels = _labels(cell, row)
    path = _path(cell, row, sheet)
    direct = next((c for c in reversed(row.cells) if c.column < cell.column and c.compact), None)
    if direct is not None and not is_number(direct) and _is_pair_label(direct, row):
        path = _pair_path(direct, row, sheet) or path
    label, sides = (labels[0], labels[1:]) if labels else ("", [])
    if label and path and not sides and is_column(label, "serial"):
        label = ""
    label = _task(row, sheet) or label
    if not label and path:
        sides = [*sides, *_block_label(cell, row, sheet)]
    scope = sheet.harvest.scope_of(sheet.number, row.number)
    return Words(label, path, tuple(sides), sheet.caption, sheet.unit, sheet.year, bool(scope) or sheet.about_project)


def _block_label(cell: Cell, row: Row, sheet: Sheet) -> list[str]:
    """The label of a block that stands in its header row only (用款计划 | 一季度 | 二季度 over figures)."""
    head = next((h for h in reversed(sheet.heads) if h.number < row.number), None)
    first = head.filled[0] if head is not None else None
    return [first.text] if first is not None and first.column < cell.column else []


def _task(row: Row, sheet: Sheet) -> str:
    """The name in the task column of a list of tasks, which stands left of their contents."""
    head = next((h for h in reversed(sheet.heads) if h.number < row.number and len(h.filled) > 2), None)
    named = [c for c in head.cells if is_column(c.text, "task")] if head is not None else []
    cells = [c for n in named if (c := row.at(n.column)) is not None and c.row == row.number and not is_number(c)]
    return cells[0].text if len(named) > 1 and cells else ""


def _is_pair_label(label: Cell, row: Row) -> bool:
    """Label, value, label, value in one row: the words stand beside the figure, not over it."""
    filled = row.filled
    numbers = [i for i, c in enumerate(filled) if is_number(c)]
    beside = all(i and not is_number(filled[i - 1]) for i in numbers)
    return beside and (len(numbers) > 1 or label.text.strip().endswith((":", "："))) and label.row == row.number


def _pair_path(label: Cell, row: Row, sheet: Sheet) -> tuple[str, ...]:
    """The stage word of a pair: in the label itself, in its row, or in the labels above it (预算数： over 其中：)."""
    if stage_in(label.text) is not None:
        return (label.text,)
    in_row = [c.text for c in row.fresh if c.column < label.column and stage_in(c.text) is not None and len(c.compact) < 8]
    if in_row:
        return (in_row[0],)
    for number in range(row.number - 1, max(0, row.number - 5), -1):
        above = sheet.grid.row(number).at(label.column)
        if above is not None and len(above.compact) < 10 and (stage_in(above.text) is not None or is_midterm(above.text)):
            return (above.text,)
    return ()


def _emit(figure: Figure, cell: Cell, words: Words, row: Row, sheet: Sheet) -> None:
    found = meaning(words)
    if words.path and is_column(words.path[-1], "period") and found.key == "plan.percent":
        found = replace(found, label=_flat(words.path[-1]), stage=Stage.UNSTATED)
    scope, key = _scope(words, row, sheet, found.key)
    if not words.path and "分" in words.label and pattern("headers", "labels", "total").fullmatch(bare(words.label)):
        key, figure = "score.total", replace(figure, unit="分")
        sheet.harvest.totals.append(Total(figure, scope, None, "table", sheet.number))
    unit = figure.unit or ("分" if key == "score.total" else found.unit)
    label = Text(words.label.strip() or found.label, row.filled[0].place if row.filled else cell.place)
    sheet.harvest.facts.append(
        Fact(key, found.label, replace(figure, unit=unit), found.stage, found.year, scope, _group(row, sheet), -1, "table", label)
    )


def _flat(text: str) -> str:
    return "".join(text.split())


def _scope(words: Words, row: Row, sheet: Sheet, key: str) -> tuple[str, str]:
    """The project of a figure: that of the form, or in a list of projects the one its row names."""
    scope = sheet.harvest.scope_of(sheet.number, row.number)
    if scope:
        return scope, key
    name = _listed_project(row, sheet)
    if not name:
        return "", _sum_key(words, sheet, key, _lists_projects(row, sheet))
    if name.compact not in sheet.harvest.projects:
        sheet.harvest.projects[name.compact] = Project(name.compact, place=name.place, has_form=False)
    if key in (UNPLACED, "funds.item"):
        key = _list_key(words)
    return name.compact, key


def _sum_key(words: Words, sheet: Sheet, key: str, listed: bool) -> str:
    """The sum of a list of projects is all 项目支出, unless the list is of those that were evaluated."""
    if not listed or not is_column(words.label, "total"):
        return key
    whole = key == UNPLACED and "项目支出" in sheet.caption and not _EVALUATED.search(sheet.caption)
    return "expenditure.project" if whole and stage_in(words.header) is not None else UNPLACED


def _list_key(words: Words) -> str:
    header = next((t for t in reversed(words.path) if not is_column(t, "total")), words.header)
    key = line_key(header, frozenset({"funds"}))
    if key.startswith("funds."):
        return key
    if pattern("lines", "columns", "execution_rate").search(bare(header)):
        return "execution.rate"
    if is_column(header, "score"):
        return "score.total"
    return "funds.total" if stage_in(header) is not None or "金额" in header else UNPLACED


def _listed_project(row: Row, sheet: Sheet) -> Text:
    """The name in the 项目名称 column of a list of projects."""
    for head in reversed([h for h in sheet.heads if h.number < row.number]):
        column = next((c for c in head.filled if is_column(c.text, "project_name")), None)
        if column is None:
            continue
        others = [c for c in head.filled if c is not column]
        if bare(column.text) == "项目" or not any(stage_in(c.text) is not None or "金额" in c.text for c in others):
            return Text()
        cell = row.at(column.column)
        if _is_group(row, head, sheet):
            return Text()
        known = cell is None or is_column(cell.text, "total") or is_number(cell) or not cell.compact or is_blank(cell.text)
        return Text() if known or cell is None else text_of(cell)
    return Text()


def _lists_projects(row: Row, sheet: Sheet) -> bool:
    return any(is_column(c.text, "project_name") and bare(c.text) != "项目" for h in sheet.heads if h.number < row.number for c in h.filled)


def _is_group(row: Row, head: Row, sheet: Sheet) -> bool:
    """一 | 本级项目 among 1 | …, 2 | …: a group of projects, not one of them."""
    serial = next((c for c in head.filled if is_column(c.text, "serial")), None)
    cell = row.at(serial.column) if serial is not None else None
    if serial is None or cell is None or not re.fullmatch(r"[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.]?", cell.text.strip()):
        return False
    return any((c := r.at(serial.column)) is not None and fold(c.text).isdigit() for r in sheet.grid.from_row(head.number + 1))


def _group(row: Row, sheet: Sheet) -> str:
    head = next((h.number for h in reversed(sheet.heads) if h.number < row.number), 0)
    return f"t{sheet.number}:{head}"


def _read_text(cell: Cell, row: Row, sheet: Sheet) -> None:
    """Figures in words: label and value in one cell (一般公共预算：570.79), else sentences."""
    pairs = list(_pairs(cell))
    if pairs:
        for figure, label in pairs:
            sides = tuple(t for t in (_above(cell, row, sheet), *_labels(cell, row)) if t)
            scope = sheet.harvest.scope_of(sheet.number, row.number)
            words = Words(label, (), sides, sheet.caption, sheet.unit, sheet.year, bool(scope) or sheet.about_project)
            _emit(figure, cell, _sided(words), row, sheet)
        sheet.harvest.use(sheet.number, cell)
        return
    _read_sentences(cell, row, sheet)


def _sided(words: Words) -> Words:
    """The composition of a budget: without words of its own above it, money from 拨款 is income."""
    near = "".join(words.sides[:1])
    if "性质" in near or "来源" in near:
        return replace(words, sides=words.sides[:1])
    return words


def _pairs(cell: Cell) -> Iterator[tuple[Figure, str]]:
    text = cell.text
    position = len(text) - len(text.lstrip())
    found = []
    while position < len(text.rstrip()):
        match = _PAIR.match(text, position)
        if match is None:
            return
        found.append(match)
        position = match.end()
    for match in found:
        label = match["label"].strip()
        known = line_key(label, frozenset({"income", "funds"})) != UNPLACED
        if (not match["sign"] or (len(found) == 1 and not match["unit"])) and not known:
            continue
        start, end = match.span("digits")
        digits = match["digits"].replace(",", "")
        place = cell.place.part(start, end, match["digits"])
        yield replace(make_figure(digits, (match["unit"] or "").replace("％", "%")), place=place), label




def _above(cell: Cell, row: Row, sheet: Sheet) -> str:
    """The nearest words above in this column that say what a composition is by (按收入性质分：)."""
    for number in range(row.number - 1, max(0, row.number - 8), -1):
        above = sheet.grid.row(number).at(cell.column)
        if above is not None and "性质" in above.text:
            return above.text.replace("：", "").replace(":", "")
    return ""


def _read_sentences(cell: Cell, row: Row, sheet: Sheet) -> None:
    """Numbers in running words; a header names years only (1-7月执行数 holds no figure)."""
    scope = sheet.harvest.scope_of(sheet.number, row.number)
    reader = Amounts()
    context = Context(scope=scope, about_project=bool(scope) or sheet.about_project)
    reader.read(Line.of(_ITEM_NUMBER.sub(_blanked, cell.text), cell.place), context)
    shift = len(sheet.harvest.facts)
    if row in sheet.heads:
        reader.facts = [f for f in reader.facts if f.key in ("date.year", "report.year")]
    group = f"t{sheet.number}r{row.number}c{cell.column}"
    for fact in reader.facts:
        whole = fact.whole + shift if fact.whole >= 0 else -1
        sheet.harvest.facts.append(replace(fact, source="table", whole=whole, group=f"{group}:{fact.group}"))


def _blanked(match: re.Match[str]) -> str:
    """Item numbers inside a cell are no figures; blanks keep every offset."""
    return " " * len(match[0])


def _part_sources(facts: list[Fact], first: int, in_project: bool) -> None:
    """Several lines of fiscal money in one block are its sources, not each the whole of it.

    中央, 市级, 区级财政资金 of a project add up to its funds, unless a line 财政拨款 sums them already.
    """
    groups: dict[tuple[str, Stage, int | None, str], set[str]] = {}
    for fact in facts[first:]:
        if fact.key == "funds.fiscal":
            groups.setdefault((fact.group, fact.stage, fact.year, fact.scope), set()).add(fact.label)
    for index in range(first, len(facts)):
        fact = facts[index]
        if fact.key == "funds.fiscal" and len(groups[fact.group, fact.stage, fact.year, fact.scope]) > 1:
            source = line_key(fact.label, frozenset({"income"}))
            whole = any(not _LEVEL.search(label) for label in groups[fact.group, fact.stage, fact.year, fact.scope])
            if _LEVEL.search(fact.label) and (in_project or fact.scope):
                facts[index] = replace(fact, key=UNPLACED) if whole else fact
            elif source not in (UNPLACED, "income.fiscal"):
                facts[index] = replace(fact, key=UNPLACED if in_project or fact.scope else source)


def _tie(facts: list[Fact], first: int) -> None:
    """Parts of a funds block name their total: same block, stage and scope."""
    totals = {(f.group, f.stage, f.scope, f.year): i for i, f in enumerate(facts) if i >= first and f.key == "funds.total"}
    for index in range(first, len(facts)):
        fact = facts[index]
        whole = totals.get((fact.group, fact.stage, fact.scope, fact.year), -1)
        if fact.key in ("funds.fiscal", "funds.carryover", "funds.other") and fact.whole < 0 <= whole:
            facts[index] = replace(fact, whole=whole)
