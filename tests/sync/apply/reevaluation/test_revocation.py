"""Revocation: what a device wrote after its position counts nowhere, whenever it came.

Sync cases 53, 54.
"""

from __future__ import annotations

from sync.apply.reevaluation.adoption import adopt
from sync.organisation import administration
from tests.support.replicas import Team, give
from tests.sync.log.test_quarantine import DONE, listed, settled
from tests.sync.log.test_quarantine import team as team


def test_53_what_a_revoked_device_wrote_later_is_set_aside_everywhere(team: Team) -> None:
    a, b, c = team.all
    id = team.fix(a, **DONE)
    team.meet()
    b.book.move(id, "fix")
    b.book.move(id, "verify", {"verify_method": "看"})
    administration.revoke(a.workspace, b.device)
    give(b, c)
    assert c.get(id).state == "verified"
    team.tell()
    assert c.get(id).state == "open" and b.get(id).state == "open"
    give(c, a)
    assert a.get(id).state == "open"
    for one in team.all:
        assert [(found.device, found.record) for found in listed(one)] == [(b.device, id)] * 2
        assert all("停用" in found.reason.zh for found in listed(one))
        assert not one.workspace.store.rows("SELECT * FROM transition WHERE record=?", (id,))
    settled(team)


def test_53_a_record_made_by_a_revoked_device_is_in_no_list(team: Team) -> None:
    a, b, c = team.all
    administration.revoke(a.workspace, b.device)
    id = team.fix(b)
    give(b, c)
    assert c.book.find(id) is not None
    team.tell()
    assert c.book.find(id) is None and b.book.find(id) is None and len(listed(b, id)) == 1
    give(c, a)
    settled(team)
    adopt(c.workspace, f"p:{team.project}", b.device, listed(c)[0].seq, "确属现场")
    assert c.get(id).author == team.person(b)
    team.meet()
    assert a.get(id).author == team.person(b) and not listed(a)
    settled(team)


def test_54_built_before_the_revocation_was_known(team: Team) -> None:
    a, b, c = team.all
    id = team.fix(a, cause="x")
    team.meet()
    administration.revoke(a.workspace, b.device)
    b.book.edit(id, {"cause": "y", "place": "p"})
    for space in b.exchange.spaces():
        c.exchange.take(b.exchange.offer(space, c.exchange.vector(space)))
    assert c.get(id).cause == "y"  # type: ignore[attr-defined]
    c.book.edit(id, {"cause": "z"})
    team.meet()
    for one in team.all:
        found = one.get(id)
        assert (found.cause, found.place) == ("z", "3 号机柜")  # type: ignore[attr-defined]
        assert not one.book.writer.siblings(id)
    settled(team)
