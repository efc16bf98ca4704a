"""Tables of the sync: seals, what waits, what is quarantined, parked, forked or vouched for.

`idx` is the local number of a device (`models.book.people`). `waiting` and `fork` name devices by
their ids, since a device that was not admitted must not get a number here.
"""

from __future__ import annotations

from peewee import SqliteDatabase

TABLES = (
    # How far a device sealed its chain: every change up to `last` is covered by `sig`.
    "CREATE TABLE IF NOT EXISTS seal(space TEXT, idx INTEGER, first INTEGER NOT NULL,"
    " last INTEGER, hash BLOB NOT NULL, members INTEGER NOT NULL, sig BLOB NOT NULL,"
    " PRIMARY KEY(space, idx, last)) WITHOUT ROWID",
    # A key's word that a device goes on under a new id.
    "CREATE TABLE IF NOT EXISTS vouch(device TEXT PRIMARY KEY, old TEXT NOT NULL,"
    " sig BLOB NOT NULL) WITHOUT ROWID",
    # Segments that came too early, with the one thing each awaits next.
    "CREATE TABLE IF NOT EXISTS waiting(space TEXT, device TEXT, first INTEGER, last INTEGER,"
    " hash BLOB, want TEXT NOT NULL, want_device TEXT, want_seq INTEGER, since INTEGER NOT NULL,"
    " blob BLOB NOT NULL, PRIMARY KEY(space, device, first, last, hash))",
    # Changes that count as delivered and change nothing. `adopted`: by which change.
    "CREATE TABLE IF NOT EXISTS quarantine(space TEXT, idx INTEGER, seq INTEGER, record TEXT,"
    " type TEXT, reason TEXT NOT NULL, adopted TEXT, PRIMARY KEY(space, idx, seq)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS quarantine_record ON quarantine(record)",
    # What a newer version of the program wrote: an unknown type, move, field or value.
    "CREATE TABLE IF NOT EXISTS parked(space TEXT, idx INTEGER, seq INTEGER, what TEXT,"
    " name TEXT, record TEXT NOT NULL, type TEXT NOT NULL,"
    " PRIMARY KEY(space, idx, seq, what, name)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS parked_record ON parked(record)",
    # A second history under one device's numbers.
    "CREATE TABLE IF NOT EXISTS fork(space TEXT, device TEXT, seq INTEGER, hash BLOB,"
    " since INTEGER NOT NULL, blob BLOB NOT NULL, first INTEGER NOT NULL DEFAULT 0,"
    " PRIMARY KEY(space, device, seq, hash))",
    # Changes of a history that a revocation does not name. `adopted`: by which change.
    "CREATE TABLE IF NOT EXISTS aside(space TEXT, device TEXT, seq INTEGER, hash BLOB,"
    " record TEXT, type TEXT, adopted TEXT, PRIMARY KEY(space, device, seq, hash))"
    " WITHOUT ROWID",
    # Values that are shown again while their bodies are not here (`sync.encoding.snapshot`).
    "CREATE TABLE IF NOT EXISTS lack(space TEXT, idx INTEGER, seq INTEGER, record TEXT,"
    " PRIMARY KEY(space, idx, seq)) WITHOUT ROWID",
    # What was written where, and what others said themselves that they hold
    # (`sync.workspace.acknowledgements`).
    "CREATE TABLE IF NOT EXISTS sent(space TEXT, carrier TEXT, device TEXT, seq INTEGER NOT NULL,"
    " at INTEGER NOT NULL, PRIMARY KEY(space, carrier, device)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS seen(space TEXT, peer TEXT, device TEXT, seq INTEGER NOT NULL,"
    " at INTEGER NOT NULL, PRIMARY KEY(space, peer, device)) WITHOUT ROWID",
)


def create(db: SqliteDatabase) -> None:
    """Make the tables that are missing (inside the caller's transaction)."""
    for sql in TABLES:
        db.execute_sql(sql)
