"""Makes a form from its description alone: a new county's form is a folder with a ``form.toml``."""

from __future__ import annotations

from pathlib import Path

from hengjian.core.report import Report
from hengjian.forms.compiling import sheets
from hengjian.forms.form import Form
from hengjian.forms.paper import Paper
from hengjian.forms.showing import shown
from hengjian.forms.template import load_template


def declared(folder: Path, file: str = "form.toml") -> Form:
    """The form that a folder describes. Raises ``ValueError`` for a description that is not a grid."""
    template = load_template(folder, file)

    def paper(report: Report) -> Paper:
        return Paper(template.name, tuple(sheets(template, report)))

    def prints(report: Report) -> Report:
        return shown(template, report)

    return Form(template.code, template.name, template.kind, paper, prints)
