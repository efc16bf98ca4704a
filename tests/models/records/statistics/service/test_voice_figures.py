"""What customers said and what went wrong, in the quarterly report: each figure equals a query of
its own over random records; what nobody recorded is not assessable."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.derived import compiled
from tests.support import incidents, irregular_services, surveys
from tests.support.staff import Staff

BEGIN, END = instant(date(2026, 10, 1)), instant(date(2027, 1, 1))
DAYS = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 11), date(2026, 12, 27)]
"""The day before the quarter, its first day, and two within."""
FAMILIES = ("incident", "irregular", "survey")


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """The last Monday of the year."""
    with time_machine.travel(instant(date(2026, 12, 28), 540) / 1000, tick=False):
        yield


def kept(staff: Staff, project: str) -> dict[str, Any]:
    """The figures of these families in the report of the quarter."""
    made = staff.manager.add("service_report", {"quarter": "2026-Q4"}, project=project)
    found = compiled.content(staff.manager, made).data.figures
    return {one.name: one.value for one in found if one.name.partition(".")[0] in FAMILIES}


def written(staff: Staff, project: str, random: Random) -> None:
    """Incidents in each state, irregular services, and a follow-up with all kinds of answers."""
    for _ in range(14):
        began = instant(random.choice(DAYS), random.randrange(1440))
        made = incidents.noted(
            staff.engineer, project, began_at=began, found_at=began, outage=random.random() < 0.5
        )
        if random.random() < 0.2:
            continue  # a draft is no incident yet
        losses = random.choice(({}, {"customer_loss": "CNY 70"}, {"company_loss": "CNY 12.5"}))
        hours = random.choice(("0.5", "2", "30"))
        staff.engineer.move(made.id, "report", {**incidents.IMPACT, "hours": hours, **losses})
        what = random.choice(("dismiss", "confirm_level", "", "void"))
        if what == "void":
            staff.quality.void(made.id, "重复")
        elif what == "dismiss":
            staff.quality.move(made.id, what, comment="非我方原因")
        elif what:
            given = {"level": random.choice(("one", "two", "three")), "handler": staff.manager.me}
            staff.quality.move(made.id, what, given, comment="属实")
    for _ in range(9):
        day = random.choice(DAYS).isoformat()
        one = irregular_services.noted(staff.manager, project, found_on=day)
        if random.random() < 0.6:
            staff.manager.move(one.id, "correct", irregular_services.CORRECTED)
        elif random.random() < 0.4:
            staff.manager.void(one.id, "记错")
    surveys.ended(staff.manager, project)
    asked = surveys.survey(staff.desk, project, people=8, size=6)
    staff.desk.move(asked.id, "draw")
    words = ("very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied", "na")
    for person in surveys.drawn(staff.desk, asked.id)[: random.randrange(2, 6)]:
        codes = surveys.answers(staff.desk, person)
        levels: dict[str, str | None] = {code: random.choice(words) for code in codes}
        surveys.answer(staff.desk, person, "satisfied", levels)


def wanted(db: sqlite3.Connection) -> dict[str, Any]:
    """The same numbers by queries that know nothing of the program."""

    def one(sql: str) -> Any:
        return db.execute(sql).fetchone()[0]

    def percent(met: int, n: int) -> int | None:
        return met * 100 // n if n else None

    counted = (
        f"FROM incident WHERE void IS NULL AND began_at>={BEGIN} AND began_at<{END}"
        " AND state NOT IN ('noted', 'dismissed')"
    )
    found: dict[str, Any] = {"incident.all": one(f"SELECT count(*) {counted}")}
    for level in ("one", "two", "three"):
        by = f"SELECT count(*) {counted} AND coalesce(level, proposed_level)='{level}'"
        found[f"incident.{level}"] = one(by)
    found["incident.open"] = one(f"SELECT count(*) {counted} AND state<>'closed'")
    found["incident.outages"] = one(f"SELECT count(*) {counted} AND outage=1")
    for whose in ("customer_loss", "company_loss"):
        sums = f"SELECT sum(substr({whose}, 5)) {counted} AND {whose} LIKE 'CNY %'"
        found[f"incident.{whose}"] = one(sums)
    service = (
        "FROM irregular_service WHERE void IS NULL"
        " AND found_on BETWEEN '2026-10-01' AND '2026-12-31'"
    )
    done = one(f"SELECT count(*) {service} AND state<>'found'")
    found["irregular.found"] = one(f"SELECT count(*) {service}")
    found["irregular.open"] = found["irregular.found"] - done
    found["irregular.at_once"] = 100 if done else None
    found["irregular.rate"] = None  # nobody did any task
    people = "FROM survey_response WHERE void IS NULL AND state"
    said = "FROM survey_answer a JOIN survey_response r ON r.id=a.response WHERE r.state='answered'"
    met, unmet = "('very_satisfied','satisfied')", "('dissatisfied','very_dissatisfied')"
    valid, overall = f"{said} AND level<>'na'", "AND question='overall'"
    found["survey.asked"] = one(f"SELECT count(*) {people} IN ('drawn','answered')")
    found["survey.answered"] = one(f"SELECT count(*) {people}='answered'")
    found["survey.response_rate"] = percent(found["survey.answered"], found["survey.asked"])
    found["survey.rate"] = percent(
        one(f"SELECT count(*) {valid} AND level IN {met}"), one(f"SELECT count(*) {valid}")
    )
    found["survey.overall"] = percent(
        one(f"SELECT count(*) {valid} {overall} AND level IN {met}"),
        one(f"SELECT count(*) {valid} {overall}"),
    )
    found["survey.dissatisfied"] = one(f"SELECT count(*) {said} AND level IN {unmet}")
    return found


@pytest.mark.shows("Q-512", 16)
@pytest.mark.parametrize("seed", [1, 2])
def test_each_equals_a_query_of_its_own(staff: Staff, project: str, seed: int) -> None:
    written(staff, project, Random(seed))
    db = sqlite3.connect(f"file:{staff.manager.store.path}?mode=ro", uri=True)
    expected = wanted(db)
    db.close()
    found = kept(staff, project)
    for name in ("incident.customer_loss", "incident.company_loss"):
        found[name], expected[name] = float(found[name]), float(expected[name])
    assert found == expected
    assert found["incident.all"] and found["irregular.open"] and found["survey.dissatisfied"]


def test_what_nobody_recorded_is_not_assessable(staff: Staff, project: str) -> None:
    found = kept(staff, project)
    shares = ("irregular.at_once", "irregular.rate", "survey.rate", "survey.response_rate")
    assert {found[name] for name in shares if name in found} == {None}
    assert {found["incident.customer_loss"], found["incident.company_loss"]} == {None}
    assert set(found.values()) <= {None, 0}
