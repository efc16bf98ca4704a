"""What a newer version of the program wrote is kept, passed on and shown after the update.

Sync cases 45, 46, 47, 48.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.apply.reevaluation import consistency
from tests.support.gadgets import NAME, declare, forget
from tests.support.replicas import Replica, Team, differences, give
from tests.sync.log.test_quarantine import forge


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """Three books made by the old version of the program."""
    declare(new=False)
    made = Team.copied(tmp_path, "b", "c", met=True)
    yield made
    made.close()
    forget()


def gadget(one: Replica, team: Team, **values: object) -> str:
    """A new gadget; returns its id."""
    return one.book.add(NAME, values, project=team.project).id


def parked(one: Replica) -> set[tuple[str, str]]:
    """What is parked: (what, name)."""
    sql = "SELECT DISTINCT what, name FROM parked"
    return {(str(what), str(name)) for what, name in one.workspace.store.rows(sql)}


def update(*some: Replica, new: bool = True) -> None:
    """Everybody here starts the other version of the program."""
    declare(new=new)
    for one in some:
        one.reopen()


def agreed(team: Team) -> None:
    """All books are the same and sound, and nothing is parked or refused."""
    assert len({one.digest() for one in team.all}) == 1
    for one in team.all:
        assert not differences(team.founder, one) and not parked(one)
        assert not one.exchange.quarantined()
        assert not [found for found in consistency.everything(one.workspace) if found.bad]


def test_45_a_new_field_survives_old_versions_on_its_way(team: Team) -> None:
    a, b, c = team.all
    update(a)
    id = gadget(a, team, name="n", size="7", low="1", high="2")
    update(new=False)
    give(a, b)
    assert parked(b) == {("field", "size"), ("value", "span")}
    assert b.get(id).name == "n"  # type: ignore[attr-defined]
    b.book.edit(id, {"name": "m"})
    give(b, c)
    update(b, c)
    for one in (b, c):
        found = one.get(id)
        assert (found.name, found.size, found.high) == ("m", "7", "2")  # type: ignore[attr-defined]
    team.meet()
    assert a.get(id).name == "m"  # type: ignore[attr-defined]
    agreed(team)


def test_45_a_new_choice_waits_for_the_update_and_meets_what_was_written_meanwhile(
    team: Team,
) -> None:
    a, b, c = team.all
    id = gadget(a, team, colour="red")
    team.meet()
    update(a)
    a.book.edit(id, {"colour": "green"})
    update(new=False)
    give(a, b)
    assert b.get(id).colour == "red" and parked(b) == {("value", "colour")}  # type: ignore[attr-defined]
    b.book.edit(id, {"colour": "blue"})
    give(b, c)
    update(b, c)
    team.meet()
    for one in team.all:
        values = {one.get(id).colour, *(v[3] for v in one.book.writer.siblings(id)["colour"])}  # type: ignore[attr-defined]
        assert values == {"green", "blue"}
    agreed(team)


def test_45_a_new_type_is_passed_on_and_appears_with_all_its_history(team: Team) -> None:
    a, b, c = team.all
    update(a)
    id = gadget(a, team, name="n")
    a.book.move(id, "use")
    a.book.edit(id, {"name": "m"})
    forget()
    give(a, b)
    give(b, c)
    for one in (b, c):
        assert one.book.find(id) is None and parked(one) == {("type", NAME)}
    update(a, b, c)
    for one in (b, c):
        assert (one.get(id).name, one.get(id).state) == ("m", "used")  # type: ignore[attr-defined]
        sql = "SELECT move FROM transition WHERE record=?"
        assert one.workspace.store.rows(sql, (id,)) == [("use",)]
    agreed(team)


def test_45_a_new_move_is_judged_after_the_update(team: Team) -> None:
    a, b, c = team.all
    id = gadget(a, team, name="n")
    team.meet()
    update(a)
    a.book.move(id, "drop")
    update(new=False)
    give(a, b)
    assert b.get(id).state == "fresh" and ("move", "drop") in parked(b)
    update(b, c)
    assert b.get(id).state == "gone"
    team.meet()
    agreed(team)


def test_46_a_parked_change_does_not_overwrite_a_later_one(team: Team) -> None:
    a, b, c = team.all
    id = gadget(a, team, colour="red")
    team.meet()
    update(a)
    a.book.edit(id, {"colour": "green", "size": "7"})
    a.book.edit(id, {"colour": "blue"})
    update(new=False)
    give(a, b)
    assert b.get(id).colour == "blue"  # type: ignore[attr-defined]
    assert not b.book.writer.siblings(id)
    update(b, c)
    assert (b.get(id).colour, b.get(id).size) == ("blue", "7")  # type: ignore[attr-defined]
    assert not b.book.writer.siblings(id)
    team.meet()
    agreed(team)


HOSTILE = (
    "select",
    'name" = 1; DROP TABLE fix; --',
    "name'",
    "[name]",
    "n; DELETE FROM gadget",
    "dots",
    "digest",
    "id",
    "synced",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_47_a_name_that_sql_would_understand_is_parked_and_never_executed(
    team: Team, name: str
) -> None:
    a, b, _ = team.all
    id = gadget(a, team, name="n")
    team.meet()
    before = a.get(id)
    state = a.book.writer.base_of(["state", "name"], before.dots)
    forge(a, f"p:{team.project}", id, type=NAME, fields={name: "x", "name": "m"},
          base={"name": state["name"], "state": state["state"], name: state["state"]})  # fmt: skip
    report = give(a, b)
    assert not report.refused and parked(b) == {("field", name)}
    found = b.get(id)
    assert found.name == "m" and found.id == id  # type: ignore[attr-defined]
    assert found.digest != "x" and b.book.find(team.project) is not None
    assert not [one for one in consistency.everything(b.workspace) if one.bad]


@pytest.mark.parametrize("value", [{"a": 1}, ["x"], 5, True, "5"])
def test_47_a_value_of_another_form_bends_no_column(team: Team, value: object) -> None:
    a, b, _ = team.all
    id = gadget(a, team, name="n", colour="red")
    team.meet()
    base = a.book.writer.base_of(["state", "colour"], a.get(id).dots)
    forge(a, f"p:{team.project}", id, type=NAME, fields={"colour": value}, base=base)
    give(a, b)
    assert b.get(id).colour == "red" and parked(b) == {("value", "colour")}  # type: ignore[attr-defined]


def test_48_a_migration_that_fails_half_way_loses_no_edit(team: Team) -> None:
    a, b, c = team.all
    id = gadget(b, team, name="n")
    store = b.workspace.store
    with store.write():
        store.db.execute_sql("ALTER TABLE gadget RENAME TO kept")
        store.db.execute_sql("CREATE VIEW gadget AS SELECT * FROM kept")
    declare(new=True)
    with pytest.raises(Exception, match=r"数据库|gadget"):
        b.reopen()
    with store.write():
        store.db.execute_sql("DROP VIEW gadget")
        store.db.execute_sql("ALTER TABLE kept RENAME TO gadget")
    b.reopen()
    b.book.edit(id, {"name": "m", "size": "7"})
    a.reopen()
    c.reopen()
    team.meet()
    assert a.get(id).size == "7"  # type: ignore[attr-defined]
    agreed(team)
