"""F3 项目支出绩效自评表: the national form of 2020, and its variant of 2021 with a block of cost indicators."""

from pathlib import Path

from hengjian.forms.declared import declared

FORM = declared(Path(__file__).parent)
COST_2021 = declared(Path(__file__).parent, "cost_2021.toml")
