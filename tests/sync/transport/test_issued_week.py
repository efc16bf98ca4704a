"""An issued week says the same on every device for ever; what comes later is told beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.derived import compiled
from models.records.weekly.week import supplements
from models.records.weekly.week.content import WeekContent
from models.records.weekly.week.later import CAUSE_SINCE, SOLVED_NEW
from models.records.weekly.weekly_report import WeeklyReport
from models.schema.roles import ENGINEER, PROJECT_MANAGER
from models.text.words import Refused, W
from tests.support.replicas import Replica, Team, differences
from tests.sync.transport.ways import Way, carried

WEEK = "2026-W47"


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """Friday afternoon of the week."""
    with time_machine.travel(instant(date(2026, 11, 20), 16 * 60) / 1000):
        yield


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, a project manager and two engineers."""
    made = Team.copied(tmp_path / "team")
    made.admit("lead", (PROJECT_MANAGER,))
    made.admit("eng", (ENGINEER,))
    made.admit("mate", (ENGINEER,))
    made.meet()
    yield made
    made.close()


def solved(one: Replica, project: str, **values: str) -> str:
    """A fix, put right now."""
    id = one.book.add("fix", {"phenomenon": "UPS 告警"}, project=project).id
    return one.book.move(id, "fix", {"correction": "更换电池", **values}).id


def report(one: Replica, project: str) -> WeeklyReport:
    """The report of the week as it is here."""
    found = supplements.report_of(one.book, project, WEEK)
    assert found is not None
    return found


def issued(one: Replica, project: str, comment: str = "") -> None:
    """The report of the week, issued."""
    made = supplements.compiled(one.book, project, WEEK)
    one.book.move(made.id, "issue", comment=comment)


def says(one: Replica, project: str) -> WeekContent:
    """What the issued report says here."""
    found = compiled.content(one.book, report(one, project))
    assert found.issued and found.fault is None
    return cast(WeekContent, found.data)


def news(one: Replica, project: str) -> list[tuple[str, W, tuple[str, ...]]]:
    """What came later, as it is told here."""
    found = compiled.news(one.book, report(one, project))
    return [(n.record, n.what, tuple(text for _, text in n.texts)) for n in found]


def test_what_comes_later_changes_nothing_that_was_issued(team: Team, way: Way) -> None:
    founder, lead, eng, mate = team.all
    early = solved(eng, team.project, cause="电池老化")
    carried(way, *team.all)
    issued(lead, team.project)
    first = says(lead, team.project)
    late = solved(mate, team.project, cause="接触不良")  # has not heard of the issue
    eng.book.edit(early, {"cause": "充电模块坏"})
    carried(way, *team.all)
    for one in team.all:
        assert says(one, team.project) == first
        assert [part.cause for part in first.problems] == ["电池老化"]
        told = news(one, team.project)
        assert (late, SOLVED_NEW, ("UPS 告警", "接触不良", "更换电池")) in told
        assert [texts for id, _, texts in told if id == early] == [("UPS 告警", "充电模块坏")]
        assert told == news(founder, team.project)
        assert not list(one.workspace.store.rows("SELECT * FROM quarantine"))
        assert not any(differences(founder, one))


def test_an_open_cause_is_marked_and_comes_as_a_supplement(team: Team, way: Way) -> None:
    founder, lead, eng, _ = team.all
    fix = solved(eng, team.project)
    carried(way, *team.all)
    with pytest.raises(Refused) as refused:
        issued(lead, team.project)
    assert refused.value.word == compiled.OPEN_POINTS
    assert lead.get(fix).number in str(refused.value)
    issued(lead, team.project, "厂家还在查")
    (problem,) = says(lead, team.project).problems
    assert problem.cause_open and problem.cause is None
    eng.book.edit(fix, {"cause": "电池老化"})
    carried(way, *team.all)
    for one in team.all:
        (kept,) = says(one, team.project).problems
        assert kept == problem
        assert news(one, team.project) == [(fix, CAUSE_SINCE, ("UPS 告警", "电池老化"))]
        assert not any(differences(founder, one))


def test_a_conflict_in_what_is_compiled_is_named_and_refuses(team: Team, way: Way) -> None:
    founder, lead, eng, mate = team.all
    fix = solved(eng, team.project, cause="电池老化")
    carried(way, *team.all)
    eng.book.edit(fix, {"cause": "甲"})
    mate.book.edit(fix, {"cause": "乙"})
    carried(way, *team.all)
    with pytest.raises(Refused) as refused:
        issued(lead, team.project)
    assert lead.get(fix).number in str(refused.value) and "原因" in str(refused.value)
    assert report_state(lead, team.project) != "issued"
    assert founder.get(fix).number == lead.get(fix).number


def test_an_entry_both_draft_and_accepted_refuses(team: Team, way: Way) -> None:
    _, lead, eng, _ = team.all
    values = {"week": WEEK, "person": eng.book.me, "progress": "巡检"}
    entry = eng.book.add("weekly", values, project=team.project).id
    eng.book.move(entry, "submit")
    carried(way, *team.all)
    lead.book.move(entry, "accept")
    eng.book.move(entry, "reopen")  # has not heard of it
    carried(way, *team.all)
    with pytest.raises(Refused) as refused:
        issued(lead, team.project)
    assert lead.get(entry).number in str(refused.value) and "状态" in str(refused.value)


def test_issued_twice_at_once_is_a_conflict_and_said(team: Team, way: Way) -> None:
    founder, lead, eng, _ = team.all
    solved(eng, team.project, cause="电池老化")
    made = supplements.compiled(lead.book, team.project, WEEK)
    carried(way, lead, founder)
    issued(lead, team.project)
    carried(way, eng, founder)
    issued(founder, team.project)
    carried(way, *team.all)
    for one in team.all:
        found = compiled.content(one.book, one.get(made.id))
        assert found.issued and found.fault == compiled.TWICE
        assert found.data == compiled.content(founder.book, founder.get(made.id)).data


def report_state(one: Replica, project: str) -> str:
    """The state of the report, '' where there is none."""
    found = supplements.report_of(one.book, project, WEEK)
    return found.state if found is not None else ""
