"""Rules of the problems: what an escalation does to its fix, what a concession and an experience
need. Clause: 5.3.1
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import (
    after_add,
    after_move,
    before_import,
    before_move,
    before_void,
    before_write,
    follows,
    given,
)
from models.records.problems import anonymisation
from models.records.problems.concession import UNDECIDED, Concession
from models.records.problems.concession_hold import PASSED, next_of
from models.records.problems.escalation import Escalation
from models.records.problems.experience import Experience, experience_of
from models.records.problems.fix import Fix
from models.records.problems.follow_ups import escalation_values
from models.records.problems.problem_report import ProblemReport
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

NOT_OF_PROJECT = W(
    "{id} 不是本项目在用的里程碑或交付。请选择本项目的，或空着。",
    "{id} is no milestone or delivery in use of this project. Choose one of it, or none.",
)
PASSED_ALREADY = W(
    "{number}“{name}”已经完成，不能再为它申请让步。请选择下一个。",
    "{number} “{name}” is over; no concession can be asked for it. Choose the next one.",
)
NO_EXPERIENCE = W(
    "{number} 还没有可公开的经验。请先核对去掉名称后的内容："
    "sitebook add experience source={number}",
    "{number} has no experience yet. See what is published, without names:"
    " sitebook add experience source={number}",
)
DECIDE_BY_MOVE = W(
    "{number} 早已在簿中，导入不能改变它的状态。客户的决定请用它的操作登记，并附凭据。",
    "{number} was here before; an import cannot decide it. Record the decision by its moves,"
    " with the evidence.",
)
WITHDRAW = W(
    "{number} 还没有决定，不能作废。请用“撤回申请”（withdraw），并写明理由。",
    "{number} is undecided and cannot be voided. Withdraw it (withdraw) with a reason instead.",
)

# -- a fix and its escalation ------------------------------------------------------------------

follows("fix", "resolve", by=[("escalation", "close")])
follows("fix", "back", by=[("escalation", "return")])
follows("fix", "again", by=[("escalation", "resubmit"), ("escalation", "reopen")])


@after_move("fix", "escalate")
def escalation_from_fix(book: Book, fix: Fix) -> None:
    """Escalating a fix makes its escalation, nothing retyped. Clause: 5.3.1(1)."""
    book.add("escalation", escalation_values(fix), project=fix.project, occurred=fix.occurred)


@after_move("escalation", "close")
def close_fix(book: Book, escalation: Escalation) -> None:
    """A closed escalation closes the fix it came from."""
    _take_along(book, escalation, "resolve", "escalated")


@after_move("escalation", "return")
def return_fix(book: Book, escalation: Escalation) -> None:
    """An escalation returned to the site reopens the fix it came from."""
    _take_along(book, escalation, "back", "escalated")


@after_move("escalation", "resubmit")
def escalate_again(book: Book, escalation: Escalation) -> None:
    """An escalation reported again takes its fix along."""
    _take_along(book, escalation, "again", "open", "fixed")


@after_move("escalation", "reopen")
def reopen_fix(book: Book, escalation: Escalation) -> None:
    """A reopened escalation reopens the fix that was closed with it."""
    _take_along(book, escalation, "again", "closed")


def _take_along(book: Book, escalation: Escalation, move: str, *states: str) -> None:
    """Make a move of the fix that an escalation came from, if it is in one of these states."""
    fix = book.find(escalation.fix) if escalation.fix else None
    if fix is not None and fix.state in states:
        book.move(fix.id, move, by_rule=True)


# -- concessions -------------------------------------------------------------------------------


@given("concession")
def concession_given(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """What a new concession holds: what it names in its project, else the next ones noted down.

    Clause: 5.3.1(3)
    """
    named = {name: values[name] for name in PASSED if values.get(name)}
    for name, id in named.items():
        found = book.find(str(id))
        if found is None or (found.type, found.project) != (name, project) or found.void:
            raise Refused(NOT_OF_PROJECT, id=found.number if found else id)
        if found.state == PASSED[name][-1]:
            raise Refused(PASSED_ALREADY, number=found.number, name=found.title())
    if named:
        return {}
    return {f"next_{type}": next_of(book.store, type, project) for type in PASSED}


@before_import("concession")
def decided_by_move(book: Book, concession: Concession) -> None:
    """A concession that was here before is decided by its moves, not by a file."""
    if not book.is_new(concession):
        raise Refused(DECIDE_BY_MOVE, number=concession.number)


@before_void("concession")
def withdrawn_first(book: Book, concession: Concession) -> None:  # noqa: ARG001
    """An undecided concession is withdrawn, not voided."""
    if concession.state in UNDECIDED:
        raise Refused(WITHDRAW, number=concession.number)


# -- reports and experience --------------------------------------------------------------------


@given("experience")
def experience_given(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:  # noqa: ARG001
    """What an experience takes over from its report, without names."""
    return anonymisation.given(book, values)


@before_write("experience")
def experience_nameless(
    book: Book, values: Mapping[str, Any], experience: Experience | None
) -> None:
    """An experience names no person, customer, site or device. Clause: 5.3.1(2)."""
    known = experience.values() if experience is not None else {}
    anonymisation.nameless(book, {**known, **values})


@before_move("problem_report", "publish")
def experience_there(book: Book, report: ProblemReport) -> None:
    """A report is kept as experience once a person has read what is published of it."""
    if experience_of(book.store, report.id) is None:
        raise Refused(NO_EXPERIENCE, number=report.number)


@after_add("experience")
def report_kept(book: Book, experience: Experience) -> None:
    """A report whose experience was published is kept. Clause: 5.3.1(2)."""
    if experience.source:
        book.move(experience.source, "publish")
