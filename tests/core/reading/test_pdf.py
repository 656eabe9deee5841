"""PDFs are set with typst and the fonts of the repository; wide pages, page breaks, merges."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
import typst

from hengjian.core.document import Document, Table
from hengjian.core.reading import Unreadable, read

FONTS = Path(__file__).parents[3] / "src/hengjian/forms/fonts"
PREAMBLE = '#set text(font: "Noto Serif SC", size: 12pt, lang: "zh")\n#set par(first-line-indent: (amount: 2em, all: true), justify: true)\n'
SENTENCE = "本单位2024年度部门预算支出570.79万元，比上年增加3.2%，其中基本支出360.87万元，项目支出209.92万元，预算执行率为97.42%。"


def pdf(body: str, page: str = 'paper: "a4"') -> bytes:
    source = f"#set page({page})\n{PREAMBLE}{body}"
    return typst.compile(source.encode(), font_paths=[str(FONTS)], ignore_system_fonts=True)


def read_pdf(body: str, page: str = 'paper: "a4"') -> Document:
    return read(pdf(body, page), "示例.pdf")


def grid(table: Table) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.row_span, c.column_span, c.compact) for c in table.cells]


def test_wrapped_lines_are_one_paragraph_and_the_next_is_another() -> None:
    document = read_pdf(f"= 一、部门概况\n\n{SENTENCE * 2}\n\n{SENTENCE}\n\n（一）机构设置\n")
    assert [x.text for x in document.paragraphs] == ["一、部门概况", SENTENCE * 2, SENTENCE, "（一）机构设置"]
    assert [x.place.loc for x in document.paragraphs] == [f"page1/p{i}" for i in range(1, 5)]


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    document = read_pdf(f"{SENTENCE * 30}\n\n末段。", 'paper: "a5", numbering: "— 1 —"')
    assert [x.text for x in document.paragraphs if x.role == "body"] == [SENTENCE * 30, "末段。"]
    assert document.pages > 1
    assert [x.text for x in document.paragraphs if x.role == "footer"] == ["— 1 —"]


def test_page_headers_are_no_text() -> None:
    document = read_pdf(f"{SENTENCE}\n#pagebreak()\n{SENTENCE}\n#pagebreak()\n{SENTENCE}", 'paper: "a5", header: [衡山区信访局自评报告]')
    assert [x.text for x in document.body] == [SENTENCE] * 3
    assert [x.text for x in document.paragraphs if x.role == "header"] == ["衡山区信访局自评报告"]


def test_merged_cells_and_caption() -> None:
    document = read_pdf(
        "#align(center)[部门整体支出绩效自评表]\n#align(right)[单位：万元]\n"
        "#table(columns: 4, table.cell(rowspan: 3)[产出指标], table.cell(colspan: 2)[数量], [得分],"
        "[接访批次], [≥100批], [10], [办结], [], [9.5], table.cell(colspan: 3)[总分], [19.5])"
    )
    (table,) = document.tables
    assert table.caption == "部门整体支出绩效自评表\n单位：万元"
    assert grid(table) == [
        (1, 1, 3, 1, "产出指标"), (1, 2, 1, 2, "数量"), (1, 4, 1, 1, "得分"), (2, 2, 1, 1, "接访批次"), (2, 3, 1, 1, "≥100批"),
        (2, 4, 1, 1, "10"), (3, 2, 1, 1, "办结"), (3, 3, 1, 1, ""), (3, 4, 1, 1, "9.5"), (4, 1, 1, 3, "总分"), (4, 4, 1, 1, "19.5"),
    ]  # fmt: skip
    assert table.cells[0].place.loc == "page1/t1r1c1"


def test_a_table_over_pages_is_one_and_its_header_stands_once() -> None:
    rows = ", ".join(f"[指标{i}], [≥{i}], [{i}]" for i in range(60))
    document = read_pdf(
        f"#table(columns: (3cm, 2cm, 2cm, 2cm), table.header([一级], [指标], [目标], [实际]), table.cell(rowspan: 60)[产出], {rows})",
        'paper: "a5"',
    )
    (table,) = document.tables
    assert (table.height, table.width, document.pages > 2) == (61, 4, True)
    assert table.at(61, 1) is table.at(2, 1)
    assert [c.text for c in table.cells if c.column == 2] == ["指标", *(f"指标{i}" for i in range(60))]
    assert [c.text for c in table.cells if c.compact == "一级"] == ["一级"]


def test_wrapped_cell_text_is_joined_and_real_lines_are_kept() -> None:
    document = read_pdf("#set par(first-line-indent: 0pt)\n#table(columns: (3cm, 3cm), [提升社会和谐稳定水平长期影响], [受理率 \\ 办结率])")
    assert [c.text for c in document.tables[0].cells] == ["提升社会和谐稳定水平长期影响", "受理率\n办结率"]


def turned(data: bytes, rotation: int) -> bytes:
    source = pypdfium2.PdfDocument(data)
    source[0].set_rotation(rotation)
    buffer = io.BytesIO()
    source.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_text_is_read_upright_however_the_page_is_turned(rotation: int, angle: int) -> None:
    """Wide sheets are printed as upright pages with the text turned, with /Rotate or without it."""
    width = 16 if angle % 180 == 0 else 24
    content = f"#box(width: {width}cm)[{SENTENCE} #table(columns: 3, [项目], [预算], [执行], [接访], [8], [4.4])]"
    document = read(turned(pdf(f"#rotate({angle}deg, reflow: true)[{content}]"), rotation), "a.pdf")
    assert [c.compact for c in document.tables[0].cells] == ["项目", "预算", "执行", "接访", "8", "4.4"]
    assert document.paragraphs[0].text == SENTENCE


def test_watermarks_are_left_out() -> None:
    mark = "background: rotate(-45deg)[内部资料 注意保存]"
    assert [x.text for x in read_pdf(SENTENCE, f'paper: "a4", {mark}').paragraphs] == [SENTENCE]


def test_columns_that_only_stand_under_each_other() -> None:
    rows = ", ".join(f"[项目{i}], [{i}.50], [{i}.25]" for i in range(1, 6))
    document = read_pdf(f"{SENTENCE}\n#table(columns: (5cm, 3cm, 3cm), stroke: none, [项目], [预算], [执行], {rows})")
    (table,) = document.tables
    assert (table.height, table.width) == (6, 3)
    assert [c.text for c in table.cells if c.row == 2] == ["项目1", "1.50", "1.25"]


def test_pages_without_text_are_listed() -> None:
    document = read_pdf(f"{SENTENCE}\n#pagebreak()\n#rect(width: 8cm, height: 8cm, fill: blue)")
    assert [(n.code, n.place.page) for n in document.not_read] == [("page_without_text", 2)]


def test_a_scan_has_no_text() -> None:
    with pytest.raises(Unreadable) as caught:
        read_pdf("#rect(width: 8cm, height: 8cm, fill: blue)")
    assert caught.value.code == "no_text"


@pytest.mark.parametrize("share", [0.05, 0.3])
def test_truncated(share: float) -> None:
    data = pdf(SENTENCE)
    with pytest.raises(Unreadable) as caught:
        read(data[: int(len(data) * share)], "a.pdf")
    assert caught.value.code in ("truncated", "damaged", "no_text")


def test_two_columns_are_read_one_after_the_other() -> None:
    body = f"#place(top, scope: \"parent\", float: true, align(center)[衡山区信访局二〇二四年度部门整体支出绩效自评报告])\n{SENTENCE * 8}\n\n{SENTENCE * 8}"
    document = read_pdf(body, 'paper: "a4", columns: 2, numbering: "— 1 —"')
    assert [x.text for x in document.body] == ["衡山区信访局二〇二四年度部门整体支出绩效自评报告", SENTENCE * 8, SENTENCE * 8]
    assert [x.role for x in document.paragraphs if x.role != "body"] == ["footer"] and document.pages == 1


def test_labels_and_values_side_by_side_are_no_columns_of_prose() -> None:
    rows = ", ".join(f"[第{i}项指标], [完成{i}批]" for i in range(1, 16))
    document = read_pdf(f"#table(columns: (1fr, 1fr), stroke: none, {rows})")
    assert len(document.body) == 15 and document.body[0].text.split() == ["第1项指标", "完成1批"]


def test_lines_of_the_contents_are_no_text() -> None:
    lines = " \\ ".join(f"{name} #h(1fr) {i}" for i, name in enumerate(("一、部门概况", "二、绩效情况"), 3))
    document = read_pdf(f"#set par(first-line-indent: 0pt)\n#align(center)[目 录]\n\n{lines}\n\n一、部门概况\n\n{SENTENCE}")
    assert [x.text for x in document.paragraphs if x.role == "contents"] == ["一、部门概况  3", "二、绩效情况  4"]
    assert [x.text for x in document.body] == ["目 录", "一、部门概况", SENTENCE]


@pytest.mark.parametrize(("printed", "expected"), [("8 \\ 1.82 \\ %", "81.82%"), ("10 \\ 20", "10\n20"), ("1.5 \\ 2.5", "1.5\n2.5")])
def test_a_number_broken_within_a_narrow_cell_is_one(printed: str, expected: str) -> None:
    document = read_pdf(f"#set par(first-line-indent: 0pt, justify: false)\n#table(columns: (3cm, 1.1cm), [完成], [{printed}])")
    assert document.tables[0].cells[1].text == expected


FORM = (
    "#set par(first-line-indent: 0pt, justify: false)\n#set text(size: 9pt)\n#table(columns: (2.2cm, 2.2cm, 2.2cm, 2cm, 2cm), stroke: none, "
    "table.header([一级指标], [二级指标], [三级指标], [目标值], [得分]), [产出指标], [数量指标], [小型水库维修养护座数], [=12座], [10], "
    "[], [可持续影响指标], [长效机制], [持续健全], [5], table.cell(colspan: 3)[年度目标：保障防洪安全和供水安全], [平稳], [], [满意度], [群众], [满意率], [≥90%], [9.5])"
)


def test_wrapped_and_merged_cells_of_a_table_without_lines() -> None:
    (table,) = read_pdf(FORM).tables
    assert [[c.text for c in table.covering_row(r)] for r in range(1, 6)] == [
        ["一级指标", "二级指标", "三级指标", "目标值", "得分"],
        ["产出指标", "数量指标", "小型水库维修养护座数", "=12座", "10"],
        ["", "可持续影响指标", "长效机制", "持续健全", "5"],
        ["年度目标：保障防洪安全和供水安全", "平稳", ""],
        ["满意度", "群众", "满意率", "≥90%", "9.5"],
    ]


def test_a_table_without_lines_goes_on_over_a_page_break() -> None:
    rows = ", ".join(f"[项目{i}], [{i}.50], [{i}.25]" for i in range(10, 60))
    document = read_pdf(f"#table(columns: (5cm, 3cm, 3cm), stroke: none, table.header([项目], [预算], [执行]), {rows})", 'paper: "a5"')
    (table,) = document.tables
    assert (table.height, document.pages) == (51, 2)
    assert [c.text for c in table.cells if c.row == 51] == ["项目59", "59.50", "59.25"]
