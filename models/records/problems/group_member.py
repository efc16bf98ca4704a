"""Members of an escalation's working group."""

from __future__ import annotations

from models.schema.fields import line, link, person
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W


class GroupMember(Record):
    """A person in the working group (攻关组) of an escalation. Clause: 5.3.1(1)."""

    kind = Kind(
        name="group_member",
        label=W("攻关组成员", "Working group member"),
        code="GM",
        row="Q-531b",
        clause="5.3.1(1)",
        title="duty",
        columns=("person", "duty"),
        key=("escalation", "person"),
        parent="escalation",
        apart=True,
        menu=0,
    )

    escalation = link("问题升级", "Escalation", "escalation", required=True)
    person = person("成员", "Member", required=True)
    duty = line("分工", "Duty")
