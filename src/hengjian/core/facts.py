"""The keys of facts: what a performance report says in figures, one documented name each.

A key is a path, general to special. Stage, year and scope are not in the key but beside it (``report.Fact``).
The table is the documentation of the JSON keys; ``docs/facts.md`` is printed from it and a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FactKey:
    """One kind of fact. ``parent`` is the whole of which it is a part; ``family`` groups parts that add up to it."""

    key: str
    label: str
    english: str
    measure: str = "money"
    """``money``, ``people``, ``rate``, ``score``, ``area``, ``count``, ``year``, ``date`` or ``any``."""
    parent: str = ""
    family: str = ""


def _money(key: str, label: str, english: str, parent: str = "", family: str = "") -> FactKey:
    return FactKey(key, label, english, "money", parent, family)


UNPLACED = "unplaced"

_TABLE: tuple[FactKey, ...] = (
    # Income 收入
    _money("income.total", "收入合计", "total income"),
    _money("income.fiscal", "财政拨款收入", "fiscal appropriation", "income.total"),
    _money("income.general", "一般公共预算拨款", "general public budget", "income.total", "source"),
    _money("income.fund", "政府性基金预算拨款", "government fund budget", "income.total", "source"),
    _money("income.state_capital", "国有资本经营预算拨款", "state capital budget", "income.total", "source"),
    _money("income.social_insurance", "社会保险基金预算", "social insurance fund budget", "income.total", "source"),
    _money("income.special_account", "财政专户管理资金", "special fiscal account", "income.total", "source"),
    _money("income.operating", "事业收入", "institutional income", "income.total", "source"),
    _money("income.business", "事业单位经营收入", "business income", "income.total", "source"),
    _money("income.superior", "上级补助收入", "subsidy from above", "income.total", "source"),
    _money("income.subordinate", "附属单位上缴收入", "payments from subordinates", "income.total", "source"),
    _money("income.other", "其他收入", "other income", "income.total", "source"),
    # Balance 结转结余
    _money("balance.opening", "年初结转和结余", "opening balance"),
    _money("balance.non_fiscal_used", "使用非财政拨款结余", "non-fiscal surplus used"),
    _money("balance.distributed", "结余分配", "surplus distributed"),
    _money("balance.closing", "年末结转和结余", "closing balance"),
    _money("balance.carryover", "结转资金", "carried over", "balance.closing", "closing"),
    _money("balance.surplus", "结余资金", "surplus", "balance.closing", "closing"),
    _money("balance.grand_total", "收支总计", "grand total of income and expenditure"),
    # Expenditure 支出
    _money("expenditure.total", "支出合计", "total expenditure"),
    _money("expenditure.basic", "基本支出", "basic expenditure", "expenditure.total", "nature"),
    _money("expenditure.project", "项目支出", "project expenditure", "expenditure.total", "nature"),
    _money("expenditure.business", "经营支出", "business expenditure", "expenditure.total", "nature"),
    _money("expenditure.superior", "上缴上级支出", "payments upward", "expenditure.total", "nature"),
    _money("expenditure.subordinate", "对附属单位补助支出", "subsidies to subordinates", "expenditure.total", "nature"),
    _money("expenditure.personnel", "人员经费", "personnel expenditure", "expenditure.basic", "basic"),
    _money("expenditure.public", "公用经费", "public funds", "expenditure.basic", "basic"),
    _money("expenditure.general_operation", "一般性支出", "general operating expenditure"),
    _money("expenditure.general_budget", "一般公共预算支出", "general public budget expenditure", "expenditure.total", "budget"),
    _money("expenditure.fund", "政府性基金预算支出", "government fund expenditure", "expenditure.total", "budget"),
    _money("expenditure.fiscal", "财政拨款支出", "expenditure from fiscal appropriation", "expenditure.total"),
    _money("expenditure.state_capital", "国有资本经营预算支出", "state capital expenditure", "expenditure.total", "budget"),
    _money("expenditure.social_insurance", "社会保险基金预算支出", "social insurance expenditure", "expenditure.total", "budget"),
    _money("expenditure.adjustment", "预算调整", "budget adjustment"),
    _money("expenditure.basic_adjustment", "部门基本支出预算调整", "adjustment of basic expenditure"),
    _money("expenditure.function", "支出功能分类", "functional class", "expenditure.total", "function"),
    _money("expenditure.function_item", "支出功能分类款、项", "functional sub-class", "expenditure.total"),
    _money("expenditure.economic", "部门预算支出经济分类", "economic class", "expenditure.total", "economic"),
    # Lines of the base data sheet F5 基础数据表
    _money("project.business", "业务工作经费", "operational projects", "expenditure.project", "project_lines"),
    _money("project.operation", "运行维护经费", "running and maintenance", "expenditure.project", "project_lines"),
    _money("project.special", "专项资金", "special funds", "expenditure.project", "project_lines"),
    _money("project.development", "其他事业类发展资金", "other development funds", "expenditure.project", "project_lines"),
    _money("public.office", "办公费", "office", "expenditure.public", "public_lines"),
    _money("public.utilities_travel", "水费、电费、差旅费", "utilities and travel", "expenditure.public", "public_lines"),
    _money("public.meeting_training", "会议费、培训费", "meetings and training", "expenditure.public", "public_lines"),
    _money("public.item", "公用经费其他明细", "other line of public funds", "expenditure.public", "public_lines"),
    _money("personnel.item", "人员经费明细", "line of personnel funds", "expenditure.personnel", "personnel_lines"),
    _money("procurement.total", "政府采购金额", "government procurement"),
    _money("procurement.goods", "政府采购货物支出", "procurement of goods", "procurement.total", "procurement"),
    _money("procurement.works", "政府采购工程支出", "procurement of works", "procurement.total", "procurement"),
    _money("procurement.services", "政府采购服务支出", "procurement of services", "procurement.total", "procurement"),
    # The three public expenses 三公经费
    _money("three_public.total", "三公经费", "three public expenses"),
    _money("three_public.abroad", "因公出国（境）费", "travel abroad", "three_public.total", "three_public"),
    _money("three_public.vehicle", "公务用车购置及运行维护费", "vehicles", "three_public.total", "three_public"),
    _money("three_public.vehicle_purchase", "公务用车购置费", "vehicle purchase", "three_public.vehicle", "vehicle"),
    _money("three_public.vehicle_running", "公务用车运行维护费", "vehicle running", "three_public.vehicle", "vehicle"),
    _money("three_public.reception", "公务接待费", "official reception", "three_public.total", "three_public"),
    # Funds block of a form, of the unit or of one project 项目资金
    _money("funds.total", "年度资金总额", "total funds of the year"),
    _money("funds.fiscal", "财政拨款", "fiscal appropriation", "funds.total", "funds"),
    _money("funds.carryover", "上年结转资金", "carried over from last year", "funds.total", "funds"),
    _money("funds.other", "其他资金", "other funds", "funds.total", "funds"),
    _money("funds.subsidy", "上级补助资金", "subsidy from above", "funds.total"),
    _money("funds.midterm", "中期资金总额", "mid-term funds"),
    _money("funds.received", "到位资金", "funds received"),
    _money("funds.item", "项目支出明细", "line of a project's expenditure", "funds.total", "items"),
    FactKey("execution.weight", "预算执行率分值", "weight of budget execution", "score"),
    FactKey("execution.rate", "预算执行率", "budget execution rate", "rate"),
    FactKey("execution.score", "预算执行率得分", "score of budget execution", "score"),
    FactKey("receipt.rate", "资金到位率", "rate of funds received", "rate"),
    FactKey("plan.percent", "资金支出计划", "spending plan, cumulative", "rate"),
    # Staff 人员
    FactKey("staff.authorised", "编制数", "authorised posts", "people"),
    FactKey("staff.authorised.administrative", "行政编制", "authorised, administrative", "people", "staff.authorised", "authorised"),
    FactKey("staff.authorised.institution", "事业编制", "authorised, institution", "people", "staff.authorised", "authorised"),
    FactKey("staff.authorised.worker", "工勤编制", "authorised, workers", "people", "staff.authorised", "authorised"),
    FactKey("staff.actual", "实有人数", "staff in post", "people"),
    FactKey("staff.actual.administrative", "实有行政人员", "in post, administrative", "people", "staff.actual", "actual"),
    FactKey("staff.actual.institution", "实有事业人员", "in post, institution", "people", "staff.actual", "actual"),
    FactKey("staff.actual.worker", "实有工勤人员", "in post, workers", "people", "staff.actual", "actual"),
    FactKey("staff.retired", "离退休人员", "retired staff", "people"),
    FactKey("staff.temporary", "临聘人员", "temporary staff", "people"),
    FactKey("staff.control_rate", "在职人员控制率", "staff control rate", "rate"),
    # Buildings 楼堂馆所
    FactKey("building.area_approved", "批复规模", "approved area", "area"),
    FactKey("building.area_actual", "实际规模", "actual area", "area"),
    FactKey("building.area_rate", "规模控制率", "area control rate", "rate"),
    FactKey("building.investment_budget", "预算投资", "budgeted investment", "money"),
    FactKey("building.investment_actual", "实际投资", "actual investment", "money"),
    FactKey("building.investment_rate", "投资概算控制率", "investment control rate", "rate"),
    # Rates that reports print beside amounts
    FactKey("rate.adjustment", "预算调整率", "adjustment rate", "rate"),
    FactKey("rate.public_control", "公用经费控制率", "public funds control rate", "rate"),
    FactKey("rate.three_public_control", "三公经费控制率", "three public expenses control rate", "rate"),
    FactKey("rate.three_public_change", "三公经费变动率", "change of the three public expenses", "rate"),
    FactKey("rate.procurement", "政府采购执行率", "procurement execution rate", "rate"),
    FactKey("rate.carryover", "结转结余率", "carry-over rate", "rate"),
    FactKey("rate.change", "增长率", "change against last year", "rate"),
    FactKey("rate.share", "占比", "share", "rate"),
    # Scores 得分
    FactKey("score.total", "总分", "total score", "score"),
    FactKey("score.weight_total", "分值合计", "total weight", "score"),
    FactKey("score.subtotal", "分项得分", "score of a level", "score"),
    FactKey("score.weight_subtotal", "分项分值", "weight of a level", "score"),
    FactKey("score.band", "等级分界", "grade boundary", "score"),
    # Time and the rest
    FactKey("report.year", "报告年度", "fiscal year of the report", "year"),
    FactKey("date.year", "年份", "a year that is named", "year"),
    FactKey("change.amount", "增减额", "increase or decrease", "money"),
    FactKey("indicator.value", "正文指标值", "a figure of an indicator that the text tells", "any"),
    FactKey("activity.count", "工作量", "a count of work done", "count"),
    FactKey(UNPLACED, "未归类数字", "a number that could not be placed", "any"),
)

FACT_KEYS: dict[str, FactKey] = {entry.key: entry for entry in _TABLE}


def fact_key(key: str) -> FactKey:
    """The entry of a key. ``expenditure.function.201`` belongs to ``expenditure.function``. Raises ``KeyError``."""
    probe = key
    while probe not in FACT_KEYS and "." in probe:
        probe = probe.rpartition(".")[0]
    return FACT_KEYS[probe]
