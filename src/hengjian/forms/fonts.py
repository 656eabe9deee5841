"""Fonts by name, with what to take where they are not installed, and the one font that is vendored for pdf."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"

TITLE = "方正小标宋简体"
BODY = "仿宋_GB2312"
HEADING = "黑体"
SECOND_HEADING = "楷体_GB2312"
PAGE_NUMBER = "宋体"

FALLBACKS: dict[str, str] = {
    TITLE: "方正小标宋_GBK,华文中宋,宋体,SimSun,Noto Serif SC",
    BODY: "仿宋,FangSong,华文仿宋,Noto Serif SC",
    SECOND_HEADING: "楷体,KaiTi,华文楷体,Noto Serif SC",
    HEADING: "SimHei,华文细黑,Noto Sans SC",
    PAGE_NUMBER: "SimSun,华文宋体,Noto Serif SC",
}
"""Written into the font table of a docx as alternative names; the fonts themselves are licensed and not bundled."""
