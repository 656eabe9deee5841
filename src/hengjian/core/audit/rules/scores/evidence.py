"""What the W rules share: findings from figures, reasons in prose, and whose score a sentence reports."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from decimal import Decimal

from hengjian.core.audit.catalogue import Case
from hengjian.core.audit.finding import Finding, Repair, Severity, Witness, witness
from hengjian.core.figures import Figure, plain
from hengjian.core.places import NOWHERE, Place
from hengjian.core.report import Grade, Indicator, Kind, Total
from hengjian.core.scoring.sheets import Sheet
from hengjian.core.scoring.words import compact, gives_a_reason

_REASON = re.compile(
    r"原因|由于|因为|与.{2,20}有关|所致|缘于|鉴于|导致|致使|造成|主要是|主要为|受.{1,20}影响|(?<![起诱成])因(?!此|而|素|果|公|地制宜|故)[^，。；]{2,24}"
    r"|与[^，。；]{2,24}(?:有关|相关)|(?<![关联维体干])系(?!统|列|数)[^，。；]{4,}|源于|未通过"
)
_DEVIATION = re.compile(
    r"未达|未完成|未能|未实现|不足|差距|低于|偏低|偏离|偏差|滞后|下降|未全部|尚未|没有完成|缓慢|较慢|不高|结转|减少|扣分|失分|"
    r"超额|超出|超过|高于|增加|[少差短][\d一两三四五六七八九十]|少于|未通过|仅[有为完]?|只有"
)
_MISSED = re.compile(r"未达|未完成|未能|未实现|低于(?:年初|预期|目标|年度)|差距|偏低|没有完成|不高")
_OTHERS = re.compile(
    r"第三方|复核|复评|财政(?:局|部门)?(?:重点)?评价|专家|抽查|再评价|平均|年度考核|绩效考核|目标考核|考评|(?P<before>上一?年度?|去年|历年|同期)"
)
_WINDOW = 5
_MEASURE = re.compile(r"(?:按时|按期|及时|年度|当年)?(?:完成|办结|受理|发放|合格|覆盖|达标|达到|通过|完好|验收|处置|到位|执行)?(?:率|比例|比重|人数|次数|场次|人次|户数|件数|数量|数|量|情况|程度)$|^(?:新建|新增|完成|开展|组织|举办|全年|年度)")
_SENTENCE_END = re.compile(r"[。！？；;\n]")


def finding(
    rule: str,
    severity: Severity,
    wording: str,
    witnesses: Iterable[Witness],
    *,
    said: str = "",
    expected: str = "",
    difference: str = "",
    repairs: tuple[Repair, ...] = (),
    **values: str,
) -> Finding:
    """A finding whose wording is filled from ``said``, ``expected``, ``difference`` and further values."""
    filled = {"said": said, "expected": expected, "difference": difference, **values}
    return Finding(
        rule,
        severity,
        wording,
        tuple(witnesses),
        filled,
        said,
        expected,
        difference,
        repairs,
    )


def witnesses_of(role: str, figures: Iterable[Figure | None]) -> list[Witness]:
    return [witness(role, f) for f in figures if f is not None]


def row_witness(row: Indicator) -> Witness:
    """The row itself, by its name."""
    place = row.level3.place if row.level3.place != NOWHERE else row.place
    return Witness("indicator", place, row.name)


def result_witnesses(row: Indicator) -> list[Witness]:
    """The target and the result of a row."""
    target = row.target.figure or row.target.text
    actual = row.actual.figure or row.actual.text
    return [witness("target", target), witness("actual", actual)]


def of_scope(sheet: Sheet) -> str:
    """``“项目”`` where the sheet belongs to one project, else nothing."""
    return f"“{sheet.scope}”" if sheet.scope else ""


def apart(value: Decimal) -> str:
    """A difference as it is told: without its sign, which said and expected show."""
    return plain(abs(value))


def is_progress(case: Case) -> bool:
    """A monitoring form reports progress: an unmet target there is no shortfall yet."""
    return case.report.kind is Kind.MONITORING


def explained(case: Case, row: Indicator) -> bool:
    """Whether a deviation of this row is explained anywhere: in its own cells or in the text of the report."""
    if gives_a_reason(row.reason.text) or _REASON.search(row.actual.text.text):
        return True
    keys = _own_keys(case, row)
    if any(_names(text, keys) and (_gives_reason(text) or _tells_a_shortfall(text, keys)) for text in _prose(case)):
        return True
    nouns = _nouns(row)
    return any(_names(s, nouns) and _gives_reason(s) for text in _prose(case) for s in re.split(r"[。；]", text))


_VERB = re.compile(r"^(?:新建成?|新增|建设|建成|改造|开展|举办|组织|完成|发放|购置|采购|实施|培训|整治|修建|维修|更新|办理|处理)|(?:数量|个数|次数|场次|人数|面积|长度|里程|户数|数)$")


def _nouns(row: Indicator) -> list[str]:
    """What a row counts, without its verb and measure: 新建社区食堂 is 社区食堂 in 建成社区食堂3家. Only for one sentence."""
    noun = _VERB.sub("", compact(row.name))
    return [noun] if len(noun) >= 4 and not row.is_satisfaction else []


_NO_CAUSE = re.compile(r"下一步|今后|将|拟|计划|力争|继续|进一步|加强|目标(?:值)?(?:为|是)?[≥≤=]?\d|^\s*$")


def _tells_a_shortfall(text: str, keys: list[str]) -> bool:
    """A sentence that says which row fell short, and a next one that tells what happened, and no mere intention."""
    told = [s for s in re.split(r"[。；]", text) if s]
    for before, after in itertools.pairwise(told):
        if _names(before, keys) and _MISSED.search(before) and len(after) >= 8 and not _NO_CAUSE.search(after):
            return True
    return False


def execution_explained(case: Case) -> bool:
    """Whether the text says why the budget was not fully executed."""
    words = re.compile(r"执行率|预算执行|资金支[付出]|支出进度|结转|未支[付出]")
    return any(words.search(text) and _gives_reason(text) for text in _prose(case))


def _prose(case: Case) -> list[str]:
    return [compact(p.text) for p in case.document.body]


def _gives_reason(text: str) -> bool:
    """A paragraph that speaks of a deviation and of its cause."""
    return _REASON.search(text) is not None and _DEVIATION.search(text.replace("无偏差", "")) is not None


def _keys(row: Indicator) -> list[str]:
    """Parts of a name by which prose may mention the row: the name, any five characters of a longer one, any four of its subject."""
    name = compact(row.name)
    if row.is_satisfaction:
        return ["满意"]
    if len(name) <= _WINDOW:
        return [name] if len(name) >= 2 else []
    subject = _MEASURE.sub("", name)
    close = [subject[i : i + 4] for i in range(len(subject) - 3)]
    return [*close, *(name[i : i + _WINDOW] for i in range(len(name) - _WINDOW + 1))]


def _own_keys(case: Case, row: Indicator) -> list[str]:
    """Parts of the name that no other row's name has: 信访事项 alone does not say which of two rates is meant."""
    name = compact(row.name)
    others = [other for i in case.report.indicators if (other := compact(i.name)) and other != name]
    own = [k for k in _keys(row) if not any(k in other and name not in other and other not in name for other in others)]
    return own or [name]


def _names(text: str, keys: list[str]) -> bool:
    return any(key in text for key in keys)


def sentence_at(case: Case, place: Place) -> str:
    """The sentence of running text in which a place lies; empty for a table cell."""
    if not place.paragraph:
        return ""
    text = next((p.text for p in case.document.paragraphs if p.place.paragraph == place.paragraph), "")
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, place.start)), default=0)
    end = _SENTENCE_END.search(text, place.end)
    return text[start : end.start() if end else len(text)]


def own_totals(case: Case, totals: Iterable[Total]) -> list[Total]:
    """Totals that this report gives itself this year: no third party's, no review's, no other year's."""
    return [t for t in totals if not _is_anothers(case, t)]


def own_grades(case: Case, grades: Iterable[Grade]) -> list[Grade]:
    """Grades that this report gives itself this year."""
    own = [g for g in grades if not _speaks_of_others(case, g.label.place, g.label.text)]
    return [g for g in own if not _counts_projects(case, g)]


_COUNTED_PROJECTS = re.compile(r"(?:\d+|[一二两三四五六七八九十]+)\s*个(?:(?!整体|部门)[^，。；]){0,24}$")


def _counts_projects(case: Case, grade: Grade) -> bool:
    """“8个项目评价等级为优，1个为良” tells how many projects have a grade, and no grade of the whole."""
    place = grade.label.place
    text = next((p.text for p in case.document.paragraphs if p.place.paragraph == place.paragraph), "") if place.paragraph else ""
    return bool(_COUNTED_PROJECTS.search(text[: place.start]))


def _is_anothers(case: Case, total: Total) -> bool:
    return _speaks_of_others(case, total.figure.place, total.figure.text)


def _speaks_of_others(case: Case, place: Place, words: str) -> bool:
    """Whether the sentence, up to these words, last speaks of somebody else's judgement or of another year."""
    sentence = sentence_at(case, place)
    found = sentence.find(words) if words else -1
    told = sentence[: found + len(words)] if found >= 0 else sentence
    years = [int(y) for y in re.findall(r"(20\d\d)\s*年", told)]
    if years and case.report.year is not None and case.report.year != years[-1]:
        return True
    last = next(reversed(list(_OTHERS.finditer(told))), None)
    if last is None:
        return False
    own = r"本年|今年|20\d\d\s*年" if last["before"] else r"自评|本单位|本部门|我局|我单位"
    return re.search(own, told[last.end() :]) is None


_FULL = re.compile(r"满分(?:为|是|共)?(\d{2,4})分")
_PART = re.compile(
    r"(?:^|[，,。；;：:、])(?:其中)?(?![^，,。；;：:、]*(?:总|综合|合计|自评得分|评价得分|最终))[^，,。；;：:、]*[（(]$"
    r"|(?:^|[，,。；;：:、])(?:其中)?(?![^，,。；;：:、]*(?:总|综合|整体|合计|自评|评价|最终|评分))[^，,。；;：:、]*(?:指标|部分|方面|情况|效能|效率|效果|效益|管理|产出|投入|过程)$"
)
"""What stands before the full marks of a part: 履职效能46.50分（满分50分）."""


def full_marks(case: Case) -> Decimal | None:
    """The full marks that the document declares (满分120分), where they are not the profile's."""
    stated = {Decimal(m[1]) for t in _prose(case) for m in _FULL.finditer(t) if not _PART.search(t[: m.start()])}
    other = stated - {case.profile.total}
    return other.pop() if len(other) == 1 else None
