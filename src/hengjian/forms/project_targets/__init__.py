"""F1 项目绩效目标表, one for each project."""

from pathlib import Path

from hengjian.forms.declared import declared

FORM = declared(Path(__file__).parent)
