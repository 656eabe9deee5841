"""Grades and their bands (W-14, W-15, W-16)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import (
    Basis,
    Finding,
    NotChecked,
    Outcome,
    Passed,
    Severity,
    Witness,
    witness,
)
from hengjian.core.audit.rules.scores.evidence import finding, own_grades, own_totals
from hengjian.core.figures import plain
from hengjian.core.places import Place
from hengjian.core.report import Band, Grade, Total
from hengjian.core.scoring.grades import (
    TOP,
    Seam,
    grades_of,
    high_of,
    is_a_grade,
    low_of,
    open_ends,
    same_grade,
    seams,
)

_WHOLE_POINT = Decimal(1)


@rule(
    "W-14",
    title="等级与总分相符",
    english="The grade follows from the score and the bands",
    severity=Severity.ERROR,
    basis=Basis.FORM,
    source="财预〔2020〕10号 第十九条",
    bad="90分以上为优，总分 88，等级“优”",
    good="90分以上为优，总分 93，等级“优”",
)
def grade_follows_from_score(case: Case) -> Iterator[Outcome]:
    """绩效评价结果分等级：文件自定分档的从其规定，没有的按口径（优90—100、良80—90、中60—80、差60以下）。"""
    bands = case.report.bands or case.profile.bands
    for grade in own_grades(case, case.report.grades):
        totals = own_totals(case, [t for t in case.report.totals if t.scope == grade.scope])
        totals = totals or (own_totals(case, case.report.totals) if len(case.report.totals) == 1 else [])
        if not totals:
            yield NotChecked("W-14", "总分", grade.label.place)
        elif _known(grade, bands):
            yield _graded(case, grade, totals, bands)
    yield from _respectively(case, bands)


_SCORED = re.compile(r"(?:得分|评分)(?:为|是)?(\d+(?:\.\d+)?)分")
_IN_TURN = re.compile(r"(?:等级|等次|结果)(?:分别|依次)(?:评定)?(?:为|是)(?P<grades>[“”\"、，和及优秀良好中差等级一般较合格]+)")


def _respectively(case: Case, bands: Sequence[Band]) -> Iterator[Outcome]:
    """甲项目得分99.87分，乙项目得分89.55分，等级分别为优、良: the grades in the order of the scores."""
    for paragraph in case.document.body:
        for told in _IN_TURN.finditer(paragraph.text):
            start = paragraph.text.rfind("。", 0, told.start()) + 1
            scores = [Decimal(n) for n in _SCORED.findall(paragraph.text[start : told.start()])]
            labels = [w for w in re.split(r"[、，和及]", re.sub(r"[“”\"]", "", told["grades"])) if w]
            if len(scores) != len(labels) or len(scores) < 2:
                continue
            place = paragraph.place.part(told.start(), told.end(), told[0])
            for score, label in zip(scores, labels, strict=True):
                yield from _in_turn(score, label, place, bands)


def _in_turn(score: Decimal, label: str, place: Place, bands: Sequence[Band]) -> Iterator[Outcome]:
    holding = grades_of(score, bands)
    if any(same_grade(b.label, label) for b in holding):
        yield Passed("W-14", f"{plain(score)} → {label}", (place,))
    elif holding and (is_a_grade(label) or any(same_grade(label, b.label) for b in bands)):
        yield finding(
            "W-14",
            Severity.ERROR,
            "得分 {score} 分，按分档应为“{expected}”（{span}），写为“{said}”。",
            [Witness("grade", place, label)],
            said=label,
            expected=holding[0].label,
            score=plain(score),
            span=_span(holding[0]),
        )


def _known(grade: Grade, bands: Sequence[Band]) -> bool:
    return is_a_grade(grade.label.text) or any(same_grade(grade.label.text, b.label) for b in bands)


def _graded(case: Case, grade: Grade, totals: list[Total], bands: Sequence[Band]) -> Outcome:
    for total in totals:
        holding = grades_of(total.figure.value, bands)
        if any(same_grade(b.label, grade.label.text) for b in holding):
            return Passed("W-14", f"{plain(total.figure.value)} → {grade.label.text}", (grade.label.place,))
    total = totals[-1]
    holding = grades_of(total.figure.value, bands)
    if not holding:
        return NotChecked("W-14", f"{plain(total.figure.value)} 分所属的分档", grade.label.place)
    return _wrong_grade(case, grade, total, holding[0])


def _wrong_grade(case: Case, grade: Grade, total: Total, band: Band) -> Finding:
    declared = bool(case.report.bands)
    return finding(
        "W-14",
        Severity.ERROR,
        "总分 {score} 分，按{whose}分档应为“{expected}”（{span}），写为“{said}”。",
        [
            witness("grade", grade.label),
            witness("total", total.figure),
            *([witness("band", band.text)] if declared else []),
        ],
        said=grade.label.text,
        expected=band.label,
        score=plain(total.figure.value),
        whose="文中" if declared else f"口径“{case.profile.title}”的",
        span=_span(band),
    )


def _span(band: Band) -> str:
    return f"{plain(low_of(band))}—{plain(high_of(band))}"


@rule(
    "W-15",
    title="等级分档不重不漏",
    english="The bands cover 0 to 100 without gap or overlap",
    severity=Severity.WARNING,
    basis=Basis.ARITHMETIC,
    source="财预〔2020〕10号 第十九条",
    bad="80—89分为良、70—80分为中：80分属于两档",
    good="80（含）—90分为良、60（含）—80分为中",
)
def bands_cover_everything_once(case: Case) -> Iterator[Outcome]:
    """各等级的分数段应覆盖0到100分，不重叠，不留空档。整数写法（89、90）之间的空档只在有得分落入时提示。"""
    bands = case.report.bands
    if len(bands) < 2:
        return
    found = seams(bands)
    grave = [s for s in found if _is_grave(case, s)]
    light = [s for s in found if s not in grave]
    ends = open_ends(bands)
    if grave or ends:
        yield _unclean(Severity.WARNING, bands, grave, ends)
    if light:
        yield _unclean(Severity.NOTE, bands, light, [])
    if not found and not ends:
        yield Passed(
            "W-15", "、".join(f"{b.label} {_span(b)}" for b in bands), tuple(b.text.place for b in bands)
        )


def _is_grave(case: Case, seam: Seam) -> bool:
    if any(seam.holds(t.figure.value) for t in case.report.totals):
        return True
    if seam.overlaps:
        return not _shares_an_open_end(seam)
    narrow = seam.width < _WHOLE_POINT or (seam.width == _WHOLE_POINT and _is_whole(seam.start))
    return not narrow


def _shares_an_open_end(seam: Seam) -> bool:
    """60分以下 beside 60—80: 以下 leaves the point to the band that names it."""
    return seam.start == seam.end and (seam.lower.low is None or seam.upper.high is None)


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _unclean(severity: Severity, bands: Sequence[Band], found: list[Seam], ends: list[str]) -> Finding:
    overlaps = [f"{s.span} 分同属“{s.lower.label}”和“{s.upper.label}”" for s in found if s.overlaps]
    holes = [f"{s.span} 分不属于任何一档" for s in found if not s.overlaps]
    told = "；".join([*overlaps, *holes, *(f"{e} 分不属于任何一档" for e in ends)])
    return finding(
        "W-15",
        severity,
        "等级分档不严密：{said}。",
        _band_witnesses(bands, found),
        said=told,
        expected="0—100 各分恰属一档",
    )


def _band_witnesses(bands: Sequence[Band], found: list[Seam]) -> list[Witness]:
    involved = [b for s in found for b in (s.upper, s.lower)] or list(bands)
    return [witness("band", b.text) for b in dict.fromkeys(involved)]


@rule(
    "W-16",
    title="分档与口径不同",
    english="The bands differ from the profile's",
    severity=Severity.NOTE,
    basis=Basis.PRACTICE,
    source="财预〔2020〕10号 第十九条",
    bad="85分以上为优",
    good="90分以上为优",
)
def bands_are_those_of_the_profile(case: Case) -> Iterator[Outcome]:
    """国家口径为优90—100、良80—90、中60—80、差60以下。文件自定的分档优先，只作提示。"""
    bands = case.report.bands
    if len(bands) < 2 or not case.profile.bands:
        return
    own, wanted = _starts(bands), _starts(case.profile.bands)
    if own == wanted:
        yield Passed("W-16", f"{_cuts(own)}", tuple(b.text.place for b in bands))
        return
    yield finding(
        "W-16",
        Severity.NOTE,
        "文中分档的分界是 {said}，口径“{profile}”是 {expected}。",
        [witness("band", b.text) for b in bands],
        said=_cuts(own),
        expected=_cuts(wanted),
        profile=case.profile.title,
    )


def _starts(bands: Sequence[Band]) -> list[Decimal]:
    return sorted((low_of(b) for b in bands if 0 < low_of(b) < TOP), reverse=True)


def _cuts(starts: list[Decimal]) -> str:
    return "、".join(plain(s) for s in starts)
