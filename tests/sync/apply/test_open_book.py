"""Open book: what was parked for this version counts as soon as the book is open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sync.apply.open_book import open_book
from sync.apply.reevaluation import replay_parked
from sync.log import parked
from sync.workspace.workspace import Workspace
from tests.support.gadgets import NAME, declare, forget
from tests.support.replicas import Team, give


def test_what_a_newer_version_wrote_is_shown_after_the_update(tmp_path: Path) -> None:
    try:
        declare(new=True)
        team = Team.copied(tmp_path, "b", met=True)
        id = team.founder.book.add(NAME, {"name": "n", "size": "7"}, project=team.project).id
        declare(new=False)
        give(team.founder, team.all[1])
        taker = team.all[1]
        assert taker.workspace.store.rows("SELECT name FROM parked") == [("size",)]
        taker.workspace.close()
        declare(new=True)
        opened = open_book(taker.home)
        assert opened.book.get(id).values()["size"] == "7"
        assert opened.store.rows("SELECT name FROM parked") == []
        opened.close()
        team.founder.workspace.close()
    finally:
        forget()


def test_a_book_that_cannot_be_taken_up_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = Team.copied(tmp_path)
    team.close()
    closed = list[bool]()

    def fails(*_args: object) -> None:
        raise KeyError

    monkeypatch.setattr(replay_parked, "replay", fails)
    real = Workspace.close

    def close(self: Workspace) -> None:
        closed.append(True)
        real(self)

    monkeypatch.setattr(parked, "spaces", lambda _db: ["company"])
    monkeypatch.setattr(Workspace, "close", close)
    with pytest.raises(KeyError):
        open_book(team.founder.home)
    assert closed == [True]


def test_a_book_with_nothing_parked_loads_no_reevaluation(tmp_path: Path) -> None:
    team = Team.copied(tmp_path)
    team.close()
    code = (
        "import sys; from pathlib import Path; from sync.apply.open_book import open_book;"
        "open_book(Path(sys.argv[1])).close();"
        "print('sync.apply.reevaluation.replay_parked' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(team.founder.home)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"
