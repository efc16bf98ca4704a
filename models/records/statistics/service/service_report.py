"""Quarterly O&M service reports of a project: compiled, with a narrative of its own."""

from __future__ import annotations

from models.schema.fields import moment, person, prose, quarter
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, PROJECT_MANAGER, QUALITY
from models.text.words import W

_MANAGER = (PROJECT_MANAGER,)
NARRATIVE = (
    *("summary", "service_levels", "routine", "faults", "changes", "spares", "capacity"),
    *("improvement", "next_quarter"),
)
"""The fields that people write; all numbers come from the records."""


class ServiceReport(Record):
    """The O&M service report 《运维服务报告》 of a quarter. Clause: 5.1.2.

    Its numbers are counted from the records (`service_content`) until it is submitted, and kept
    with it from then on.
    """

    kind = Kind(
        name="service_report",
        label=W("运维服务报告", "O&M service report"),
        code="SR",
        row="Q-512",
        clause="5.1.2",
        states=(
            State("draft", W("编写中", "drafting"), tone="busy", waits=_MANAGER),
            State("submitted", W("已提交", "submitted"), tone="good", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="submit",
                label=W("提交", "Submit"),
                from_=("draft",),
                to="submitted",
                who=_MANAGER,
                needs=("summary",),
                asks=("summary", "comment"),
                fills={"submitted_at": "now", "submitted_by": "me"},
                binds=True,
            ),
            with_reason("revise", W("修订", "Revise"), ("submitted",), "draft", _MANAGER),
        ),
        title="quarter",
        columns=("quarter", "summary", "submitted_by"),
        key=("project", "quarter"),
        writers=_MANAGER,
        compiled="content",
        watchers=(DEPARTMENT_MANAGER, QUALITY),
        menu=13,
    )

    quarter = quarter("季度", "Quarter", required=True, at_birth=True)
    summary = prose("综述", "Summary")
    service_levels = prose("服务级别达成情况", "Service levels")
    routine = prose("例行工作", "Routine work")
    faults = prose("重大故障与分析", "Major faults and their analysis")
    changes = prose("变更情况", "Changes")
    spares = prose("备件情况", "Spare parts")
    capacity = prose("容量与可用性", "Capacity and availability")
    improvement = prose("风险与改进建议", "Risks and suggestions")
    next_quarter = prose("下季度计划", "Next quarter")
    content = prose("提交时的数据", "Data as submitted", computed=True, internal=True, by_move=True)
    submitted_at = moment("提交时间", "Submitted at", by_move=True, computed=True)
    submitted_by = person("提交人", "Submitted by", by_move=True, computed=True)
