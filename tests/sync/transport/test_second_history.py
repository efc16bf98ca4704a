"""A device copied and used twice, over every carrier: from the first word of it to equal books.

Sync case 36, and what follows it: the copies go on under new keys, the old id is revoked, and every
replica takes the history that the revocation names.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.words import Refused
from sync.apply.reevaluation import incarnation
from sync.apply.reevaluation.incarnation import COPIED
from sync.log import quarantine
from sync.log.histories import forks
from sync.organisation import administration
from sync.transport.round import RoundReport
from sync.workspace import acknowledgements
from sync.workspace import differences as different
from tests.support.replicas import Replica, Team, differences
from tests.support.twins import places, readmitted, twin_of
from tests.sync.transport.ways import Bundles, Shared, Way, carried
from tui.cli.commands.check import findings


@pytest.fixture
def twins(team: Team, way: Way, tmp_path: Path) -> tuple[Replica, Replica, str]:
    """A device and a copy of it, both in use, with one record that both have; nobody knows."""
    b = team.all[1]
    common = team.fix(b, place="both")
    carried(way, *team.all)
    return b, twin_of(b, tmp_path), common


def raw(one: Replica) -> object:
    """The connection of a book."""
    return one.workspace.store.db.connection()


def said(report: RoundReport) -> list[object]:
    """What a round complains of."""
    return [why.word for why in (*report.refused, *report.taken.refused)]


def meets(way: Way, one: Replica) -> RoundReport:
    """All that one has lies there, and all that lies there is taken."""
    if isinstance(way, Bundles):
        told = way.into(one)
        if one.device in one.exchange.trust.membership.devices:
            way.out(one)
        return told
    return way.out(one)


def test_both_copies_go_on_and_every_book_is_the_same(
    team: Team, way: Way, twins: tuple[Replica, Replica, str], tmp_path: Path
) -> None:
    a, _, c = team.all
    b, twin, common = twins
    old = b.device
    one = team.fix(b, place="one")
    b.book.edit(common, {"cause": "b says"})
    others = [team.fix(twin, place=f"two {n}") for n in range(3)]
    twin.book.edit(common, {"cause": "the copy says"})
    twin.book.edit(others[0], {"cause": "built on it"})
    way.out(b)
    way.into(a)
    way.into(c)
    told = meets(way, twin)
    assert COPIED in said(told), said(told)
    assert twin.device != old and twin.exchange.admitted().public != b.exchange.admitted().public
    assert acknowledgements.unconfirmed(twin.workspace) == 5  # nothing only it has is confirmed
    assert places(twin, *others) == ["two 0", "two 1", "two 2"]
    assert twin.get(others[0]).values()["cause"] == "built on it"
    administration.revoke(a.workspace, old)
    if not isinstance(way, Bundles | Shared):
        with pytest.raises(Refused, match="停用"):
            meets(way, b)
        assert incarnation.stopped(b.workspace)
    elif isinstance(way, Shared):
        assert COPIED in said(meets(way, b)) and b.device != old
    readmitted(team.founder, twin, tmp_path, new_key=twin.device == old)
    readmitted(team.founder, b, tmp_path, new_key=b.device == old)
    team.all = [a, c, twin, b]
    for _ in range(2):
        carried(way, *team.all)
    for other in team.all[1:]:
        assert differences(a, other) == []
    assert len({other.digest() for other in team.all}) == 1
    for other in team.all:
        assert places(other, one, *others) == ["one", "two 0", "two 1", "two 2"]
        assert other.get(others[0]).values()["cause"] == "built on it"
        assert forks.standing(raw(other)) == []
        assert all(it.hash and it.adopted for it in quarantine.listed(raw(other)))
        assert different.listed(other.workspace) == []
        assert [str(found) for found in findings(other.workspace) if found.bad] == []
    causes = a.book.writer.siblings(common)["cause"]  # both say it: a conflict, nothing is lost
    assert {a.get(common).values()["cause"], *(v[3] for v in causes)} == {"b says", "the copy says"}
    assert acknowledgements.unconfirmed(twin.workspace) == 0
    twin.workspace.close()


def test_books_that_hold_the_same_and_show_other_records_say_so(team: Team, way: Way) -> None:
    """A row is altered behind the book's back: each round compares, and tells until it is gone."""
    a, b, _ = team.all
    fix = team.fix(a, place="right")
    carried(way, a, b)
    assert different.listed(a.workspace) == [] == different.listed(b.workspace)
    with b.workspace.store.write():
        b.workspace.store.db.execute_sql("UPDATE fix SET place='wrong' WHERE id=?", (fix,))
        b.workspace.store.set_meta("digests", None)
    other = team.fix(a)
    carried(way, a, b)
    carried(way, a, b)
    for one, who in ((a, b), (b, a)):
        assert [it.peer for it in different.listed(one.workspace)] == [who.device]
        (name,) = different.names(one.workspace)
        found = [str(it) for it in findings(one.workspace) if it.bad]
        assert any(name in line and "不一致" in line for line in found), found
    with b.workspace.store.write():
        b.workspace.store.db.execute_sql("UPDATE fix SET place='right' WHERE id=?", (fix,))
        b.workspace.store.set_meta("digests", None)
    b.book.edit(other, {"place": "news"})
    carried(way, a, b)
    carried(way, a, b)
    assert different.listed(a.workspace) == [] == different.listed(b.workspace)
