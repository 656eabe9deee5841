"""HTML tables inside Markdown: the only way in which Markdown keeps merged cells."""

from __future__ import annotations

from html.parser import HTMLParser

from hengjian.core.reading.text_grid import GridCell
from hengjian.core.reading.text_lines import BLANKS

_LARGEST_SPAN = 1000


class _Cells(HTMLParser):
    """Collects the cells of one table; a table inside a cell gives its text to that cell."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[GridCell] = []
        self._taken: set[tuple[int, int]] = set()
        self._row = 0
        self._open: GridCell | None = None
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
        elif tag == "tr" and self._depth == 1:
            self._row += 1
        elif tag in ("td", "th") and self._depth == 1:
            self._start_cell(dict(attrs))
        elif tag in ("br", "p") and self._open is not None and self._open.text.strip():
            self._open.text += "\n"

    def _start_cell(self, attributes: dict[str, str | None]) -> None:
        self._row = max(self._row, 1)
        column = 1
        while (self._row, column) in self._taken:
            column += 1
        height, width = _span(attributes.get("rowspan")), _span(attributes.get("colspan"))
        self._open = GridCell("", self._row, column, height, width)
        self.cells.append(self._open)
        self._taken |= {(self._row + r, column + c) for r in range(height) for c in range(width)}

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._depth -= 1
        elif tag in ("td", "th") and self._depth == 1:
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.text += data


def _span(value: str | None) -> int:
    return min(max(int(value), 1), _LARGEST_SPAN) if value and value.isdigit() else 1


def html_table(source: str) -> list[GridCell]:
    """The cells of the table in ``source``, spans cut to the rows that exist."""
    parser = _Cells()
    parser.feed(source)
    height = max((c.row for c in parser.cells), default=0)
    for cell in parser.cells:
        cell.row_span = min(cell.row_span, height - cell.row + 1)
        cell.text = "\n".join(
            line.strip(BLANKS) for line in cell.text.strip().splitlines() if line.strip(BLANKS)
        )
    return parser.cells
