"""Two laptops and a stick, as people type it; every command is a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sync.trust import device_key
from tests.tui.cli.conftest import Said, Shell


@pytest.fixture
def laptops(bare: Shell, tmp_path: Path) -> tuple[Shell, Shell, Path]:
    """Two homes without a book, and a stick."""
    stick = tmp_path / "stick"
    stick.mkdir()
    return bare, Shell(tmp_path / "other", bare.capture, bare.patch), stick


def ran(shell: Shell, *args: object, code: int = 0) -> Said:
    """A process that ends as expected, without a word of Python."""
    said = shell.outside(*args)
    assert said.code == code and "Traceback" not in said.err, said
    assert bool(said.err) == bool(code), said
    return said


def joined(a: Shell, b: Shell, stick: Path, *roles: str) -> None:
    """The second laptop is the first one's colleague."""
    ran(a, "init", "--name", "组长", "--project", "North", "--lang", "zh")
    ran(b, "join", "request", stick / "me.request", "--name", "小林")
    ran(a, "member", "admit", stick / "me.request", "-o", stick / "me.reply", *roles)
    assert "已加入" in ran(b, "join", "reply", stick / "me.reply").out


def test_two_laptops_and_a_stick(laptops: tuple[Shell, Shell, Path]) -> None:
    a, b, stick = laptops
    joined(a, b, stick, "--role", "engineer", "--project", "North")
    ran(a, "add", "fix", "phenomenon=空调漏水", "place=机房", "--ref", "A1")
    there, back = stick / "there.sitebook", stick / "back.sitebook"
    assert "尚未得到确认" in ran(a, "bundle", "write", there).out
    assert "空调" not in there.read_bytes().decode("utf-8", "replace")
    ran(b, "bundle", "read", there)
    ran(b, "set", "A1", "place=三号机柜")
    ran(b, "add", "fix", "phenomenon=风扇", "place=y", "--ref", "B1")
    ran(b, "bundle", "write", back)
    assert "ACKED A1" in ran(a, "bundle", "read", back, "--verbose").out.splitlines()
    assert ran(a, "digest").out == ran(b, "digest").out
    assert json.loads(ran(a, "show", "A1", "--json").out)["place"] == "三号机柜"
    assert json.loads(ran(a, "show", "A1", "--json").out)["synced_at"] is not None
    assert json.loads(ran(a, "status", "--json").out)["unsent"] == 0
    again = json.loads(ran(a, "bundle", "read", back, "--json").out)
    assert (again["taken"], again["refused"], again["conflicts"]) == (0, [], 0)
    for one in (a, b):
        assert "完好" in ran(one, "check").out


def test_a_shared_folder_is_remembered(laptops: tuple[Shell, Shell, Path]) -> None:
    a, b, share = laptops
    joined(a, b, share, "--role", "engineer")
    assert "还没有同步的对象" in ran(a, "sync", code=1).err
    ran(b, "add", "fix", "phenomenon=x", "place=y", "--project", "North", code=1)
    ran(a, "add", "fix", "phenomenon=x", "place=y", "--ref", "R1")
    ran(a, "sync", share)
    ran(b, "sync", share)
    ran(b, "add", "fix", "phenomenon=x", "place=y", "--ref", "R2")
    assert "ACKED" not in ran(b, "sync", "--verbose").out
    assert ran(a, "sync", "--verbose").out.startswith("ACKED R1")
    assert ran(b, "sync", "--verbose").out.startswith("ACKED R2")
    assert ran(a, "digest").out == ran(b, "digest").out


def test_bad_bundles_are_one_sentence(laptops: tuple[Shell, Shell, Path]) -> None:
    a, b, stick = laptops
    joined(a, b, stick)
    path = stick / "x.sitebook"
    ran(a, "bundle", "write", path)
    whole, before = path.read_bytes(), ran(b, "digest").out
    for bad in (whole[:-1], whole[: len(whole) // 2], b"", b"hello", whole + b"x"):
        path.write_bytes(bad)
        said = ran(b, "bundle", "read", path, code=1)
        assert said.out == "" and said.err.count("\n") == 1 and "x.sitebook" in said.err
    assert ran(b, "digest").out == before
    ran(b, "bundle", "read", stick / "absent", code=1)
    ran(b, "bundle", "read", stick, code=1)


def test_a_bundle_under_a_passphrase(
    laptops: tuple[Shell, Shell, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    a, b, stick = laptops
    joined(a, b, stick)
    path, phrase = stick / "x.sitebook", tmp_path / "phrase"
    phrase.write_text("一句 口令\n", encoding="utf-8")
    env = {"SITEBOOK_PASSPHRASE_FILE": str(phrase)}
    assert a.outside("bundle", "write", path, "--passphrase", env=env).code == 0
    assert "SITEBOOK_PASSPHRASE_FILE" in ran(b, "bundle", "read", path, code=1).err
    assert b.outside("bundle", "read", path, env=env).code == 0
    phrase.write_text("wrong", encoding="utf-8")
    assert "口令不对" in b.outside("bundle", "read", path, env=env).err
    assert ran(a, "digest").out == ran(b, "digest").out


@pytest.mark.shows(77)
def test_a_revoked_member_is_told_apart(laptops: tuple[Shell, Shell, Path]) -> None:
    a, b, stick = laptops
    joined(a, b, stick, "--role", "engineer")
    ran(a, "bundle", "write", stick / "1")
    ran(b, "bundle", "read", stick / "1")
    ran(b, "add", "fix", "phenomenon=early", "place=y", "--ref", "EARLY")
    ran(b, "bundle", "write", stick / "2")
    ran(a, "bundle", "read", stick / "2")
    assert "没有编号或标记" in ran(a, "member", "revoke", "Z", code=1).err
    ran(a, "member", "revoke", "B")
    ran(b, "add", "fix", "phenomenon=late", "place=y", "--ref", "LATE")
    ran(b, "bundle", "write", stick / "3")
    ran(a, "bundle", "write", stick / "4")
    assert "本机已被管理员停用" in ran(b, "bundle", "read", stick / "4", code=1).err
    assert "没有可用的电脑" in ran(b, "member", "add", "X", code=1).err
    assert json.loads(ran(a, "show", "EARLY", "--json").out)["state"] == "open"


@pytest.mark.parametrize("roles", [(), ("--role", "engineer", "--project", "North")])
def test_a_book_begun_alone_joins(
    laptops: tuple[Shell, Shell, Path], roles: tuple[str, ...]
) -> None:
    a, b, stick = laptops
    ran(a, "init", "--name", "组长", "--project", "North", "--lang", "zh")
    ran(b, "init", "--name", "小林", "--project", "Mine", "--lang", "zh")
    ran(
        b,
        "add",
        "fix",
        "phenomenon=旧",
        "place=y",
        "--ref",
        "OLD",
        "--occurred",
        "2026-03-01 08:00",
    )
    old = json.loads(ran(b, "show", "OLD", "--json").out)
    ran(b, "note", "OLD", "记一笔")
    ran(b, "join", "request", stick / "q", "--name", "小林")
    ran(a, "member", "admit", stick / "q", "-o", stick / "r", *roles)
    before = ran(b, "digest").out
    told = ran(b, "join", "reply", stick / "r").out
    assert "--yes" in told and ran(b, "digest").out == before
    assert ("将带入：-" in told) == (not roles)
    assert "sitebook bundle read" in ran(b, "join", "reply", stick / "r", "--yes").out
    assert list(b.home.glob("before-joining-*/book.sqlite3"))
    ran(a, "bundle", "write", stick / "1")
    ran(b, "bundle", "read", stick / "1")
    ran(b, "bundle", "write", stick / "2")
    ran(a, "bundle", "read", stick / "2")
    assert ran(a, "digest").out == ran(b, "digest").out
    assert "完好" in ran(b, "check").out
    if roles:
        new = json.loads(ran(a, "show", "OLD", "--json").out)
        for name in ("id", "occurred_at", "recorded_at", "phenomenon", "state"):
            assert new[name] == old[name], name
        assert new["number"] != old["number"] or new["device"] == old["device"]
        assert "记一笔" in ran(a, "find", "记一笔").out


def test_requests_and_replies_that_are_not(laptops: tuple[Shell, Shell, Path]) -> None:
    a, b, stick = laptops
    joined(a, b, stick)
    request, reply = stick / "me.request", stick / "me.reply"
    data, answer = request.read_text(encoding="ascii"), reply.read_text(encoding="ascii")
    out = ("-o", stick / "out")
    before = ran(a, "digest").out
    for bad in ("", "{}", "[]", data.replace("me", "you"), data[:-20], data.replace("a", "b")):
        request.write_text(bad, encoding="ascii")
        assert "加入请求" in ran(a, "member", "admit", request, *out, code=1).err
    request.write_text(data, encoding="ascii")
    assert ran(a, "digest").out == before and not (stick / "out").exists()
    ran(a, "member", "admit", request, *out)
    assert ran(a, "digest").out == before
    ran(b, "join", "reply", stick / "out")
    third = Shell(stick.parent / "third", a.capture, a.patch)
    ran(third, "join", "request", stick / "third", "--name", "小林")
    ran(third, "join", "reply", reply, code=1)
    assert "已有成员" in ran(a, "member", "admit", stick / "third", *out, code=1).err
    assert device_key.read(third.home) is not None
    ran(a, "member", "admit", stick / "third", *out, "--person", "小林")
    for bad in ("", "{}", answer[:-30], answer.replace("A", "B")):
        reply.write_text(bad, encoding="ascii")
        ran(third, "join", "reply", reply, code=1)
    assert not (third.home / "book.sqlite3").exists()
    ran(third, "join", "reply", stick / "out")
    assert "只能看" not in ran(third, "member", "list").out


def test_a_bundle_says_which_files_it_left_out(shell: Shell, tmp_path: Path) -> None:
    picture = tmp_path / "a.jpg"
    picture.write_bytes(b"picture")
    shell.ok("add", "fix", "phenomenon=x", "--ref", "R")
    shell.ok("attach", "R", picture)
    said = shell.ok("bundle", "write", tmp_path / "a.sitebook", "--files", "0").out
    assert "1 个附件" in said and "--files" in said
    assert "--files" not in shell.ok("bundle", "write", tmp_path / "b.sitebook").out
    out = shell.ok("bundle", "write", tmp_path / "c.sitebook", "--files", "0", "--json").json
    assert (out["files_given"], out["files_left"]) == (0, 1)
