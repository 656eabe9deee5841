"""F7: narrative self-evaluation reports in the layout of GB/T 9704, with their forms attached."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hengjian.core.report import Report
from hengjian.forms.binding import Scene
from hengjian.forms.form import Form
from hengjian.forms.narrative.outline import Outline, load_outline
from hengjian.forms.narrative.showing import told
from hengjian.forms.narrative.telling import fill, tell
from hengjian.forms.paper import Block, Line, Paper, Sheet, Style

FOLDER = Path(__file__).parent
FILES = ("overall_hunan.toml", "overall_hebei.toml", "overall_sichuan.toml", "project_hunan.toml")


def narratives(forms: Mapping[str, Form]) -> list[Form]:
    """The narrative reports; ``forms`` are the forms that they attach."""
    return [_form(load_outline(FOLDER / file), forms) for file in FILES]


def _form(outline: Outline, forms: Mapping[str, Form]) -> Form:
    annexes = [forms[code] for code in outline.annexes]

    def paper(report: Report) -> Paper:
        scene = scene_of(outline, report)
        attached = [
            sheet for form in annexes for sheet in form.paper(report).sheets if _says_something(form, report)
        ]
        body = Sheet(outline.name, tuple(_blocks(outline, scene, attached)), official=True)
        return Paper(fill(outline.title, scene).replace("⏎", ""), (body, *attached))

    def prints(report: Report) -> Report:
        return told(
            outline, scene_of(outline, report), [f for f in annexes if _says_something(f, report)], FOLDER
        )

    return Form(outline.code, outline.name, outline.kind, paper, prints, formats=("docx", "pdf"))


def scene_of(outline: Outline, report: Report) -> Scene:
    project = report.projects[0] if "project" in outline.kind.value and report.projects else None
    return Scene(report, outline.money, project)


def _says_something(form: Form, report: Report) -> bool:
    """A form is attached only when the report has something to put on it."""
    shown = form.prints(report)
    return bool(shown.facts or shown.indicators)


def _blocks(outline: Outline, scene: Scene, attached: list[Sheet]) -> list[Block]:
    title = (fill(outline.title, scene) or outline.name).replace("⏎", "\n")
    blocks: list[Block] = [Line(title, Style.TITLE), *tell(outline, scene, FOLDER)]
    blocks += _attachments(attached)
    report = scene.report
    if report.unit_name:
        blocks.append(Line(report.unit_name.text.strip(), Style.SIGNATURE))
    if report.filed_on:
        blocks.append(Line(report.filed_on.text.strip(), Style.DATE))
    return blocks


def _attachments(attached: list[Sheet]) -> list[Block]:
    """附件说明: one line for each attached form, numbered when there are several."""
    if not attached:
        return []
    names = list(dict.fromkeys(s.name for s in attached))
    lines = [f"{number}.{name}" if len(names) > 1 else name for number, name in enumerate(names, 1)]
    return [
        Line(f"附件：{lines[0]}", Style.ATTACHMENT),
        *(Line(line, Style.ATTACHMENT_NEXT) for line in lines[1:]),
    ]
