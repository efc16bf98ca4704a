"""Conflict rules: who may choose between states that several people brought about at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from models.book.conflict import conflict_rules
from models.book.conflict.conflict_rules import Resolution, WrittenValue
from models.book.permissions import RESOLVE, Then
from models.schema.record import kinds
from models.text.words import Refused

KIND = kinds["fix"].kind
PEOPLE = {"d1": "p1", "d2": "p2"}


@dataclass(frozen=True)
class Change:
    """A change as the rules read it."""

    device: str
    state: str
    move: Mapping[str, Any] | None = None
    header: Mapping[str, Any] | None = None
    base: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    under: tuple[Change, ...] = ()

    @property
    def fields(self) -> Mapping[str, Any]:
        """The state that it writes."""
        return {"state": self.state}


@dataclass(frozen=True)
class Members:
    """Who holds which roles, and whether there is a second person."""

    held: Mapping[str, frozenset[str]]
    second: bool = True

    def roles(self, person: str, project: str | None) -> frozenset[str]:
        """The roles of a person."""
        return self.held.get(person, frozenset())

    def second_person(self, project: str | None, roles: object, except_person: str) -> bool:
        """Whether somebody else could make the move."""
        return self.second

    def second_people(self, project: str | None, roles: object, besides: object) -> list[str]:
        """Who could make the move."""
        return ["p9"] if self.second else []

    def name(self, person: str) -> str:
        """What a person is called."""
        return person


def moved(device: str, move: str, origin: str, *under: Change) -> Change:
    """The change that a move is."""
    to = KIND.by_move[move].to
    return Change(device, to, {"move": move, "from": origin, "to": to}, under=under)


def named(one: WrittenValue) -> Sequence[Change]:
    """What a change replaced."""
    assert isinstance(one, Change)
    return one.under


BIRTH = Change("d1", "open", header={"author": "p1"})
FIXED = moved("d1", "fix", "open", BIRTH)
ESCALATED = moved("d2", "escalate", "open", BIRTH)
CHOSEN = Change("d2", "fixed", {"move": RESOLVE}, under=(FIXED, ESCALATED))


def record(state: str = "open", author: str = "p1", void: str | None = None) -> Then:
    """A fix in a state."""
    return Then(KIND, "id", "FX-1", "project", author, state, void)


def ways(*versions: Change, of: Then | None = None) -> list[Resolution]:
    """How these versions came about."""
    return list(conflict_rules.ways(of or record(), versions, named, PEOPLE.get))


def test_a_decision_stands_for_the_move_that_it_chose() -> None:
    assert list(conflict_rules.origins([CHOSEN], named)) == [FIXED]
    assert conflict_rules.is_choice(CHOSEN) and not conflict_rules.is_choice(FIXED)
    (way,) = ways(CHOSEN)
    assert way.move is not None
    assert (way.state, way.origin, way.move.id) == ("fixed", "open", "fix")


def test_one_chooses_among_what_stands_or_what_an_only_decision_decided_between() -> None:
    assert conflict_rules.options([FIXED, ESCALATED], named) == [FIXED, ESCALATED]
    assert conflict_rules.options([CHOSEN], named) == [FIXED, ESCALATED]
    assert conflict_rules.options([CHOSEN, ESCALATED], named) == [CHOSEN, ESCALATED]


def test_who_created_a_record_submitted_nothing() -> None:
    assert conflict_rules.submitters([FIXED, BIRTH], named, PEOPLE.get) == {"p1"}
    assert conflict_rules.submitters([CHOSEN, ESCALATED], named, PEOPLE.get) == {"p1", "p2"}
    assert conflict_rules.submitters([Change("d9", "fixed", {})], named, PEOPLE.get) == frozenset()


def test_the_role_of_the_move_is_needed_to_choose_its_state() -> None:
    known = ways(FIXED, ESCALATED)
    engineer = Members({"p2": frozenset({"engineer"})})
    decision = conflict_rules.choosing(engineer, "p2", record("fixed"), "escalated", known)
    assert (decision.role, decision.alone) == ("engineer", False)
    with pytest.raises(Refused, match="角色"):
        conflict_rules.choosing(Members({}), "p3", record("fixed"), "escalated", known)


def test_only_a_state_that_is_there_can_be_chosen() -> None:
    known = ways(FIXED, ESCALATED)
    engineer = Members({"p2": frozenset({"engineer"})})
    with pytest.raises(Refused, match="fixed, escalated"):
        conflict_rules.choosing(engineer, "p2", record(), "closed", known)
    with pytest.raises(Refused, match="作废"):
        conflict_rules.choosing(engineer, "p2", record(void="重复"), "fixed", known)


def test_a_state_of_creation_is_chosen_by_who_may_write_the_type() -> None:
    known = ways(BIRTH, ESCALATED)
    engineer = Members({"p2": frozenset({"engineer"})})
    assert conflict_rules.choosing(engineer, "p2", record(), "open", known).role == "engineer"
    assert conflict_rules.choosing(Members({}), "p1", record(), "open", known).role == "author"
    with pytest.raises(Refused):
        conflict_rules.choosing(Members({}), "p3", record(), "open", known)


def test_four_eyes_look_through_a_choice() -> None:
    """Whoever submitted what is approved chooses the approval only where nobody else could."""
    kind = kinds["weekly"].kind
    sent = Change("d1", "submitted", {"move": "submit", "from": "draft", "to": "submitted"})
    accepted = Change("d2", "accepted", {"move": "accept", "from": "submitted"}, under=(sent,))
    entry = Then(kind, "id", "WK-1", "project", "p1", "submitted")
    known = list(conflict_rules.ways(entry, [accepted], named, PEOPLE.get))
    lead = {"p1": frozenset({"project_manager"})}
    with pytest.raises(Refused, match="另一个人"):
        conflict_rules.choosing(Members(lead), "p1", entry, "accepted", known)
    alone = conflict_rules.choosing(Members(lead, second=False), "p1", entry, "accepted", known)
    assert alone.alone


def test_a_move_that_this_version_does_not_know_is_no_way() -> None:
    odd = Change("d1", "fixed", {"move": "teleport", "from": "open"})
    assert ways(odd) == []
