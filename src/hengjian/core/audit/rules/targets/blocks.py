"""Whether the form is filled as a whole: T-21, T-22, T-24."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
from hengjian.core.audit.indicators import (
    filled,
    found,
    name_witness,
    note,
    rows,
    scopes,
    shorten,
    target_witness,
)
from hengjian.core.extraction.numbers import scan
from hengjian.core.places import Place
from hengjian.core.report import Indicator

_ORDER = ("成本指标", "产出指标", "效益指标", "满意度指标")
_LABELS = {"产出指标": ("产出", "完成指标"), "效益指标": ("效益", "效果", "效应")}


@rule(
    "T-21",
    title="必设的一级指标齐全",
    english="The required level-1 blocks are present",
    severity=Severity.ERROR,
    basis=Basis.FORM,
    source="财预〔2021〕101号（产出、效益为必设）；财预〔2015〕88号附件",
    bad="自评表有产出、满意度指标，没有效益指标",
    good="产出、效益、满意度指标齐全",
)
def required_blocks_are_present(case: Case) -> Iterator[Outcome]:
    """项目和部门整体的指标表应设产出指标和效益指标。表格不完整的不判断。"""
    for scope, block in scopes(case.report).items():
        standard = {r.level1_std for r in block}
        if len(block) < 3 or not standard <= set(_ORDER):
            continue
        missing = [n for n in case.profile.required_level1 if n in _LABELS and n not in standard]
        missing = [n for n in missing if not _labelled(case, block, n)]
        if not missing:
            yield Passed("T-21", f"{scope or '部门整体'}：{'、'.join(case.profile.required_level1)}齐全")
        elif not _whole(case, block, missing, scope):
            yield NotChecked("T-21", f"{scope or '部门整体'}的完整指标表", block[0].place)
        else:
            yield _absent(case, block, missing, scope)


def _labelled(case: Case, block: Sequence[Indicator], name: str) -> bool:
    """Whether the label of a block stands in one of the tables of these rows: then it is there, though empty."""
    numbers = {r.table for r in block}
    tables = [t for t in case.document.tables if t.number in numbers] or list(case.document.tables)
    return any(w in c.compact and len(c.compact) <= 12 for t in tables for c in t.cells for w in _LABELS[name])


def _whole(case: Case, block: Sequence[Indicator], missing: list[str], scope: str) -> bool:
    """Whether the table goes on after the place of the missing block, or closes with a total."""
    if any(t.scope == scope and t.source == "table" for t in case.report.totals):
        return True
    present = [_ORDER.index(r.level1_std) for r in block]
    return all(max(present) > _ORDER.index(n) for n in missing)


def _absent(case: Case, block: Sequence[Indicator], missing: list[str], scope: str) -> Finding:
    numbers = {r.table for r in block}
    place = next((t.place for t in case.document.tables if t.number in numbers), block[0].place)
    return found(
        "T-21",
        Severity.ERROR,
        "{scope}的指标表没有{missing}。",
        Witness("table", _cell_of(place, block), ""),
        said="、".join(dict.fromkeys(r.level1_std for r in block)),
        expected="、".join(case.profile.required_level1),
        scope=f"“{shorten(scope, 20)}”" if scope else "部门整体",
        missing="、".join(missing),
    )


def _cell_of(place: Place, block: Sequence[Indicator]) -> Place:
    return block[0].place if block[0].place.table or block[0].place.sheet else place


@rule(
    "T-22",
    title="指标行填写完整",
    english="An indicator row is filled or blank, not half filled",
    severity=Severity.NOTE,
    basis=Basis.FORM,
    source="自评表填报要求（无此类指标的填“无”或空白）",
    bad="有指标名称，没有指标值",
    good="整行空白，或名称、指标值都填",
)
def rows_are_not_half_filled(case: Case) -> Iterator[Outcome]:
    """没有内容的二级指标应整行空白或写“无”，不应只填名称或只填指标值。"""
    for row in rows(case.report):
        if "target" not in row.columns or "执行率" in row.level1 + row.level2:
            continue  # the execution rate stands in the level cells, merged over the name
        name, target = filled(row.name), filled(row.target.text)
        if name and not target:
            yield note("T-22", "“{name}”没有指标值。", name_witness(row), name=shorten(row.name))
        elif target and not name:
            yield note("T-22", "指标值“{target}”没有指标名称。", target_witness(row), target=shorten(row.target.text.text))


_CITED = re.compile(r"号|[《》〔〕]|规划|方案|办法|意见|通知|纪要|条例")


@rule(
    "T-24",
    title="指标值依据有效、不过时",
    english="The basis of a target is in force and not stale",
    severity=Severity.NOTE,
    basis=Basis.PRACTICE,
    source="财预〔2021〕101号（指标值设定依据）",
    bad="2025年的目标依据2012年的文件",
    good="依据：云州财绩〔2024〕6号",
)
def basis_is_not_stale(case: Case) -> Iterator[Outcome]:
    """指标值依据的文件早于报告年度五年以上的，应核对是否仍有效；文件是否存在须看原文。"""
    cited = [r for r in rows(case.report) if filled(r.basis) and _CITED.search(r.basis.text)]
    for row in cited:
        year = _year_of(row.basis.text)
        if case.report.year and year and case.report.year - year > case.profile.basis_age_limit:
            yield note(
                "T-24",
                "“{name}”的依据“{basis}”是{year}年的，距报告年度{age}年。",
                witness("basis", row.basis),
                name=shorten(row.name),
                basis=shorten(row.basis.text),
                year=str(year),
                age=str(case.report.year - year),
            )
    if cited and not case.targets:
        yield NotChecked("T-24", "指标值依据的文件原文", cited[0].basis.place)


def _year_of(text: str) -> int | None:
    """The year of a document number or of a named document."""
    years = [int(m.figure.value) for m in scan(text) if m.kind in ("year", "reference")]
    years += [int(y) for y in re.findall(r"(?<!\d)((?:19|20)\d{2})(?=年|[〕﹞\]）)])", text)]
    return next((y for y in years if 1990 <= y <= 2100), None)
