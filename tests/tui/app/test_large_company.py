"""A company of ten projects and 20,000 changes takes little more work than the demonstration's.

Counted are the steps of the database's machine, which are the same on every machine at any load.
A page about all projects of a person grows with these, never with what is long done.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from models.schema.roles import PROJECT_MANAGER, QUALITY
from sync.apply.open_book import open_book
from tests.bench import company_book
from tests.bench.company_book import DEMO, SOME, Size
from tests.bench.counted_work import screens

MORE, SAVE = 1.5, 1.2
"""How much more work a page may take, and a save."""
GRACE = 2_000
"""Steps for each further project that are no more work to speak of: some 50 µs."""
OVER_ALL = ("trends",)
"""Read all problems of the projects, the closed ones as well."""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[Size, Path]:
    """Both companies' books."""
    folder = tmp_path_factory.mktemp("companies")
    return {size: company_book.build(folder, size) for size in (DEMO, SOME)}


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
    small, large = [
        await screens(books[size], company_book.person(size, role)) for size in (DEMO, SOME)
    ]
    further = (SOME.projects - DEMO.projects) * GRACE
    for what, before in small.items():
        most = SAVE * before if what == "save" else max(MORE * before, before + further)
        if what not in OVER_ALL or role == PROJECT_MANAGER:
            assert large[what] <= most, (what, before, large[what])
    # A search with more hits than a page looks a second time, for the records themselves.
    assert large["list"] <= MORE * small["list"]
