"""Tables of the hub, the same on every database that Peewee supports.

Segments are kept as received. Everything that has an order gets its number under the lock of its
space's row, so that a reader who has read up to a number has read all before it.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from peewee import (
    BigIntegerField,
    BlobField,
    CharField,
    CompositeKey,
    IntegerField,
    Model,
    TextField,
)


class Fact(Model):
    """A fact about the hub: epoch, day of the last maintenance …"""

    key = CharField(40, primary_key=True)
    value = TextField()


class FormatTable(Model):
    """One row: the number of the format. SQLite has a place of its own for it and no such table."""

    number = IntegerField(primary_key=True)


class MembershipTable(Model):
    """An entry of the membership log."""

    n = IntegerField(primary_key=True)
    hash = BlobField()
    body = BlobField()
    sig = BlobField()


class Space(Model):
    """A space: its row is the lock under which its segments get their numbers."""

    name = CharField(200, primary_key=True)
    last = BigIntegerField(default=0)
    mark = BlobField()
    """A hash over the order of all its segments: two histories never have the same."""


class SegmentTable(Model):
    """A segment as it was received."""

    space = CharField(200)
    n = BigIntegerField()
    device = CharField(200)
    first = BigIntegerField()
    last = BigIntegerField()
    hash = BlobField()
    mark = BlobField()
    size = IntegerField()
    members = IntegerField()
    """The membership version that its seal names."""
    at = BigIntegerField()
    """When it was durable here, ms UTC."""
    blob = BlobField()

    class Meta:
        primary_key = CompositeKey("space", "n")
        indexes = ((("space", "device", "last"), False),)


class Tip(Model):
    """How far the chain of a device goes in a space."""

    space = CharField(200)
    device = CharField(200)
    seq = BigIntegerField()
    hash = BlobField()
    n = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("space", "device")
        indexes = ((("space", "n"), False),)


class CreationTable(Model):
    """The change that created a record: what the rules ask for most."""

    record = CharField(200)
    space = CharField(200)
    device = CharField(200)
    seq = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("record", "space", "device", "seq")


class QuarantineTable(Model):
    """A change that the rules refuse; it is stored and passed on like any other."""

    space = CharField(200)
    device = CharField(200)
    seq = BigIntegerField()
    record = CharField(200)
    reason = TextField()
    adopted = IntegerField(default=0)

    class Meta:
        primary_key = CompositeKey("space", "device", "seq")


class ParkedTable(Model):
    """A change that only a newer version of the program can read or authorise."""

    space = CharField(200)
    device = CharField(200)
    seq = BigIntegerField()
    record = CharField(200)

    class Meta:
        primary_key = CompositeKey("space", "device", "seq")


class AccessTable(Model):
    """Who is told of a restricted record's space: 'project:…', 'reads:…' or 'wrote:…' and an id."""

    space = CharField(200)
    whom = CharField(210, index=True)

    class Meta:
        primary_key = CompositeKey("space", "whom")


class AliasTable(Model):
    """A device id under which an admitted device's key goes on."""

    device = CharField(200, primary_key=True)
    old = CharField(200)


class ForkTable(Model):
    """A segment of a fork, as it was received; it is not passed on."""

    space = CharField(200)
    device = CharField(200)
    last = BigIntegerField()
    hash = BlobField()
    at = BigIntegerField()
    blob = BlobField()

    class Meta:
        primary_key = CompositeKey("space", "device", "last", "hash")


class Reader(Model):
    """How far a device has acknowledged a space, and what its records come to."""

    space = CharField(200)
    device = CharField(200)
    n = BigIntegerField()
    digest = CharField(100, default="")

    class Meta:
        primary_key = CompositeKey("space", "device")


class Invite(Model):
    """A one-time code; only its hash is stored."""

    code = CharField(64, primary_key=True)
    founding = IntegerField(default=0)
    person = CharField(200, default="")
    name = TextField(default="")
    roles = TextField(default="[]")
    until = BigIntegerField()
    device = CharField(200, default="")
    """Who used it."""


class Nonce(Model):
    """A request that changed something; it counts once."""

    nonce = CharField(64, primary_key=True)
    at = BigIntegerField(index=True)


class Usage(Model):
    """What a device has brought, in bytes."""

    device = CharField(200, primary_key=True)
    size = BigIntegerField(default=0)


class AttachmentTable(Model):
    """An attached file of a space; `held` bytes of it came."""

    sha256 = CharField(64)
    space = CharField(200)
    """Until it is whole, with a mark of the device that gives it: 'space@mark'."""
    size = BigIntegerField()
    held = BigIntegerField(default=0)
    whole = IntegerField(default=0)

    class Meta:
        primary_key = CompositeKey("sha256", "space")


class Piece(Model):
    """A part of an attached file."""

    sha256 = CharField(64)
    space = CharField(200)
    start = BigIntegerField()
    data = BlobField()

    class Meta:
        primary_key = CompositeKey("sha256", "space", "start")


ALL: dict[str, type[Model]] = {
    "Fact": Fact,
    "Format": FormatTable,
    "Member": MembershipTable,
    "Space": Space,
    "Segment": SegmentTable,
    "Tip": Tip,
    "Birth": CreationTable,
    "Quarantined": QuarantineTable,
    "Parked": ParkedTable,
    "Access": AccessTable,
    "Vouch": AliasTable,
    "Fork": ForkTable,
    "Reader": Reader,
    "Invite": Invite,
    "Nonce": Nonce,
    "Usage": Usage,
    "Kept": AttachmentTable,
    "Piece": Piece,
}
"""Name of a table in queries (`t.Segment`, stored as hub_segment) -> its columns."""


def of(database: Any) -> Any:
    """These tables in one database; several databases may be open in a process."""
    bound = {}
    for name, model in ALL.items():
        named = {"database": database, "table_name": f"hub_{name.lower()}"}
        bound[name] = type(name, (model,), {"Meta": type("Meta", (), named)})
    return SimpleNamespace(**bound)
