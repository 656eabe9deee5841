"""Years and dates of the document: D-01, D-02."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import (
    Basis,
    Finding,
    NotChecked,
    Outcome,
    Passed,
    Repair,
    Severity,
    Witness,
    witness,
)
from hengjian.core.audit.indicators import found, rows, shorten
from hengjian.core.document import Cell, Table
from hengjian.core.places import Place
from hengjian.core.report import Kind

_YEAR = re.compile(r"(?<!\d)(?P<year>20\d{2})\s*年(?:度)?(?!\s*\d{1,2}\s*月)")
_SPAN = re.compile(r"20\d{2}\s*年?\s*度?\s*(?:[-—－–~～至到、和及]+)\s*(?:20)?\d{2}\s*年")
_QUOTED = re.compile(r"《[^》]*》|[〔﹝\[【]\s*20\d{2}\s*[〕﹞\]】]|“[^”]*”|\"[^\"]*\"")
_TITLE_WORDS = re.compile(r"自评表|自评报告|评价报告|评价表|评价自评|绩效自评|绩效目标表|目标申报表|申报表|监控表|监控情况表|基础数据表|绩效评价|绩效目标|绩效报告|绩效文本|情况表|一览表|明细表|汇总表")
_SENTENCE = re.compile(r"[。；;，,]|根据|按照|依据|关于.{0,30}(?:通知|意见|批复)|的要求")
_OTHER_YEAR = re.compile(
    r"上年|上一年|去年|历年|往年|决算|预算数|执行数|同期|对比|比较|下年|下一年|次年|计划数|增减|规划|文件|依据"
    r"|20\d{2}年(?!度).*(?:中央|上级|省级|市级|补助|专项资金|结转|续建)"
)
_HEAD_WORDS = re.compile(r"完工项目|在职人数|在职人员|实有人数|实际人数|指标值|完成值|总体目标|自评|绩效|情况|控制|执行率|完成情况")


@rule(
    "D-01",
    title="标题、表头的年度与报告年度一致",
    english="Years in titles and form heads are the year of the report",
    severity=Severity.ERROR,
    basis=Basis.FORM,
    source="自评报告、自评表的年度应为同一预算年度",
    bad="2023年度的基础数据表表头写“2022年完工项目”",
    good="表头写“2023年完工项目”；“2022年决算数”作为上年栏",
)
def years_are_the_report_year(case: Case) -> Iterator[Outcome]:
    """标题、表题和表头中的年度应为报告年度；文号、规划期间和上年比较栏除外。"""
    year = case.report.year
    if year is None:
        yield NotChecked("D-01", "报告年度")
        return
    places = [*_titles(case), *_heads(case, year)]
    for text, place in places:
        years = _years(_without_projects(text, case))
        ahead = "目标" in text and str(year + 1) in years and case.report.kind.is_self_evaluation
        if years and str(year) not in years and not ahead:
            yield _other_year(text, place, years[0], year)
    if places:
        yield Passed("D-01", f"{len(places)}处标题、表头的年度为{year}")


def _years(text: str) -> list[str]:
    plain = _SPAN.sub("", _QUOTED.sub("", text))
    return [m["year"] for m in _YEAR.finditer(plain)]


def _without_projects(text: str, case: Case) -> str:
    """A caption may carry a project's own name, and that the year of its money."""
    names = sorted({p.name for p in case.report.projects} | set(case.report.scopes()), key=len, reverse=True)
    for name in names:
        if len(name) > 3:
            text = text.replace(name, "")
    return text


def _titles(case: Case) -> Iterator[tuple[str, Place]]:
    """Short lines without a sentence that name a form or a report."""
    captions = {line.strip() for t in case.document.tables for line in t.caption.splitlines()}
    for paragraph in case.document.paragraphs:
        text = paragraph.text.strip()
        if paragraph.role == "contents" or not 6 <= len(text) <= 50 or _is_sentence(text):
            continue
        captioned = text in captions and re.match(r"20\d{2}年度?(?!\d)", text) is not None and len(text) <= 30
        bracketed = re.fullmatch(r"[（(]\s*20\d{2}\s*年\s*度?\s*[）)]", text)
        if (_TITLE_WORDS.search(text) and not re.match(r"[（(]?[一二三四五六七八九十\d]+[）)、.．](?!\d)", text)) or bracketed or captioned:
            yield text, paragraph.place


def _is_sentence(text: str) -> bool:
    return _SENTENCE.search(_QUOTED.sub("", text)) is not None or _OTHER_YEAR.search(text) is not None


def _heads(case: Case, year: int) -> Iterator[tuple[str, Place]]:
    """Cells of form heads: the year line of a form and labels such as （2023年完工项目）."""
    yield from _periods(case, year)
    inside = {(r.table, r.row) for r in rows(case.report)}
    for table in case.document.tables:
        for cell in table.cells:
            if (table.number, cell.row) not in inside and _is_head(cell, table, year):
                yield cell.compact, cell.place


_PERIOD = re.compile(r"(?P<year>20\d{2})年1\s*[-—－–~～至]\s*\d{1,2}月(?:份)?(?:累计)?(?:预算)?(?:执行|完成|支出)")


_STAGE_HEAD = re.compile(r"^(?P<year>20\d{2})年(?:度)?(?:1\s*[-—－–~～至]\s*\d{1,2}月)?(?:年初|全年|调整后?|实际)*(?:预算|执行|支出)数?(?:[（(][^）)]*[）)])?$")


def _says_this_year(table: Table, year: int) -> bool:
    """Whether a form has columns of the report's year or of 上年 beside: then other years are there to compare."""
    heads = [c.compact for c in table.cells if len(c.compact) <= 24]
    return any(re.search(rf"^{year}年.*(?:预算|执行|支出|决算)", h) or re.search(r"上年(?!结转|度?结转)|上一年|增减", h) for h in heads)


def _periods(case: Case, year: int) -> Iterator[tuple[str, Place]]:
    """Heads of a form that name the period with a year: 2024年1-7月执行数. In an evaluation also 2022年全年执行数, beside a rate."""
    pattern = _PERIOD if case.report.kind is Kind.MONITORING else _STAGE_HEAD
    forms_ = {r.table for r in rows(case.report)}
    for table in case.document.tables:
        if case.report.kind is not Kind.MONITORING and (table.number not in forms_ or _says_this_year(table, year)):
            continue
        heads = [(c, m) for c in table.cells if (m := pattern.search(c.compact)) and len(c.compact) <= 24]
        if heads and all(int(m["year"]) != year for _, m in heads):
            yield from ((pattern.sub(lambda m: f"{m['year']}年度", c.compact), c.place) for c, _ in heads)


def _is_head(cell: Cell, table: Table, year: int) -> bool:
    text = cell.compact
    if not 5 <= len(text) <= 30 or not _YEAR.search(text) or _SENTENCE.search(text) or _OTHER_YEAR.search(text):
        return False
    alone = re.fullmatch(r"[（(]?20\d{2}年度?[）)]?", text) is not None
    if alone and cell.column_span == 1:
        return False
    if not (alone or _HEAD_WORDS.search(text) or _TITLE_WORDS.search(text)):
        return False
    return not _compares(cell, table, year)


def _compares(cell: Cell, table: Table, year: int) -> bool:
    """Whether a neighbour in the row says the same of the year of the report."""
    same = _YEAR.sub("", cell.compact)
    return any(c is not cell and str(year) in c.compact and _YEAR.sub("", c.compact) == same for c in table.covering_row(cell.row))


def _other_year(text: str, place: Place, said: str, year: int) -> Finding:
    return found(
        "D-01",
        Severity.ERROR,
        "“{text}”写{said}年，报告年度是{year}年。",
        Witness("heading", place, text, said, "年"),
        said=said,
        expected=str(year),
        difference=str(int(said) - year),
        repairs=[Repair(place, said, str(year))],
        text=shorten(text, 40),
        year=str(year),
    )


_DATES = (
    re.compile(r"(?P<y>20\d{2})\s*年\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*[日号])?"),
    re.compile(r"(?P<y>20\d{2})\s*[-./]\s*(?P<m>\d{1,2})\s*[-./]\s*(?P<d>\d{1,2})"),
)
_SPELLED = re.compile(r"(?P<y>[二〇○零一三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,2})月(?:(?P<d>[一二三四五六七八九十]{1,3})日)?")
_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}


def parse_date(text: str) -> date | None:
    """A date from its printed words; the day is 1 when none is printed. ``None`` for anything else."""
    for pattern in _DATES:
        if match := pattern.search(text):
            return _date(int(match["y"]), int(match["m"]), int(match["d"] or 1))
    if match := _SPELLED.search(text):
        year = int("".join(_DIGITS[c] for c in match["y"]))
        return _date(year, _small(match["m"]), _small(match["d"] or "一"))
    return None


def _small(text: str) -> int:
    tens, ten, ones = text.partition("十")
    if not ten:
        return int(_DIGITS[text])
    return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@rule(
    "D-02",
    title="填报日期在次年",
    english="The filing date is in the following year",
    severity=Severity.WARNING,
    basis=Basis.FORM,
    source="财预〔2020〕10号（预算年度终了后开展自评）",
    bad="2023年度自评，填报日期2023年7月30日",
    good="2023年度自评，填报日期2024年7月30日",
)
def filed_in_the_next_year(case: Case) -> Iterator[Outcome]:
    """自评在预算年度终了后进行，填报日期应在次年。"""
    report = case.report
    if not report.kind.is_self_evaluation:
        return
    filed = parse_date(report.filed_on.text) if report.filed_on else None
    if report.year is None or filed is None:
        yield NotChecked("D-02", "填报日期" if report.year else "报告年度")
    elif filed.year != report.year + 1:
        yield found(
            "D-02",
            Severity.WARNING,
            "填报日期{said}不在{year}年度的次年。",
            witness("date", report.filed_on),
            said=report.filed_on.text.strip(),
            expected=f"{report.year + 1}年",
            year=str(report.year),
        )
    else:
        yield Passed("D-02", f"{report.filed_on.compact}在{report.year}年度的次年", (report.filed_on.place,))
