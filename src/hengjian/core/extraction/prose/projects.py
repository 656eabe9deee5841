"""Projects that are only named in the running text, with the paragraphs that speak of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hengjian.core.extraction.sections import Heading, Located
from hengjian.core.report import Project

_NAME = r"[^：。；，、]{2,36}?"
_ITEM = re.compile(rf"^(?P<name>{_NAME})[：:。]\s*(?=.{{0,60}}?\d[\d,.]*\s*(?:万元|元))")
_ITEM_BARE = re.compile(
    rf"^(?P<name>{_NAME}(?:项目|工程|专项资金|专项经费))[”\"]?，?(?=(?:(?:19|20)\d{{2}}年)?(?:年初|全年|年度|调整后?|项目)?(?:预算|安排资金|执行数)[^。；]{{0,20}}?\d[\d,.]*\s*(?:万元|元))"
)
"""“XX项目全年预算30万元”, without a colon."""
_QUOTED = re.compile(r"^[“\"「『][^”\"」』]+[”\"」』](?:项目|专项资金|专项|工程)?$")
_QUOTES = str.maketrans("", "", "“”\"「」『』")
_TOLD = re.compile(r"(?:年初|全年|年度|调整后|项目)预算|预算(?:安排|数|资金)|执行率|执行数|自评得分")
"""What a paragraph about one project's money and score says."""
_ABOUT_MONEY = re.compile(r"^[^。；]{0,30}(?:绩效目标|预算|安排|资金|拨付|下达|执行|支出|完成|投入|到位|支付|使用)")
_PROJECT_WORD = re.compile(r"(?:费|费用|经费|资金|项目|工程|补助|专项|工作|建设|改造|采购|救助|服务|运维|维护|值班|驻京.{0,4}|培训|活动|补贴|工资|租赁)$")
_GENERIC = re.compile(
    r"绩效|情况|目标|指标|分析|完成|预算|收入|三公|结论|存在|措施|政府采购|资产|概况|职责|产出|效益|满意度|工作开展|收支|"
    r"(?:人员类|运转类|特定目标类|公用).{0,6}项目|本项目|该项目|资金(?:投入|使用|管理|到位|执行|安排)|^(?:部门|单位|全年|本年|年度|财政|上级|区级|县级|市级|其他|其中|基本|日常)*(?:项目|专项)?(?:支出|资金|经费|公用经费|人员经费|专项|项目|其他|工作)$|"
    r"^(?:重点|重大|主要|民生|各|一级|二级|本级|延续性?|新增|一次性|经常性|经济|专项资金|其他|部分|有关|单个|绩效评价)(?:类)?(?:项目|工程|专项|专项资金)$"
)
_UNDER = re.compile(r"项目|专项")


@dataclass(frozen=True, slots=True)
class ProjectMention:
    """A project's name in a paragraph; ``start`` is the offset behind the name and its colon."""

    project: Project
    start: int


def named_in(item: Located) -> ProjectMention | None:
    """The project that a list item or a line “名称：预算…” begins with."""
    text = item.paragraph.text
    offset = len(text) - len(text[item.start :].lstrip())
    body = text[offset:]
    match = _ITEM.match(body) or _ITEM_BARE.match(body)
    if match is None or not _ABOUT_MONEY.match(body[match.end() :]):
        return None
    printed = "".join(match["name"].split())
    name = re.sub(r"^(?:其中)?[：:]?", "", printed.translate(_QUOTES))
    own = bool(_QUOTED.match(printed)) or (name.endswith(("项目", "工程")) and (item.number or _TOLD.match(body[match.end() :])))
    under = any(_UNDER.search(h.plain) for h in item.path) or own
    if not under or _GENERIC.search(name) or not (item.number or own or _PROJECT_WORD.search(name)):
        return None
    place = item.paragraph.place.part(offset, offset + len(match["name"]), match["name"])
    return ProjectMention(Project(name, has_form=False, place=place), offset + match.end())


def heading_project(path: Sequence[Heading], told: Collection[int] = ()) -> Project | None:
    """The project that the innermost heading with a project's name names; headings about its parts stand below it.

    ``told`` are the headings of ``told_headings``, which need no word for a project.
    """
    for index in range(len(path) - 1, -1, -1):
        heading = path[index]
        if _names_project(heading, path[:index], told):
            return Project(heading.plain.translate(_QUOTES), has_form=False, place=heading.words.place)
        if not _PART_OF_PROJECT.search(heading.plain):
            return None
    return None


_PART_OF_PROJECT = re.compile(r"概况|情况|目标|指标|分析|产出|效益|满意度|成本|问题|措施|建议|结论|得分|背景|内容|资金|成效|经验|做法|数量|质量|时效|原因|评价")
"""A heading for a part of what is told about a project; any other heading ends the project above it."""


def _names_project(heading: Heading, above: Sequence[Heading], told: Collection[int]) -> bool:
    plain = heading.plain
    if _GENERIC.search(plain) or len(plain) > 36 or len(plain) < 4:
        return False
    if id(heading) in told:
        return True
    if not above:
        return plain.endswith(("项目", "工程", "专项资金", "专项经费"))
    under = any(_UNDER.search(h.plain) for h in above) or plain.endswith(("项目", "工程"))
    return under and _PROJECT_WORD.search(plain) is not None


def told_headings(located: Sequence[Located]) -> set[int]:
    """The ids of headings below a heading about projects whose first paragraph tells a budget, an execution or a score."""
    found: set[int] = set()
    for before, item in zip([*located[:1], *located], located, strict=False):
        heading = item.path[-1] if item.path else None
        first = heading is not None and (item.start if item.heading is heading else before.heading is heading)
        if heading is None or not first or not any(_OF_PROJECTS.search(h.plain) for h in item.path[:-1]):
            continue
        text = item.paragraph.text[item.start :]
        if _TOLD.search(text) and re.search(r"\d\s*(?:万元|元)", text):
            found.add(id(heading))
    return found


_OF_PROJECTS = re.compile(r"项目(?:支出)?(?:绩效)?(?:自评|评价|完成|实施|绩效|支出)|(?:重点|主要|专项|重大|民生|各|具体).{0,4}项目")


def core_name(name: str) -> str:
    """A project's name without year and 项目, 经费, 资金 at its end: what spellings are compared by."""
    plain = re.sub(r"^(?:19|20)\d{2}年度?", "", "".join(name.split()))
    return re.sub(r"(?:支出|专项|项目|经费|资金|费用|费)+$", "", plain) or plain
