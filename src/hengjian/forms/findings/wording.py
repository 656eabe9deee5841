"""Places and results in words for people."""

from __future__ import annotations

from pathlib import PurePath

from hengjian.core.audit.finding import Severity
from hengjian.core.places import Place, column_letters
from hengjian.forms.findings.result import FileResult

GLYPHS = {Severity.ERROR: "■", Severity.WARNING: "▲", Severity.NOTE: "○"}
"""Shapes as well as colours; all of them exist in GBK."""

ROLES = {
    "total": "合计", "part": "分项", "target": "目标", "actual": "完成值", "weight": "分值", "score": "得分", "budget": "预算",
    "executed": "执行", "rate": "比率", "numerator": "分子", "denominator": "分母", "initial": "年初", "reference": "对照",
    "mention": "提及", "income": "收入", "expenditure": "支出", "claim": "表述", "earlier": "前", "later": "后",
}  # fmt: skip


def place_words(place: Place) -> str:
    """第4页 表2 第3行第5列, 第12段, 工作表“自评表”B6."""
    page = f"第{place.page}页 " if place.page else ""
    if place.sheet:
        return f"{page}工作表“{place.sheet}”{column_letters(place.column)}{place.row or ''}"
    if place.table:
        cell = f" 第{place.row}行第{place.column}列" if place.row else ""
        return f"{page}表{place.table}{cell}"
    return f"{page}第{place.paragraph}段" if place.paragraph else "全文"


def why(path: str, message: str) -> str:
    """Why a file could not be read, without the file's name, for where its path stands already."""
    return message.removeprefix(f"{PurePath(path).name}：")


def verdict(result: FileResult) -> str:
    """One phrase for the summary table."""
    if not result.readable:
        return "不能读取"
    if result.count(Severity.ERROR) or result.count(Severity.WARNING):
        return "需要修改"
    return "可再完善" if result.count(Severity.NOTE) else "未发现矛盾"


def checked_figures(result: FileResult) -> int:
    """How many figures of the document were read and compared."""
    if result.report is None:
        return 0
    rows = result.report.indicators
    in_rows = sum(f is not None for i in rows for f in (i.target.figure, i.actual.figure, i.weight, i.score))
    return len(result.report.facts) + in_rows


def overview(result: FileResult) -> str:
    """11 页 · 表 2 · 数字 142 · 指标 9."""
    if result.document is None or result.report is None:
        return ""
    pages = [f"{result.document.pages} 页"] if result.document.pages else []
    parts = [*pages, f"表 {len(result.document.tables)}", f"数字 {checked_figures(result)}"]
    return " · ".join([*parts, f"指标 {len(result.report.indicators)}"])
