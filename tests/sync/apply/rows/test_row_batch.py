"""Row batch: rows read and written together, as if each were written alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.storage import integrity, rows
from sync.apply.rows import row_batch
from sync.apply.rows.record_state import born
from sync.apply.rows.row_batch import RowBatch, clear_siblings
from sync.apply.transaction import Transaction, begin
from sync.changes.change import Change
from sync.changes.merge import Version
from tests.support.replicas import Team
from tests.sync.apply.rows.test_record_state import CLS, HEADER, NOW


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path)
    yield made
    made.close()


@pytest.fixture
def tx(team: Team) -> Iterator[Transaction]:
    one = team.founder
    with begin(one.workspace, one.exchange.trust, f"p:{team.project}") as found:
        yield found


def creation(number: int, **more: object) -> Change:
    """A new fix by device a."""
    id = f"0190a1b2-0000-7000-8000-{number:012x}"
    header = {**HEADER, **more}
    fields = {"state": "open", "phenomenon": f"{number}"}
    return Change("p:one", "a", number, NOW << 20, "fix", id, number, fields, {}, header)


def begun(tx: Transaction, *numbers: int, **more: object) -> tuple[RowBatch, list[str]]:
    """A batch with new fixes, not written yet."""
    batch, ids = RowBatch(tx), list[str]()
    for number in numbers:
        one = creation(number, **more)
        held = born(CLS, one, tx.names)
        held.take(one)
        batch.begin(held)
        ids.append(one.record)
    return batch, ids


def test_new_rows_are_written_whole_and_marked_for_the_search(tx: Transaction) -> None:
    batch, ids = begun(tx, 1, 2)
    assert len(batch) == 2 and tx.db.execute("SELECT count(*) FROM fix").fetchone() == (0,)
    assert batch.flush() == {("fix", id) for id in ids}
    assert len(batch) == 0 and batch.flush() == set()
    found = tx.db.execute("SELECT phenomenon FROM fix ORDER BY n").fetchall()
    assert found == [("1",), ("2",)]
    dirty = {row[0] for row in tx.db.execute("SELECT record FROM dirty").fetchall()}
    assert set(ids) <= dirty

    def run(sql: str, params: object = ()) -> list[tuple[object, ...]]:
        return list(tx.db.execute(sql, params).fetchall())

    assert not [one for one in integrity.database(run) if one.bad]


def test_rows_with_one_place_are_moved_on(tx: Transaction) -> None:
    batch, _ = begun(tx, 0x1001, 0x2001, 0x3001)  # the same time and the same last letters
    batch.flush()
    places = [row[0] for row in tx.db.execute("SELECT n FROM fix ORDER BY n")]
    assert places == [places[0], places[0] + 1, places[0] + 2]
    more, _ = begun(tx, 0x4001)
    more.flush()
    assert tx.db.execute("SELECT max(n) FROM fix").fetchone() == (places[0] + 3,)


def test_a_known_row_is_read_with_its_siblings_and_only_what_changed_is_written(
    tx: Transaction,
) -> None:
    batch, (id,) = begun(tx, 1)
    batch.flush()
    again = RowBatch(tx)
    again.load([("fix", id), ("fix", "0190a1b2-0000-7000-8000-00000000ffff"), ("unheard", id)])
    held = again.get("fix", id)
    assert held is not None and len(again) == 1 and again.get("unheard", id) is None
    assert again.flush() == set()
    again.load([("fix", id)])
    held = again.get("fix", id)
    assert held is not None
    held.set("cause", "磨损")
    held.put_siblings("cause", (Version("b", 7, 5, {"x": 1}),))
    assert again.conflicts() == {id: {"cause"}}
    assert again.flush() == {("fix", id)}
    third = RowBatch(tx)
    third.load([("fix", id)])
    held = third.get("fix", id)
    assert held is not None and held.row["cause"] == "磨损"
    assert held.siblings == {"cause": (Version("b", 7, 5, {"x": 1}),)}
    held.put_siblings("cause", ())
    assert third.conflicts() == {}
    third.flush()
    assert tx.db.execute("SELECT count(*) FROM sibling").fetchone() == (0,)


def test_many_rows_are_read_in_pieces(tx: Transaction, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_batch, "CHUNK", 3)
    batch, ids = begun(tx, *range(1, 12))
    batch.flush()
    again = RowBatch(tx)
    again.load(("fix", id) for id in [*ids, *ids])
    assert len(again) == len(ids)
    assert all(again.get("fix", id) is not None for id in ids)


def test_flags_are_read_as_they_are_declared(tx: Transaction) -> None:
    batch, (id,) = begun(tx, 1)
    held = batch.get("fix", id)
    assert held is not None
    held.set("typical", True)
    batch.flush()
    again = RowBatch(tx)
    again.load([("fix", id)])
    found = again.get("fix", id)
    assert found is not None and found.row["typical"] is True
    (digest,) = tx.db.execute("SELECT digest FROM fix").fetchone()
    assert digest == rows.row_digest(CLS, found.row)


def test_siblings_of_one_record_are_taken_away(tx: Transaction) -> None:
    batch, ids = begun(tx, 1, 2)
    for id in ids:
        held = batch.get("fix", id)
        assert held is not None
        held.put_siblings("cause", (Version("b", 7, 5, "x"),))
    batch.flush()
    clear_siblings(tx.db, ids[:1])
    assert tx.db.execute("SELECT record FROM sibling").fetchall() == [(ids[1],)]
