"""Made-up reports of any length: one overall report with a project form for every second page.

A report of ``pages`` pages holds ``pages / 2`` tables with merges in both directions: the base data, the unit's own
form and one form for each project; the rest is prose with figures. All sums, rates and scores agree, so that every rule
runs to its end. The same arguments give the same text.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_SUBJECTS = (
    "道路养护", "河道清淤", "垃圾分类", "养老服务", "图书流通", "农田水利", "学校食堂", "公园绿化", "社区卫生", "消防巡查",
    "档案整理", "供水管网", "路灯改造", "防汛物资", "文化惠民", "就业培训", "残疾康复", "森林防火", "公厕维护", "信访接待",
)  # fmt: skip
_TASKS = ("排查隐患", "更新设备", "组织培训", "入户走访", "整理台账", "开展宣传", "签订协议", "现场验收")


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True)
class _Project:
    """One project's figures, in 万元; ``total`` is its score."""

    name: str
    budget: Decimal
    executed: Decimal
    count: int
    done: int
    rate: Decimal
    trained: int

    @property
    def execution(self) -> Decimal:
        return _cents(self.executed / self.budget * 100)

    @property
    def execution_score(self) -> Decimal:
        return _cents(self.execution / 10)

    @property
    def total(self) -> Decimal:
        return 90 + self.execution_score


def _project(number: int, draw: random.Random) -> _Project:
    name = _SUBJECTS[number % len(_SUBJECTS)] + ("" if number < len(_SUBJECTS) else f"续建{'甲乙丙丁'[number // len(_SUBJECTS) - 1]}")
    budget = Decimal(draw.randint(3000, 60000)) / 100
    executed = _cents(budget * Decimal(draw.randint(960, 999)) / 1000)
    count = draw.randint(40, 400)
    return _Project(
        name + "项目", budget, executed, count, count + draw.randint(1, 6), Decimal(draw.randint(9600, 9990)) / 100, draw.randint(6, 12)
    )


def report_text(pages: int, seed: int = 0) -> str:
    """The report in the language of ``tests/documents.py``. ``pages`` must be 5 or more; the length is about right."""
    draw = random.Random(seed)
    projects = [_project(n, draw) for n in range(max(1, pages // 2 - 2))]
    personnel, public = Decimal("341.26"), Decimal("57.37")
    basic, project_sum = personnel + public, sum((p.executed for p in projects), Decimal(0))
    out = [*_head(personnel, public, project_sum)]
    for number, project in enumerate(projects, 1):
        out += _prose(number, project)
    out += ["四、存在的问题", "个别项目支出集中在下半年，前期准备不够充分，合同签订和现场验收的衔接还需加强。"]
    out += ["五、改进措施", "按季通报执行进度，对连续两个季度低于序时进度的项目提前研究处置，落实专人跟踪。"]
    out += ["附件1", *_base_data(public, project_sum, projects), "附件2", *_overall_form(basic, project_sum, projects)]
    for number, project in enumerate(projects, 3):
        out += [f"附件{number}", *_form(project)]
    return "\n".join(out) + "\n"


def _head(personnel: Decimal, public: Decimal, project_sum: Decimal) -> list[str]:
    basic = personnel + public
    total = basic + project_sum
    return [
        "云州市衡山区城乡事务局",
        "2024年度部门整体支出绩效自评报告",
        "根据区财政局关于开展2024年度部门整体支出绩效自评工作的要求，我局组织各股室和下属单位逐项核对账目、台账与现场情况，现将自评结果报告如下。",
        "一、部门基本情况",
        "（一）机构设置。内设办公室、财务股、规划股、建设股和综合监督股，承担全区城乡公共事务的日常管理、设施维护和群众服务。",
        "（二）人员编制。核定编制14名，年末实有在职人员13人，控制率92.86%。另有退休人员5人，退休费由社保发放。",
        "二、部门整体支出管理及使用情况",
        f"（一）收支总体情况。本年收入合计{total}万元，均为一般公共预算财政拨款收入；本年支出合计{total}万元，其中：基本支出{basic}万元，项目支出{project_sum}万元。",
        f"（二）基本支出情况。全年基本支出{basic}万元，其中：人员经费{personnel}万元，公用经费{public}万元。",
        "（三）“三公”经费情况。全年“三公”经费支出4.62万元，其中：公务用车运行维护费3.90万元，公务接待费0.72万元；未发生因公出国（境）费。",
        "三、项目支出情况",
    ]


def _prose(number: int, p: _Project) -> list[str]:
    """About three hundred characters on a project, with its figures."""
    tasks = [_TASKS[(number + k) % len(_TASKS)] for k in range(4)]
    return [
        f"（{number}）{p.name}。{p.name}全年预算数{p.budget}万元，执行数{p.executed}万元，预算执行率{p.execution}%。"
        f"资金用于{tasks[0]}、{tasks[1]}和日常维护，按合同约定和验收结果分批支付，未发现截留、挤占和挪用。",
        f"项目实施以来，我局先后{tasks[0]}、{tasks[1]}、{tasks[2]}，全年共完成服务点位{p.done}处，比计划多{p.done - p.count}处，"
        f"组织业务培训{p.trained}场，验收合格率{p.rate}%。承办单位每月报送进度，财务股按月核对支付凭证，综合监督股对照台账抽查现场，"
        "发现的问题当场登记、限期整改，整改情况在下一次例会上逐项说明。",
        f"在管理方面，制定了{p.name}管理办法，明确了申报、审批、实施、验收和归档各环节的责任人；"
        f"{tasks[3]}由承办股室牵头，其他股室配合。群众反映的事项由专人受理，一般事项当日答复，复杂事项由分管负责人牵头研究。"
        "下一步将继续完善台账格式，减少重复填报，把更多精力放在现场。",
        f"从资金使用看，{p.name}支出主要集中在{tasks[1]}和{tasks[2]}两个方面，大额支付均经集体研究，采购方式符合规定。"
        f"第一季度以方案编制和前期调查为主，第二、三季度集中施工，第四季度完成验收和资料归档；受汛期影响，{1 + number % 3}处点位的工期顺延了{3 + number % 5}天，"
        "顺延部分已由承办单位报备，没有增加费用。财务股在年中和年末各组织一次账实核对，核对记录随项目档案保存。",
        f"从服务对象看，点位分布在{4 + number % 4}个乡镇街道，既有老旧小区，也有新建片区。各点位公示了服务内容、责任人和监督电话，"
        f"全年收到意见建议{12 + number}条，已答复{12 + number}条；对暂时不具备条件的事项，逐条说明了原因和预计解决的时间。"
        f"综合监督股抽取{20 + number}户开展回访，多数受访者认为设施维护及时、环境有所改善，也有受访者希望延长开放时间、增加夜间照明。",
        f"从成本控制看，{p.name}按照“先有预算、后有支出”的要求安排资金，{tasks[0]}所需的材料由办公室统一询价，{tasks[3]}所需的人工按实际出勤结算。"
        f"承办股室全年召开调度会{5 + number % 6}次，形成会议纪要{5 + number % 6}份；对单价变化较大的材料，由三名以上人员共同询价并留存记录。"
        "验收时由承办股室、使用单位和财务股共同签字，缺一不可；验收不合格的部分不予支付，限期返工后再次验收。",
        f"从长远影响看，{p.name}完成后，日常巡查由每周{1 + number % 2}次增加到每周{3 + number % 2}次，发现问题到处置完毕的平均时间明显缩短。"
        f"我局与{2 + number % 4}个社区签订了管护协议，明确了移交范围、管护标准和经费来源，避免建成以后无人管理。"
        "对管护经费的测算，参照了同类设施近三年的实际支出，并随下一年度预算一并申报；对使用率偏低的点位，将在征求群众意见后调整位置。",
    ]


def _base_data(public: Decimal, project_sum: Decimal, projects: list[_Project]) -> list[str]:
    rows = [f"| {n}、{p.name} | 0 | {p.budget} | {p.executed} |" for n, p in enumerate(projects[:8], 1)]
    return [
        "部门整体支出绩效评价基础数据表",
        "填报单位：云州市衡山区城乡事务局　　　　单位：万元",
        "| 财政供养人员情况 | 编制数 | 2024年实际在职人数 | 控制率 |",
        "| ^ | 14 | 13 | 92.86% |",
        "| 经费控制情况 | 2023年决算数 | 2024年预算数 | 2024年决算数 |",
        "| 三公经费 | 5.11 | 5.80 | 4.62 |",
        "| 1、公务用车购置和维护经费 | 4.25 | 4.60 | 3.90 |",
        "| 其中：公车购置 | 0 | 0 | 0 |",
        "| 公车运行维护 | 4.25 | 4.60 | 3.90 |",
        "| 2、出国经费 | 0 | 0 | 0 |",
        "| 3、公务接待 | 0.86 | 1.20 | 0.72 |",
        f"| 项目支出： | {project_sum} | {sum((p.budget for p in projects), Decimal(0))} | {project_sum} |",
        *(rows if len(projects) <= 8 else []),
        f"| 公用经费 | 58.90 | 60.00 | {public} |",
        "| 其中：办公费 | 11.20 | 12.00 | 10.94 |",
        "| 水费、电费、差旅费 | 18.30 | 19.00 | 17.86 |",
        "| 会议费、培训费 | 4.10 | 4.50 | 3.72 |",
        "填表人：办公室　　填报日期：2025年4月18日　　联系电话：0799-3216688",
    ]


def _overall_form(basic: Decimal, project_sum: Decimal, projects: list[_Project]) -> list[str]:
    executed = basic + project_sum
    budget = basic + sum((p.budget for p in projects), Decimal(0))
    rate = _cents(executed / budget * 100)
    score = _cents(rate / 10)
    return [
        "部门整体支出绩效自评表",
        "（2024年度）",
        "| 预算单位名称 | < | 云州市衡山区城乡事务局 | < | < | < | < | < | < |",
        "| 年度预算申请（万元） | | < | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |",
        f"| ^ | 年度资金总额 | < | {budget} | {budget} | {executed} | 10 | {rate}% | {score} |",
        "| ^ | 按收入性质分： | < | < | < | 按支出性质分： | < | < | < |",
        f"| ^ | 其中：一般公共预算：{executed} | < | < | < | 其中：基本支出：{basic} | < | < | < |",
        f"| ^ | 政府性基金拨款：0 | < | < | < | 项目支出：{project_sum} | < | < | < |",
        "| 年度总体目标 | 预期目标 | < | < | < | 实际完成情况 | < | < | < |",
        "| ^ | 维护城乡公共设施，及时回应群众诉求。 | < | < | < | 各项设施运行正常，群众诉求及时回应。 | < | < | < |",
        *_indicator_rows(projects[0], executed),
        f"| 总分 | < | < | < | < | < | 100 | {90 + score} | |",
        "填表人：办公室　　填报日期：2025年4月18日　　联系电话：0799-3216688",
    ]


def _form(p: _Project) -> list[str]:
    return [
        "项目支出绩效自评表",
        "（2024年度）",
        f"| 项目名称 | < | {p.name} | < | < | < | < | < | < |",
        "| 主管部门 | < | 云州市衡山区城乡事务局 | < | < | 实施单位 | < | 云州市衡山区城乡事务局 | < |",
        "| 项目资金（万元） | | < | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |",
        f"| ^ | 年度资金总额 | < | {p.budget} | {p.budget} | {p.executed} | 10 | {p.execution}% | {p.execution_score} |",
        f"| ^ | 其中：当年财政拨款 | < | {p.budget} | {p.budget} | {p.executed} | — | — | — |",
        "| ^ | 上年结转资金 | < | 0 | 0 | 0 | — | — | — |",
        "| ^ | 其他资金 | < | 0 | 0 | 0 | — | — | — |",
        "| 年度总体目标 | 预期目标 | < | < | < | 实际完成情况 | < | < | < |",
        f"| ^ | 完成{p.name}年度任务，服务点位不少于{p.count}处。 | < | < | < | 完成服务点位{p.done}处，年度任务全部完成。 | < | < | < |",
        *_indicator_rows(p, p.executed),
        f"| 总分 | < | < | < | < | < | 100 | {p.total} | |",
        "填表人：财务股　　填报日期：2025年3月27日　　联系电话：0799-3216688",
    ]


def _indicator_rows(p: _Project, executed: Decimal) -> list[str]:
    return [
        "| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |",
        f"| ^ | 产出指标 | 数量指标 | {p.name[:4]}服务点位数 | ≥{p.count}处 | {p.done}处 | 10 | 10 | 无偏差 |",
        f"| ^ | ^ | ^ | {p.name[:4]}业务培训场次 | ≥{p.trained - 1}场 | {p.trained}场 | 10 | 10 | 无偏差 |",
        f"| ^ | ^ | 质量指标 | {p.name[:4]}验收合格率 | ≥95% | {p.rate}% | 10 | 10 | 无偏差 |",
        f"| ^ | ^ | 时效指标 | {p.name[:4]}任务按期完成率 | ≥95% | 98% | 10 | 10 | 无偏差 |",
        f"| ^ | ^ | 成本指标 | {p.name[:4]}总成本 | ≤{executed + 2}万元 | {executed}万元 | 10 | 10 | 无偏差 |",
        f"| ^ | 效益指标 | 社会效益指标 | {p.name[:4]}重复投诉下降率 | ≥6% | 6.5% | 15 | 15 | 无偏差 |",
        f"| ^ | ^ | 可持续影响指标 | {p.name[:4]}长效管护机制 | 持续健全 | 达成年度指标 | 15 | 15 | 无偏差 |",
        "| ^ | 满意度指标 | 服务对象满意度指标 | 服务对象满意度 | ≥90% | 93.6% | 10 | 10 | 无偏差 |",
    ]


SHORTFALLS = """
云州市衡山区水利服务中心
2024年度部门整体支出绩效自评报告
一、部门概况
我中心内设3个科室（办公室、工程科、防汛科），核定编制20人，年末实有在职人员18人，控制率90%。
二、预算执行情况
2024年本年支出合计320.00万元，其中：基本支出220.00万元，项目支出100.00万元。基本支出中，人员经费180.00万元，公用经费40.00万元，比上年36.00万元增加4.00万元，主要是因防汛值守增加水电费和差旅费。
三、存在的问题
受连续降雨影响，渠道清淤只完成计划的七成，防汛演练场次减少。
四、改进措施
枯水期集中清淤，按月通报进度；防汛演练改为分片组织，避开降雨时段。
附件
部门整体支出绩效自评表
（2024年度）
| 预算单位名称 | < | 云州市衡山区水利服务中心 | < | < | < | < | < | < |
| 年度预算申请（万元） | | < | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | < | 320.00 | 320.00 | 320.00 | 10 | 100% | 10 |
| 年度总体目标 | 预期目标 | < | < | < | 实际完成情况 | < | < | < |
| ^ | 疏通灌溉渠道，做好防汛准备，保障农田用水和群众安全。 | < | < | < | 汛期未发生险情，灌溉用水有保障，清淤任务未全部完成。 | < | < | < |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| ^ | 产出指标 | 数量指标 | 渠道清淤长度 | ≥40公里 | 28公里 | 20 | 14 | 连续降雨无法施工，枯水期补做 |
| ^ | ^ | 质量指标 | 清淤验收合格率 | ≥95% | 98% | 15 | 15 | 无偏差 |
| ^ | ^ | 时效指标 | 防汛物资按期到位率 | ≥95% | 100% | 15 | 15 | 无偏差 |
| ^ | 效益指标 | 社会效益指标 | 受益农户数 | ≥800户 | 560户 | 15 | 10.5 | 两个村的渠道未完工，枯水期补做 |
| ^ | ^ | 可持续影响指标 | 渠道管护机制 | 健全并落实到村 | 达成年度指标 | 15 | 15 | 无偏差 |
| ^ | 满意度指标 | 服务对象满意度指标 | 受益农户满意度 | ≥90% | 93% | 10 | 10 | 无偏差 |
| 总分 | < | < | < | < | < | 100 | 89.5 | |
"""
"""A clean report of a year that fell short, and says why."""
