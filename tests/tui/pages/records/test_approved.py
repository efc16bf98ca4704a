"""Approved, then changed: said wherever the record is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.records.weekly import entries
from models.schema.roles import ENGINEER, PROJECT_MANAGER
from sync.organisation import administration
from sync.trust import device_key
from sync.workspace.workspace import Workspace
from tests.support.escalations import taken_up
from tests.support.replicas import Replica, Team, book_of, replica
from tests.tui.seen import opened, press, quiet, text, whole


def _approved(book: Book, project: str) -> str:
    made = book.add("escalation", {"phenomenon": "环网断开"}, project=project)
    book.move(made.id, "accept", taken_up(book))
    book.move(made.id, "draft", {"solution": "换板卡"})
    book.move(made.id, "approve")
    return made.id


async def test_in_the_list_and_on_the_page(workspace: Workspace, book: Book, project: str) -> None:
    kept, changed = _approved(book, project), _approved(book, project)
    book.edit(changed, {"solution": "换机框"})
    async with opened(workspace) as (app, pilot):
        await press(pilot, "4")
        seen = text(app)
        assert seen.count("方案已批 改") == 1 and seen.count("方案已批") == 2
        whole(app)
        await press(pilot, "f9")
        assert text(app).count("solutio…, edited ") == 1
        await press(pilot, "f9")
        app.open_record(changed)
        await quiet(pilot)
        assert "批准后改过：" in text(app) and "解决方案" in text(app)
        app.open_record(kept)
        await quiet(pilot)
        assert "批准后改过" not in text(app)


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, an engineer, and a lead."""
    made = Team.copied(tmp_path, "甲")
    made.admit("乙", (ENGINEER, PROJECT_MANAGER))
    made.meet()
    yield made
    made.close()


def second_device(team: Team, one: Replica) -> Replica:
    """A further device of the same person."""
    home = team.folder / "second"
    home.mkdir()
    key = device_key.make(home)
    person = str(one.workspace.people.me)
    grown = administration.change(
        team.founder.workspace,
        lambda log, signer: log.admit(person, key.id, key.public, "平板", signer),
    )
    found = replica(book_of(home, grown))
    team.all.append(found)
    team.tell()
    return found


async def test_on_the_weekly_that_another_device_changed_meanwhile(team: Team) -> None:
    _, one, lead = team.all
    tablet = second_device(team, one)
    project = one.book.get(team.project)
    week = entries.entry(one.book, project, "2026-W40")  # type: ignore[arg-type]
    entries.keep(one.book, week, {"progress": "一"})
    team.meet()
    again = entries.entry(tablet.book, tablet.book.get(team.project), "2026-W40")  # type: ignore[arg-type]
    entries.keep(tablet.book, again, {"progress": "平板上写的"})  # offline, on the second device
    week = entries.entry(one.book, project, "2026-W40")  # type: ignore[arg-type]
    weekly = entries.submit(one.book, week, {})
    team.meet(one, lead)
    lead.book.move(weekly.id, "accept")
    team.meet()
    async with opened(lead.workspace) as (app, pilot):
        app.open_item("weekly", weekly.id)
        await quiet(pilot)
        assert "批准后改过：" in text(app)
        whole(app)
        app.open_list("weekly")
        await quiet(pilot)
        assert "已接受 改" in text(app)
