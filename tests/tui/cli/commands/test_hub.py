"""A hub, as people type it: three homes and the hub's own, every command a process of its own."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sync.hub import config
from sync.trust import device_key
from tests.tui.cli.conftest import Shell, command
from tests.tui.cli.test_carried import ran

CODE = re.compile(r"sitebook join ([0-9A-Z-]{40,})( --name \S+)?$", re.M)


@pytest.fixture
def port() -> int:
    """A port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def home(shell: Shell, name: str) -> Shell:
    """Another home beside this one."""
    return Shell(shell.home.parent / name, shell.capture, shell.patch)


@contextmanager
def serving(shell: Shell, *args: object) -> Iterator[subprocess.Popen[str]]:
    """A hub that answers; ended as a system ends it, and it ends well."""
    words = command("hub", "serve", *args)
    with subprocess.Popen(words, env=shell.env, cwd="/", text=True, stdout=subprocess.PIPE) as one:
        try:
            assert one.stdout is not None
            assert "https://" in one.stdout.readline()
            yield one
            one.send_signal(signal.SIGTERM)
            assert one.wait(20) == 0
        finally:
            one.kill()


def code(text: str) -> str:
    """The code in what a command said."""
    found = CODE.search(text)
    assert found, text
    return found[1]


def test_three_homes_and_a_hub(bare: Shell, port: int) -> None:
    hub, founder = bare, home(bare, "founder")
    engineer, manager = home(bare, "engineer"), home(bare, "manager")
    said = ran(hub, "hub", "init", "--port", port, "--book", founder.home).out
    assert f"https://127.0.0.1:{port}" in said and "hub serve" in said
    first = code(said)
    ran(founder, "init", "--name", "王组长", "--project", "North", "--lang", "zh")
    assert "那里没有同步服务器在运行" in ran(founder, "join", first, code=1).err
    with serving(hub):
        assert "现在有同步服务器" in ran(founder, "join", first).out
        ran(founder, "sync")
        said = ran(hub, "hub", "invite", "--role", "engineer", "--project", "North").out
        assert "--name" in said  # nobody said who comes
        ran(engineer, "join", code(said), "--name", "小林")
        ran(engineer, "sync")
        ran(engineer, "add", "fix", "phenomenon=空调漏水", "place=机房", "--ref", "A1")
        assert "ACKED A1" in ran(engineer, "sync", "--verbose").out.splitlines()
        assert json.loads(ran(engineer, "status", "--json").out)["unsent"] == 0
        again = code(said)
        assert "已用过" in ran(manager, "join", again, "--name", "赵经理", code=1).err
        said = ran(hub, "hub", "invite", "--name", "赵经理", "--role", "project_manager").out
        ran(manager, "join", code(said))  # as it stands there
        ran(manager, "sync")
        assert json.loads(ran(manager, "show", "A1", "--json").out)["phenomenon"] == "空调漏水"
        assert "正在使用" in (err := ran(hub, "hub", "serve", code=1).err) or "占用" in err
    ran(engineer, "set", "A1", "place=三号机柜")
    away = ran(engineer, "sync", code=1).err
    assert "连不上同步服务器" in away and "数据都在本机" in away
    assert json.loads(ran(engineer, "status", "--json").out)["unsent"] == 1
    with serving(hub):
        for one in (engineer, founder, manager):
            ran(one, "sync")
        assert len({ran(one, "digest").out for one in (founder, engineer, manager)}) == 1
        for one in (founder, engineer, manager):
            assert "完好" in ran(one, "check").out


def test_a_passphrase_is_asked_for(bare: Shell, port: int, tmp_path: Path) -> None:
    founder = home(bare, "founder")
    first = code(bare.ok("hub", "init", "--port", port).out)
    founder.ok("init", "--name", "王组长", "--project", "North", "--lang", "zh")
    device_key.set_passphrase(founder.home, None, "right")
    for word in ("right", "wrong"):
        (tmp_path / word).write_text(word, encoding="utf-8")
    with serving(bare):
        founder.patch.delenv("SITEBOOK_PASSPHRASE_FILE", raising=False)
        assert "SITEBOOK_PASSPHRASE_FILE" in founder.refused("join", first)
        founder.patch.setenv("SITEBOOK_PASSPHRASE_FILE", str(tmp_path / "wrong"))
        assert "口令" in founder.refused("join", first)
        founder.patch.setenv("SITEBOOK_PASSPHRASE_FILE", str(tmp_path / "right"))
        founder.ok("join", first)
        founder.patch.setenv("SITEBOOK_PASSPHRASE_FILE", str(tmp_path / "wrong"))
        assert "口令" in founder.refused("sync")
        founder.patch.setenv("SITEBOOK_PASSPHRASE_FILE", str(tmp_path / "right"))
        founder.ok("sync")


def test_codes_that_do_not_open(bare: Shell, port: int) -> None:
    founder, other = home(bare, "founder"), home(bare, "other")
    first = code(bare.ok("hub", "init", "--port", port, "--book", founder.home).out)
    assert "邀请码" in bare.refused("hub", "invite")  # no organisation yet
    assert "init --name" in founder.refused("join", first)  # no book to bring yet
    founder.ok("init", "--name", "王组长", "--project", "North", "--lang", "zh")
    with serving(bare):
        founder.ok("join", first)
        founder.ok("sync")
        assert "已有组织" in bare.ok("hub", "init").out
        invited = code(bare.ok("hub", "invite").out)
        assert "邀请码不对" in other.refused("join", invited[:-1], "--name", "乙")
        assert "--name" in other.refused("join", invited)
        assert "--book" in bare.refused("hub", "invite", "--book", other.home)
        assert not (other.home / "book.sqlite3").exists()
        assert "没有项目" in bare.refused(
            "hub", "invite", "--project", "South", "--role", "engineer"
        )
        assert "没有成员" in bare.refused("hub", "invite", "--person", "nobody")
        for wrong in (["--days", "0"], ["--days", "999"], ["--days", "x"]):
            assert "--days" in bare.refused("hub", "invite", *wrong, code=2)


def test_a_hub_that_cannot_serve(bare: Shell, port: int) -> None:
    assert "hub init" in bare.refused("hub", "serve")
    assert "不是主机名" in bare.refused("hub", "init", "--host", "no name")
    assert not bare.home.exists()
    assert "--port" in bare.refused("hub", "init", "--port", "99999", code=2)
    assert "无法使用" in bare.refused("hub", "init", "--db", "nonsense")
    secret = "postgresql://u:secret@127.0.0.1:1/x"
    assert "secret" not in bare.refused("hub", "init", "--db", secret)
    bare.ok("hub", "init", "--port", port)
    for host in ("0.0.0.0", "192.0.2.1"):
        assert "hub init --host" in bare.refused("hub", "serve", "--host", host)
    bare.ok("hub", "init", "--host", "hub.example.com", "--host", "192.0.2.1")
    kept = config.load(bare.home)
    assert (kept.host, kept.port) == ("hub.example.com", port)  # what was not named stays
    assert "--host" in bare.refused("hub", "serve", "--host", "192.0.2.1")  # not ours
    with socket.create_server(("127.0.0.1", 0)) as taken:
        used = str(taken.getsockname()[1])
        assert "占用" in bare.refused("hub", "serve", "--port", used)
    book = home(bare, "book")
    book.ok("init", "--name", "乙")
    assert "自己的文件夹" in book.refused("hub", "init")
    assert bare.home.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("missing", ["starlette", "uvicorn", "psycopg"])
def test_without_the_packages_of_a_hub(bare: Shell, port: int, missing: str) -> None:
    bare.ok("hub", "init", "--port", port)
    url = ["--db", "postgresql://u@127.0.0.1:1/x"] if missing == "psycopg" else []
    program = (
        f"import sys; sys.modules.update({{{missing!r}: None, 'psycopg2': None}});"
        " from tui.start import main; main()"
    )
    words = [sys.executable, "-c", program, "hub", "serve", *url]
    done = subprocess.run(words, capture_output=True, text=True, env=bare.env, cwd="/", check=False)
    assert done.returncode == 1 and done.stdout == ""
    assert "pip install '.[hub]'" in done.stderr and done.stderr.count("\n") == 1
