"""The shape of a database: tables, columns, keys and indexes, to be compared with another's."""

from __future__ import annotations

import re
from typing import Any

import peewee


def shape(db: Any) -> dict[str, Any]:
    """What a database has, whatever the order in which it was made."""
    return _sqlite(db) if isinstance(db, peewee.SqliteDatabase) else _server(db)


def _sqlite(db: Any) -> dict[str, Any]:
    sql = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    rows = db.execute_sql(sql).fetchall()
    return {str(name): re.sub(r"\s+", " ", text) for name, text in rows}


def _server(db: Any) -> dict[str, Any]:
    columns = (
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,"
        " column_default FROM information_schema.columns WHERE table_schema='public'"
        " AND column_default NOT LIKE 'nextval%%' OR table_schema='public' AND column_default"
        " IS NULL ORDER BY table_name, column_name"
    )
    indexes = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname='public' ORDER BY 1"
    return {
        "columns": db.execute_sql(columns).fetchall(),
        "indexes": db.execute_sql(indexes).fetchall(),
    }
