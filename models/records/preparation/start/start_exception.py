"""Start exceptions: a service begins though a confirmation is missing; who signed it, and why."""

from __future__ import annotations

from models.schema.fields import choices, day, persons, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Life, Need, State, with_reason
from models.schema.lifecycles import review
from models.schema.record import Record
from models.schema.roles import AUTHOR, DEPARTMENT_MANAGER, LEADS
from models.text.words import W

LACKING = (
    ("study", "服务前问题研究讨论", "the pre-service study"),
    ("competence", "人员能力确认", "a competence confirmation"),
)
_SIGNED = State("signed", W("已签署", "signed"), tone="good", frozen=True)
_LIFE = review(
    (DEPARTMENT_MANAGER,),
    writers=(AUTHOR, *LEADS),
    submitted=State("submitted", W("待签署", "to sign"), tone="warn"),
    accepted=_SIGNED,
    accept="sign",
    needs=("lacking", "reason", "measures", "valid_to"),
).move(
    "submit", needs_when=(Need("people", when=("lacking", ("competence", "competence,study"))),)
).move("sign", label=W("签署", "Sign"), asks=("opinion",)) + Life(
    (State("revoked", W("已撤销", "revoked"), ended=True, frozen=True),),
    (with_reason("revoke", W("撤销", "Revoke"), ("signed",), "revoked", (DEPARTMENT_MANAGER,)),),
)


class StartException(Record):
    """An exception 例外 that lets a service begin, signed by the department manager.

    Clause: 4.1.2. It says what is missing, for whom, why, and what is done about it until when.
    """

    kind = Kind(
        name="start_exception",
        label=W("服务开始例外", "Start exception"),
        code="SX",
        row="Q-412",
        clause="4.1.2",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="reason",
        columns=("lacking", "people", "valid_to", "reason"),
        writers=LEADS,
        due="valid_to",
        menu=35,
    )

    lacking = choices("缺少", "Missing", LACKING)
    people = persons("所涉人员", "For whom")
    reason = prose("理由", "Reason")
    measures = prose("补救措施", "What is done instead")
    valid_to = day("补齐期限", "To be made up by")
    opinion = prose("签署意见", "Opinion", by_move=True)
