"""Formats that hold no comments (pdf, txt, md …): a page with the text and its marks."""

from __future__ import annotations

from hengjian.forms.findings.html_output import render_html
from hengjian.forms.findings.result import FileResult, Run


def annotate_html(result: FileResult) -> bytes:
    """The page for this file alone."""
    return render_html(Run([result])).encode()
