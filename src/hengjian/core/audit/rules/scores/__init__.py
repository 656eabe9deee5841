"""Rules on weights, scores and grades: W-01 … W-20 (fact sheet §8.3)."""
