"""Local history: what the book on the disk answers while changes are authorised."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.text.words import Refused, W
from sync.apply.local_history import LocalHistory
from sync.apply.rows.row_batch import RowBatch
from sync.apply.transaction import Transaction, begin
from sync.encoding.segment import DeviceAlias
from sync.log import device_aliases, parked, quarantine
from tests.support.replicas import Team

WHY = Refused(W("不行", "no"))


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path)
    yield made
    made.close()


@pytest.fixture
def tx(team: Team) -> Iterator[Transaction]:
    """A transaction in the project's space, after a fix was created and edited."""
    one = team.founder
    team.fix(one)
    one.book.edit(fix_of(team), {"cause": "磨损"})
    with begin(one.workspace, one.exchange.trust, f"p:{team.project}") as found:
        yield found


def fix_of(team: Team) -> str:
    """The id of the only fix."""
    (row,) = team.founder.workspace.store.rows("SELECT id FROM fix")
    return str(row[0])


def test_versions_are_found_in_the_log(team: Team, tx: Transaction) -> None:
    past, device = LocalHistory(tx, [fix_of(team)]), team.founder.device
    created, edited = past.change(device, 1), past.change(device, 2)
    assert created is not None and created.header is not None
    assert edited is not None and edited.fields == {"cause": "磨损"}
    assert past.record(device, 2) == fix_of(team)
    assert past.change(device, 99) is None and past.record("stranger", 1) is None


def test_creations_are_those_of_the_records_asked_about(team: Team, tx: Transaction) -> None:
    fix = fix_of(team)
    (born,) = LocalHistory(tx, [fix]).births(fix)
    assert born.seq == 1 and LocalHistory(tx, ["new"]).births("new") == ()
    (other,) = LocalHistory(tx, ["new"]).births(fix)  # asked about through a link
    assert other == born


def test_changes_being_authorised_are_passed_over(team: Team, tx: Transaction) -> None:
    fix, idx = fix_of(team), tx.names.idx(team.founder.device)
    assert LocalHistory(tx, [fix], (idx, 1)).births(fix) == ()
    assert len(LocalHistory(tx, [fix], (idx, 3)).births(fix)) == 1


def test_a_quarantined_creation_does_not_count(team: Team, tx: Transaction) -> None:
    fix, device = fix_of(team), team.founder.device
    past = LocalHistory(tx, [fix])
    created = past.change(device, 1)
    assert created is not None and not past.quarantined(device, 1)
    quarantine.put(tx.names, [(created, WHY)])
    assert past.quarantined(device, 1) and list(LocalHistory(tx, [fix]).births(fix)) == []


def test_only_what_is_not_understood_as_a_whole_is_parked(team: Team, tx: Transaction) -> None:
    device, past = team.founder.device, LocalHistory(tx, [])
    change = past.change(device, 2)
    assert change is not None
    parked.put(tx.names, [(change, [("field", "size")])])
    assert not past.parked(device, 2)
    parked.put(tx.names, [(change, [("move", "drop")])])
    assert past.parked(device, 2)


def test_a_device_belongs_to_its_person_under_each_of_its_ids(team: Team, tx: Transaction) -> None:
    device, me = team.founder.device, team.person(team.founder)
    device_aliases.keep(tx.db, "renewed", DeviceAlias(device, bytes(64)))
    past = LocalHistory(tx, [])
    assert past.person(device) == past.person("renewed") == me
    assert past.person("stranger") is None


def test_rows_answer_only_where_they_were_loaded(team: Team, tx: Transaction) -> None:
    fix, rows = fix_of(team), RowBatch(tx)
    assert LocalHistory(tx, [fix]).current_row("fix", fix) is None
    past = LocalHistory(tx, [fix], None, rows)
    assert past.current_row("fix", fix) is None
    rows.load([("fix", fix)])
    found = past.current_row("fix", fix)
    assert found is not None and (found.state, found.project) == ("open", team.project)
