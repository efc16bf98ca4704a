"""Unverified hold: what an unverified fix or an open escalation holds. Clause: 5.3.1(1)

防止不合格流入客户手中: a problem holds the milestone or delivery that it names, the deliveries of
that milestone, and the delivery with which its equipment comes, until it is verified or the
customer approves a concession for it. While such a concession is undecided, that holds every
delivery.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from models.book.approval import passage
from models.derived.gates import GateDecision, GatedRecord, GateQuestion, Hold, gate
from models.records.problems.concessions.concession import LETS_PASS, OVER, Concession
from models.records.problems.concessions.concession_hold import WAY, WHY, valid
from models.records.problems.concessions.problem_solutions import AMONG, SOLVED, ProblemSolutions
from models.records.problems.escalation import Escalation
from models.records.problems.fix import Fix
from models.schema.record import Record
from models.storage import rows

if TYPE_CHECKING:
    from models.storage.store import Store

Problem = Fix | Escalation
_OWN = (
    "SELECT id FROM \"{type}\" WHERE milestone>'' UNION SELECT id FROM \"{type}\" WHERE delivery>''"
    ' UNION SELECT id FROM "{type}" WHERE equipment IN'
    " (SELECT id FROM equipment WHERE delivery>'')"
)
"""The problems that name anything; each part is answered by an index."""


@gate("fix", "escalation", passes=SOLVED)
def held_by_problems(asked: GateQuestion) -> Iterator[Hold]:
    """What the problems hold that are not verified; a void one counts, voiding solves nothing."""
    found = list(_problems(asked))
    if not found:
        return
    problems = ProblemSolutions(asked.store, (one.id for one in found))
    scope, asked_for = _Scope(asked.store, found), concessions_for(asked.store, found)
    for one in found:
        hold = _hold(one, asked, problems, scope, asked_for.get(one.id, []))
        if hold is not None and (asked.lifted or not hold.lifted):
            yield hold


def _problems(asked: GateQuestion) -> Iterator[Problem]:
    for cls in (Fix, Escalation):
        where = f"WHERE id IN ({_OWN.format(type=cls.kind.name)})"
        params = list[str]()
        if not asked.lifted:
            where += f" AND state NOT IN {SOLVED}"
        if asked.project is not None:
            where, params = f"{where} AND project=?", [asked.project]
        found: list[Any] = rows.fetch(asked.store, cls, f"{where} ORDER BY n", params)
        yield from found


def _hold(
    one: Problem,
    asked: GateQuestion,
    problems: ProblemSolutions,
    scope: _Scope,
    concessions: list[Concession],
) -> Hold | None:
    decisive, unsolved = problems.decisive(one.id), problems.unsolved(one.id)
    running = [it for it in concessions if it.state in LETS_PASS and valid(it, asked.today)]
    lifted = tuple[Record, ...](decisive) if not unsolved else tuple[Record, ...](running)
    strong = scope.of(one)
    if not lifted and any(it.state not in OVER for it in concessions):
        strong &= {one.milestone}  # the concession holds every delivery
    beside = scope.of_equipment(one) if not concessions else frozenset[str]()
    if not strong and not beside:
        return None

    def covers(it: GatedRecord) -> bool:
        return it.id in strong

    return Hold(
        by=tuple(unsolved or [one]),
        why=WHY["unverified"],
        way=WAY["unverified"],
        project=str(one.project),
        covers=covers,
        decisions=(
            *(
                GateDecision(it.id, it.type)
                for it in {it.id: it for it in (one, *decisive)}.values()
            ),
            *(GateDecision(it.id, it.type, it.valid_to) for it in concessions),
        ),
        lifted=lifted,
        seen=passage.seen(one.passed_before),
        beside=beside,
        named=frozenset(id for id in (one.milestone, one.delivery) if id),
    )


class _Scope:
    """What each problem names, with two questions for all of them."""

    def __init__(self, store: Store, found: list[Problem]) -> None:
        milestones = json.dumps(sorted({one.milestone for one in found if one.milestone}))
        self._of_milestone: dict[str, set[str]] = {}
        sql = f"SELECT milestone, id FROM delivery WHERE milestone {AMONG}"
        for milestone, delivery in store.rows(sql, (milestones,)):
            self._of_milestone.setdefault(milestone, set()).add(delivery)
        equipment = json.dumps(sorted({one.equipment for one in found if one.equipment}))
        sql = f"SELECT id, delivery FROM equipment WHERE delivery>'' AND id {AMONG}"
        self._of_equipment: dict[str, str] = dict(store.rows(sql, (equipment,)))

    def of(self, one: Problem) -> frozenset[str | None]:
        """What it names, and the deliveries of a named milestone."""
        named = {id for id in (one.milestone, one.delivery) if id}
        return frozenset(named | self._of_milestone.get(one.milestone or "", set()))

    def of_equipment(self, one: Problem) -> frozenset[str]:
        """The delivery with which its equipment comes."""
        found = self._of_equipment.get(one.equipment or "")
        return frozenset([found] if found else [])


def concessions_for(store: Store, found: Sequence[Problem]) -> dict[str, list[Concession]]:
    """Problem -> the concessions that were asked for it, or for the fix it came from."""
    fixes = {one.id: one.fix if isinstance(one, Escalation) else one.id for one in found}
    ids = json.dumps([*fixes, *(fix for fix in fixes.values() if fix)])
    where = f"WHERE fix {AMONG} OR escalation {AMONG} ORDER BY n"
    known: dict[str, list[Concession]] = {}
    for concession in rows.fetch(store, Concession, where, (ids, ids)):
        for id, fix in fixes.items():
            if concession.escalation == id or (fix and concession.fix == fix):
                known.setdefault(id, []).append(concession)
    return known


def scope_of(store: Store, one: Problem) -> set[str]:
    """The ids of what a problem holds while it is not verified."""
    scope = _Scope(store, [one])
    return {id for id in scope.of(one) if id} | scope.of_equipment(one)
