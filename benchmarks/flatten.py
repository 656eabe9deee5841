"""The same test document as tab-flattened text and as a printed pdf, the way published copies circulate."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tests.documents import GridCell, build_docx, parse


def flattened(text: str) -> bytes:
    """Family A of the layouts: one cell a line with a leading tab, a blank line after each row."""
    lines: list[str] = []
    for block in parse(text):
        lines += [block] if isinstance(block, str) else _rows(block)
    return ("\n".join(lines) + "\n").encode()


def _rows(grid: list[GridCell]) -> list[str]:
    lines: list[str] = []
    height = max(g.row + g.row_span - 1 for g in grid)
    for row in range(1, height + 1):
        covering = sorted((g for g in grid if g.row <= row < g.row + g.row_span), key=lambda g: g.column)
        lines += [*("\t" + (g.text if g.row == row else "") for g in covering), ""]
    return [*lines, ""]


def printed(text: str) -> bytes:
    """A pdf with a text layer, made by LibreOffice from the docx."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report.docx")
        source.write_bytes(build_docx(text))
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", folder, source],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return Path(folder, "report.pdf").read_bytes()

