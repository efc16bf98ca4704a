"""The tables of a book as version 0.2.0 makes them, but for those of the records.

Record tables follow the declarations of their types: `Store.grow` makes them.
"""

from typing import Any

TABLES = (
    "CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value)",
    "CREATE TABLE IF NOT EXISTS sibling(record TEXT, register TEXT, idx INTEGER, seq "
    "INTEGER, at INTEGER, value TEXT, PRIMARY KEY(record, register, idx, seq)) WITHOUT "
    "ROWID",
    "CREATE TABLE IF NOT EXISTS serial(code TEXT, year INTEGER, last INTEGER, PRIMARY "
    "KEY(code, year)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS transition(n INTEGER PRIMARY KEY, record TEXT, type TEXT, "
    "project TEXT, move TEXT, origin TEXT, state TEXT, at INTEGER, author TEXT, role TEXT, "
    "comment TEXT, device TEXT, seq INTEGER, alone INTEGER)",
    "CREATE INDEX IF NOT EXISTS transition_record ON transition(record)",
    "CREATE INDEX IF NOT EXISTS transition_type ON transition(type, move, at)",
    "CREATE TABLE IF NOT EXISTS approval(record TEXT PRIMARY KEY, type TEXT NOT NULL, move "
    "TEXT NOT NULL, author TEXT NOT NULL, changed TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS approval_changed ON approval(author) WHERE changed<>''",
    "CREATE TABLE IF NOT EXISTS device(idx INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, "
    "person TEXT, tag TEXT, name TEXT, key BLOB, revoked INTEGER)",
    "CREATE TABLE IF NOT EXISTS person(id TEXT PRIMARY KEY, name TEXT, initials TEXT, "
    "pinyin TEXT, title TEXT, active INTEGER) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS role_grant(person TEXT, role TEXT, project TEXT, PRIMARY "
    "KEY(person, role, project)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS administrator(person TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS change(n INTEGER PRIMARY KEY, space TEXT NOT NULL, idx "
    "INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL, "
    "record TEXT NOT NULL, hash BLOB NOT NULL, body BLOB, UNIQUE(space, idx, seq))",
    "CREATE INDEX IF NOT EXISTS change_record ON change(record)",
    "CREATE TABLE IF NOT EXISTS head(space TEXT, idx INTEGER, seq INTEGER NOT NULL, hash "
    "BLOB NOT NULL, PRIMARY KEY(space, idx)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS membership(n INTEGER PRIMARY KEY, hash BLOB NOT NULL, body "
    "BLOB NOT NULL, sig BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS doc(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type "
    "TEXT NOT NULL, project TEXT NOT NULL, body TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS doc_fts USING fts5(text, content='', columnsize=0, "
    "detail=none, tokenize=\"ascii tokenchars '!#$%&()*+,-./:;<=>?@[\\]^_`{|}~''\"\"'\")",
    "CREATE TABLE IF NOT EXISTS dirty(record TEXT PRIMARY KEY, type TEXT NOT NULL, stamp "
    "INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS doc_layout(name TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS seal(space TEXT, idx INTEGER, first INTEGER NOT NULL, last "
    "INTEGER, hash BLOB NOT NULL, members INTEGER NOT NULL, sig BLOB NOT NULL, PRIMARY "
    "KEY(space, idx, last)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS vouch(device TEXT PRIMARY KEY, old TEXT NOT NULL, sig BLOB "
    "NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS waiting(space TEXT, device TEXT, first INTEGER, last "
    "INTEGER, hash BLOB, want TEXT NOT NULL, want_device TEXT, want_seq INTEGER, since "
    "INTEGER NOT NULL, blob BLOB NOT NULL, PRIMARY KEY(space, device, first, last, hash))",
    "CREATE TABLE IF NOT EXISTS quarantine(space TEXT, idx INTEGER, seq INTEGER, record "
    "TEXT, type TEXT, reason TEXT NOT NULL, adopted TEXT, PRIMARY KEY(space, idx, seq)) "
    "WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS quarantine_record ON quarantine(record)",
    "CREATE TABLE IF NOT EXISTS parked(space TEXT, idx INTEGER, seq INTEGER, what TEXT, "
    "name TEXT, record TEXT NOT NULL, type TEXT NOT NULL, PRIMARY KEY(space, idx, seq, "
    "what, name)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS parked_record ON parked(record)",
    "CREATE TABLE IF NOT EXISTS fork(space TEXT, device TEXT, seq INTEGER, hash BLOB, since"
    " INTEGER NOT NULL, blob BLOB NOT NULL, first INTEGER NOT NULL DEFAULT 0, PRIMARY "
    "KEY(space, device, seq, hash))",
    "CREATE TABLE IF NOT EXISTS aside(space TEXT, device TEXT, seq INTEGER, hash BLOB, record"
    " TEXT, type TEXT, adopted TEXT, PRIMARY KEY(space, device, seq, hash)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS lack(space TEXT, idx INTEGER, seq INTEGER, record TEXT, "
    "PRIMARY KEY(space, idx, seq)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS sent(space TEXT, carrier TEXT, device TEXT, seq INTEGER NOT"
    " NULL, at INTEGER NOT NULL, PRIMARY KEY(space, carrier, device)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS seen(space TEXT, peer TEXT, device TEXT, seq INTEGER NOT "
    "NULL, at INTEGER NOT NULL, PRIMARY KEY(space, peer, device)) WITHOUT ROWID",
)


def up(_migrator: Any, db: Any) -> None:
    """Make them."""
    for sql in TABLES:
        db.execute_sql(sql)
