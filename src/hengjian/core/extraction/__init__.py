"""Document → Report."""

from hengjian.core.extraction.assemble import extract

__all__ = ["extract"]
