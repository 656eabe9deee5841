"""Printing the findings of a run: text, JSON, SARIF, HTML, XLSX, JUnit.

What the command line and the later site call (helper TEXT fills it in; the names are fixed):

- ``OUTPUTS``: mapping of format name (``full concise table json jsonl sarif html xlsx junit``) to its renderer;
- ``render(form, run, *, verbose=0, explain=False, colour=False) -> bytes`` with ``run`` a ``result.Run``.
"""
