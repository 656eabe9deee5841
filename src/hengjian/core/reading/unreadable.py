"""The one way in which reading fails: a stable code and one Chinese sentence."""

from __future__ import annotations

CODES = frozenset(
    {
        "missing",
        "folder",
        "no_permission",
        "empty",
        "encrypted",
        "truncated",
        "damaged",
        "renamed",
        "not_supported",
        "macro",
        "bomb",
        "too_large",
        "no_text",
        "needs_office",
        "conversion",
        "timeout",
        "memory",
        "internal",
    }
)
"""Every code that can stand in the JSON; they do not change once released."""


class Unreadable(Exception):  # noqa: N818  # it is a finding about the file, not an error of ours
    """A file that cannot be read. ``message`` is one sentence: which file, why, what to do.

    ``detail`` is for developers only: the traceback behind ``internal``.
    """

    def __init__(self, code: str, message: str, detail: str = "") -> None:
        if code not in CODES:
            raise ValueError(f"unknown code {code!r}")
        super().__init__(code, message, detail)
        self.code = code
        self.message = message
        self.detail = detail

    def __str__(self) -> str:
        return self.message


def damaged(name: str, reason: str) -> Unreadable:
    """The common case: the container is there, but its inside is not what the format says."""
    return Unreadable("damaged", f"{name}：文件已损坏（{reason}）；请用原来的软件打开并另存后再试。")
