"""Help pages with Chinese headings, in columns that count a Chinese character as two."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click
from wcwidth import wcswidth, wcwidth

_COLUMN = 32
_WIDTH = 100
_PIECES = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…"}
_DEFAULT = re.compile(r"\s*\[default: ([^;\]]+)(?:;[^\]]*)?\]$")
_RANGE = re.compile(r"\s*\[(?:(\d+)<=)?x[<>]=(\d+)\]$")


class ChineseHelp:
    """Mixed into command and group."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = [_PIECES.get(p, p) for p in self.collect_usage_pieces(ctx)]  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [r for p in self.get_params(ctx) if (r := p.get_help_record(ctx))]  # type: ignore[attr-defined]
        write_section(formatter, "选项", [(name, _chinese(text)) for name, text in records if name.startswith("-")])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示本说明"
        return option  # type: ignore[no-any-return]


def write_section(formatter: click.HelpFormatter, title: str, rows: Iterable[tuple[str, str]]) -> None:
    """Names at the left, what they mean at the right, a long name on a line of its own."""
    rows = list(rows)
    column = min(_COLUMN, max(wcswidth(name) for name, _ in rows) + 4)
    formatter.write(f"\n{title}：\n")
    for name, text in rows:
        lead, margin = f"  {name}", " " * column
        lines = _wrapped(text, _WIDTH - column)
        if wcswidth(lead) <= column - 2:
            formatter.write(lead + " " * (column - wcswidth(lead)) + lines.pop(0) + "\n")
        else:
            formatter.write(f"{lead}\n")
        formatter.write("".join(f"{margin}{line}\n" for line in lines))


def _wrapped(text: str, columns: int) -> list[str]:
    lines, used = [""], 0
    for sign in text:
        if used + wcwidth(sign) > columns and sign not in "，。；：、）":
            lines.append("")
            used = 0
        lines[-1] += sign
        used += max(wcwidth(sign), 0)
    return lines


def _chinese(text: str) -> str:
    """Click's own remarks about defaults and ranges."""
    text = _DEFAULT.sub(lambda m: f"（默认 {m[1]}）", text)
    return _RANGE.sub(lambda m: f"（{m[1]}—{m[2]}）" if m[1] else "", text)
