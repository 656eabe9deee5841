"""Staff figures: authorised posts and people in post, by kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from hengjian.core.extraction import terms

_TYPES = ("administrative", "institution", "worker")

_NOT_STAFF = re.compile(r"(?:单位|机构|部门|股室|科室|学校|企业|事项|岗位|项目|平台)(?:共|有|为)*$|^[^，]{0,4}(?:培训|服务|慰问|救助|帮扶|体检|惠及|受益|受理|接待|安置|保障|发放|走访|组织|招募)|特困|低保|孤儿|困难|参保|下岗|失业|企业(?:职工|退休)")
"""Words of people who are served, and of bodies that are counted."""


@dataclass(frozen=True, slots=True)
class StaffWords:
    """What the words before a number of people say."""

    key: str
    words: str
    side: str
    type: str


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return terms.pattern("staff", name)


def is_about_staff(lead: str) -> bool:
    return _pattern("any").search(lead) is not None


def read(lead: str, side: str, kind: str, inherits: bool = False) -> StaffWords | None:
    """The key for a number of people after ``lead``; ``side`` and ``kind`` are those of the number before it.

    ``inherits``: the number before stood alone for its kind, so that “行政编制20人，实有人数19人” speaks of one kind.
    ``None`` when the words are not about staff.
    """
    own = _last_clause(lead)
    if not is_about_staff(lead) and not (side and re.fullmatch(r"[，、；：]?(?:实有|实际|其中|男|女)?", own)):
        return None
    if _NOT_STAFF.search(own):
        return None
    for special in ("temporary", "retired"):
        if _pattern(special).search(own):
            return StaffWords(f"staff.{special}", _words(own), side, "")
    if not side and not is_about_staff(own) and not re.search(r"人|名", own):
        return None
    new_side = _side(own, side)
    new_kind = _kind(own)
    if not new_kind and new_side != side and side and inherits:
        new_kind = kind
    key = f"staff.{new_side}" + (f".{new_kind}" if new_kind else "")
    return StaffWords(key, _words(own) or _words(lead), new_side, new_kind)


def keys_apart(lead: str) -> list[tuple[str, str]]:
    """Keys of “行政编制、事业编制分别为”."""
    before = lead.partition("分别")[0]
    found: list[tuple[str, str]] = []
    side = ""
    for part in re.split(r"[、和与及，]", before):
        staff = read(part, side, "")
        if staff is not None:
            side = staff.side
            found.append((staff.key, staff.words))
    return found


def _last_clause(lead: str) -> str:
    parts = [p for p in re.split(r"[，；：。（）]|其中", lead) if p.strip("、为共有")]
    return parts[-1] if parts else ""


def _side(words: str, before: str) -> str:
    if _pattern("actual").search(words):
        return "actual"
    if _pattern("authorised").search(words):
        return "authorised"
    return before or "actual"


def _kind(words: str) -> str:
    found = [(m.start(), kind) for kind in _TYPES for m in _pattern(kind).finditer(words)]
    return max(found)[1] if found else ""


def _words(clause: str) -> str:
    return re.sub(r"(?:共有|共|为|(?<![实现])有|是|计|：|，|、|分别|约)+$", "", re.sub(r"^[，、；：]+", "", clause))[-20:]
