"""``hengjian mutate FILE…``: does the audit catch one error injected into a clean report?"""

from __future__ import annotations

import json
from typing import Any

import click

from hengjian.cli.audit_command import expand_or_fail
from hengjian.cli.batch import Limits, run_pool
from hengjian.cli.main import EXIT_CLEAN, EXIT_FAILED, EXIT_FINDINGS, Command
from hengjian.cli.worker import read_only
from hengjian.core.mutation.mutation import all_mutators
from hengjian.core.mutation.trial import Tally, tally
from hengjian.core.reading import Unreadable
from hengjian.law import ProfileError, load_profile


@click.command(cls=Command, name="mutate")
@click.argument("files", nargs=-1, required=True, metavar="无误的文件或文件夹…")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式")
@click.option("--profile", metavar="名称或文件", default="national-2020", help="口径")
@click.option("-v", "--verbose", is_flag=True, help="列出没有被发现的改动")
def mutate(files: tuple[str, ...], **options: Any) -> int:
    """在没有错误的报告里每次放入一个错误，看核对能否发现（检验规则用）。"""
    inputs = expand_or_fail(files)
    try:
        profile = load_profile(options["profile"])
    except ProfileError as error:
        raise click.ClickException(str(error)) from error
    documents, failed = [], False
    for answer in run_pool(read_only, inputs, Limits()):
        if isinstance(answer.value, Unreadable):
            click.echo(f"错误：{answer.value.message}", err=True)
            failed = True
        else:
            documents.append(answer.value[0])
    counts = tally(documents, profile)
    click.echo(_as_json(counts) if options["form"] == "json" else table(counts, verbose=options["verbose"]))
    if failed:
        return EXIT_FAILED
    return EXIT_CLEAN if not counts.missed else EXIT_FINDINGS


def table(counts: Tally, *, verbose: bool = False) -> str:
    """A row for each mutator: tried, caught, share, what it does."""
    lines = ["试验    发现    比例    改动"]
    for registered in all_mutators():
        tried, caught = counts.tried[registered.name], counts.caught[registered.name]
        share = f"{caught / tried:.2f}" if tried else "—"
        lines.append(f"{tried:>4}  {caught:>6}  {share:>6}    {registered.name}  {registered.text}")
    tried, caught = sum(counts.tried.values()), sum(counts.caught.values())
    lines.append(f"共 {tried} 处改动，发现 {caught} 处；无关的误报 {sum(counts.side.values())} 处")
    if verbose:
        lines += [f"未发现：{t.mutation.mutator}  {t.mutation.place.loc}  {t.mutation.old} → {t.mutation.new}" for t in counts.missed]
    return "\n".join(lines)


def _as_json(counts: Tally) -> str:
    rows = [
        {"mutator": r.name, "rules": sorted(r.rules), "tried": counts.tried[r.name], "caught": counts.caught[r.name]}
        for r in all_mutators()
    ]
    told = {"schema": "hengjian.mutate/1", "mutators": rows, "side_alarms": dict(sorted(counts.side.items()))}
    return json.dumps(told, ensure_ascii=False, indent=1)
