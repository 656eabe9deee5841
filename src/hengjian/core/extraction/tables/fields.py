"""Form fields beside and around a table: names, codes, departments, goals, the filler's line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from hengjian.core.document import Cell
from hengjian.core.extraction.tables.columns import level_name, role_of
from hengjian.core.extraction.tables.grid import Grid, Row, cell_figure, says_nothing, text_of
from hengjian.core.extraction.tables.harvest import Harvest
from hengjian.core.extraction.terms import bare, fold, pattern
from hengjian.core.places import Place
from hengjian.core.report import Text

_FIELDS = (
    "project_name", "project_code", "department", "unit", "unit_name", "nature", "period", "filler", "filed_on", "phone",
    "head", "thrift",
)  # fmt: skip
_ORGAN = re.compile(r"[局厅部委办院所站会队校馆司处团社镇乡厂室]|中心|政府|公司|街道|本级|机关|学校|检察|单位[A-Z甲乙]|大学")
_INLINE = re.compile(
    r"(?P<label>填\s*[表报写]\s*人(?:员|姓名|签字)?|填\s*[表报]\s*[日时]\s*[期间]|申报日期|联\s*系\s*(?:电\s*话|方\s*式)|电\s*话|填报单位|填报部门|单位名称|部门名称|预算单位名称|"
    r"预算单位|项目名称|项目编码|主管部门(?:及代码)?|实施单位|单位负责人|项目负责人|联系人|日\s*期|审核人|经办人)(?:[（(][^（()）]*[)）])?\s*[:：]\s*"
)


def field_of(text: str) -> str:
    """The form field that a label names, or empty."""
    plain, exact = bare(text), fold(text).rstrip(":")
    if not plain or len(plain) > 25:
        return ""
    for name in _FIELDS:
        words = pattern("headers", "labels", name)
        if words.fullmatch(plain) or words.fullmatch(exact):
            return name
    return ""


def read_fields(row: Row, grid: Grid, harvest: Harvest) -> bool:
    """Labels with their values in this row. A row in which only labels stand is the header of a list."""
    pairs = list(_pairs(row))
    inline = [c for c in row.filled if _INLINE.search(c.text)]
    for label, value, name in sorted(pairs, key=lambda pair: pair[2] != "project_name"):
        _tell(name, text_of(value), harvest)
        harvest.use(grid.table.number, label, value)
    used = {id(c) for pair in pairs for c in pair[:2]}
    told = False
    for cell in inline:
        if id(cell) not in used:
            told = read_inline(cell.text, cell.place, harvest) or told
            harvest.use(grid.table.number, cell)
    return bool(pairs) or told


def _pairs(row: Row) -> Iterator[tuple[Cell, Cell, str]]:
    cells = list(row.cells)
    labels = [c for c in cells if field_of(c.text)]
    if len(labels) > 1 and all(field_of(c.text) or _is_heading(c.text) for c in row.filled):
        return
    index = 0
    while index < len(cells) - 1:
        name = field_of(cells[index].text) if cells[index].row == row.number else ""
        value = _value_after(cells, index)
        if name and not _is_heading(value.text) and not field_of(value.text) and _can_be_value(value, name):
            yield cells[index], value, name
            index += 1
        index += 1


def _value_after(cells: list[Cell], index: int) -> Cell:
    """The cell beside a label; where it is empty, the next one that says something (a merge that was lost)."""
    beside = cells[index + 1]
    if beside.compact:
        return beside
    filled = next((c for c in cells[index + 2 :] if c.compact), beside)
    return filled if cells[index].column == 1 and not filled.text.strip().endswith((":", "：")) else beside


def _can_be_value(cell: Cell, name: str) -> bool:
    """A value that is words; a bare number is one only for a code, a telephone or a period."""
    if name == "project_name" and (level_name(cell.text, "level1") or level_name(cell.text, "level2")):
        return False
    if name == "unit_name" and cell.compact and not _ORGAN.search(fold(cell.text)):
        return False
    return name in ("project_code", "phone", "period", "filed_on") or cell_figure(cell) is None


def _is_heading(text: str) -> bool:
    plain = bare(text)
    return (bool(role_of(text)) and plain != "无") or pattern("lines", "stages", "header").fullmatch(plain) is not None or (
        pattern("lines", "headings", "words").fullmatch(plain) is not None
    )  # fmt: skip


def _tell(name: str, text: Text, harvest: Harvest) -> None:
    if name == "project_name":
        harvest.spell_out(text)
    else:
        harvest.tell(name, text)


_INLINE_ROLES = (
    ("filler", r"填.*人|经办人"), ("filed_on", r"日期|时间"), ("phone", "电话|方式"), ("unit_name", "填报单位|填报部门|单位名称|部门名称|预算单位"),
    ("project_name", "项目名称"), ("project_code", "项目编码"), ("department", "主管部门"), ("unit", "实施单位"),
)  # fmt: skip


def read_inline(text: str, place: Place, harvest: Harvest) -> bool:
    """“填表人：…  填报日期：…  联系电话：…” in one line or cell."""
    matches = list(_INLINE.finditer(text))
    followers = [*matches[1:], None][: len(matches)]
    for match, following in zip(matches, followers, strict=True):
        end = following.start() if following else len(text)
        value = text[match.end() : end]
        value = re.split(r"[ 　 ]{3,}|[\n\t]|\s(?:金额)?单位\s*[:：]", value.strip())[0].strip() if value.strip() else ""
        label = fold(match["label"])
        name = next((role for role, words in _INLINE_ROLES if re.search(words, label)), "")
        start = match.end() + (len(text[match.end() : end]) - len(text[match.end() : end].lstrip()))
        if name and value:
            _tell(name, Text(value, place.part(start, start + len(value), value)), harvest)
    return bool(matches)


def read_goals(grid: Grid, row: Row, harvest: Harvest) -> int:
    """A goal block that starts in this row: the number of rows it takes, 0 when there is none."""
    return _double_goal(grid, row, harvest) or _single_goal(grid, row, harvest)


def _is(text: str, label: str) -> bool:
    return pattern("headers", "labels", label).fullmatch(bare(text)) is not None


def _double_goal(grid: Grid, row: Row, harvest: Harvest) -> int:
    """预期目标 | 实际完成情况, or 中期目标 | 年度目标, with the texts in the row below."""
    filled = row.filled
    expected = [c for c in filled if _is(c.text, "goal_expected") or _is(c.text, "goal")]
    actual = next((c for c in reversed(filled) if _is(c.text, "goal_actual") and not _is(c.text, "goal_expected")), None)
    midterm = next((c for c in filled if pattern("headers", "groups", "midterm").fullmatch(bare(c.text))), None)
    target = next((c for c in reversed(expected) if c is not midterm and (actual is None or c.column < actual.column)), None)
    if target is None or (actual is None and midterm is None) or row.number == grid.height or len(filled) > 4:
        return 0
    below = grid.row(row.number + 1)
    roles = [(target, "goal"), (actual, "goal_actual")]
    taken = [(cell, name) for label, name in roles if label is not None and (cell := _under(below, label)) is not None]
    if any(role_of(c.text) in ("level1", "level2", "level3") for c in below.filled):
        return 0
    for cell, name in taken:
        if not says_nothing(cell):
            harvest.tell(name, text_of(cell))
    harvest.use(grid.table.number, *filled)
    return 2


def _under(row: Row, label: Cell) -> Cell | None:
    cell = row.at(label.column)
    return cell if cell is not None and cell.row == row.number else None


def _single_goal(grid: Grid, row: Row, harvest: Harvest) -> int:
    """年度总体目标 | text; the text may run on in the rows below, whose label cell is empty or lost."""
    filled = row.filled
    if len(filled) == 1:
        return _purpose_below(grid, row, harvest)
    if not 1 < len(filled) <= 4:
        return 0
    taken = 0
    for label, value in pairwise(filled):
        name = "goal_actual" if _is(label.text, "goal_actual") else "goal" if _is(label.text, "goal") else ""
        name = name or ("purpose" if _is(label.text, "purpose") else "")
        if not name or _is_heading(value.text) or cell_figure(value) is not None or _is(value.text, "goal_actual"):
            continue
        harvest.tell(name, text_of(value))
        harvest.use(grid.table.number, label)
        taken = 1
        if name == "goal":
            taken += _continued(grid, row, label, harvest)
    return taken


def _purpose_below(grid: Grid, row: Row, harvest: Harvest) -> int:
    """The words under the amounts, beside a label merged over both rows (预算规模及资金用途)."""
    label, value = row.cells[0], row.filled[0]
    if label is value or label.row >= row.number or not _is(label.text, "purpose") or cell_figure(value) is not None:
        return 0
    harvest.tell("purpose", text_of(value))
    return 1


def _continued(grid: Grid, row: Row, label: Cell, harvest: Harvest) -> int:
    count = 0
    for following in grid.rows[row.number : row.number + 6]:
        filled = following.filled
        if len(filled) != 1 or len(filled[0].compact) < 6 or _is_heading(filled[0].text) or field_of(filled[0].text):
            break
        merged = label.row + label.row_span > following.number
        lost_label = filled[0].column > label.column or re.match(r"\d{1,2}[.、．]", fold(filled[0].text)) is not None
        if not merged and not lost_label:
            break
        harvest.tell("goal", text_of(filled[0]))
        count += 1
    return count
