"""Scores, totals, grades and attainable bounds, exactly as the fact sheet §4 has them."""

from hengjian.core.scoring.execution import score_execution
from hengjian.core.scoring.grades import grades_of, same_grade
from hengjian.core.scoring.indicator import score_indicator
from hengjian.core.scoring.score import Method, Score
from hengjian.core.scoring.sheets import Sheet, sheets
from hengjian.core.scoring.totals import Bounds, attainable

__all__ = [
    "Bounds",
    "Method",
    "Score",
    "Sheet",
    "attainable",
    "grades_of",
    "same_grade",
    "score_execution",
    "score_indicator",
    "sheets",
]
