"""Newer entries: nothing waits, nothing is done; `test_rules_level` shows the update itself."""

from __future__ import annotations

from pathlib import Path

from models.schema.roles import QUALITY
from sync.apply.reevaluation import newer_entries
from sync.organisation import administration
from tests.support.replicas import Team


def test_the_version_is_put_right(tmp_path: Path) -> None:
    team = Team.copied(tmp_path, "m", met=True)
    founder, m = team.all
    administration.set_role(founder.workspace, team.person(m), QUALITY, "*", grant=True)
    team.tell()
    now = m.workspace.store.meta("members")
    newer_entries.take_up(m.workspace)
    assert m.workspace.store.meta("members") == now
    with m.workspace.store.write():
        m.workspace.store.set_meta("members", now - 1)
        m.workspace.store.db.execute_sql("DELETE FROM role_grant")
    m.reopen()
    assert m.workspace.store.meta("members") == now
    assert QUALITY in m.workspace.people.roles(team.person(m), None)
    team.close()
