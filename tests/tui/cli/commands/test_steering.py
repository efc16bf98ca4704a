"""Who changes the members, as people type it: two signatures, and the recovery key; no hub."""

from __future__ import annotations

import re

import pytest

from tests.tui.cli.commands.test_hub import home
from tests.tui.cli.conftest import Shell

GROUPS = re.compile(r"^    ((?:[0-9A-Z]{5}-){3}[0-9A-Z]{5})$", re.M)


class Office:
    """A founder and three colleagues, each with a book; they meet in a folder."""

    def __init__(self, shell: Shell) -> None:
        self.folder = shell.home.parent / "share"
        self.folder.mkdir()
        self.people = {name: home(shell, name) for name in "abcd"}
        self.people["a"].ok("init", "--name", "甲", "--project", "北站", "--lang", "zh")
        for name, person in (("b", "乙"), ("c", "丙"), ("d", "丁")):
            one, file = self.people[name], shell.home.parent / name
            one.ok("join", "request", f"{file}.request", "--name", person)
            admit = ("member", "admit", f"{file}.request", "-o", f"{file}.reply")
            self.people["a"].ok(*admit, "--role", "engineer")
            one.ok("join", "reply", f"{file}.reply")
        self.meet("abcd")

    def meet(self, names: str) -> None:
        """They sync, one after another and back."""
        for name in names + names[-2::-1]:
            self.people[name].ok("sync", self.folder)


@pytest.fixture
def office(bare: Shell) -> Office:
    """All four, who know each other."""
    return Office(bare)


def key_of(text: str) -> str:
    """The recovery key in what was printed."""
    found = GROUPS.findall(text)
    assert len(found) == 2, text
    return "-".join(found)


def test_two_administrators_stop_a_third(office: Office) -> None:
    a, b, c = (office.people[name] for name in "abc")
    assert "只需一位" in a.ok("member", "two").out
    assert "三位" in a.refused("member", "two", "on")
    assert "on 或 off" in a.refused("member", "two", "perhaps", code=2)
    for name in ("乙", "丙"):
        assert "现在是管理员" in a.ok("member", "administrator", name).out
    assert "两位" in a.ok("member", "two", "on").out
    office.meet("abcd")
    said = b.ok("member", "revoke", "甲").out
    first, second = re.findall(r"第 (\d+) 号请求", said)
    assert b.ok("status", "--json").json["requests"] == 2
    assert f"第 {first} 号：停用 甲 的电脑 A（乙 提出）" in b.ok("member", "requests").out
    office.meet("bacb")
    assert "另一位管理员" in b.refused("member", "confirm", first)
    assert "另一位管理员" in a.refused("member", "confirm", first)
    for n in (first, second):
        assert "已确认：" in c.ok("member", "confirm", n).out
    office.meet("bdc")
    assert "没有等待" in b.ok("member", "requests").out
    members = {one["name"]: one for one in b.ok("member", "list", "--json").lines}
    assert not members["甲"]["active"] and members["甲"]["devices"][0]["revoked"]
    assert "不再是管理员" in c.ok("member", "administrator", "乙", "--remove").out  # nobody else
    office.meet("cb")
    assert "不是管理员" in b.refused("member", "two", "off")


def test_a_request_is_dropped_by_who_made_it(office: Office) -> None:
    a, b = office.people["a"], office.people["b"]
    for name in ("乙", "丙"):
        a.ok("member", "administrator", name)
    a.ok("member", "two", "on")
    said = a.ok("member", "administrator", "丁").out
    (n,) = re.findall(r"第 (\d+) 号请求", said)
    assert a.ok("member", "requests", "--json").json["kind"] == "admin"
    office.meet("ab")
    assert "提出它的管理员" in b.refused("member", "drop", n)
    assert "撤回" in a.ok("member", "drop", n).out
    assert "没有第" in a.refused("member", "confirm", n)


def test_the_recovery_key_replaces_a_lost_founder(office: Office) -> None:
    a, b, d = (office.people[name] for name in "abd")
    assert "还没有恢复密钥" in a.ok("member", "recovery").out
    assert "同用" in a.refused("member", "recovery", "--make", "--check", code=2)
    key = key_of(a.ok("member", "recovery", "--make").out)
    office.meet("abd")
    assert "已有恢复密钥" in b.ok("member", "recovery").out
    assert "现在有效" in b.ok("member", "recovery", "--check", stdin=f"{key.lower()}\n").out
    wrong = key[:-1] + ("0" if key[-1] != "0" else "1")
    assert "打错了字" in b.refused("member", "recover", stdin=f"{wrong}\n")
    said = b.ok("member", "recover", "--instead", "甲", stdin=f"{key}\n").out
    assert "甲 不再是管理员" in said and "乙 现在是管理员" in said
    office.meet("bd")
    assert "乙 成为管理员" in d.ok("member", "recovery").out  # everybody sees it
    assert d.ok("status", "--json").json["recovered"] == 1
    assert "恢复密钥被使用" in d.ok("status").out
    b.ok("member", "recovery", "--make")
    office.meet("bd")
    assert d.ok("status", "--json").json["recovered"] == 0


def test_the_key_is_the_second_of_two(office: Office) -> None:
    a, b = office.people["a"], office.people["b"]
    key = key_of(a.ok("member", "recovery", "--make").out)
    a.ok("member", "administrator", "乙")
    a.ok("member", "two", "on")
    office.meet("ab")
    said = b.ok("member", "revoke", "A").out
    (n,) = re.findall(r"第 (\d+) 号请求", said)
    assert "已确认" in b.ok("member", "confirm", n, "--recovery", stdin=f"{key}\n").out
    office.meet("bd")
    members = {one["name"]: one for one in office.people["d"].ok("member", "list", "--json").lines}
    assert members["甲"]["devices"][0]["revoked"]
