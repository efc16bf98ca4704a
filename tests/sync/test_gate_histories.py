"""Two devices apart do whatever their books allow; met again, both show what is held alike.

What must be held is told by a plain account beside the books: who knew of what when they wrote.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from models.calendar.business_dates import instant
from models.derived.gates import HeldState
from models.schema.roles import LEADS
from models.text.words import Refused
from tests.models.records.problems.concessions.test_concession_hold import DECIDED, SENT, WHY, held
from tests.support.replicas import Replica, Team, differences

Dot = tuple[str, int]
DAYS = ("2026-12-01", "2027-04-30", "2027-05-01")
"""Before the end of the approvals, their last day, and the day after it."""
LETS_PASS = ("approved", "conditional", "in_force", "followed_up")
STEPS = (
    *("apply", "ask", "ask", "approve", "approve", "refuse", "withdraw", "confirm", "keep"),
    *("done", "done", "reopen", "meet", "later"),
)


class Account:
    """Two replicas, and what each of them knew when it wrote."""

    def __init__(self, folder: Path) -> None:
        self.team = Team.copied(folder, "乙", roles=LEADS, met=True)
        self.day, project = 0, self.team.project
        book = self.team.founder.book
        self.milestones = [
            book.add("milestone", {"name": name}, project=project).id for name in ("初验", "终验")
        ]
        self.concessions: list[str] = []
        self.seen: dict[str, set[Dot]] = {}
        """Concession -> the versions in which its author saw milestones as done."""
        self.allowed: dict[Dot, set[str]] = {}
        """Version in which a milestone was done -> the concessions that were approved there."""
        self.clocks()
        self.meet()

    def clocks(self) -> None:
        for one in self.team.all:
            one.clock(instant(date.fromisoformat(DAYS[self.day]), 720))

    def meet(self) -> None:
        for _ in range(2):
            self.team.meet()

    def step(self, what: str, at: Replica, which: int) -> None:
        """Whatever the book allows; what it refuses leaves nothing behind."""
        moves: dict[str, Callable[[], object]] = {
            "apply": lambda: self.apply(at),
            "ask": lambda: self.ask(at),
            "meet": self.meet,
            "later": self.later,
            "done": lambda: self.done(at, self.milestones[which % 2]),
            "reopen": lambda: at.book.move(self.milestones[which % 2], "reopen", comment="-"),
        }
        try:
            moves.get(what, lambda: self.decide(what, at, which))()
        except Refused:
            return

    def later(self) -> None:
        self.day = min(self.day + 1, len(DAYS) - 1)
        self.clocks()

    def apply(self, at: Replica) -> None:
        found = [dot for id in self.milestones for dot in self.done_by(at, id)]
        id = at.book.add("concession", WHY, project=self.team.project).id
        self.concessions.append(id)
        self.seen[id] = set(found)

    def ask(self, at: Replica) -> None:
        """Apply, and send it to the customer."""
        self.apply(at)
        at.book.move(self.concessions[-1], "inform")
        at.book.move(self.concessions[-1], "send", SENT)

    def decide(self, what: str, at: Replica, which: int) -> None:
        here = [id for id in self.concessions if at.book.find(id) is not None]
        if not here:
            return
        id = here[which % len(here)]
        if what in ("approve", "refuse"):
            at.book.add("attachment", {"about": id, "name": "x.pdf", "sha256": "0" * 64})
        values = DECIDED if what in ("approve", "refuse") else {}
        values = {"withdrawal": "error"} if what == "withdraw" else values
        move = "confirm_withdrawal" if what == "confirm" else what
        at.book.move(id, move, values, comment="-")

    def done(self, at: Replica, id: str) -> None:
        at.book.move(id, "done")
        approved = {c for c in self.concessions if self.approved(at, c)}
        self.allowed |= dict.fromkeys(self.done_by(at, id), approved)

    def approved(self, at: Replica, id: str) -> bool:
        found = at.book.find(id)
        return found is not None and found.state in LETS_PASS and self.day < 2

    def done_by(self, at: Replica, id: str) -> frozenset[Dot]:
        """The versions in which a milestone is done."""
        record = at.book.find(id)
        if record is None or record.state != "done":
            return frozenset()
        return HeldState(at.workspace.store).versions(record.dots)

    def wanted(self, at: Replica) -> set[str]:
        """What must be held, as the account tells."""
        found = set[str]()
        for c in self.concessions:
            state = at.get(c).state
            if state == "withdrawn" or (state in LETS_PASS and self.day < 2):
                continue
            found.add(self.team.project)
            for id in self.milestones:
                done = self.done_by(at, id)
                allowed = any(c in self.allowed.get(dot, ()) for dot in done)
                if not (done & self.seen[c] or allowed):
                    found.add(id)
        return found


STEP = st.tuples(st.sampled_from(STEPS), st.integers(0, 1), st.integers(0, 3))


@given(st.lists(STEP, min_size=6, max_size=24))
@example([("ask", 0, 0), ("meet", 0, 0), ("withdraw", 0, 0), ("approve", 1, 0), ("done", 1, 0)])
@example(
    [
        ("ask", 0, 0),
        ("approve", 0, 0),
        ("done", 0, 0),
        ("done", 1, 1),
        ("later", 0, 0),
        ("later", 0, 0),
        ("meet", 0, 0),
        ("done", 1, 0),
    ]
)
@example(
    [
        ("done", 0, 0),
        ("ask", 0, 0),
        ("done", 1, 1),
        ("meet", 0, 0),
        ("withdraw", 0, 0),
        ("meet", 0, 0),
        ("reopen", 1, 0),
        ("confirm", 1, 0),
        ("done", 0, 0),
    ]
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_both_show_what_the_account_tells(steps: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        account = Account(Path(folder))
        for what, at, which in steps:
            account.step(what, account.team.all[at], which)
        account.meet()
        one, other = account.team.all
        wanted = account.wanted(one)
        assert held(one.workspace.store) == wanted == held(other.workspace.store)
        assert differences(one, other) == [] and one.digest() == other.digest()
        for side in (one, other):
            assert not list(side.workspace.store.rows("SELECT * FROM quarantine"))
        account.team.close()
