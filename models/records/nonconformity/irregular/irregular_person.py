"""Persons of irregular services: whom one is about, kept apart from the service itself."""

from __future__ import annotations

from models.schema.fields import choice, link, person, prose
from models.schema.kind import Kind, Readers
from models.schema.lifecycle import Move, State
from models.schema.record import Record
from models.schema.roles import GENERAL_OFFICE, LEADS, QUALITY
from models.text.words import W

READERS = (*LEADS, QUALITY, GENERAL_OFFICE)
VIEWS = (("agrees", "认可事实", "agrees"), ("objects", "有异议", "objects"))


class IrregularPerson(Record):
    """The person concerned of an irregular service 当事人. Clause: 5.3.2(1), 5.3.2(2).

    Read by the leads, quality, the general manager's office and that person, who says what they
    think of it. No other device has the name.
    """

    kind = Kind(
        name="irregular_person",
        label=W("当事人", "Person concerned"),
        code="IP",
        row="Q-532a",
        clause="5.3.2(2)",
        space="restricted",
        readers=Readers(roles=READERS, people=("person",)),
        writers=READERS,
        key=("service",),
        owner="person",
        states=(
            State("named", W("待本人说明", "to comment"), tone="warn", waits=("owner",)),
            State("heard", W("已说明", "heard"), tone="good", ended=True),
        ),
        moves=(
            Move(
                id="answer",
                label=W("本人说明", "Comment on it"),
                from_=("named",),
                to="heard",
                who=("owner",),
                needs=("view",),
                asks=("view", "statement"),
            ),
        ),
        title="person",
        columns=("person", "service", "view"),
        menu=0,
    )

    service = link(
        "不规范服务", "Irregular service", "irregular_service", required=True, at_birth=True
    )
    person = person("当事人", "Person", required=True)
    view = choice("本人意见", "Their view", VIEWS, by_move=True)
    statement = prose("本人说明", "Their statement", by_move=True)
