"""Judging a report: rules, their outcomes, and how findings are merged and grouped."""
