"""Copies of the original with the findings at their places.

What the command line calls (helper TEXT fills it in; the name is fixed):

- ``annotate(data, result) -> tuple[bytes, str]``: the annotated copy of the original bytes for a ``FileResult``, and its
  ending (``docx``, ``xlsx`` or ``html``).
"""
