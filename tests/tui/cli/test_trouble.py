"""Trouble: full disks, closed pipes, damage, locks, odd locales: a sentence, and nothing lost."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.storage import store
from models.storage.write_lock import WriteLock
from sync.workspace.workspace import DATABASE
from tests.tui.cli.conftest import Shell, command
from tui import entry
from tui.app.faults import crash_report
from tui.cli.streams import output

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="uses /dev/full or /proc")


def _many(shell: Shell, count: int = 3000) -> None:
    lines = "".join(f'{{"type":"fix","ref":"R{n}","phenomenon":"空调"}}\n' for n in range(count))
    shell.ok("add", "--jsonl", "-", stdin=lines)


LONG = (["list"], ["list", "--json"], ["find", "空调"], ["types", "--json"])


def test_a_reader_that_leaves_early_ends_it_quietly(shell: Shell) -> None:
    _many(shell)
    for args in LONG:
        with subprocess.Popen(
            command(*args), env=shell.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout and process.stderr and process.stdout.readline()
            process.stdout.close()
            assert process.wait(60) == 0 and process.stderr.read() == b""


@LINUX
@pytest.mark.parametrize("args", [["list"], ["status", "--json"], ["--version"], ["--help"]])
def test_output_to_a_full_disk_is_said(shell: Shell, args: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command(*args), env=shell.env, stdout=full, stderr=subprocess.PIPE, check=False
        )
    err = done.stderr.decode()
    assert done.returncode == 1 and "不能写出结果" in err and err.count("\n") == 1


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


def test_a_full_disk_loses_nothing_acknowledged(shell: Shell) -> None:
    lines = "".join(
        f'{{"type":"fix","ref":"R{n}","phenomenon":"{"x" * 2000}"}}\n' for n in range(400)
    )
    said = shell.outside("add", "--jsonl", "-", stdin=lines.encode(), preexec_fn=_limited)
    assert said.code == 1 and said.err.count("\n") == 1 and "没有保存" in said.err
    acknowledged = {line.removeprefix("ACK ") for line in said.out.splitlines()}
    assert len(acknowledged) < 400
    held = {one["ref"] for one in shell.ok("list", "fix", "--json").lines}
    assert acknowledged <= held
    assert "完好" in shell.ok("check").out


def test_a_full_disk_on_the_first_run_leaves_a_way_to_begin_again(bare: Shell) -> None:
    def tiny() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    said = bare.outside("init", "--name", "x", preexec_fn=tiny)
    assert said.code == 1 and said.err.count("\n") == 1 and "Traceback" not in said.err
    bare.ok("init", "--name", "x")
    assert "完好" in bare.ok("check").out


@contextmanager
def _read_only(path: Path) -> Iterator[None]:
    """The folder and all in it may be read and not written."""
    modes = {one: one.stat().st_mode for one in [path, *path.rglob("*")]}
    for one in modes:
        one.chmod(0o555 if one.is_dir() else 0o444)
    try:
        yield
    finally:
        for one, mode in modes.items():
            one.chmod(mode)


def _as_anybody() -> None:
    """Root's right to write everywhere, given up for the process about to be run."""
    if os.getuid() == 0:
        drop, override = 24, 1  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE
        assert ctypes.CDLL(None).prctl(drop, override, 0, 0, 0) == 0


@LINUX
def test_a_folder_that_may_not_be_written_is_named(shell: Shell, tmp_path: Path) -> None:
    shell.ok("add", "fix", "phenomenon=x", "--ref", "R")
    with _read_only(tmp_path):
        for args in (["add", "fix", "phenomenon=y"], ["backup"], ["init", "--name", "x"]):
            said = shell.outside(*args, preexec_fn=_as_anybody)
            assert said.code == 1 and said.out == "" and said.err.count("\n") == 1, said
            assert str(shell.home) in said.err and "Traceback" not in said.err
        new = shell.outside(
            "--home", tmp_path / "new", "init", "--name", "x", preexec_fn=_as_anybody
        )
        assert new.code == 1 and "new" in new.err and new.err.count("\n") == 1


def test_a_home_that_is_a_file_is_named(bare: Shell) -> None:
    bare.home.write_text("a file", encoding="utf-8")
    for args in (
        ["init", "--name", "x"],
        ["list"],
        ["restore", "x"],
        ["config", "set", "lang", "en"],
    ):
        assert "Traceback" not in bare.refused(*args)


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda whole: b"",
    "cut short": lambda whole: whole[: len(whole) // 2],
    "text": lambda whole: b"this is no database" * 5000,
    "header": lambda whole: b"\0" * 100 + whole[100:],
    "zero pages": lambda whole: whole[:4096] + b"\0" * (len(whole) - 4096),
    "random pages": lambda whole: whole[:8192] + os.urandom(len(whole) - 8192),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_database_is_a_sentence_in_every_command(shell: Shell, name: str) -> None:
    shell.ok("add", "fix", "phenomenon=x", "--ref", "R")
    shell.ok("backup")
    path = shell.home / DATABASE
    whole = path.read_bytes()
    path.write_bytes(DAMAGE[name](whole))
    for args in (["check"], ["list"], ["show", "R"], ["add", "fix", "phenomenon=y"], ["digest"]):
        said = shell(*args)
        assert said.code == 1 and "Traceback" not in said.err and "程序出错" not in said.err, said
        assert said.err.count("\n") == 1
    restored = shell.ok("restore").out
    assert "已从" in restored and "保留在" in restored
    assert shell.ok("show", "R", "--json").json["phenomenon"] == "x"
    assert "完好" in shell.ok("check").out


def test_single_flipped_bits_in_records_are_noticed(shell: Shell) -> None:
    shell.ok("add", "fix", "phenomenon=needle in the haystack", "--ref", "R")
    path = shell.home / DATABASE
    whole = path.read_bytes()
    assert whole.count(b"needle in") == 2  # the record, and the change that wrote it
    path.write_bytes(whole.replace(b"needle in", b"noodle in", 1))
    said = shell("check")
    assert said.code == 1 and "问题" in said.out and "sitebook restore" in said.err
    path.write_bytes(b"noodle in".join(whole.rsplit(b"needle in", 1)))
    assert shell("check").code == 1


def test_another_writer_s_lock_is_waited_for_and_then_named(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "LOCK_SECONDS", 0.05)
    lock = WriteLock((shell.home / DATABASE).with_suffix(".lock"), 1)
    lock.take()
    try:
        assert "另一个程序正在写" in shell.refused("add", "fix", "phenomenon=x")
        assert "项目" in shell.ok("list").out
    finally:
        lock.close()
    shell.ok("add", "fix", "phenomenon=x")


def test_a_database_that_another_program_locks_is_named(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(store.PRAGMAS, "busy_timeout", 20)
    other = sqlite3.connect(shell.home / DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "另一个程序" in shell.refused("add", "fix", "phenomenon=x")
    other.execute("ROLLBACK")
    other.close()


LOCALES = (
    {"LC_ALL": "C"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "zh_CN.GBK", "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"},
    {"LC_ALL": "xx_YY.nonsense"},
    {"LC_ALL": "POSIX", "PYTHONIOENCODING": "latin-1"},
    {"LANG": "", "LC_ALL": ""},
)


@pytest.mark.parametrize("env", LOCALES, ids=str)
def test_no_locale_ends_a_command(shell: Shell, env: dict[str, str]) -> None:
    shell.ok("add", "fix", "phenomenon=空调 ① 🌡 é", "--ref", "工单-1")
    for args in (["--help"], ["history", "工单-1"]):
        said = shell.outside(*args, env=env)
        assert said.code == 0 and "Traceback" not in said.err, said
    line = '{"type":"fix","ref":"工单-2","phenomenon":"中文"}\n'.encode()
    said = shell.outside("add", "--jsonl", "-", stdin=line, env=env)
    assert (said.code, said.out) == (0, "ACK 工单-2\n")
    assert shell.outside("show", "工单-2", "--json", env=env).json["phenomenon"] == "中文"


def test_an_argument_that_is_no_utf8_is_refused(shell: Shell) -> None:
    done = subprocess.run(
        [*command("add", "fix"), b"phenomenon=\xff\xfe"],
        env=shell.env, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1 and "不能保存的字符" in done.stderr.decode()


def test_an_interrupt_exits_130_without_a_word(shell: Shell) -> None:
    process = subprocess.Popen(
        command("add", "--jsonl", "-"), env=shell.env,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin and process.stdout and process.stderr
    process.stdin.write(b'{"type":"fix","ref":"R"}\n')
    process.stdin.flush()
    assert process.stdout.readline() == b"ACK R\n"
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 130
    assert b"Traceback" not in process.stderr.read()
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()
    shell.ok("show", "R")


def _fail(secret: str) -> None:
    raise ValueError(f"could not make sense of {secret}")


def test_a_crash_is_one_line_and_a_report_that_tells_nothing_personal(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(output, "table", lambda rows: _fail("病人张某某 13800000000"))
    err = shell.refused("status")
    assert "~/home/reports/crash-" in err and str(tmp_path) not in err
    (report,) = (shell.home / crash_report.FOLDER).iterdir()
    text = report.read_text(encoding="utf-8")
    assert "ValueError" in text and "test_trouble.py" in text and "sqlite" in text
    assert "张某某" not in text and "could not" not in text and "测试员" not in text
    assert str(tmp_path) not in text


def test_a_crash_without_a_home_reports_elsewhere(
    bare: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(entry, "_chosen", lambda *args: _fail("x"))
    for folder, word in ((tmp_path, "crash-"), (tmp_path / "absent" / "x", "ValueError")):
        with monkeypatch.context() as patch:
            patch.setattr(tempfile, "tempdir", str(folder))
            assert word in bare.refused("list") and not bare.home.exists()
    assert len(list(tmp_path.glob("crash-*.txt"))) == 1
