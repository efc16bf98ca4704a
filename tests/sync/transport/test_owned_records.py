"""Owned and acknowledged records over devices: what an owner did counts everywhere, whatever the
order, and what nobody was allowed is quarantined on every device.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book import permissions
from models.book.approval import acknowledgements
from models.book.writing.record_writer import Creation
from models.schema import natural_keys
from models.schema.natural_keys import key_id
from models.schema.record import Record, kinds
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER, QUALITY
from sync.changes.change import Change
from sync.log import quarantine
from sync.validation import pruning, reasons
from tests.support.errands import errands
from tests.support.replicas import Replica, Team


@pytest.fixture(autouse=True)
def types() -> Iterator[None]:
    with errands():
        yield


@pytest.fixture
def team(types: None, tmp_path: Path) -> Iterator[Team]:
    """A founder, a project manager, two engineers, a head and a quality specialist, in sync."""
    made = Team.copied(tmp_path)
    for name, role in (
        ("段青", PROJECT_MANAGER),
        ("仇小河", ENGINEER),
        ("文竹", ENGINEER),
        ("韩冬", DEPARTMENT_MANAGER),
        ("关山", QUALITY),
    ):
        made.admit(name, (role,))
    made.meet()
    yield made
    made.close()


def given(team: Team, to: Replica) -> Record:
    """An errand of an engineer, known to all."""
    manager = team.all[1]
    values = {"what": "换锁", "carrier": team.person(to)}
    made = manager.book.add("errand", values, project=team.project)
    team.meet()
    return made


def states(team: Team, id: str) -> set[tuple[str, str | None]]:
    """State and owner, as every device has them."""
    return {(one.get(id).state, one.get(id).owner_id) for one in team.all}


def same(team: Team) -> bool:
    return len({one.digest() for one in team.all}) == 1


def refused(one: Replica) -> list[str]:
    """Why changes are in quarantine here."""
    return [str(row.reason) for row in quarantine.listed(one.workspace.store.db.connection())]


def test_what_the_owner_did_counts_though_it_was_given_away_meanwhile(team: Team) -> None:
    _, manager, engineer, other, _, _ = team.all
    made = given(team, engineer)
    engineer.book.move(made.id, "do")
    manager.book.edit(made.id, {"carrier": team.person(other)})
    team.meet()
    assert states(team, made.id) == {("done", team.person(other))}
    assert same(team) and not any(refused(one) for one in team.all)


def test_the_new_owner_acts_after_the_old_one_gave_it_away(team: Team) -> None:
    _, _, engineer, other, _, _ = team.all
    made = given(team, engineer)
    engineer.book.edit(made.id, {"carrier": team.person(other)})
    team.meet()
    other.book.edit(made.id, {"what": "换两把锁"})
    other.book.move(made.id, "do")
    team.meet()
    assert states(team, made.id) == {("done", team.person(other))}
    assert same(team) and not any(refused(one) for one in team.all)


@pytest.mark.parametrize("what", ["move", "edit"])
def test_who_is_not_the_owner_is_refused_everywhere(team: Team, what: str) -> None:
    _, _, engineer, other, _, _ = team.all
    made = given(team, engineer)
    with pytest.MonkeyPatch.context() as patch:  # a device that leaves the rule out
        patch.setattr(permissions, "moving", lambda *_: None)
        patch.setattr(permissions, "editing", lambda *_: None)
        if what == "move":
            other.book.move(made.id, "do")
        else:
            other.book.edit(made.id, {"what": "不换了"})
    team.meet()
    assert {one.get(made.id).state for one in team.all} == {"open"}
    assert {one.get(made.id).title() for one in team.all} == {"换锁"}
    assert same(team)
    assert all(len(refused(one)) == 1 for one in team.all)
    assert "角色" in refused(team.founder)[0]


def test_who_names_no_version_of_the_owner_has_no_right(team: Team) -> None:
    _, _, engineer, _, _, _ = team.all
    made = given(team, engineer)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("models.book.writing.record_writer.owner_register", lambda cls: ())
        engineer.book.move(made.id, "do")
    team.meet()
    assert {one.get(made.id).state for one in team.all} == {"open"}
    assert same(team) and all(len(refused(one)) == 1 for one in team.all)


def test_who_it_was_given_to_is_never_pruned(team: Team) -> None:
    _, manager, engineer, other, _, _ = team.all
    made = given(team, engineer)
    manager.book.edit(made.id, {"carrier": team.person(other)})
    manager.book.edit(made.id, {"what": "换三把锁"})
    manager.book.edit(made.id, {"carrier": team.person(engineer), "what": "换锁"})
    left = pruning.RemainingValues()
    changes = [one for one in _changes(manager) if one.record == made.id]
    for change in changes:
        left.add(change)
    needed = left.needed()
    gone = [one for one in changes if one.dot not in needed]
    assert [set(one.fields) for one in gone] == [{"what"}]


def _changes(one: Replica) -> list[Change]:
    bodies = one.workspace.store.rows("SELECT body FROM change ORDER BY n")
    return [Change.parse(body) for (body,) in bodies]


def test_acknowledgements_of_several_devices_come_together(team: Team) -> None:
    _, _, engineer, _, head, quality = team.all
    made = given(team, engineer)
    engineer.book.move(made.id, "do")
    team.meet()
    head.book.move(made.id, "acknowledge")
    quality.book.move(made.id, "acknowledge")
    team.meet()
    for one in team.all:
        found = acknowledgements.standing(one.book.store, one.book.people, one.get(made.id))
        assert found is not None and (found.done, found.missing) == (2, ())
    assert same(team)


def test_one_written_for_another_person_is_quarantined(team: Team) -> None:
    """Under the other's name, or under one's own with the id of theirs."""
    _, _, engineer, other, head, _ = team.all
    made = given(team, engineer)
    engineer.book.move(made.id, "do")
    team.meet()
    known = acknowledgements.standing(other.book.store, other.book.people, other.get(made.id))
    assert known is not None
    values = {"about": made.id, "round": known.round}
    cls, space = (
        kinds[acknowledgements.TYPE],
        natural_keys.space_of(made.kind, team.project, made.id),
    )
    theirs = key_id(cls.kind, space, team.project, team.person(head), values)
    for author, id in ((team.person(head), theirs), (team.person(other), theirs)):
        birth = Creation(space=space, project=team.project, author=author)
        with other.book.saving():
            if other.book.find(id) is not None:
                other.book.store.db.execute_sql(f'DELETE FROM "{cls.kind.name}" WHERE id=?', (id,))
            other.book.writer.create(cls, id, values, birth)
    team.meet()
    assert same(team)
    for one in team.all:
        found = acknowledgements.standing(one.book.store, one.book.people, one.get(made.id))
        assert found is not None and found.by == ()
        assert len(refused(one)) == 2
    said = " ".join(refused(team.founder))
    assert reasons.AUTHOR.zh[:6] in said and reasons.KEY.zh[:6] in said
