"""``hengjian audit FILE…``: every contradiction of every report, at its place, with the sum."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from hengjian import __version__
from hengjian.cli.annotating import annotate_beside
from hengjian.cli.batch import Limits, run_batch, sentence
from hengjian.cli.inputs import READABLE, Input, expand
from hengjian.cli.main import EXIT_CLEAN, EXIT_FAILED, EXIT_FINDINGS, Command
from hengjian.cli.outputs import Output, emit, plan, reason, tells_people
from hengjian.cli.selection import (
    Selection,
    SelectionError,
    load_baseline,
    load_settings,
    parse_codes,
    parse_tolerance,
    waived,
)
from hengjian.cli.terminal import wants_colour, with_progress
from hengjian.cli.worker import Order
from hengjian.core.audit.finding import Severity
from hengjian.forms.findings import OUTPUTS, render
from hengjian.forms.findings.result import FileResult, Run
from hengjian.law import ProfileError

SEVERITIES = [s.value for s in (Severity.ERROR, Severity.WARNING, Severity.NOTE)]

_EPILOG = """\b
文件可以是：文件名、文件夹（含下级文件夹）、通配符（报告/*.docx）、@清单.txt（每行一个）、-（标准输入）。
当前文件夹中有 hengjian.toml 时读取其中的 select、ignore、[per-file]、profile、tolerance。
报告.docx 旁有 报告.docx.hjignore 时，其中每行的编号（可加位置，如 A-03 t3r8c5）不计入结果。
\b
示例：
  hengjian audit 自评报告.docx 目标表.pdf
  hengjian audit 各部门报告/ --format xlsx -o 核对结果.xlsx
  hengjian audit 报告.docx --annotate --select A,W --fail-on error

退出码：0 没有达到 --fail-on 的问题；1 有；2 有文件不能读取或用法有误；130 中断。"""


@click.command(cls=Command, name="audit", epilog=_EPILOG)
@click.argument("files", nargs=-1, required=True, metavar="文件或文件夹…")
@click.option("--format", "formats", multiple=True, type=click.Choice(list(OUTPUTS)), help="输出格式，可与 -o 成对重复；默认 full")
@click.option("-o", "--output", "outputs", multiple=True, metavar="文件", help="写入文件，依次对应各 --format")
@click.option("--annotate", is_flag=True, help="在原文件旁写出批注版（docx 批注、xlsx 附注，其他为 html）")
@click.option("--select", "select", multiple=True, metavar="编号", help="只用这些类别或规则，如 A,W-04")
@click.option("--ignore", "ignore", multiple=True, metavar="编号", help="不用这些类别或规则")
@click.option("--min-severity", type=click.Choice(SEVERITIES), default="note", help="只列出不低于此级别的问题（默认 note，即全部）")
@click.option("--fail-on", type=click.Choice(SEVERITIES), default="warning", help="达到此级别时退出码为 1（默认 warning）")
@click.option("--profile", metavar="名称或文件", default="", help="口径：national-2020（默认）、hunan 等，或自己的 .toml 文件")
@click.option("--tolerance", metavar="数", default="", help="合计与各项之和的容差（按印出的单位），代替按小数位数推算")
@click.option("--year", type=int, metavar="年", help="指定报告年度，代替从文件中读到的")
@click.option("--explain", is_flag=True, help="列出每项核对：通过、问题、未核对，及算式")
@click.option("--public", is_flag=True, help="按拟公开文本检查个人信息")
@click.option("--baseline", type=click.Path(path_type=Path), metavar="文件", help="以前的 JSON 结果；只有新问题才计入")
@click.option("--jobs", type=click.IntRange(1, 64), default=None, metavar="数", help="同时读取的进程数，默认按处理器")
@click.option("--memory", type=click.IntRange(256), default=1024, show_default=True, metavar="MiB", help="每个读取进程的内存上限")
@click.option("--cpu-seconds", type=click.IntRange(1), default=60, show_default=True, metavar="秒", help="每个文件的处理器时间上限")
@click.option("--exit-zero", is_flag=True, help="有问题时退出码也为 0")
@click.option("--allow-unreadable", is_flag=True, help="有文件不能读取时不以 2 退出")
@click.option("-v", "--verbose", count=True, help="显示全部低级问题（否则每份文件至多 5 条）")
@click.option("-q", "--quiet", is_flag=True, help="不显示进度和“已写出”")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="颜色（默认 auto：只在终端上，且未设 NO_COLOR）")
def audit(files: tuple[str, ...], **options: Any) -> int:
    """逐条核对绩效报告，列出每处矛盾的位置和算式。"""
    started = time.monotonic()
    inputs = expand_or_fail(files)
    outputs = plan(options["formats"], options["outputs"], inputs)
    order = make_order(inputs, options)
    answers = run_batch(inputs, order, Limits.of(options))
    baseline = _checked(load_baseline, options["baseline"])
    results = [
        _with_waivers(result, source, baseline, Severity(options["min_severity"]))
        for source, result in with_progress(zip(inputs, answers, strict=True), len(inputs), "核对", options["quiet"])
    ]
    run = Run(results, order.profile, len(order.selection.codes()), __version__, time.monotonic() - started)
    run = replace(run, exit_code=exit_code(run, options))
    if not tells_people(outputs):
        tell_unreadable(results)
    written = [emit(o, _rendered(o, run, options), quiet=options["quiet"]) for o in outputs]
    if options["annotate"]:
        written.append(annotate_beside(inputs, results, Limits.of(options), quiet=options["quiet"]))
    return run.exit_code if all(written) else EXIT_FAILED


def _rendered(output: Output, run: Run, options: dict[str, Any]) -> bytes:
    colour = not output.target and wants_colour(options["color"])
    return render(output.form, run, verbose=options["verbose"], explain=options["explain"], colour=colour)


def tell_unreadable(results: Sequence[FileResult]) -> None:
    """Each unreadable file on stderr, where no person reads the result itself."""
    for result in results:
        if result.error:
            click.echo(f"错误：{sentence(result.path, result.error.message)}", err=True)


def expand_or_fail(files: Sequence[str]) -> list[Input]:
    """The inputs, or one clear sentence."""
    try:
        inputs = expand(files)
    except OSError as error:
        raise click.ClickException(f"不能读取 {error.filename or '文件清单'}：{reason(error)}。") from error
    if not inputs:
        raise click.ClickException(f"在 {'、'.join(files)} 中没有找到可读的文件（{'、'.join(e.lstrip('.') for e in READABLE)}）。")
    return inputs


def make_order(inputs: Sequence[Input], options: dict[str, Any]) -> Order:
    """How to judge, from options and ``hengjian.toml``; a wrong profile or rule is one clear sentence."""
    settings = _checked(load_settings, Path())
    selection = Selection(
        _checked(parse_codes, options["select"]) or settings.select,
        _checked(parse_codes, options["ignore"]) + settings.ignore,
        settings.per_file,
    )
    order = Order(
        profile=options["profile"] or settings.profile or "national-2020",
        tolerance=_checked(parse_tolerance, options["tolerance"] or settings.tolerance),
        selection=selection,
        public=options["public"],
        beside=frozenset(Path(i.name).name for i in inputs),
        year=options["year"],
    )
    try:
        order.loaded_profile()
    except ProfileError as error:
        raise click.ClickException(str(error)) from error
    return order


def _checked(function: Any, argument: Any) -> Any:
    try:
        return function(argument)
    except SelectionError as error:
        raise click.ClickException(str(error)) from error


def _with_waivers(result: FileResult, source: Input, baseline: frozenset[tuple[str, ...]], least: Severity) -> FileResult:
    """Drop what is below the least severity; set aside what is waived."""
    if result.audit is None:
        return result
    kept = tuple(f for f in result.audit.findings if f.severity.rank >= least.rank)
    result = replace(result, audit=replace(result.audit, findings=kept))
    return replace(result, waived=frozenset(waived(kept, source.path, baseline)))


def exit_code(run: Run, options: dict[str, Any]) -> int:
    """0 clean, 1 findings at or above ``--fail-on``, 2 a file that could not be read."""
    if any(not r.readable for r in run.files) and not options["allow_unreadable"]:
        return EXIT_FAILED
    limit = Severity(options["fail_on"]).rank
    found = any(f.severity.rank >= limit for r in run.files for f in r.findings)
    return EXIT_FINDINGS if found and not options["exit_zero"] else EXIT_CLEAN
