"""Family A: one cell per line with a leading tab, a blank line at the end of a row (unless the row is not full)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from hengjian.core.reading.text_lines import BLANKS, Kind, Line
from hengjian.core.reading.text_terms import is_block_label, is_level_value

_HEADING = re.compile(
    r"^\s*([一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+|附件|附表|附[:：]|填表人|填报|注[:：]|备注[:：]|说明[:：]|单位[:：]|表\s*\d)"
)
_WIDTH_CHANGE = 2
_JOIN = 5
_FRAGMENT = 4
"""Characters of a text that is a piece of a label (绩, 效, 指标) rather than a paragraph."""
_LONGEST_TEXT = 200
"""Characters beyond which text between two blank lines is a paragraph, not the rest of a cell."""
_LONGEST_ROW = 4
"""Chunks that may be pieces of one row."""


@dataclass
class Chunk:
    """Lines between two blank lines: the cells it opens, and text before the first tab that belongs to the cell above."""

    lead: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    blanks_before: int = 0
    end: int = 0
    """Index of the line after the chunk."""


@dataclass(frozen=True, slots=True)
class _Step:
    """The cheapest way to a last row of some width: its cost, the row's first chunk, the width of the row above."""

    cost: int
    start: int
    above: int


def next_chunk(lines: Sequence[Line], start: int) -> Chunk | None:
    """The chunk at or after ``start``, or ``None`` at the end of the file."""
    at = start
    while at < len(lines) and lines[at].kind is Kind.BLANK:
        at += 1
    if at == len(lines):
        return None
    chunk = Chunk(blanks_before=at - start)
    while at < len(lines) and lines[at].kind is not Kind.BLANK:
        _add(chunk, lines[at])
        at += 1
    chunk.end = at
    return chunk


def _add(chunk: Chunk, line: Line) -> None:
    opens = line.kind is Kind.CELL or (line.text.lstrip(" ").startswith("\t") and bool(chunk.cells))
    if opens:
        chunk.cells.append(
            line.text.lstrip(" \u3000\u00a0").removeprefix("\t").replace("\t", " ").rstrip(BLANKS)
        )
    elif chunk.cells:
        chunk.cells[-1] = join_lines(chunk.cells[-1], line.content)
    else:
        chunk.lead.append(line.content)


def join_lines(first: str, second: str) -> str:
    """Two lines of one cell: without a separator beside Chinese, with a blank between Latin words."""
    if not first.strip(BLANKS) or not second:
        return first + second
    latin = first[-1].isascii() and first[-1].isalnum() and second[0].isascii() and second[0].isalnum()
    return f"{first} {second}" if latin else first + second


def read_cells(lines: Sequence[Line], start: int) -> tuple[list[list[str]], int]:
    """The rows of the family-A table at ``start`` and the line after it; no rows when it is no table."""
    chunks: list[Chunk] = []
    full: set[int] = set()
    at = start
    chunk = next_chunk(lines, at)
    if chunk is not None and _is_prose(chunk):
        return [], chunk.end
    while chunk is not None and not (_is_prose(chunk) and chunk.blanks_before > 1):
        following = next_chunk(lines, chunk.end)
        above = len(chunks[-2].cells) if len(chunks) > 1 else 0
        if chunks and not _belongs(chunks[-1], above, full, chunk, following):
            break
        if chunk.lead and chunks:
            _continue(chunks[-1], chunk)
        else:
            full |= {len(chunks[-1].cells)} if chunks else set()
            chunks.append(chunk)
        at = chunk.end
        chunk = following
    rows = _trim(_rows(chunks))
    return (rows, at) if _is_table(rows) else ([], at)


def _is_prose(chunk: Chunk) -> bool:
    """Body text indented by tabs: nothing but sentences."""
    texts = [c.strip(BLANKS) for c in chunk.cells if c.strip(BLANKS)]
    return bool(texts) and all(t.endswith(("。", "；", "：")) and len(t) > 12 for t in texts)


def _continue(above: Chunk, chunk: Chunk) -> None:
    for text in chunk.lead:
        above.cells[-1] = join_lines(above.cells[-1], text)
    above.cells.extend(chunk.cells)


def _belongs(row: Chunk, above: int, full: set[int], chunk: Chunk, following: Chunk | None) -> bool:
    """Whether a chunk goes on with the table: rule 3 of the layouts' family A, counter-examples included.

    ``row`` is the row so far, ``above`` the width of the row above it, ``full`` holds all widths so far.
    """
    if not chunk.lead:
        return True
    if _HEADING.match(chunk.lead[0]) or sum(map(len, chunk.lead)) > _LONGEST_TEXT:
        return False
    now = len(row.cells)
    if not full and following and not following.lead:
        full = {len(following.cells)}
    if chunk.cells:
        total = now + len(chunk.cells)
        close = chunk.blanks_before == 1
        return (now not in full and (close or total <= max(full, default=0))) or (close and total == above)
    if sum(map(len, chunk.lead)) <= _FRAGMENT and chunk.blanks_before == 1 and row.cells[-1].strip(BLANKS):
        return following is not None and following.blanks_before == 1
    return _more_text(chunk, following, now, full)


def _more_text(chunk: Chunk, following: Chunk | None, now: int, full: set[int]) -> bool:
    """Text between two blank lines, with no cell after it: a further paragraph of the last cell, or the end."""
    if chunk.blanks_before > 1 or following is None or following.blanks_before > 1:
        return False
    if following.lead:
        return now not in full and bool(following.cells)
    return now in full and len(following.cells) in (now, *full) and chunk.lead[-1][-1:] not in "表：:"


def _rows(chunks: list[Chunk]) -> list[list[str]]:
    """Put chunks together to rows with the fewest changes of width; joining has its price."""
    best: list[dict[int, _Step]] = [
        {0: _Step(0, 0, 0)}
    ]  # for every number of chunks, by the width of the last row
    for end in range(1, len(chunks) + 1):
        here: dict[int, _Step] = {}
        for start in range(max(0, end - _LONGEST_ROW), end):
            joined = _join_cost(chunks[start:end])
            width = sum(len(c.cells) for c in chunks[start:end])
            for above, step in best[start].items():
                change = _WIDTH_CHANGE if start and width != above else 0
                option = _Step(step.cost + change + joined, start, above)
                if width not in here or option.cost < here[width].cost:
                    here[width] = option
        best.append(here)
    return _traced(chunks, best)


def _traced(chunks: list[Chunk], best: list[dict[int, _Step]]) -> list[list[str]]:
    rows: list[list[str]] = []
    end = len(chunks)
    width = min(best[end], key=lambda w: best[end][w].cost)
    while end:
        step = best[end][width]
        rows.append([cell for c in chunks[step.start : end] for cell in c.cells])
        end, width = step.start, step.above
    return rows[::-1]


def _join_cost(chunks: list[Chunk]) -> int:
    cost = 0
    for above, below in pairwise(chunks):
        first, last = below.cells[0].strip(BLANKS), above.cells[-1].strip(BLANKS)
        cost += _JOIN
        if is_level_value(last) and not is_block_label(first):
            cost -= _JOIN - (1 if is_level_value(first) else 2)  # no row ends in the name of a level
        elif not first or is_block_label(first):
            cost += _JOIN  # a row of its own: a label, or the lower part of a merged label
    return cost


def _trim(rows: list[list[str]]) -> list[list[str]]:
    """Without the lone empty cells that tabbed blank lines before and after a table give."""
    kept = list(rows)
    while kept and not any(c.strip(BLANKS) for c in kept[0]) and len(kept[0]) == 1:
        kept.pop(0)
    while kept and not any(c.strip(BLANKS) for c in kept[-1]) and len(kept[-1]) == 1:
        kept.pop()
    return kept


def _is_table(rows: list[list[str]]) -> bool:
    """Tabbed body text looks like one wide row, or like rows of one cell."""
    if not any(len(row) > 1 for row in rows):
        return False
    texts = [c.strip(BLANKS) for row in rows for c in row if c.strip(BLANKS)]
    if not texts:
        return False
    if len(rows) > 1:
        return True
    sentences = sum(len(t) > 40 or t.endswith(("。", "；", ";")) for t in texts)
    return sentences * 2 < len(texts) and len(texts) * 2 >= len(rows[0])
