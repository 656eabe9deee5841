"""What a title says beside kind, unit and year: the project that a project's report is about."""

from __future__ import annotations

import re

from hengjian.core.report import Text

_YEAR = r"(?:(?:19|20)\d{2}|二[〇零○][〇零○一二三四五六七八九]{2})年"
_PERIOD = rf"[（(]?{_YEAR}度?(?:上半年|下半年|前三季度|全年)?[）)]?"
_PLACE_THEN_YEAR = re.compile(rf"^[一-鿿]{{2,14}}?(?:省|市|县|区|州|旗)(?:本级)?(?={_PERIOD})")
_NAME = re.compile(
    r"(?P<name>.{4,50}?)(?P<tail>(?:项目)?(?:支出)?(?:财政)?(?:支出)?(?:资金)?)(?:预算)?(?:的)?"
    r"(?:绩效(?:自评|评价|报告|目标|总结|运行|监控|自我|情况|完成)|自评|单位自评)"
)
_GENERIC = re.compile(
    r"(?:财政|专项|项目|部门|单位|整体|本级|机关|预算|区级|县级|市级|省级|一级|二级|重点|主要|各|上半年|下半年|前三季度|全年|年度|"
    rf"{_PERIOD})*(?:支出|资金|经费|项目)*"
)
_IN_BRACKETS = re.compile(r"[（(](?P<name>[^（）()]{4,40}?(?:项目|工程|资金|经费|补助|专项|费))[）)]$")
"""“项目支出绩效自评报告（森林防火专项经费）”."""
_QUOTED = re.compile(r"[“\"「『](?P<name>[^“”\"「」『』]{3,})[”\"」』](?:项目|专项|工程)?")
"""“智慧渔港”项目: the quotes hold the whole name."""
_MONEY_NAME = re.compile(r"(?:资金|经费|补助|补贴|费|专项)$")


def title_project(title: Text, unit_name: str) -> str:
    """The project that the title of a project report names, without the year before or behind it; empty when it names none.

    “云州市衡山区体育局健身路径更新项目2024年度绩效自评报告” → 健身路径更新项目.
    """
    plain = re.sub(rf"^(?:关于)?{_PERIOD}", "", title.compact)
    plain = _PLACE_THEN_YEAR.sub("", plain)
    if unit_name and plain.startswith(unit_name):
        plain = plain[len(unit_name) :]
    plain = re.sub(r"^(?:部门|单位|本级)?(?:关于|开展)?", "", plain)
    match = _NAME.match(plain)
    name = _named(match) if match is not None else ""
    if name and not _GENERIC.fullmatch(name):
        return name
    bracketed = _IN_BRACKETS.search(plain)
    return bracketed["name"] if bracketed is not None and not _GENERIC.fullmatch(bracketed["name"]) else ""


def _named(match: re.Match[str]) -> str:
    """The name with the 项目 or 资金 that belongs to it: “XX资金项目支出” is the form's word, “XX改造项目” the name's."""
    printed, tail = match["name"], match["tail"]
    before = re.sub(rf"{_PERIOD}$", "", printed)
    name = re.sub(rf"^{_PERIOD}", "", before)
    if quoted := _QUOTED.fullmatch(name):
        return quoted["name"]
    if tail.startswith("项目"):
        form = _MONEY_NAME.search(name) is not None and (tail.startswith("项目支出") or before != printed)
        return name if form else name + "项目"
    return name + "资金" if tail.startswith("资金") else name
