"""Creations that make no row, or a second one under an id: refused, whoever lets them count.

What is refused may be adopted by a reviewer, and is made anew from the log of its space; neither
may bring a row to life that the database cannot hold, or take away somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.roles import ROLES
from models.schema.versions import FieldVersions
from models.text.words import Refused
from sync.apply.reevaluation.adoption import adopt
from sync.organisation import administration
from sync.trust import device_key
from tests.support.bustle import rebuilt
from tests.support.replicas import Replica, Team, contents, give
from tests.sync.log.test_quarantine import forge, listed

Header = dict[str, object]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder and two colleagues with every role, in sync."""
    made = Team.copied(tmp_path, "eve", "mallory", roles=tuple(ROLES), met=True)
    yield made
    made.close()


def born(one: Replica, team: Team, header: Header, id: str = "", project: str = "") -> str:
    """A fix that this device logs without its book, under any id; returns the id."""
    now, id, project = one.workspace.log.now(), id or device_key.new_id(), project or team.project
    plain = {"ref": None, "number": "FX-1", "project": project, "occurred": now, "recorded": now}
    told = {**plain, "author": team.person(one), **header}
    fields = {"state": "open", "phenomenon": one.device}
    forge(one, f"p:{project}", id, fields=fields, header=told)
    return id


@pytest.mark.parametrize("age", [0, -5, 5])
def test_an_id_lives_in_one_space(team: Team, age: int) -> None:
    """Whoever creates it in another one as well, older or not, and whatever its sequence."""
    a, b, _ = team.all
    other = a.book.add("project", {"name": "另一个项目"}).id
    team.meet()
    id = born(b, team, {})
    give(b, a)
    born(b, team, {"recorded": b.workspace.log.now() + age}, id, other)
    give(b, a)
    assert [found.record for found in listed(a)] == [id] and a.get(id).project == team.project
    assert len(FieldVersions(a.get(id).dots).every()) == 1
    administration.revoke(a.workspace, b.device)
    team.tell()
    before = contents(a.book)
    assert rebuilt(a) == before


def test_a_record_outlives_a_forged_one_elsewhere(team: Team) -> None:
    """Its row is not made anew from the log of a space that it does not live in."""
    a, b, c = team.all
    other = a.book.add("project", {"name": "另一个项目"}).id
    id = team.fix(a)
    team.meet()
    born(b, team, {}, id, other)
    team.meet()
    administration.revoke(a.workspace, b.device)
    team.tell()
    rebuilt(a)
    rebuilt(c)
    assert a.get(id).project == c.get(id).project == team.project


HEADERS: dict[str, Header] = {
    "a time": {"occurred": 1 << 60},
    "no number": {"number": None},
    "a list for a ref": {"ref": [1]},
    "half a time": {"recorded": "x"},
}


@pytest.mark.parametrize("name", HEADERS)
def test_what_makes_no_row_is_never_adopted(team: Team, name: str) -> None:
    """Neither at the door, nor by a reviewer's device that has none."""
    a, b, c = team.all
    id = born(b, team, HEADERS[name])
    space = f"p:{team.project}"
    give(b, c)
    with pytest.raises(Refused, match="没有采用"):
        adopt(c.workspace, space, b.device, listed(c)[0].seq)
    dot = (b.device, listed(c)[0].seq)
    forge(c, space, id, fields={"@adopt": None}, base={"@adopt": [dot]})
    team.meet()
    assert len(listed(a, id)) == 2 and a.book.find(id) is None
