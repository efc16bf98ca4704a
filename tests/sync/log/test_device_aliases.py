"""Device aliases: the first word for a device is kept, whatever comes later."""

from __future__ import annotations

from peewee import SqliteDatabase

from sync.encoding.segment import DeviceAlias
from sync.log import device_aliases


def test_the_word_for_a_device_is_kept_once(db: SqliteDatabase) -> None:
    raw = db.connection()
    assert device_aliases.of(raw, "renewed") is None
    first, later = DeviceAlias("d1", b"s" * 64), DeviceAlias("d2", b"t" * 64)
    device_aliases.keep(raw, "renewed", first)
    device_aliases.keep(raw, "renewed", later)
    assert device_aliases.of(raw, "renewed") == first
    assert device_aliases.of(raw, "d1") is None
