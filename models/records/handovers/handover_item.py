"""Rows of a hand-over: what was open when it was given, and what the receiver should know of it."""

from __future__ import annotations

from models.schema.fields import count, day, line, link, prose
from models.schema.kind import Kind
from models.schema.record import Record
from models.schema.roles import EVERYONE
from models.text.words import W


class HandoverItem(Record):
    """One thing that is handed over: a record, or what has no record yet. Clause: 5.1."""

    kind = Kind(
        name="handover_item",
        label=W("交接事项", "Item handed over"),
        code="HI",
        clause="5.1",
        title="what",
        columns=("what", "about", "due", "note"),
        parent="handover",
        order="position",
        writers=EVERYONE,
        menu=0,
    )

    handover = link("工作交接", "Hand-over", "handover", required=True, at_birth=True)
    position = count("序号", "Position", internal=True)
    what = line("事项", "What", required=True)
    about = link("所属记录", "Record", "")
    due = day("期限", "Due")
    note = prose("交代", "What to know")
