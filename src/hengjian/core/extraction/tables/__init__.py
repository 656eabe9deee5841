"""Tables of performance documents, in any layout, to indicators, funds, goals, scores and every other figure."""

from __future__ import annotations

from hengjian.core.extraction.tables.harvest import TableYield
from hengjian.core.extraction.tables.reader import read_tables

__all__ = ["TableYield", "read_tables"]
