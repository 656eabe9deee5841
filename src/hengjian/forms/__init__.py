"""Official forms and reports: a Report in, docx, xlsx or pdf out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hengjian.forms.form import Form
    from hengjian.forms.registered import FORMS

__all__ = ["FORMS", "Form"]


def __getattr__(name: str) -> object:
    """Load the register on first use: its writers take longer to import than most commands take to run."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from hengjian.forms import registered

    return getattr(registered, name)
