from __future__ import annotations

import io

import docx as python_docx
import pytest
from tests.core.reading.conftest import cell, docx, p, row

from hengjian.core.document import Document
from hengjian.core.reading import read


def grid(document: Document, number: int = 1) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in document.tables[number - 1].cells]


def read_body(body: str, **parts: str) -> Document:
    return read(docx(body, **parts), "示例.docx")


def texts(document: Document, role: str = "body") -> list[str]:
    return [x.text for x in document.paragraphs if x.role == role]


def test_paragraphs_and_tables_keep_their_order_and_places() -> None:
    document = read_body(p("甲") + p() + f"<w:tbl>{row(cell('一'), cell('二'))}</w:tbl>" + p("　　乙"))
    first, table, last = document.blocks
    assert [first.place.loc, last.place.loc] == ["p1", "p2"]
    assert [first.place.block, table.place.block, last.place.block] == [0, 1, 2]
    assert document.tables[0].cells[1].place.loc == "t1r1c2"
    assert (document.paragraphs[1].text, document.paragraphs[1].indent) == ("乙", 2)


def test_spans_are_exact_both_ways() -> None:
    start, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = read_body(
        "<w:tbl>"
        + row(cell("甲", '<w:gridSpan w:val="2"/>' + start), cell("乙"))
        + row(cell("", '<w:gridSpan w:val="2"/>' + go_on), cell("丙", start))
        + row(cell("丁"), cell("戊"), cell("", go_on))
        + "</w:tbl>"
    )
    assert grid(document) == [
        (1, 1, 2, 2, "甲"),
        (1, 3, 1, 1, "乙"),
        (2, 3, 2, 1, "丙"),
        (3, 1, 1, 1, "丁"),
        (3, 2, 1, 1, "戊"),
    ]


def test_merged_cells_of_python_docx_come_back() -> None:
    source = python_docx.Document()
    table = source.add_table(4, 4)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "大"
    table.cell(2, 3).merge(table.cell(3, 3)).text = "高"
    buffer = io.BytesIO()
    source.save(buffer)
    found = read(buffer.getvalue(), "a.docx").tables[0]
    assert (found.height, found.width) == (4, 4)
    assert found.at(2, 2) is found.at(1, 1)
    assert found.at(4, 4) is not None and found.at(4, 4) is found.at(3, 4)


def test_skipped_columns_before_a_row_shift_it() -> None:
    document = read_body("<w:tbl>" + row(cell("甲"), cell("乙")) + row(cell("丙"), properties='<w:gridBefore w:val="1"/>') + "</w:tbl>")
    assert grid(document)[-1] == (2, 2, 1, 1, "丙")


def test_a_continued_merge_without_a_start_is_a_cell_of_its_own() -> None:
    document = read_body("<w:tbl>" + row(cell("甲", "<w:vMerge/>")) + "</w:tbl>")
    assert grid(document) == [(1, 1, 1, 1, "甲")]


def test_nested_tables_follow_the_table_that_holds_them() -> None:
    inner = p("外") + f"<w:tbl>{row(cell('内'))}</w:tbl>" + p()
    document = read_body(f"<w:tbl>{row(cell(inner=inner))}</w:tbl>" + p("后"))
    outer, nested = document.tables
    assert (outer.number, nested.number, outer.cells[0].text, nested.cells[0].text) == (1, 2, "外", "内")
    assert nested.nested_in == outer.cells[0].place and outer.nested_in is None


def test_cell_lines_and_indent() -> None:
    inner = p("　　公用经费") + p() + p("  小计  ")
    found = read_body(f"<w:tbl>{row(cell(inner=inner), cell('x'))}</w:tbl>").tables[0].cells[0]
    assert (found.text, found.indent) == ("公用经费\n小计", 2)


def test_the_caption_is_the_short_lines_above() -> None:
    body = p("四、评价结论") + p("本年度执行情况见下表。") + p("附件1-2") + p("部门整体支出绩效自评表") + p() + p("单位：万元")
    table = read_body(body + f"<w:tbl>{row(cell('一'), cell('二'))}</w:tbl>").tables[0]
    assert table.caption == "附件1-2\n部门整体支出绩效自评表\n单位：万元"


def test_a_heading_is_no_caption() -> None:
    body = p("四、评价结论和评价等级") + f"<w:tbl>{row(cell('一'), cell('二'))}</w:tbl>"
    assert read_body(body).tables[0].caption == ""


NUMBERING = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%1"/><w:suff w:val="nothing"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""


def numbered(text: str, list_id: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_automatic_numbers_are_restored() -> None:
    body = "".join(
        [
            numbered("概况", 1),
            numbered("职能", 1, 1),
            numbered("人员", 1, 1),
            numbered("2024年", 1, 2),
            numbered("收支", 1),
            numbered("收入", 1, 1),
            numbered("接访", 2),
            numbered("督办", 2),
            numbered("重新开始", 3),
        ]
    )
    document = read_body(body, numbering=NUMBERING)
    assert texts(document) == [
        "一、概况", "（一）职能", "（二）人员", "1. 2024年", "二、收支", "（一）收入", "③接访", "④督办", "一、重新开始",
    ]  # fmt: skip
    assert [x.numbering for x in document.paragraphs][:4] == ["一、", "（一）", "（二）", "1."]


def test_numbers_come_from_styles_too_and_outline_levels_with_them() -> None:
    styles = """
    <w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/>
      <w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="H1a"><w:name w:val="我的标题"/><w:basedOn w:val="H1"/></w:style>"""
    body = p("概况", '<w:pStyle w:val="H1"/>') + p("收支", '<w:pStyle w:val="H1a"/>') + p("正文")
    document = read_body(body, numbering=NUMBERING, styles=styles)
    assert [(x.text, x.level) for x in document.paragraphs] == [("一、概况", 1), ("二、收支", 1), ("正文", 0)]


def test_an_empty_numbered_cell_shows_its_number() -> None:
    serial = cell(inner=numbered("", 1))
    document = read_body(f"<w:tbl>{row(serial, cell('甲'))}{row(serial, cell('乙'))}</w:tbl>", numbering=NUMBERING)
    assert [c.text for c in document.tables[0].cells] == ["一、", "甲", "二、", "乙"]


def test_insertions_stay_and_deletions_go() -> None:
    body = (
        "<w:p><w:r><w:t>支出</w:t></w:r><w:del><w:r><w:delText>97</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>98</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>万元</w:t></w:r></w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>" + p("后半")
    )
    table = f"<w:tbl>{row(cell('删'), properties='<w:del/>')}{row(cell('留'))}</w:tbl>"
    document = read_body(body + table)
    assert texts(document) == ["支出98万元", "前半后半"]
    assert grid(document) == [(1, 1, 1, 1, "留")]


def test_fields_show_their_result() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = "<w:r><w:instrText>REF a</w:instrText></w:r>"
    body = f"<w:p><w:r><w:t>第</w:t></w:r>{mark('begin')}{instruction}{mark('separate')}<w:r><w:t>3</w:t></w:r>{mark('end')}<w:r><w:t>页</w:t></w:r></w:p>"
    broken = f"<w:p>{mark('begin')}{instruction}</w:p>" + p("仍然可见")
    assert texts(read_body(body + broken)) == ["第3页", "仍然可见"]


def test_contents_have_their_role() -> None:
    mark = '<w:fldChar w:fldCharType="{}"/>'
    contents = (
        f"<w:p><w:r>{mark.format('begin')}</w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>"
        f"<w:r>{mark.format('separate')}</w:r><w:r><w:t>一、概况</w:t><w:tab/><w:t>1</w:t></w:r></w:p>"
        + p("二、收支")
        + f"<w:p><w:r>{mark.format('end')}</w:r></w:p>"
    )
    document = read_body(contents + p("一、概况"))
    assert [x.role for x in document.paragraphs] == ["contents", "contents", "body"]
    assert document.paragraphs[0].text == "一、概况\t1"


def test_typed_contents_have_it_too() -> None:
    lines = ["目 录", "一、概况……3", "二、收支\t4", "正文第一段。", "项目\t4"]
    document = read_body("".join(p(line) for line in lines))
    assert [x.role for x in document.paragraphs] == ["body", "contents", "contents", "body", "body"]


def test_symbols_breaks_and_hyphens() -> None:
    body = (
        "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t><w:softHyphen/>"
        '<w:sym w:font="Wingdings 2" w:char="F052"/><w:sym w:font="Symbol" w:char="F0B3"/></w:r></w:p>'
    )
    assert texts(read_body(body)) == ["甲\n1-2☑≥"]


def test_a_text_box_is_read_once_and_does_not_shift_numbers() -> None:
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>" + p("后")
    )
    document = read_body(body)
    assert [(x.text, x.role, x.place.paragraph) for x in document.paragraphs] == [
        ("前", "body", 1),
        ("框内", "textbox", 3),
        ("后", "body", 2),
    ]


def test_notes_headers_and_comments_come_last_with_their_roles() -> None:
    footnotes = f'<w:footnote w:type="separator" w:id="0">{p("线")}</w:footnote><w:footnote w:id="1">{p("注释")}</w:footnote>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    comments = f'<w:comment w:id="0">{p("请核对")}</w:comment>'
    document = read_body(p("正文") + section, footnotes=footnotes, header1=p("页眉"), comments=comments)
    assert [(x.text, x.role) for x in document.paragraphs] == [
        ("正文", "body"),
        ("注释", "footnote"),
        ("页眉", "header"),
        ("请核对", "comment"),
    ]


def test_pages_are_counted_where_word_left_its_marks() -> None:
    page_break = "<w:r><w:lastRenderedPageBreak/></w:r>"
    split = cell(inner=f"<w:p><w:r><w:t>上</w:t></w:r>{page_break}<w:r><w:t>下</w:t></w:r></w:p>")
    body = p("一") + f"<w:p>{page_break}<w:r><w:t>二</w:t></w:r></w:p>" + f"<w:tbl>{row(split, split)}</w:tbl>" + p("三")
    document = read_body(body)
    assert [x.place.page for x in document.paragraphs] == [1, 2, 3]
    assert (document.tables[0].place.page, document.pages) == (2, 3)
    assert document.paragraphs[1].place.loc == "page2/p2"


def test_pictures_are_listed_where_they_stand() -> None:
    picture = '<w:p><w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r></w:p>'
    document = read_body(p("甲") + picture + f"<w:tbl>{row(cell(inner=picture), cell('乙'))}</w:tbl>")
    assert [(n.code, n.place.loc) for n in document.not_read] == [("image", "p2"), ("image", "t1r1c1")]


def test_hidden_text_is_left_out_and_listed() -> None:
    document = read_body("<w:p><w:r><w:t>可见</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>")
    assert texts(document) == ["可见"]
    assert [n.code for n in document.not_read] == ["hidden_text"]


@pytest.mark.parametrize("wrapper", ["w:ins", "w:customXml", "w:sdt><w:sdtContent"])
def test_wrapped_blocks_are_read(wrapper: str) -> None:
    closing = "".join(f"</{part.strip('<>')}>" for part in reversed(wrapper.split(">")))
    assert texts(read_body(f"<{wrapper}>{p('甲')}{closing}")) == ["甲"]
