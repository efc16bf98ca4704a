"""What is refused counts as delivered and changes nothing, the same on every device.

Sync cases 25, 53, 54.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER
from sync.apply.reevaluation.adoption import adopt
from sync.log.quarantine import QuarantinedChange
from sync.organisation import administration
from tests.support.bustle import rebuilt
from tests.support.replicas import Replica, Team, contents, differences, give

DONE = {"cause": "c", "correction": "d"}


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, an engineer and a department manager, in sync."""
    made = Team.copied(tmp_path, "b")
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
    state = c.book.writer.base_of(["state"], c.get(id).dots)
    forge(c, space, id, fields={"cause": "z"}, base={**state, "cause": [(b.device, seq)]})
    team.meet()
    for one in team.all:
        assert one.get(id).cause == "z" and not one.book.writer.siblings(id)  # type: ignore[attr-defined]
        assert len(listed(one)) == 1
    settled(team)
    adopt(c.workspace, space, b.device, seq)
    team.meet()
    assert [one.get(id).cause for one in team.all] == ["z"] * 3  # type: ignore[attr-defined]
    assert not any(one.book.writer.siblings(id) for one in team.all)
    settled(team)


def test_an_author_sees_at_sealing_what_others_will_refuse(team: Team) -> None:
    _, b, _ = team.all
    id = team.fix(b)
    space = f"p:{team.project}"
    named = b.book.writer.base_of(["state"], b.get(id).dots)
    with b.workspace.store.write():
        b.workspace.store.db.execute_sql("UPDATE fix SET state='closed' WHERE id=?", (id,))
    forge(b, space, id, fields={"state": "closed"}, base=named)
    b.exchange.seal_now(space)
    (found,) = listed(b)
    assert found.record == id and b.get(id).state == "open"
    team.meet()
    settled(team)
