"""``hengjian compare A B``: two documents of one unit against each other."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import click

from hengjian import __version__
from hengjian.cli.audit_command import SEVERITIES, exit_code, make_order
from hengjian.cli.batch import Limits, read_or_fail
from hengjian.cli.inputs import Input, printed
from hengjian.cli.main import Command
from hengjian.cli.terminal import wants_colour
from hengjian.cli.worker import judge_report, read_only
from hengjian.core.audit.comparing import Difference, Relation, differences, relate
from hengjian.core.report import Report
from hengjian.forms.findings import render
from hengjian.forms.findings.json_output import as_object
from hengjian.forms.findings.result import FileResult, Run

_RELATIONS = {
    Relation.TARGETS: "{a} 是目标，{b} 是完成情况",
    Relation.PREVIOUS: "{a} 是上年，{b} 是本年",
    Relation.PERIOD: "{a} 是前一期监控，{b} 是后一期",
    Relation.VERSION: "{a} 与 {b} 是同类文件",
}
_ARGUMENTS = {Relation.TARGETS: "targets", Relation.PREVIOUS: "previous", Relation.PERIOD: "periods"}


_EPILOG = """\b
示例：
  hengjian compare 目标表.xlsx 自评表.xlsx        批复的目标与自评时的目标是否一致
  hengjian compare 2023年自评.docx 2024年自评.docx   上年数与上年报告是否一致
  hengjian compare 送审稿.docx 定稿.docx --format json

退出码：0 没有达到 --fail-on 的问题；1 有；2 有文件不能读取。"""


@click.command(cls=Command, name="compare", epilog=_EPILOG)
@click.argument("first", metavar="先前的文件")
@click.argument("second", metavar="后来的文件")
@click.option("--format", "form", type=click.Choice(["full", "json"]), default="full", help="输出格式")
@click.option("--select", multiple=True, metavar="编号", help="只用这些类别或规则")
@click.option("--ignore", multiple=True, metavar="编号", help="不用这些类别或规则")
@click.option("--fail-on", type=click.Choice(SEVERITIES), default="warning", help="达到此级别时退出码为 1（默认 warning）")
@click.option("--profile", metavar="名称或文件", default="", help="口径")
@click.option("--memory", type=click.IntRange(256), default=1024, show_default=True, metavar="MiB", help="每个读取进程的内存上限")
@click.option("--cpu-seconds", type=click.IntRange(1), default=60, show_default=True, metavar="秒", help="每个文件的处理器时间上限")
@click.option("-v", "--verbose", count=True, help="显示全部低级问题")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="颜色（默认 auto）")
def compare(first: str, second: str, **options: Any) -> int:
    """对照同一单位的两份文件：目标与自评、上年与本年、前后两期或两个版本。"""
    options |= {"jobs": 2, "tolerance": "", "year": None, "public": False, "allow_unreadable": False, "exit_zero": False}
    (_, earlier), (document, later) = read_or_fail(read_only, [first, second], Limits.of(options))
    _warn_of_other_unit(earlier, later)
    relation = relate(earlier, later)
    order = make_order([Input(first), Input(second)], options)
    found = judge_report(document, later, order, **{_ARGUMENTS[relation]: [earlier]} if relation in _ARGUMENTS else {})
    run = Run([FileResult(second, "", document, later, found)], order.profile, len(order.selection.codes()), __version__)
    run = replace(run, exit_code=exit_code(run, options))
    told = differences(earlier, later)
    if options["form"] == "json":
        click.echo(json.dumps(_object(first, second, relation, told, run), ensure_ascii=False, indent=1))
    else:
        _print(first, second, relation, told)
        click.echo(render("full", run, verbose=options["verbose"], colour=wants_colour(options["color"])).decode(), nl=False)
    return run.exit_code


def _warn_of_other_unit(earlier: Report, later: Report) -> None:
    first, second = earlier.unit_name.compact, later.unit_name.compact
    if first and second and first not in second and second not in first:
        click.echo(f"注意：两份文件的单位不同，{earlier.unit_name}与{later.unit_name}。", err=True)


def _print(first: str, second: str, relation: Relation, told: list[Difference]) -> None:
    click.echo(_RELATIONS[relation].format(a=printed(first), b=printed(second)))
    if not told:
        click.echo("两份文件中名称、年度、口径相同的数字和指标值都一致。")
    for difference in told:
        where = f"{difference.first_place.loc} → {difference.second_place.loc}"
        click.echo(f"  {difference.subject}：{difference.first} → {difference.second}    {where}")
    click.echo("")


def _object(first: str, second: str, relation: Relation, told: list[Difference], run: Run) -> dict[str, Any]:
    entries = [
        {"subject": d.subject, "first": d.first, "second": d.second, "first_loc": d.first_place.loc, "second_loc": d.second_place.loc}
        for d in told
    ]
    heads = {"schema": "hengjian.compare/1", "first": first, "second": second, "relation": relation.value}
    return {**heads, "differences": entries, "audit": as_object(run)}

