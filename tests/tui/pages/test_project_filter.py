"""Project filter: all projects, then each alone, then all again."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.projects import all_projects
from tui.pages.project_filter import ProjectFilter, command


@pytest.fixture
def filter(book: Book) -> ProjectFilter:
    """A filter over two projects."""
    book.add("project", {"name": "乙"})
    made = ProjectFilter()
    made.projects = all_projects(book.store)
    return made


def test_it_begins_with_all_and_goes_round(filter: ProjectFilter) -> None:
    first, second = filter.projects
    seen = []
    for _ in range(4):
        seen.append([one.id for one in filter.shown])
        filter.turn()
    assert seen == [[first.id, second.id], [first.id], [second.id], [first.id, second.id]]


def test_only_one_that_is_alone_is_named(filter: ProjectFilter) -> None:
    assert filter.alone == ""
    filter.turn()
    assert filter.alone == filter.projects[0].name


def test_a_page_can_begin_with_one_alone(filter: ProjectFilter) -> None:
    one = ProjectFilter(filter.projects[1].id)
    one.projects = filter.projects
    assert [shown.id for shown in one.shown] == [
        filter.projects[1].id
    ] and one.alone == filter.projects[1].name


def test_one_that_is_gone_gives_way_to_all(filter: ProjectFilter) -> None:
    filter.project = "gone"
    assert filter.shown == [] and filter.alone == ""
    filter.turn()
    assert filter.shown == filter.projects


def test_without_projects_it_stays_at_all() -> None:
    none = ProjectFilter()
    none.turn()
    assert none.project == "" and none.shown == []


def test_each_page_has_a_command_of_its_own_with_the_same_keys() -> None:
    one, other = command("a", shown=1), command("b", shown=2)
    assert (one.id, other.id) == ("a.project", "b.project")
    assert one.keys == other.keys and one.word == other.word
