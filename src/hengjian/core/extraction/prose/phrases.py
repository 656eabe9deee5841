"""The small words around a number: comparison, change, share, 其中; and the noun beside it."""

from __future__ import annotations

import re

from hengjian.core.figures import Figure

_THAN = r"(?:[较比与同](?:上年|去年|上一年|(?:19|20)\d{2}年|年初|同期|预算|年初预算|上年决算|前)?(?:度)?(?:同期)?(?:预算|决算)?(?:数)?(?:相比)?(?:，)?)?"
CHANGE = re.compile(
    rf"(?P<way>{_THAN}(?:同比|环比)?(?:净)?(?:增加|减少|增长|下降|压减|降低|上升|增幅|降幅|缩减|节约|多支出|少支出|提高|压缩|核减)(?:了|率|额|幅度)?(?:约|近|共)?)(?:为|达到|达|：)?$|(?P<more>[较比][^，；。]{{2,8}}(?:少|多)(?:支出|支付)?(?:了)?)$"
)
"""At the end of a lead: the number is a difference, not a level."""
APART = re.compile(r"(?:分别|各)(?:为|是|有|达到?|占|完成|安排|增长|下降|增加|减少|：|实现|约|支出|支付|执行|到位)*$")
"""At the end of a lead: the things named before get one number each."""
PER_HEAD = re.compile(r"(?:人均|户均|平均|每人|每户|每年|每月|单价)$")
"""Before a label: no level of the whole body."""
MOVED = re.compile(r"(?P<way>压减|节约|压缩|核减|缩减|收回|节减|增加|减少|追加|调增|调减)(?:了)?$")
"""Before a label: “压减公用经费5万元” is a difference."""
COMPARED = re.compile(r"[较比与同]$")
SHARE = re.compile(r"占(?P<base>[^，；。]{0,24}?)(?:的)?(?:比重|比例|比)?(?:的|为|达到|达|约)*$")
EXECUTION = re.compile(r"(?:完成|为|占|达到?)?(?:年初|全年|调整后?|年度|当年|支出|收入)?(?:部门)?预算(?:数|安排)?(?:的|完成率?)?(?:为)?$|完成(?:年初|全年|调整后?)?(?:的)?预算.{0,4}$")
FROM = re.compile(r"(?:由|从)(?:上年|去年|(?:19|20)\d{2}年度?|年初)?的?$")
TO = re.compile(r"^(?:，)?(?:增加|增长|提高|下降|减少|降低|压减|上升|提升|调整|追加|调增|调减|升|降|增)(?:到|至|为|成)$")
OF_WHICH = re.compile(r"其中|（|包括|包含|分别为(?:：)|主要(?:为|是)|含(?![^，]{0,3}以上)")
CARRIED = re.compile(
    r"(?:[，、（）：；]|其中|年初|全年|本年度?|当年|年度|部门|预算|决算|执行|调整后?|实际|支出|收入|未超|不超|超出|低于|高于|安排|批复|下达|完成|情况|数|额|为|是|共计|共|合计|总计|"
    r"计|约|近|达到|达|已|了|的|和|与|及|均|绩效目标|目标|金额|支付|使用|到位|拨付|累计|资金|追加|增加|至|到|由|从|也|则|即|后|开支|上年|去年|今年|（?(?:19|20)\d{2}年度?）?|万元|元|单位|截至|年底|年末|末|底|(?:\d{1,2}[-—~～至到])?\d{1,2}月|\d{1,2}日)*"
)
NOT_FIGURES = re.compile(r"(?:12345|12348|12388|12309|12380)(?=.{0,4}(?:热线|平台|政务|服务|电话|网))|(?<![\d.])(?:110|119|120)(?=报警|联动|急救)|7[×xX*]24|5A|4A|3A")
PAGE_NUMBER = re.compile(r"[-—–－.·]*\d{1,3}[-—–－.·]*|第\d{1,3}页(?:，?共\d{1,3}页)?")
_BOUNDARY = re.compile(r"[，、；：。（）！？\n]")
_TIME = re.compile(r"^(?:\d{1,2}[.．])?(?:截至|截止|至|到|在(?=\d)|于|自(?=\d))?(?:(?:19|20)\d{2}(?:年度?(?!初|末|底))?)?(?:\d{1,2}(?:[-—~～至到]\d{1,2})?月)?(?:\d{1,2}日|底|末|份)?(?:本年度?|今年|全年|当年|上半年|下半年|年内|年末|年初|目前|同时|其中|另外|此外|另|以及|并|还|等|和|及|与)*(?:我局|我部|我委|我单位|本单位|本部门|单位)?")
_VERBS = re.compile(
    r"(?:分别|共计|合计|总计|累计|共|已|约|近|逾|超过|超|达到|达|为|是|有|计|安排|等|了|的|：|不少于|不低于|大于|小于|等于|至少|不超过|≥|≤|≦|≧|=|>|<|＞|＜|＝|"
    r"实际|完成|实现|在|到|至|由|从|上年的?|去年的?)+$"
)


_STAGE_WORDS = re.compile(r"(?:(?:实际|完成|全年|预算|决算|总?[数额]|金额|年初|年中|追加|调整后?|执行|批复|下达|安排|支付|为)+)$")
LEVEL_THEN = re.compile(r"[较比](?P<when>上年|去年|上一年|(?:19|20)\d{2}年)?(?:度)?(?:同期)?(?:决算|(?:年初|全年|调整后?)?(?P<budget>预算))?(?:数)?的?$")
"""“较上年的7.2万元”, “比预算10万元”: the level that is compared with, not a difference."""
MONTHS = re.compile(r"(?:[-—－~～至到]{1,2})\d{1,2}月")


def IDIOM(before: str, figure: Figure, after: str) -> bool:  # noqa: N802
    """Whether a Chinese numeral is part of a set phrase (一次办好, 一人一策) and no figure."""
    if re.match(r"(?:一|多|办|好|通|跑|性|化|线|策|档|案|块|体|方面|以上就)", after):
        return True
    if figure.value == 1:
        return figure.unit == "批" or re.search(r"(?:有|共|计|为|备|中|仅|聘|职|制|编|员)$", before) is None
    return bool(re.search(r"[“第零一两二三四五六七八九十每]$", before)) and figure.value < 10


_REASON = re.compile(r"(?:其?主要)?(?:是|为|系|原因|因|由于|用于)|主要|增加|减少|增长|下降|追加|调整")
"""The beginning of a clause that explains the amount before it; the stage word behind it speaks of the subject again."""
PIECE = re.compile(r"(?:每(?:人|户|月|年|亩|公里|公顷|台|吨|次|个|村|班|场|套|平方米|家|天|日|生|名|位|件|辆|所|座|处|头)|人均|户均|亩均|单价|生均|(?:补助|补贴|低保|保障|发放|供养|收费|救助|抚恤|津贴|工资|待遇)标准)[^，。；、]{0,10}$")
"""At the end of a lead: money by piece, which is no level of anything."""


def noun_before(lead: str) -> str:
    """The noun phrase that ends a lead: the last clause without time words, verbs and operators.

    Empty when nothing but stage words is left (“年初预算为”).
    """
    staged = False
    for clause in reversed(_BOUNDARY.split(lead)):
        words = _VERBS.sub("", _TIME.sub("", clause))
        if re.search(r"[一-鿿]", _STAGE_WORDS.sub("", words)):
            return "" if staged and _REASON.match(clause) else words[-24:]
        staged = staged or bool(_STAGE_WORDS.search(clause))
    return ""


def without_stage(words: str) -> str:
    """A noun without the stage words behind it: 项目年初预算 gives 项目."""
    return _STAGE_WORDS.sub("", words)


def noun_after(tail: str) -> str:
    """The noun right behind a number, up to the next mark or number."""
    match = re.match(r"(?:的|余|多)?([一-鿿]{1,10})", tail)
    return match[1] if match else ""
