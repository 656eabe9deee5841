"""The five defining documents: every table with its rows, columns and merges (skipped where they are absent)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from hengjian.core.document import Document, Table
from hengjian.core.reading.text import read_text

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the defining documents are not here")


@cache
def seed(number: int) -> Document:
    path = next(SEEDS.glob(f"{number:03}_*.txt"))
    return read_text(path.read_bytes(), path.name)


def counts(table: Table) -> list[int]:
    return [len(table.covering_row(row)) for row in range(1, table.height + 1)]


def texts(table: Table, row: int) -> list[str]:
    return [c.compact for c in table.covering_row(row)]


@pytest.mark.parametrize(
    ("number", "sizes"),
    [
        (0, [(3, 4), (7, 9)]),
        (1, [(24, 7), (24, 9)]),
        (2, [(10, 5)]),
        (3, [(16, 6)] * 5),
        (4, [(17, 7), (16, 7), (18, 7), (16, 7), (16, 7)]),
    ],
)
def test_all_tables_with_their_size(number: int, sizes: list[tuple[int, int]]) -> None:
    assert [(t.height, t.width) for t in seed(number).tables] == sizes


def test_the_unit_table_keeps_its_empty_row() -> None:
    table = seed(0).tables[0]
    assert texts(table, 1) == ["单位名称", "单位性质", "单位规格", "经费保障形式"]
    assert texts(table, 2) == [""] * 4
    assert texts(table, 3)[2:] == ["正科级", "财政拨款"]


def test_the_indicator_table_without_its_upper_header() -> None:
    table = seed(0).tables[1]
    assert [(c.compact, c.column) for c in table.covering_row(1)][:3] == [
        ("符号", 6),
        ("值", 7),
        ("单位（文字描述）", 8),
    ]
    assert [texts(table, r)[0] for r in range(2, 8)] == ["产出指标"] * 4 + ["效益指标", "满意度指标"]
    assert [texts(table, r)[6] for r in range(2, 8)] == ["", "98.00", "98.00", "98.00", "", "98.00"]


def test_the_stacked_blocks_of_the_base_data() -> None:
    table = seed(1).tables[0]
    assert counts(table) == [4] * 21 + [7, 7, 2]
    assert texts(table, 2) == ["财政供养人员情况", "8", "8", "100.00%"]
    assert texts(table, 10) == ["项目支出：", "0", "97", "0"]
    assert texts(table, 23) == [""] * 7
    indents = [table.covering_row(row)[0].indent for row in (5, 6, 7, 11, 13, 17, 18)]
    assert indents == [3, 7, 13, 4, 0, 4, 10]


def test_the_whole_unit_form() -> None:
    table = seed(1).tables[1]
    assert counts(table) == [2, 8, 8, 3, 3, 3, 3, 3, 3, 3] + [9] * 13 + [4]
    assert texts(table, 3)[2:] == ["233.09", "570.79", "570.79", "10", "100.00%", "10.00"]
    assert texts(table, 12)[:3] == ["绩效指标", "产出指标", "数量指标"]
    assert texts(table, 15)[3:] == [""] * 6
    assert texts(table, 19)[1:3] == ["效益指标", "可持续影响指标"]
    assert texts(table, 20)[1] == "满意度指标"
    assert [(c.compact, c.column) for c in table.covering_row(24)] == [
        ("总分", 1),
        ("100", 7),
        ("93", 8),
        ("", 9),
    ]
    weights = [c.compact for r in range(12, 24) if (c := table.at(r, 7)) and c.text]
    assert sum(map(int, weights)) == 90


def test_the_special_indicators_with_paragraphs_inside_cells() -> None:
    table = seed(2).tables[0]
    assert all(texts(table, row)[0] == "专项年度绩效指标" for row in range(1, 11))
    assert [texts(table, row)[1] for row in range(2, 11)] == ["产出指标"] * 7 + ["效益指标", "满意度指标"]
    assert [texts(table, row)[4] for row in range(2, 11)] == [
        "≥10人",
        "=0起",
        "≥95%",
        "≥95%",
        "100%",
        "100%",
        "10万元",
        "有效维护",
        "95%",
    ]


@pytest.mark.parametrize("index", range(5))
def test_the_five_project_forms(index: int) -> None:
    table = seed(3).tables[index]
    assert counts(table) == [4, 5, 5, 5, 3, 3] + [6] * 10
    budget = [["8", "8"], ["2", "2"], ["8", "8"], ["5", "5"], ["15", "15"]][index]
    assert texts(table, 2)[2::2] == budget
    assert texts(table, 3)[0] == texts(table, 4)[0] == "项目预算执行情况（万元）"
    assert [texts(table, r)[1] for r in range(8, 17)] == ["完成指标"] * 4 + ["效益指标"] * 4 + ["满意度指标"]
    assert texts(table, 11)[5] == ["4.4", "1.29", "4.85", "5", "10"][index]


@pytest.mark.parametrize("index", range(5))
def test_the_five_target_forms(index: int) -> None:
    table = seed(4).tables[index]
    assert "单位：元" in table.caption.split("\n")
    assert texts(table, 2)[2] == ["180500.00", "650000.00", "38400.00", "600000.00", "310000.00"][index]
    assert len(texts(table, 3)) == 2
    assert texts(table, 5)[1:] == ["25.00%", "50.00%", "75.00%" if index == 3 else "80.00%"]
    rows = range(table.height - 8, table.height + 1)
    assert [texts(table, r)[0] for r in rows] == ["产出指标"] * 5 + ["效益指标"] * 3 + ["满意度指标"]
    assert {len(table.covering_row(r)) for r in rows} == {6}


def test_the_goal_that_lost_its_first_field_stands_with_the_others() -> None:
    table = seed(4).tables[2]
    assert [texts(table, row)[0] for row in (6, 7, 8)] == ["绩效目标"] * 3
    assert texts(table, 8)[1].startswith("3.")


def test_lists_with_tabs_are_paragraphs() -> None:
    items = [p for p in seed(0).paragraphs if p.numbering.endswith(".")]
    assert [p.numbering for p in items] == ["1.", "2.", "3.", "1.", "2.", "3.", "4."]


def test_wrapped_lines_and_page_breaks_are_joined() -> None:
    starts = [p.text.split(".")[0] for p in seed(3).paragraphs[6:16]]
    assert starts == [str(n) for n in range(1, 11)]
    assert all(p.text.endswith("。") for p in seed(3).paragraphs[6:16])
    assert [len(p.text) for p in seed(4).paragraphs if p.text.startswith("绩效指标：")][1] == 86


def test_lost_automatic_numbers() -> None:
    assert [p.numbering for p in seed(1).paragraphs if p.numbering] == [
        "（二）",
        "（三）",
        "三、",
        "四、",
        "五、",
        "（二）",
        "（一）",
        "（二）",
    ]
    assert [p.numbering for p in seed(3).paragraphs if p.numbering] == ["（三）"]


def test_contents_and_the_stray_page_number() -> None:
    assert [p.role for p in seed(4).paragraphs].count("contents") == 11
    assert seed(1).paragraphs[-1].role == "footer"
