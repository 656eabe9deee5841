"""Results of a long run, kept small: a thousand documents as objects would fill a gibibyte."""

from __future__ import annotations

import pickle
import zlib
from dataclasses import dataclass

from hengjian.core.audit.run import Audit
from hengjian.core.document import Document
from hengjian.core.report import Report
from hengjian.forms.findings.result import FileResult, Trouble


@dataclass(frozen=True, slots=True)
class Packed:
    """A document and its report, pickled and compressed to about a thirtieth. Made only from our own values."""

    data: bytes

    def values(self) -> tuple[Document, Report]:
        """The values again; those asked for last are kept, since an output asks for one file many times."""
        if not _LAST or _LAST[0][0] is not self:
            document, report = pickle.loads(zlib.decompress(self.data))
            _LAST[:] = [(self, document, report)]
        return _LAST[0][1:]


_LAST: list[tuple[Packed, Document, Report]] = []


def pack(document: Document, report: Report) -> Packed:
    """The values packed; what was unpacked last is not packed anew."""
    if _LAST and _LAST[0][1] is document and _LAST[0][2] is report:
        return _LAST[0][0]
    return Packed(zlib.compress(pickle.dumps((document, report), pickle.HIGHEST_PROTOCOL), 1))


class PackedResult(FileResult):
    """The result for a readable file, with its document and report packed until somebody looks at them."""

    packed: Packed

    def __init__(
        self,
        path: str,
        sha256: str,
        document: Document | Packed,
        report: Report | None,
        audit: Audit,
        error: Trouble | None = None,
        waived: frozenset[int] = frozenset(),
    ) -> None:
        values = {"path": path, "sha256": sha256, "audit": audit, "error": error, "waived": waived}
        if isinstance(document, Packed):
            values["packed"] = document
        else:
            assert report is not None
            values["packed"] = pack(document, report)
        self.__dict__.update(values)

    @property
    def document(self) -> Document:
        return self.packed.values()[0]

    @property
    def report(self) -> Report:
        return self.packed.values()[1]
