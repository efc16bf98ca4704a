"""Rules of the problems: what an escalation does to its fix, and what an experience needs.

Those of concessions are in `concession_rules`. Clause: 5.3.1
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.log import transitions
from models.book.permissions import RESOLVE
from models.book.rules import (
    after_add,
    after_move,
    before_move,
    before_write,
    follows,
    given,
    proposes,
)
from models.records.problems import anonymisation
from models.records.problems.escalation import Escalation
from models.records.problems.experience import Experience, experience_of
from models.records.problems.fix import Fix
from models.records.problems.follow_ups import escalation_values
from models.records.problems.problem_report import ProblemReport
from models.records.registers import calendar_years
from models.storage import rows
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

NOT_FOR_CUSTOMER = W(
    "{number} 的去向只是“作为经验保留”，不能提交客户。请先修订（revise）报告的去向。",
    "{number} is kept as experience only and is not given to the customer. Revise the report"
    " (revise) and say where it goes.",
)
NO_EXPERIENCE = W(
    "{number} 还没有可公开的经验。请先核对去掉名称后的内容："
    "sitebook add experience source={number}",
    "{number} has no experience yet. See what is published, without names:"
    " sitebook add experience source={number}",
)

WORKDAYS = {"high": 2, "medium": 5, "low": 10}
"""Severity -> working days that are proposed for its solution."""
WITH_MANAGER = W(
    "{number} 已升级为 {escalation}，尚未关闭。请先关闭该升级，或由部门经理退回现场。",
    "{number} was escalated as {escalation}, which is open. Close that one first, or have the"
    " department manager return it.",
)

# -- a fix and its escalation ------------------------------------------------------------------

follows("fix", "resolve", by=[("escalation", "close")])
follows("fix", "back", by=[("escalation", "return")])
follows("escalation", "settle", by=[("fix", RESOLVE)])
follows("escalation", "unsettle", by=[("fix", RESOLVE)])
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


@proposes("fix", "escalate")
def escalation_proposed(book: Book, fix: Fix) -> dict[str, Any]:  # noqa: ARG001
    """How severe most problems are; why it is escalated, a person says."""
    return {"severity": "medium"}


@proposes("escalation", "accept")
def acceptance_proposed(book: Book, escalation: Escalation) -> dict[str, Any]:
    """A due day by how severe the problem is, and the first member of the working group."""
    days = WORKDAYS.get(escalation.severity or "", WORKDAYS["medium"])
    due = calendar_years.calendar(book).add_workdays(book.today, days)
    sql = "SELECT person FROM group_member WHERE escalation=? AND void IS NULL ORDER BY n LIMIT 1"
    member = book.store.row(sql, (escalation.id,))
    return {"due": due.isoformat(), "group_lead": member[0] if member is not None else None}


@after_move("escalation", "accept")
def working_group(book: Book, escalation: Escalation) -> None:
    """The lead of the working group is a member of it. Clause: 5.3.1(1)."""
    book.ensure("group_member", {"escalation": escalation.id, "person": escalation.group_lead})


@before_move("fix", "verify", "close")
def escalation_settled(book: Book, fix: Fix) -> None:
    """A problem that is with the manager is not verified on site. Clause: 5.3.1(1)."""
    for one in open_escalations(book, fix):
        if one.state != "returned":
            raise Refused(WITH_MANAGER, number=fix.number, escalation=one.number)


@after_move("fix", RESOLVE)
def escalation_follows_decision(book: Book, fix: Fix) -> None:
    """Where the fix counts as put right on site, an escalation that was not taken up is settled.

    Where it does not, one that was settled so waits with the manager again.
    """
    if fix.state in ("fixed", "verified", "closed"):
        for one in open_escalations(book, fix):
            if one.state in ("reported", "returned"):
                book.move(one.id, "settle", by_rule=True)
        return
    for one in rows.fetch(book.store, Escalation, "WHERE fix=? AND void IS NULL", (fix.id,)):
        made = transitions.made_by(book.store, one.id)
        if one.state == "closed" and made[-1].move == "settle":
            book.move(one.id, "unsettle", by_rule=True)


def open_escalations(book: Book, fix: Fix) -> list[Escalation]:
    """The escalations of a fix that are not closed."""
    where = "WHERE fix=? AND state<>'closed' AND void IS NULL ORDER BY n"
    return rows.fetch(book.store, Escalation, where, (fix.id,))


def _take_along(book: Book, escalation: Escalation, move: str, *states: str) -> None:
    """Make a move of the fix that an escalation came from, if it is in one of these states."""
    fix = book.find(escalation.fix) if escalation.fix else None
    if fix is not None and fix.state in states:
        book.move(fix.id, move, by_rule=True)


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
    if report.audience == "customer":
        raise Refused(anonymisation.NOT_FOR_LIBRARY, number=report.number)
    if experience_of(book.store, report.id) is None:
        raise Refused(NO_EXPERIENCE, number=report.number)


@before_move("problem_report", "issue")
def meant_for_customer(book: Book, report: ProblemReport) -> None:  # noqa: ARG001
    """A report that is kept as experience alone is not given to the customer."""
    if report.audience == "experience":
        raise Refused(NOT_FOR_CUSTOMER, number=report.number)


@after_add("experience")
def report_kept(book: Book, experience: Experience) -> None:
    """A report whose experience was published is kept. Clause: 5.3.1(2)."""
    report = book.find(experience.source) if experience.source else None
    if isinstance(report, ProblemReport):
        book.move(report.id, "publish")
