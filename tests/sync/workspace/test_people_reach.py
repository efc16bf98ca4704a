"""People's reach: what was heard of whom, and until when."""

from __future__ import annotations

from pathlib import Path

from models.schema.roles import ENGINEER
from sync.organisation import rules_level
from sync.workspace import sync_status
from sync.workspace.people_reach import reach
from sync.workspace.workspace import Workspace
from tests.support.asked import asked
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


def test_a_clock_of_days_to_come_says_nothing(tmp_path: Path) -> None:
    """Else "not synced" would become "missing" for two years."""
    team = Team(tmp_path / "team")
    team.admit("eng", (ENGINEER,))
    team.meet()
    founder, eng = team.all
    eng.clock(founder.workspace.log.now() + 2 * 365 * 86_400_000)
    made = eng.book.add("fix", {"phenomenon": "x"}, project=team.project)
    team.meet()
    eng.clock(None)
    team.meet()
    assert founder.get(made.id).recorded > founder.workspace.log.now()
    assert founder.book.reach().get(eng.book.me, 0) <= founder.workspace.log.now()
    heard = {one.device.id: one.until for one in sync_status.heard(founder.workspace)}
    assert heard[eng.workspace.log.device] is None
    team.close()


def test_the_newest_of_each_device_is_found_without_reading_the_log(workspace: Workspace) -> None:
    """Every page asks for it; a log only grows."""
    with asked(workspace.store, "FROM head h") as found:
        reach(workspace.store, workspace.book.me)
        sync_status.heard(workspace)
        list(workspace.store.rows(rules_level.LAST))
    assert len(found) == 3
    for sql in found:
        plan = [str(row[3]) for row in workspace.store.rows(f"EXPLAIN QUERY PLAN {sql}")]
        assert not [step for step in plan if step.startswith("SCAN c")], plan
