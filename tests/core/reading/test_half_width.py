"""Full-width numbers are folded character for character; marks of lists and words are left alone."""

from __future__ import annotations

import pytest

from hengjian.core.document import Paragraph
from hengjian.core.reading import read
from hengjian.core.reading.half_width import half_width


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("２０２４年度收入１，１９６．４０万元，占９５．６５％", "2024年度收入1,196.40万元，占95.65％"),
        ("共１，２８４，５７０元", "共1,284,570元"),
        ("收入1，196．40万元", "收入1,196.40万元"),
        ("１．２０２４年预算", "1．2024年预算"),
        ("１．加强管理", "1．加强管理"),
        ("第１，２００家", "第1,200家"),
        ("2023，124件", "2023，124件"),
        ("编制8人，3人借调", "编制8人，3人借调"),
    ],
)
def test_numbers_are_folded_and_keep_their_length(printed: str, folded: str) -> None:
    assert half_width(printed) == folded
    assert len(folded) == len(printed)


def test_documents_are_folded_where_they_are_read() -> None:
    document = read("云州市衡山区信访局２０２４年度自评\n\n| 项目 | 金额 |\n|---|---|\n| 水费 | １．５０ |\n".encode(), "a.md")
    first = document.blocks[0]
    assert isinstance(first, Paragraph) and first.text == "云州市衡山区信访局2024年度自评"
    assert "1.50" in [c.text for c in document.tables[0].cells]
