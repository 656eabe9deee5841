"""Every printed file opens clean in LibreOffice: pages come out, and what was printed stands on them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from tests.forms.reports import SAMPLES

from hengjian.forms import FORMS

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
FILES = [(code, fmt) for code, form in FORMS.items() for fmt in form.formats if fmt != "pdf"]


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """All files converted in one run: an own profile, since two LibreOffice on one profile lose a pdf without a word."""
    folder = tmp_path_factory.mktemp("office")
    for code, fmt in FILES:
        (folder / f"{code}-{fmt}.{fmt}").write_bytes(FORMS[code].render(SAMPLES[code](), fmt))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", str(folder / "out"), *map(str, sorted(folder.glob("*.*x")))],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    yield folder / "out"


def _text(path: Path) -> tuple[int, str]:
    document = pypdfium2.PdfDocument(path)
    pages = [document[i].get_textpage().get_text_bounded() for i in range(len(document))]
    return len(pages), "".join("".join(pages).split())


@pytest.mark.parametrize(("code", "fmt"), FILES)
def test_it_opens_and_shows_its_figures(converted: Path, code: str, fmt: str) -> None:
    pages, text = _text(converted / f"{code}-{fmt}.pdf")
    report = FORMS[code].prints(SAMPLES[code]())
    assert 1 <= pages <= 12
    assert [f.figure.text for f in report.facts if f.figure.text not in text] == []
    assert [i.level3.text for i in report.indicators if i.level3.compact not in text] == []


@pytest.mark.parametrize("fmt", ["docx", "xlsx"])
def test_the_footer_counts_the_pages(converted: Path, fmt: str) -> None:
    pages, text = _text(converted / f"F1-{fmt}.pdf")
    assert pages == 2
    assert "第1页共2页" in text
    assert "第2页共2页" in text
