"""Versions by command: a new one, what differs, and the paper of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.cli.conftest import Shell


@pytest.fixture
def first(shell: Shell) -> str:
    """The number of a template in force with two items."""
    number = shell.ok("add", "template", "name_zh=日检", "frequency=daily").out.strip()
    temperature = ("answer_kind=reading", "low=18", "high=27", "unit=℃", "stable=temp")
    shell.ok(
        "add", "template_item", f"template={number}", "text_zh=温度", "position=1", *temperature
    )
    shell.ok("add", "template_item", f"template={number}", "text_zh=门禁", "position=2")
    shell.ok("move", number, "publish")
    return number


def revised(shell: Shell, first: str) -> str:
    """The draft of the next version, with another limit and an item more."""
    made = shell.ok("revise", first, "--json").json
    hot = next(
        one["number"]
        for one in shell.ok("list", "template_item", "--json").lines
        if one["template"] == made["id"] and one["stable"] == "temp"
    )
    shell.ok("set", hot, "high=25")
    shell.ok("add", "template_item", f"template={made['number']}", "text_zh=噪声", "position=3")
    return str(made["number"])


def test_a_new_version_follows_the_one_in_force(shell: Shell, first: str) -> None:
    made = shell.ok("revise", first, "--json").json
    assert (made["version"], made["state"], made["in_force"]) == (2, "draft", False)
    assert made["follows"] == shell.ok("show", first, "--json").json["id"]
    assert "已在起草" in shell.refused("revise", first)
    assert "请直接修改它" in shell.refused("revise", made["number"])
    shell.ok("move", made["number"], "publish")
    old = shell.ok("show", first, "--json").json
    assert (old["state"], old["replaced_by"]) == ("replaced", made["id"])
    assert "已被替代" in shell.ok("list", "template").out
    told = shell.ok("show", first).out
    assert f"已被替代  第 2 版（{made['number']}）" in told
    names = [
        one["number"]
        for one in shell.ok("list", "template", "--state", "published", "--json").lines
    ]
    assert names == [made["number"]]


def test_what_differs_for_people_and_scripts(shell: Shell, first: str) -> None:
    second = revised(shell, first)
    told = shell.ok("show", second, "--against", first).out
    assert f"第 1 版（{first}） → 第 2 版（{second}）" in told
    assert "新增 1 行，删除 0 行，修改 1 行" in told
    assert "~  温度  上限：27 → 25" in told and "+  噪声" in told
    found = shell.ok("show", second, "--against", first, "--json").json
    marks = [(row["mark"], row["code"]) for row in found["rows"]]
    assert marks[0] == ("changed", "temp") and marks[1][0] == "added"
    assert found["rows"][0]["fields"] == [{"field": "high", "before": "27", "after": "25"}]
    fix = shell.ok("add", "fix", "phenomenon=x").out.strip()
    assert "不是同一类" in shell.refused("show", second, "--against", fix)
    assert "没有版本" in shell.refused("revise", fix)


def test_the_comparison_on_paper(shell: Shell, first: str, tmp_path: Path) -> None:
    second = revised(shell, first)
    for name in ("a.md", "a.docx"):
        shell.ok("export", "comparison", second, "-o", str(tmp_path / name))
    text = (tmp_path / "a.md").read_text(encoding="utf-8")
    assert "| 修改 | 温度 | 上限 | 27 | 25 |" in text and "| 新增 | 噪声 |" in text
    assert f"第 1 版（{first}） → 第 2 版（{second}）" in text
    assert (tmp_path / "a.docx").read_bytes()[:2] == b"PK"
    fix = shell.ok("add", "fix", "phenomenon=x").out.strip()
    out = str(tmp_path / "b.md")
    assert "没有版本" in shell.refused("export", "comparison", fix, "-o", out)
    assert not Path(out).exists()


def test_a_reading_beyond_its_limits_is_refused_by_command(shell: Shell, first: str) -> None:
    day = shell.ok("status", "--json").json.get("today") or "2026-11-20"
    sheet = shell.ok("add", "sheet", f"template={first}", f"day={day}", "round=1").out.strip()
    hot = next(
        one["number"]
        for one in shell.ok("list", "template_item", "--json").lines
        if one["stable"] == "temp"
    )
    said = (f"sheet={sheet}", f"item={hot}", "result=ok")
    assert "超出上限 27" in shell.refused("add", "answer", *said, "reading=99")
    assert "要填测量值" in shell.refused("add", "answer", *said)
    shell.ok("add", "answer", *said, "reading=22")
    for wrong, says in (("round=9", "只有第 1 轮"), ("day=2099-01-01", "还没有到")):
        given = {"day": f"day={day}", "round": "round=1"} | {wrong.partition("=")[0]: wrong}
        told = shell.refused("add", "sheet", f"template={first}", *given.values())
        assert says in told
