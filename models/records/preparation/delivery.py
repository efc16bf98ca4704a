"""Deliveries: what is handed to the customer, and taken over by them."""

from __future__ import annotations

from models.derived.gates import gated
from models.schema.fields import day, line, link, moment, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.lifecycles import HELD
from models.schema.record import Record
from models.schema.roles import AUTHOR, LEADS
from models.text.words import W


class Delivery(Record):
    """A delivery 交付 in its simplest form. Clause: 5.3.1(3).

    While something holds it (`models.derived.gates`) it is neither delivered nor accepted.
    """

    kind = Kind(
        name="delivery",
        label=W("交付", "Delivery"),
        code="DL",
        row="Q-531e",
        clause="5.3.1(3)",
        states=(
            State("prepared", W("准备中", "prepared"), tone="busy"),
            HELD,
            State("delivered", W("已交付", "delivered"), tone="warn", waits=(AUTHOR,)),
            State("accepted", W("客户已接收", "accepted"), tone="good", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="deliver",
                label=W("交付", "Deliver"),
                from_=("prepared",),
                to="delivered",
                who=(AUTHOR, *LEADS),
                asks=("comment",),
                fills={"delivered_at": "now", "delivered_by": "me"},
            ),
            Move(
                id="accept",
                label=W("登记客户接收", "Record the acceptance"),
                from_=("delivered",),
                to="accepted",
                who=LEADS,
                needs=("accepted_by", "evidence"),
                asks=("accepted_by", "evidence", "comment"),
                fills={"evidence": "attached", "witness": "me"},
            ),
            Move(
                id="take_back",
                label=W("收回", "Take back"),
                from_=("delivered", "accepted"),
                to="prepared",
                who=LEADS,
                asks=("comment",),
                requires_comment=True,
            ),
        ),
        title="name",
        columns=("name", "due", "milestone", "accepted_by"),
        due="due",
        menu=37,
    )

    name = line("名称", "Name", required=True)
    due = day("计划日期", "Due")
    milestone = link("里程碑", "Milestone", "milestone")
    contents = prose("交付内容", "Contents")
    delivered_at = moment("交付时间", "Delivered at", by_move=True, computed=True)
    delivered_by = person("交付人", "Delivered by", by_move=True, computed=True)
    accepted_by = line("客户接收人", "Accepted by (customer)", by_move=True)
    evidence = link("接收凭据", "Evidence", "attachment", by_move=True)
    witness = person("见证登记人", "Witnessed by", by_move=True, computed=True)


gated("delivery", "delivered", "accepted", last=True)
