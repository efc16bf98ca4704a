"""What a reviewer never saw does not stand under their name, whatever carries it there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book import permissions
from models.book.approval import approvals, settled
from models.schema.roles import ENGINEER, PROJECT_MANAGER
from models.text.words import Refused
from tests.support import checks
from tests.support.replicas import Replica, Team, differences
from tests.sync.transport.ways import Way, carried


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, a project manager and two engineers."""
    made = Team(tmp_path / "team")
    made.admit("lead", (PROJECT_MANAGER,))
    made.admit("eng", (ENGINEER,))
    made.admit("mate", (ENGINEER,))
    made.meet()
    yield made
    made.close()


def changed(one: Replica, sheet: str) -> list[tuple[str, str]]:
    """(record, register) of what differs from the review."""
    found = approvals.changed_since(one.book.store, one.get(sheet))
    return [(place.record, place.register) for place in found]


@pytest.mark.shows(85)
def test_an_answer_edited_offline_is_told_and_not_issued(team: Team, way: Way) -> None:
    founder, lead, eng, mate = team.all
    template = checks.template(founder.book, team.project)
    carried(way, *team.all)
    values = {"template": template, "day": "2026-11-24", "round": 1}
    sheet = eng.book.add("sheet", values, project=team.project).id
    for item in checks.items(eng.book, template):
        found = checks.fine(eng.book, item)
        answer = eng.book.add("answer", {"sheet": sheet, "item": item, **found}).id
    carried(way, *team.all)
    eng.book.move(sheet, "submit")
    carried(way, eng, lead)
    lead.book.move(sheet, "review")
    mate.book.edit(answer, {"result": "not_ok", "remark": "离线补写"})
    carried(way, *team.all)
    for one in team.all:
        assert sorted(changed(one, sheet)) == [(answer, "outcome"), (answer, "remark")]
        with pytest.raises(Refused) as refused:
            settled.require_as_approved(one.book.store, one.get(sheet))
        assert refused.value.word == settled.CHANGED
    lead.book.move(sheet, permissions.CONFIRM)
    carried(way, *team.all)
    for one in team.all:
        assert changed(one, sheet) == []
        settled.require_as_approved(one.book.store, one.get(sheet))
        assert not list(one.workspace.store.rows("SELECT * FROM quarantine"))
        assert not any(differences(founder, one))
