"""Names of the WordprocessingML vocabulary that the reader meets."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from lxml import etree

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_W: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_R: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"


@lru_cache(maxsize=1024)
def w(name: str) -> str:
    """The tag or attribute ``w:name``."""
    return f"{{{_W}}}{name}"


def r(name: str) -> str:
    """The attribute ``r:name``."""
    return f"{{{_R}}}{name}"


VAL: Final = w("val")


class _LocalNames(dict[object, str]):
    """Tag → its name without namespace, worked out once per tag: this is asked for every element."""

    def __missing__(self, tag: object) -> str:
        name = tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
        if len(self) < 4096:
            self[tag] = name
        return name


_LOCAL_NAMES = _LocalNames()


def local(element: etree._Element) -> str:
    """The tag without its namespace; empty for comments and the like."""
    return _LOCAL_NAMES[element.tag]


def value(parent: etree._Element | None, name: str) -> str | None:
    """``w:val`` of the child ``w:name``, if there is one."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else child.get(VAL)


def number(text: str | None, default: int = 0) -> int:
    """A whole number of an attribute; ``default`` when it is missing or not one."""
    try:
        return int(text) if text else default
    except ValueError:
        return default


def is_on(parent: etree._Element | None, name: str) -> bool:
    """Whether the toggle ``w:name`` is set: present and not ``0``/``false``/``off``."""
    child = None if parent is None else parent.find(w(name))
    return child is not None and child.get(VAL, "1") not in ("0", "false", "off")


def transitional(content: bytes) -> bytes:
    """Strict Office XML rewritten to the transitional name spaces, which say the same."""
    if b"purl.oclc.org/ooxml" not in content[:8192]:
        return content
    return content.replace(_STRICT_W.encode(), _W.encode()).replace(_STRICT_R.encode(), _R.encode())
