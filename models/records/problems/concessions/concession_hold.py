"""Concession hold: what a concession holds, and until when. Clause: 5.3.1(3)

经客户或监理单位批准后方可交付或进入下阶段工作: undecided, refused or expired, it holds what it
names and all that comes after it in the project, every delivery, and the project's completion;
naming only its project, everything. It is lifted by the customer's approval while that is valid, or
by the verified solution of the problem that it names. A withdrawal ends the application only: such
a problem goes on holding the same things.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from models.book.approval import passage
from models.book.log.change_log import Dot
from models.derived.gates import (
    GateDecision,
    GatedRecord,
    GateQuestion,
    HeldState,
    Hold,
    gate,
    gated_records,
    is_passed,
    last_types,
)
from models.records.problems.concessions.concession import LETS_PASS, OVER, UNDECIDED, Concession
from models.records.problems.concessions.problem_solutions import AMONG, ProblemSolutions
from models.schema.record import Record
from models.storage import rows
from models.text.words import W

if TYPE_CHECKING:
    from models.storage.store import Store

NAMES = ("milestone", "delivery")
"""The links to what a concession names."""

WHY = {
    "undecided": W("尚未决定", "is undecided"),
    "withdrawing": W("的撤回待确认", "waits for its withdrawal to be confirmed"),
    "refused": W("未获客户批准", "was refused"),
    "expired": W("已过有效期", "has expired"),
    "unverified": W("尚未验证", "is not verified"),
}
WAY = {
    "undecided": W(
        "请先登记客户的决定，或申请撤回。",
        "Record the customer's decision first, or ask for its withdrawal.",
    ),
    "withdrawing": W(
        "请由另一位负责人确认撤回申请。", "Another lead has to confirm the withdrawal first."
    ),
    "refused": W(
        "请先解决并验证问题，或以获批的新申请替代它。",
        "Solve and verify the problem first, or replace it with an application that is approved.",
    ),
    "expired": W(
        "请先解决并验证问题，或以获批的新申请替代它。",
        "Solve and verify the problem first, or replace it with an application that is approved.",
    ),
    "unverified": W(
        "请先解决并再次验证，或提出让步申请。",
        "Solve and verify it first, or apply for a concession.",
    ),
}


def valid(concession: Concession, today: str) -> bool:
    """Whether the day of a concession's validity is not over; one without a day has no end."""
    return concession.valid_to is None or today <= concession.valid_to


def expired(concession: Concession, today: str) -> bool:
    """Whether an approval ran out: by the day, or marked so."""
    ran_out = concession.state in LETS_PASS and not valid(concession, today)
    return ran_out or concession.state == "expired"


def standing(concession: Concession, today: str) -> str:
    """Why it holds, as a key of `WHY` and `WAY`; '' where it does not hold by itself."""
    if concession.state in OVER:
        return ""
    if concession.state in ("withdrawing", "refused"):
        return concession.state
    if concession.state in UNDECIDED:
        return "undecided"
    if concession.state in LETS_PASS and valid(concession, today):
        return ""
    return "expired"


@gate("concession", passes=(*LETS_PASS, "closed"))
def held_by_concessions(asked: GateQuestion) -> Iterator[Hold]:
    """What the concessions hold; a void one counts, it is withdrawn instead."""
    where = f"WHERE (state NOT IN {OVER} OR COALESCE(fix, escalation) IS NOT NULL)"
    params = list[str]()
    if asked.project is not None:
        where, params = f"{where} AND project=?", [asked.project]
    found = rows.fetch(asked.store, Concession, f"{where} ORDER BY n", params)
    if found:
        days = _days(asked.store, found)
        problems = ProblemSolutions(asked.store, _problems(found))
        for one in found:
            hold = _hold(one, asked, problems, days)
            if hold is not None and (asked.lifted or not hold.lifted):
                yield hold


def _hold(
    one: Concession, asked: GateQuestion, problems: ProblemSolutions, days: dict[str, str | None]
) -> Hold | None:
    decisive = problems.decisive(one.fix, one.escalation)
    unsolved = problems.unsolved(one.fix, one.escalation)
    why, by, lifted = standing(one, asked.today), tuple[Record, ...]((one,)), tuple[Record, ...]()
    if decisive and not unsolved:
        lifted = tuple(decisive)
    elif one.state in OVER:
        if not unsolved:
            return None  # it named no problem: it is over
        by, why = tuple(unsolved), "unverified"
        if one.state == "closed" and valid(one, asked.today):
            lifted = (one,)
    elif not why:
        lifted = (one,)
    named = frozenset(id for id in (one.milestone, one.delivery) if id)
    starts = _starts(one, days)
    keys = {it.id: GateDecision(it.id, it.type) for it in (*decisive, *_known(problems, one))}
    return Hold(
        by=by,
        why=WHY[why or "undecided"],
        way=WAY[why or "undecided"],
        project=str(one.project),
        covers=covering(str(one.project), named, starts, frozenset((one.held_then or "").split())),
        decisions=(GateDecision(one.id, one.type, one.valid_to), *keys.values()),
        lifted=lifted,
        seen=_seen(one),
        named=named,
        starts=starts,
    )


def covering(
    project: str, named: frozenset[str], starts: str | None, then: frozenset[str]
) -> Callable[[GatedRecord], bool]:
    """Whether a concession of a project holds a record, done or not.

    Without a day (`starts`) it holds everything; `then` are those that it held when it was written.
    """

    def covers(one: GatedRecord) -> bool:
        if one.project != project:
            return False
        if one.type in last_types() or one.id in named or one.id in then:
            return True
        return starts is None or one.due is None or one.due >= starts

    return covers


def _starts(one: Concession, days: dict[str, str | None]) -> str | None:
    """The day from which on it holds: of what it names, as it was then or is now."""
    if one.held_from is None:
        return None
    now = [days.get(id) for id in (one.milestone, one.delivery) if id]
    return min(day for day in (one.held_from, *now) if day)


def _seen(one: Concession) -> dict[str, frozenset[Dot]]:
    found = passage.seen(one.passed_before)
    versions = (word.rpartition(":") for word in (one.completed_before or "").split())
    done = frozenset((device, int(seq)) for device, _, seq in versions if seq.isdigit())
    return {**found, str(one.project): done} if done else found


def _known(problems: ProblemSolutions, one: Concession) -> list[Record]:
    ids = (one.fix, one.escalation)
    return [problems.known[id] for id in ids if id and id in problems.known]


def _problems(found: list[Concession]) -> Iterator[str]:
    for one in found:
        yield from (id for id in (one.fix, one.escalation) if id)


def _days(store: Store, found: list[Concession]) -> dict[str, str | None]:
    """The due days of all that is named, now."""
    ids = json.dumps([id for one in found for id in (one.milestone, one.delivery) if id])
    parts = (f'SELECT id, due FROM "{type}" WHERE id {AMONG}' for type in NAMES)
    return dict(store.rows(" UNION ALL ".join(parts), (ids,) * len(NAMES)))


def born_with(store: Store, project: str, named: dict[str, Any]) -> dict[str, Any]:
    """What a new concession notes: the day from which it holds, what it holds, what was passed."""
    living = gated_records(store, [project])
    ids = frozenset(str(id) for id in named.values())
    every = [one for some in living.values() for one in some if one.void is None]
    starts = min((one.due for one in every if one.id in ids and one.due), default=None)
    covers = covering(project, ids, starts, frozenset())
    then = [one.id for one in every if covers(one) and one.type not in last_types()]
    look = HeldState(store)
    passed = [one for one in every if is_passed(one.type, one.state)]
    seen = {one.id: look.versions(one.dots) for one in passed}
    done = seen.pop(project, frozenset[Dot]())
    return {
        "held_from": starts,
        "held_then": " ".join(then) if starts is not None and then else None,
        "passed_before": passage.seen_text(seen),
        "completed_before": " ".join(f"{dev}:{seq}" for dev, seq in sorted(done)) or None,
    }
