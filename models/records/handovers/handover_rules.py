"""Rules of hand-overs: what is open is listed, nothing is left out, both may do the work.

Clause: 5.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import after_move, before_move, before_write
from models.records.handovers import passed_on
from models.records.handovers.handover import Handover
from models.records.handovers.handover_item import HandoverItem
from models.schema.record import Record
from models.schema.roles import ROLES
from models.text.words import Refused, W, listed, several

if TYPE_CHECKING:
    from models.book.book import Book

SELF = W("不能交接给自己。请另选接收人。", "Nobody hands over to themself; choose somebody else.")
BACKWARDS = W("交接的止日在起日之前，请改正。", "The period ends before it begins; correct it.")
NO_ROLE = W(
    "{who} 在这个项目没有您的角色（{roles}），交接不能授予权限。请先请管理员在“成员”中授予。",
    "{who} holds none of your roles ({roles}) on this project, and a hand-over grants none. Ask an"
    " administrator to grant it (Members) first.",
)
LEFT_OUT = W(
    "还有 {n} 项没有列入交接：{names}。请先“列出未办事项”；不交接的，列出后作废并写明原因。",
    "{n} things are not listed yet: {names}. “List what is open” first; void with a reason what"
    " is not handed over.",
)
NAMED = 3
"""Things that a refusal names."""


@after_move("handover", "fill")
def lists_what_is_open(book: Book, handover: Handover) -> None:
    """All that its author has to do is added; what is listed stays with its words."""
    sql = "SELECT max(position) FROM handover_item WHERE handover=?"
    last = int(book.store.rows(sql, (handover.id,))[0][0] or 0)
    for place, one in enumerate(passed_on.not_listed(book, handover), last + 1):
        values = {
            "handover": handover.id,
            "position": place,
            "what": one.what,
            "about": one.record.id if one.record is not None else None,
            "due": passed_on.day_text(one),
        }
        book.add(HandoverItem.kind.name, values, project=handover.project)


@before_write("handover")
def period_in_order(book: Book, values: Mapping[str, Any], record: Record | None) -> None:  # noqa: ARG001
    """A period ends on its first day or later."""
    was = record.values() if record is not None else {}
    first, until = (values.get(name, was.get(name)) for name in ("first", "until"))
    if first and until and str(first) > str(until):
        raise Refused(BACKWARDS)


@before_move("handover", "give")
def nothing_falls_between(book: Book, handover: Handover) -> None:
    """The receiver is another person who may do the work, and everything open is listed."""
    if handover.receiver == handover.author:
        raise Refused(SELF)
    mine = book.people.roles(handover.author, handover.project)
    theirs = book.people.roles(str(handover.receiver), handover.project)
    if not mine & theirs:
        labels = listed(label for role, label in ROLES.items() if role in mine)
        raise Refused(NO_ROLE, who=book.people.name(str(handover.receiver)), roles=labels)
    left = passed_on.not_listed(book, handover)
    if left:
        names = several(one.what for one in left[:NAMED])
        raise Refused(LEFT_OUT, n=len(left), names=names)
