"""Verifier: the membership log is read once, and again when it has grown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.apply.verifier import SegmentVerifier
from sync.encoding.segment import DeviceAlias
from sync.log import device_aliases, membership_store
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


def test_of_a_longer_log_only_what_was_appended_is_read(team: Team) -> None:
    """A log of hundreds of entries is not checked anew for each one that comes."""
    store = team.founder.workspace.store
    one = SegmentVerifier(store)
    before = one.membership
    administration.add_person(team.founder.workspace, "后来者", "")
    read = list[str]()
    store.db.connection().set_trace_callback(read.append)
    whole = one.membership
    store.db.connection().set_trace_callback(None)
    assert whole.entries == membership_store.load(store.db).entries
    assert whole.people == membership_store.load(store.db).people != before.people
    (query,) = (sql for sql in read if "sig" in sql)
    assert f"n>{len(before.entries)} " in query


def test_another_log_is_read_whole(team: Team, tmp_path: Path) -> None:
    """As after the log was put in the place of another one."""
    store, other = team.founder.workspace.store, Team(tmp_path / "other", "x", "y")
    one = SegmentVerifier(store)
    assert len(one.membership.entries) < len(other.founder.exchange.members(0))
    with store.write():
        store.db.execute_sql("DELETE FROM membership")
        membership_store.keep(store.db, other.founder.exchange.trust.membership)
    assert one.membership.entries == other.founder.exchange.trust.membership.entries
    other.close()


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
