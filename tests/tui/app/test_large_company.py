"""A company of ten projects and 20,000 changes takes little more work than the demonstration's.

Counted are the steps of the database's machine, which are the same on every machine at any load.
A page about all projects of a person grows with these; what is long done costs nothing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from models.schema.roles import PROJECT_MANAGER, QUALITY
from sync.apply.open_book import open_book
from tests.bench import company_book
from tests.bench.company_book import DEMO, LONG, SOME, Size
from tests.bench.counted_work import screens

MORE, SAVE = 1.5, 1.2
"""How much more work a page may take, and a save."""
GRACE = 2_000
"""Steps for each further project that are no more work to speak of: some 50 µs."""
PAGE = 20_000
"""Steps by which a search looks for a page of hits."""
OVER_ALL = ("trends", "quality", "irregular")
"""Count what was done in the last weeks, in every project that is looked at."""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[Size, Path]:
    """The companies' books."""
    folder = tmp_path_factory.mktemp("companies")
    return {size: company_book.build(folder, size) for size in (DEMO, SOME, LONG)}


async def steps(books: dict[Size, Path], size: Size, role: str) -> dict[str, int]:
    """Steps of the pages of a company, on the evening of its last day."""
    return await screens(books[size], size.end, company_book.person(size, role))


def test_it_is_written_whole_and_goes_on_where_it_was(books: dict[Size, Path]) -> None:
    opened = open_book(books[SOME])
    row = opened.store.row("SELECT count(*) FROM change")
    assert row is not None and int(row[0]) > 20_000
    assert opened.store.row("SELECT 1 FROM quarantine") is None
    assert opened.log.verify_chain() is None
    opened.close()
    assert company_book.build(books[SOME].parent, SOME) == books[SOME]
    opened = open_book(books[SOME])
    assert opened.store.row("SELECT count(*) FROM change") == row
    opened.close()


@pytest.mark.parametrize("role", [PROJECT_MANAGER, QUALITY])
async def test_its_pages_take_little_more_work(books: dict[Size, Path], role: str) -> None:
    small, large = [await steps(books, size, role) for size in (DEMO, SOME)]
    further = (SOME.projects - DEMO.projects) * GRACE
    for what, before in small.items():
        most = SAVE * before if what == "save" else max(MORE * before, before + further)
        if what in OVER_ALL and role == QUALITY:
            most = before * SOME.projects / DEMO.projects
        assert large[what] <= most, (what, before, large[what])
    # A search with more hits than a page looks a second time, for the records themselves.
    assert large["list"] <= MORE * small["list"]


@pytest.mark.parametrize("role", [PROJECT_MANAGER, QUALITY])
async def test_what_is_long_done_costs_nothing(books: dict[Size, Path], role: str) -> None:
    young, old = [await steps(books, size, role) for size in (DEMO, LONG)]
    # A search with more hits than a page looks a second time, for the records themselves.
    wrong = {what: (n, old[what]) for what, n in young.items() if old[what] > SAVE * n}
    assert set(wrong) <= {"search"}
    assert old["search"] <= young["search"] + PAGE
