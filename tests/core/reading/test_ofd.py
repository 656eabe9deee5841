from __future__ import annotations

from tests.core.reading.conftest import zipped

from hengjian.core.reading import read

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(words: str, x: float, y: float, deltas: str = "") -> str:
    spread = f' DeltaX="{deltas}"' if deltas else ""
    return f'<ofd:TextObject Boundary="{x} {y} 160 5" Size="4"><ofd:TextCode X="0" Y="4"{spread}>{words}</ofd:TextCode></ofd:TextObject>'


def stroke(x0: float, y0: float, x1: float, y1: float) -> str:
    return f'<ofd:PathObject Boundary="0 0 210 297"><ofd:AbbreviatedData>M {x0} {y0} L {x1} {y1}</ofd:AbbreviatedData></ofd:PathObject>'


def ofd(*pages: str, template: str = "") -> bytes:
    parts: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        '<ofd:TemplatePage ID="9" BaseLoc="Tpls/0.xml"/></ofd:CommonData><ofd:Pages>'
        + "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/{i}.xml"/>' for i in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
        "Doc_0/Tpls/0.xml": f"<ofd:Page {NAMESPACE}><ofd:Content>{template}</ofd:Content></ofd:Page>",
    }
    for i, page in enumerate(pages):
        parts[f"Doc_0/Pages/{i}.xml"] = (
            f'<ofd:Page {NAMESPACE}><ofd:Template TemplateID="9"/><ofd:Content><ofd:Layer>{page}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    return zipped(parts)


def test_text_and_ruled_tables() -> None:
    lines = [stroke(30, y, 130, y) for y in (60, 70, 80)] + [stroke(x, 60, x, 80) for x in (30, 80, 130)]
    cells = [text("项目", 32, 62), text("预算", 82, 62), text("接访", 32, 72), text("8", 82, 72)]
    document = read(ofd(text("一、部门概况", 30, 40, "g 5 4") + "".join(lines + cells)), "a.ofd")
    assert document.format == "ofd" and document.pages == 1
    assert document.paragraphs[0].text == "一、部门概况"
    assert [(c.row, c.column, c.text) for c in document.tables[0].cells] == [(1, 1, "项目"), (1, 2, "预算"), (2, 1, "接访"), (2, 2, "8")]


def test_template_pages_are_part_of_every_page() -> None:
    pages = [text(f"第{n}段正文。", 30, 100) for n in "一二三"]
    document = read(ofd(*pages, template=text("衡山区信访局自评报告", 60, 10)), "a.ofd")
    assert [x.text for x in document.body] == ["第一段正文。", "第二段正文。", "第三段正文。"]
    assert [x.text for x in document.paragraphs if x.role == "header"] == ["衡山区信访局自评报告"]


def test_repeat_counts_cannot_be_used_as_a_bomb() -> None:
    document = read(ofd(text("甲乙", 30, 40, "g 999999999999 4")), "a.ofd")
    assert document.paragraphs[0].text == "甲乙"
