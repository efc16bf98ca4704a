"""Duplicate rounds: told to both, one key keeps one of them, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.book.derived_state import StateView
from models.derived.revision_copy import new_revision
from models.queries.facts import facts_of
from models.queries.waiting import agenda
from models.records.checks.rounds import duplicate_rounds
from models.schema.roles import ENGINEER
from models.text.words import Refused
from tests.support import checks
from tests.support.replicas import Replica, Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """The founder and an engineer, both with a published template."""
    made = Team(tmp_path / "team")
    made.admit("eng", (ENGINEER,))
    made.meet()
    yield made
    made.close()


def begun(one: Replica, template: str, project: str, round: int = 1) -> str:
    """A sheet of today with an answer to the first item, by its id."""
    book = one.book
    values = {"template": template, "day": book.today.isoformat(), "round": round}
    sheet = book.ensure("sheet", values, project=project).id
    item = checks.items(book, template)[0]
    book.add("answer", {"sheet": sheet, "item": item, **checks.fine(book, item)})
    return str(sheet)


def told(book: Book, sheet: str) -> str:
    """What is said of a sheet besides its state."""
    return " ".join(one.text for one in facts_of(book, book.get(sheet), StateView(book.store)))


@pytest.fixture
def two(team: Team) -> tuple[str, str]:
    """The founder's sheet of the template's second version, the engineer's of the first one."""
    founder, eng = team.all
    old = checks.template(founder.book, team.project)
    team.meet()
    fresh = new_revision(founder.book, founder.book.get(old))
    founder.book.move(fresh.id, "publish")
    mine, theirs = begun(founder, fresh.id, team.project), begun(eng, old, team.project)
    team.meet()
    return mine, theirs


@pytest.mark.shows(78)
def test_two_sheets_of_a_round_are_told_and_one_is_kept(team: Team, two: tuple[str, str]) -> None:
    mine, theirs = two
    for one in team.all:
        for sheet, other in (two, two[::-1]):
            number = one.book.get(other).number
            assert f"与 {number} 是同一轮" in told(one.book, sheet)
        waiting = [
            task.record.id
            for task in agenda.agenda(one.book)
            if task.record is not None and task.group == "duplicates"
        ]
        assert len(waiting) == 1 and waiting[0] in two
    founder, eng = team.all
    assert [one.id for one in duplicate_rounds.keep(eng.book, mine)] == [theirs]
    team.meet()
    for one in team.all:
        gone = one.book.get(theirs)
        assert gone.void is not None and one.book.get(mine).number in gone.void
        left = one.workspace.store.rows("SELECT id FROM answer WHERE sheet=?", (theirs,))
        assert len(left) == 1
        assert "同一轮" not in told(one.book, mine)
        assert not any(task.group == "duplicates" for task in agenda.agenda(one.book))
        with pytest.raises(Refused):
            duplicate_rounds.keep(one.book, mine)
    founder.book.restore(theirs)
    assert "同一轮" in told(founder.book, mine)


def test_another_round_template_or_day_is_no_duplicate(team: Team, two: tuple[str, str]) -> None:
    founder, _ = team.all
    book = founder.book
    other = checks.template(book, team.project, name_zh="另一份")
    alone = begun(founder, other, team.project)
    assert duplicate_rounds.twins(book.store, book.get(alone)) == []
    assert len(list(duplicate_rounds.duplicates(book, [team.project]))) == 1


def test_one_that_was_handed_in_is_not_taken_out(team: Team, two: tuple[str, str]) -> None:
    mine, theirs = two
    founder, _ = team.all
    store = founder.workspace.store
    with store.write():
        store.db.execute_sql("UPDATE sheet SET state='submitted' WHERE id=?", (theirs,))
    with pytest.raises(Refused):
        duplicate_rounds.keep(founder.book, mine)
    assert founder.book.get(theirs).void is None


def test_the_same_sheet_begun_twice_says_by_whom(team: Team) -> None:
    founder, eng = team.all
    of = checks.template(founder.book, team.project)
    team.meet()
    sheet = begun(founder, of, team.project)
    assert begun(eng, of, team.project) == sheet
    assert told(founder.book, sheet) == ""
    team.meet()
    for one in team.all:
        assert "各自开始了这一轮" in told(one.book, sheet)
        people = duplicate_rounds.beginners(one.book, one.book.get(sheet))
        assert set(people) == {founder.book.me, eng.book.me}
