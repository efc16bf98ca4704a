"""Procedures: what has begun follows the version that was in force then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.book.tables import procedures
from models.book.tables.procedures import followed, in_force, steps_in
from models.records.tables.shipped_procedures import COMPLAINTS
from models.schema.roles import PROJECT_MANAGER
from tests.support.replicas import Team, differences, give


def revised(book: Book, days: int = 3) -> str:
    """A version with another time for the acknowledgement, put to use; its id."""
    made = book.add("procedure", {"subject": COMPLAINTS})
    sql = "SELECT id FROM procedure_step WHERE procedure=? AND code='acknowledge'"
    book.edit(book.store.rows(sql, (made.id,))[0][0], {"days": days})
    book.move(made.id, "use", {"reason": "按评审意见"})
    return made.id


def complaint(book: Book, project: str) -> str:
    """A complaint received now."""
    return book.add("complaint", {"subject": "响应慢"}, project=project).id


def test_the_shipped_one_counts_until_the_company_has_its_own(book: Book, project: str) -> None:
    before = complaint(book, project)
    assert book.get(before).values()["procedure_version"] == 0
    assert in_force(book.store, COMPLAINTS).days("received") == 1
    id = revised(book)
    after = complaint(book, project)
    old, new = (followed(book.store, book.get(one)) for one in (before, after))
    assert old is not None and new is not None
    assert (old.version, old.id, old.days("received")) == (0, None, 1)
    assert (new.version, new.id, new.days("received")) == (1, id, 3)
    assert book.get(after).values()["due"] > book.get(before).values()["due"]


def test_a_later_version_changes_nothing_for_what_has_begun(book: Book, project: str) -> None:
    revised(book)
    begun = complaint(book, project)
    revised(book, 9)
    found = followed(book.store, book.get(begun))
    assert found is not None and (found.version, found.days("received")) == (1, 3)
    assert in_force(book.store, COMPLAINTS).days("received") == 9


def test_other_types_follow_none(book: Book, project: str) -> None:
    fix = book.add("fix", {"phenomenon": "x"}, project=project)
    assert followed(book.store, fix) is None


def test_a_version_that_is_not_here_says_so(tmp_path: Path) -> None:
    team = Team.copied(tmp_path, "甲", roles=(PROJECT_MANAGER,), met=True)
    founder, one = team.all
    revised(one.book)
    id = complaint(one.book, team.project)
    give(one, founder, [f"p:{team.project}"])
    found = followed(founder.workspace.store, founder.get(id))
    assert found is not None and not found.here and found.steps == () and found.version == 1
    team.meet()
    found = followed(founder.workspace.store, founder.get(id))
    assert found is not None and found.here and found.days("received") == 3
    team.close()


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """The founder and a manager who keeps the procedures."""
    made = Team.copied(tmp_path, "甲", roles=(PROJECT_MANAGER,), met=True)
    yield made
    made.close()


def test_two_who_make_the_next_version_at_once_make_one(team: Team) -> None:
    founder, one = team.all
    first, second = revised(founder.book, 2), revised(one.book, 4)
    assert first == second
    team.meet()
    assert differences(founder, one) == []
    sql = "SELECT count(*) FROM procedure_step WHERE procedure=? AND void IS NULL"
    assert founder.workspace.store.row(sql, (first,)) == (5,)
    assert "content" in founder.book.writer.siblings(first)  # a person decides between the two


@pytest.mark.parametrize("row", [{}, {"code": 1}, {"code": "a", "what_zh": "x"}])
def test_odd_steps_are_left_out(row: dict[str, object]) -> None:
    good = {"code": "a", "what_zh": "甲", "what_en": "A", "days": "7", "who": 3, "stage": None}
    (step,) = steps_in((row, good))
    assert (step.code, step.days, step.who, step.stage) == ("a", None, "", "")


def test_an_unknown_procedure_is_a_mistake_of_the_program(book: Book) -> None:
    with pytest.raises(KeyError):
        procedures.in_force(book.store, "nothing")
