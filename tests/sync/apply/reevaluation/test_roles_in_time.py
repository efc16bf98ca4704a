"""Roles given and taken among five devices that meet in any order, some of them dishonest.

At the end all books are equal, and nothing was decided by anybody without the role. What a person
may do is worked out here once more, by what the founder's book held when each role was taken.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER
from models.text.words import Refused
from sync.apply.reevaluation.adoption import adopt
from sync.organisation import administration
from tests.support.escalations import taken_up
from tests.support.replicas import Replica, Team, give
from tests.sync.log.test_quarantine import listed

PEOPLE = ("m", "n", "o", "p")
ONE = st.integers(1, len(PEOPLE))
ANY = st.integers(0, len(PEOPLE))
MOVES = ("accept", "draft", "approve")


class Turn(NamedTuple):
    """A role was given or taken."""

    version: int
    on: bool
    held: int
    """Up to which change of the person's device the founder had everything by then."""


class Roles(RuleBasedStateMachine):
    """Five devices."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="roles-"))
        roles = (ENGINEER, DEPARTMENT_MANAGER)
        self.team = Team.copied(self.folder, *PEOPLE, roles=roles, met=True)
        self.turns: dict[str, list[Turn]] = {one.device: [] for one in self.team.all}
        self.space = f"p:{self.team.project}"
        self.ids = list[str]()

    @rule(who=ANY)
    def report(self, who: int) -> None:
        self.ids.append(
            self._book(who).add("escalation", {"phenomenon": "x"}, project=self.team.project).id
        )

    @rule(who=ANY, move=st.sampled_from(MOVES), data=st.data())
    def decide(self, who: int, move: str, data: st.DataObject) -> None:
        book, known = self._book(who), [id for id in self.ids if self._book(who).find(id)]
        if not known:
            return
        values = {"accept": taken_up(book), "draft": {"solution": f"{who}"}, "approve": {}}
        try:
            book.move(data.draw(st.sampled_from(known)), move, values[move])
        except Refused:
            return

    @rule(who=ONE, grant=st.booleans())
    def turn(self, who: int, grant: bool) -> None:
        one, founder = self.team.all[who], self.team.founder
        held = founder.workspace.log.vector(self.space).get(one.device, 0)
        try:
            administration.set_role(
                founder.workspace, self.team.person(one), DEPARTMENT_MANAGER, "*", grant=grant
            )
        except Refused:
            return
        version = founder.workspace.store.meta("members")
        self.turns[one.device].append(Turn(version, grant, held))

    @rule(giver=ANY, taker=ANY)
    def meet(self, giver: int, taker: int) -> None:
        if giver != taker:
            give(self.team.all[giver], self.team.all[taker])

    @rule(who=ONE, back=st.integers(1, 4))
    def cheat(self, who: int, back: int) -> None:
        """Somebody changes rows of their own database: an older version, and the role of then."""
        opened = self.team.all[who].workspace
        with opened.store.write():
            opened.store.set_meta("members", max(1, opened.store.meta("members") - back))
            sql = "INSERT OR IGNORE INTO role_grant(person, role, project) VALUES(?, ?, '*')"
            opened.store.db.execute_sql(sql, (opened.people.me, DEPARTMENT_MANAGER))
        opened.people.refresh()

    @rule(who=ANY, data=st.data())
    def let_count(self, who: int, data: st.DataObject) -> None:
        one = self.team.all[who]
        found = [each for each in listed(one) if each.adopted is None]
        if found:
            each = data.draw(st.sampled_from(found))
            try:
                adopt(one.workspace, each.space, each.device, each.seq)
            except Refused:
                return

    def teardown(self) -> None:
        if not hasattr(self, "team"):
            return
        try:
            self.team.meet()
            self.team.meet()
            assert len({one.digest() for one in self.team.all}) == 1
            for one in self.team.all:
                self._only_by_the_role(one)
            assert (
                len({json.dumps([each[:5] for each in listed(one)]) for one in self.team.all}) == 1
            )
        finally:
            self.team.close()
            shutil.rmtree(self.folder)

    def _only_by_the_role(self, one: Replica) -> None:
        adopted = {(each.device, each.seq) for each in listed(one) if each.adopted is not None}
        for (body,) in one.workspace.store.rows(
            "SELECT c.body FROM transition t JOIN device d ON d.id=t.device"
            " JOIN change c ON c.idx=d.idx AND c.seq=t.seq AND c.record=t.record"
            " WHERE t.move IN ('accept', 'approve')"
        ):
            change = json.loads(body)
            device, seq, named = change["d"], change["q"], change["m"]["members"]
            if (device, seq) not in adopted:
                assert self._allowed(device, seq, named), (device, seq, named)

    def _allowed(self, device: str, seq: int, named: int) -> bool:
        held = True
        for turn in self.turns[device]:
            if turn.version <= named:
                held = turn.on
            elif not turn.on and seq > turn.held:
                return False
        return held

    def _book(self, who: int):  # type: ignore[no-untyped-def]
        return self.team.all[who].book


SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def test_roles_given_and_taken_in_any_order() -> None:
    run_state_machine_as_test(
        Roles,
        settings=settings(
            max_examples=6, stateful_step_count=18, deadline=None, suppress_health_check=SLOW
        ),
    )


@pytest.mark.long
def test_roles_given_and_taken_in_any_order_at_length() -> None:
    run_state_machine_as_test(
        Roles,
        settings=settings(
            max_examples=150, stateful_step_count=50, deadline=None, suppress_health_check=SLOW
        ),
    )
