"""Records by command: added, changed, moved, voided, noted, listed, shown, found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.storage import blobs
from tests.tui.cli.conftest import Shell


def _fix(shell: Shell, *pairs: str) -> str:
    return shell.ok("add", "fix", *(pairs or ("phenomenon=空调告警",)), "--ref", "R").out.strip()


def test_types_for_people_and_scripts(shell: Shell) -> None:
    out = shell.ok("types").out
    assert "fix" in out and "现场处置" in out
    everything = {one["type"]: one for one in shell.ok("types", "--json").lines}
    assert everything["fix"] == shell.ok("types", "fix", "--json").json
    told = shell.ok("types", "fix").out
    for word in ("phenomenon", "问题现象", "open 待处理", "escalate", "equipment 设备故障"):
        assert word in told
    assert "没有“nonsense”" in shell.refused("types", "nonsense")


def test_added_records_are_shown_as_they_were_typed(shell: Shell) -> None:
    number = _fix(shell, "phenomenon=两行\n文字", "cause_class=设备故障", "typical=是")
    assert number == "FX-2026-A-0001" or number.startswith("FX-")
    for name in (number, "R", shell.ok("show", "R", "--json").json["id"]):
        found = shell.ok("show", name, "--json").json
        assert found["phenomenon"] == "两行\n文字" and found["cause_class"] == "equipment"
        assert found["typical"] is True and found["number"] == number and found["ref"] == "R"
    told = shell.ok("show", number).out
    for word in ("问题现象", "两行", "设备故障", "待处理", "测试员", "测试项目", "escalate 升级"):
        assert word in told
    assert found == shell.ok("add", "fix", "phenomenon=两行\n文字", "--ref", "R", "--json").json


def test_the_same_ref_twice_is_one_record_and_other_content_is_refused(shell: Shell) -> None:
    assert _fix(shell) == _fix(shell)
    assert len(shell.ok("list", "fix", "--json").lines) == 1
    assert "ref" in shell.refused("add", "fix", "phenomenon=other", "--ref", "R")


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["nonsense", "a=b"], "没有“nonsense”"),
        (["fix", "nonsense=b"], "没有字段“nonsense”"),
        (["fix", "state=closed"], "sitebook move"),
        (["fix", "verify_result=conforms"], "只能通过操作"),
        (["fix", "cause_class=magic"], "只能是以下之一：设备故障、软件缺陷"),
        (["fix", "fixed_at=soon"], "应为时间"),
        (["fix", "typical=perhaps"], "应为 是/否"),
        (["fix", "place=two\nlines"], "只能写一行"),
        (["fix", "site=nowhere"], "没有找到名为“nowhere”的现场"),
        (["fix", "fixed_by=nobody"], "没有找到成员“nobody”"),
        (["site", "address=x"], "需要填写：名称"),
        (["fix", "phenomenon=x", "--project", "nope"], "没有找到名为“nope”的项目"),
        (["fix", "phenomenon=x", "--occurred", "soon"], "“发生时间”：应为时间"),
        (["fix", "phenomenon=x", "--ref", "a\tb"], "ref 须为"),
        (["note", "text=x"], "需要填写：关于"),
    ],
)
def test_what_cannot_be_added_is_refused_with_the_reason(
    shell: Shell, args: list[str], word: str
) -> None:
    before = shell.ok("digest").out
    assert word in shell.refused("add", *args)
    assert shell.ok("digest").out == before


def test_the_project_is_the_named_the_usual_or_the_only_one(shell: Shell) -> None:
    _fix(shell)
    shell.ok("add", "project", "name=北站", "code=N1")
    assert "几个项目" in shell.refused("add", "fix", "phenomenon=x")
    numbers = {one["name"]: one["number"] for one in shell.ok("list", "project", "--json").lines}
    ids = {one["name"]: one["id"] for one in shell.ok("list", "project", "--json").lines}
    for name in ("北站", "N1", numbers["北站"], ids["北站"]):
        said = shell.ok("add", "fix", "phenomenon=x", "--project", name, "--json")
        assert said.json["project"] == ids["北站"]
    shell.ok("config", "set", "project", "N1")
    assert shell.ok("add", "fix", "phenomenon=x", "--json").json["project"] == ids["北站"]
    assert len(shell.ok("list", "fix", "--project", "测试项目", "--json").lines) == 1
    assert len(shell.ok("list", "fix", "--project", "北站", "--json").lines) == 5
    shell.ok("config", "set", "project", "")
    shell.ok("move", numbers["北站"], "complete")
    only = shell.ok("add", "fix", "phenomenon=x", "--json").json
    assert only["project"] == ids["测试项目"]
    shell.ok("void", numbers["测试项目"], "--reason", "r")
    assert "还没有进行中的项目" in shell.refused("add", "fix", "phenomenon=x")


def test_occurred_and_recorded_are_kept_apart(shell: Shell) -> None:
    shell.ok("add", "fix", "phenomenon=x", "--ref", "R", "--occurred", "2026-01-02 08:30")
    found = shell.ok("show", "R", "--json").json
    assert found["occurred_at"] == "2026-01-02T08:30:00.000+08:00" != found["recorded_at"]
    assert "补录" in shell.ok("show", "R").out


def test_links_go_by_name_and_people_by_me(shell: Shell) -> None:
    site = shell.ok("add", "site", "name=主机房", "--json").json
    shell.ok("add", "fix", "phenomenon=x", "site=主机房", "fixed_by=me", "--ref", "R")
    found = shell.ok("show", "R", "--json").json
    assert found["site"] == site["id"] and found["fixed_by"] == found["author"]
    assert f"{site['number']} 主机房" in shell.ok("show", "R").out
    assert "R" in str(found["ref"]) and "FX-" in shell.ok("show", site["number"]).out


def test_fields_are_set_and_cleared(shell: Shell) -> None:
    _fix(shell)
    assert "待处理" in shell.ok("set", "R", "cause=积灰", "typical=yes").out
    shell.ok("set", "R", "typical=")
    found = shell.ok("set", "R", "cause=积灰", "--json").json
    assert found["cause"] == "积灰" and found["typical"] is None
    assert "sitebook move" in shell.refused("set", "R", "state=closed")
    assert "没有找到“nobody”" in shell.refused("set", "nobody", "cause=x")
    assert "没有字段" in shell.refused("set", "R", "nonsense=x")


def test_moves_ask_check_and_keep_their_comment(shell: Shell) -> None:
    _fix(shell)
    assert "解决措施" in shell.refused("move", "R", "fix")
    assert "没有操作“fly”。可用：处理完成、" in shell.refused("move", "R", "fly")
    assert "只能在" in shell.refused("move", "R", "close")
    assert "待验证" in shell.ok("move", "R", "处理完成", "correction=清洁").out
    assert shell.ok("list", "现场处置", "--state", "待验证").out == shell.ok("list", "fix").out
    assert "可用：待处理、" in shell.refused("list", "fix", "--state", "done")
    assert "理由" in shell.refused("move", "R", "fail")
    shell.ok("move", "R", "fail", "--comment", "仍告警")
    assert shell.ok("move", "R", "fix", "--json").json["state"] == "fixed"
    moves = [step["move"] for step in shell.ok("history", "R", "--json").lines if step["move"]]
    assert [move["id"] for move in moves] == ["fix", "fail", "fix"]
    assert moves[1]["comment"] == "仍告警" and moves[1]["from"] == "fixed"
    told = shell.ok("history", "R").out
    assert "验证：不符合: 仍告警" in told and "解决措施: 清洁" in told and "测试员 (A)" in told


def test_void_needs_a_reason_hides_and_comes_back(shell: Shell) -> None:
    _fix(shell)
    assert "理由" in shell.refused("void", "R", "--reason", " ")
    assert "已作废" in shell.ok("void", "R", "--reason", "重复").out
    assert shell.ok("list", "fix", "--json").out == ""
    assert shell.ok("list", "fix", "--void", "--json").json["void"] == "重复"
    assert "作废" in shell.ok("list", "fix", "--void").out
    assert "已作废" in shell.refused("set", "R", "cause=x")
    assert "重复" in shell.ok("show", "R").out
    assert "已恢复" in shell.ok("unvoid", "R").out
    assert "没有作废" in shell.refused("unvoid", "R")
    assert shell.ok("list", "fix", "--json").json["void"] is None
    told = shell.ok("history", "R").out
    assert "作废" in told and "恢复" in told


def test_notes_and_files_belong_to_a_record(shell: Shell, tmp_path: Path) -> None:
    number = _fix(shell)
    shell.ok("note", "R", "已通知客户")
    shell.ok("note", "R", "-", stdin="来自\n标准输入")
    source = tmp_path / "照片 1.jpg"
    source.write_bytes(b"picture")
    assert f"照片 1.jpg（7 字节）已附在 {number}" in shell.ok("attach", "R", source).out
    found = shell.ok("list", "attachment", "--json").json
    assert found["name"] == "照片 1.jpg" and found["size"] == 7
    assert blobs.place(shell.home, found["sha256"]).read_bytes() == b"picture"
    project = shell.ok("show", "R", "--json").json["project"]
    assert found["project"] == project
    texts = {note["text"] for note in shell.ok("list", "note", "--json").lines}
    assert texts == {"已通知客户", "来自\n标准输入"}
    told = shell.ok("show", "R").out
    assert "已通知客户" in told and "照片 1.jpg" in told
    assert "没有找到" in shell.refused("attach", "nobody", source)
    assert "不能读取" in shell.refused("attach", "R", tmp_path / "absent")
    assert "普通文件" in shell.refused("attach", "R", tmp_path)
    assert "需要填写" in shell.refused("note", "R", "")


def test_a_note_on_the_company_s_register(shell: Shell) -> None:
    shell.ok("add", "site", "name=s", "--ref", "S")
    shell.ok("note", "S", "门禁改了")
    assert shell.ok("list", "note", "--json").json["project"] is None


def test_lists_are_newest_first_by_state_and_in_pages(shell: Shell) -> None:
    lines = "".join(
        json.dumps({"type": "fix", "ref": f"R{n}", "phenomenon": f"p{n}",
                    "occurred_at": f"2026-01-01 {n // 60:02d}:{n % 60:02d}"}) + "\n"
        for n in range(1100)
    )  # fmt: skip
    assert shell.ok("add", "--jsonl", "-", stdin=lines).out.count("ACK ") == 1100
    refs = [one["ref"] for one in shell.ok("list", "fix", "--json").lines]
    assert refs == [f"R{n}" for n in reversed(range(1100))]
    shell.ok("move", "R5", "fix", "correction=c")
    assert shell.ok("list", "fix", "--state", "fixed", "--json").json["ref"] == "R5"
    both = shell.ok("list", "fix", "--state", "fixed", "--state", "open", "--json").lines
    assert len(both) == 1100
    assert "待处理、" in shell.refused("list", "fix", "--state", "nonsense")
    everything = shell.ok("list", "--json").lines
    assert len(everything) == 1101 and {one["type"] for one in everything} == {"fix", "project"}
    told = shell.ok("list", "fix").out.splitlines()
    assert len(told) == 1100 and "p1099" in told[0] and "待处理" in told[0]


def test_find_in_text_and_number(shell: Shell) -> None:
    number = _fix(shell)
    shell.ok("add", "site", "name=空调机房")
    assert len(shell.ok("find", "空调", "--json").lines) == 2
    found = shell.ok("find", "空调", "告警", "--json").json
    assert found["number"] == number and "空调告警" in found["snippet"]
    assert number in shell.ok("find", number).out
    assert shell.ok("find", "空调", "--type", "site", "--json").json["type"] == "site"
    said = shell("find", "没有这个")
    assert (said.code, said.out) == (0, "") and "没有找到" in said.err
    assert shell.ok("find", "没有这个", "--json").out == ""
    assert "没有“nonsense”" in shell.refused("find", "x", "--type", "nonsense")


def test_find_knows_people_by_their_name(shell: Shell) -> None:
    me = shell.ok("find", "测试员", "--json").lines
    assert [one["type"] for one in me][:1] == ["person"] and me[0]["name"] == "测试员"
    assert "人员" in shell.ok("find", "测试").out
    assert shell("find", "测试", "--type", "fix").out == ""


def test_show_tells_what_each_action_needs(shell: Shell) -> None:
    number = _fix(shell)
    said = shell.ok("show", number, "--actions").out
    assert "escalate" in said and "升级原因" in said and "verify" in said and "只能从" in said
    told = shell.ok("show", number, "--actions", "--json").json["actions"]
    by_id = {one["id"]: one for one in told}
    assert by_id["escalate"]["possible"] and "reason_kind" in by_id["escalate"]["missing"]
    assert not by_id["verify"]["possible"] and by_id["verify"]["why"]["en"]


def test_find_gives_every_page(shell: Shell) -> None:
    lines = "".join(
        json.dumps({"type": "fix", "phenomenon": f"空调 {n}"}) + "\n" for n in range(250)
    )
    shell.ok("add", "--jsonl", "-", stdin=lines)
    found = [one["id"] for one in shell.ok("find", "空调", "--json").lines]
    assert len(found) == len(set(found)) == 250


def test_conflicts_and_status_of_one_device(shell: Shell) -> None:
    assert "没有冲突" in shell.ok("conflicts").out and shell.ok("conflicts", "--json").out == ""
    _fix(shell)
    from sync.workspace.workspace import open_book

    workspace = open_book(shell.home)
    made = workspace.book.get("R")
    for cause in ("x", "y"):
        workspace.book.edit(made.id, {"cause": cause}, seen=made.dots)
    workspace.close()
    found = shell.ok("conflicts", "--json").json
    assert (found["record"], found["ref"], found["type"]) == (made.id, "R", "fix")
    assert found["field"] == "cause"
    needed = {"value", "device", "seq", "author", "at", "shown"}
    assert [set(one) for one in found["versions"]] == [needed, needed]
    assert [(one["value"], one["shown"]) for one in found["versions"]] == [
        ("y", True),
        ("x", False),
    ]
    told = shell.ok("conflicts").out
    assert "* y" in told and f"{found['versions'][1]['device']}:2" in told
    assert "冲突" in shell.ok("show", "R").out
    status = shell.ok("status", "--json").json
    assert status["conflicts"] == 1 and status["name"] == "测试员" and status["last_sync"] is None
    assert status["home"] == str(shell.home) and status["tag"] == "A"
    assert "测试员" in shell.ok("status").out


def test_the_digest_is_one_line_that_follows_the_records(shell: Shell) -> None:
    first = shell.ok("digest").out
    assert len(first.strip()) == 64 and first == shell.ok("digest").out
    _fix(shell)
    second = shell.ok("digest").out
    project = shell.ok("show", "R", "--json").json["project"]
    own = shell.ok("digest", "--space", f"p:{project}").out
    assert len({first, second, own}) == 3
    shell.ok("find", "空调")
    shell.ok("backup")
    assert shell.ok("digest").out == second
    assert "company" in shell.refused("digest", "--space", "nonsense")


def test_everything_in_english(shell: Shell) -> None:
    shell.ok("config", "set", "lang", "en")
    number = _fix(shell, "phenomenon=alarm", "cause_class=Equipment failure")
    assert shell.ok("show", number, "--json").json["cause_class"] == "equipment"
    assert "Problem" in shell.ok("show", number).out
    assert "to verify" in shell.ok("move", number, "fix", "correction=c").out
    assert "created" in shell.ok("history", number).out
    assert "There are no conflicts" in shell.ok("conflicts").out
    assert "needs a reason" in shell.refused("move", number, "fail")
    assert "was not found" in shell.refused("show", "nobody")
    for args in (["list"], ["status"], ["types"], ["member", "list"], ["check"]):
        out = shell.ok(*args).out.replace("测试员", "").replace("测试项目", "")
        assert not any("一" <= char <= "鿿" for char in out), (args, out)


def test_the_list_marks_the_state_of_what_was_changed_after_its_approval(shell: Shell) -> None:
    number = shell.ok("add", "escalation", "phenomenon=环网断开").out.strip()
    shell.ok("move", number, "accept", "due=2026-12-31", "group_lead=me")
    shell.ok("move", number, "draft", "solution=换板卡")
    shell.ok("move", number, "approve")
    assert "方案已批 改" not in shell.ok("list", "escalation").out
    shell.ok("set", number, "solution=换机框")
    assert "方案已批 改" in shell.ok("list", "escalation").out
