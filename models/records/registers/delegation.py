"""Delegations: another person makes one's decisions on a project for a period."""

from __future__ import annotations

from models.schema.fields import day, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.record import Record
from models.schema.roles import AUTHOR, LEADS, QUALITY
from models.text.words import W


class Delegation(Record):
    """A person's decisions on a project, made by another one for a period.

    It gives no permission: roles are entries of the membership log only, so the delegate must hold
    the role already (`models.records.registers.rules`), and every replica authorises their moves by
    that role. The delegate's inbox shows the period; a decision made meanwhile is shown with the
    delegation.
    """

    kind = Kind(
        name="delegation",
        label=W("委托", "Delegation"),
        code="DG",
        states=(
            State("draft", W("草稿", "draft"), tone="busy"),
            State("given", W("已委托", "given"), tone="good"),
            State("ended", W("已收回", "ended"), ended=True, frozen=True),
        ),
        moves=(
            Move(
                id="give",
                label=W("委托", "Delegate"),
                from_=("draft",),
                to="given",
                who=(AUTHOR,),
                needs=("delegate", "first", "until"),
                asks=("delegate", "first", "until"),
            ),
            Move(
                id="end",
                label=W("收回", "Take back"),
                from_=("given",),
                to="ended",
                who=(AUTHOR,),
                asks=("comment",),
            ),
        ),
        title="reason",
        columns=("delegate", "first", "until", "reason"),
        writers=(*LEADS, QUALITY),
        own_only=True,
        menu=83,
    )

    delegate = person("受托人", "Delegate")
    first = day("起", "From", group="period")
    until = day("止", "Until", group="period")
    reason = prose("原因", "Reason")
