"""Verifier: the membership log is read once, and again when it has grown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.apply.verifier import SegmentVerifier
from sync.encoding.segment import DeviceAlias
from sync.log import device_aliases
from sync.organisation import administration
from sync.validation.history import Writer
from tests.support.replicas import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path, "b")
    yield made
    made.close()


def test_the_log_is_read_again_when_it_has_grown(team: Team) -> None:
    one = SegmentVerifier(team.founder.workspace.store)
    before = one.membership
    assert one.membership is before
    administration.add_person(team.founder.workspace, "后来者", "")
    assert len(one.membership.entries) == len(before.entries) + 1
    assert one.membership is one.membership


def test_an_altered_log_is_refused(team: Team) -> None:
    store = team.founder.workspace.store
    with store.write():
        store.db.execute_sql("UPDATE membership SET sig=zeroblob(64) WHERE n=1")
    with pytest.raises(Refused):
        _ = SegmentVerifier(store).membership


def test_a_writer_counts_from_the_admission_of_the_device_on(team: Team) -> None:
    a, b = team.all
    one, db = a.exchange.trust, a.workspace.store.db.connection()
    since = one.membership.devices[b.device].since
    assert one.writer(db, b.device, since) == Writer(team.person(b), since, b.device)
    assert one.writer(db, b.device, since - 1) is None
    assert one.writer(db, "stranger", since) is None


def test_a_new_id_writes_as_the_admitted_device(team: Team) -> None:
    a, b = team.all
    one, db = a.exchange.trust, a.workspace.store.db.connection()
    with a.workspace.store.write():
        device_aliases.keep(db, "renewed", DeviceAlias(b.device, bytes(64)))
        device_aliases.keep(db, "odd", DeviceAlias("stranger", bytes(64)))
    version = one.membership.version
    assert one.writer(db, "renewed", version) == Writer(team.person(b), version, b.device)
    assert one.writer(db, "odd", version) is None
