"""Whose report it is: D-03, D-04."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
from hengjian.core.audit.indicators import found, rows, shorten
from hengjian.core.audit.similarity import normalise
from hengjian.core.audit.words import words
from hengjian.core.document import Paragraph
from hengjian.core.places import Place
from hengjian.core.report import Kind

_REGION = re.compile(r"^(?:[\u4e00-\u9fff]{1,7}?(?:省|自治区|自治州|市|州|盟|地区|县|旗|新区|区|开发区|高新区))+(?=[\u4e00-\u9fff]{2,})")
_SUFFIX = re.compile(r"(?:本级|机关|[（(][^）)]*[）)]|部门)$")


def core_of(name: str) -> str:
    """A unit's name without region, code, party prefix and 本级."""
    plain = re.sub(r"\s", "", name)
    plain = re.sub(r"^[（(]?\d+[）)]?|[（(][^）)]*[）)]", "", plain)
    plain = re.sub(r"^(?:中国共产党|中共)", "", plain)
    plain = _REGION.sub("", plain)
    plain = re.sub(r"^(?:省|市|县|区|旗)(?=[\u4e00-\u9fff]{2})", "", plain)
    return _SUFFIX.sub("", plain)


@rule(
    "D-03",
    title="单位名称前后一致",
    english="The unit's name is the same throughout",
    severity=Severity.WARNING,
    basis=Basis.FORM,
    source="报告、表格和落款应为同一单位",
    bad="标题为衡山区信访局，落款为衡山区司法局",
    good="标题为云州市衡山区信访局，表内为区信访局",
)
def unit_is_one(case: Case) -> Iterator[Outcome]:
    """标题、表头和落款的单位名称去掉行政区划后应当相同；互相包含的简称、主管部门与实施单位不同不算。"""
    report = case.report
    own = core_of(report.unit_name.text)
    if not own:
        yield NotChecked("D-03", "单位名称")
        return
    allowed = _allowed(case, own)
    for other in report.other_unit_names:
        name = core_of(other.text)
        if len(name) >= 3 and not any(_same_unit(name, a) for a in allowed):
            allowed.append(name)
            yield found(
                "D-03",
                Severity.WARNING,
                "此处单位为“{said}”，报告单位为“{expected}”。",
                witness("unit", other),
                witness("report_unit", report.unit_name),
                said=other.text.strip(),
                expected=report.unit_name.text.strip(),
            )
    if len(allowed) == 1 and report.other_unit_names:
        yield Passed("D-03", f"{len(report.other_unit_names)}处单位名称均为{own}", (report.unit_name.place,))


def _allowed(case: Case, own: str) -> list[str]:
    """The unit, and the departments and units of its projects when one of the two is the unit itself."""
    names = [own]
    for project in case.report.projects:
        pair = [core_of(t.text) for t in (project.department, project.unit) if t]
        if any(_same_unit(n, own) for n in pair):
            names.extend(n for n in pair if n not in names)
    return names


def _same_unit(first: str, second: str) -> bool:
    one, two = normalise(first), normalise(second)
    return one in two or two in one or _letters(one, two) or _letters(two, one)


def _letters(short: str, long: str) -> bool:
    """Whether a short form keeps the order of the long name's characters (卫健局, 卫生健康局)."""
    rest = iter(long)
    return len(short) >= 3 and all(c in rest for c in short)


_ADAPTED = re.compile(r"(?:结合|根据|立足|围绕|符合)(?:我[区县市局]|本[区县市单位部门]*)?(?P<what>[\u4e00-\u9fff]{2,5}?)工作的?(?:实际|特点|需要|性质)")
_THAT_PROJECT = re.compile(r"(?:对|就)(?:该|本|此)项目(?:经费|资金|支出)?[^。；]{0,12}(?:核查|评价|自评|进行)")


@rule(
    "D-04",
    title="没有其他单位模板的残留",
    english="Nothing is left over from another body's template",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    source="自评报告应反映本单位情况",
    bad="信访局报告写“结合组织工作的实际情况”；整体自评写“对该项目经费进行核查”",
    good="结合信访工作的实际情况",
)
def no_foreign_template(case: Case) -> Iterator[Outcome]:
    """报告中不应有其他部门的业务用语、自称，整体报告中不应有项目报告的套话。"""
    unit = case.report.unit_name.text or case.report.title.text
    if not unit:
        yield NotChecked("D-04", "单位名称")
        return
    paragraphs = list(case.document.body)
    for paragraph in paragraphs:
        yield from _foreign_words(paragraph, unit)
    yield from _foreign_indicators(case, unit)
    if case.report.kind is Kind.OVERALL_SELF_EVALUATION:
        yield from _project_phrases(paragraphs)


def _foreign_words(paragraph: Paragraph, unit: str) -> Iterator[Finding]:
    for match in _ADAPTED.finditer(paragraph.text):
        body = next((b for b in words("bodies")["body"] if match["what"] in b["work"]), None)
        if body and not any(u in unit for u in body["units"]):
            yield _left_over(match[0], paragraph.place.part(match.start(), match.end(), match[0]), "其他部门的业务用语")
    for self_name in words("bodies")["self"]:
        if any(u in unit for u in self_name["units"]):
            continue
        for match in re.finditer("|".join(self_name["says"]), paragraph.text):
            yield _left_over(match[0], paragraph.place.part(match.start(), match.end(), match[0]), "与本单位不符的自称")


def _foreign_indicators(case: Case, unit: str) -> Iterator[Finding]:
    """Satisfaction of people whom such a body does not serve (患者满意度 in a petition bureau's form)."""
    if "信访" not in unit:
        return
    for row in rows(case.report):
        hit = next((w for w in words("bodies")["foreign_to_petitions"] if w in row.name), "")
        if hit:
            yield _left_over(row.name, row.level3.place, "其他部门的服务对象")


def _project_phrases(paragraphs: list[Paragraph]) -> Iterator[Finding]:
    """“该项目” in an overall report, where no project was named before."""
    before = ""
    for paragraph in paragraphs:
        for match in _THAT_PROJECT.finditer(paragraph.text):
            if "项目" not in before + paragraph.text[: match.start()]:
                place = paragraph.place.part(match.start(), match.end(), match[0])
                yield _left_over(match[0], place, "整体报告中的项目报告套话")
        before = paragraph.text if len(paragraph.text) > 25 else before[-200:] + paragraph.text


def _left_over(text: str, place: Place, kind: str) -> Finding:
    return found(
        "D-04",
        Severity.WARNING,
        "“{text}”像是{kind}的残留。",
        Witness("text", place, text),
        said=text,
        text=shorten(text),
        kind=kind,
    )
