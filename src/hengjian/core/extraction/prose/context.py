"""What a paragraph inherits from the headings above it and from the document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """``side`` is ``income``, ``expenditure``, ``funds`` or empty; ``subject`` the key and words of the heading's amount."""

    report_year: int | None = None
    side: str = ""
    scope: str = ""
    subject: tuple[str, str] = ("", "")
    role: str = ""
    level1: str = ""
    level2: str = ""
    unit: str = ""
    """The unit of a caption 单位：万元, for amounts that print none."""
    sets_targets: bool = False
    about_project: bool = False
    """The whole document is about one project, so that 资金 and 支出 are the project's."""

    @property
    def in_project(self) -> bool:
        return bool(self.scope) or self.about_project

    @property
    def in_indicators(self) -> bool:
        return bool(self.level1 or self.level2)
