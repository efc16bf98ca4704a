"""Rules of the gates of problems: what a concession and a problem note of what they hold, and what
no write may take away from it. Clause: 5.3.1(3)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.approval import passage
from models.book.rules import (
    after_move,
    before_import,
    before_move,
    before_void,
    before_write,
    given,
)
from models.derived.gates import HeldState, is_passed, passed_versions
from models.records.problems.concessions import concession_hold
from models.records.problems.concessions.concession import UNDECIDED, Concession
from models.records.problems.concessions.problem_solutions import SOLVED, ProblemSolutions
from models.schema.record import Record
from models.text.words import Refused, W, listed

if TYPE_CHECKING:
    from models.book.book import Book

NOT_OF_PROJECT = W(
    "{id} 不是本项目在用的里程碑或交付。请选择本项目的，或空着。",
    "{id} is no milestone or delivery in use of this project. Choose one of it, or none.",
)
NO_PROBLEM = W(
    "{id} 不是本项目的现场处置或问题升级。请选择本项目的，或空着。",
    "{id} is no fix or escalation of this project. Choose one of it, or none.",
)
PASSED_ALREADY = W(
    "{number}“{name}”已经完成，不能再为它申请让步。请选择下一个。",
    "{number} “{name}” is over; no concession can be asked for it. Choose the next one.",
)
SOLVED_ALREADY = W(
    "{number}“{name}”已经验证，不需要让步。",
    "{number} “{name}” is verified; it needs no concession.",
)
DECIDE_BY_MOVE = W(
    "{number} 早已在簿中，导入不能改变它的状态。客户的决定请用它的操作登记，并附凭据。",
    "{number} was here before; an import cannot decide it. Record the decision by its moves,"
    " with the evidence.",
)
WITHDRAW = W(
    "{number} 还没有了结，不能作废。请用“申请撤回”（withdraw），并写明理由。",
    "{number} is not over and cannot be voided. Withdraw it (withdraw) with a reason instead.",
)
REPLACED_BY = W(
    "请写明由哪份让步申请替代 {number}。", "Name the concession that replaces {number}."
)
UNSOLVED = W(
    "{problem} 尚未验证，{number} 不能关闭。请先再次验证它。",
    "{problem} is not verified, so {number} cannot be closed. Verify it first.",
)
HOLDS_ON = W(
    "{number} 尚未验证，{held} 因它挂起，不能作废。请先再次验证它（误填的也是），或提出让步申请。",
    "{number} is not verified and {held} on hold for it; it cannot be voided. Verify it first, also"
    " if it was entered in error, or apply for a concession.",
)
NOT_ELSEWHERE = W(
    "{number} 尚未验证，{held} 因这台设备挂起。请先再次验证它，再改设备。",
    "{number} is not verified, and {held} is on hold for this equipment. Verify it before naming"
    " another.",
)
LINK_KEPT = W(
    "{by} 尚未验证，{held} 按“{field}”因它挂起。请先再次验证它，再改“{field}”。",
    "{by} is not verified and holds {held} by this link ({field}). Verify it before changing it.",
)
PROBLEM_TYPES = ("fix", "escalation")
_LINKS = {"delivery": "milestone", "equipment": "delivery"}
"""The links of other types by which a problem holds a delivery."""


@given("concession")
def concession_given(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """What a new concession holds, and what it saw as passed. Clause: 5.3.1(3)."""
    named = {name: values[name] for name in concession_hold.NAMES if values.get(name)}
    for name, id in named.items():
        found = _of_project(book, str(id), (name,), project, NOT_OF_PROJECT)
        if found.kind.state(found.state).ended:
            raise Refused(PASSED_ALREADY, number=found.number, name=found.title())
    for name in PROBLEM_TYPES:
        if values.get(name):
            _unsolved(book, _of_project(book, str(values[name]), (name,), project, NO_PROBLEM))
    noted = concession_hold.born_with(book.store, str(project), named)
    if named:
        return noted
    return noted | {f"next_{type}": _next(book, type, project) for type in concession_hold.NAMES}


def _of_project(
    book: Book,
    id: str,
    types: tuple[str, ...],
    project: str | None,
    word: W,
    *,
    void: bool = False,
) -> Record:
    """A record of these types and this project, in use unless it may be `void`."""
    found = book.find(id)
    fits = found is not None and found.type in types and found.project == project
    if found is None or not fits or (found.void and not void):
        raise Refused(word, id=found.number if found else id)
    return found


def _unsolved(book: Book, problem: Record) -> None:
    if not ProblemSolutions(book.store, [problem.id]).unsolved(problem.id):
        raise Refused(SOLVED_ALREADY, number=problem.number, name=problem.title())


def _next(book: Book, type: str, project: str | None) -> str | None:
    """The project's next milestone or delivery: the one due first that has not been passed."""
    where = "WHERE project=? AND void IS NULL ORDER BY due IS NULL, due, n"
    sql = f'SELECT id, state FROM "{type}" {where}'
    living = book.store.rows(sql, (project,))
    return next((str(id) for id, state in living if not is_passed(type, state)), None)


@given(*PROBLEM_TYPES)
def problem_given(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """The delivery with which its equipment comes, and what of all it names was passed."""
    found: dict[str, Any] = {}
    for name in concession_hold.NAMES:
        if values.get(name):
            _of_project(book, str(values[name]), (name,), project, NOT_OF_PROJECT, void=True)
    if not values.get("delivery") and values.get("equipment"):
        row = book.store.row(
            "SELECT d.id FROM equipment e JOIN delivery d ON d.id=e.delivery"
            " WHERE e.id=? AND d.project=? AND d.void IS NULL",
            (values["equipment"], project),
        )
        found |= {"delivery": row[0]} if row else {}
    if not any(({**values, **found}).get(name) for name in concession_hold.NAMES):
        return found
    seen = passed_versions(book.store, str(project))
    seen.pop(str(project), None)
    return {**found, "passed_before": passage.seen_text(seen)}


@before_import("concession")
def decided_by_move(book: Book, concession: Concession) -> None:
    """A concession that was here before is decided by its moves, not by a file."""
    if not book.is_new(concession):
        raise Refused(DECIDE_BY_MOVE, number=concession.number)


@before_void("concession")
def withdrawn_first(book: Book, concession: Concession) -> None:  # noqa: ARG001
    """A concession that may hold is withdrawn, not voided."""
    if concession.state in UNDECIDED:
        raise Refused(WITHDRAW, number=concession.number)


@after_move("concession", "withdraw")
def replacement_named(book: Book, concession: Concession) -> None:  # noqa: ARG001
    """An application that was replaced names the other one."""
    if concession.withdrawal == "replaced" and concession.replaced_by in (None, concession.id):
        raise Refused(REPLACED_BY, number=concession.number)


@before_move("concession", "close")
def solved_first(book: Book, concession: Concession) -> None:
    """A concession is closed once the problem that it names is verified."""
    ids = (concession.fix, concession.escalation)
    found = ProblemSolutions(book.store, (id for id in ids if id)).unsolved(*ids)
    if found:
        raise Refused(UNSOLVED, number=concession.number, problem=found[0].number)


@before_void(*PROBLEM_TYPES)
def holding_first(book: Book, problem: Record) -> None:
    """A problem that holds something is verified, not voided."""
    held = HeldState(book.store).held_by(problem.id)
    if held and not book.is_new(problem):
        raise Refused(HOLDS_ON, number=problem.number, held=_numbers(book, held))


@before_write(*PROBLEM_TYPES)
def equipment_kept(book: Book, values: Mapping[str, Any], problem: Record | None) -> None:
    """The equipment of an unverified problem is not changed away from the delivery it holds."""
    before = getattr(problem, "equipment", None)
    if problem is None or before is None or values.get("equipment", before) == before:
        return
    if problem.state not in SOLVED and (held := HeldState(book.store).held_by(problem.id)):
        came = book.store.row("SELECT delivery FROM equipment WHERE id=?", (before,))
        if came is not None and came[0] in held and came[0] != getattr(problem, "delivery", None):
            raise Refused(NOT_ELSEWHERE, number=problem.number, held=_numbers(book, [came[0]]))


@before_write(*_LINKS)
def link_kept(book: Book, values: Mapping[str, Any], record: Record | None) -> None:
    """A link by which an unverified problem holds a delivery is not changed before that."""
    field = _LINKS[record.type] if record is not None else ""
    before = getattr(record, field, None)
    if record is None or before is None or values.get(field, before) == before:
        return
    named, delivery = (before, record.id) if record.type == "delivery" else (record.id, before)
    for one in HeldState(book.store).by_id(delivery):
        by_link = one.type in PROBLEM_TYPES and getattr(one, "delivery", None) != delivery
        if by_link and named == getattr(one, "milestone" if field == "milestone" else record.type):
            label = record.specs()[field].label
            raise Refused(LINK_KEPT, by=one.number, held=_numbers(book, [delivery]), field=label)


def _numbers(book: Book, ids: list[str]) -> W:
    numbers = [one.number for id in ids if (one := book.find(id)) is not None]
    return listed(W(number, number) for number in numbers)
