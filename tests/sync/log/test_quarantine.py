"""What is refused counts as delivered and changes nothing, the same on every device.

Sync cases 25, 53, 54.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER
from models.text.words import Refused
from sync.apply.reevaluation.adoption import adopt
from sync.log.quarantine import QuarantinedChange
from sync.organisation import administration
from tests.support.bustle import rebuilt
from tests.support.replicas import Replica, Team, contents, differences, give

DONE = {"cause": "c", "correction": "d"}


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, an engineer and a department manager, in sync."""
    made = Team(tmp_path, "b")
    made.admit("c", (ENGINEER, DEPARTMENT_MANAGER))
    made.meet()
    yield made
    made.close()


def forge(one: Replica, space: str, record: str, **change: object) -> int:
    """A change that no door of the book would let through; returns its sequence."""
    log, store = one.workspace.log, one.workspace.store
    with store.write():
        given: dict[str, object] = {"type": "fix", "fields": {}, "base": {}, **change}
        return log.append(space=space, record=record, **given)[0]  # type: ignore[arg-type]


def listed(one: Replica, record: str | None = None) -> list[QuarantinedChange]:
    """What is in quarantine and not adopted."""
    return [found for found in one.exchange.quarantined(record) if found.adopted is None]


def settled(team: Team) -> None:
    """All books are the same, and what each shows is what its log says by the plain rule."""
    assert len({one.digest() for one in team.all}) == 1
    first = team.founder
    for one in team.all:
        assert not differences(first, one)
        assert one.exchange.quarantined() == first.exchange.quarantined()
        before = contents(one.book)
        assert rebuilt(one) == before


def test_25_one_forged_change_among_many_is_set_aside_and_the_others_apply(team: Team) -> None:
    a, b, c = team.all
    space = f"p:{team.project}"
    ids = [team.fix(b) for _ in range(20)]
    dot = b.exchange.vector(space)
    bare = {"fields": {"state": "closed"}, "base": {"state": [(b.device, dot[b.device] - 19)]}}
    seq = forge(b, space, ids[0], **bare)
    later = [team.fix(b) for _ in range(20)]
    report = give(b, c)
    assert report.outcome.applied == 41 and report.outcome.quarantined == 1
    (found,) = listed(c)
    assert (found.device, found.seq, found.record) == (b.device, seq, ids[0])
    assert found.author == team.person(b) and "closed" in str(found.reason.en)
    assert c.get(ids[0]).state == "open" and all(c.get(id) for id in later)
    b.book.edit(ids[0], {"cause": "x"})
    team.meet()
    assert a.get(ids[0]).cause == "x"  # type: ignore[attr-defined]
    assert len(listed(a)) == 1
    settled(team)


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


def test_54_what_was_built_on_it_is_in_no_conflict_with_what_stood_before(team: Team) -> None:
    a, b, c = team.all
    id = team.fix(a, cause="x")
    team.meet()
    administration.revoke(a.workspace, b.device)
    b.book.edit(id, {"cause": "y"})
    team.tell()
    space = f"p:{team.project}"
    give(b, c)
    assert c.get(id).cause == "x"  # type: ignore[attr-defined]
    seq = c.exchange.vector(space)[b.device]
    state = c.book.ledger.base_of(["state"], c.get(id).dots)
    forge(c, space, id, fields={"cause": "z"}, base={**state, "cause": [(b.device, seq)]})
    team.meet()
    for one in team.all:
        assert one.get(id).cause == "z" and not one.book.ledger.siblings(id)  # type: ignore[attr-defined]
        assert len(listed(one)) == 1
    settled(team)
    adopt(c.workspace, space, b.device, seq)
    team.meet()
    assert [one.get(id).cause for one in team.all] == ["z"] * 3  # type: ignore[attr-defined]
    assert not any(one.book.ledger.siblings(id) for one in team.all)
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
        assert not one.book.ledger.siblings(id)
    settled(team)


def test_an_adopted_change_counts_again_and_so_does_what_was_built_on_it(team: Team) -> None:
    a, b, c = team.all
    id = team.fix(a, **DONE)
    team.meet()
    administration.revoke(a.workspace, b.device)
    b.book.move(id, "fix")
    b.book.move(id, "verify", {"verify_method": "看"})
    give(b, c)
    team.tell()
    give(c, a)
    assert [found.seq for found in listed(a)] == [1, 2]
    adopt(c.workspace, f"p:{team.project}", b.device, 1, "现场确认")
    team.meet()
    assert [one.get(id).state for one in team.all] == ["fixed"] * 3
    adopt(a.workspace, f"p:{team.project}", b.device, 2)
    team.meet()
    assert [one.get(id).state for one in team.all] == ["verified"] * 3
    assert not any(listed(one) for one in team.all)
    assert {found.adopted for found in a.exchange.quarantined()} == {
        f"{c.device}:{c.exchange.vector(f'p:{team.project}')[c.device]}",
        f"{a.device}:{a.exchange.vector(f'p:{team.project}')[a.device]}",
    }
    settled(team)


def test_an_engineer_adopts_nothing(team: Team) -> None:
    a, b, c = team.all
    engineer = team.admit("d")
    administration.revoke(a.workspace, b.device)
    id = team.fix(b)
    team.tell()
    give(b, engineer)
    (found,) = listed(engineer, id)
    with pytest.raises(Refused, match="采纳"):
        adopt(engineer.workspace, found.space, found.device, found.seq)
    with pytest.raises(Refused, match="隔离"):
        adopt(c.workspace, found.space, found.device, 99)
    assert engineer.book.find(id) is None


def test_an_author_sees_at_sealing_what_others_will_refuse(team: Team) -> None:
    _, b, _ = team.all
    id = team.fix(b)
    space = f"p:{team.project}"
    named = b.book.ledger.base_of(["state"], b.get(id).dots)
    with b.workspace.store.write():
        b.workspace.store.db.execute_sql("UPDATE fix SET state='closed' WHERE id=?", (id,))
    forge(b, space, id, fields={"state": "closed"}, base=named)
    b.exchange.seal_now(space)
    (found,) = listed(b)
    assert found.record == id and b.get(id).state == "open"
    team.meet()
    settled(team)
