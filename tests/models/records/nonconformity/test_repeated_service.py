"""Repeated services: the same person and category within six months ask for a new evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.derived_state import StateView
from models.calendar.business_dates import instant
from models.queries.facts import facts_of
from models.records.nonconformity.repeated_service import repeated
from models.schema.record import Record
from tests.support.irregular_services import corrected, held, noted, person_of
from tests.support.staff import Staff


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(instant(date(2026, 11, 20), 540) / 1000, tick=False) as traveller:
        yield traveller


@pytest.fixture
def trained(clock: time_machine.Traveller, staff: Staff, project: str) -> Record:
    """A training found effective in January."""
    first = corrected(staff, project)
    person_of(staff.manager, first, staff.engineer.me)
    made = held(staff, first, who=staff.engineer.me, check_months=1)
    clock.move_to(instant(date(2027, 1, 4), 540) / 1000)
    return staff.quality.move(made.id, "verify", {"effect": "未再发生"})


def shown(staff: Staff, training: Record) -> str:
    """The state that is shown, on the page and in lists alike."""
    store = staff.quality.store
    sql, params = StateView(store).sql("training")
    (row,) = store.rows(f"SELECT {sql} FROM training WHERE id=?", (*params, training.id))
    state = StateView(store).state(staff.quality.get(training.id)).name
    assert row[0] == state
    return state


def again(staff: Staff, project: str, who: str, **more: str) -> Record:
    made = noted(staff.manager, project, **more)
    person_of(staff.manager, made, who)
    return made


@pytest.mark.shows("Q-532b", 40)
def test_the_same_again_is_shown_and_weighed_anew(
    staff: Staff, project: str, trained: Record
) -> None:
    assert shown(staff, trained) == "effective"
    made = again(staff, project, staff.engineer.me)
    assert shown(staff, trained) == "recurred"
    found = facts_of(staff.quality, staff.quality.get(trained.id), StateView(staff.quality.store))
    assert [made.id] in [list(fact.records) for fact in found]
    staff.quality.move(trained.id, "weigh", comment="情况不同，不是同一原因")
    assert shown(staff, trained) == "effective"
    again(staff, project, staff.engineer.me)
    assert shown(staff, trained) == "recurred"


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"category": "dress"}, id="another category"),
        pytest.param({"found_on": "2027-05-21"}, id="after six months"),
        pytest.param({"found_on": "2026-11-20"}, id="before it"),
    ],
)
def test_what_is_something_else_repeats_nothing(
    staff: Staff, project: str, trained: Record, more: dict[str, str]
) -> None:
    again(staff, project, staff.engineer.me, **more)
    assert shown(staff, trained) == "effective"


def test_another_person_repeats_nothing_and_the_last_day_counts(
    staff: Staff, project: str, trained: Record
) -> None:
    again(staff, project, staff.colleague.me)
    assert repeated(staff.quality.store) == {}
    made = again(staff, project, staff.engineer.me, found_on="2027-05-20")
    assert repeated(staff.quality.store) == {trained.id: [made.id]}


def test_a_void_one_repeats_nothing(staff: Staff, project: str, trained: Record) -> None:
    made = again(staff, project, staff.engineer.me)
    staff.manager.void(made.id, "重复登记")
    assert shown(staff, trained) == "effective"
