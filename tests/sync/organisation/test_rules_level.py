"""Rules of a level: a stricter rule judges nothing that was sealed before, in a mixed team.

Level 2 is made up here: no record of a fix may say "whatever" as its cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from models.schema.roles import ENGINEER, QUALITY
from models.text.words import Refused, W
from sync.log import membership_store
from sync.organisation import rules_level
from sync.trust import membership
from sync.trust.steering import rule_levels
from sync.validation.change_context import ChangeContext
from sync.validation.level_rules import RULES
from tests.support.replicas import Replica, Team
from tests.sync.log.test_quarantine import listed

STRICT = W("“{who}”没有写真正的原因。", "{who} gives no real cause.")
Program = Callable[[int], AbstractContextManager[None]]


def no_whatever(case: ChangeContext) -> None:
    """The rule of level 2."""
    if case.change.fields.get("cause") == "whatever":
        case.refuse(STRICT)


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program of a version that knows the rules up to a level, while it runs."""

    @contextmanager
    def running(level: int) -> Iterator[None]:
        with monkeypatch.context() as patch:
            patch.setattr(rule_levels, "KNOWN", level)
            if level > 1:
                patch.setitem(RULES, 2, (no_whatever,))
            yield

    return running


class Mixed:
    """A team in which some have updated the program."""

    def __init__(self, folder: Path, program: Program) -> None:
        self.team = Team.copied(folder, "new", "old", roles=(ENGINEER, QUALITY), met=True)
        self.founder, self.new, self.old = self.team.all
        self.program = program
        self.runs = {one.device: 1 for one in self.team.all}

    def at(self, one: Replica) -> AbstractContextManager[None]:
        """The program of a device is running."""
        return self.program(self.runs[one.device])

    def update(self, one: Replica) -> None:
        """A device gets the newer program, and is started with it."""
        self.runs[one.device] = 2
        with self.at(one):
            one.reopen()

    def write(self, one: Replica, cause: str) -> str:
        """A fix, recorded with that device's program."""
        with self.at(one):
            return self.team.fix(one, cause=cause)

    def give(self, giver: Replica, taker: Replica) -> None:
        """Each side with its own program."""
        with self.at(giver):
            entries = giver.exchange.members(0)
            spaces = giver.exchange.spaces()
            blobs = [b for s in spaces for b in giver.exchange.offer(s, taker.exchange.vector(s))]
        with self.at(taker):
            taker.exchange.take_members(entries)
            taker.exchange.take(blobs)

    def meet(self) -> None:
        """Everybody with everybody."""
        for _ in range(2):
            for giver in self.team.all:
                for taker in self.team.all:
                    if giver is not taker:
                        self.give(giver, taker)

    def same(self) -> bool:
        """Whether all books are equal."""
        return len({one.digest() for one in self.team.all}) == 1


@pytest.fixture
def mixed(tmp_path: Path, program: Program) -> Iterator[Mixed]:
    found = Mixed(tmp_path, program)
    yield found
    found.team.close()


def raised(mixed: Mixed) -> None:
    """The founder raises the level."""
    with mixed.at(mixed.founder):
        rules_level.raise_to(mixed.founder.workspace, 2)


def test_equal_before_during_and_after(mixed: Mixed) -> None:
    founder, new, old = mixed.founder, mixed.new, mixed.old
    past = mixed.write(old, "whatever")
    mixed.meet()
    assert mixed.same()
    for one in (founder, new):  # half of the team is updated: nothing changes
        mixed.update(one)
    mixed.write(new, "whatever")
    mixed.meet()
    assert mixed.same() and not any(listed(one) for one in mixed.team.all)
    with pytest.raises(Refused) as caught:
        raised(mixed)
    assert caught.value.word is rules_level.NOT_YET and "old" in str(caught.value)
    assert "new" not in str(caught.value).partition(": ")[2]
    mixed.update(old)
    offline = mixed.write(old, "whatever")
    mixed.meet()
    raised(mixed)
    mixed.write(old, "whatever")  # before it has heard of it
    with mixed.at(old):
        for space in old.exchange.spaces():
            old.exchange.seal_now(space)
    mixed.meet()
    assert mixed.same() and not any(listed(one) for one in mixed.team.all)
    late = mixed.write(old, "whatever")
    mixed.meet()
    assert mixed.same()
    for one in mixed.team.all:
        assert one.book.find(past) and one.book.find(offline) and one.book.find(late) is None
        assert [each.reason.en for each in listed(one)] == ["old gives no real cause."]


def test_an_older_program_waits_and_says_so(mixed: Mixed, tmp_path: Path) -> None:
    from sync.transport.folder.carrier import Folder
    from sync.transport.round import SyncRound

    founder, new, old = mixed.founder, mixed.new, mixed.old
    for one in mixed.team.all:
        mixed.update(one)
        mixed.write(one, "x")
    mixed.meet()
    raised(mixed)
    mixed.runs[old.device] = 1  # somebody put the old program back
    with mixed.at(old):
        old.reopen()
    id = mixed.write(new, "y")
    mixed.give(founder, new)
    late = mixed.write(new, "z")
    mixed.give(new, old)
    assert old.book.find(late) is None and old.exchange.waiting()
    folder = tmp_path / "share"
    folder.mkdir()
    with mixed.at(old):
        report = SyncRound(old.exchange, Folder(old.exchange, folder)).run()
    assert [why.word for why in report.refused] == [membership.NEWER]
    mixed.update(old)
    mixed.meet()
    assert old.book.find(late) and old.book.find(id) and not old.exchange.waiting()
    assert mixed.same()


def test_what_was_taken_is_carried_out_when_the_program_is_updated(mixed: Mixed) -> None:
    """The entries behind the one that waited are in force from the first start on."""
    from sync.organisation import administration

    founder, new, old = mixed.founder, mixed.new, mixed.old
    for one in mixed.team.all:
        mixed.update(one)
        mixed.write(one, "x")
    mixed.meet()
    raised(mixed)
    mixed.runs[old.device] = 1
    with mixed.at(old):
        old.reopen()
    id = mixed.write(new, "y")
    mixed.give(new, old)
    with mixed.at(founder):
        for role in (ENGINEER, QUALITY):
            who = mixed.team.person(new)
            administration.set_role(founder.workspace, who, role, "*", grant=False)
    mixed.give(founder, old)
    assert old.book.find(id)
    mixed.update(old)
    assert old.book.find(id) is None
    mixed.meet()
    assert mixed.same()


def test_only_levels_that_are_known_and_higher(mixed: Mixed) -> None:
    with pytest.raises(Refused) as caught:
        raised(mixed)
    assert caught.value.word is rules_level.UNKNOWN
    for one in mixed.team.all:
        mixed.update(one)
        mixed.write(one, "x")
    mixed.meet()
    raised(mixed)
    log = membership_store.load
    with mixed.program(2):
        known = log(mixed.founder.workspace.store.db)
    assert (known.level, known.level_at(known.version - 1)) == (2, 1)
    with pytest.raises(Refused), mixed.program(2):
        rules_level.raise_to(mixed.founder.workspace, 2)
