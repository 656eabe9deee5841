"""F3b 部门预算项目绩效目标自评表, the older Sichuan form."""

from pathlib import Path

from hengjian.forms.declared import declared

FORM = declared(Path(__file__).parent)
