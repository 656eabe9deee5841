"""What a table is and whose: from its title lines, the lines above it and the document's own title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.core.document import Document, Paragraph, Table
from hengjian.core.extraction.terms import fold
from hengjian.core.places import NOWHERE
from hengjian.core.report import Kind, Text

NO_TEXT = Text()
_UNIT = re.compile(r"(?:金额)?单位[:：]?[（(]?(?P<unit>百元|千元|万元|亿元|元)(?![/／])")
_BRACKET_UNIT = re.compile(r"[（(](?:单位[:：]?)?(?P<unit>百元|千元|万元|亿元|元)[)）]")
_NUMBER = re.compile(r"^(?:附件|附表|附)[:：]\s*|^(?:附件|附表|表)?\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．：:]|[①-⑳])\s*(?!\d)")
_FORM = re.compile(
    r"(?P<name>.*?)[（(]?(?:项目)?(?:支出)?(?:预算)?(?:(?:绩效)?目标(?:执行)?|绩效)(?:运行)?(?:完成情况)?(?:自我?评价?|评价|申报|批复|监控|完成|评分|审核)*"
    r"(?:情况)?(?:打分|评分)?(?:基本信息)?(?:汇总)?(?:指标)?(?:表|自评|目标)$"
)
_NAMED = re.compile(r"(?:(?:二级)?(?:项目|专项资金|专项)名称|项目(?:[一二三四五六七八九十]{1,3}|\d{1,2})):(?P<name>.{2,60}?)(?=$|项目编码|主管部门|单位:|实施单位)")
_GENERIC = re.compile(r"(?:.*(?:部门|单位|整体|局|委|办|中心|本级|镇|乡|街道).{0,6})?(?:部门|单位|整体|支出|预算|年度|财政|专项|资金|项目|区级|市级|县级|省级|级|[（(].*[)）]|\d{4}年?度?)*")
_TITLE = re.compile(r"绩效自?评|绩效目标|自评(?:情况|结果|工作)|报告|汇总|附件")
_OVERALL = re.compile(r"整体支出|部门整体|单位整体|整体绩效|部门预算绩效|部门\(单位\)整体|部门支出绩效")
_YEAR = re.compile(r"[（(]?\s*((?:19|20)\d{2})\s*(?:年度?)")
_PLACE = re.compile(r"^[一-鿿]{2,14}?(?:省|市|县|区|州|旗)(?:本级)?(?=[（(]?(?:19|20)\d{2}年)")
"""“云州市衡山区2024年度…”: whose titles they are."""
_FOOTER = re.compile(r"填[表报]人|填[表报][日时][期间]|单位负责人|注:|备注:")
_CONTINUED = re.compile(r"^[（(]?(?:续表?|接上[表页]|第\s*\d+\s*页.*|-?\s*\d{1,3}\s*-?|附表续)[)）]?$")
_SENTENCE = re.compile(r"[。；;，,：:？！]")


@dataclass(frozen=True)
class Caption:
    """The lines above a table. ``project`` is a name that they give, ``unit`` the money unit that they state."""

    lines: tuple[Text, ...] = ()
    unit: str = ""
    project: Text = NO_TEXT
    overall: bool = False
    adjacent: bool = False
    """Nothing but page numbers or 续表 stands between this table and the one before."""

    @property
    def title(self) -> str:
        return "".join(fold(line.text) for line in self.lines)


def captions(document: Document) -> dict[int, Caption]:
    """The caption of every table, by table number. A name carries over the lines that follow it."""
    found: dict[int, Caption] = {}
    lines: list[Text] = []
    since_table: list[str] = []
    seen_table = False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.text.strip() and block.role in ("body", "textbox"):
                lines.append(Text(block.text.strip(), block.place))
                since_table.append(block.text.strip())
            continue
        adjacent = seen_table and all(_CONTINUED.match(fold(t)) for t in since_table)
        found[block.number] = _caption(block, lines[-6:] if not adjacent else [], adjacent)
        lines, since_table, seen_table = [], [], True
    return found


def _caption(table: Table, before: Sequence[Text], adjacent: bool) -> Caption:
    lines = list(_title_lines(before))
    known = {fold(line.text) for line in lines}
    own = [Text(t.strip(), table.place) for t in table.caption.split("\n") if t.strip() and fold(t) not in known and not _CONTINUED.match(fold(t))]
    lines = [*own, *lines] if not adjacent else own
    if table.sheet and fold(table.sheet) not in known and not re.fullmatch(r"(?i)sheet\d*|工作表\d*", table.sheet):
        lines = [Text(table.sheet, table.place), *lines]
    joined = "\n".join(fold(line.text) for line in lines)
    unit = next((m["unit"] for line in reversed(lines) if (m := _UNIT.search(fold(line.text)) or _BRACKET_UNIT.search(line.text))), "")
    overall = _OVERALL.search(joined) is not None
    project = Text() if overall else _project(lines)
    return Caption(tuple(lines), unit, project, overall, adjacent and not own)


def _title_lines(before: Sequence[Text]) -> list[Text]:
    """The short lines just above a table, up to the first sentence of running text."""
    titles: list[Text] = []
    for line in reversed(before):
        plain = fold(line.text)
        if len(plain) > 60 or plain.endswith(("。", ";", "；")):
            break
        if _FOOTER.match(plain):
            continue
        titles.insert(0, line)
    return titles


def _project(lines: Sequence[Text]) -> Text:
    """The project that a title line names: “3.某某经费绩效目标表”."""
    for line in reversed(lines):
        plain = _NUMBER.sub("", fold(line.text))
        if (named := _NAMED.match(plain)) is not None:
            return Text(named["name"], line.place)
        match = _FORM.fullmatch(plain)
        if match is None:
            continue
        name = _YEAR.sub("", _PLACE.sub("", match["name"])).strip("()《》“”\"' ")
        if name and plain[match.end("name") :].startswith(("项目绩效", "项目目标")) and not name.endswith("项目"):
            name += "项目"
        if name and not _GENERIC.fullmatch(name) and not _TITLE.search(name) and len(name) <= 50:
            return Text(name, line.place)
    return Text()


def plain_line(caption: Caption) -> Text:
    """The line directly above, when it is short and no sentence: in some annexes it is the project's name."""
    for line in reversed(caption.lines):
        plain = fold(line.text)
        if _UNIT.search(plain) or len(plain) < 3 or re.fullmatch(r"[\d.]+", plain):
            continue
        is_name = len(plain) <= 40 and not _SENTENCE.search(plain) and not _form_words(plain)
        return Text(_NUMBER.sub("", plain), line.place) if is_name else Text()
    return Text()


def _form_words(plain: str) -> bool:
    return re.search(r"表$|自评$|附件|报告$|目录|情况$|^[一二三四五六七八九十]+、|部分$|目标$|指标$|年度?$|分析$|如下$", plain) is not None


def year_in(text: str) -> int | None:
    """The year that a title names."""
    match = _YEAR.search(fold(text))
    return int(match[1]) if match else None


def document_title(document: Document) -> Text:
    """The first lines that read like a title, joined."""
    lines: list[Text] = []
    for block in document.blocks[:12]:
        if not isinstance(block, Paragraph):
            break
        plain = fold(block.text)
        if not plain or block.role not in ("body", "textbox"):
            continue
        if len(plain) > 60 or plain.endswith(("。", ":", ",")):
            break
        lines.append(Text(plain, block.place))
        if re.search(r"(?:报告|表|目标|文本)(?:\(.*\))?$", plain):
            break
    place = lines[0].place if lines else NOWHERE
    return Text("".join(line.text for line in lines if not re.match(r"附件\d*", line.text)), place)


def kind_of(title: str, roles: set[str], overall: bool) -> Kind:
    """What a form is, by its title words and the columns that it has."""
    if "基础数据" in title:
        return Kind.BASE_DATA
    if "监控" in title or roles & {"progress", "forecast", "possibility"}:
        return Kind.MONITORING
    evaluated = bool(roles & {"actual", "score"}) or bool(re.search(r"自评|评价|评分", title))
    if not roles and not evaluated:
        return Kind.OTHER
    if evaluated:
        return Kind.OVERALL_SELF_EVALUATION if overall else Kind.PROJECT_SELF_EVALUATION
    return Kind.OVERALL_TARGETS if overall else Kind.PROJECT_TARGETS
