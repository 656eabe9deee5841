"""What a person reads in the terminal: ``full``, ``concise`` and ``table``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengjian.core.audit.catalogue import get_rule
from hengjian.core.audit.finding import Finding, Severity
from hengjian.core.places import NOWHERE
from hengjian.forms.findings.excerpts import excerpts, width
from hengjian.forms.findings.result import FileResult, Run
from hengjian.forms.findings.wording import GLYPHS, checked_figures, overview, place_words, verdict, why

MOST_NOTES = 5
"""Notes shown for one document without ``-v``."""

MOST_EXCERPTS = 4
_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.NOTE: "36"}
_DIM = "2"
_NAME_COLUMNS = 46


class Paint:
    """ANSI colour, or none at all."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour and text else text


def render_full(run: Run, verbose: int, explain: bool, colour: bool) -> str:
    """Every finding with its sentence and marks, then the summary."""
    paint = Paint(colour)
    lines: list[str] = []
    for result in run.files:
        lines += [*_file(result, verbose, paint), ""]
        if explain:
            lines += [*_explained(result), ""]
    if len(run.files) > 1:
        lines += [*_summary_table(run.files, paint), ""]
    lines += _closing(run)
    return "\n".join(lines) + "\n"


def render_concise(run: Run) -> str:
    """``path:loc: 高 A-03 message``, one finding a line."""
    lines = []
    for result in run.files:
        if result.error:
            lines.append(f"{result.path}: 不能读取：{why(result.path, result.error.message)}")
        lines += [
            f"{result.path}:{f.place.loc}: {f.severity.chinese} {f.rule} {_one_line(f.message)}"
            for f in result.findings
        ]
    return "".join(line + "\n" for line in lines)


def render_table(run: Run, verbose: int, colour: bool) -> str:
    """A table of findings for each file, then the summary."""
    paint = Paint(colour)
    lines: list[str] = []
    for result in run.files:
        lines += [
            result.path,
            *(_rows(result, verbose, paint) if result.readable else [f"  {_error(result)}"]),
            "",
        ]
    return "\n".join([*lines, *_summary_table(run.files, paint), "", *_closing(run)]) + "\n"


def shown(result: FileResult, verbose: int) -> tuple[list[Finding], int]:
    """The findings to show, and how many notes are left out."""
    if verbose:
        return list(result.findings), 0
    kept, notes = [], 0
    for finding in result.findings:
        notes += finding.severity is Severity.NOTE
        if finding.severity is not Severity.NOTE or notes <= MOST_NOTES:
            kept.append(finding)
    return kept, max(0, notes - MOST_NOTES)


_CONTROL = dict.fromkeys([*range(32), *range(127, 160)], " ")


def showable(text: str) -> str:
    """Words of a document as a terminal may show them: a control sign is one blank, so that marks stay below their figures."""
    return text.translate(_CONTROL)


def pad(text: str, columns: int) -> str:
    """Filled with blanks to ``columns`` of the screen."""
    return text + " " * max(0, columns - width(text))


def _file(result: FileResult, verbose: int, paint: Paint) -> Iterator[str]:
    head = overview(result)
    yield paint(result.path, "1") + (f"  {head}" if head else "")
    if not result.readable:
        yield "  " + paint(_error(result), _COLOURS[Severity.ERROR])
        return
    findings, hidden = shown(result, verbose)
    for finding in findings:
        yield from _finding(result, finding, paint)
    if hidden:
        yield f"  … 另有 {hidden} 条低级问题（-v 显示）"
    if not result.findings:
        yield "  未发现矛盾。"
    if result.waived:
        yield paint(f"  已豁免 {len(result.waived)} 条", _DIM)
    yield from _not_read(result)


def _error(result: FileResult) -> str:
    return f"不能读取：{why(result.path, result.error.message)}" if result.error else ""


def _finding(result: FileResult, finding: Finding, paint: Paint) -> Iterator[str]:
    mark = (
        f"{GLYPHS[finding.severity]} {finding.severity.chinese} {finding.rule} {get_rule(finding.rule).title}"
    )
    yield "  " + pad_painted(mark, 58, paint, _COLOURS[finding.severity]) + paint(_where(finding), _DIM)
    found = excerpts(result.document, finding.witnesses) if result.document else []
    for excerpt in found[:MOST_EXCERPTS]:
        yield f"      {showable(excerpt.text)}"
        if excerpt.marks:
            yield "      " + paint(excerpt.marks, _COLOURS[finding.severity])
    if len(found) > MOST_EXCERPTS:
        yield f"      … 另有 {len(found) - MOST_EXCERPTS} 处"
    yield from (f"      {showable(line)}" for line in finding.message.splitlines())
    for repair in finding.repairs[:2]:
        note = f"（{repair.note}）" if repair.note else ""
        yield f"      提示：{showable(repair.old)} → {showable(repair.new)}{note}"


def pad_painted(text: str, columns: int, paint: Paint, code: str) -> str:
    return paint(text, code) + " " * max(1, columns - width(text))


def _where(finding: Finding) -> str:
    places = list(dict.fromkeys(place_words(w.place) for w in finding.witnesses if w.place != NOWHERE))
    more = f" 等 {len(places)} 处" if len(places) > 2 else ""
    return "、".join(places[:2]) + more if places else place_words(finding.place)


def _not_read(result: FileResult) -> Iterator[str]:
    entries = result.document.not_read if result.document else ()
    for entry in entries[:5]:
        yield f"  未读取：{entry.message}（{place_words(entry.place)}）"
    if len(entries) > 5:
        yield f"  未读取：另有 {len(entries) - 5} 处"


def _explained(result: FileResult) -> Iterator[str]:
    if result.audit is None:
        return
    for passed in result.audit.passed:
        yield f"  通过 {passed.rule} {passed.equation}"
    for missing in result.audit.not_checked:
        yield f"  未核对 {missing.rule} {get_rule(missing.rule).title}：{missing.missing}"
    if result.audit.not_applicable:
        yield f"  不涉及 {' '.join(result.audit.not_applicable)}"


def _rows(result: FileResult, verbose: int, paint: Paint) -> Iterator[str]:
    findings, hidden = shown(result, verbose)
    yield "  级 编号  位置                    问题"
    for f in findings:
        head = paint(f.severity.chinese, _COLOURS[f.severity])
        yield f"  {head} {f.rule:5} {pad(place_words(f.place), 22)}  {_one_line(f.message)}"
    if hidden:
        yield f"  … 另有 {hidden} 条低级问题（-v 显示）"


def _one_line(text: str) -> str:
    return showable(" ".join(text.split("\n")))


def _summary_table(results: Sequence[FileResult], paint: Paint) -> Iterator[str]:
    yield f"{pad('文件', _NAME_COLUMNS)}  高  中  低  结论"
    for result in results:
        counts = "".join(f"{result.count(s):4}" for s in (Severity.ERROR, Severity.WARNING, Severity.NOTE))
        yield f"{pad(_shortened(result.path), _NAME_COLUMNS)}{counts}  {paint(verdict(result), _verdict_colour(result))}"


def _verdict_colour(result: FileResult) -> str:
    worst = [s for s in (Severity.ERROR, Severity.WARNING) if result.count(s)]
    return _COLOURS[worst[0]] if worst else _COLOURS[Severity.ERROR] if not result.readable else _DIM


def _shortened(path: str) -> str:
    """The end of a long path: the file's name is there."""
    if width(path) <= _NAME_COLUMNS:
        return path
    at = 0
    while width(path[at:]) > _NAME_COLUMNS - 2:
        at += 1
    return "…" + path[at:]


def _closing(run: Run) -> Iterator[str]:
    counts = "  ".join(
        f"{s.chinese} {sum(f.count(s) for f in run.files)}"
        for s in (Severity.ERROR, Severity.WARNING, Severity.NOTE)
    )
    figures = sum(checked_figures(f) for f in run.files)
    yield f"{len(run.files)} 个文件，{run.rules} 条规则，核对 {figures} 个数字：{counts}"
    missing = {n.rule for f in run.files if f.audit for n in f.audit.not_checked}
    if missing:
        yield f"缺少材料而未核对的规则 {len(missing)} 条（--explain 显示）"
    bad = [f for f in run.files if not f.readable]
    if bad:
        yield f"不能读取 {len(bad)} 个文件"
