"""Makes an office file the same bytes whenever it is written: no moment of writing inside."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIXED_MOMENT = (2020, 1, 1, 0, 0, 0)
"""The date that every written file carries; the date of a report stands in the report."""

_MODIFIED = re.compile(rb"(?<=W3CDTF\">)[^<]*(?=</dcterms:)")
_FIXED = b"2020-01-01T00:00:00Z"


def repack(data: bytes, *, properties: bool = True) -> bytes:
    """The same zip archive with a fixed date on every entry, and in the document's properties unless they are to stay."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            info = ZipInfo(entry.filename, FIXED_MOMENT)
            info.compress_type = ZIP_DEFLATED
            content = source.read(entry)
            target.writestr(
                info,
                _MODIFIED.sub(_FIXED, content) if properties and entry.filename == "docProps/core.xml" else content,
            )
    return out.getvalue()
