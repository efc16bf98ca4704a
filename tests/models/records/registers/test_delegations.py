"""Delegation: a period, and no power: who has not the role cannot be a delegate at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.registers import delegations
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER
from models.text.words import Refused
from sync.organisation import administration
from sync.workspace.workspace import Workspace
from tests.story.hand import Hand
from tests.support.crew import Crew
from tests.support.escalations import taken_up
from tests.tui.seen import opened

FRIDAY = instant(date(2026, 11, 20), 16 * 60)
PERIOD = {"first": "2026-11-20", "until": "2026-11-27"}


@pytest.fixture(autouse=True)
def friday() -> Iterator[time_machine.Traveller]:
    """Friday afternoon."""
    with time_machine.travel(FRIDAY / 1000, tick=False) as clock:
        yield clock


@pytest.fixture
def crew(workspace: Workspace, project: str) -> Crew:
    """Two project managers, a department manager and an engineer."""
    made = Crew(workspace, FRIDAY)
    made.admit(["甲", "乙"], PROJECT_MANAGER, project)
    made.admit(["丙"], DEPARTMENT_MANAGER, project)
    made.admit(["丁"], ENGINEER, project)
    return made


def give(book: Book, to: Book, project: str, **values: str) -> Record:
    """A delegation, given."""
    given = {"delegate": to.me, **PERIOD, **values, "reason": "出差"}
    return book.move(book.add("delegation", given, project=project).id, "give")


def test_it_goes_to_who_holds_the_role_only(crew: Crew, project: str) -> None:
    one, other, head, engineer = crew.books.values()
    for wrong in (head, engineer):
        with pytest.raises(Refused, match="委托不能授予权限"):
            give(one, wrong, project)
    with pytest.raises(Refused, match="自己"):
        give(one, one, project)
    with pytest.raises(Refused, match="止日"):
        give(one, other, project, until="2026-11-19")
    made = give(one, other, project)
    assert made.state == "given"
    assert [d.id for d in delegations.to_me(other)] == [made.id]
    assert [d.id for d in delegations.by_me(one)] == [made.id]


def test_a_record_gives_no_power_even_if_somebody_writes_it(crew: Crew, project: str) -> None:
    """The engineer's rights stay those of the membership log, whatever a delegation says."""
    one, _, head, engineer = crew.books.values()
    values = {"delegate": engineer.me, **PERIOD}
    forged = one.add("delegation", values, project=project)
    with one.store.write():  # as a device that leaves the rule out would have it
        one.store.db.execute_sql("UPDATE delegation SET state='given' WHERE id=?", (forged.id,))
    made = engineer.add("escalation", {"phenomenon": "系统性故障"}, project=project)
    with pytest.raises(Refused, match="需要角色"):
        engineer.move(made.id, "accept", taken_up(engineer))
    assert head.move(made.id, "accept", taken_up(head)).state == "accepted"


@pytest.mark.shows(84)
def test_it_holds_for_its_days_and_until_it_is_taken_back(
    crew: Crew, project: str, friday: time_machine.Traveller
) -> None:
    one, other, *_ = crew.books.values()
    made = give(one, other, project)
    at = {day: instant(date(2026, 11, day), 600) for day in (19, 21, 24, 28)}
    assert delegations.in_force(one, at[19]) == [] == delegations.in_force(one, at[28])
    assert delegations.meanwhile(one, project, other.me, at[24]) == one.me
    assert delegations.meanwhile(one, project, other.me, at[19]) is None
    assert delegations.meanwhile(one, "another", other.me, at[24]) is None
    crew.now = at[24] - 1000
    one.move(made.id, "end")
    assert delegations.in_force(one, at[24]) == []
    assert delegations.meanwhile(one, project, other.me, at[24]) is None
    assert delegations.meanwhile(one, project, other.me, at[21]) == one.me  # history stays true


async def test_it_is_told_in_the_inbox_and_with_the_decision(
    workspace: Workspace, crew: Crew, project: str
) -> None:
    one, other, _, engineer = crew.books.values()
    give(one, other, project)
    values = {"week": "2026-W47", "person": engineer.me, "progress": "巡检"}
    entry = engineer.add("weekly", values, project=project)
    engineer.move(entry.id, "submit")
    other.move(entry.id, "return", comment="写明原因")
    engineer.move(entry.id, "submit")
    workspace.book = other
    async with opened(workspace, (120, 40)) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("i")
        assert "受 甲 委托，至 2026-11-27" in hand.seen
        assert "乙（受甲委托期间） 退回" in hand.seen


def test_it_ends_with_the_role_of_its_giver(crew: Crew, project: str) -> None:
    one, other, *_ = crew.books.values()
    give(one, other, project)
    assert delegations.to_me(other) and delegations.by_me(one)
    administration.set_role(crew.workspace, one.me, PROJECT_MANAGER, project, grant=False)
    assert not delegations.to_me(other) and not delegations.by_me(one)
