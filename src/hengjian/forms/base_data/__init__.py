"""F5 部门整体支出绩效评价基础数据表, the Hunan form."""

from pathlib import Path

from hengjian.forms.declared import declared

FORM = declared(Path(__file__).parent)
