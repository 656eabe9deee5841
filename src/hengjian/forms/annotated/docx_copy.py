"""A copy of a Word document with a comment at the exact runs of every figure that takes part in a finding."""

from __future__ import annotations

import re
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.run import Run as WordRun
from lxml import etree

from hengjian.core.places import Place
from hengjian.forms.annotated.docx_text_map import Printed, TextMap, map_text
from hengjian.forms.annotated.remarks import AUTHOR, INITIALS, Remark, remarks
from hengjian.forms.archive import repack
from hengjian.forms.findings.result import FileResult

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def annotate_docx(data: bytes, result: FileResult) -> bytes:
    """The document again with Word comments added to those that it has; nothing else is changed."""
    word = docx.Document(BytesIO(data))
    body = word.element.body
    if result.document is None:
        raise ValueError("no document was read")
    mapped = map_text(body, result.document)
    for remark in remarks(result.findings):
        runs = _runs(mapped, remark.place) or _first_runs(word, body)
        _comment(word, runs, remark)
    buffer = BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue(), properties=False)


def _runs(mapped: TextMap, place: Place) -> list[etree._Element]:
    """The runs of a place: its characters, or all of its paragraph or cell."""
    printed = mapped.of(place)
    found = [run for p in printed for run in _runs_in(p, place)]
    if not found and printed:
        found = [run for p in printed for run in p.runs(0, len(p.text))]
    return found or [_empty_run(p.element) for p in printed[:1]]


def _runs_in(printed: Printed, place: Place) -> list[etree._Element]:
    if not place.end:
        return printed.runs(0, len(printed.text))
    start, end = place.start + printed.shift, place.end + printed.shift
    if end <= 0 or start >= len(printed.text):
        return []
    return printed.runs(max(start, 0), min(end, len(printed.text)))


def _first_runs(word: WordDocument, body: etree._Element) -> list[etree._Element]:
    """Where remarks about the whole document, a footnote or a header stand: the first text of the body."""
    for paragraph in body.iter(qn("w:p")):
        runs = [r for r in paragraph.iter(qn("w:r")) if any(t.text for t in r.iterfind(qn("w:t")))]
        if runs:
            return runs[:1]
    return [_empty_run(word.add_paragraph()._p)]


def _empty_run(paragraph: etree._Element) -> etree._Element:
    """An empty cell has no run to hold a comment; it gets one without text."""
    run: etree._Element = paragraph.makeelement(qn("w:r"))
    paragraph.append(run)
    return run


def _comment(word: WordDocument, runs: list[etree._Element], remark: Remark) -> None:
    first, last = WordRun(runs[0], word), WordRun(runs[-1], word)  # type: ignore[arg-type]
    text = _ILLEGAL.sub("", remark.text)
    comment = word.add_comment([first, last], text, AUTHOR, INITIALS)
    comment._comment_elm.attrib.pop(qn("w:date"), "")  # the same input gives the same comments
