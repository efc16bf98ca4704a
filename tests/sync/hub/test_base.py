"""Base: one code for every database that Peewee speaks to; no server is needed here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import peewee
import pytest
from playhouse.cockroachdb import CockroachDatabase  # type: ignore[import-untyped]

from models.text.words import Refused
from sync.hub.storage import tables
from sync.hub.storage.database import TRIES, Base

HUB = Path(__file__).parents[3] / "sync" / "hub"
COCKROACH = "cockroachdb://hub@db.example.com:26257/sitebook"


def test_urls() -> None:
    assert isinstance(Base(COCKROACH).db, CockroachDatabase)
    for scheme in ("postgresql", "postgres"):
        found = Base(f"{scheme}://a%40b:p%2Fw@db.example.com:5433/x")
        assert type(found.db) is peewee.PostgresqlDatabase and not found.sqlite
        assert found.db.connect_params["user"] == "a@b"
        assert found.db.connect_params["password"] == "p/w"
    assert Base("sqlite:////tmp/x.sqlite3").sqlite


@pytest.mark.parametrize("url", ["", "x", "mysql://u:pw@h/x", "http://u:pw@h", "/var/db"])
def test_other_addresses_are_refused_without_their_password(url: str) -> None:
    with pytest.raises(Refused) as why:
        Base(url)
    assert "pw" not in str(why.value) and "\n" not in str(why.value)


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    for url in ("postgresql://u:pw@127.0.0.1:1/x", f"sqlite:///{tmp_path}/none/hub.sqlite3"):
        with pytest.raises(Refused) as why:
            Base(url).create()
        assert "pw" not in str(why.value) and "\n" not in str(why.value)


def test_cockroach_gets_the_same_statements() -> None:
    """Rows are locked by a clause that it has, and its own type holds bytes."""
    base = Base(COCKROACH)
    space = base.t.Space
    query = base.locked(space.select(space.last).where(space.name == "company"))
    assert query.sql()[0].endswith("FOR UPDATE")
    sql, _ = base.t.Segment._schema._create_table().query()
    assert '"blob" BYTES NOT NULL' in sql and 'PRIMARY KEY ("space", "n")' in sql
    plain = Base("postgresql://h/x")
    for name in tables.ALL:
        ours = getattr(base.t, name)._schema._create_table().query()[0]
        theirs = getattr(plain.t, name)._schema._create_table().query()[0]
        assert ours == theirs.replace("BYTEA", "BYTES")
    segment = base.t.Segment
    keep = base.t.Tip.insert(space="s").on_conflict(
        conflict_target=[base.t.Tip.space], preserve=[base.t.Tip.seq]
    )
    assert "ON CONFLICT" in keep.sql()[0] and segment


def test_nothing_is_for_one_database_only() -> None:
    forbidden = (
        r"(?i:advisory)|\bLISTEN\b|NOTIFY|SKIP LOCKED|execute_sql|\.raw\(|SERIAL|nextval|ctid"
    )
    for path in HUB.glob("*.py"):
        code = path.read_text(encoding="utf-8")
        if path.name == "base.py":  # runs what Peewee has put into words
            code = code.replace("self.db.execute_sql(sql, found)", "")
        code = re.sub(r'"""[\s\S]*?"""', "", code)
        assert not re.findall(forbidden, code), path.name


class Restart(Exception):
    """What a driver raises when a transaction is to be tried again."""

    sqlstate = "40001"


def test_a_transaction_called_off_is_tried_again(tmp_path: Path) -> None:
    base = Base(f"sqlite:///{tmp_path}/hub.sqlite3")
    base.create()
    count = 0

    def work() -> int:
        nonlocal count
        count += 1
        base.note("count", str(count))
        if count < 4:
            raise peewee.OperationalError("restart transaction") from Restart()
        return count

    assert base.write(work) == 4 and base.fact("count") == "4"

    def never() -> None:
        base.note("count", "never")
        raise peewee.OperationalError("restart transaction") from Restart()

    with pytest.raises(peewee.OperationalError):
        base.write(never)
    assert base.fact("count") == "4"
    base.close()


def test_other_faults_are_not_tried_again(tmp_path: Path) -> None:
    base = Base(f"sqlite:///{tmp_path}/hub.sqlite3")
    base.create()
    tried = list[Any]()

    def work() -> None:
        tried.append(1)
        raise peewee.OperationalError("disk I/O error")

    with pytest.raises(peewee.OperationalError):
        base.write(work)
    assert len(tried) == 1 < TRIES
    base.close()


def test_everything_acknowledged_waits_for_the_disk(tmp_path: Path) -> None:
    base = Base(f"sqlite:///{tmp_path}/hub.sqlite3")
    base.create()
    assert base.db.execute_sql("PRAGMA synchronous").fetchone() == (2,)
    assert base.db.execute_sql("PRAGMA journal_mode").fetchone() == ("wal",)
    base.close()
