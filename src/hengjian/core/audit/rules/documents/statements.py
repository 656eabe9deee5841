"""What the text says against what the figures say: D-05, D-06, D-07, D-15."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Outcome, Severity, Witness, witness
from hengjian.core.audit.indicators import (
    actual_witness,
    found,
    missed,
    note,
    number_of,
    rows,
    shorten,
    statements,
    wordy,
)
from hengjian.core.audit.similarity import shares_words
from hengjian.core.document import Document, Paragraph
from hengjian.core.report import Indicator, Report, Stage, Text

_PROJECT_TROUBLE = re.compile(
    r"项目(?:支出|资金|实施|建设|预算)?(?:的)?(?:执行|支出|实施|推进|建设)?进度[^。；，]{0,6}(?:较慢|缓慢|偏慢|滞后|不快|偏低|不理想|较低|不够|不均)"
    r"|项目(?:资金|支出|预算)[^。；，]{0,8}(?:滞后|偏低|较慢|缓慢|不及时|结余较大|使用率不高|执行率(?:不高|偏低|较低))"
)
_SPECIAL_FUND = re.compile(r"专项资金[^。；]{0,30}(?:使用|管理|分配|专款专用)")
_NEGATED = re.compile(r"无|没有|未|不存在|避免|防止|杜绝")


@rule(
    "D-05",
    title="没有项目支出就没有项目支出的问题",
    english="Without project spending there are no problems of project spending",
    severity=Severity.WARNING,
    basis=Basis.ARITHMETIC,
    source="文字说明应与支出数一致",
    bad="项目支出为0，问题写“部分项目支出进度较慢”",
    good="项目支出为0，问题只涉及基本支出",
)
def problems_fit_the_spending(case: Case) -> Iterator[Outcome]:
    """项目支出为0的单位，问题部分不应说项目支出进度慢。"""
    zero = _no_projects(case.report)
    if zero is None:
        return
    troubles = [t for t in _mentions(case.document, _PROJECT_TROUBLE) if not _NEGATED.search(t.text)]
    if troubles:
        funds = _mentions(case.document, _SPECIAL_FUND)[:1]
        yield found(
            "D-05",
            Severity.WARNING,
            "项目支出为0，却称“{said}”。",
            *troubles,
            zero,
            *funds,
            said=troubles[0].text,
            expected="与项目支出无关的问题",
        )


def _no_projects(report: Report) -> Witness | None:
    """Where the document says that nothing was spent on projects this year."""
    facts = [f for f in report.find("expenditure.project", year=report.year) if f.stage in (Stage.EXECUTED, Stage.UNSTATED)]
    if any(f.value for f in facts):
        return None
    if facts:
        return witness("project_spending", facts[0])
    return next((witness("project_spending", c.text) for c in report.claims if c.kind == "no_project_spending"), None)


def _mentions(document: Document, pattern: re.Pattern[str]) -> list[Witness]:
    return [
        Witness("text", p.place.part(m.start(), m.end(), m[0]), m[0])
        for p in document.body
        for m in pattern.finditer(p.text)
    ]


_NOTHING = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]*[）)、.．]?)?(?:存在的?(?:主要)?问题[^。]{0,8}?[：:。]?)?(?:无|暂无|没有|不存在|未发现)(?:问题|存在问题|明显问题|其他问题)?[。.]?$")


@rule(
    "D-06",
    title="有偏差就应说明问题",
    english="The section on problems is not empty while results deviate",
    severity=Severity.WARNING,
    basis=Basis.FORM,
    source="财预〔2020〕10号（分析偏差原因、提出改进措施）",
    bad="存在问题：无；而表中完成值为55%、61%",
    good="存在问题：积案化解进度慢，完成61%，原因是……",
)
def deviations_are_problems(case: Case) -> Iterator[Outcome]:
    """存在问题写“无”，但有指标未完成的，应补充说明。"""
    report = case.report
    empty = _says_no_problems(report)
    if not report.kind.is_self_evaluation or empty is None:
        return
    behind = [r for r in [*rows(report), *statements(report)] if _behind(r)]
    if behind:
        yield found(
            "D-06",
            Severity.WARNING,
            "存在问题写“无”，但有{count}项指标未完成，如“{name}”{said}。",
            empty,
            *(actual_witness(r) for r in behind),
            said=number_of(behind[0].actual.figure),
            expected="说明未完成的原因",
            count=str(len(behind)),
            name=shorten(behind[0].name, 20),
        )


def _says_no_problems(report: Report) -> Witness | None:
    if report.problems and _NOTHING.match(report.problems.compact):
        return witness("problems", report.problems)
    return next((witness("problems", c.text) for c in report.claims if c.kind == "no_problems"), None)


def _behind(row: Indicator) -> bool:
    """Below the target, or words answered by less than 100 %."""
    actual = row.actual.figure
    partly = wordy(row.target) and actual is not None and actual.unit == "%" and actual.value < 100
    return missed(row) or (partly and not row.is_satisfaction)


@rule(
    "D-07",
    title="改进措施对应问题",
    english="The measures answer the problems",
    severity=Severity.NOTE,
    basis=Basis.PRACTICE,
    source="财预〔2020〕10号（改进措施）",
    bad="问题：预算执行进度慢；措施只说加强学习",
    good="问题：预算执行进度慢；措施：按月通报执行进度",
)
def measures_answer_problems(case: Case) -> Iterator[Outcome]:
    """写明的每个问题应有相应的改进措施。"""
    problems, measures = _items(case.report, "problems"), _items(case.report, "measures")
    if any(s.role == "problems" and re.search(r"措施|建议|打算", s.heading.text) for s in case.report.sections) and not measures:
        return  # problems and measures under one heading
    if not problems or any(_NOTHING.match(p.compact) for p in problems):
        return
    if not measures and not re.search(r"改进|措施|建议|下一步", case.report.problems.text):
        yield note("D-07", "写了{count}个问题，没有改进措施。", witness("problem", problems[0]), count=str(len(problems)))
        return
    words = "".join(m.text for m in measures)
    for problem in problems:
        if measures and not shares_words(problem.text, words):
            yield note("D-07", "问题“{text}”没有对应的改进措施。", witness("problem", problem), text=shorten(problem.text))


def _items(report: Report, role: str) -> list[Text]:
    """The paragraphs of the sections of one role, only those long enough to say something."""
    return [p for s in report.sections if s.role == role for p in s.paragraphs if len(p.compact) >= 8]


_SUPERLATIVE = re.compile(r"圆满(?:完成|实现|达成)|(?:全面|全部|超额|高质量)(?:完成|实现|达成)[^。；，]{0,12}(?:目标|任务|指标)|(?:目标|任务|指标)[^。；，]{0,8}(?:全面|全部|均已?|圆满)(?:完成|实现|达成)")
_RESOLVED = re.compile(r"(?:已|共|实际)?(?:成功)?(?:化解|办结|解决|调处)(?:了)?\s*(?P<n>\d+)\s*(?:件|个|起|批|例|宗)")
_CASES = re.compile(r"(?P<n>\d+)\s*(?:个|件|起|批|例|宗){1,2}(?:个访|集访|积案|信访案件|信访事项|信访积案|重复信访|疑难|案件|矛盾纠纷|纠纷)")


@rule(
    "D-15",
    title="圆满、全部完成的说法与指标一致",
    english="Superlatives are borne out by the indicators",
    severity=Severity.WARNING,
    basis=Basis.ARITHMETIC,
    source="结论应与指标完成情况一致（财预〔2020〕10号）",
    bad="称“圆满实现工作目标”，38件积案只化解13件（34.2%）",
    good="基本完成年度目标，积案化解率未达标",
)
def superlatives_hold(case: Case) -> Iterator[Outcome]:
    """称圆满、全部完成的，不应有指标低于目标的90%，也不应有多数事项未办结。"""
    claims = _claims(case.document)
    if not claims or not case.report.kind.is_self_evaluation:
        return
    far = [r for r in [*rows(case.report), *statements(case.report)] if missed(r, Decimal(90))]
    unresolved = [w for p in case.document.body if (w := _mostly_open(p)) is not None]
    against = [actual_witness(r) for r in far] or unresolved
    if against:
        yield found(
            "D-15",
            Severity.WARNING,
            "称“{said}”，但{against}。",
            claims[0],
            *against,
            said=claims[0].text,
            expected="与完成情况相符的结论",
            against=f"“{shorten(far[0].name, 20)}”实际{number_of(far[0].actual.figure)}，低于目标的90%" if far else against[0].text,
        )


_INTENDED = re.compile(r"确保|争取|力争|努力|预期|计划|拟|将|目标[：:是为]|围绕|以便|为了|要求|不断|继续")


def _claims(document: Document) -> list[Witness]:
    """Superlatives about what was done, not about what is meant to be done."""
    return [
        Witness("claim", p.place.part(m.start(), m.end(), m[0]), m[0])
        for p in document.body
        for m in _SUPERLATIVE.finditer(p.text)
        if not _INTENDED.search(re.split(r"[。；;]", p.text[: m.start()])[-1])
    ]


def _mostly_open(paragraph: Paragraph) -> Witness | None:
    """A paragraph that names cases and resolves fewer than half of them."""
    solved = list(_RESOLVED.finditer(paragraph.text))
    if len(solved) != 1:
        return None
    all_cases = [m for m in _CASES.finditer(paragraph.text) if m.end() <= solved[0].start()]
    total, done = sum(int(m["n"]) for m in all_cases), int(solved[0]["n"])
    if not all_cases or done * 2 >= total:
        return None
    text = f"{total}件中{solved[0][0]}（{Decimal(done) * 100 / total:.1f}%）"
    start, end = all_cases[0].start(), solved[0].end()
    return Witness("resolved", paragraph.place.part(start, end, paragraph.text[start:end]), text, str(done), "件")
