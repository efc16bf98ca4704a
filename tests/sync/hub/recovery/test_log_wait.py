"""A hub that may have lost entries of the membership log makes none, whichever way it was lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from models.schema.roles import ENGINEER
from models.text.words import Refused
from sync.hub.recovery import database_copy, log_mark
from sync.hub.storage.database import Base
from sync.organisation import administration, hub_enrolment
from sync.transport.http.invite_code import Code
from tests.support.replicas import Replica, Team, differences
from tests.sync.hub.running import Running, meet
from tests.sync.hub.test_round import colleague

WAITS = "正在等管理员的电脑来同步"


class Back(NamedTuple):
    """A team whose hub was put back: b knew all, e joined since, x was revoked since."""

    team: Team
    a: Replica
    b: Replica
    e: Replica
    x: Replica
    home: Path
    port: int
    url: str
    code: Code
    """An invitation of today, which the old database does not know."""

    def hub(self) -> Running:
        """Run it on the old database."""
        found = Running(self.home, self.url, port=self.port)
        found.founder = self.a
        return found


Fresh = Callable[[str], str]


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Fresh:
    """Addresses of empty databases by name."""
    if request.param == "sqlite":
        return lambda name: f"sqlite:///{tmp_path}/{name}.sqlite3"
    made = request.getfixturevalue("postgres")
    return lambda _name: str(made())


@pytest.fixture
def back(team: Team, tmp_path: Path, fresh: Fresh) -> Iterator[Back]:
    """Its backup is of before e came and x went; every device is ahead of it."""
    url, yesterday, home = fresh("now"), fresh("yesterday"), tmp_path / "hub"
    with Running(home, url) as running:
        running.found(team.founder)
        b, x = colleague(team, running, "乙"), colleague(team, running, "走")
        for one in (team.founder, b, x):
            assert meet(one).done
        source, target = Base(url), Base(yesterday)
        database_copy.copy(source, target)
        source.close()
        target.close()
        e = colleague(team, running, "戊")
        code = running.code(roles=[(ENGINEER, "*")])
        administration.revoke(team.founder.workspace, x.device)
        team.founder.exchange.trust._membership = None
        for one in (b, e, team.founder):
            team.fix(one)
            assert meet(one).done
        for one in (b, e, team.founder):
            assert meet(one).done
            team.fix(one)
        with pytest.raises(Refused, match="本机已被管理员停用"):
            meet(x)
        port = running.port
    yield Back(team, team.founder, b, e, x, home, port, yesterday, code)


def test_the_mark_is_ahead(back: Back, tmp_path: Path) -> None:
    """Nobody is let in, and nothing is numbered, before a device has brought what is missing."""
    team, a, b, e, x = back.team, back.a, back.b, back.e, back.x
    mark = log_mark.read(back.home)
    assert mark is not None and mark.n == len(a.exchange.trust.membership.entries)
    with back.hub() as running:
        here = len(running.house.membership.now().entries)
        assert here < mark.n
        with pytest.raises(Refused, match=WAITS):
            hub_enrolment.come(tmp_path / "f", back.code, "己")
        with pytest.raises(Refused, match="请先让本机同步"):
            running.code()
        with pytest.raises(Refused, match=WAITS):
            meet(x)  # the old database knows it as a member
        with pytest.raises(Refused, match="请先让本机同步"):
            administration.add_person(a.workspace, "庚", "")
        assert len(running.house.membership.now().entries) == here
        assert meet(e).done  # admitted since: it brings the log that says so
        assert log_mark.of(running.house.membership.now()) == mark
        with pytest.raises(Refused, match=WAITS):
            hub_enrolment.come(tmp_path / "f", back.code, "己")
        with pytest.raises(Refused, match="本机已被管理员停用"):
            meet(x)
        assert meet(b).done
        assert running.house.wait.now() is not None
        assert meet(a).done
        assert running.house.wait.now() is None
        f = colleague(team, running, "己")
        for one in (a, b, e, f, a, b, e):
            assert meet(one).done
        assert not differences(a, b) and not differences(a, e) and not differences(a, f)
        with pytest.raises(Refused, match="本机已被管理员停用"):
            meet(x)


def test_the_mark_was_put_back_too(back: Back, tmp_path: Path) -> None:
    """A whole folder of yesterday with `--restored`: known devices sync, none is admitted."""
    (back.home / log_mark.FILE).unlink()
    with back.hub() as running:
        assert running.house.wait.now() is None
        running.house.renew_epoch(running.house.epoch)
        with pytest.raises(Refused, match=WAITS):
            hub_enrolment.come(tmp_path / "f", back.code, "己")
        assert meet(back.b).done  # it knew more of the log and gave it
        with pytest.raises(Refused, match="本机已被管理员停用"):
            meet(back.x)
        with pytest.raises(Refused, match=WAITS):
            hub_enrolment.come(tmp_path / "f", back.code, "己")
        assert meet(back.a).done
        hub_enrolment.come(tmp_path / "f", back.code, "己")


def test_a_device_that_it_forgot_reveals_it(back: Back, tmp_path: Path) -> None:
    """A whole folder of yesterday, and nobody said so: who was admitted since brings the log."""
    (back.home / log_mark.FILE).unlink()
    with back.hub() as running:
        epoch = running.house.epoch
        assert meet(back.e).done and running.house.epoch != epoch
        with pytest.raises(Refused, match="本机已被管理员停用"):
            meet(back.x)
        with pytest.raises(Refused, match=WAITS):
            hub_enrolment.come(tmp_path / "f", back.code, "己")
        assert meet(back.a).done
        hub_enrolment.come(tmp_path / "f", back.code, "己")


def test_an_empty_database_with_the_same_key(back: Back, fresh: Fresh, tmp_path: Path) -> None:
    """The next device brings the log, and everything else; no code is needed."""
    with Running(back.home, fresh("empty"), port=back.port) as running:
        assert not running.house.membership.now().entries
        with pytest.raises(Refused, match=WAITS):
            meet(back.x)
        with pytest.raises(Refused, match=WAITS):
            hub_enrolment.come(tmp_path / "f", back.code, "己")
        assert meet(back.e).done and meet(back.a).done
        with pytest.raises(Refused, match="本机已被管理员停用"):
            meet(back.x)
        f = colleague(back.team, running, "己")
        for one in (back.b, back.e, back.a, f, back.b, back.e, back.a):
            assert meet(one).done
        assert not differences(back.a, back.b) and not differences(back.a, f)


def test_an_empty_database_without_the_mark(back: Back, fresh: Fresh) -> None:
    """Then the first code says whose the hub is, on an administrator's device."""
    (back.home / log_mark.FILE).unlink()
    with Running(back.home, fresh("empty"), port=back.port) as running:
        for one in (back.a, back.b):
            with pytest.raises(Refused, match="sitebook hub init"):
                meet(one)
        running.found(back.a)
        for one in (back.a, back.b, back.e, back.a, back.b):
            assert meet(one).done
        assert not differences(back.a, back.b) and not differences(back.a, back.e)


def test_a_receipt_reveals_it_to_every_process(back: Back) -> None:
    """One process on the old folder and one with the mark wait alike, for the wait is stored."""
    (back.home / log_mark.FILE).unlink()
    with back.hub() as one, Running(back.home, back.url) as other:
        assert meet(back.b).done  # shows a receipt that this database never gave
        assert one.house.wait.now() is not None and other.house.wait.now() is not None
        assert meet(back.a).done
        assert one.house.wait.now() is None and other.house.wait.now() is None
