"""Recipes at work: an event log grouped into records, sheets with their answers, states, links."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sync.workspace.workspace import Workspace
from tests.support.team import admit
from tests.tui.spreadsheets.makers import cook, count, csv_file, take, told
from tui.spreadsheets.importing.column_mapping import Wishes
from tui.spreadsheets.importing.importer import ImportOptions

LOG = """\
ticket,step,state,group,place,opened,hops
T2,0,New,Desk,Room B,2025-03-01 08:00,0
T1,0,New,Desk,Room A,2025-03-01 09:00,0
T1,10,Closed,,,2025-03-01 09:00,4
T1,2,Active,Network,Room C,2025-03-01 09:00,1
T2,1,Active,Power,,2025-03-01 08:00,1
T3,0,,Desk,Room A,2025-03-02 08:00,0
,5,New,Desk,Room A,2025-03-02 08:00,0
"""
RECIPE: dict[str, Any] = {
    "group": "ticket",
    "order": "step",
    "record": [
        {
            "type": "fix",
            "ref": "ticket",
            "occurred": "opened",
            "state": {"column": "state", "table": {"Closed": "closed"}, "otherwise": "open"},
            "fields": {
                "phenomenon": {"text": "{ticket}: {group}"},
                "site": {"find": "place", "make": True},
                "correction": {"column": "group", "take": "all", "separator": " → "},
            },
        },
        {
            "type": "escalation",
            "when": {"column": "hops", "at_least": 3},
            "ref": "ticket",
            "fields": {"fix": {"of": "fix"}, "phenomenon": "group"},
        },
    ],
}


def test_events_of_one_thing_become_one_record(workspace: Workspace, tmp_path: Path) -> None:
    """Numbers order as numbers (2 before 10); the last filled cell counts."""
    report = cook(workspace, csv_file(tmp_path / "log.csv", LOG), RECIPE)
    assert (report.added, report.made) == ({"fix": 3, "escalation": 1}, {"site": 3})
    assert told(report) == ["第 8 行，“ticket”列：“ticket”为空，不知属于哪一组"]
    first = workspace.book.get("T2").values()
    assert first["phenomenon"] == "T2: Power"
    sql = "SELECT ref, state, correction FROM fix ORDER BY ref"
    assert workspace.store.rows(sql) == [
        ("T1", "closed", "Desk → Network"),
        ("T2", "open", "Desk → Power"),
        ("T3", "open", "Desk"),
    ]
    sites = "SELECT f.ref, s.name FROM fix f JOIN site s ON s.id=f.site ORDER BY f.ref"
    assert workspace.store.rows(sites) == [("T1", "Room C"), ("T2", "Room B"), ("T3", "Room A")]
    joined = "SELECT f.ref FROM escalation e JOIN fix f ON f.id=e.fix"
    assert workspace.store.rows(joined) == [("T1",)]


def test_a_later_log_moves_on_what_it_knows(workspace: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "log.csv", LOG)
    cook(workspace, path, RECIPE)
    assert cook(workspace, path, RECIPE).same == {"fix": 3, "escalation": 1}
    csv_file(path, LOG + "T3,1,Closed,Power,,2025-03-02 08:00,0\n")
    assert cook(workspace, path, RECIPE).refused == 3
    report = cook(workspace, path, RECIPE, ImportOptions(update=True))
    assert (report.updated, report.same) == ({"fix": 1}, {"fix": 2, "escalation": 1})
    found = workspace.store.rows("SELECT state, phenomenon, correction FROM fix WHERE ref='T3'")
    assert found == [("closed", "T3: Power", "Desk → Power")]


def test_a_group_is_taken_or_refused_as_a_whole(workspace: Workspace, tmp_path: Path) -> None:
    """The escalation may not be approved by its reporter: neither it nor its fix comes in."""
    admit(workspace, "段工", ["department_manager"])
    recipe = {**RECIPE, "record": [RECIPE["record"][0], {**RECIPE["record"][1]}]}
    recipe["record"][1]["state"] = {"value": "approved"}
    report = cook(workspace, csv_file(tmp_path / "log.csv", LOG), recipe)
    assert report.added == {"fix": 2}
    assert count(workspace, "escalation") == 0
    assert any("另一个人" in line and "第 3–5 行" in line for line in told(report)), told(report)
    assert workspace.log.verify_chain() is None


def test_options_alone_group_a_log(workspace: Workspace, tmp_path: Path) -> None:
    wishes = Wishes(
        maps={"group": "phenomenon", "place": "site", "opened": "occurred_at"},
        makes=["site"],
        group=["ticket"],
        order="step",
    )
    path = csv_file(tmp_path / "log.csv", LOG.replace(",state,", ",stage,"))
    report = take(workspace, path, wishes=wishes)
    assert report.added == {"fix": 3}
    assert report.left_out == ("stage", "hops")
    refs = {row[0] for row in workspace.store.rows("SELECT ref FROM fix")}
    assert refs == {"log.csv:T1", "log.csv:T2", "log.csv:T3"}
    assert take(workspace, path, wishes=wishes).same == {"fix": 3}


FINDINGS = """\
visit,day,room,item,grade
7,2025-03-01,Room A,temp,bad
7,2025-03-01,Room A,door,fine
8,2025-03-01,Room B,temp,bad
8,2025-03-01,Room B,nothing,bad
9,2025-03-02,Room B,door,odd
"""
SHEETS: dict[str, Any] = {
    "group": "visit",
    "record": [
        {
            "type": "sheet",
            "occurred": "day",
            "state": {"value": "submitted"},
            "fields": {
                "template": {"find": {"value": "巡检"}},
                "day": "day",
                "round": "visit",
                "remark": "room",
            },
        },
        {
            "type": "answer",
            "each": "row",
            "when": {"column": "grade", "not": "skipped"},
            "fields": {
                "sheet": {"of": "sheet"},
                "item": {
                    "find": "item",
                    "by": "stable",
                    "within": {"template": {"find": {"value": "巡检"}}},
                },
                "device_row": {"find": "room", "make": {"site": {"find": "room", "make": True}}},
                "result": {"column": "grade", "table": {"bad": "not_ok", "fine": "ok"}},
            },
        },
    ],
}
ITEMS: dict[str, Any] = {
    "type": "template_item",
    "fields": {
        "template": {"find": {"value": "巡检"}, "make": {"version": 1}},
        "stable": "code",
        "text_zh": "text",
        "critical": "critical",
    },
}


def with_items(workspace: Workspace, tmp_path: Path) -> None:
    """The template, and another one that has an item of the same code."""
    text = "code,text,critical\ntemp,温度,是\ndoor,门禁,\n"
    report = cook(workspace, csv_file(tmp_path / "items.csv", text), ITEMS)
    assert (report.added, report.made) == ({"template_item": 2}, {"template": 1})
    other = workspace.book.add("template", {"name_zh": "旧版"}).id
    workspace.book.add("template_item", {"template": other, "stable": "temp", "text_zh": "x"})


def test_inspections_become_sheets_with_their_answers(workspace: Workspace, tmp_path: Path) -> None:
    """A bad finding costs its own row; the sheet is submitted once its answers are in."""
    with_items(workspace, tmp_path)
    path = csv_file(tmp_path / "f.csv", FINDINGS)
    report = cook(workspace, path, SHEETS)
    assert (report.added, report.made) == ({"sheet": 3, "answer": 3}, {"equipment": 2, "site": 2})
    assert told(report) == [
        "第 6 行，“grade”列：值“odd”不在对照表中。可用：bad, fine",
        "第 5 行，“item”列：没有找到名为“nothing”的检查项。请写编号、ref、id 或完整名称。",
    ]
    sheets = workspace.store.rows("SELECT round, state, remark FROM sheet ORDER BY round")
    assert sheets == [
        (n, "submitted", room) for n, room in ((7, "Room A"), (8, "Room B"), (9, "Room B"))
    ]
    sql = (
        "SELECT s.round, i.stable, a.result, e.name FROM answer a JOIN sheet s ON s.id=a.sheet"
        " JOIN template_item i ON i.id=a.item JOIN equipment e ON e.id=a.device_row ORDER BY 1, 2"
    )
    assert workspace.store.rows(sql) == [
        (7, "door", "ok", "Room A"),
        (7, "temp", "not_ok", "Room A"),
        (8, "temp", "not_ok", "Room B"),
    ]
    again = cook(workspace, path, SHEETS)
    assert (again.added, again.same) == ({}, {"sheet": 3, "answer": 3})


def test_a_sheet_may_be_made_by_the_answer_that_needs_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Without groups: the sheet is found or made by its natural key, once."""
    with_items(workspace, tmp_path)
    (used,) = workspace.store.rows("SELECT id FROM template WHERE name_zh='巡检'")
    workspace.book.edit(used[0], {"frequency": "daily", "rounds": 9})
    workspace.book.move(used[0], "publish")
    fields = dict(SHEETS["record"][1]["fields"])
    fields["sheet"] = {
        "key": {"template": {"find": {"value": "巡检"}}, "day": "day", "round": "visit"},
        "make": {"remark": "room"},
    }
    recipe = {"type": "answer", "fields": fields}
    report = cook(workspace, csv_file(tmp_path / "f.csv", FINDINGS), recipe, ImportOptions(chunk=1))
    assert (report.added["answer"], report.made["sheet"]) == (3, 2)
    dry = cook(workspace, csv_file(tmp_path / "g.csv", FINDINGS), recipe, ImportOptions(dry=True))
    assert dry.same == {"answer": 3}


def test_a_log_of_many_events_keeps_little_in_memory(workspace: Workspace, tmp_path: Path) -> None:
    lines = "".join(f"T{n % 50},{n},New,Group {n},Room,2025-03-01,0\n" for n in range(20_000))
    path = csv_file(tmp_path / "log.csv", LOG.partition("\n")[0] + "\n" + lines)
    report = cook(workspace, path, RECIPE)
    assert (report.rows, report.added) == (20_000, {"fix": 50})
    found = workspace.store.rows("SELECT phenomenon FROM fix WHERE ref='T49'")
    assert found == [("T49: Group 19999",)]
