"""The life of a plan, of either level: written by the team, approved, sent to the customer.

Both levels take the same path, and a change takes it again. Clause: 4.2.2, 4.2.3.
"""

from __future__ import annotations

from models.derived.revisions import SHOWN
from models.schema.fields import choice, day, line, link, person, prose
from models.schema.lifecycle import FILLED, AtLeast, Life, Move, Need, State, with_reason
from models.schema.lifecycles import TextValue, review
from models.schema.roles import (
    AUTHOR,
    DEPARTMENT_MANAGER,
    ENGINEER,
    LEADS,
    PROJECT_MANAGER,
    Roles,
)
from models.text.words import W

TEAM: Roles = (ENGINEER, *LEADS)
"""The project team."""
IN_FORCE = ("approved", "sent", "confirmed", "objected")
"""A plan is in force from its approval on, whatever the customer says of it."""
WITHDRAWN = "withdrawn"
"""It was in force, and nothing is in its place: the contract has ended, or two versions met."""
CHANNELS = (
    ("mail", "邮件", "e-mail"),
    ("tool", "过程管理工具", "process management tool"),
    ("letter", "书面函件", "letter"),
    ("meeting", "会议", "meeting"),
    ("other", "其他", "other"),
)
CODED = W("空着自动编号；各版本间不变", "empty: given by itself; the same in every version")
"""The hint of a row's code."""
_NEXT = (AUTHOR, PROJECT_MANAGER)
_SENDERS = (AUTHOR, *LEADS)
_ANSWER = ("answered_by", "answered_on", "answer_channel")


def plan_life(row: str, *, writers: Roles, needs: tuple[str, ...] = ()) -> Life:
    """The lifecycle of a plan with rows of a type.

    `writers` submit it, with the fields `needs`; the department manager approves or returns it.
    """
    approval = (
        review(
            (DEPARTMENT_MANAGER,),
            writers=writers,
            submitted=State("submitted", W("待部门审批", "to approve"), tone="warn"),
            accepted=State(
                "approved", W("已批准", "approved"), tone="good", frozen=True, waits=_NEXT
            ),
            accept="approve",
            needs=needs,
        )
        .move(
            "submit",
            label=W("提交审批", "Submit for approval"),
            needs_when=(Need("cause", (_FOLLOWS, FILLED)), Need("impact", (_FOLLOWS, FILLED))),
            needs_rows=(AtLeast(row),),
        )
        .move("approve", label=W("批准", "Approve"), asks=("comment",))
    )
    return approval + _CUSTOMER


_FOLLOWS = "follows"
_CUSTOMER = Life(
    (
        State("sent", W("已提交客户", "sent to the customer"), "good", frozen=True, waits=_NEXT),
        State("confirmed", W("客户已确认", "confirmed by the customer"), "good", frozen=True),
        State("objected", W("客户有意见", "objected to"), tone="warn", frozen=True, waits=_NEXT),
        *SHOWN,
        State(WITHDRAWN, W("已撤销", "withdrawn"), frozen=True, ended=True),
    ),
    (
        Move(
            id="send",
            label=W("登记已提交客户", "Sent to the customer"),
            from_=("approved", "objected"),
            to="sent",
            who=_SENDERS,
            needs=("sent_to", "sent_on", "sent_channel"),
            asks=("sent_to", "sent_on", "sent_channel", "sent_evidence", "comment"),
            fills={"sent_evidence": "attached", "sent_by": "me"},
        ),
        Move(
            id="confirm",
            label=W("登记客户答复：确认", "Record the answer: confirmed"),
            from_=("sent", "objected"),
            to="confirmed",
            who=_SENDERS,
            needs=_ANSWER,
            asks=(*_ANSWER, "evidence", "comment"),
            fills={"evidence": "attached", "witness": "me"},
        ),
        Move(
            id="object",
            label=W("登记客户答复：有意见", "Record the answer: objections"),
            from_=("sent", "confirmed"),
            to="objected",
            who=_SENDERS,
            needs=(*_ANSWER, "objection"),
            asks=("objection", *_ANSWER, "evidence", "comment"),
            fills={"evidence": "attached", "witness": "me"},
        ),
        with_reason(
            "withdraw",
            W("撤销计划", "Withdraw the plan"),
            IN_FORCE,
            WITHDRAWN,
            (DEPARTMENT_MANAGER,),
        ),
    ),
)


def change_fields() -> tuple[TextValue, TextValue]:
    """`cause`, `impact`: why a plan is changed, and what that means. Clause: 4.2.3."""
    hint = W("变更计划时必填", "needed when a plan is changed")
    return (
        prose("变更原因", "Cause of the change", hint=hint),
        prose("变更影响", "Impact of the change", hint=hint),
    )


def sent_fields() -> tuple[TextValue, TextValue, TextValue, TextValue, TextValue]:
    """`sent_to`, `sent_on`, `sent_channel`, `sent_evidence`, `sent_by`: how it went to the
    customer. Clause: 4.2.2.
    """
    hint = W("先把发出的邮件附在这条记录上", "attach the mail that was sent to it first")
    return (
        line("收件人（客户方）", "Sent to", by_move=True),
        day("提交日期", "Sent on", by_move=True),
        choice("提交方式", "Sent by way of", CHANNELS, by_move=True),
        link("提交凭据", "Proof of sending", "attachment", by_move=True, hint=hint),
        person("提交人", "Sent by", by_move=True, computed=True),
    )


def answer_fields() -> tuple[TextValue, TextValue, TextValue, TextValue, TextValue, TextValue]:
    """`answered_by`, `answered_on`, `answer_channel`, `objection`, `evidence`, `witness`: what
    the customer answered.
    """
    hint = W("先把客户的答复附在这条记录上", "attach the customer's answer to it first")
    return (
        line("答复人（客户方）", "Answered by", by_move=True),
        day("答复日期", "Answered on", by_move=True),
        choice("答复方式", "Answered by way of", CHANNELS, by_move=True),
        prose("客户意见", "Objections", by_move=True),
        link("答复凭据", "Evidence of the answer", "attachment", by_move=True, hint=hint),
        person("见证登记人", "Witnessed by", by_move=True, computed=True),
    )
