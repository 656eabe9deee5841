"""``hengjian evaluate FORM``: scores with their formulas, reasons for each lost point, and the printed forms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
from wcwidth import wcswidth

from hengjian.cli.batch import Limits, read_or_fail
from hengjian.cli.main import EXIT_CLEAN, EXIT_FAILED, EXIT_FINDINGS, Command
from hengjian.cli.outputs import reason
from hengjian.cli.worker import read_only
from hengjian.core.extraction.targets import parse_actual
from hengjian.core.figures import Figure, plain, round_half_up
from hengjian.core.profile import Profile
from hengjian.core.report import Report
from hengjian.core.scoring.evaluation import Evaluation, Line, SheetEvaluation, evaluate, with_scores
from hengjian.forms.choosing import form_for, one_by_one
from hengjian.law import ProfileError, load_profile

FORMATS = ("docx", "xlsx", "pdf")

_EPILOG = """\b
示例：
  hengjian evaluate 自评表.xlsx -o out/ --forms docx,xlsx,pdf
  hengjian evaluate 自评表.docx --explain 3
  hengjian evaluate 自评表.xlsx --what-if 信访群众满意度=95% --no-forms

退出码：0 完整；1 已算出但有缺项（缺完成值、缺偏差原因、填报得分不符）；2 不能计算。"""


@click.command(cls=Command, name="evaluate", epilog=_EPILOG)
@click.argument("form", metavar="填好的表")
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path), metavar="文件夹", help="写出表格的文件夹；默认在原表旁")
@click.option("--forms", "formats", default="docx,xlsx,pdf", show_default=True, metavar="格式", help="要出具的格式")
@click.option("--no-forms", is_flag=True, help="只显示得分，不写文件")
@click.option("--profile", metavar="名称或文件", default="national-2020", help="口径")
@click.option("--period", type=int, metavar="年", help="年度，表中没有写时使用")
@click.option("--explain", type=click.IntRange(1), metavar="行号", help="显示某一行得分的算式")
@click.option("--what-if", "what_if", multiple=True, metavar="指标=值", help="假定某指标的完成值，看得分如何变化；不写文件")
@click.option("--format", "form_out", type=click.Choice(["text", "json"]), default="text", help="输出格式")
@click.option("--memory", type=click.IntRange(256), default=1024, show_default=True, metavar="MiB", help="读取进程的内存上限")
@click.option("--cpu-seconds", type=click.IntRange(1), default=60, show_default=True, metavar="秒", help="处理器时间上限")
def evaluate_form(form: str, **options: Any) -> int:
    """给填好的绩效表评分：逐项得分、算式、失分原因，并出具 Word、Excel、PDF。"""
    profile = _profile(options["profile"])
    _formats(options["formats"])
    ((_, report),) = read_or_fail(read_only, [form], Limits(1, options["memory"], options["cpu_seconds"]))
    report = replace(report, year=report.year or options["period"])
    report = _supposed(report, options["what_if"])
    evaluation = evaluate(report, profile)
    if not evaluation.is_computable:
        raise click.ClickException(f"{form}：没有可以评分的指标行（需要 指标值、实际完成值、分值 三栏）。")
    as_json = options["form_out"] == "json"
    if as_json:
        click.echo(json.dumps(as_object(report, evaluation), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_page(report, evaluation, options["explain"])))
    if options["what_if"]:
        click.echo("以上是假定的情形，没有写出表格。", err=as_json)
    elif not options["no_forms"]:
        for path in _write_forms(report, evaluation, form, options):
            click.echo(f"已写出 {path}", err=as_json)
    return EXIT_CLEAN if evaluation.is_complete else EXIT_FINDINGS


def _profile(name: str) -> Profile:
    try:
        return load_profile(name)
    except ProfileError as error:
        raise click.ClickException(str(error)) from error


def _supposed(report: Report, changes: tuple[str, ...]) -> Report:
    """The report with some actuals replaced, for ``--what-if``."""
    for change in changes:
        name, equals, value = change.partition("=")
        rows = [i for i in report.indicators if name and name in i.name]
        if not equals or not rows:
            raise click.ClickException(f"--what-if 应写作 指标=值，且指标要在表中：{change}")
        actual = parse_actual(value)
        if actual.figure is not None and not actual.figure.unit and rows[0].target.figure:
            actual = replace(actual, figure=replace(actual.figure, unit=rows[0].target.figure.unit))
        report = replace(report, indicators=tuple(replace(i, actual=actual) if i in rows else i for i in report.indicators))
    return report


def _page(report: Report, evaluation: Evaluation, explained: int | None) -> Iterator[str]:
    number = 0
    for sheet in evaluation.sheets:
        yield _head(report, sheet)
        yield _row("行", "一级", "二级", "三级指标", "目标", "完成", "分值", "得分", "说明")
        for line in sheet.lines:
            number += 1
            yield _line(number, line)
            if explained == number:
                yield f"      {line.formula}"
        yield from _foot(sheet, evaluation.profile)
    if explained and explained > number:
        raise click.ClickException(f"表中只有 {number} 行指标，没有第 {explained} 行。")


def _head(report: Report, sheet: SheetEvaluation) -> str:
    subject = f"项目  {sheet.scope}" if sheet.scope else f"单位  {report.unit_name or '未写明'}"
    year = f"（{report.year}）" if report.year else ""
    parts = [subject + year]
    execution = sheet.execution
    if execution.budget and execution.executed:
        unit = execution.budget.unit
        parts.append(f"全年预算 {_amount(execution.budget)}  执行 {_amount(execution.executed)} {unit}")
    if sheet.rate is not None:
        parts.append(f"执行率 {sheet.rate}%")
    if sheet.execution_score is not None:
        points = sheet.execution_score.value
        told = f"{round_half_up(points)}" if points is not None else "—"
        parts.append(f"得分 {told} / {plain(sheet.execution_score.weight)}")
    return "      ".join(parts)


def _amount(figure: Figure) -> str:
    return figure.text.strip() or plain(figure.value)


_WIDTHS = (3, 8, 10, 28, 14, 14, 6, 6)


def _row(*cells: str) -> str:
    padded = [_fit(c, w) for c, w in zip(cells, _WIDTHS, strict=False)]
    return "  ".join([*padded, *cells[len(_WIDTHS) :]]).rstrip()


def _fit(text: str, width: int) -> str:
    """Cut or pad to a width in terminal columns: a Chinese character takes two."""
    if wcswidth(text) > width:
        while wcswidth(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - wcswidth(text))


def _line(number: int, line: Line) -> str:
    i = line.indicator
    points = "—" if line.points is None else f"{round_half_up(line.points)}"
    level1, level2 = (i.level1_std or i.level1).removesuffix("指标"), (i.level2_std or i.level2).removesuffix("指标")
    cells = (str(number), level1, level2, i.name, i.target.text.compact, i.actual.text.compact, plain(line.weight), points)
    return _row(*cells, line.explanation)


def _foot(sheet: SheetEvaluation, profile: Profile) -> Iterator[str]:
    total = sheet.total
    told = f"{round_half_up(total.low)}" if total.low == total.high else f"{round_half_up(total.low)}—{round_half_up(total.high)}"
    grade = f"  等级 {sheet.grade}" if sheet.grade else ""
    of = "" if sheet.full == profile.total else f"（满分 {plain(sheet.full)}）"
    yield f"总分 {told}{of}{grade}  口径 {profile.name}"
    for message in dict.fromkeys(gap.message for gap in sheet.gaps):
        yield f"  ▲ {message}"
    yield ""


def _write_forms(report: Report, evaluation: Evaluation, source: str, options: dict[str, Any]) -> list[Path]:
    """The scored report in its official form, and ``evaluate.json``."""
    formats = _formats(options["formats"])
    folder: Path = options["folder"] or Path(source).with_name(Path(source).stem + "-评分")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [*_forms(with_scores(report, evaluation), folder, formats, Path(source)), _json_file(report, evaluation, folder)]
    except OSError as error:
        raise click.ClickException(f"不能写入 {folder}：{reason(error)}。") from error


def _formats(text: str) -> list[str]:
    formats = [f.strip().lower() for f in text.split(",") if f.strip()]
    unknown = [f for f in formats if f not in FORMATS]
    if unknown:
        raise click.ClickException(f"--forms 只能是 {'、'.join(FORMATS)}，没有 {'、'.join(unknown)}。")
    return formats


def _forms(report: Report, folder: Path, formats: list[str], source: Path) -> Iterator[Path]:
    taken: set[str] = set()
    for part in one_by_one(report):
        form = form_for(part)
        if form is None:
            continue
        stem = _free(form.name + (f"-{_filename(part.projects[0].name)}" if part.projects else ""), taken)
        for fmt in formats:
            path = folder / f"{stem}.{fmt}"
            if path.exists() and path.samefile(source):
                raise click.ClickException(f"{path} 是填好的原表，不会覆盖：请用 -o 指定别的文件夹。")
            path.write_bytes(form.render(part, fmt))
            yield path


def _free(stem: str, taken: set[str]) -> str:
    """Two projects of one name get two files."""
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name)
    return name


def _filename(name: str) -> str:
    return "".join("_" if c in '/\\:*?"<>|\n\r\t' else c for c in name)[:60]


def _json_file(report: Report, evaluation: Evaluation, folder: Path) -> Path:
    path = folder / "evaluate.json"
    path.write_text(json.dumps(as_object(report, evaluation), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def as_object(report: Report, evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation with stable English keys; decimals as strings, ``null`` where nothing could be computed."""
    return {
        "schema": "hengjian.evaluate/1",
        "profile": evaluation.profile.name,
        "unit_name": report.unit_name.text,
        "year": report.year,
        "sheets": [_sheet(s) for s in evaluation.sheets],
        "complete": evaluation.is_complete,
        "exit": EXIT_CLEAN if evaluation.is_complete else EXIT_FINDINGS if evaluation.is_computable else EXIT_FAILED,
    }


def _sheet(sheet: SheetEvaluation) -> dict[str, Any]:
    execution = sheet.execution_score
    return {
        "project": sheet.scope,
        "execution_rate": _number(sheet.rate),
        "execution_score": _number(execution.value) if execution else None,
        "execution_formula": execution.formula if execution else None,
        "lines": [_entry(line) for line in sheet.lines],
        "total_low": _number(sheet.total.low),
        "total_high": _number(sheet.total.high),
        "missing": list(sheet.total.missing),
        "grade": sheet.grade,
        "gaps": [{"kind": k, "message": m} for k, m in dict.fromkeys((g.kind.value, g.message) for g in sheet.gaps)],
    }


def _entry(line: Line) -> dict[str, Any]:
    return {
        "level3": line.indicator.name,
        "weight": _number(line.weight),
        "score": _number(line.points),
        "formula": line.formula,
        "lost": _number(line.lost),
        "explanation": line.explanation,
        "given": _number(line.given.value) if line.given else None,
        "reason_missing": line.lacks_reason,
        "loc": line.indicator.place.loc,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{round_half_up(value):f}"
