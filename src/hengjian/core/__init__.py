"""Plain Python: no framework, no network, no clock, no database. Reads like the regulations."""
