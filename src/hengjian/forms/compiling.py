"""A form description and a report, put together: the sheets to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hengjian.core.report import Indicator, Project, Report
from hengjian.forms.binding import INDICATOR_FIELDS, Scene, fill, resolve
from hengjian.forms.paper import Align, Box, Grid, Line, Printed, Sheet, Style
from hengjian.forms.template import Template, TemplateLine, TemplateRow

MERGED_FIELDS = ("{level1}", "{level2}")


def sheets(template: Template, report: Report) -> Iterator[Sheet]:
    """One sheet for the unit, or one for each project that has a form."""
    for scene in scenes(template, report):
        name = scene.project.name if scene.project else template.name
        grid = grid_of(template, scene)
        above = [line_of(line, scene) for line in template.above]
        below = [line_of(line, scene) for line in template.below]
        yield Sheet(name, (*above, grid, *below), landscape=template.landscape)


def scenes(template: Template, report: Report) -> list[Scene]:
    if not template.per_project:
        return [Scene(report, template.money)]
    projects = [p for p in report.projects if p.has_form] or [Project("")]
    return [Scene(report, template.money, project) for project in projects]


def line_of(line: TemplateLine, scene: Scene) -> Line:
    return Line(fill(line.text, scene).text, Style(line.style), fill(line.right, scene).text)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row to print: the description's row and the indicator it shows, or the level names of an empty line."""

    template: TemplateRow
    scene: Scene
    levels: tuple[str, str] = ("", "")

    def content(self, column: int) -> Printed:
        text = self.template.cells[column].text
        if self.scene.indicator is None and text in MERGED_FIELDS:
            return Printed(self.levels[MERGED_FIELDS.index(text)], align=Align.CENTRE)
        return fill(text, self.scene)

    def same_as(self, other: _Row, column: int) -> bool:
        """Whether this row's level cell continues the one of the row above: same level, and same level 1 too."""
        if self.template is not other.template:
            return False
        depth = MERGED_FIELDS.index(self.template.cells[column].text) + 1
        return self.levels[:depth] == other.levels[:depth] and bool(self.levels[depth - 1])


def grid_of(template: Template, scene: Scene) -> Grid:
    rows = list(_rows(template, scene))
    boxes = [box for row in range(len(rows)) for box in _boxes_starting(rows, row)]
    header = next((i for i, row in enumerate(rows, 1) if row.template.word == "head"), 0)
    return Grid(template.widths, tuple(boxes), header)


def _rows(template: Template, scene: Scene) -> Iterator[_Row]:
    for row in template.rows:
        if row.word == "each":
            yield from _indicator_rows(template, row, scene)
        elif row.word not in ("if", "unless") or bool(resolve(row.condition, scene).text) == (
            row.word == "if"
        ):
            yield _Row(row, scene)


def _indicator_rows(template: Template, row: TemplateRow, scene: Scene) -> Iterator[_Row]:
    for level1, level2, indicators in tree(template, scene.report.indicators_of(scene.scope, "table")):
        for indicator in indicators:
            yield _Row(row, scene.at(indicator), (level1, level2))
        if not indicators:
            yield _Row(row, scene, (level1, level2))


def tree(template: Template, indicators: Sequence[Indicator]) -> list[tuple[str, str, list[Indicator]]]:
    """The indicators in the order of the form: by level 1, then level 2, then as given.

    With ``keep_empty_levels`` a level 2 of the form without indicators gives an empty group.
    """
    order = [(one, two) for one, twos in template.levels for two in twos]
    present = [_levels(i) for i in indicators]
    wanted = [*(order if template.keep_empty_levels else []), *present]
    firsts = [one for one, _ in [*order, *present]]
    ranked = sorted(
        dict.fromkeys(wanted), key=lambda pair: (firsts.index(pair[0]), _rank(pair, order, present))
    )
    return [(one, two, [i for i in indicators if _levels(i) == (one, two)]) for one, two in ranked]


def _rank(pair: tuple[str, str], order: list[tuple[str, str]], present: list[tuple[str, str]]) -> int:
    return order.index(pair) if pair in order else len(order) + present.index(pair)


def _levels(indicator: Indicator) -> tuple[str, str]:
    return INDICATOR_FIELDS["level1"](indicator), INDICATOR_FIELDS["level2"](indicator)


def _boxes_starting(rows: Sequence[_Row], row: int) -> Iterator[Box]:
    cells = rows[row].template.cells
    for column in range(len(cells)):
        if cells[column].is_left or _continues(rows, row, column):
            continue
        span = 1 + next(
            (n for n, c in enumerate(cells[column + 1 :]) if not c.is_left), len(cells) - column - 1
        )
        yield _box(rows[row].content(column), row, column, _height(rows, row, column), span)


def _continues(rows: Sequence[_Row], row: int, column: int) -> bool:
    cell = rows[row].template.cells[column]
    if cell.is_above:
        return True
    merged = cell.text in MERGED_FIELDS and row > 0
    return merged and rows[row].same_as(rows[row - 1], column)


def _height(rows: Sequence[_Row], row: int, column: int) -> int:
    below = range(row + 1, len(rows))
    return 1 + next((n for n, r in enumerate(below) if not _continues(rows, r, column)), len(below))


def _box(content: Printed, row: int, column: int, height: int, width: int) -> Box:
    return Box(
        row + 1, column + 1, content.text, height, width, content.align or Align.LEFT, content.bold,
        None if content.code else content.number,
    )  # fmt: skip
