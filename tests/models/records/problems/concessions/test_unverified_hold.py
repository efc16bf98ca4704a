"""What an unverified problem holds: its milestone and delivery, until it is verified."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.derived_state import StateView
from models.queries.facts import json_of
from models.records.common import follow_ups
from models.schema.record import Record
from models.text.words import Refused
from tests.models.records.problems.concessions.test_concession_hold import DECIDED, SENT, WHY, held
from tests.support.escalations import ESCALATED, taken_up


@pytest.fixture
def milestone(book: Book, project: str) -> str:
    """A milestone."""
    return book.add("milestone", {"name": "初验", "due": "2026-12-01"}, project=project).id


@pytest.fixture
def delivery(book: Book, project: str, milestone: str) -> str:
    """A delivery of that milestone."""
    return book.add("delivery", {"name": "备件", "milestone": milestone}, project=project).id


@pytest.fixture
def other(book: Book, project: str) -> str:
    """A delivery that has nothing to do with it."""
    return book.add("delivery", {"name": "资料"}, project=project).id


def problem(book: Book, project: str, type: str = "fix", **values: object) -> Record:
    """One of these."""
    return book.add(type, {"phenomenon": "有划痕", **values}, project=project)


def verified(book: Book, fix: Record) -> None:
    """Put right, and verified."""
    book.move(fix.id, "fix", {"correction": "已换"})
    book.move(fix.id, "verify")


@pytest.mark.parametrize("type", ["fix", "escalation"])
def test_it_holds_what_it_names_until_it_is_verified(
    book: Book, project: str, delivery: str, other: str, type: str
) -> None:
    made = problem(book, project, type, delivery=delivery)
    assert held(book.store) == {delivery}
    with pytest.raises(Refused) as refused:
        book.move(delivery, "deliver")
    assert made.number in str(refused.value) and "再次验证" in str(refused.value)
    assert book.move(other, "deliver").state == "delivered"
    assert json_of(StateView(book.store), made)["holds"] == delivery
    if type == "escalation":
        book.move(made.id, "accept", taken_up(book))
        book.move(made.id, "draft", {"solution": "换"})
        book.move(made.id, "approve")
        book.move(made.id, "fix", {"cause": "运输", "measure": "已换"})
    else:
        book.move(made.id, "fix", {"correction": "已换"})
    assert held(book.store) == {delivery}
    book.move(made.id, "verify")
    assert held(book.store) == set()
    assert book.move(delivery, "deliver").state == "delivered"


def test_a_milestone_holds_its_deliveries_too(
    book: Book, project: str, milestone: str, delivery: str, other: str
) -> None:
    problem(book, project, milestone=milestone)
    assert held(book.store) == {milestone, delivery}


def test_the_delivery_of_its_equipment_is_taken_over(
    book: Book, project: str, delivery: str
) -> None:
    values = {"name": "UPS", "delivery": delivery, "equipment_class": "power"}
    device = book.add("equipment", values).id
    made = problem(book, project, equipment=device)
    assert made.values()["delivery"] == delivery and held(book.store) == {delivery}
    spare = book.add("equipment", {"name": "UPS-2", "equipment_class": "power"}).id
    book.edit(made.id, {"equipment": spare})
    assert held(book.store) == {delivery}  # named for good


def test_equipment_that_is_named_later_holds_what_is_not_delivered(
    book: Book, project: str, delivery: str, other: str
) -> None:
    book.move(other, "deliver")
    devices = [
        book.add("equipment", {"name": name, "delivery": id, "equipment_class": "power"}).id
        for name, id in (("UPS", delivery), ("UPS-2", other))
    ]
    made, late = problem(book, project), problem(book, project)
    book.edit(made.id, {"equipment": devices[0]})
    book.edit(late.id, {"equipment": devices[1]})
    assert held(book.store) == {delivery}
    with pytest.raises(Refused, match="因这台设备挂起"):
        book.edit(made.id, {"equipment": devices[1]})
    verified(book, made)
    assert held(book.store) == set()


def test_a_link_by_which_it_holds_is_kept_until_it_is_verified(
    book: Book, project: str, milestone: str, delivery: str, other: str
) -> None:
    device = book.add("equipment", {"name": "UPS", "delivery": other, "equipment_class": "power"})
    by_milestone, by_device = problem(book, project, milestone=milestone), problem(book, project)
    book.edit(by_device.id, {"equipment": device.id})
    assert held(book.store) == {milestone, delivery, other}
    for id, values in ((delivery, {"milestone": None}), (device.id, {"delivery": delivery})):
        with pytest.raises(Refused, match="尚未验证"):
            book.edit(id, values)
    book.edit(delivery, {"contents": "备件两箱"})
    verified(book, by_milestone)
    verified(book, by_device)
    book.edit(delivery, {"milestone": None})
    book.edit(device.id, {"delivery": delivery})


def test_what_it_names_is_settled_and_of_its_project(
    book: Book, project: str, delivery: str, other: str
) -> None:
    made = problem(book, project, delivery=delivery)
    for value in (other, None):
        with pytest.raises(Refused, match="在新建时确定"):
            book.edit(made.id, {"delivery": value})
    elsewhere = book.add("project", {"name": "另一个项目"}).id
    with pytest.raises(Refused, match="本项目"):
        problem(book, elsewhere, delivery=delivery)


def test_voiding_solves_nothing(book: Book, project: str, delivery: str) -> None:
    made = problem(book, project, delivery=delivery)
    with pytest.raises(Refused, match="不能作废"):
        book.void(made.id, "误填")
    with book.saving():
        book._write(book.get(made.id), {"void": "误填"})  # as a merge or another program may bring
    assert held(book.store) == {delivery}
    verified(book, book.restore(made.id))
    assert book.void(made.id, "误填").void == "误填"
    assert held(book.store) == set()


def test_what_was_delivered_before_stays_and_is_not_accepted(
    book: Book, project: str, delivery: str
) -> None:
    book.move(delivery, "deliver")
    made = problem(book, project, delivery=delivery)
    assert held(book.store) == set()
    book.add("attachment", {"about": delivery, "name": "签收.pdf", "sha256": "0" * 64})
    with pytest.raises(Refused, match=made.number):
        book.move(delivery, "accept", {"accepted_by": "李主任"})
    verified(book, made)
    book.move(delivery, "accept", {"accepted_by": "李主任"})
    book.move(made.id, "reopen", comment="又坏了")
    assert held(book.store) == set()  # accepted while it was verified


def test_escalating_it_takes_the_delivery_along(book: Book, project: str, delivery: str) -> None:
    made = problem(book, project, delivery=delivery)
    book.move(made.id, "escalate", ESCALATED)
    ((raised,),) = book.store.rows("SELECT id FROM escalation WHERE fix=?", (made.id,))
    assert book.get(raised).values()["delivery"] == delivery
    look = json_of(StateView(book.store), book.get(delivery))
    assert look["held"] == book.get(raised).number


def test_a_concession_takes_over_with_one_key_and_its_approval_lifts_it(
    book: Book, project: str, milestone: str, delivery: str, other: str
) -> None:
    made = problem(book, project, delivery=delivery)
    values = follow_ups.values(book, made, "concession")
    assert (values["delivery"], values["fix"]) == (delivery, made.id)
    concession = book.add("concession", {**values, **WHY}, project=project)
    assert held(book.store) == {milestone, delivery, other, project}
    look = json_of(StateView(book.store), book.get(delivery))
    assert look["held"] == concession.number  # it holds in place of the problem
    book.move(concession.id, "inform")
    book.move(concession.id, "send", SENT)
    book.add("attachment", {"about": concession.id, "name": "复函.pdf", "sha256": "0" * 64})
    book.move(concession.id, "approve", DECIDED)
    assert held(book.store) == set()
    book.move(delivery, "deliver")
    book.move(concession.id, "expire")
    assert held(book.store) == {milestone, other, project}  # delivered while it was approved
