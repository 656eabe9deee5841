"""The text of a document as one string, and where each place stands in it (for SARIF regions)."""

from __future__ import annotations

from hengjian.core.document import Document, Paragraph
from hengjian.core.places import Place

_Key = tuple[int, int, int]


class FlatText:
    """Paragraphs a line each, table rows a line each with tabs between the cells."""

    def __init__(self, document: Document) -> None:
        self._offsets: dict[_Key, tuple[int, int]] = {}
        parts: list[str] = []
        at = 0
        for block in document.blocks:
            pieces = (
                [(block.place, block.text)]
                if isinstance(block, Paragraph)
                else [(c.place, c.text) for c in block.cells]
            )
            row = pieces[0][0].row if pieces else 0
            for index, (place, text) in enumerate(pieces):
                separator = "" if index == 0 else "\t" if place.row == row else "\n"
                row = place.row
                parts.append(separator + text)
                self._offsets[_key(place)] = (at + len(separator), len(text))
                at += len(separator) + len(text)
            parts.append("\n")
            at += 1
        self.text = "".join(parts)

    def region(self, place: Place) -> tuple[int, int]:
        """Offset and length in characters; ``(0, 0)`` for a place that is none in this document."""
        begin, length = self._offsets.get(_key(place), (0, 0))
        if not place.end:
            return begin, length
        start = min(place.start, length)
        return begin + start, max(0, min(place.end, length) - start)


def _key(place: Place) -> _Key:
    return (place.block, place.row, place.column)
