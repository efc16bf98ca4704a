"""Witness statements: accounts of an incident by those who saw it, for those who decide."""

from __future__ import annotations

from models.records.nonconformity.incidents.incident_file import READERS
from models.schema.fields import link, moment, person, prose
from models.schema.kind import Kind, Readers
from models.schema.lifecycle import Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, OWNER, QUALITY
from models.text.words import W

_KEEPERS = (QUALITY, DEPARTMENT_MANAGER)


class WitnessStatement(Record):
    """The statement of one witness of an incident. Clause: 5.4.

    Restricted, each apart from the others and from the responsibility files. Read by quality, the
    department manager, the general manager's office and the witness. The person concerned and
    other witnesses have no byte of it; the witness reads no responsibility file.
    """

    kind = Kind(
        name="witness_statement",
        label=W("知情人陈述", "Witness statement"),
        code="QW",
        row="Q-54",
        clause="5.4",
        space="restricted",
        readers=Readers(roles=READERS, people=("witness",)),
        writers=READERS,
        key=("incident", "witness"),
        owner="witness",
        states=(
            State("asked", W("待陈述", "to state"), tone="warn", waits=(OWNER,)),
            State("given", W("已陈述", "stated"), tone="good", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="give",
                label=W("陈述", "State what one saw"),
                from_=("asked",),
                to="given",
                who=(OWNER,),
                needs=("statement",),
                asks=("statement",),
                fills={"stated_at": "now"},
            ),
            with_reason(
                "take_down",
                W("代录陈述", "Take down a statement"),
                ("asked",),
                "given",
                _KEEPERS,
                needs=("statement",),
                asks=("statement", "comment"),
                fills={"stated_at": "now"},
            ),
            with_reason("ask_again", W("请补充陈述", "Ask again"), ("given",), "asked", _KEEPERS),
        ),
        title="witness",
        columns=("witness", "incident", "stated_at"),
        menu=42,
    )

    incident = link("质量事故", "Quality incident", "incident", required=True, at_birth=True)
    witness = person("知情人", "Witness", required=True, at_birth=True)
    question = prose("需要说明的事项", "What is asked")
    statement = prose("陈述", "Statement", by_move=True)
    stated_at = moment("陈述时间", "Stated at", by_move=True, computed=True)
