"""Rules P-01 to P-08: people and counts."""
