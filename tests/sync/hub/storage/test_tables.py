"""The hub's tables: bound to one database each, under names of their own."""

from __future__ import annotations

import peewee

from sync.hub.storage import tables


def test_each_database_has_tables_of_its_own() -> None:
    one, other = peewee.SqliteDatabase(":memory:"), peewee.SqliteDatabase(":memory:")
    first, second = tables.of(one), tables.of(other)
    one.create_tables([first.Fact])
    first.Fact.insert(key="epoch", value="x").execute()
    assert first.Fact.select().count() == 1
    assert one.get_tables() == ["hub_fact"] and other.get_tables() == []
    assert first.Fact._meta.database is one and second.Fact._meta.database is other
    one.close()
    other.close()


def test_every_table_begins_with_the_hubs_name_and_none_twice() -> None:
    bound = tables.of(peewee.SqliteDatabase(":memory:"))
    names = [getattr(bound, name)._meta.table_name for name in tables.ALL]
    assert len(set(names)) == len(names) == len(tables.ALL)
    assert all(name.startswith("hub_") for name in names)


def test_what_is_one_change_or_one_chain_has_one_row() -> None:
    bound = tables.of(peewee.SqliteDatabase(":memory:"))
    assert bound.Segment._meta.primary_key.field_names == ("space", "n")
    assert bound.Tip._meta.primary_key.field_names == ("space", "device")
    for name in ("Quarantined", "Parked"):
        key = getattr(bound, name)._meta.primary_key.field_names
        assert key == ("space", "device", "seq"), name
