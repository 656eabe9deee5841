"""How much is measured: every number can be set in the environment; the defaults take about ten minutes on two cores."""

from __future__ import annotations

import os


def setting(name: str, default: int) -> int:
    """``BENCH_<name>`` as an integer."""
    return int(os.environ.get(f"BENCH_{name}", default))


PAIRS = setting("PAIRS", 15)
"""Alternating runs of us and the peer."""
DOCUMENTS = setting("DOCUMENTS", 1000)
"""Files of the batch."""
JOBS = setting("JOBS", 2)
"""Processes of the batch."""
FUZZ = setting("FUZZ", 500)
"""Mutated files that the reading children get."""
MOST = setting("MOST", 4)
"""Mutations of one mutator in one document."""
REPORTS = setting("REPORTS", 4)
"""Reports drawn for each official form, as further clean documents for the mutators."""
FORMATS = os.environ.get("BENCH_FORMATS", "docx,xlsx,pdf,txt").split(",")
"""Formats in which the labelled corpus is read."""
