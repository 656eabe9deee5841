"""The command line: ``hengjian audit | evaluate | compare | read | rules | doctor``."""
