"""T-01…T-24: indicators and targets (fact sheet §8.4)."""
