"""The list of findings as a workbook 问题清单. Text of documents is always text, never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from hengjian.core.audit.catalogue import get_rule
from hengjian.core.audit.finding import Severity
from hengjian.forms.archive import FIXED_MOMENT, repack
from hengjian.forms.findings.result import Run
from hengjian.forms.findings.wording import ROLES, overview, place_words, verdict, why

Row = Sequence[str | int]
_LONGEST = 32_000
"""Characters of a cell; Excel refuses more than 32,767."""

_FILLS = {"高": "FBE3E0", "中": "FFF3D6", "低": "E6F1FA"}


def render_xlsx(run: Run) -> bytes:
    """Four sheets: the summary, the findings, what was not checked, and the figures that were read."""
    book = Workbook()
    summary = book.active or book.create_sheet()
    summary.title = "汇总"
    _fill(summary, ("文件", "高", "中", "低", "结论", "内容"), _summary(run), (44, 6, 6, 6, 14, 34))
    heads: Row = (
        "文件",
        "级别",
        "编号",
        "规则",
        "问题",
        "位置",
        "坐标",
        "报告称",
        "应为",
        "差额",
        "依据",
        "建议",
    )
    _fill(book.create_sheet("问题"), heads, _findings(run), (30, 6, 8, 26, 60, 22, 14, 14, 14, 12, 36, 30))
    _fill(
        book.create_sheet("未核对"),
        ("文件", "编号", "规则或内容", "原因"),
        _not_checked(run),
        (36, 10, 36, 60),
    )
    heads = ("文件", "键", "名称", "数值", "单位", "年度", "阶段", "范围", "坐标")
    _fill(book.create_sheet("数字"), heads, _facts(run), (36, 28, 28, 16, 8, 8, 12, 24, 16))
    book.properties.created = book.properties.modified = datetime(*FIXED_MOMENT)  # noqa: DTZ001
    buffer = BytesIO()
    book.save(buffer)
    return repack(buffer.getvalue())


def _summary(run: Run) -> Iterable[Row]:
    for f in run.files:
        counts = [f.count(s) for s in (Severity.ERROR, Severity.WARNING, Severity.NOTE)]
        yield (f.path, *counts, verdict(f), why(f.path, f.error.message) if f.error else overview(f))


def _findings(run: Run) -> Iterable[Row]:
    for f in run.files:
        for x in f.findings:
            rule = get_rule(x.rule)
            places = "；".join(f"{_role(w.role)}{place_words(w.place)}" for w in x.witnesses)
            locs = "；".join(dict.fromkeys(w.place.loc for w in x.witnesses))
            repairs = "；".join(f"{r.old} → {r.new}" for r in x.repairs)
            yield (f.path, x.severity.chinese, x.rule, rule.title, x.message, places, locs,
                   x.said, x.expected, x.difference, rule.source, repairs)  # fmt: skip


def _role(role: str) -> str:
    return f"{ROLES[role]}：" if role in ROLES else ""


def _not_checked(run: Run) -> Iterable[Row]:
    for f in run.files:
        if f.error:
            yield (f.path, "", "整个文件", why(f.path, f.error.message))
        for entry in f.document.not_read if f.document else ():
            yield (f.path, "", place_words(entry.place), f"未读取：{entry.message}")
        for missing in f.audit.not_checked if f.audit else ():
            yield (f.path, missing.rule, get_rule(missing.rule).title, missing.missing)


def _facts(run: Run) -> Iterable[Row]:
    for f in run.files:
        for fact in f.report.facts if f.report else ():
            yield (f.path, fact.key, fact.label, f"{fact.value:f}", fact.figure.unit, fact.year or "",
                   fact.stage.value, fact.scope, fact.place.loc)  # fmt: skip


def _fill(sheet: Worksheet, heads: Row, rows: Iterable[Row], widths: Sequence[int]) -> None:
    for column, (head, columns) in enumerate(zip(heads, widths, strict=True), 1):
        _put(sheet, 1, column, head).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = columns
    number = 1
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = _put(sheet, number, column, value)
            if value in _FILLS:
                cell.fill = PatternFill("solid", fgColor=_FILLS[str(value)])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{number}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _put(sheet: Worksheet, row: int, column: int, value: str | int) -> Any:
    """Write a value; a text stays text whatever it begins with, amounts and codes keep their digits."""
    cell = sheet.cell(row, column)
    if isinstance(value, int):
        cell.value = value
        return cell
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST]
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
