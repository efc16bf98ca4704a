"""Rules of communication, and two devices that note the same contact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book import rules
from models.book.book import Book
from models.records.feedback import contacts
from models.text.words import Refused
from tests.models.records.feedback.test_communication import HELD
from tests.support.replicas import Team, differences


def test_nothing_is_held_before_its_day(book: Book, project: str) -> None:
    values = {"subject": "季度沟通", "channel": "management"}
    made = book.add("communication", values, project=project)
    with pytest.raises(Refused, match="2099-01-01 还没有到"):
        book.move(made.id, "hold", {**HELD, "held_on": "2099-01-01"})
    with book.bringing(), pytest.raises(Refused, match="还没有到"):
        other = book.add("communication", {**values, "held_on": "2099-01-01"}, project=project)
        book.imported(other.id, "held")
    assert rules.proposed_values(book, made, "hold") == {"held_on": book.today.isoformat()}


def test_the_contact_is_who_plans_it_unless_named(book: Book, project: str) -> None:
    customer = book.add("customer", {"name": "远山水务"}).id
    book.edit(project, {"customer": customer})
    made = book.add("communication", {"subject": "甲"}, project=project).values()
    assert (made["contact"], made["customer"]) == (book.me, customer)


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """Two people on a project."""
    made = Team.copied(tmp_path, "甲", met=True)
    yield made
    made.close()


def test_a_contact_that_two_note_as_held_is_counted_once(team: Team) -> None:
    founder, one = team.all
    day = founder.book.today
    values = {"subject": "季度沟通", "channel": "management", "due": day.isoformat()}
    made = founder.book.add("communication", values, project=team.project)
    team.meet()
    for each, agreed in ((founder, "增加巡检"), (one, "不变")):
        more = {"held_on": day.isoformat(), "agreed": agreed}
        each.book.move(made.id, "hold", {**HELD, **more})
    team.meet()
    assert differences(founder, one) == []
    assert founder.book.writer.siblings(made.id).keys() == {"agreed"}
    found = contacts.matrix(founder.workspace.store, [team.project], day, day, day)
    assert found.whole.held == found.cell("management", "on_site").done == 1


def test_a_promise_added_by_one_while_the_other_cancels_stays_open(team: Team) -> None:
    founder, one = team.all
    made = founder.book.add("communication", {"subject": "回访"}, project=team.project)
    team.meet()
    promise = one.book.add(
        "promise",
        {
            "communication": made.id,
            "text": "周五前给报告",
            "owner": team.person(one),
            "due": "2026-12-04",
        },
    )
    founder.book.move(made.id, "cancel", comment="客户出差")
    team.meet()
    assert differences(founder, one) == []
    assert founder.get(promise.id).state == "open" and founder.get(made.id).state == "cancelled"
