"""The membership log line by line: every kind has words, and nobody is left unnamed."""

from __future__ import annotations

from sync.trust.entry_rules import ACTS
from tests.tui.cli.commands.test_steering import Office
from tests.tui.cli.commands.test_steering import office as office
from tui.cli.commands.member_history import SWITCHED, WORDS


def test_every_kind_has_words() -> None:
    assert {*WORDS, *SWITCHED, "ask"} == ACTS.keys()


def test_who_signed_what(office: Office) -> None:
    a, b = office.people["a"], office.people["b"]
    for name in ("乙", "丙"):
        a.ok("member", "administrator", name)
    a.ok("member", "recovery", "--make")
    a.ok("member", "two", "on")
    before = a.ok("member", "history").out.splitlines()
    a.ok("member", "administrator", "丁")
    a.ok("member", "drop", str(len(before) + 1))
    office.meet("ab")
    assert "建立组织" in before[0] and before[1].endswith("甲 (A)  添加成员 乙")
    assert "接入 乙 的电脑 B" in before[3] and "运维工程师（所有项目）" in before[2]
    assert b.ok("member", "history", "--after", len(before)).out.splitlines() == [
        f"{len(before) + 1}  甲 (A)  请求：设 丁 为管理员",
        f"{len(before) + 2}  甲 (A)  撤回第 {len(before) + 1} 号请求",
    ]
    told = b.ok("member", "history", "--json").lines
    assert [one["n"] for one in told] == list(range(1, len(before) + 3))
    assert told[-3]["kind"] == "two"
