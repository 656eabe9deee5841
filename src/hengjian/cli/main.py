"""The entry point: the group of commands, their Chinese help, and what happens to errors."""

from __future__ import annotations

import difflib
import os
import re
import sys
from collections.abc import Iterable
from typing import Any

import click

from hengjian import __version__
from hengjian.cli.help import ChineseHelp, write_section

EXIT_CLEAN, EXIT_FINDINGS, EXIT_FAILED, EXIT_INTERRUPTED = 0, 1, 2, 130

_COMMANDS = {
    "audit": ("hengjian.cli.audit_command", "audit"),
    "evaluate": ("hengjian.cli.evaluate_command", "evaluate_form"),
    "compare": ("hengjian.cli.compare_command", "compare"),
    "read": ("hengjian.cli.read_command", "read"),
    "rules": ("hengjian.cli.rules_command", "rules"),
    "mutate": ("hengjian.cli.mutate_command", "mutate"),
    "doctor": ("hengjian.cli.doctor_command", "doctor"),
}


class Command(ChineseHelp, click.Command):
    """A command with a Chinese help page."""


class Group(ChineseHelp, click.Group):
    """The commands, imported only when they are used: ``--version`` must not load a PDF reader."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*_COMMANDS] if self.name == "hengjian" else super().list_commands(ctx)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if self.name != "hengjian" or name not in _COMMANDS:
            return super().get_command(ctx, name)
        module, attribute = _COMMANDS[name]
        command: click.Command = getattr(__import__(module, fromlist=[attribute]), attribute)
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        ChineseHelp.format_options(self, ctx, formatter)
        rows = [(n, c.get_short_help_str(90)) for n in self.list_commands(ctx) if (c := self.get_command(ctx, n))]
        write_section(formatter, "命令", rows)


_EPILOG = """\b
示例：
  hengjian audit 报告/ 目标表.pdf            逐条核对，列出每处矛盾及算式
  hengjian evaluate 自评表.xlsx -o out/      评分、说明失分原因并出具表格
  hengjian rules show A-03                   查看一条规则的含义与依据"""


@click.group(cls=Group, name="hengjian", epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="hengjian %(version)s", help="显示版本")
def cli() -> None:
    """衡鉴：阅读、核对、评分和出具预算绩效报告。"""


def run() -> None:
    """Run the command line; never a traceback for the user's mistake."""
    prepare_console()
    sys.exit(main(sys.argv[1:]))


def main(arguments: list[str]) -> int:
    """Run with arguments and return the exit code: 0 clean, 1 findings, 2 could not, 130 interrupted."""
    try:
        result: Any = cli.main(arguments, prog_name="hengjian", standalone_mode=False)
        return result if isinstance(result, int) else EXIT_CLEAN
    except click.Abort:
        click.echo("已中断。", err=True)
        return EXIT_INTERRUPTED
    except KeyboardInterrupt:
        click.echo("已中断。", err=True)
        return EXIT_INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return EXIT_FAILED
    except click.ClickException as error:
        click.echo(f"错误：{explain(error)}", err=True)
        return EXIT_FAILED
    except BrokenPipeError:
        # The reader of our output (head, less) went away: that is its right.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_CLEAN
    except Exception as error:
        if "HENGJIAN_DEBUG" in os.environ:
            raise
        click.echo(f"程序内部错误（{type(error).__name__}：{error}）。设置环境变量 HENGJIAN_DEBUG=1 可看到详情。", err=True)
        return EXIT_FAILED


def explain(error: click.ClickException) -> str:
    """A click error in Chinese: what, where, what to do."""
    told = _usage(error) if isinstance(error, click.UsageError) else ""
    if not told:
        return error.format_message()
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "hengjian"
    return f"{told}查看用法：{command} --help"


def _usage(error: click.UsageError) -> str:
    """One or two sentences for what was typed wrongly, empty when the message is our own."""
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}。{_guess(error.option_name, _options(error.ctx))}"
    if isinstance(error, click.MissingParameter) and error.param:
        return f"缺少参数 {error.param.make_metavar(error.ctx) if error.ctx else error.param.name}。"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面要写上值。"
    if isinstance(error, click.BadParameter) and error.param:
        return _bad_value(error.param, error.message)
    if error.message.startswith("No such command"):
        return _no_command(error.message.split("'")[1], error.ctx)
    extra = re.search(r"unexpected extra arguments? \((.*)\)", error.message)
    return f"多出了参数 {extra[1]}。" if extra else ""


def _bad_value(param: click.Parameter, message: str) -> str:
    quoted = re.search(r"'([^']*)' is not|^(\S+) is not in the range", message)
    value = (quoted[1] or quoted[2] or "") if quoted else ""
    given = f"，而不是 {value}" if value else ""
    name, kind = param.opts[-1], param.type
    if isinstance(kind, click.Choice):
        return f"{name} 只能是：{'、'.join(str(c) for c in kind.choices)}{given}。{_guess(value, kind.choices)}"
    if isinstance(kind, click.IntRange):
        limits = f"{kind.min}—{kind.max} 的" if kind.max is not None else f"不小于 {kind.min} 的"
        return f"{name} 应是{limits}整数{given}。"
    return f"{name} 应是整数{given}。" if kind is click.INT else f"{name} 的值不能用{given}。"


def _options(ctx: click.Context | None) -> list[str]:
    return [opt for p in ctx.command.get_params(ctx) for opt in p.opts] if ctx else []


def _no_command(name: str, ctx: click.Context | None) -> str:
    known = ctx.command.list_commands(ctx) if ctx and isinstance(ctx.command, click.Group) else [*_COMMANDS]
    return f"没有命令 {name}。{_guess(name, known)}可用命令：{'、'.join(known)}。"


def _guess(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, [str(k) for k in known], 1)
    return f"是不是要 {near[0]}？" if near else ""


def prepare_console() -> None:
    """UTF-8 where the stream can, else glyphs that the console's own encoding has; never a crash on a sign."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if os.name == "nt" and not stream.isatty():
            reconfigure(encoding="utf-8")
        reconfigure(errors="replace")
