"""Promises to a customer: each with an owner and a day."""

from __future__ import annotations

from models.schema.fields import day, link, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import EVERYONE, LEADS, OWNER, SERVICE_DESK
from models.text.words import W


class Promise(Record):
    """What was promised in a contact; it waits with its owner until it is kept. Clause: 5.5."""

    kind = Kind(
        name="promise",
        label=W("承诺事项", "Promise"),
        code="PM",
        row="Q-55",
        clause="5.5",
        states=(
            State("open", W("待兑现", "open"), tone="busy", waits=(OWNER,)),
            State("kept", W("已兑现", "kept"), tone="good", ended=True),
            State("dropped", W("客户同意取消", "dropped with consent"), ended=True),
        ),
        moves=(
            Move(
                id="keep",
                label=W("已兑现", "Kept"),
                from_=("open",),
                to="kept",
                who=(OWNER, *LEADS, SERVICE_DESK),
                needs=("result",),
                asks=("result",),
            ),
            with_reason("drop", W("取消", "Drop"), ("open",), "dropped", (*LEADS, SERVICE_DESK)),
            with_reason("reopen", W("重新打开", "Reopen"), ("kept", "dropped"), "open", LEADS),
        ),
        title="text",
        columns=("text", "owner", "due", "result"),
        parent="communication",
        writers=(*EVERYONE, OWNER),
        due="due",
        owner="owner",
        watched=True,
        menu=0,
    )

    communication = link("客户沟通", "Communication", "communication", required=True, at_birth=True)
    text = prose("承诺内容", "What was promised", required=True)
    owner = person("负责人", "Owner", required=True)
    due = day("期限", "Due", required=True)
    result = prose("兑现情况", "How it was kept", asked_from="kept")
