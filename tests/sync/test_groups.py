"""A group of fields of which a device told only some: one value, whatever way it came."""

from __future__ import annotations

from pathlib import Path

from models.schema.roles import ROLES
from tests.support.bustle import rebuilt
from tests.support.replicas import Team, contents, differences, give
from tests.sync.log.test_quarantine import forge

PERIOD = "service_period"


def test_members_left_out_are_none_on_every_way(tmp_path: Path) -> None:
    """Older programs did not know newer members; rivals stand beside each other all the same."""
    team = Team.copied(tmp_path, "b", "c", "d", roles=tuple(ROLES), met=True)
    a, b, c, d = team.all
    base = a.book.writer.base_of(("state", PERIOD), a.get(team.project).dots)
    for one, period in ((b, {"service_to": "2026-12-31"}), (c, {"service_from": "2026-01-01"})):
        forge(one, "company", team.project, type="project", fields={PERIOD: period}, base=base)
    for giver, taker in ((b, a), (c, a), (c, d), (b, d)):
        give(giver, taker)
    assert not differences(a, d) and a.digest() == d.digest()
    assert len(a.book.writer.siblings(team.project)[PERIOD]) == 1
    for one in (a, d):
        before = contents(one.book)
        assert rebuilt(one) == before
    team.close()
