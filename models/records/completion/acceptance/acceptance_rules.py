"""Rules of acceptances: what is accepted, by which proof, and what the rest leads to.

Clause: 6.2
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.approval import passage, writers
from models.book.rows import child_rows
from models.book.rules import (
    after_add,
    after_move,
    before_import,
    before_move,
    carries,
    given,
    proposes,
)
from models.book.writing.evidence import newest_file
from models.derived.gates import passed_versions
from models.records.checks import remedies
from models.records.completion.acceptance import items
from models.records.completion.acceptance.acceptance import PASSED, Acceptance
from models.records.completion.acceptance.acceptance_item import SHORT, AcceptanceItem
from models.schema.lifecycle import Move
from models.storage import rows
from models.text.words import Refused, W, several

if TYPE_CHECKING:
    from models.book.book import Book

DECISIONS = ("accept", "accept_with_leftovers", "refuse")
NO_PROOF = W(
    "{number} 没有客户签字的凭据。请附上签字件，或在“客户确认原话”中写明，由另一位在场的同事登记。",
    "{number} has no proof of the customer. Attach the signed paper, or write their words in"
    " “Customer's words” and have another colleague who was there record the result.",
)
OWN_WORDS = W(
    "“客户确认原话”是您写的。没有签字件时，请由另一位在场的同事见证并登记结果：{who}。",
    "You wrote the customer's words yourself. Without a signed paper another colleague who was"
    " there records the result: {who}.",
)
NOT_SUBMITTED = W(
    "{number} 还没有提交客户，不能登记验收结果。请先“提交客户”。",
    "{number} is not with the customer, so no item can be decided on. Submit it first.",
)
SIGN_HERE = W(
    "导入不能登记 {number} 的验收结果。请导入为准备中，再用它的操作登记，并附签字件。",
    "An import cannot record the result of {number}. Import it as being prepared, then record the"
    " result by its actions, with the signed paper.",
)
INCOMPLETE = W(
    "{number} 缺少这些验收项：{items}。请先“按计划补齐验收项”。",
    "{number} lacks these items: {items}. Fill them in from the plan first.",
)
NOBODY = W("请管理员授予另一人角色", "have an administrator give somebody a role")
_TYPED = Move(
    id="typed",
    label=W("客户原话", "The customer said"),
    from_=(),
    to="",
    four_eyes=True,
    about=("statement",),
)
"""What a decision without a signed paper rests on."""
NAMED = 3


@given("acceptance")
def acceptance_given(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """It is called as its project, planned for the end of the service, and based on its plan."""
    found = book.find(str(project)) if project else None
    had = found.values() if found is not None else {}
    given_ = {
        "name": found.title() if found is not None else None,
        "planned_on": had.get("service_to"),
        "basis": items.basis(book.store, str(project)) or None,
    }
    return {n: value for n, value in given_.items() if value is not None and not values.get(n)}


@given("escalation")
def acceptance_seen(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:  # noqa: ARG001
    """An escalation notes the acceptance that passed before it: it does not hold that."""
    sql = f"SELECT 1 FROM acceptance WHERE project=? AND state IN {PASSED} AND void IS NULL"
    if book.store.row(sql, (project,)) is None:
        return {}
    seen = passed_versions(book.store, str(project))
    seen.pop(str(project), None)
    return {"passed_before": passage.seen_text(seen)}


@after_add("acceptance")
def items_listed(book: Book, acceptance: Acceptance) -> None:
    """It begins with the items of the plan in force, and with the archive of its project."""
    if not book.brings:
        book.ensure("project_archive", {}, project=acceptance.project)
        items.fill(book, acceptance)


@after_move("acceptance", "fill")
def items_filled(book: Book, acceptance: Acceptance) -> None:
    """What the plan has and the acceptance lacks is added, nothing else is touched."""
    items.fill(book, acceptance)


@before_import("acceptance")
def signed_here(book: Book, acceptance: Acceptance) -> None:  # noqa: ARG001
    """A file brings no result: the customer's decision is recorded by its move, with its proof."""
    raise Refused(SIGN_HERE, number=acceptance.number)


@before_move("acceptance", "submit")
def items_there(book: Book, acceptance: Acceptance) -> None:
    """Every deliverable of the plan in force is among the items."""
    lacking = items.lacking(book.store, acceptance)
    if lacking:
        names = several(one.what for one in lacking[:NAMED])
        raise Refused(INCOMPLETE, number=acceptance.number, items=names)


@proposes("acceptance", *DECISIONS)
def newest_paper(book: Book, acceptance: Acceptance) -> dict[str, Any]:
    """The file attached last is the signed paper, unless the customer's words are there."""
    found = _newest(book, acceptance)
    return {"evidence": found} if found else {}


@carries("acceptance")
def paper_named(
    book: Book,
    acceptance: Acceptance,
    move: Move,
    comment: str,  # noqa: ARG001
) -> dict[str, Any]:
    """A result names the paper that it rests on."""
    return newest_paper(book, acceptance) if move.id in DECISIONS else {}


def _newest(book: Book, acceptance: Acceptance) -> str | None:
    """The file that is meant; none where the customer's words are there."""
    if acceptance.statement or acceptance.evidence:
        return acceptance.evidence
    return newest_file(book.store, acceptance.id)


@before_move("acceptance_item", "accept", "leave_over", "refuse", "reopen")
def with_the_customer(book: Book, item: AcceptanceItem) -> None:
    """Items are decided on with the customer."""
    acceptance = rows.one(book.store, Acceptance, str(item.acceptance))
    if acceptance is not None and acceptance.state != "submitted":
        raise Refused(NOT_SUBMITTED, number=acceptance.number)


@before_move("acceptance", *DECISIONS)
def rest_is_taken_care_of(book: Book, acceptance: Acceptance) -> None:
    """What was refused or is left over has a remedy with somebody in charge."""
    found = child_rows.rows_of(book.store, acceptance, AcceptanceItem)
    remedies.require(book.store, [one for one in found if one.void is None and one.state in SHORT])


@before_move("acceptance", *DECISIONS)
def signed_or_witnessed(book: Book, acceptance: Acceptance) -> None:
    """A signed paper, or the customer's words with a witness who did not write them."""
    proof = acceptance.evidence or _newest(book, acceptance)
    file = book.find(str(proof)) if proof else None
    if file is not None and file.void is None and getattr(file, "about", None) == acceptance.id:
        return
    if proof or not acceptance.statement:
        raise Refused(NO_PROOF, number=acceptance.number)
    wrote = writers.present(book.store, book.people, acceptance, _TYPED)
    if book.me in wrote:
        found = book.people.second_people(str(acceptance.project), items.WITNESSES, tuple(wrote))
        who = several(book.people.name(one) for one in sorted(found)) or str(NOBODY)
        raise Refused(OWN_WORDS, who=who)
