"""Quarterly checks of a project, reported to the department manager and to quality."""

from __future__ import annotations

from models.schema.fields import link, moment, person, prose, quarter
from models.schema.kind import Acknowledge, Kind
from models.schema.lifecycle import AtLeast, Move, NoRow, State, with_reason
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, GENERAL_OFFICE, PROJECT_MANAGER, QUALITY
from models.text.words import W

_MANAGER = (PROJECT_MANAGER,)
_ABOVE = (DEPARTMENT_MANAGER, QUALITY)


class QuarterlyCheck(Record):
    """The periodic check 定期质量检查 at a quarter's end. Clause: 5.1.2.

    It begins with the questions of the clause, each beside the records that answer it; “yes” needs
    evidence, “no” leads to a corrective action. Department manager and quality acknowledge it.
    """

    kind = Kind(
        name="quarterly_check",
        label=W("定期质量检查", "Quarterly check"),
        code="QC",
        row="Q-512",
        clause="5.1.2",
        states=(
            State("draft", W("检查中", "in progress"), tone="busy", waits=_MANAGER),
            State("returned", W("已退回", "returned"), tone="bad", returned=True, waits=_MANAGER),
            State("reported", W("已上报", "reported"), tone="good", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="report",
                label=W("上报", "Report"),
                from_=("draft", "returned"),
                to="reported",
                who=_MANAGER,
                needs=("service_report", "summary"),
                needs_rows=(
                    AtLeast("quarterly_answer", 1),
                    NoRow("quarterly_answer", states=("open",)),
                ),
                asks=("service_report", "summary"),
                fills={"reported_at": "now", "reported_by": "me"},
                binds=True,
            ),
            with_reason("return", W("退回", "Return"), ("reported",), "returned", _ABOVE),
        ),
        title="quarter",
        columns=("quarter", "summary"),
        key=("project", "quarter"),
        writers=_MANAGER,
        acknowledge=Acknowledge(by=_ABOVE, states=("reported",), days=3, above=(GENERAL_OFFICE,)),
        menu=14,
    )

    quarter = quarter("季度", "Quarter", required=True, at_birth=True)
    service_report = link(
        "运维服务报告",
        "Service report",
        "service_report",
        hint=W("本季度的报告", "the report of the quarter"),
    )
    summary = prose("检查结论", "Conclusion")
    reported_at = moment("上报时间", "Reported at", by_move=True, computed=True)
    reported_by = person("检查人", "Reported by", by_move=True, computed=True)
