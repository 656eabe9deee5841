"""``hengjian rules list`` and ``hengjian rules show CODE``."""

from __future__ import annotations

import json

import click

from hengjian.cli.main import Group
from hengjian.core.audit.catalogue import Rule, all_rules, get_rule

FAMILIES = {
    "A": "资金勾稽",
    "P": "人员与数量",
    "W": "权重、得分与等级",
    "T": "指标与目标",
    "D": "文本与格式",
    "L": "指标质量",
}
BASES = {"law": "法规", "form": "表格规定", "arithmetic": "算术", "practice": "通行做法"}


_EPILOG = """\b
示例：
  hengjian rules list                全部规则
  hengjian rules list A W            只看资金和权重得分两类
  hengjian rules show A-03 T-01      含义、依据和正误示例"""


@click.group(cls=Group, name="rules", epilog=_EPILOG)
def rules() -> None:
    """查看核对规则：列表、含义、依据和正误示例。"""


@rules.command("list", epilog=_EPILOG)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式")
@click.argument("families", nargs=-1, metavar="[类别或编号]…")
def list_rules(form: str, families: tuple[str, ...]) -> None:
    """列出全部规则，或只列某几类（A 资金、P 人员、W 权重、T 指标、D 文本、L 质量）。"""
    wanted = [f.upper() for f in families]
    chosen = [r for r in all_rules() if not wanted or r.family in wanted or r.code in wanted]
    if not chosen:
        raise click.ClickException(f"没有 {'、'.join(families)} 类规则；类别为 {'、'.join(FAMILIES)}。")
    if form == "json":
        click.echo(json.dumps([as_json(r) for r in chosen], ensure_ascii=False, indent=1))
        return
    family = ""
    for rule in chosen:
        if rule.family != family:
            family = rule.family
            click.echo(f"{family}  {FAMILIES[family]}")
        off = "" if rule.default else "（默认不启用）"
        click.echo(f"  {rule.code}  {rule.severity.chinese}  {rule.title}{off}")
    click.echo(f"共 {len(chosen)} 条规则")


@rules.command("show", epilog=_EPILOG)
@click.argument("codes", nargs=-1, required=True, metavar="编号…")
def show_rules(codes: tuple[str, ...]) -> None:
    """显示规则的含义、依据和正误示例。"""
    for code in codes:
        try:
            rule = get_rule(code.upper())
        except KeyError:
            raise click.ClickException(f"没有规则 {code}；hengjian rules list 列出全部规则。") from None
        click.echo(describe(rule))


def describe(rule: Rule) -> str:
    """One rule as text for a terminal."""
    lines = [
        f"{rule.code}  {rule.title}",
        f"      {rule.english}",
        f"级别：{rule.severity.chinese}（{rule.severity}）    依据：{BASES[rule.basis]}——{rule.source}",
        *([] if rule.default else ["默认不启用：用 --select 选用"]),
        "",
        *(line.strip() for line in rule.text.splitlines()),
    ]
    if rule.bad:
        lines += ["", f"✗ {rule.bad}"]
    if rule.good:
        lines += [f"✓ {rule.good}"]
    return "\n".join(lines) + "\n"


def as_json(rule: Rule) -> dict[str, object]:
    """One rule with stable English keys."""
    return {
        "rule": rule.code,
        "severity": rule.severity.value,
        "title": rule.title,
        "english": rule.english,
        "basis": rule.basis.value,
        "source": rule.source,
        "default": rule.default,
        "text": rule.text,
        "bad": rule.bad,
        "good": rule.good,
    }
