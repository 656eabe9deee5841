"""Numbers typed in full-width characters (１，１９６．４０) as half-width ones, character for character.

Folded once, where a document is read: every number, year and offset after it is the same as for half-width digits.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from hengjian.core.document import Block, Cell, Document, Paragraph

_FULL: Final = "０１２３４５６７８９"
_HAS_FULL: Final = re.compile(f"[{_FULL}]|\\d[．，]\\d")
_DIGITS: Final = str.maketrans(_FULL, "0123456789")
_FULL_GROUPS: Final = re.compile(f"(?<![{_FULL}．，])[{_FULL}]{{1,3}}(?:，[{_FULL}]{{3}})+(?![{_FULL}，])")
_GROUPS: Final = re.compile(r"(?<![\d.,，])[0-9]{1,3}(?:，[0-9]{3})+(?=[.．][0-9])")
_POINT: Final = re.compile(r"(?<=[0-9])．(?=[0-9])(?!(?:19|20)[0-9]{2}年)")
"""Not in １．２０２４年: that is the mark of a list."""


def half_width(text: str) -> str:
    """The text with its numbers in half-width characters; of the same length."""
    if _HAS_FULL.search(text) is None:
        return text
    text = _FULL_GROUPS.sub(_with_commas, text).translate(_DIGITS)
    return _POINT.sub(".", _GROUPS.sub(_with_commas, text))


def with_half_width(document: Document) -> Document:
    """The document with every number in half-width characters."""
    blocks = tuple(_block(block) for block in document.blocks)
    return document if all(a is b for a, b in zip(blocks, document.blocks, strict=True)) else replace(document, blocks=blocks)


def _block(block: Block) -> Block:
    if isinstance(block, Paragraph):
        text = half_width(block.text)
        return block if text is block.text else replace(block, text=text)
    cells = tuple(_cell(cell) for cell in block.cells)
    caption = half_width(block.caption)
    same = caption is block.caption and all(a is b for a, b in zip(cells, block.cells, strict=True))
    return block if same else replace(block, cells=cells, caption=caption)


def _cell(cell: Cell) -> Cell:
    text = half_width(cell.text)
    return cell if text is cell.text else replace(cell, text=text)


def _with_commas(match: re.Match[str]) -> str:
    return match[0].replace("，", ",")
