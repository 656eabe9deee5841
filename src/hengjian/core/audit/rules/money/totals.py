"""A-01 to A-04, A-06 and A-22: parts that make up a total."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.core.audit.catalogue import Case, rule
from hengjian.core.audit.finding import Basis, Outcome, Severity
from hengjian.core.audit.rules.money import equations
from hengjian.core.audit.rules.money.equations import judge, judge_composition

_FORM_SOURCES = (
    *equations.FISCAL_SOURCES, "income.social_insurance", "income.special_account", "income.operating", "income.business",
    "income.superior", "income.other", "funds.other", "funds.carryover",
)  # fmt: skip


@rule(
    "A-01", title="各来源收入之和等于收入合计", english="Sources add to income", severity=Severity.ERROR,
    basis=Basis.ARITHMETIC, source="《预算法实施条例》第六条；部门预决算收入表",
    bad="收入600万元，其中财政拨款500万元、其他收入50万元。", good="收入550万元，其中财政拨款500万元、其他收入50万元。",
)  # fmt: skip
def sources_make_income(case: Case) -> Iterator[Outcome]:
    """收入合计＝各来源收入之和（财政拨款、财政专户、事业、经营、上级补助、附属单位上缴、其他）。"""
    yield from judge("A-01", case, equations.SOURCES)
    yield from judge("A-01", case, equations.FISCAL)
    yield from judge_composition("A-01", case, _FORM_SOURCES, "income.total", "年度资金总额")


@rule(
    "A-02", title="基本支出与项目支出合计等于支出合计", english="Basic and project expenditure add to the total",
    severity=Severity.ERROR, basis=Basis.ARITHMETIC, source="《预算法实施条例》第六条第三款；部门预决算支出表",
    bad="支出500万元，其中基本支出300万元、项目支出180万元。", good="支出500万元，其中基本支出300万元、项目支出200万元。",
)  # fmt: skip
def basic_and_project_make_expenditure(case: Case) -> Iterator[Outcome]:
    """支出合计＝基本支出＋项目支出（有经营支出、上缴上级支出、对附属单位补助支出的一并计入）。"""
    yield from judge("A-02", case, equations.BASIC_AND_PROJECT, missing="基本支出或项目支出")
    yield from judge("A-02", case, equations.PERSONNEL_PUBLIC_PROJECT)
    yield from judge_composition("A-02", case, equations.NATURES, "expenditure.total", "年度资金总额")


@rule(
    "A-03", title="人员经费与公用经费合计等于基本支出", english="Personnel and public funds add to basic expenditure",
    severity=Severity.ERROR, basis=Basis.ARITHMETIC, source="《预算法实施条例》第五条第三款",
    bad="基本支出300万元，其中人员经费250万元、公用经费40万元。", good="基本支出300万元，其中人员经费250万元、公用经费50万元。",
)  # fmt: skip
def personnel_and_public_make_basic(case: Case) -> Iterator[Outcome]:
    """基本支出＝人员经费＋公用经费。"""
    yield from judge("A-03", case, equations.PERSONNEL_AND_PUBLIC, missing="人员经费或公用经费")


@rule(
    "A-04", title="各功能分类支出之和等于支出合计", english="Functional classes add to expenditure", severity=Severity.ERROR,
    basis=Basis.ARITHMETIC, source="《预算法实施条例》第六条第三款；政府收支分类科目",
    bad="支出100万元，其中一般公共服务支出80万元、社会保障和就业支出10万元、住房保障支出5万元。",
    good="支出100万元，其中一般公共服务支出80万元、社会保障和就业支出10万元、住房保障支出10万元。",
)  # fmt: skip
def classes_make_expenditure(case: Case) -> Iterator[Outcome]:
    """支出合计＝各功能分类支出之和；以“主要”“等”列举的只核对不超过合计。"""
    yield from judge("A-04", case, equations.FUNCTIONS, missing="其余功能分类支出")


@rule(
    "A-06", title="年初基本支出与项目支出合计等于年初预算合计", english="Figures of the year's start add up", severity=Severity.ERROR,
    basis=Basis.ARITHMETIC, source="《预算法实施条例》第六条第三款；部门预算支出表",
    bad="年初预算300万元，其中基本支出300万元，项目支出50万元。", good="年初预算350万元，其中基本支出300万元，项目支出50万元。",
)  # fmt: skip
def year_start_adds(case: Case) -> Iterator[Outcome]:
    """年初预算合计＝年初基本支出＋年初项目支出。"""
    yield from judge("A-06", case, equations.YEAR_START)


@rule(
    "A-22", title="“三公”经费合计等于各分项之和", english="The three public expenses add up", severity=Severity.ERROR,
    basis=Basis.ARITHMETIC, source="部门决算“三公”经费支出表",
    bad="“三公”经费10万元，其中公务用车运行维护费6万元、公务接待费3万元。",
    good="“三公”经费9万元，其中公务用车运行维护费6万元、公务接待费3万元。",
)  # fmt: skip
def three_public_add(case: Case) -> Iterator[Outcome]:
    """“三公”经费＝因公出国（境）费＋公务用车购置及运行维护费＋公务接待费；车辆费＝购置费＋运行维护费。"""
    yield from judge("A-22", case, equations.THREE_PUBLIC, missing="“三公”经费的其余分项")
    yield from judge("A-22", case, equations.VEHICLE)
