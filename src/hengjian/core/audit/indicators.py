"""Questions that many rules ask of an indicator row, and findings made from rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from hengjian.core.audit.finding import Finding, Repair, Severity, Witness, witness
from hengjian.core.audit.similarity import normalise, same_name
from hengjian.core.audit.words import any_of, words
from hengjian.core.document import Document
from hengjian.core.figures import Figure, plain
from hengjian.core.places import NOWHERE
from hengjian.core.report import Fact, Indicator, Operator, Report, Target, Text

_EMPTY = re.compile(r"[\s/\\—－\-_…·.。、○×]*")
_DIGIT = re.compile(r"[0-9０-９]")
_COUNTED = re.compile(r"[一二两三四五六七八九十百千]+(?:个工作日|个月|万元|人次|场次|批次|名|人|件|起|场|次|篇|份|户|批|期|天|日|辆|台|套|项)")
_SPELLED = re.compile(r"百分之[一二三四五六七八九十百]")


def filled(text: Text | str) -> bool:
    """Whether a cell says anything: not empty, no dash, no 无."""
    words_ = "".join(str(text).split())
    return not _EMPTY.fullmatch(words_) and words_ not in words("cells")["nothing"]


def has_number(text: Text | str) -> bool:
    """Whether a text holds a number: digits, 百分之九十, or a Chinese numeral with a unit (两名)."""
    words_ = str(text)
    return any(p.search(words_) for p in (_DIGIT, _SPELLED, _COUNTED))


def rows(report: Report, *, named: bool = False) -> list[Indicator]:
    """The indicators that stand in tables; with ``named``, only those with a name."""
    return [i for i in report.indicators if i.source == "table" and (i.name or not named)]


def statements(report: Report) -> list[Indicator]:
    """The indicators that the running text states."""
    return [i for i in report.indicators if i.source == "prose"]


def forms(report: Report) -> dict[tuple[str, int], list[Indicator]]:
    """Table rows by form: the project and the table they stand in."""
    grouped: dict[tuple[str, int], list[Indicator]] = defaultdict(list)
    for row in rows(report):
        grouped[row.project, row.table].append(row)
    return dict(grouped)


def scopes(report: Report) -> dict[str, list[Indicator]]:
    """Table rows by project, over page breaks."""
    grouped: dict[str, list[Indicator]] = defaultdict(list)
    for row in rows(report):
        grouped[row.project].append(row)
    return dict(grouped)


def same_scope(report: Report, first: str, second: str) -> bool:
    """The same project; in a document of a single project, the unit as a whole is that project too."""
    return first == second or ("" in (first, second) and report.is_of_one_project)


def same_level(first: Indicator, second: Indicator) -> bool:
    """Not of two different known levels. The running text often names none."""
    pairs = ((first.level1_std, second.level1_std), (first.level2_std, second.level2_std))
    return all(not a or not b or a == b for a, b in pairs)


def twin(indicator: Indicator, others: Sequence[Indicator]) -> Indicator | None:
    """The one among ``others`` of the same name and level: the exact name first, else a single near one."""
    fitting = [o for o in others if same_level(indicator, o)]
    exact = [o for o in fitting if normalise(o.name) == normalise(indicator.name)]
    near = exact or [o for o in fitting if same_name(o.name, indicator.name)]
    return near[0] if len(near) == 1 else None


def satisfaction_twin(indicator: Indicator, others: Sequence[Indicator]) -> Indicator | None:
    """For a satisfaction that the text calls 满意度 only: the one satisfaction row there is."""
    if not indicator.is_satisfaction:
        return None
    fitting = [o for o in others if o.is_satisfaction]
    short = re.sub(r"满意[度率](?:指标)?$", "", normalise(indicator.name))
    return fitting[0] if len(fitting) == 1 and short in normalise(fitting[0].name) else None


def number_of(figure: Figure | None) -> str:
    """A figure as a person writes it: ``96.2%``."""
    return f"{plain(figure.value)}{figure.unit}" if figure else ""


_SIGN = {Operator.AT_LEAST: "≥", Operator.AT_MOST: "≤", Operator.EQUAL: "", Operator.QUALITATIVE: "", Operator.NONE: ""}


def target_of(target: Target) -> str:
    """A target as a person writes it: ``≥95%``, or its words."""
    return f"{_SIGN[target.operator]}{number_of(target.figure)}" if target.figure else target.text.compact


def same_measure(first: Figure | None, second: Figure | None) -> bool:
    """Whether two figures can be compared: one unit, or both money."""
    if first is None or second is None:
        return False
    return first.unit == second.unit or (first.is_money and second.is_money)


def conflict(first: Target, second: Target) -> str:
    """``number``, ``direction``, ``sign`` (an operator is only missing on one side) or empty when they agree."""
    if first.figure is None or second.figure is None or not same_measure(first.figure, second.figure):
        return ""
    if first.figure.base_value != second.figure.base_value and not _spans(first, second):
        return "number"
    if {first.operator, second.operator} == {Operator.AT_LEAST, Operator.AT_MOST}:
        return "direction"
    return "sign" if bool(first.printed_operator) != bool(second.printed_operator) else ""


def _spans(first: Target, second: Target) -> bool:
    """One of the two is a range whose end the other names."""
    ends = [t.upper.base_value for t in (first, second) if t.upper is not None]
    return any(f is not None and f.base_value in ends for f in (first.figure, second.figure))


def missed(row: Indicator, share: Decimal = Decimal(100)) -> bool:
    """Whether the achieved number is below ``share`` percent of the target (above it, for an upper bound)."""
    target, actual = row.target.figure, row.actual.figure
    if target is None or actual is None or not same_measure(target, actual) or not row.target.is_numeric:
        return False
    if actual.approximate:
        return False
    if row.target.operator is Operator.AT_MOST:
        upper = (row.target.upper or target).base_value
        return actual.base_value > upper * (200 - share) / 100
    return actual.base_value < target.base_value * share / 100


def wordy(target: Target) -> bool:
    """A target in words: something is said, and no number in it."""
    return target.figure is None and filled(target.text) and not has_number(target.text)


def qualitative_word(text: str) -> bool:
    """Whether a text holds a word that says a direction or a state (有效, 提升, 完成, 无 …)."""
    return any_of("targets", "qualitative").search(text) is not None


Source = Indicator | Figure | Fact | Text


def name_witness(row: Indicator, role: str = "indicator") -> Witness:
    """The name of a row; where the cell is empty, its description, else the row."""
    for text in (row.level3, row.description):
        if text:
            return witness(role, text)
    return Witness(role, row.place if row.place != NOWHERE else row.target.text.place, row.level2)


def target_witness(row: Indicator, role: str = "target") -> Witness:
    """The target cell of a row, with its number where it has one."""
    figure = row.target.figure
    place = row.target.text.place if row.target.text.place != NOWHERE else row.place
    if figure is None:
        return Witness(role, place, row.target.text.text)
    return Witness(role, place, row.target.text.text, f"{figure.value:f}", figure.unit)


def actual_witness(row: Indicator, role: str = "actual") -> Witness:
    """The achieved value of a row, with its number where it has one."""
    figure = row.actual.figure
    place = row.actual.text.place if row.actual.text.place != NOWHERE else row.place
    if figure is None:
        return Witness(role, place, row.actual.text.text)
    return Witness(role, place, row.actual.text.text, f"{figure.value:f}", figure.unit)


def found(
    rule: str,
    severity: Severity,
    wording: str,
    *witnesses: Witness,
    said: str = "",
    expected: str = "",
    difference: str = "",
    repairs: Iterable[Repair] = (),
    group: str = "",
    **values: str,
) -> Finding:
    """A finding from its wording, the values named in it (``said``, ``expected``, ``difference`` too) and its places."""
    filled_in = {"said": said, "expected": expected, "difference": difference, **values}
    return Finding(rule, severity, wording, witnesses, filled_in, said, expected, difference, tuple(repairs), group)


def note(rule: str, wording: str, *witnesses: Witness, **values: str) -> Finding:
    """A note: something worth a look, grouped by its rule."""
    return Finding(rule, Severity.NOTE, wording, witnesses, values, group=rule)


def sentence_of(document: Document, text: Text) -> str:
    """The sentence of the running text in which some words stand; the whole paragraph when it cannot be told."""
    block = text.place.block
    paragraph = next((p.text for p in document.paragraphs if p.place.block == block), "")
    found_in = [s for s in re.split(r"[。；;]", paragraph) if text.text and text.text in s]
    return found_in[0] if len(found_in) == 1 else paragraph


def shorten(text: str, length: int = 30) -> str:
    """The beginning of a long text, for a message."""
    plain_ = "".join(text.split())
    return plain_ if len(plain_) <= length else plain_[: length - 1] + "…"


def groups_of(items: Iterable[Indicator], key: Callable[[Indicator], str]) -> list[list[Indicator]]:
    """Rows with an equal, non-empty key, in reading order; only where there are two or more."""
    grouped: dict[str, list[Indicator]] = defaultdict(list)
    for item in items:
        if value := key(item):
            grouped[value].append(item)
    return [g for g in grouped.values() if len(g) > 1]
