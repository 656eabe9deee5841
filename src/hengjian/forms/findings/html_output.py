"""One self-contained page: the text of every document with marks, its findings beside it. Nothing is fetched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise

from hengjian.core.audit.catalogue import get_rule
from hengjian.core.audit.finding import Finding, Severity
from hengjian.core.document import Document, Paragraph, Table
from hengjian.core.places import NOWHERE, Place
from hengjian.forms.findings.result import FileResult, Run
from hengjian.forms.findings.wording import GLYPHS, overview, place_words, verdict, why

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_TAGS = {1: "h2", 2: "h3", 3: "h4"}


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch of a block's text that a finding names; an empty end means the whole."""

    start: int
    end: int
    anchor: str
    finding: Finding


_Marks = dict[tuple[int, int, int], list[_Mark]]


def render_html(run: Run) -> str:
    """The page for a run: a summary when there are several files, then every file."""
    body = [_file(result, number) for number, result in enumerate(run.files, 1)]
    contents = _summary(run) if len(run.files) > 1 else ""
    return page("报告核对结果", contents + "".join(body))


def page(title: str, body: str) -> str:
    return (
        "<!DOCTYPE html>\n"
        '<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title><style>{_style()}</style></head>\n<body>\n{body}</body></html>\n"
    )


@cache
def _style() -> str:
    return files(__package__).joinpath("page.css").read_text("utf-8")


def _summary(run: Run) -> str:
    rows = "".join(
        f'<tr><td><a href="#d{n}">{escape(f.path)}</a></td>'
        + "".join(f"<td class=n>{f.count(s)}</td>" for s in (Severity.ERROR, Severity.WARNING, Severity.NOTE))
        + f"<td>{verdict(f)}</td></tr>"
        for n, f in enumerate(run.files, 1)
    )
    return f"<header><h1>报告核对结果</h1><table class=summary><thead><tr><th>文件<th>高<th>中<th>低<th>结论</thead><tbody>{rows}</tbody></table></header>\n"


def _file(result: FileResult, number: int) -> str:
    head = f"<h1>{escape(result.path)}</h1>"
    if result.error is not None or result.document is None:
        message = why(result.path, result.error.message) if result.error else ""
        return f'<section class=file id="d{number}">{head}<p class=trouble>不能读取：{escape(message)}</p></section>\n'
    marks = _marks(result, number)
    counts = "　".join(
        f"{s.chinese} {result.count(s)}" for s in (Severity.ERROR, Severity.WARNING, Severity.NOTE)
    )
    text = "".join(_block(block, marks) for block in result.document.blocks)
    return (
        f'<section class=file id="d{number}">{head}<p class=facts>{escape(overview(result))}　{counts}　{verdict(result)}</p>'
        f"<div class=beside><main>{text}</main><aside>{''.join(_findings(result, number))}</aside></div></section>\n"
    )


def _marks(result: FileResult, number: int) -> _Marks:
    marks: _Marks = defaultdict(list)
    for index, finding in enumerate(result.findings, 1):
        for w in finding.witnesses:
            if w.place != NOWHERE:
                key = (w.place.block, w.place.row, w.place.column)
                marks[key].append(_Mark(w.place.start, w.place.end, f"d{number}f{index}", finding))
    return marks


def _findings(result: FileResult, number: int) -> Iterator[str]:
    for index, finding in enumerate(result.findings, 1):
        yield _card(finding, f"d{number}f{index}", result.document)
    if not result.findings:
        yield "<p>未发现矛盾。</p>"
    entries = result.document.not_read if result.document else ()
    if entries:
        items = "".join(f"<li>{escape(e.message)}（{escape(place_words(e.place))}）</li>" for e in entries)
        yield f"<section class=missing><h2>未读取</h2><ul>{items}</ul></section>"
    missing = result.audit.not_checked if result.audit else ()
    if missing:
        items = "".join(
            f"<li>{m.rule} {escape(get_rule(m.rule).title)}：{escape(m.missing)}</li>" for m in missing
        )
        yield f"<details class=missing><summary>未核对 {len(missing)} 项</summary><ul>{items}</ul></details>"


def _card(finding: Finding, anchor: str, document: Document | None) -> str:
    rule = get_rule(finding.rule)
    places = "".join(
        f'<li><a href="#{_anchor(w.place)}">{escape(place_words(w.place))}</a>{_quoted(w.text)}</li>'
        for w in finding.witnesses
        if w.place != NOWHERE
    )
    repairs = "".join(
        f"<p class=repair>提示：{escape(r.old)} → {escape(r.new)} {escape(r.note)}</p>"
        for r in finding.repairs
    )
    severity = finding.severity
    return (
        f'<article class="{severity.value}" id="{anchor}"><h2>{GLYPHS[severity]} {severity.chinese} {finding.rule} {escape(rule.title)}</h2>'
        f"<p>{escape(finding.message)}</p>{repairs}<ul>{places}</ul><p class=basis>依据：{escape(rule.source)}</p></article>"
    )


def _quoted(text: str) -> str:
    return f" <q>{escape(text[:60])}</q>" if text else ""


def _anchor(place: Place) -> str:
    return f"b{place.block}-{place.row}-{place.column}"


def _block(block: Paragraph | Table, marks: _Marks) -> str:
    if isinstance(block, Table):
        return _table(block, marks)
    tag = _TAGS.get(block.level, "p")
    own = marks.get((block.place.block, block.place.row, block.place.column), [])
    return f'<{tag} id="{_anchor(block.place)}" class="{block.role}">{_marked(block.text, own)}</{tag}>\n'


def _table(table: Table, marks: _Marks) -> str:
    rows = []
    for row in range(1, table.height + 1):
        cells = []
        for column in range(1, table.width + 1):
            cell = table.at(row, column)
            if cell is None:
                cells.append("<td class=gap></td>")
            elif (cell.row, cell.column) == (row, column):
                own = marks.get((cell.place.block, cell.place.row, cell.place.column), [])
                cells.append(
                    f'<td id="{_anchor(cell.place)}" rowspan="{cell.row_span}" colspan="{cell.column_span}">{_marked(cell.text, own)}</td>'
                )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<div class=scroll><table><caption>表 {table.number}</caption>{''.join(rows)}</table></div>\n"


def _marked(text: str, marks: list[_Mark]) -> str:
    """Escaped text with its marks; where marks overlap, the graver one gives the colour."""
    if not marks:
        return _escaped(text)
    spans = [(min(m.start, len(text)), min(m.end, len(text)) if m.end else len(text), m) for m in marks]
    edges = sorted({0, len(text), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    parts = []
    for start, end in pairwise(edges):
        here = [m for s, e, m in spans if s <= start and end <= e]
        parts.append(_mark(text[start:end], here) if here else _escaped(text[start:end]))
    return "".join(parts) or _mark("　", [m for _, _, m in spans])


def _mark(text: str, marks: list[_Mark]) -> str:
    worst = max(marks, key=lambda m: m.finding.severity.rank)
    codes = "、".join(dict.fromkeys(m.finding.rule for m in marks))
    message = escape(worst.finding.message, quote=True)
    return (
        f'<mark class="{worst.finding.severity.value}" title="{codes} {message}">'
        f'<a href="#{worst.anchor}">{_escaped(text)}</a></mark>'
    )


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>")
