"""PDF with a text layer → ``Document``."""

from __future__ import annotations

from typing import Final

import pypdfium2

from hengjian.core.document import Document
from hengjian.core.reading.paged import document_of
from hengjian.core.reading.pdf_page import read_page
from hengjian.core.reading.unreadable import Unreadable, damaged

MAX_PAGES: Final = 2_000


def read_pdf(data: bytes, name: str) -> Document:
    """Read the text layer of a pdf.

    Raises ``Unreadable`` (``encrypted``, ``truncated``, ``damaged``, ``too_large``). Pages without text are listed.
    """
    source = _open(data, name)
    try:
        if len(source) > MAX_PAGES:
            raise Unreadable(
                "too_large", f"{name}：有 {len(source)} 页，超过 {MAX_PAGES} 页的上限；请拆分后再试。"
            )
        pages = [read_page(source[i], i + 1) for i in range(len(source))]
    finally:
        source.close()
    return document_of(pages, "pdf", name)


def _open(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            raise Unreadable("encrypted", f"{name}：文件有密码；请去掉密码另存后再试。") from error
        if b"%%EOF" not in data[-4096:]:
            raise Unreadable(
                "truncated", f"{name}：文件不完整，可能没有传完；请重新复制或下载后再试。"
            ) from error
        raise damaged(name, "PDF 结构有误") from error
