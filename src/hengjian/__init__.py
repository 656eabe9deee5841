"""Hengjian (衡鉴): reads, judges and prints budget-performance reports."""

__version__ = "0.1.0"
