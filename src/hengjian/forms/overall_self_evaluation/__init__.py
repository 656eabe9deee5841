"""F4 部门整体支出绩效自评表, the Hunan form."""

from pathlib import Path

from hengjian.forms.declared import declared

FORM = declared(Path(__file__).parent)
