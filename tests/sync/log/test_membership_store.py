"""Membership store: the log as kept, and its projection for people and rights."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from peewee import SqliteDatabase

from models.book import people
from models.book.people import People
from models.schema.roles import ROLES
from models.text.words import Refused
from sync.log import membership_store
from sync.trust import membership, membership_entry
from tests.support.signers import company, signer, staffed
from tests.sync.trust.test_membership import histories, refused


@pytest.fixture
def db() -> SqliteDatabase:
    """An empty book's tables for people."""
    return empty()


def empty() -> SqliteDatabase:
    """The tables of people, of the log, and the facts of a book."""
    made = SqliteDatabase(":memory:")
    people.create(made)
    membership_store.create(made)
    made.execute_sql("CREATE TABLE meta(key TEXT PRIMARY KEY, value)")
    return made


def test_the_log_is_kept_and_loaded(db: SqliteDatabase) -> None:
    log = staffed()
    assert membership_store.keep(db, company()) == 1
    assert membership_store.keep(db, log) == log.version - 1
    assert membership_store.keep(db, log) == membership_store.keep(db, company()) == 0
    assert membership_store.load(db).entries == log.entries
    assert [one.n for one in membership_store.stored(db, after=3)] == [4, 5]


def test_who_appends_second_must_look_again(db: SqliteDatabase) -> None:
    log = staffed()
    one, two = (
        log.append("person", {"person": "p9", "name": name, "title": ""}, signer(0))
        for name in "ab"
    )
    membership_store.keep(db, one)
    refused(membership.OTHER, lambda: membership_store.keep(db, two))
    body = {"person": "p8", "name": "c", "title": ""}
    refused(
        membership.OTHER, lambda: membership_store.keep(db, two.append("person", body, signer(0)))
    )
    assert membership_store.load(db).head == one.head


def test_a_log_altered_in_the_database_is_refused(db: SqliteDatabase) -> None:
    membership_store.keep(db, staffed())
    db.execute_sql("UPDATE membership SET body=replace(body, 'engineer', 'engineex') WHERE n=5")
    refused(membership_entry.DAMAGED, lambda: membership_store.load(db))


def test_the_projection_says_what_the_log_says(db: SqliteDatabase) -> None:
    db.execute_sql("INSERT INTO device(id) VALUES('stranger'), ('d1')")
    log = staffed()
    membership_store.project(db, log)
    who = People(db, "d1")
    assert who.me == "p1" and who.idx_of("d1") == 2
    assert who.roles("p1", "one") == log.roles_at(log.version, "p1", "one") == {"engineer"}
    assert who.roles("p0", "two") == frozenset(ROLES)
    assert who.is_administrator("p0") and not who.is_administrator("p1")
    assert (who.tag_of("d1"), who.name("p1")) == ("B", "仇小河")
    assert [one.id for one in who.find("qxh")] == ["p1"]
    log = log.append("revoke", {"device": "d1", "heads": {}}, signer(0))
    log = log.append("active", {"person": "p1", "active": False}, signer(0))
    log = log.append("rename", {"id": "p2", "name": "安莉", "title": ""}, signer(0))
    membership_store.project(db, log)
    who.refresh()
    known = who.facts("d1")
    assert known is not None and known.revoked == 6
    assert who.roles("p1", "one") == frozenset() and who.find("qxh") == []
    assert [one.id for one in who.find("anli")] == ["p2"]


@settings(max_examples=50, deadline=None)
@given(histories)
def test_projection_and_log_answer_alike(
    history: list[tuple[tuple[str, dict[str, object]], int]],
) -> None:
    db, log = empty(), staffed()
    for (kind, body), by in history:
        try:
            log = log.append(kind, body, signer(by))
        except Refused:
            continue
        membership_store.project(db, log)
    membership_store.project(db, log)
    who, now = People(db), log.version
    for person in [*log.people, "nobody"]:
        assert who.is_administrator(person) == log.is_admin(person)
        for place in ("one", "two", "*", None):
            assert who.roles(person, place) == log.roles_at(now, person, place)
            for role in ("engineer", "quality"):
                alone = log.second_person(now, place, [role], person)
                assert who.second_person(place, [role], person) == alone
    db.close()


def test_the_head_and_the_count_are_those_of_the_log(db: SqliteDatabase) -> None:
    assert (membership_store.head(db), membership_store.count(db)) == (b"", 0)
    log = staffed()
    membership_store.keep(db, log)
    assert (membership_store.head(db), membership_store.count(db)) == (log.head, log.version)


def test_a_device_that_the_log_does_not_name_is_given_its_person_once(db: SqliteDatabase) -> None:
    who = People(db)
    idx = who.idx_of("renewed")
    for person in ("p1", "p2"):
        membership_store.assign(db.connection(), idx, person)
    who.refresh()
    assert who.person_of("renewed") == "p1"
