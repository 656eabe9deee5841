"""``hengjian read FILE``: what was read – facts, indicators and tables – and what was not."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

import click

from hengjian.cli.audit_command import expand_or_fail
from hengjian.cli.batch import Limits, run_pool, sentence
from hengjian.cli.main import EXIT_CLEAN, EXIT_FAILED, Command
from hengjian.cli.worker import read_only
from hengjian.core.document import Document, Table
from hengjian.core.facts import UNPLACED
from hengjian.core.reading import Unreadable
from hengjian.core.report import Fact, Indicator, Report
from hengjian.forms.findings.json_output import fact_entry, indicator_entry

Read = tuple[Document, Report]


_EPILOG = """\b
示例：
  hengjian read 自评报告.docx                    读到的数字和指标，及其位置
  hengjian read 各部门报告/ --format csv > 数字.csv   数字清单，可用 Excel 打开
  hengjian read 附表.pdf --tables                同时显示表格，核对有没有读错

退出码：0 全部读出；2 有文件不能读取。"""


@click.command(cls=Command, name="read", epilog=_EPILOG)
@click.argument("files", nargs=-1, required=True, metavar="文件或文件夹…")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True, help="输出格式；csv 为数字清单")
@click.option("--tables", is_flag=True, help="同时显示读到的表格")
@click.option("--jobs", type=click.IntRange(1, 64), default=None, metavar="数", help="同时读取的进程数")
@click.option("--memory", type=click.IntRange(256), default=1024, show_default=True, metavar="MiB", help="每个读取进程的内存上限")
@click.option("--cpu-seconds", type=click.IntRange(1), default=60, show_default=True, metavar="秒", help="每个文件的处理器时间上限")
def read(files: tuple[str, ...], **options: Any) -> int:
    """显示从文件中读到的数字、指标和表格，以及没有读到的内容。"""
    inputs = expand_or_fail(files)
    done: list[tuple[str, Read]] = []
    failed = False
    for item, answer in zip(inputs, run_pool(read_only, inputs, Limits.of(options)), strict=True):
        if isinstance(answer.value, Unreadable):
            click.echo(f"错误：{sentence(item.name, answer.value.message)}", err=True)
            failed = True
        else:
            done.append((item.name, answer.value))
    click.echo(_PRINTERS[options["form"]](done, options["tables"]), nl=False)
    return EXIT_FAILED if failed else EXIT_CLEAN


def _as_text(done: Sequence[tuple[str, Read]], tables: bool) -> str:
    return "".join(f"{line}\n" for name, value in done for line in _lines(name, *value, tables=tables))


def _lines(name: str, document: Document, report: Report, *, tables: bool) -> Iterator[str]:
    yield name
    yield f"  类型 {report.kind}　单位 {report.unit_name or '未识别'}　年度 {report.year or '未识别'}"
    placed = [f for f in report.facts if f.key != UNPLACED]
    unplaced = [f for f in report.facts if f.key == UNPLACED]
    yield f"  段落 {len(document.paragraphs)} · 表 {len(document.tables)} · 数字 {len(report.facts)} · 指标 {len(report.indicators)}"
    yield from _section("数字", (_fact(f) for f in placed))
    yield from _section("指标", (_indicator(i) for i in report.indicators))
    yield from _section("未归类的数字", (_fact(f) for f in unplaced))
    if tables:
        for table in document.tables:
            yield from _section(f"表 {table.number}", _rows(table))
    yield from _section("未读取", (f"{n.message}  {n.place.loc}" for n in document.not_read))


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    body = list(lines)
    if body:
        yield f"  {title}"
        yield from (f"    {line}" for line in body)


def _fact(fact: Fact) -> str:
    scope = f"〔{fact.scope}〕" if fact.scope else ""
    return f"{fact.place.loc}\t{scope}{fact.label}\t{fact.figure.text}{fact.figure.unit}\t{fact.key}"


def _indicator(i: Indicator) -> str:
    score = f"\t{i.score.text if i.score else '—'}/{i.weight.text}" if i.weight else ""
    scope = f"〔{i.project}〕" if i.project else ""
    return f"{i.place.loc}\t{scope}{i.level1}/{i.level2}/{i.name}\t{i.target.text} → {i.actual.text}{score}"


def _rows(table: Table) -> Iterator[str]:
    for row in range(1, table.height + 1):
        yield " | ".join(" ".join(c.text.split()) for c in table.starting_in_row(row))


def _as_csv(done: Sequence[tuple[str, Read]], tables: bool) -> str:
    """One line a figure. A leading sign is quoted, so that no cell becomes a formula in a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["file", "location", "key", "label", "value", "unit", "year", "stage", "scope", "context"])
    for name, (_, report) in done:
        for f in report.facts:
            row = [name, f.place.loc, f.key, f.label, f"{f.value:f}", f.figure.unit, f.year or "", f.stage.value, f.scope, f.sentence.text]
            writer.writerow([_harmless(str(cell)) for cell in row])
    return "\ufeff" + buffer.getvalue()


def _harmless(cell: str) -> str:
    return "'" + cell if cell[:1] in ("=", "+", "@") or (cell[:1] == "-" and not cell[1:2].isdigit()) else cell


def _as_json(done: Sequence[tuple[str, Read]], tables: bool) -> str:
    files = [
        {
            "path": name,
            "kind": report.kind.value,
            "unit_name": report.unit_name.text,
            "year": report.year,
            "facts": [fact_entry(f) for f in report.facts],
            "indicators": [indicator_entry(i) for i in report.indicators],
            "tables": [_table_entry(t) for t in document.tables] if tables else [],
            "not_read": [{"code": n.code, "message": n.message, "loc": n.place.loc} for n in document.not_read],
        }
        for name, (document, report) in done
    ]
    return json.dumps({"schema": "hengjian.read/1", "files": files}, ensure_ascii=False, indent=1) + "\n"


def _table_entry(table: Table) -> dict[str, Any]:
    cells = [
        {"row": c.row, "column": c.column, "row_span": c.row_span, "column_span": c.column_span, "text": c.text}
        for c in table.cells
    ]
    return {"number": table.number, "caption": table.caption, "sheet": table.sheet, "cells": cells}


_PRINTERS = {"text": _as_text, "csv": _as_csv, "json": _as_json}
