"""The hub's database: one code for SQLite and every server; its number, and how it comes up."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import peewee
import pytest
from playhouse.cockroachdb import CockroachDatabase  # type: ignore[import-untyped]

from models.storage import format
from models.text.words import Refused
from sync.hub.storage import database, tables
from sync.hub.storage.database import MIGRATIONS, TRIES, Base
from tests.support.other_formats import content
from tests.support.table_shapes import shape

HUB = MIGRATIONS.parent.parent
COCKROACH = "cockroachdb://hub@db.example.com:26257/sitebook"
ALLOWED = (
    "self.db.execute_sql(sql, found)",
    'self.db.execute_sql("VACUUM INTO ?", (str(fresh),))',
    'self.db.execute_sql("PRAGMA user_version")',
)
"""What Peewee has put into words, and what only SQLite is asked."""
NEXT = format.FORMAT + 1
STEP = '''"""A table gets a column, and every row a value in it."""

from peewee import TextField


def up(migrator, db):
    """Add and fill it."""
    migrator.migrate(migrator.add_column("hub_fact", "place", TextField(default="here")))
'''
HALT = (
    STEP
    + """
    print("half way", flush=True)
    import sys
    sys.stdin.read()
"""
)
OPEN = """
import sys
from pathlib import Path
from models.storage import format
from sync.hub.storage import database
format.FORMAT += 1
database.MIGRATIONS = Path(sys.argv[2])
database.Base(sys.argv[1]).create()
"""


@pytest.fixture
def base(url: str) -> Iterator[Base]:
    """A hub's database of this version with one fact."""
    made = Base(url)
    made.create()
    made.write(lambda: made.note("epoch", "first"))
    yield made
    made.close()


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """The scripts of a version after this one, which has one more."""
    folder = Path(shutil.copytree(MIGRATIONS, tmp_path / "scripts"))
    (folder / "0002_place.py").write_text(STEP, encoding="utf-8")
    return folder


@pytest.fixture
def later(base: Base, scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This program is that version."""
    monkeypatch.setattr(format, "FORMAT", NEXT)
    monkeypatch.setattr(database, "MIGRATIONS", scripts)


def renumber(base: Base, number: int | None) -> None:
    """Give the database another number; None takes the number away."""
    if base.sqlite:
        base.db.execute_sql(f"PRAGMA user_version={number or 0:d}")
    elif number is None:
        base.db.drop_tables([base.t.Format])
    else:
        base.t.Format.update(number=number).execute()
    base.close()


def refused(url: str) -> None:
    """Open a database anew, which raises."""
    with closing(Base(url)) as other:
        other.create()


def rows(base: Base) -> dict[str, Any]:
    """Every row of every table."""
    return {name: base.db.execute_sql(f"SELECT * FROM {name}").fetchall() for name in
            base.db.get_tables()}  # fmt: skip


def test_a_new_database_has_the_number_of_this_format(base: Base) -> None:
    assert base.number() == format.FORMAT
    if not base.sqlite:
        assert rows(base)["hub_format"] == [(format.FORMAT,)]


def test_an_empty_database_has_no_number(url: str) -> None:
    empty = Base(url)
    assert empty.number() is None
    assert empty.db.get_tables() == []
    empty.close()


@pytest.mark.parametrize("number", [None, 0, 1, NEXT, -1, 1_000_000])
def test_a_database_of_another_format_is_refused_and_stays_as_it_is(
    base: Base, number: int | None
) -> None:
    renumber(base, number)
    before, was = rows(base), shape(base.db)
    base.close()
    with pytest.raises(Refused, match="格式" if number not in (None, 0, 1) else "测试版"):
        refused(base.url)
    assert rows(base) == before and shape(base.db) == was


def test_no_byte_of_a_file_of_another_format_changes(tmp_path: Path) -> None:
    made = Base(f"sqlite:///{tmp_path}/hub.sqlite3")
    made.create()
    renumber(made, NEXT)
    before = content(tmp_path)
    other = Base(made.url)
    with pytest.raises(Refused, match="更新的 sitebook"):
        other.create()
    other.close()
    assert content(tmp_path) == before


def test_the_password_of_a_server_is_in_no_refusal(base: Base) -> None:
    if base.sqlite:
        pytest.skip("a file has no password")
    renumber(base, NEXT)
    secret = base.url.replace("postgres:@", "postgres:secret@")
    with pytest.raises(Refused) as found:
        refused(secret)
    assert "secret" not in str(found.value) and "***" in str(found.value)


def test_an_older_database_is_brought_up(base: Base, later: None, tmp_path: Path) -> None:
    base.create()
    assert base.number() == NEXT
    assert base.db.execute_sql("SELECT value, place FROM hub_fact").fetchall() == [
        ("first", "here")
    ]
    kept = tmp_path / f"hub.format-{NEXT - 1}.sqlite3"
    assert kept.exists() == base.sqlite
    if base.sqlite:
        assert format.inspect(kept).number == NEXT - 1
    before = rows(base)
    base.create()
    assert rows(base) == before


def test_a_half_copy_that_a_killed_process_left_is_replaced(
    base: Base, later: None, tmp_path: Path
) -> None:
    if not base.sqlite:
        pytest.skip("a server's database is not copied")
    kept = tmp_path / f"hub.format-{NEXT - 1}.sqlite3"
    kept.write_bytes(b"half")
    base.create()
    assert format.inspect(kept).number == NEXT - 1 and base.number() == NEXT


def test_a_process_that_is_killed_in_the_middle_leaves_the_old_format(
    base: Base, scripts: Path, later: None
) -> None:
    (scripts / "0002_place.py").write_text(HALT, encoding="utf-8")
    before, was = rows(base), shape(base.db)
    base.close()
    with subprocess.Popen(
        [sys.executable, "-c", OPEN, base.url, str(scripts)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "half way\n"
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert base.number() == NEXT - 1
    assert rows(base) == before and shape(base.db) == was
    (scripts / "0002_place.py").write_text(STEP, encoding="utf-8")
    base.create()
    assert base.number() == NEXT


def test_a_second_process_finds_the_hub_and_changes_nothing(base: Base) -> None:
    other = Base(base.url)
    other.create()
    assert rows(other) == rows(base) and other.fact("epoch") == "first"
    other.close()


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
    ours = [path for path in HUB.rglob("*.py") if path.parent != MIGRATIONS]
    assert len(ours) > 20
    for path in ours:
        code = path.read_text(encoding="utf-8")
        if path.name == "database.py":
            for allowed in ALLOWED:
                assert allowed in code
                code = code.replace(allowed, "")
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
