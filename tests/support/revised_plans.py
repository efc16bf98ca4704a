"""Plans: a type of revisions that a test declares; approved by a lead, then by the customer.

It has what no type of the program has yet: rows whose links lead to other rows and rows of rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from models.derived.revisions import SHOWN, revised
from models.schema.fields import count, day, line, link, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Life, Move, State, with_reason
from models.schema.lifecycles import (
    customer_decision,
    decision_fields,
    evidence_fields,
    review,
    sent_fields,
)
from models.schema.record import Record
from models.schema.roles import LEADS
from models.text.words import W
from tests.support.new_area import new_area

_LIFE = (
    review(LEADS, accepted=State("endorsed", W("部门已批准", "endorsed"), frozen=True))
    + customer_decision(("endorsed",))
    + Life(
        (*SHOWN, State("closed", W("已结束", "closed"), frozen=True, ended=True)),
        (
            Move(
                id="close",
                label=W("结束", "Close"),
                from_=("approved", "conditional"),
                to="closed",
                who=LEADS,
            ),
            with_reason("revise", W("修订", "Revise"), ("refused",), "draft", LEADS),
        ),
    )
)


@contextmanager
def plans() -> Iterator[type[Record]]:
    """The types while the block runs; the rows are `trial_task` and, of a task, `trial_step`."""
    with new_area():

        @revised(
            follows="replaces",
            version="edition",
            in_force=("approved", "conditional"),
            rows={"trial_task": "code", "trial_step": "code"},
        )
        class Plan(Record):
            """A plan of a year."""

            kind = Kind(
                name="trial_plan",
                label=W("试计划", "Trial plan"),
                code="TRP",
                states=_LIFE.states,
                moves=_LIFE.moves,
                title="subject",
                columns=("subject", "edition"),
            )

            subject = line("名称", "Subject", required=True)
            edition = count("版次", "Edition")
            replaces = link("替代", "Replaces", "trial_plan")
            scope = prose("范围", "Scope")
            until = day("到", "Until")
            sent_at, sent_by = sent_fields()
            decided_by, decided_on, decision_channel = decision_fields()
            conditions = prose("附加条件", "Conditions", by_move=True)
            evidence, witness = evidence_fields()

        class Task(Record):
            """A task of a plan."""

            kind = Kind(
                name="trial_task",
                label=W("试任务", "Trial task"),
                code="TRT",
                title="what",
                columns=("what", "until"),
                parent="plan",
                order="position",
                menu=0,
            )

            plan = link("计划", "Plan", "trial_plan", required=True)
            position = count("序号", "Position")
            code = line("编码", "Code", max=60)
            what = line("内容", "What", required=True)
            until = day("到", "Until")
            after = link("之后于", "After", "trial_task")

        class Step(Record):
            """A step of a task."""

            kind = Kind(
                name="trial_step",
                label=W("试步骤", "Trial step"),
                code="TRS",
                title="what",
                parent="task",
                menu=0,
            )

            task = link("任务", "Task", "trial_task", required=True)
            code = line("编码", "Code", max=60)
            what = line("内容", "What", required=True)

        yield Plan
