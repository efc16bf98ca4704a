"""Tables: made where they are missing, and left alone where they are there."""

from __future__ import annotations

from peewee import SqliteDatabase

from sync.log import tables

NAMES = {
    "seal", "vouch", "waiting", "quarantine", "parked", "fork", "aside", "lack", "sent", "seen",
}  # fmt: skip


def test_every_table_is_made_once_and_keeps_its_rows() -> None:
    db = SqliteDatabase(":memory:")
    tables.create(db)
    assert set(db.get_tables()) == NAMES
    db.execute_sql("INSERT INTO vouch VALUES('d2', 'd1', x'00')")
    tables.create(db)
    assert db.execute_sql("SELECT count(*) FROM vouch").fetchone() == (1,)
    db.close()


def test_the_longest_lists_are_read_by_an_index(db: SqliteDatabase) -> None:
    for table in ("quarantine", "parked"):
        plan = db.execute_sql(f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE record='r'")
        assert f"{table}_record" in str(plan.fetchall())
