"""Which grid columns the entries of a flattened row cover."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from hengjian.core.reading.text_terms import (
    compact,
    is_block_label,
    is_header_row,
    is_level_header,
    is_level_value,
    is_number,
    is_total_label,
    is_value_label,
    terms,
)

Span = tuple[int, int, int]
"""Index of the entry in its row, first grid column (1-based), number of columns."""
Text = Sequence[str]
_MERGED_NUMBER = 0.5
"""What it costs to take a number for a merged cell: labels are merged."""
_SIGNS = "≥≤＝=<>＞＜≧≦ "


def compressed_spans(rows: Sequence[Text]) -> list[list[Span]]:
    """Spans for rows of cells: the widest block gives the grid, narrower ones are stretched over it."""
    width = max(len(row) for row in rows)
    result = []
    for index, row in enumerate(rows):
        sizes = _compressed_sizes(rows, index, width)
        start = width - sum(sizes) + 1
        entries = list(range(len(row)))
        if len(sizes) > len(row):
            entries.insert(1, len(row))  # no text: beside the side label, above the labels of the rows
        spans = []
        for entry, size in zip(entries, sizes, strict=True):
            spans.append((entry, start, size))
            start += size
        result.append(spans)
    return result


def _compressed_sizes(rows: Sequence[Text], index: int, width: int) -> list[int]:
    row = rows[index]
    count = len(row)
    if count == width:
        return [1] * width
    if index == 0 and _is_lower_half(row):
        return [1] * count
    below = rows[index + 1] if index + 1 < len(rows) else []
    split = _split_header(row, below) if len(below) == width else None
    if split:
        return split
    if halves := _over_equal_parts(rows, index, width):
        return halves
    if _is_beside_side_label(row, below):
        return _compressed_sizes(rows, index + 1, width)
    above = next((r for r in reversed(rows[:index]) if len(r) != count), [])
    if is_total_label(row[0]) and len(above) > count:
        return [width - count + 1] + [1] * (count - 1)
    if _inside(rows, index, width):
        return _aligned(row, _reference(rows, index, width), width)
    return _even(count, width)


def _over_equal_parts(rows: Sequence[Text], index: int, width: int) -> list[int]:
    """预算数 | 决算数 over the same heads twice: each takes as many columns."""
    row, below = rows[index], rows[index + 1] if index + 1 < len(rows) else []
    part, rest = divmod(len(below), len(row))
    if len(row) < 2 or rest or part < 2 or width % len(row) or not _heads(row) or any(is_number(c) for c in below):
        return []
    parts = [below[i : i + part] for i in range(0, len(below), part)]
    return [width // len(row)] * len(row) if all(p == parts[0] and all(p) for p in parts) else []


def _is_lower_half(row: Text) -> bool:
    """符号, 值, 单位: what is left of a split header whose upper row is missing."""
    return sum(compact(c) in terms("subheaders") for c in row) >= 2


def _is_beside_side_label(row: Text, below: Text) -> bool:
    """A header whose first cell stands over two columns: the side label and the labels of the rows below.

    It gets an empty cell above those labels, so that the side label goes on downwards."""
    return len(below) == len(row) + 1 and not below[0] and bool(below[1]) and is_header_row(list(row))


def _split_header(row: Text, below: Text) -> list[int] | None:
    """Upper header over a lower one: empty below unsplit heads, filled below split ones."""
    if not _heads(row) or not any(below) or all(below) or any(is_number(c) for c in below):
        return None
    groups = [(filled, list(group)) for filled, group in groupby(below, key=bool)]
    heads = len(row) - sum(len(texts) for filled, texts in groups if not filled)
    sizes: list[int] = []
    for filled, texts in groups:
        sizes.extend(_parted(texts, heads > sum(f for f, _ in groups)) if filled else [1] * len(texts))
    return sizes if len(sizes) == len(row) else _evenly(groups, heads, len(row))


def _heads(row: Text) -> bool:
    """Heads of columns, known ones or not: short, and no number."""
    return is_header_row(list(row)) or all(c and len(c) <= 20 and not is_number(c) and not is_level_value(c) for c in row)


def _parted(texts: Text, several: bool) -> list[int]:
    """The lower heads of one group, or of several neighbours: each begins with the same word, or as such groups do."""
    starts = terms("group_starts") | {compact(texts[0])}
    begins = [i for i, t in enumerate(texts) if several and i and (compact(t) in starts or texts[i - 1].endswith("单位"))]
    return [end - start for start, end in zip([0, *begins], [*begins, len(texts)], strict=True)]


def _evenly(groups: Sequence[tuple[bool, Text]], heads: int, count: int) -> list[int] | None:
    """One run of lower heads under several upper ones of the same width."""
    runs = [len(texts) for filled, texts in groups if filled]
    if len(runs) != 1 or heads < 1 or runs[0] % heads:
        return None
    sizes: list[int] = []
    for filled, texts in groups:
        sizes.extend([len(texts) // heads] * heads if filled else [1] * len(texts))
    return sizes if len(sizes) == count else None


def _inside(rows: Sequence[Text], index: int, width: int) -> bool:
    """A narrower row between rows of the full width: some of its cells are merged."""
    if index == 0 or len(rows[index - 1]) != width or len(rows[index]) < max(3, width - 2):
        return False
    below = rows[index + 1] if index + 1 < len(rows) else []
    last = not below or is_total_label(below[0])
    return len(below) == width or (last and not is_block_label(rows[index][0]))


def _reference(rows: Sequence[Text], index: int, width: int) -> list[Text]:
    near = [rows[i] for i in range(max(0, index - 6), min(len(rows), index + 7)) if len(rows[i]) == width]
    return [r for r in near if not is_header_row(list(r))] or near


def _aligned(row: Text, reference: list[Text], width: int) -> list[int]:
    """The sizes under which the kinds of entries agree best with the rows around, merges leftmost."""
    kinds = [_kind(c) for c in row]
    shares = [
        {kind: sum(_kind(r[column]) == kind for r in reference) / len(reference) for kind in set(kinds)}
        for column in range(width)
    ]
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for entry, kind in enumerate(kinds):
        options: dict[int, tuple[float, list[int]]] = {}
        for used, (score, sizes) in best.items():
            for size in range(1, width - used - (len(row) - entry - 1) + 1):
                gain = max(shares[c][kind] for c in range(used, used + size)) - 0.01 * (size - 1) * used
                if kind == "number" and size > 1:
                    gain -= _MERGED_NUMBER
                option = (score + gain, [*sizes, size])
                options[used + size] = max(options.get(used + size, option), option, key=lambda o: o[0])
        best = options
    return best[width][1]


def _kind(text: str) -> str:
    if not text:
        return "empty"
    if is_number(text.lstrip(_SIGNS)):
        return "number"
    if is_level_value(text):
        return "level"
    return "long" if len(text) > 12 else "short"


def _even(count: int, width: int) -> list[int]:
    """The label takes one column, the others share the rest, the first ones a column more."""
    if count == 1:
        return [width]
    share, more = divmod(width - 1, count - 1)
    return [1] + [share + (1 if entry < more else 0) for entry in range(count - 1)]


def full_spans(rows: Sequence[Text]) -> list[list[Span]]:
    """Spans for rows with a field per grid column: which empty field belongs to its left neighbour."""
    width = max(len(row) for row in rows)
    result: list[list[Span]] = []
    heads: list[Text] = []
    for index, row in enumerate(rows):
        fields = [*row, *[""] * (width - len(row))]
        above = rows[index - 1] if index else []
        lower = bool(heads) and heads[-1] is above and (not fields[0] or _splits(fields, above))
        if _is_head(fields, index, lower):
            heads = [*heads, row] if lower else [row]
            result.append(_header_fields(fields, heads[:-1], _next(rows, index)))
        elif is_total_label(fields[0]):
            result.append(_total_fields(fields))
        elif heads and not is_block_label(fields[0]):
            result.append(_data_fields(fields, heads))
        else:
            heads = []
            shift = _lost_first_field(fields, above)
            result.append(
                [(0, 1 + shift, width - shift)] if shift else _form_fields(fields, _next(rows, index))
            )
    return [_with_gap(spans, rows[i]) for i, spans in enumerate(result)]


def _splits(fields: Text, above: Text) -> bool:
    """名称 | 分值 below 一级指标: every word stands below a head that takes several fields."""
    wide = [not text or (column + 1 < len(above) and not above[column + 1]) for column, text in enumerate(above)]
    filled = [column for column, text in enumerate(fields) if text]
    return len(filled) >= 2 and all(column < len(wide) and wide[column] for column in filled)


def _is_head(fields: Text, index: int, lower: bool) -> bool:
    """A row of heads; a first row counts when it is full, without numbers and without labels of values."""
    if is_header_row(list(fields)):
        return bool(fields[0]) or lower or index == 0 or any(is_level_header(f) for f in fields)
    plain = all(f and len(f) <= 20 and not is_number(f) and not is_value_label(f) for f in fields)
    return index == 0 and len(fields) > 2 and plain


def _with_gap(spans: list[Span], row: Text) -> list[Span]:
    """A shifted row gets the empty first field that it lost."""
    return spans if spans[0][1] == 1 else [(len(row), 1, spans[0][1] - 1), *spans]


def _next(rows: Sequence[Text], index: int) -> Text:
    return rows[index + 1] if index + 1 < len(rows) else []


def _total_fields(fields: Text) -> list[Span]:
    """总分 reaches to the first figure; behind it every field is a cell."""
    first = next((column for column, text in enumerate(fields) if column and text), 1)
    return [(0, 1, first), *((column, column + 1, 1) for column in range(first, len(fields)))]


def _header_fields(fields: Text, upper: list[Text], below: Text) -> list[Span]:
    """In a header an empty field belongs to the head on its left, unless a head stands above it.

    Beside a side label the labels of the rows below have no head: their column stays apart."""
    spans: list[Span] = []
    for column, text in enumerate(fields):
        headed = any(column < len(row) and row[column] for row in upper)
        unheaded = column == 1 and len(below) > 1 and not below[0] and bool(below[1])
        if text or not spans or (upper and headed) or unheaded:
            spans.append((column, column + 1, 1))
        else:
            entry, start, size = spans[-1]
            spans[-1] = (entry, start, size + 1)
    return spans


def _data_fields(fields: Text, heads: list[Text]) -> list[Span]:
    """Below a header only the columns without a head of their own can be part of a merge."""
    spans: list[Span] = []
    for column, text in enumerate(fields):
        headed = any(column < len(row) and row[column] for row in heads)
        if text or headed or not spans:
            spans.append((column, column + 1, 1))
        else:
            entry, start, size = spans[-1]
            spans[-1] = (entry, start, size + 1)
    return spans


def _form_fields(fields: Text, below: Text) -> list[Span]:
    """In rows of labels and values an empty field belongs to its left neighbour, but a value may be empty."""
    spans: list[Span] = []
    for column, text in enumerate(fields):
        if text or not spans or not any(fields):
            spans.append((column, column + 1, 1))
            continue
        entry, start, size = spans[-1]
        is_value = is_value_label(fields[entry]) and size == 1 and start == column
        under_value = column < len(below) and bool(below[column])
        if (is_value and fields[entry]) or (column == 1 and under_value) or not fields[entry]:
            spans.append((column, column + 1, 1))
        else:
            spans[-1] = (entry, start, size + 1)
    return spans


def _lost_first_field(fields: Text, above: Text) -> int:
    """1 when a row of one long text should stand below the texts of the rows above it, beside their label."""
    alone = bool(fields[0]) and not any(fields[1:]) and not is_block_label(fields[0])
    filled = [column for column, text in enumerate(above) if text]
    beside = bool(filled) and (filled == [1] or (filled == [0, 1] and is_block_label(above[0])))
    return 1 if alone and beside and len(fields) > 2 else 0
