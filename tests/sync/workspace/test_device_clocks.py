"""Device clocks: one that ran ahead is told by every device, and the times that it wrote are."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.schema.roles import ENGINEER
from sync.changes.hybrid_clock import DRIFT_MS
from sync.workspace import device_clocks
from sync.workspace.workspace import Workspace
from tests.support.replicas import Replica, Team

DAY = 86_400_000


@pytest.fixture
def team(tmp_path: Path) -> Team:
    found = Team(tmp_path / "team")
    found.admit("eng", (ENGINEER,))
    found.meet()
    return found


def wrote(one: Replica, project: str, text: str) -> str:
    """A record with this text, by its id."""
    return str(one.book.add("fix", {"phenomenon": text}, project=project).id)


def marks(workspace: Workspace, record: str) -> list[int | None]:
    """For each change of a record, by when it was written where its time is wrong."""
    book = workspace.book
    space = book.space_of(book.get(record))
    return [
        device_clocks.written_by(workspace, space, one.device, one.seq, one.at >> 16)
        for one in book.change_log.history(record)
    ]


@pytest.mark.shows(75)
def test_a_clock_that_ran_years_ahead_is_told_after_it_is_right(team: Team) -> None:
    founder, eng = team.all
    now = founder.workspace.log.now()
    eng.clock(now + 731 * DAY)
    wrong = wrote(eng, team.project, "未来")
    eng.clock(None)
    right = wrote(eng, team.project, "现在")
    team.meet()
    for one in team.all:
        (lead,) = device_clocks.leads(one.workspace)
        assert lead.device == eng.workspace.log.device and not lead.now
        assert 730 * DAY < lead.by <= 731 * DAY and lead.wrote >= now + 731 * DAY
        (bound,) = marks(one.workspace, wrong)
        assert bound is not None and now <= bound <= one.workspace.log.now()
        assert marks(one.workspace, right) == [None]
    team.close()


def test_one_that_is_still_ahead_is_told_as_such(team: Team) -> None:
    founder, eng = team.all
    eng.clock(founder.workspace.log.now() + 3 * DAY)
    wrong = wrote(eng, team.project, "未来")
    team.meet()
    (lead,) = device_clocks.leads(founder.workspace)
    assert lead.now and 2 * DAY < lead.by <= 3 * DAY
    assert device_clocks.leads(eng.workspace) == []  # by its own clock nothing is to come
    assert marks(founder.workspace, wrong) != [None]
    team.close()


def test_what_clocks_may_differ_is_told_nowhere(team: Team) -> None:
    founder, eng = team.all
    eng.clock(founder.workspace.log.now() + DRIFT_MS - 60_000)
    made = wrote(eng, team.project, "稍快")
    eng.clock(None)
    wrote(eng, team.project, "现在")
    team.meet()
    assert device_clocks.leads(founder.workspace) == []
    assert marks(founder.workspace, made) == [None]
    team.close()


def test_what_was_read_is_kept_and_what_comes_later_is_read(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device_clocks, "ENOUGH", 0)
    founder, eng = team.all
    assert device_clocks.leads(eng.workspace) == []
    for days in (2, 9):
        eng.clock(founder.workspace.log.now() + days * DAY)
        wrote(eng, team.project, "未来")
        eng.clock(None)
        wrote(eng, team.project, "现在")
        (lead,) = device_clocks.leads(eng.workspace)
        assert (lead.by + DAY) // DAY in (days, days + 1)
    eng.workspace.store.db.execute_sql("UPDATE meta SET value='x' WHERE key='clocks'")
    (again,) = device_clocks.leads(eng.workspace)
    assert again == lead
    team.close()


def test_ours_is_measured_against_the_hubs(team: Team) -> None:
    founder, _ = team.all
    assert device_clocks.against_hub(founder.workspace) is None
    device_clocks.measured(founder.workspace, 12 * 60_000)
    found = device_clocks.against_hub(founder.workspace)
    assert found is not None and found.wrong and found.ahead == -12 * 60_000
    device_clocks.measured(founder.workspace, -60_000)
    found = device_clocks.against_hub(founder.workspace)
    assert found is not None and not found.wrong
    team.close()
