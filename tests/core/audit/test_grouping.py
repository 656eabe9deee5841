"""Findings of one cause carry one group; a finding alone carries none."""

from types import MappingProxyType

from hengjian.core.audit.finding import Finding, Repair, Severity, Witness
from hengjian.core.audit.grouping import grouped
from hengjian.core.places import Place


def cell(row: int, column: int) -> Place:
    return Place(block=2, table=1, row=row, column=column)


def finding(
    rule: str,
    *places: Place,
    repair: Place | None = None,
    group: str = "",
    role: str = "score",
    severity: Severity = Severity.ERROR,
) -> Finding:
    witnesses = tuple(Witness(role, p, "8", "8") for p in places)
    repairs = (Repair(repair, "8", "9"),) if repair else ()
    return Finding(rule, severity, "", witnesses, MappingProxyType({}), repairs=repairs, group=group)


def groups(*findings: Finding) -> list[str]:
    return [f.group for f in grouped(findings)]


def test_a_suspect_cell_ties_the_findings_that_use_it():
    total = finding("A-03", cell(1, 1), cell(1, 2), repair=cell(1, 2), role="part")
    copied = finding("A-08", cell(1, 2), cell(4, 2), role="amount")
    assert groups(total, copied) == ["t1r1c2", "t1r1c2"]


def test_a_shared_operand_that_nobody_suspects_ties_nothing():
    first = finding("A-24", cell(1, 1), cell(1, 2), role="whole")
    second = finding("A-30", cell(1, 1), cell(2, 2), role="whole")
    assert groups(first, second) == ["", ""]


def test_notes_are_not_drawn_in_by_a_suspect_cell():
    total = finding("A-03", cell(1, 1), repair=cell(1, 1), role="total")
    note = finding("A-31", cell(1, 1), role="whole", severity=Severity.NOTE)
    assert groups(total, note) == ["", ""]


def test_row_rules_on_one_row_have_one_cause():
    assert groups(finding("W-07", cell(3, 8)), finding("W-06", cell(3, 8)), finding("W-06", cell(4, 8))) == [
        "t1r3",
        "t1r3",
        "",
    ]


def test_a_group_that_rules_name_is_kept_only_when_shared():
    assert groups(
        finding("A-20", cell(1, 1), group="x"),
        finding("A-21", cell(2, 1), group="x"),
        finding("A-18", cell(3, 1), group="y"),
    ) == ["x", "x", ""]


def test_groups_chain_and_are_the_same_every_time():
    findings = [
        finding("W-06", cell(3, 8)),
        finding("W-07", cell(3, 8), group="z"),
        finding("T-06", cell(9, 1), group="z", role="actual"),
    ]
    assert len(set(groups(*findings))) == 1
    assert groups(*findings) == groups(*findings)
