"""Rules A-01 to A-34: money."""
