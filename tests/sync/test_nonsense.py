"""Changes with right seals and values of no sense: taken, the same everywhere, and harmless."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.record import Record, kinds
from models.storage import backup, integrity
from sync.apply.reevaluation import consistency
from sync.workspace.workspace import open_book
from tests.support import nonsense_book
from tests.support.bustle import rebuilt
from tests.support.hostile_book import Ids, ordered
from tests.support.nonsense_book import HUGE
from tests.support.replicas import Replica, Team, contents, differences, replica
from tests.sync.encoding.test_snapshot import join


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Replica, Ids]]:
    """The founder's book after it took everything, and its records."""
    home = tmp_path_factory.mktemp("nonsense") / "book"
    ids = nonsense_book.make(home)
    opened = replica(open_book(home))
    yield opened, ids
    opened.workspace.close()
    shutil.rmtree(home)


def test_every_type_is_taken_with_what_was_written(taken: tuple[Replica, Ids]) -> None:
    one, ids = taken
    for cls in ordered():
        assert len({one.get(id).id for id in ids[cls.kind.name]}) >= _least(cls), cls.kind.name
    assert one.get(ids["template"][0]).rounds == HUGE  # type: ignore[attr-defined]
    assert one.get(ids["sheet"][2]).values()["day"] == "0001-01-01"


def _least(cls: type[Record]) -> int:
    """How many different records there are at least, by what the natural key is made of."""
    if cls.kind.table or (cls.kind.key and all(_of_few(cls, name) for name in cls.kind.key)):
        return 1
    parts = [cls.specs()[name].target for name in cls.kind.key if name in cls.specs()]
    return 5 if any(_least(kinds[one]) == 1 for one in parts if one in kinds) else 10


def _of_few(cls: type[Record], name: str) -> bool:
    """Whether a part of a natural key is the project or a person, of which the book has few."""
    return name in ("project", "author") or cls.specs()[name].target == "person"


def test_rows_are_what_the_log_says_by_the_plain_rule(taken: tuple[Replica, Ids]) -> None:
    """Also where a group's members were left out on one side of a conflict."""
    one, _ = taken
    before = contents(one.book)
    assert rebuilt(one) == before


def test_no_check_stumbles(taken: tuple[Replica, Ids]) -> None:
    one, _ = taken
    run = one.workspace.store.rows
    found = [*consistency.everything(one.workspace), *integrity.database(run)]
    assert [str(fault) for fault in found if fault.bad] == []
    notes = [*integrity.links(run), *integrity.attached(run, one.home)]
    assert notes and not any(note.bad for note in notes)


def test_a_snapshot_is_joined(taken: tuple[Replica, Ids], tmp_path: Path) -> None:
    one, _ = taken
    team = Team.__new__(Team)
    team.folder, team.all, team.founder = tmp_path, [one], one
    other = team.admit("新来的")
    report = join(one, other)
    assert not report.refused and not report.waiting
    assert not differences(one, other) and one.digest() == other.digest()
    other.workspace.close()


def test_all_is_indexed_and_backed_up(taken: tuple[Replica, Ids], tmp_path: Path) -> None:
    one, _ = taken
    search = one.workspace.search
    while search.pending():
        search.index_some()
    assert search.find("HOSTILE")
    made = backup.backup(one.workspace.store, tmp_path)
    backup.usable(made)
