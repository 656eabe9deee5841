"""Printing the findings of a run: text, JSON, SARIF, HTML, XLSX, JUnit. One module for each output.

What the command line and the later site call:

- ``OUTPUTS``: format name (``full concise table json jsonl sarif html xlsx junit``) to its renderer;
- ``render(form, run, *, verbose=0, explain=False, colour=False) -> bytes`` with ``run`` a ``result.Run``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hengjian.forms.findings.html_output import render_html
from hengjian.forms.findings.json_output import render_json, render_jsonl
from hengjian.forms.findings.junit_output import render_junit
from hengjian.forms.findings.result import FileResult, Run, Trouble
from hengjian.forms.findings.sarif_output import render_sarif
from hengjian.forms.findings.text_output import render_concise, render_full, render_table

__all__ = ["OUTPUTS", "FileResult", "Options", "Run", "Trouble", "render"]


@dataclass(frozen=True, slots=True)
class Options:
    """How much is shown; only the outputs for the terminal look at it."""

    verbose: int = 0
    explain: bool = False
    colour: bool = False


Renderer = Callable[[Run, Options], str | bytes]


def _xlsx(run: Run, _: Options) -> bytes:
    """Imported on use: its library takes longer to load than most files take to judge."""
    from hengjian.forms.findings.xlsx_output import render_xlsx

    return render_xlsx(run)


OUTPUTS: Mapping[str, Renderer] = MappingProxyType(
    {
        "full": lambda run, o: render_full(run, o.verbose, o.explain, o.colour),
        "concise": lambda run, o: render_concise(run),
        "table": lambda run, o: render_table(run, o.verbose, o.colour),
        "json": lambda run, o: render_json(run),
        "jsonl": lambda run, o: render_jsonl(run),
        "sarif": lambda run, o: render_sarif(run),
        "html": lambda run, o: render_html(run),
        "xlsx": _xlsx,
        "junit": lambda run, o: render_junit(run),
    }
)


def render(form: str, run: Run, *, verbose: int = 0, explain: bool = False, colour: bool = False) -> bytes:
    """The run in one format, text as UTF-8. Raises ``KeyError`` for an unknown format."""
    output = OUTPUTS[form](run, Options(verbose, explain, colour))
    return output.encode() if isinstance(output, str) else output
