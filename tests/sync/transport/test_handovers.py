"""A hand-over between two devices that are offline: both have it, and nothing falls between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from models.queries.waiting import agenda
from models.schema.roles import ENGINEER
from tests.support.replicas import Team
from tests.sync.transport.ways import Way, carried


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """Two engineers, each on a laptop of their own."""
    made = Team(tmp_path / "team")
    made.admit("giver", (ENGINEER,))
    made.admit("taker", (ENGINEER,))
    made.meet()
    yield made
    made.close()


@pytest.mark.shows(63)
def test_what_is_given_on_one_device_is_confirmed_on_another(team: Team, way: Way) -> None:
    _, giver, taker = team.all
    project, today = team.project, giver.book.today
    fix = giver.book.add("fix", {"phenomenon": "风扇异响"}, project=project).id
    values = {"what": "年休假", "receiver": team.person(taker), "reason": "leave"}
    period = {"first": today.isoformat(), "until": (today + timedelta(days=7)).isoformat()}
    made = giver.book.add("handover", {**values, **period}, project=project).id
    giver.book.move(made, "fill")
    giver.book.move(made, "give")
    carried(way, *team.all)
    owned = [one.record.id for one in agenda.agenda(taker.book) if one.record]
    assert made in owned
    taker.book.move(made, "confirm")
    late = giver.book.add("fix", {"phenomenon": "交接后接到电话"}, project=project).id
    carried(way, *team.all)
    handed = {
        one.record.id for one in agenda.agenda(taker.book) if one.group == "handed" and one.record
    }
    assert handed == {fix, late}
    for one in team.all:
        assert one.get(made).state == "confirmed" and one.exchange.quarantined() == []
    assert len({one.digest() for one in team.all}) == 1
