"""Copies of the original with the findings at their places. The original bytes are never changed.

``annotate(data, result) -> (bytes, ending)``: Word comments in a copy of a docx, cell notes in a copy of an xlsx, a page with
marks (``html``) for every other format, and for a docx or xlsx that cannot be written again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from hengjian.forms.annotated.html_copy import annotate_html
from hengjian.forms.findings.result import FileResult

__all__ = ["annotate"]


def _docx(data: bytes, result: FileResult) -> bytes:
    from hengjian.forms.annotated.docx_copy import annotate_docx

    return annotate_docx(data, result)


def _xlsx(data: bytes, result: FileResult) -> bytes:
    from hengjian.forms.annotated.xlsx_copy import annotate_xlsx

    return annotate_xlsx(data, result)


_COPIES: Mapping[str, Callable[[bytes, FileResult], bytes]] = MappingProxyType({"docx": _docx, "xlsx": _xlsx})


def annotate(data: bytes, result: FileResult) -> tuple[bytes, str]:
    """The annotated copy and its ending. ``result`` is that of a readable file."""
    kind = result.document.format if result.document else ""
    copy = _COPIES.get(kind)
    if copy is not None:
        try:
            return copy(data, result), kind
        except Exception:
            return annotate_html(result), "html"
    return annotate_html(result), "html"
