"""People's reach: what was heard of whom, and until when."""

from __future__ import annotations

from pathlib import Path

from models.schema.roles import ENGINEER
from sync.workspace import sync_status
from sync.workspace.people_reach import reach
from tests.support.replicas import Team


def test_what_was_heard_of_whom(tmp_path: Path) -> None:
    team = Team(tmp_path / "team")
    team.admit("eng", (ENGINEER,))
    team.meet()
    founder, eng = team.all
    made = eng.book.add("fix", {"phenomenon": "x"}, project=team.project)
    before = reach(founder.workspace.store, founder.book.me).get(eng.book.me, 0)
    team.meet()
    found = founder.book.reach()
    assert found == sync_status.reach(founder.workspace)
    assert founder.book.me not in found
    assert found[eng.book.me] >= made.recorded > before
    team.close()
