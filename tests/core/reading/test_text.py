"""Plain text and Markdown: encodings, tables flattened in many ways, paragraphs around them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.reading.flattening import expected, family_a, family_b, grid, pipes, shape
from tests.documents import GridCell

from hengjian.core.document import Document
from hengjian.core.reading.text import read_text
from hengjian.core.reading.unreadable import Unreadable

SELF_EVALUATION = """
| 项目名称 | 群众来访接待专项 | < | < | < | < | < | < |
| 年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | < |
| ^ | 规范接待群众来访 | < | < | 全部按期接待 | < | < | < |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| ^ | 产出指标 | 数量指标 | 接待来访批次 | ≥300批 | 312批 | 20 | 20 |
| ^ | ^ | ^ | 培训场次 | ≥4场 | 4场 | 10 | 10 |
| ^ | ^ | 质量指标 | 答复规范率 | ≥95% |  | 10 |  |
| ^ | 效益指标 | 社会效益指标 |  |  |  |  |  |
| ^ | ^ | 可持续影响指标 | 机制健全 | 健全 | 健全 | 20 | 18 |
| ^ | 满意度指标 | 服务对象满意度指标 | 来访群众满意度 | ≥90% | 91.5% | 10 | 10 |
| 总分 | < | < | < | < | < | 100 | 93 |
"""
TARGETS = """
| 一级指标 | 二级指标 | 三级指标 | 指标值 | < | < | 指标值确定依据 |
| ^ | ^ | ^ | 符号 | 值 | 单位 | ^ |
| 产出指标 | 数量指标 | 巡查次数 | ≥ | 12 | 次 | 工作计划 |
| ^ | 质量指标 | 巡查合格率 |  | 95 | 百分比 |  |
| 满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥ | 90 | 百分比 | 历史数据 |
"""
SPENDING = """
| 科目名称 | 年初预算数 | 全年预算数 | 全年执行数 |
| 人员经费 | 120.50 | 131.20 | 131.20 |
| 公用经费 |  | 20.00 | 18.75 |
| 合计 | 120.50 | 151.20 | 149.95 |
"""


def read(text: str, name: str = "报告.txt") -> Document:
    return read_text(text.encode(), name)


@pytest.mark.parametrize("source", [SELF_EVALUATION, TARGETS, SPENDING])
@pytest.mark.parametrize("flatten", [family_a, family_b, pipes])
def test_a_flattened_table_comes_back_with_its_grid(source: str, flatten) -> None:  # type: ignore[no-untyped-def]
    cells = grid(source)
    document = read(f"附表\n\n{flatten(cells)}\n填表说明：据实填写。\n")
    (table,) = document.tables
    wanted = {(t, r, h) for t, r, _, h, _ in expected(cells)}
    assert {(t, r, h) for t, r, _, h, _ in shape(table)} == wanted
    if source != SELF_EVALUATION or flatten is not family_a:  # there the columns of a narrow row are lost
        assert shape(table) == expected(cells)
    assert [p.text for p in document.paragraphs] == ["附表", "填表说明：据实填写。"]


def test_a_total_row_keeps_its_figures_under_weight_and_score() -> None:
    (table,) = read(family_a(grid(SELF_EVALUATION))).tables
    assert [c.text for c in (table.at(11, 7), table.at(11, 8)) if c] == ["100", "93"]
    assert (table.at(11, 1), table.height, table.width) == (table.at(11, 6), 11, 8)


def test_a_row_per_line_is_read_without_its_trailing_tabs() -> None:
    (table,) = read(family_b(grid(SPENDING), trailing=False)).tables
    assert shape(table) == expected(grid(SPENDING))


def test_paragraphs_inside_a_cell_do_not_end_the_row() -> None:
    text = "\t一级指标\n\t二级指标\n\t三级指标\n\t指标值\n\n\t产出指标\n\t数量指标\n\t防汛演练\n\n次数\n\t2次\n\n\t满意度\n\n指标\n\t满意度\n\n指标\n\t居民满意度\n\t90%\n\n\n二、组织情况\n"
    document = read(text)
    (table,) = document.tables
    assert [c.text for c in table.covering_row(2)] == ["产出指标", "数量指标", "防汛演练次数", "2次"]
    assert [c.text for c in table.covering_row(3)] == ["满意度指标", "满意度指标", "居民满意度", "90%"]
    assert document.paragraphs[0].text == "二、组织情况"


def test_an_empty_second_paragraph_in_a_level_cell_does_not_end_the_row() -> None:
    head = "\t一级指标\n\t二级指标\n\t三级指标\n\t指标值\n\t分值\n\n"
    rows = (
        "\t产出指标\n\n\t数量\n指标\n\t路灯维修\n\t≥50盏\n\t20\n\n\t\n\t质量指标\n\t亮灯率\n\t98%\n\t30\n\n"
    )
    (table,) = read(head + rows).tables
    assert [c.text for c in table.covering_row(2)] == ["产出指标", "数量指标", "路灯维修", "≥50盏", "20"]
    assert table.at(3, 1) is table.at(2, 1)


def test_a_wholly_empty_row_stays_empty_cells() -> None:
    (table,) = read("\t单位名称\n\t性质\n\t规格\n\n\t\n\t\n\t\n\n\t衡山区水务局\n\t行政\n\t正科级\n\n").tables
    assert [c.text for c in table.starting_in_row(2)] == ["", "", ""]


def test_the_lower_half_of_a_split_header_stands_at_the_right() -> None:
    text = " \t符号\n\t值\n\t单位\n\t\n\n\t产出指标\n\t数量指标\n\t种树\n\t≥\n\t300\n\t棵\n\t计划\n\n\t\n\t质量指标\n\t成活率\n\t≥\n\t95\n\t%\n\t计划\n\n"
    (table,) = read(text).tables
    assert [(c.text, c.column) for c in table.covering_row(1)] == [
        ("符号", 4),
        ("值", 5),
        ("单位", 6),
        ("", 7),
    ]
    assert table.at(1, 1) is None
    assert (cell := table.at(3, 1)) is not None
    assert (cell.text, cell.row_span) == ("产出指标", 2)


def test_indentation_and_bookmarks() -> None:
    text = "\t经费\n\t预算数\n\t决算数\n\n\t    其中：办公费\n\t[bookmark: _GoBack]3.20\n\t3.10　\n\n"
    (table,) = read(text).tables
    assert [(c.text, c.indent) for c in table.covering_row(2)] == [
        ("其中：办公费", 4),
        ("3.20", 0),
        ("3.10", 0),
    ]


def test_a_list_with_tabs_is_no_table() -> None:
    document = read(
        "（三）满意度指标\n\t1.\t居民满意度：≥90%\n\t2.\t企业满意度：≥85%\n[bookmark: A1]\t3.\t投诉率：≤1%\n"
    )
    assert not document.tables
    assert [p.text for p in document.paragraphs][1:] == [
        "1.居民满意度：≥90%",
        "2.企业满意度：≥85%",
        "3.投诉率：≤1%",
    ]
    assert [p.numbering for p in document.paragraphs] == ["", "1.", "2.", "3."]


def test_body_text_indented_by_tabs_is_no_table() -> None:
    lines = [
        "\t全年安排资金12万元，全部用于道路养护。",
        "\t养护里程达到30公里，群众反映良好。",
        "\t下一步继续完善制度。",
    ]
    for text in ("\n".join(lines), "\n\n".join(lines), "\t\n\n" + lines[0]):
        assert not read(text).tables


def test_a_lost_leading_field_is_put_back() -> None:
    text = "绩效目标\t1.保障运转\t\t\t\n\t2.提高效率\t\t\t\n3.完善制度\t\t\t\t\n一级指标\t二级指标\t三级指标\t指标值\t依据\n产出指标\t数量指标\t会议\t≥3次\t计划\n"
    (table,) = read(text).tables
    assert [(c.text, c.row, c.column, c.row_span, c.column_span) for c in table.cells][:4] == [
        ("绩效目标", 1, 1, 3, 1),
        ("1.保障运转", 1, 2, 1, 4),
        ("2.提高效率", 2, 2, 1, 4),
        ("3.完善制度", 3, 2, 1, 4),
    ]


def test_an_empty_value_beside_its_label_stays_a_cell() -> None:
    (table,) = read("预算数：\t\t执行数：\t5.00\n其他资金\t\t其他资金\t0\n").tables
    assert [c.text for c in table.covering_row(1)] == ["预算数：", "", "执行数：", "5.00"]


@pytest.mark.parametrize(
    "text",
    [
        "| 名称 | 单位 | 数量 |\n|:--|--|--:|\n| 树苗<br>（杨树） | 棵 | 300 |\n| 树苗 |  | 20 |\n",
        "名称     单位    数量\n树苗（杨树）  棵    300\n树苗            20\n",
        "名称　　单位　　数量\n树苗（杨树）　　棵　　300\n树苗　　—　　20\n",
        "名称,单位,数量\n树苗（杨树）,棵,300\n树苗,,20\n",
        "+------+----+----+\n| 名称 | 单位 | 数量 |\n+======+====+====+\n| 树苗 | 棵 | 300 |\n| （杨树） |  |  |\n+------+----+----+\n| 树苗 | | 20 |\n+------+----+----+\n",
        "  名称          单位   数量\n  ------------- ------ ------\n  树苗（杨树）  棵     300\n  树苗                 20\n",
        "<table><tr><th>名称</th><th>单位</th><th>数量</th></tr>\n<tr><td>树苗<br/>（杨树）</td><td>棵</td><td>300</td></tr><tr><td>树苗</td><td></td><td>20</td></tr></table>\n",
        "名称\t单位\t数量\n树苗（杨树）\t棵\t300\n树苗\t\t20\n",
        '名称\t单位\t数量\n"树苗\n（杨树）"\t棵\t300\n树苗\t\t20\n',
    ],
)  # fmt: skip
def test_plain_tables_of_many_kinds(text: str) -> None:
    document = read(f"附件1\n\n{text}\n以上共计320棵。\n", "表.md")
    (table,) = document.tables
    rows = [[c.compact.replace("—", "") for c in table.covering_row(r)] for r in (1, 2, 3)]
    assert rows == [["名称", "单位", "数量"], ["树苗（杨树）", "棵", "300"], ["树苗", "", "20"]]
    assert [p.text for p in document.paragraphs] == ["附件1", "以上共计320棵。"]


def test_html_spans_are_kept() -> None:
    html = "<table>\n<tr><td rowspan='2'>产出指标</td><td colspan=2>次数</td></tr>\n<tr><td>≥3</td><td>4</td></tr>\n</table>"
    (table,) = read(html, "a.md").tables
    assert shape(table) == {
        ("产出指标", 1, 1, 2, 1),
        ("次数", 1, 2, 1, 2),
        ("≥3", 2, 2, 1, 1),
        ("4", 2, 3, 1, 1),
    }


def test_markdown_headings_have_levels_and_lose_their_marks() -> None:
    document = read("# 自评报告\n\n## 一、**基本情况**\n\n- 编制5人\n", "a.md")
    assert [(p.text, p.level) for p in document.paragraphs] == [
        ("自评报告", 1),
        ("一、基本情况", 2),
        ("编制5人", 0),
    ]


def test_hard_wrapped_lines_are_joined() -> None:
    wrapped = "    1.贯彻执行国家关于水利工作的方针政策和法律法规规\n定，提出改进和加强全区水利工作的意见建议并组织有关\n单位落实。\n  2.负责全区防汛抗旱。"
    assert [p.text[-6:] for p in read(wrapped).paragraphs] == ["关单位落实。", "区防汛抗旱。"]


def test_headings_and_lists_are_not_joined() -> None:
    text = "1.对履职效能主要指标的完成情况进行具体分析和说明\n2023年本单位按计划完成各项工作任务，资金使用规范，达到预期。\n云州市衡山区水务局\n2024年度绩效自评报告"
    assert len(read(text).paragraphs) == 4


def test_a_sentence_cut_by_a_page_break_is_joined() -> None:
    first = "完善防汛值守制度，落实责任，加强巡查，保证全区十二座小型水库安全度汛，汛期各项工作有序开展，协调处理突发事"
    document = read(f"一、措施\n\n{first}\n\n件，保障下游群众安全。\n\n二、其他\n")
    assert [p.text for p in document.paragraphs] == ["一、措施", first + "件，保障下游群众安全。", "二、其他"]


def test_automatic_numbers_that_lost_their_style() -> None:
    text = "一、基本情况\n（一）机构\n（2） 人员\n（三）职责\n（1）内设三股\n（2）下设一站\n2、 收支情况\n三、结论\n"
    numbers = {p.text: p.numbering for p in read(text).paragraphs if p.numbering}
    assert numbers == {"（2） 人员": "（二）", "2、 收支情况": "二、"}


def test_contents_and_page_numbers_have_roles() -> None:
    text = "目 录\n\n第一部分 总体目标\n\n一、总体目标.....\t1\n二、分项目标......\t3\n三、保障措施\t5\n\n第一部分\n\n正文第一段，说明情况。\n\n- 2 -\n\n正文第二段，说明情况。\n\n11\n"
    document = read(text)
    assert not document.tables
    roles = [p.role for p in document.paragraphs]
    assert roles == ["contents"] * 5 + ["body", "body", "footer", "body", "footer"]


def test_the_caption_holds_title_and_unit() -> None:
    table = "科目\t预算数\t执行数\n人员\t12\t12\n公用\t3\t2\n"
    document = read(f"情况说明如下，请审阅。\n表1 支出情况表\n单位：万元\n{table}")
    assert document.tables[0].caption == "表1 支出情况表\n单位：万元"
    assert len(document.paragraphs) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding: str) -> None:
    data = "一、衡山区㙍村自评\r\n预算执行率：99.5%\r\n".encode(encoding)
    assert [p.text for p in read_text(data, "a.txt").paragraphs] == [
        "一、衡山区㙍村自评",
        "预算执行率：99.5%",
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        ("　\n".encode(), "empty"),
        (b"PK\x03\x04\x00\x00", "renamed"),
        (b"%PDF-1.7\n%\xe2\xe3", "renamed"),
        (bytes(range(256)) * 40, "not_supported"),
        (b"\x01\x02\x03\x04\x05\x06\x0e\x0f" * 400, "damaged"),
    ],
)
def test_what_is_no_text_says_so(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_text(data, "报告.txt")
    assert caught.value.code == code
    assert "报告.txt" in caught.value.message


_LEVELS = st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=3), min_size=1, max_size=4)


def _indicator_table(levels: list[list[int]], data_columns: int, empties: set[int]) -> list[GridCell]:
    """A table of merged levels: ``levels`` holds, per level 1, the numbers of rows of its level 2."""
    heads = ["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"][: 3 + data_columns]
    cells = [GridCell(text, 1, column) for column, text in enumerate(heads, 1)]
    row, counter = 2, 0
    for first, seconds in enumerate(levels):
        cells.append(GridCell(f"{'产出效益满意度成本'[first * 2 : first * 2 + 2]}指标", row, 1, sum(seconds)))
        for second, height in enumerate(seconds):
            cells.append(GridCell(("数量指标", "质量指标", "时效指标")[second], row, 2, height))
            for _ in range(height):
                for column in range(3, 4 + data_columns):
                    counter += 1
                    text = (
                        ""
                        if counter in empties and column > 3
                        else f"{'事项' if column == 3 else ''}{counter}"
                    )
                    cells.append(GridCell(text, row, column))
                row += 1
    return cells


@settings(max_examples=60, deadline=None)
@given(
    _LEVELS,
    st.integers(1, 4),
    st.sets(st.integers(1, 40), max_size=6),
    st.sampled_from([family_a, family_b, pipes]),
)
def test_indicator_tables_of_any_shape_come_back(levels, data_columns, empties, flatten) -> None:  # type: ignore[no-untyped-def]
    cells = _indicator_table(levels, data_columns, empties)
    (table,) = read(f"说明\n\n{flatten(cells)}\n\n以上。\n").tables
    assert shape(table) == expected(cells)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="\t\n |-，。一、1.（）产出指标数量≥%　,:+", min_size=1, max_size=120))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        document = read(text)
    except Unreadable as error:
        assert error.code == "empty"
        return
    for table in document.tables:
        positions = [
            (r, c)
            for cell in table.cells
            for r in range(cell.row, cell.row + cell.row_span)
            for c in range(cell.column, cell.column + cell.column_span)
        ]
        assert len(positions) == len(set(positions))


@pytest.mark.parametrize(
    "unit",
    [
        "\t产出指标\n\t1\n\n",
        "\ta\n\nb\n\n",
        "a\tb\n",
        "+--+\n",
        "<table>\n",
        "--- ---\n",
        "a,b,c\n",
        "（2） 情况\n",
        "a  b  c\n",
        '"a\tb\n',
    ],
)
def test_cost_grows_with_length_not_with_its_square(unit: str) -> None:
    small, large = (min(_seconds(unit * n) for _ in range(2)) for n in (500, 4000))
    assert large < max(small, 0.005) * 30  # the square would be 64


def _seconds(text: str) -> float:
    start = time.perf_counter()
    read(text, "a.md")
    return time.perf_counter() - start


def test_signatures_below_a_table_are_paragraphs() -> None:
    document = read("指标名称\t目标值\t完成值\n巡河\t12次\t13次\n填表人：甲\t联系电话：12345\n")
    assert [(t.height, t.width) for t in document.tables] == [(2, 3)]


def test_a_side_label_over_header_and_rows_keeps_the_columns_apart() -> None:
    text = "\t项目资金（万元）\n\t年初预算数\n\t全年执行数\n\t得分\n\n\t\n\t年度资金总额\n\t100\n\t95\n\t9.5\n\n\t\n\t其他资金\n\t\n\t\n\t\n\n"
    (table,) = read(text).tables
    assert table.cells[0].row_span == 3
    assert [c.text for c in (table.at(1, 3), table.at(2, 3), table.at(2, 5)) if c] == [
        "年初预算数",
        "100",
        "9.5",
    ]
