"""Decision rules: a move is judged by the version of the table that it names, everywhere alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from models.book.tables.decisions import DECIDED
from models.schema.company_tables import rule_tables
from models.schema.record import Record
from models.schema.roles import PROJECT_MANAGER
from models.text.words import Refused
from sync.log import parked, quarantine
from tests.support.levels import GRAVE, MILD, TABLE, levels
from tests.support.replicas import Replica, Team, differences, give


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """The founder, a manager who keeps the tables, and another one."""
    with levels():
        made = Team.copied(tmp_path, "甲", "乙", roles=(PROJECT_MANAGER,))
        made.meet()
        yield made
        made.close()


def lenient(one: Replica) -> Record:
    """A version by which nothing is grave, put to use by this person; the version."""
    book = one.book
    table = book.add("rule_table", {"subject": TABLE})
    for row, said in book.store.rows("SELECT id, conditions FROM rule_row"):
        if said is not None:
            book.void(row, "放宽")
    return book.move(table.id, "use", {"reason": "放宽"})


def project_space(team: Team) -> list[str]:
    """The space of the project alone: as a carrier that brings this first."""
    return [f"p:{team.project}"]


def noted(one: Replica, record: str) -> tuple[int, int]:
    """How many of its changes are in quarantine and parked here."""
    db, found = one.workspace.store.db.connection(), []
    for table in (quarantine, parked):
        sql = "SELECT DISTINCT space FROM change WHERE record=?"
        spaces = [row[0] for row in db.execute(sql, (record,))]
        found.append(sum(len(table.notes(db, space, record)) for space in spaces))
    return found[0], found[1]


def forged(team: Team, one: Replica, grade: str, told: Any, **more: Any) -> str:
    """A record of this person's with a level that its program made up; the record."""
    book = one.book
    values = more.pop("values", GRAVE)
    record = book.add("sample", values, project=team.project)
    dots = book.writer.base_of(("state", "grade", *values), record.dots)
    move: dict[str, Any] = {
        "move": "level", "from": "reported", "to": "levelled", "role": PROJECT_MANAGER,
        "members": book.store.meta("members") or 1,
        "saw": {name: [list(dot) for dot in dots[name]] for name in values},
    }  # fmt: skip
    if told is not None:
        move[DECIDED] = told
    move |= more
    with one.workspace.store.write():
        one.workspace.log.append(
            space=f"p:{team.project}", type="sample", record=record.id,
            fields={"state": "levelled", "grade": grade}, move=move,
            base={"state": dots["state"], "grade": dots["grade"] or dots["state"]},
        )  # fmt: skip
    return record.id


def test_who_lacks_the_version_waits_and_then_has_the_same(team: Team) -> None:
    founder, one, two = team.all
    lenient(one)
    record = one.book.add("sample", GRAVE, project=team.project)
    assert one.book.move(record.id, "level").values()["grade"] == "three"
    give(one, two, project_space(team))
    assert two.get(record.id).state == "reported" and noted(two, record.id) == (0, 1)
    assert two.get(record.id).values()["grade"] is None
    two.book.edit(record.id, {"hours": "6"})  # work goes on meanwhile
    give(two, founder)
    give(one, two)
    assert two.get(record.id).state == "levelled" and noted(two, record.id) == (0, 0)
    team.meet()
    assert differences(one, two) == [] and differences(one, founder) == []
    assert two.get(record.id).values()["grade"] == "three"


def test_an_older_version_may_decide_where_the_newer_one_is_not_known(team: Team) -> None:
    founder, one, two = team.all
    lenient(one)
    record = two.book.add("sample", GRAVE, project=team.project)
    assert two.book.move(record.id, "level").values()["grade"] == "one"
    team.meet()
    assert founder.get(record.id).values()["grade"] == "one"
    assert noted(founder, record.id) == noted(one, record.id) == (0, 0)
    assert differences(one, two) == []
    assert one.book.move(record.id, "level").values()["grade"] == "three"
    team.meet()
    assert differences(one, two) == [] and two.get(record.id).values()["grade"] == "three"


def shipped() -> dict[str, Any]:
    """What an honest move names that was decided by the shipped table."""
    return {"table": TABLE, "version": 0, "shipped": rule_tables[TABLE].digest}


def test_what_the_named_version_does_not_say_is_quarantined_everywhere(team: Team) -> None:
    _, one, two = team.all
    used = lenient(one)
    by = [one.device, _use_of(one, used)]
    lies: list[tuple[str, Any, Mapping[str, Any]]] = [
        ("three", shipped(), {}),
        ("one", {"table": TABLE, "version": 1, "by": by}, {}),
        ("three", None, {}),
        ("three", {"table": "other", "version": 1, "by": by}, {}),
        ("three", {"table": TABLE, "version": True, "by": by}, {}),
        ("three", {"table": TABLE, "version": 2, "by": by}, {}),
        ("three", {"table": TABLE, "version": 1, "by": "x"}, {}),
        ("three", [], {}),
        ("three", shipped(), {"values": {"hours": "1", "leak": False}}),
    ]
    made = [forged(team, one, grade, told, **more) for grade, told, more in lies]
    honest = one.book.add("sample", MILD, project=team.project)
    one.book.move(honest.id, "level")
    team.meet()
    for record in made:
        for other in (team.founder, two):
            assert noted(other, record) == (1, 0), other.get(record).values()
            assert other.get(record).values()["grade"] is None
    assert noted(two, honest.id) == (0, 0) and two.get(honest.id).values()["grade"] == "three"
    assert differences(team.founder, two) == []


def test_a_version_that_never_comes_never_counts(team: Team) -> None:
    _, one, two = team.all
    unknown = {"table": TABLE, "version": 7, "by": ["0" * 32, 3]}
    newer = {"table": TABLE, "version": 0, "shipped": "f" * 16}
    records = [forged(team, one, "three", told) for told in (unknown, newer)]
    team.meet()
    for record in records:
        assert noted(two, record) == (0, 1) and two.get(record).state == "reported"


def test_an_input_in_an_older_version_is_seen_as_it_was(team: Team) -> None:
    _, one, two = team.all
    record = one.book.add("sample", MILD, project=team.project)
    team.meet()
    two.book.edit(record.id, {"leak": True})
    one.book.move(record.id, "level")
    team.meet()
    assert two.get(record.id).values()["grade"] == "three" and noted(two, record.id) == (0, 0)
    assert differences(one, two) == []


def test_who_may_not_keep_tables_decides_by_none_of_their_own(tmp_path: Path) -> None:
    with levels():
        team = Team(tmp_path, "甲")
        _, one = team.all
        team.meet()
        with pytest.raises(Refused, match="没有可填写判定规则的角色"):
            one.book.add("rule_table", {"subject": TABLE})
        team.close()


def _use_of(one: Replica, used: Record) -> int:
    """The sequence of the change that put a version to use."""
    ((_, seq),) = one.book.writer.base_of(("content",), used.dots)["content"]
    return seq
