"""A database copied: every row of every table, and no device notices."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from models.text.words import Refused
from sync.hub.recovery import database_copy
from sync.hub.storage import tables
from sync.hub.storage.database import Base
from sync.organisation import hub_enrolment
from tests.support.replicas import Team, differences
from tests.sync.hub.running import Running, meet
from tests.sync.hub.test_round import colleague


def content(base: Base) -> dict[str, list[Any]]:
    """Every row of every table."""
    found = {}
    for name in tables.ALL:
        if name != "Format":
            rows = getattr(base.t, name).select().tuples()
            found[name] = sorted(
                repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in rows
            )
    return found


@pytest.mark.parametrize("way", ["there", "back"])
def test_a_hub_moves_between_databases(
    team: Team, tmp_path: Path, postgres: Callable[[], str], way: str
) -> None:
    """Open invitations, forks, notes and receipts go along; the epoch is the same."""
    urls = [f"sqlite:///{tmp_path}/one.sqlite3", postgres()]
    old, new = urls if way == "there" else reversed(urls)
    home = tmp_path / "hub"
    with Running(home, old) as running:
        running.found(team.founder)
        b = colleague(team, running, "乙")
        team.fix(b)
        for one in (team.founder, b, team.founder):
            assert meet(one).done
        code, epoch, port = running.code(name="丙"), running.house.epoch, running.port
        t = running.house.base.t
        t.Quarantined.insert(space="s", device="d", seq=1, record="r", reason="{}").execute()
        t.Fork.insert(space="s", device="d", last=1, hash=b"h", at=1, blob=b"\0b").execute()
        t.Piece.insert_many(
            {"sha256": "0" * 64, "space": "s", "start": n, "data": b"x" * 900_000} for n in range(7)
        ).execute()
        running.house.base.let_go()
    with closing(Base(old)) as source, closing(Base(new)) as target:
        rows = database_copy.copy(source, target)
        assert content(source) == content(target) and rows["Piece"] == 7 and rows["Invite"] == 1
        with pytest.raises(Refused, match="空的数据库"):
            database_copy.copy(source, target)
    with Running(home, new, port=port) as running:
        assert running.house.epoch == epoch and running.house.wait.now() is None
        running.house.base.t.Piece.delete().execute()
        running.house.base.let_go()
        hub_enrolment.come(tmp_path / "c", code, "")  # the code that was open is open
        team.fix(team.founder)
        told = meet(team.founder)
        assert told.given == 1 and len(told.refused) == 1  # nothing twice; the fork is told
        assert meet(b).done and not differences(team.founder, b)


def test_a_copy_that_fails_leaves_nothing(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Base(f"sqlite:///{tmp_path}/source.sqlite3")) as source:
        source.create()
        source.t.Fact.insert(key="k", value="v").execute()
        source.t.Nonce.insert(nonce="n", at=1).execute()
        with closing(Base(url)) as target:
            target.create()
            before, real = content(target), database_copy._table

            def fails(one: Any, other: Any) -> int:
                if one is source.t.Usage:
                    raise RuntimeError("power cut")
                return real(one, other)

            monkeypatch.setattr(database_copy, "_table", fails)
            with pytest.raises(RuntimeError):
                database_copy.copy(source, target)
            assert content(target) == before
            monkeypatch.undo()
            database_copy.copy(source, target)
            assert content(target) == content(source)
        with pytest.raises(Refused, match="在用的数据库"):
            database_copy.copy(source, source)
