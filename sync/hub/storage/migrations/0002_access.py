"""Format 3: the table of those who are told of a restricted record."""

from typing import Any

from peewee import CharField, CompositeKey, Model


def up(_migrator: Any, db: Any) -> None:
    """Make it; no hub of the format before holds a restricted record."""
    meta = {"database": db, "table_name": "hub_access"}
    columns = {"space": CharField(200), "whom": CharField(210, index=True)}
    named = {"primary_key": CompositeKey("space", "whom"), **meta}
    db.create_tables([type("access", (Model,), {**columns, "Meta": type("Meta", (), named)})])
