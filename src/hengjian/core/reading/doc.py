"""Formats read through LibreOffice: doc, wps, rtf, odt → docx; ods → xlsx."""

from __future__ import annotations

from dataclasses import replace

from hengjian.core.document import Document
from hengjian.core.reading.docx import read_docx
from hengjian.core.reading.kinds import kind_of
from hengjian.core.reading.office import converted
from hengjian.core.reading.xlsx import read_xlsx


def read_doc(data: bytes, name: str) -> Document:
    """Read a text document of another office format. Raises what ``converted`` and ``read_docx`` raise."""
    kind = kind_of(data, name)
    document = read_docx(converted(data, "doc" if kind == "wps" else kind, "docx", name), name)
    return replace(document, format=kind)


def read_spreadsheet(data: bytes, name: str) -> Document:
    """Read a spreadsheet of another office format. Raises what ``converted`` and ``read_xlsx`` raise."""
    return replace(
        read_xlsx(converted(data, kind_of(data, name), "xlsx", name), name), format=kind_of(data, name)
    )
