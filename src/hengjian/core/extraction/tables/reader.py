"""The walk over all tables of a document, block by block within each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hengjian.core.document import Document, Paragraph, Table
from hengjian.core.extraction.tables.amounts import Sheet, read_amounts
from hengjian.core.extraction.tables.captions import (
    Caption,
    captions,
    document_title,
    kind_of,
    plain_line,
    year_in,
)
from hengjian.core.extraction.tables.columns import Header, infer_header, level_name, read_header
from hengjian.core.extraction.tables.fields import field_of, read_fields, read_goals, read_inline
from hengjian.core.extraction.tables.grid import Grid
from hengjian.core.extraction.tables.harvest import Harvest, TableYield
from hengjian.core.extraction.tables.indicators import Reading, looks_like_rows, read_grade, read_rows
from hengjian.core.extraction.tables.meaning import unit_in
from hengjian.core.extraction.terms import fold
from hengjian.core.figures import MONEY_UNITS
from hengjian.core.report import Text


@dataclass
class Walk:
    """What carries over from one table to the next."""

    harvest: Harvest
    overall: bool
    last: Reading | None = None
    plain_names: bool = False
    about_project: bool = False
    unit: str = "万元"
    year: int | None = None


def read_tables(document: Document, about_project: bool = False) -> TableYield:
    """Everything that the tables of a document say (and the filler's lines around them).

    ``about_project``: the title names the one project that the whole document is about.
    """
    found = captions(document)
    title = document_title(document).compact
    walk = Walk(Harvest(), "整体" in title, about_project=about_project)
    walk.unit = _usual_unit(document, found)
    walk.year = year_in(title)
    walk.plain_names = _named_by_lines(document, found)
    for table in document.tables:
        _read_table(table, found[table.number], walk)
    _read_lines(document, walk.harvest)
    return walk.harvest.result()


def _read_table(table: Table, caption: Caption, walk: Walk) -> None:
    grid, harvest = Grid(table), walk.harvest
    _enter(grid, caption, walk)
    harvest.unit = caption.unit or _table_unit(table) or walk.unit
    roles: set[str] = set()
    number = _continue(grid, caption, walk)
    while number <= grid.height:
        row, start = grid.row(number), number
        header = read_header(grid, number) or _lost_header(grid, number, bool(roles))
        if header is not None:
            roles |= {c.role for c in header.columns if c.role}
            number = _indicators(grid, header, walk)
        elif read_grade(row, harvest, table.number):
            number += 1
        elif taken := read_goals(grid, row, harvest):
            number += taken
        else:
            read_fields(row, grid, harvest)
            number += 1
        harvest.scopes.update(dict.fromkeys(((table.number, n) for n in range(start, number)), harvest.scope))
    _note_kind(caption, roles, walk)
    rows = frozenset(row for number, row in harvest.indicator_rows if number == table.number)
    read_amounts(Sheet(grid, harvest, caption.title, harvest.unit, walk.year, rows, about_project=walk.about_project))


def _table_unit(table: Table) -> str:
    """The unit of money that some header of the table gives."""
    return next((u for c in table.cells if len(c.compact) < 30 and (u := unit_in(c.text)) in MONEY_UNITS), "")


def _usual_unit(document: Document, found: dict[int, Caption]) -> str:
    """What amounts without any unit are in: as elsewhere in the document, else 万元, the unit of these forms."""
    stated = Counter(u for t in document.tables if (u := found[t.number].unit or _table_unit(t)))
    return max(stated, key=lambda u: (stated[u], u == "万元")) if stated else "万元"


def _lost_header(grid: Grid, number: int, has_header: bool) -> Header | None:
    return infer_header(grid, number) if number == 1 and not has_header and not _any_header(grid) else None


def _any_header(grid: Grid) -> bool:
    return any(read_header(grid, n) is not None for n in range(1, min(grid.height, 40) + 1))


def _indicators(grid: Grid, header: Header, walk: Walk) -> int:
    reading = Reading(header)
    previous = walk.last
    if previous is not None and previous.scope == walk.harvest.scope and len(previous.levels) == len(reading.levels):
        reading.levels = previous.levels
    reading.scope = walk.harvest.scope
    walk.last = reading
    walk.harvest.indicator_rows.update((grid.table.number, n) for n in range(header.first_row, header.last_row + 1))
    walk.harvest.use(grid.table.number, *(c for n in range(header.first_row, header.last_row + 1) for c in grid.row(n).cells))
    return read_rows(grid, header.last_row + 1, reading, walk.harvest)


def _continue(grid: Grid, caption: Caption, walk: Walk) -> int:
    """Read on in a table that a page break cut in two; the first row that is not part of it."""
    last = walk.last
    if last is None or grid.height == 0 or not looks_like_rows(grid.row(1), last.header):
        return 1
    if read_header(grid, 1) is not None or field_of(grid.row(1).cells[0].text):
        return 1
    return read_rows(grid, 1, last, walk.harvest)


def _enter(grid: Grid, caption: Caption, walk: Walk) -> None:
    """Whose form this table is, as far as the lines above it say."""
    if walk.last is not None and (caption.adjacent or _carries_on(grid, caption, walk.last)):
        return
    walk.last = None
    name = caption.project
    if not name and not caption.overall:
        name = plain_line(caption) if walk.plain_names and _is_form(grid) else Text()
    walk.harvest.enter(name)


def _carries_on(grid: Grid, caption: Caption, last: Reading) -> bool:
    """A table without a header of its own whose first row stands in the columns of the one before."""
    if caption.project or grid.height == 0 or _is_form(grid) or not looks_like_rows(grid.row(1), last.header):
        return False
    level2 = [c for c in last.header.columns if c.role == "level2"]
    return any(level_name(cell.text, "level2") for column in level2 for cell in grid.row(1).cells if column.holds(cell))


def _is_form(grid: Grid) -> bool:
    return any(read_header(grid, n) is not None for n in range(1, min(grid.height, 40) + 1))


def _has_name_field(grid: Grid) -> bool:
    return any(field_of(c.text) == "project_name" for row in grid.rows[:8] for c in row.filled)


def _named_by_lines(document: Document, found: dict[int, Caption]) -> bool:
    """Several forms without a name field, each under a plain line of its own: the lines are the names."""
    forms = [t for t in document.tables if _is_form(Grid(t)) and not _has_name_field(Grid(t))]
    names = [fold(plain_line(found[t.number]).text) for t in forms if not found[t.number].overall]
    return len([n for n in names if n]) >= 2 and len(set(names)) == len(names)


def _note_kind(caption: Caption, roles: set[str], walk: Walk) -> None:
    harvest = walk.harvest
    title = caption.title
    overall = caption.overall or (not harvest.scope and walk.overall)
    if roles or "基础数据" in title:
        harvest.kinds.append(kind_of(title, roles, overall or not harvest.scope))
    for line in caption.lines:
        if (year := year_in(line.text)) is not None and roles:
            harvest.years.append((year, line.place))


def _read_lines(document: Document, harvest: Harvest) -> None:
    """填表人 … lines and 填报单位 lines outside the tables."""
    for block in document.blocks:
        if isinstance(block, Paragraph) and len(block.text) < 120:
            harvest.scope = ""
            if "项目名称" not in block.text:
                read_inline(block.text, block.place, harvest)
