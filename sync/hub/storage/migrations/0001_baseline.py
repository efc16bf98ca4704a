"""The tables of a hub as version 0.2.0 makes them.

Their columns are written out once more, so that what the program declares later changes nothing
here.
"""

from typing import Any

from peewee import (
    BigIntegerField,
    BlobField,
    CharField,
    CompositeKey,
    IntegerField,
    Model,
    SqliteDatabase,
    TextField,
)


def _name(size: int = 200, **more: Any) -> Any:
    return CharField(size, **more)


def _place() -> dict[str, Any]:
    """A change's place: space, device, sequence."""
    return {"space": _name(), "device": _name(), "seq": BigIntegerField()}


COLUMNS: dict[str, dict[str, Any]] = {
    "hub_fact": {"key": _name(40, primary_key=True), "value": TextField()},
    "hub_format": {"number": IntegerField(primary_key=True)},
    "hub_member": {
        "n": IntegerField(primary_key=True), "hash": BlobField(), "body": BlobField(),
        "sig": BlobField(),
    },
    "hub_space": {
        "name": _name(primary_key=True), "last": BigIntegerField(default=0), "mark": BlobField(),
    },
    "hub_segment": {
        "space": _name(), "n": BigIntegerField(), "device": _name(), "first": BigIntegerField(),
        "last": BigIntegerField(), "hash": BlobField(), "mark": BlobField(),
        "size": IntegerField(), "members": IntegerField(), "at": BigIntegerField(),
        "blob": BlobField(),
    },
    "hub_tip": {**_place(), "hash": BlobField(), "n": BigIntegerField()},
    "hub_birth": {"record": _name(), **_place()},
    "hub_quarantined": {
        **_place(), "record": _name(), "reason": TextField(), "adopted": IntegerField(default=0),
    },
    "hub_parked": {**_place(), "record": _name()},
    "hub_vouch": {"device": _name(primary_key=True), "old": _name()},
    "hub_fork": {
        "space": _name(), "device": _name(), "last": BigIntegerField(), "hash": BlobField(),
        "at": BigIntegerField(), "blob": BlobField(),
    },
    "hub_reader": {
        "space": _name(), "device": _name(), "n": BigIntegerField(),
        "digest": CharField(100, default=""),
    },
    "hub_invite": {
        "code": _name(64, primary_key=True), "founding": IntegerField(default=0),
        "person": _name(default=""), "name": TextField(default=""),
        "roles": TextField(default="[]"),
        "until": BigIntegerField(), "device": _name(default=""),
    },
    "hub_nonce": {"nonce": _name(64, primary_key=True), "at": BigIntegerField(index=True)},
    "hub_usage": {"device": _name(primary_key=True), "size": BigIntegerField(default=0)},
    "hub_kept": {
        "sha256": _name(64), "space": _name(), "size": BigIntegerField(),
        "held": BigIntegerField(default=0), "whole": IntegerField(default=0),
    },
    "hub_piece": {
        "sha256": _name(64), "space": _name(), "start": BigIntegerField(), "data": BlobField(),
    },
}  # fmt: skip
KEYS = {
    "hub_segment": ("space", "n"),
    "hub_tip": ("space", "device"),
    "hub_birth": ("record", "space", "device", "seq"),
    "hub_quarantined": ("space", "device", "seq"),
    "hub_parked": ("space", "device", "seq"),
    "hub_fork": ("space", "device", "last", "hash"),
    "hub_reader": ("space", "device"),
    "hub_kept": ("sha256", "space"),
    "hub_piece": ("sha256", "space", "start"),
}
INDEXES = {
    "hub_segment": (("space", "device", "last"), False),
    "hub_tip": (("space", "n"), False),
}


def up(_migrator: Any, db: Any) -> None:
    """Make them."""
    for name, columns in COLUMNS.items():
        if name == "hub_format" and isinstance(db, SqliteDatabase):
            continue  # SQLite has a place of its own for the number
        meta: dict[str, Any] = {"database": db, "table_name": name}
        if name in KEYS:
            meta["primary_key"] = CompositeKey(*KEYS[name])
        if name in INDEXES:
            meta["indexes"] = (INDEXES[name],)
        model = name.removeprefix("hub_")  # its indexes have their names from this
        db.create_tables([type(model, (Model,), {**columns, "Meta": type("Meta", (), meta)})])
