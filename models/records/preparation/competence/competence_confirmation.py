"""Competence confirmations: that a person is able to do the service of a project."""

from __future__ import annotations

from models.records.preparation.proposals.service_method import SERVICE_KINDS
from models.schema.fields import choices, day, line, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, LEADS
from models.text.words import W

BASIS = (
    ("resume", "履历", "career"),
    ("education", "教育", "education"),
    ("training", "培训", "training"),
    ("certificate", "资质证书", "certificates"),
)
_DECIDES = (DEPARTMENT_MANAGER,)


class CompetenceConfirmation(Record):
    """The confirmation 人员能力确认 of one person for one project. Clause: 4.1.2.

    It says what was confirmed and on what basis; what is in the file of the person stays there.
    """

    kind = Kind(
        name="competence_confirmation",
        label=W("人员能力确认", "Competence confirmation"),
        code="CC",
        row="Q-412",
        clause="4.1.2",
        states=(
            State("proposed", W("待确认", "to confirm"), tone="warn", waits=_DECIDES),
            State("unfit", W("不具备", "not able"), tone="bad", frozen=True, waits=LEADS),
            State("apart", W("不参与服务", "takes no part"), frozen=True, ended=True),
            State("confirmed", W("已确认", "confirmed"), tone="good", frozen=True),
        ),
        moves=(
            Move(
                id="confirm",
                label=W("确认能力", "Confirm"),
                from_=("proposed",),
                to="confirmed",
                who=_DECIDES,
                needs=("service_kinds", "basis"),
                asks=("service_kinds", "basis", "valid_to", "opinion"),
                four_eyes=True,
                apart_from=(("", "member"),),
            ),
            with_reason("deny", W("不具备", "Not able"), ("proposed",), "unfit", _DECIDES),
            with_reason(
                "set_apart", W("不参与本项目服务", "Takes no part"), ("proposed",), "apart", LEADS
            ),
            with_reason(
                "reopen",
                W("重新确认", "Confirm anew"),
                ("unfit", "apart", "confirmed"),
                "proposed",
                LEADS,
            ),
        ),
        key=("project", "member"),
        columns=("member", "duty", "service_kinds", "valid_to"),
        writers=(ENGINEER, *LEADS),
        due="valid_to",
        menu=34,
    )

    member = person("人员", "Person", required=True, at_birth=True)
    duty = line("在本项目承担的工作", "Duty in the project")
    service_kinds = choices("可承担的服务类型", "Able to do", SERVICE_KINDS, by_move=True)
    basis = choices("确认依据", "Confirmed by", BASIS, by_move=True)
    valid_to = day("有效期至", "Valid to", by_move=True)
    opinion = prose("确认意见", "Opinion", by_move=True)
