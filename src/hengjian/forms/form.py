"""An official form: it prints a report in every format it has, and says which part of the report it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hengjian.core.report import Kind, Report
from hengjian.forms import docx_writer, pdf_writer, xlsx_writer
from hengjian.forms.paper import Paper

WRITERS: Mapping[str, Callable[[Paper], bytes]] = MappingProxyType(
    {"docx": docx_writer.write, "xlsx": xlsx_writer.write, "pdf": pdf_writer.write}
)


@dataclass(frozen=True)
class Form:
    """One official form. ``paper`` and ``prints`` are pure: the same report gives the same."""

    code: str
    name: str
    kind: Kind
    paper: Callable[[Report], Paper]
    prints: Callable[[Report], Report]
    """The part of a report that the form shows: what a reader of the printed form can get back."""
    formats: tuple[str, ...] = ("docx", "xlsx", "pdf")

    def render(self, report: Report, fmt: str) -> bytes:
        """The printed form. Raises ``KeyError`` for a format it has not, ``CannotPrintError`` where a cell cannot hold."""
        if fmt not in self.formats:
            raise KeyError(f"{self.name} has no format {fmt!r}, only {', '.join(self.formats)}")
        return WRITERS[fmt](self.paper(report))
