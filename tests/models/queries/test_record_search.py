"""Record search: words by the index, everything else by the conditions of lists."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.queries import record_search
from models.queries.filters import Filter
from models.queries.record_search import Finder
from sync.workspace.workspace import Workspace


@pytest.fixture
def finder(workspace: Workspace) -> Finder:
    """The search over the workspace's book."""
    return Finder(workspace.store, workspace.search, "Asia/Shanghai", "2026-11-20")


def index(workspace: Workspace) -> None:
    """Index all that was written."""
    while workspace.search.index_some():
        pass


def texts(finder: Finder, book: Book, wanted: Filter, **more: int) -> list[str]:
    """The titles of what is found."""
    return [book.get(hit.id).title() for hit in finder.find(wanted, **more)]


@pytest.fixture
def fixes(workspace: Workspace, book: Book, project: str) -> list[str]:
    """Three fixes, the newest last, and an escalation; all indexed."""
    days = (1_795_000_000_000, 1_795_100_000_000, 1_795_200_000_000)
    made = [
        book.add("fix", {"phenomenon": f"空调 {n}"}, project=project, occurred=day).id
        for n, day in enumerate(days)
    ]
    book.add("escalation", {"phenomenon": "空调 总"}, project=project, occurred=days[0])
    index(workspace)
    return made


@pytest.mark.shows(92)
def test_words_are_found_in_every_type_the_newest_first(
    finder: Finder, book: Book, fixes: list[str]
) -> None:
    found = texts(finder, book, Filter(words="空调"))
    assert found[:2] == ["空调 2", "空调 1"] and set(found[2:]) == {"空调 0", "空调 总"}
    assert texts(finder, book, Filter(words="空调", types=("escalation",))) == ["空调 总"]
    assert texts(finder, book, Filter(words="没有")) == []


def test_words_and_a_state_narrow_each_other(
    workspace: Workspace, finder: Finder, book: Book, fixes: list[str]
) -> None:
    book.move(fixes[1], "fix", {"cause": "x", "correction": "y"})
    index(workspace)
    assert texts(finder, book, Filter(words="空调", states=("fixed",))) == ["空调 1"]
    assert texts(finder, book, Filter(states=("fixed",))) == ["空调 1"]
    assert texts(finder, book, Filter(words="空调", states=("nonsense",))) == []


def test_the_next_page_goes_on_after_the_last_one(
    finder: Finder, book: Book, fixes: list[str]
) -> None:
    for wanted in (Filter(words="空调"), Filter(types=("fix", "escalation"))):
        first = finder.find(wanted, limit=2)
        rest = finder.find(wanted, limit=2, before=first[-1].n)
        assert len({hit.id for hit in [*first, *rest]}) == 4
        assert first[-1].n > rest[0].n


def test_hits_that_do_not_fit_are_passed_over_page_by_page(
    workspace: Workspace,
    finder: Finder,
    book: Book,
    fixes: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book.move(fixes[0], "fix", {"cause": "x", "correction": "y"})
    index(workspace)
    wanted = Filter(words="空调", states=("fixed",), types=("fix",))
    assert texts(finder, book, wanted, limit=1) == ["空调 0"]  # the third page of hits
    monkeypatch.setattr(record_search, "ROUNDS", 2)
    assert texts(finder, book, wanted, limit=1) == []


def test_without_words_rows_and_notes_are_left_out(
    finder: Finder, book: Book, fixes: list[str]
) -> None:
    book.add("note", {"about": fixes[0], "text": "x"})
    found = {hit.type for hit in finder.find(Filter())}
    assert found >= {"fix", "escalation"} and "note" not in found
    book.edit(fixes[2], {"phenomenon": "长" * 200})
    hits = {hit.id: hit for hit in finder.find(Filter(types=("fix",)))}
    assert hits[fixes[2]].snippet == "长" * 80


def test_a_project_narrows_with_and_without_words(
    workspace: Workspace, finder: Finder, book: Book, fixes: list[str]
) -> None:
    other = book.add("project", {"name": "另一个"}).id
    book.add("fix", {"phenomenon": "空调 别处"}, project=other)
    index(workspace)
    for words in ("", "空调"):
        wanted = Filter(words=words, project=other, types=("fix",))
        assert texts(finder, book, wanted) == ["空调 别处"]
