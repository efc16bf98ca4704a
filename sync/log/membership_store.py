"""Membership store: the membership log in the database, and its projection for people and rights.

All writing here is inside the caller's transaction. Opening a book needs none of it: the
projection (`models.book.people`) is enough, so no signature is checked at the start.
"""

from __future__ import annotations

import json
from typing import Any

from peewee import SqliteDatabase

from models.book.people import People
from models.frozen import NamedTuple
from models.text.pinyin import initials_of, pinyin_of
from models.text.words import Refused
from sync.trust.membership import OTHER, Membership, replay
from sync.trust.membership_entry import MembershipEntry
from sync.trust.steering import pair_rules
from sync.trust.steering.steering import PendingRequest, RecoveryUse

STEERING = "steering"
"""The fact of the book under which it is projected."""


class SteeringView(NamedTuple):
    """How the log is steered, for people."""

    hub: str | None = None
    pair: bool = False
    """Whether two administrators must sign what concerns an administrator."""
    recovery: int = 0
    """The entry that set the recovery key; 0: there is none."""
    requests: tuple[PendingRequest, ...] = ()
    """What waits for a second administrator."""
    used: tuple[RecoveryUse, ...] = ()

    @property
    def unanswered(self) -> tuple[RecoveryUse, ...]:
        """Uses of the recovery key that is in force: it should be replaced."""
        return tuple(one for one in self.used if one.n > self.recovery)


def create(db: SqliteDatabase) -> None:
    """Make the log's table if it is missing."""
    db.execute_sql(
        "CREATE TABLE IF NOT EXISTS membership"
        "(n INTEGER PRIMARY KEY, hash BLOB NOT NULL, body BLOB NOT NULL, sig BLOB NOT NULL)"
    )


def stored(db: SqliteDatabase, after: int = 0) -> list[MembershipEntry]:
    """The entries kept, in order, from the one after `after` on."""
    blobs = ", ".join(f"CAST({part} AS BLOB)" for part in ("hash", "body", "sig"))
    sql = f"SELECT n, {blobs} FROM membership WHERE n>? ORDER BY n"
    return [MembershipEntry(*row) for row in db.execute_sql(sql, (after,)).fetchall()]


def count(db: SqliteDatabase) -> int:
    """How many entries are stored."""
    return int(db.execute_sql("SELECT COUNT(*) FROM membership").fetchone()[0])


def head(db: SqliteDatabase) -> bytes:
    """The hash of the last entry; nothing where there is none."""
    row = db.execute_sql("SELECT hash FROM membership ORDER BY n DESC LIMIT 1").fetchone()
    return bytes(row[0]) if row is not None else b""


def load(db: SqliteDatabase) -> Membership:
    """The membership as stored, every signature checked; `Refused` when the log was altered."""
    return replay(stored(db))


def keep(db: SqliteDatabase, membership: Membership) -> int:
    """Store the entries that are not stored yet, and return how many.

    The log only grows: `Refused` when what is stored is not the beginning of it (somebody else
    appended meanwhile: load again and repeat), nothing when it is longer already.
    """
    sql = "SELECT n, hash FROM membership WHERE n<=? ORDER BY n DESC LIMIT 1"
    last = db.execute_sql(sql, (len(membership.entries),)).fetchone()
    here = last[0] if last else 0
    if here and bytes(last[1]) != membership.entries[here - 1].hash:
        raise Refused(OTHER, n=here)
    new = membership.entries[here:]
    for one in new:
        db.execute_sql("INSERT INTO membership(n, hash, body, sig) VALUES(?, ?, ?, ?)", tuple(one))
    return len(new)


def project(db: SqliteDatabase, membership: Membership, *, pinyin: bool = True) -> None:
    """Rewrite the tables of `models.book.people` from the log; call `People.refresh` afterwards.

    Without `pinyin`, new names get none yet (loading the dictionary takes a quarter of a second; a
    book that was just founded has one member); the next call fills them in.
    """
    people = People(db)
    for one in membership.devices.values():
        db.execute_sql(
            "UPDATE device SET person=?, tag=?, name=?, key=?, revoked=? WHERE idx=?",
            (one.person, one.tag, one.name, one.key, one.revoked, people.idx_of(one.id)),
        )
    _write_people(db, people, membership, pinyin)
    db.execute_sql("DELETE FROM role_grant")
    for grant in sorted(membership.grants()):
        db.execute_sql("INSERT INTO role_grant(person, role, project) VALUES(?, ?, ?)", grant)
    db.execute_sql("DELETE FROM administrator")
    for person in filter(membership.is_admin, membership.people):
        db.execute_sql("INSERT INTO administrator(person) VALUES(?)", (person,))
    _write_steering(db, membership)


def steering(db: SqliteDatabase) -> SteeringView:
    """How the log is steered, from the projection: no signature is checked for it."""
    row = db.execute_sql("SELECT value FROM meta WHERE key=?", (STEERING,)).fetchone()
    if row is None:
        return SteeringView()
    hub, pair, since, requests, used = json.loads(row[0])
    return SteeringView(
        hub,
        pair,
        since,
        tuple(PendingRequest(*one) for one in requests),
        tuple(RecoveryUse(n, who, tuple(instead), at) for n, who, instead, at in used),
    )


def _write_steering(db: SqliteDatabase, membership: Membership) -> None:
    now = membership.steering
    requests = [
        one._replace(body={name: it for name, it in one.body.items() if name != "heads"})
        for one in pair_rules.every(membership)
    ]
    told = [now.hub, now.pair, now.since, requests, now.used]
    sql = "INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)"
    db.execute_sql(sql, (STEERING, json.dumps(told)))


def assign(db: Any, idx: int, person: str) -> None:
    """Say whose device one is that the log does not name, by its local number."""
    db.execute("UPDATE device SET person=? WHERE idx=? AND person IS NULL", (person, idx))


def _write_people(db: SqliteDatabase, people: People, membership: Membership, pinyin: bool) -> None:
    for one in membership.people.values():
        known = people.person(one.id)
        spelt = (known.initials, known.pinyin) if known and known.name == one.name else (None, None)
        if pinyin and None in spelt:
            spelt = (initials_of(one.name, person=True), pinyin_of(one.name, person=True))
        db.execute_sql(
            "INSERT OR REPLACE INTO person(id, name, initials, pinyin, title, active)"
            " VALUES(?, ?, ?, ?, ?, ?)",
            (one.id, one.name, *spelt, one.title, membership.is_active(one.id)),
        )
