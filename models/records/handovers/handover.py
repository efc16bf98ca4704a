"""Hand-overs: one person gives a project or site to another for a period, who confirms."""

from __future__ import annotations

from models.schema.fields import choice, day, line, link, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import AUTHOR, EVERYONE, LEADS, OWNER
from models.text.words import W

REASONS = (
    ("leave", "休假", "leave"),
    ("trip", "出差、培训", "trip or training"),
    ("shift", "换班", "change of shift"),
    ("moved", "调岗、离职", "moves on or leaves"),
)
OUTCOMES = (
    ("back", "已交回", "handed back"),
    ("stays", "长期移交，已重新指派", "stays with the receiver, reassigned"),
)
IN_FORCE = ("confirmed",)
"""The states in which the receiver stands in."""


class Handover(Record):
    """A hand-over 工作交接: what is open, promised and due, and what cannot be seen in records.

    Its rows are what was open when it was given; what comes later is told to the receiver at every
    look. It gives no permission: the receiver holds a role of the giver already. Clause: 5.1.
    """

    kind = Kind(
        name="handover",
        label=W("工作交接", "Hand-over"),
        code="HO",
        clause="5.1",
        states=(
            State("draft", W("草稿", "draft"), tone="busy", waits=(AUTHOR,), due="first"),
            State(
                "returned",
                W("已退回", "returned"),
                tone="bad",
                waits=(AUTHOR,),
                due="first",
                returned=True,
            ),
            State(
                "given",
                W("待接收", "to be confirmed"),
                tone="warn",
                frozen=True,
                waits=(OWNER,),
                due="first",
                reopen="take_back",
            ),
            State(
                "confirmed",
                W("已接收", "confirmed"),
                tone="good",
                frozen=True,
                waits=(OWNER,),
                waits_from=1,
            ),
            State("ended", W("已结束", "ended"), ended=True, frozen=True),
        ),
        moves=(
            Move(
                id="fill",
                label=W("列出未办事项", "List what is open"),
                from_=("draft", "returned"),
                to="draft",
                who=(AUTHOR,),
            ),
            Move(
                id="give",
                label=W("移交", "Hand over"),
                from_=("draft", "returned"),
                to="given",
                who=(AUTHOR,),
                needs=("receiver", "first", "until", "reason"),
                asks=("receiver", "first", "until", "reason"),
                binds=True,
            ),
            Move(
                id="take_back",
                label=W("撤回修改", "Take back"),
                from_=("given",),
                to="draft",
                who=(AUTHOR,),
            ),
            Move(
                id="confirm",
                label=W("确认接收", "Confirm"),
                from_=("given",),
                to="confirmed",
                who=(OWNER,),
                asks=("comment",),
            ),
            with_reason("return", W("退回补充", "Return"), ("given",), "returned", (OWNER,)),
            Move(
                id="end",
                label=W("结束交接", "End"),
                from_=("confirmed",),
                to="ended",
                who=(AUTHOR, OWNER, *LEADS),
                needs=("outcome",),
                asks=("outcome", "comment"),
            ),
        ),
        title="what",
        columns=("receiver", "first", "until", "reason", "what"),
        writers=EVERYONE,
        due="until",
        owner="receiver",
        watched=True,
        watchers=LEADS,
        menu=84,
    )

    what = line("交接内容", "What is handed over", required=True)
    receiver = person("接收人", "Receiver")
    first = day("起", "From", group="period")
    until = day("止", "Until", group="period")
    reason = choice("原因", "Reason", REASONS)
    site = link("现场", "Site", "site")
    told = prose(
        "口头交代",
        "Told in words",
        hint=W("客户的习惯、正在等的人和事", "the customer's habits, who and what is waited for"),
    )
    keys = prose("钥匙、证件、设备", "Keys, passes, equipment")
    outcome = choice("结束情况", "How it ended", OUTCOMES, asked_from="ended")
