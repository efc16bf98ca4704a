"""The second migration of a hub adds the table of those who are told of restricted records."""

from __future__ import annotations

from models.storage import format
from sync.hub.storage.database import HISTORY, MIGRATIONS, Base


def test_a_hub_of_the_format_before_gets_the_table(url: str) -> None:
    base = Base(url)
    base.create()
    base.db.execute_sql("DROP TABLE hub_access")
    base.db.execute_sql(f"DELETE FROM {HISTORY} WHERE name='0002_access'")
    assert format.migrate(base.db, MIGRATIONS, HISTORY) == ["0002_access"]
    base.t.Access.insert(space="f:a:b:c", whom="reads:p").execute()
    assert base.t.Access.select().count() == 1
    base.close()
