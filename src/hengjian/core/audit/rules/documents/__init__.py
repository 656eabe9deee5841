"""D-01…D-19: the document as a whole (fact sheet §8.5)."""
