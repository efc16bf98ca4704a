"""Facts about what follows a procedure: the version that was in force when it began, its steps.

Clause: 5.3.2(3), 5.3.2(4), 5.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.book.derived_state import StateView
from models.book.tables import procedures
from models.book.tables.procedures import FollowedProcedure
from models.queries.facts import RecordFact, facts, json_facts
from models.schema.company_tables import ProcedureStep
from models.schema.record import Record
from models.schema.roles import ROLES
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

FOLLOWS = W("所依流程", "Follows")
VERSION = W("《{label}》第 {version} 版", "{label}, version {version}")
SHIPPED = W("《{label}》（程序自带）", "{label} (as shipped)")
AWAY = W("《{label}》第 {version} 版（不在本机）", "{label}, version {version} (not here)")
STEP = W("{no}. {what}（{who}）", "{no}. {what} ({who})")
TIMED = W("{no}. {what}（{who}，{days} 个工作日内）", "{no}. {what} ({who}, working days: {days})")
AT_ONCE = W("{no}. {what}（{who}，当日）", "{no}. {what} ({who}, the same day)")


def said(found: FollowedProcedure) -> str:
    """Which version of which procedure."""
    word = SHIPPED if found.id is None else VERSION if found.here else AWAY
    return say(word, label=found.label, version=found.version)


def step_said(no: int, step: ProcedureStep) -> str:
    """A step in one line."""
    who = ROLES.get(step.who, W(step.who, step.who))
    word = STEP if step.days is None else TIMED if step.days else AT_ONCE
    return say(word, no=no, what=step.what, who=who, days=step.days)


@facts()
def procedure(book: Book, record: Record, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """The procedure that a record follows, with its steps; the one to do now is marked."""
    found = procedures.followed(book.store, record)
    if found is None:
        return
    lines = [said(found)]
    lines += [step_said(no, step) for no, step in enumerate(found.steps, 1)]
    yield RecordFact("\n".join(lines), "", FOLLOWS)


@json_facts(keys=("procedure_steps",))
def procedure_json(states: StateView, record: Record) -> dict[str, Any]:
    """`procedure_steps`: the codes of the steps; of types that follow a procedure."""
    found = procedures.followed(states.store, record)
    return {} if found is None else {"procedure_steps": [step.code for step in found.steps]}
