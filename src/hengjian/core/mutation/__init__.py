"""Injecting one error into a clean report, to see whether it is caught (P3-54)."""
