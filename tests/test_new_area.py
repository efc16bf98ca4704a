"""The test of the house: an area is new files only, and everything else follows from them.

The files are in `tests/support/tours`: types with a field of every kind, moves with rights and a
hidden one, rules, a derived state, facts, what the agenda adds, a page and a document. Here they
are loaded as the program loads every area; no other line knows of them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from textual.events import Paste

from models.book.book import Book
from models.calendar.business_dates import instant
from models.queries.waiting.agenda import agenda
from models.schema.kind import HEADER
from models.schema.record import Record, kinds
from models.schema.roles import PROJECT_MANAGER
from models.storage import rows
from models.text.words import Refused, language
from sync.transport.bundle import bundle
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace, open_book
from tests.story.hand import Hand
from tests.support.new_area import copied_program, tours_area
from tests.support.replicas import Team, differences
from tests.support.team import acting, admit
from tests.tui.cli.conftest import ROOT, Shell
from tests.tui.documents.makers import text_of
from tests.tui.seen import SIZES, at, newest, opened, press, quiet, text, whole
from tui.documents import issue, registry
from tui.documents.document import DOCUMENTS
from tui.documents.record_text import RecordText
from tui.pages.base import Page
from tui.pages.forms.form_page import FormPage
from tui.pages.home.inbox_page import InboxPage
from tui.pages.records.record_list import ListPage
from tui.pages.records.record_page import RecordPage
from tui.pages.registry import ITEM_PAGES, PLACES

WEDNESDAY = instant(date(2026, 11, 18), 10 * 60)
SUM = "0" * 64


KEYS: dict[str, str] = {
    "route": "north",
    "seen_there": "dust",
    "length": "1.50",
    "unit": "km",
    "stops": "7",
    "lit": "y",
    "until": "2026-11-20",
    "period": "2026-W47",
    "quarter": "2026Q4",
    "begun_at": "2026-11-22 8:30",
    "result": "2",
    "tools": "31",
    "site": "jf",
    "equipment": "ups",
    "walker": "csy",
    "company": "csy",
    "cost": "1,234.50",
    "plan": SUM,
}
"""What is typed into each field of the form."""


def meant(book: Book, site: str, device: str) -> dict[str, Any]:
    """The values that those keys mean."""
    return {
        **{"route": "north", "seen_there": "dust", "length": "1.5", "unit": "km", "stops": 7},
        **{"lit": True, "until": "2026-11-20", "period": "2026-W47", "result": "found"},
        **{"begun_at": 1_795_307_400_000, "site": site, "equipment": device, "walker": book.me},
        **{"quarter": "2026-Q4", "tools": "camera,lamp", "company": book.me, "cost": "CNY 1234.5"},
        **{"plan": SUM, "walked_at": None, "meets": None},
    }


@pytest.fixture
def tour() -> Iterator[type[Record]]:
    """The area, there for one test and forgotten after it."""
    with tours_area():
        yield kinds["tour"]


@pytest.fixture(autouse=True)
def wednesday() -> Iterator[None]:
    """A working day before the tours are due."""
    with time_machine.travel(WEDNESDAY / 1000):
        yield


@pytest.fixture
def workspace(tour: type[Record], workspace: Workspace) -> Workspace:
    """A workspace begun where the type is known."""
    return workspace


@pytest.fixture
def places(book: Book) -> tuple[str, str]:
    """A site and a device there."""
    site = book.add("site", {"name": "机房"}).id
    return site, book.add("equipment", {"name": "UPS", "site": site}).id


@pytest.fixture
def planned(book: Book, project: str, places: tuple[str, str]) -> Record:
    """A tour with everything filled in."""
    values = meant(book, *places)
    del values["walked_at"]  # by the move alone
    return book.add("tour", values, project=project, ref="T-1")


@pytest.fixture
def shell(
    workspace: Workspace,
    book: Book,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Shell:
    """The command line on that workspace."""
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    return Shell(workspace.home, capfdbinary, monkeypatch)


def test_the_program_forgets_the_area_again() -> None:
    before = dict(kinds), dict(DOCUMENTS), dict(ITEM_PAGES), list(PLACES)
    with tours_area():
        assert {"tour", "tour_stop", "tour_wish"} <= set(kinds)
    assert (dict(kinds), dict(DOCUMENTS), dict(ITEM_PAGES), list(PLACES)) == before
    assert not [name for name in sys.modules if ".tours" in name and "support" not in name]


def test_its_tables_are_made_when_an_older_book_is_opened(tmp_path: Path) -> None:
    begin(tmp_path / "old", name="测试员", lang="zh", project="测试项目").close()
    with tours_area():
        opened = open_book(tmp_path / "old")
        have = opened.store.rows("SELECT name FROM pragma_table_info('tour')")
        assert [name for (name,) in have] == [*HEADER, *kinds["tour"].fields()]
        opened.close()


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"route": "长" * 41}, "“路线”：太长，最多 40 个字"),
        ({"route": "x", "length": "101"}, "“长度”：超出允许范围"),
        ({"route": "x", "until": "2026-02-30"}, "“期限”：应为日期"),
        ({"route": "x", "result": "maybe"}, "“结论”：只能是以下之一：无异常、有发现"),
        ({"route": "x", "stops": True}, "“站点数”：应为整数"),
        ({"route": "x", "walked_at": 1}, "走完时间"),
        ({"seen_there": "x"}, "路线"),
        ({"route": "x", "nothing": 1}, "没有字段“nothing”"),
    ],
)
def test_what_is_wrong_is_refused(
    book: Book, project: str, wrong: dict[str, Any], named: str
) -> None:
    with pytest.raises(Refused) as caught:
        book.add("tour", wrong, project=project)
    assert named in str(caught.value)


def test_its_rules_are_asked_at_every_moment(
    book: Book, project: str, places: tuple[str, str]
) -> None:
    site, wish = places[0], book.add("tour_wish", {"what": "North"}, project=project)
    with pytest.raises(Refused, match="至少要有一个站点"):  # before_write
        book.add("tour", {"route": "x", "stops": 0}, project=project)
    values = {"route": "x", "length": "2", "site": site, "meets": wish.id}
    made = book.add("tour", values, project=project)
    assert made.values()["unit"] == "km"  # given
    (stop,) = rows.fetch(book.store, kinds["tour_stop"], "")  # after_add
    assert stop.values() == {"tour": made.id, "place": "机房"}
    with pytest.raises(Refused, match="至少要有一个站点"):
        book.edit(made.id, {"stops": 0})
    with pytest.raises(Refused, match="还没有结论"):  # before_import
        book.imported(made.id, "settled")
    book.move(made.id, "walk", {"seen_there": "dust"})
    assert book.get(wish.id).state == "met"  # after_move, by a hidden move
    with pytest.raises(Refused, match="还没有结论"):  # before_move
        book.move(made.id, "settle")
    book.edit(made.id, {"result": "fine"})
    with pytest.raises(Refused, match="不能作废"):  # before_void
        book.void(made.id, "twice")
    assert book.move(made.id, "settle").state == "settled"


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_listed_filled_in_and_saved_by_keys(
    workspace: Workspace, book: Book, places: tuple[str, str], size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as (app, pilot):
        app.open_list("tour")
        await quiet(pilot)
        assert "还没有巡视" in text(app)
        await press(pilot, "n")
        form = at(app, FormPage)
        typed = []
        while (name := form.fields.current.name) in KEYS:
            if name == "plan":
                form.fields.post_message(Paste(SUM))
            else:
                await pilot.press(*("space" if key == " " else key for key in KEYS[name]))
            await press(pilot, "tab")
            typed.append(name)
        assert set(typed) == set(KEYS)
        whole(app)
        await press(pilot, "ctrl+s")
        made = newest(workspace, "tour")
        assert made.values() == meant(book, *places)
        at(app, ListPage)
        whole(app)
        assert made.number in text(app) and "north" in text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_its_page_says_all_and_its_moves_are_keys(
    workspace: Workspace, book: Book, planned: Record, size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as (app, pilot):
        app.open_record(planned.id)
        await quiet(pilot)
        at(app, RecordPage)
        whole(app)
        seen = text(app)
        for part in (
            planned.number,
            "路线",
            "north",
            "已计划",
            "走完",
            "机房",
            "有发现",
            "1 站",
        ):
            assert part in seen
        await press(pilot, "w")
        assert book.get(planned.id).state == "walked"
        assert book.get(planned.id).values()["walked_at"]
        await press(pilot, "s")
        assert book.get(planned.id).state == "settled"
        await press(pilot, "e")  # to edit it, it is asked to be reopened, with a reason
        assert "重新打开" in text(app) and "理由" in text(app)
        await press(pilot, "escape")
        assert at(app, RecordPage) and book.get(planned.id).state == "settled"
        await press(pilot, "r", *"again", "enter")
        assert book.get(planned.id).state == "planned"


@pytest.mark.parametrize("size", SIZES)
async def test_its_own_page_is_opened_from_the_list_and_acts_by_keys(
    workspace: Workspace, book: Book, planned: Record, size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as (app, pilot):
        app.open_list("tour")
        await press(pilot, "enter")
        on_page(app)
        whole(app)
        assert "站点 机房" in text(app) and "已计划" in text(app)
        await press(pilot, "ctrl+g")
        assert "待确认" in text(app) and book.get(planned.id).state == "walked"
        await press(pilot, "f9")
        assert "stop 机房" in text(app) and "Tour north" in text(app)
        await press(pilot, "question_mark")
        assert "plan a tour" in text(app)
    language.now = "zh"


def on_page(app: Any) -> None:
    """The area's own page is on top."""
    assert isinstance(app.screen, Page) and type(app.screen).__name__ == "TourPage", app.screen


async def test_today_leads_from_what_is_awaited_to_the_first_one(
    workspace: Workspace, book: Book
) -> None:
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        assert "未巡视 第一次巡视" in hand.seen
        await hand.press("enter")
        on_page(app)
        assert "按 n 计划第一次" in text(app)
        await hand.press("n")
        at(app, FormPage)
        await hand.type("south")
        await hand.press("ctrl+s", "escape")
        assert "第一次巡视" not in hand.seen and "已计划 巡视 south" in hand.seen
        made = newest(workspace, "tour")
        await hand.press("enter")
        on_page(app)
        await hand.press("escape")
        book.move(made.id, "walk", {"seen_there": "dust", "until": "2026-11-19"})
        await quiet(pilot)
        assert "待确认 巡视 south" in hand.seen


def test_a_reminder_is_on_the_agenda_of_those_whose_turn_it_is_not(
    workspace: Workspace, book: Book, planned: Record
) -> None:
    book.move(planned.id, "walk")
    book.edit(planned.id, {"until": "2026-11-19"})
    other = acting(workspace, admit(workspace, "小林", ["engineer"]))
    due = workspace.settings.weekly_due
    assert [item.group for item in agenda(other, due) if item.record] == ["soon"]
    book.edit(planned.id, {"until": "2026-11-20"})
    assert [item.record for item in agenda(other, due) if item.record] == []


@pytest.mark.parametrize("size", SIZES)
async def test_a_lead_reads_and_settles_it_in_the_inbox(
    workspace: Workspace, book: Book, project: str, size: tuple[int, int]
) -> None:
    engineer = acting(workspace, admit(workspace, "小林", ["engineer"]))
    ids = [
        engineer.add("tour", {"route": route, "result": "fine"}, project=project).id
        for route in ("north", "south")
    ]
    engineer.move(ids[0], "walk", {"seen_there": "dust"})
    engineer.edit(ids[1], {"until": "2026-11-17"})
    async with opened(workspace, size) as (app, pilot):
        await press(pilot, "ctrl+d")
        at(app, InboxPage)
        whole(app)
        seen = text(app)
        assert "dust" in seen and "a 确认" in seen
        assert "north" in seen and "south" in seen  # the second one is watched: it is overdue
        await press(pilot, "a")
        if isinstance(app.screen, InboxPage):  # a small window: it is read to its end first
            await press(pilot, "a")
        await press(pilot, "y")  # nothing leads back from it
        assert book.get(ids[0]).state == "settled"
        assert "dust" not in text(app)


async def test_its_derived_state_is_what_every_view_shows(
    workspace: Workspace, book: Book, planned: Record, places: tuple[str, str], shell: Shell
) -> None:
    book.move(places[0], "retire", comment="gone")
    async with opened(workspace) as (app, pilot):
        app.open_list("tour", state="barred")
        await quiet(pilot)
        assert planned.number in text(app) and "现场停用" in text(app)
        app.open_record(planned.id)
        await quiet(pilot)
        assert "现场停用" in text(app)
    with pytest.raises(Refused, match="现场已停用"):
        book.move(planned.id, "walk")
    (listed,) = shell.ok("list", "tour", "--state", "barred", "--json").lines
    assert (listed["state"], listed["places"]) == ("barred", 1)
    assert shell.ok("list", "tour", "--state", "planned", "--json").lines == []
    book.move(places[0], "restore")
    book.move(planned.id, "walk")
    assert "待确认" in shell.ok("show", "T-1").out and "1 站" in shell.ok("show", "T-1").out


async def test_search_and_palette_find_it(workspace: Workspace, planned: Record) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "f3", *"dust")
        assert planned.number in text(app)
        await press(pilot, "enter")
        assert planned.number in text(app) or "巡视 north" in text(app)
        on_page(app)
        await press(pilot, "escape", "escape", "ctrl+p", *"xjxs")
        assert "新建巡视" in text(app)
        await press(pilot, "enter")
        assert at(app, FormPage).work.type_ == "tour"
        await press(pilot, "escape", "6", "end")
        assert "巡视" in text(app)


def test_it_waits_on_the_first_screen_of_whose_turn_it_is(
    workspace: Workspace, book: Book, planned: Record
) -> None:
    lead = acting(workspace, admit(workspace, "段工", ["department_manager"]))
    other = acting(workspace, admit(workspace, "小林", ["engineer"]))

    def waits(whose: Book) -> list[str]:
        due = workspace.settings.weekly_due
        return [t.record.id for t in agenda(whose, due) if t.record is not None]

    assert [planned.id in waits(one) for one in (book, lead, other)] == [True, False, False]
    book.move(planned.id, "walk")
    assert [planned.id in waits(one) for one in (lead, other)] == [True, False]


def test_its_moves_have_their_rights(workspace: Workspace, book: Book, planned: Record) -> None:
    stranger = acting(workspace, admit(workspace, "路人", []))
    engineer = acting(workspace, admit(workspace, "小林", ["engineer"]))
    with pytest.raises(Refused, match="巡视"):
        stranger.add("tour", {"route": "x"}, project=planned.project)
    with pytest.raises(Refused, match="角色"):
        stranger.edit(planned.id, {"route": "x"})
    engineer.edit(planned.id, {"route": "south"})
    engineer.move(planned.id, "walk")
    with pytest.raises(Refused, match="项目经理、部门经理"):
        engineer.move(planned.id, "settle")
    assert book.move(planned.id, "settle").state == "settled"


def test_nobody_settles_their_own_where_a_second_person_is(
    workspace: Workspace, book: Book, planned: Record
) -> None:
    admit(workspace, "段工", ["department_manager"])
    book.move(planned.id, "walk")
    with pytest.raises(Refused, match="另一个人"):
        book.move(planned.id, "settle")


def test_the_command_line_knows_it(shell: Shell, places: tuple[str, str]) -> None:
    told = shell.ok("types", "tour", "--json").json
    assert told["states"] == ["planned", "barred", "walked", "settled"]
    assert [move["id"] for move in told["moves"]] == ["walk", "settle", "reopen"]
    assert {one["name"] for one in told["fields"]} == {*KEYS, "walked_at", "meets"}
    assert "重新打开" in shell.ok("types", "tour").out and "tour" in shell.ok("types").out
    pairs = ("route=north", "site=机房", "equipment=UPS", "length=1,50", "lit=是", "result=有发现")
    made = shell.ok("add", "tour", *pairs, "--ref", "T-9", "--json").json
    assert (made["length"], made["lit"], made["result"]) == ("1.5", True, "found")
    assert (made["site"], made["equipment"]) == places
    assert "见闻" in shell.refused("move", "T-9", "walk")
    shell.ok("set", "T-9", "seen_there=dust", "until=2026-11-20")
    shell.ok("move", "T-9", "walk")
    (listed,) = shell.ok("list", "tour", "--state", "walked", "--json").lines
    assert listed["number"] == made["number"] and listed["walked_at"]
    shown = shell.ok("show", "T-9").out
    assert "待确认" in shown and "dust" in shown and "机房" in shown
    steps = shell.ok("history", "T-9", "--json").lines
    assert [step["move"] and step["move"]["id"] for step in steps] == [None, None, "walk"]
    assert made["number"] in shell.ok("find", "dust").out
    shell.ok("void", "T-9", "--reason", "twice")
    assert shell.ok("list", "tour", "--json").lines == []


@pytest.mark.parametrize("form", [".xlsx", ".csv", ".jsonl"])
def test_a_list_of_it_goes_out_and_comes_back(
    shell: Shell,
    workspace: Workspace,
    book: Book,
    planned: Record,
    places: tuple[str, str],
    tmp_path: Path,
    form: str,
) -> None:
    book.move(planned.id, "walk")
    path = tmp_path / f"tours{form}"
    shell.ok("export", "tour", "-o", path)
    assert "都已在簿中" in shell.ok("import", path, "--as", "tour").out
    kept = book.get(planned.id).values()
    fresh = begin(tmp_path / "other", name="测试员", lang="zh", project="测试项目")
    site = fresh.book.add("site", {"name": "机房"}, ref=places[0])
    device = fresh.book.add("equipment", {"name": "UPS", "site": site.id}, ref=places[1])
    fresh.close()
    other = Shell(tmp_path / "other", shell.capture, shell.patch)
    fields = ("project=测试项目", "walker=测试员", "company=测试员") if form == ".jsonl" else ()
    other.ok("import", path, "--as", "tour", *(part for one in fields for part in ("--set", one)))
    (there,) = other.ok("list", "tour", "--json").lines
    same: dict[str, Any] = {"site": site.id, "equipment": device.id, "state": "walked"}
    same |= {name: kept[name] for name in KEYS if name not in ("site", "equipment", "walker")}
    same["begun_at"] = there["begun_at"]
    same |= {"tools": ["camera", "lamp"], "company": [fresh.book.me]}
    assert there == {**there, **same} and there["begun_at"].startswith("2026-11-22T08:30")


def test_it_is_exported_and_issued_as_its_own_document(
    shell: Shell, book: Book, planned: Record, tmp_path: Path
) -> None:
    draft, final = tmp_path / "draft.docx", tmp_path / "final.docx"
    shell.ok("export", "tour", "T-1", "-o", draft)
    said = text_of(draft)
    for part in ("巡视单", "north", "dust", "机房", "草稿"):
        assert part in said
    assert "尚未" in shell.refused("export", "tour", "T-1", "-o", final, "--issue")
    book.move(planned.id, "walk")
    book.move(planned.id, "settle")
    shell.ok("export", "tour", "T-1", "-o", final, "--issue")
    said = text_of(final)
    assert "V1.0" in said and "草稿" not in said and "机房" in said
    assert said.count("测试员") >= 2  # prepared by who walked it, approved by who settled it
    (issued,) = shell.ok("list", "issued", "--json").lines
    assert "核对无误" in shell.ok("paper", "check", issued["number"]).out
    shell.ok("paper", "templates", tmp_path / "own")
    assert (tmp_path / "own" / "walk.zh.docx").exists()


async def test_its_document_is_made_from_its_record_by_keys(
    workspace: Workspace, planned: Record
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(planned.id)
        await press(pilot, "ctrl+e")
        assert "巡视单：Word 草稿" in text(app)
        await press(pilot, "enter", "enter")
        (made,) = (workspace.home / "exports").glob("*.docx")
        assert "north" in text_of(made)


def test_what_is_compiled_is_issued_for_a_project_and_for_the_company(
    shell: Shell, workspace: Workspace, book: Book, planned: Record, tmp_path: Path
) -> None:
    files = iter(tmp_path / f"{at}.docx" for at in range(20))
    asked = ("export", "tours_report", "--quarter", "2026-Q4", "-o")
    shell.ok(*asked, draft := next(files))
    assert "草稿" in text_of(draft) and "TR-2026-Q4" in text_of(draft)
    assert "还没有确认" in shell.refused(*asked, next(files), "--issue")  # its own condition
    assert "--quarter" in shell.refused(
        "export", "tours_report", "--week", "2026-W47", "-o", "x.md"
    )
    assert "不是一个季度" in shell.refused("export", "tour_log", "--quarter", "Q9", "-o", "x.md")
    book.move(planned.id, "walk")
    book.move(planned.id, "settle")
    shell.ok(*asked, final := next(files), "--issue")
    said = text_of(final)
    assert "V1.0" in said and "100%" in said and "north" in said and "已确认 ÷" not in said
    assert "变更说明" in shell.refused(*asked, next(files), "--issue")
    shell.ok(*asked, next(files), "--issue", "--reason", "more")
    shell.ok("export", "tour_log", "--quarter", "2026-Q4", "-o", next(files), "--issue")
    issued = shell.ok("list", "issued", "--json").lines
    found = {(one["document"], one["version"], one["quarter"], one["project"]) for one in issued}
    assert found == {
        *(("tours_report", version, "2026-Q4", None) for version in (1, 2)),
        ("tour_log", 1, "2026-Q4", planned.project),
    }
    assert "巡视季报" in shell.ok("list", "issued").out
    for one in issued:
        assert "核对无误" in shell.ok("paper", "check", one["number"]).out
    listed = shell.ok("paper", "list").out
    assert "全公司的一季度" in listed and "部门经理" in listed and "“确认”之后" in listed
    assert "figures_tours_walked" in shell.ok("paper", "names", "--document", "tours_report").out
    engineer = acting(workspace, admit(workspace, "小林", ["engineer"]))
    reading = RecordText(workspace)
    reading.book = engineer
    report = registry.of_period(reading, DOCUMENTS["tours_report"], None, "2026-Q4")
    with pytest.raises(Refused, match="部门经理"):
        issue.prepare(reading, report, "again")


def test_a_type_without_a_document_says_in_which_state_it_is_issued(
    shell: Shell, book: Book, project: str, tmp_path: Path
) -> None:
    wish = book.add("tour_wish", {"what": "North"}, project=project)
    asked = ("export", "record", wish.number, "-o", tmp_path / "wish.docx", "--issue")
    assert "只有“已巡视”时" in shell.refused(*asked)
    book.move(wish.id, "meet", by_rule=True)
    shell.ok(*asked)


async def test_what_is_compiled_is_offered_by_the_project_and_asks_for_the_quarter(
    workspace: Workspace, project: str
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(project)
        await press(pilot, "ctrl+e")
        lines = re.findall(r"(\d)  (项目|巡视季报|巡视台账|项目进展周报)\s", text(app))
        keys = {name: digit for digit, name in lines}
        assert len(keys) == 4 and "草稿" not in text(app)  # which document, before how it is made
        await press(pilot, keys["巡视季报"])
        assert "巡视季报：Word 草稿" in text(app) and "项目进展周报" not in text(app)
        whole(app)
        await press(pilot, "1")
        assert "季度" in text(app) and "2026-Q3" in text(app)  # the last one that is over
        await press(pilot, *("backspace" for _ in "2026-Q3"), *"2026-Q4", "enter")
        assert "TR-2026-Q4" in text(app)
        await press(pilot, "enter")
        (made,) = (workspace.home / "exports").glob("TR-2026-Q4*.docx")
        assert "不可评定" in text_of(made)


def test_it_reaches_a_second_book_by_bundle_and_is_settled_there(
    tour: type[Record], tmp_path: Path
) -> None:
    team = Team(tmp_path)
    lead = team.admit("段工", [PROJECT_MANAGER])
    book, stick = team.founder.book, tmp_path / "stick.sitebook"
    site = book.add("site", {"name": "机房"}).id
    wish = book.add("tour_wish", {"what": "North"}, project=team.project)
    values = {"route": "north", "site": site, "result": "fine", "meets": wish.id}
    made = book.add("tour", values, project=team.project)
    book.move(made.id, "walk", {"seen_there": "dust"})
    bundle.write(team.founder.exchange, stick)
    bundle.read(lead.exchange, stick)
    there = lead.get(made.id)
    assert (there.state, there.values()) == ("walked", book.get(made.id).values())
    assert lead.get(wish.id).state == "met"  # authorised by the move that brought it about
    lead.book.move(made.id, "settle")
    back = tmp_path / "back.sitebook"
    bundle.write(lead.exchange, back)
    bundle.read(team.founder.exchange, back)
    assert book.get(made.id).state == "settled" and differences(team.founder, lead) == []
    reading = RecordText(team.founder.workspace)
    report = registry.of_period(reading, DOCUMENTS["tours_report"], None, "2026-Q4")
    issued = issue.issue(reading, report).record
    last = tmp_path / "last.sitebook"
    bundle.write(team.founder.exchange, last)
    bundle.read(lead.exchange, last)
    assert lead.get(issued.id).project is None and differences(team.founder, lead) == []
    for one in team.all:
        assert one.workspace.store.rows("SELECT count(*) FROM quarantine") == [(0,)]
    team.close()


def test_a_hidden_move_that_nothing_brought_about_is_quarantined(
    tour: type[Record], tmp_path: Path
) -> None:
    team = Team(tmp_path, "小林")
    colleague, stick = team.all[1], tmp_path / "stick.sitebook"
    wish = colleague.book.add("tour_wish", {"what": "North"}, project=team.project)
    colleague.book.move(wish.id, "meet", by_rule=True)  # as a changed program might
    bundle.write(colleague.exchange, stick)
    bundle.read(team.founder.exchange, stick)
    assert team.founder.get(wish.id).state == "open"
    assert team.founder.workspace.store.rows("SELECT count(*) FROM quarantine") == [(1,)]
    team.close()


@dataclass
class Copy:
    """A copy of the program's source to which the files of the area are added; runs processes."""

    folder: Path

    def ran(self, home: str, *args: object) -> str:
        """What a command prints."""
        program = "from tui.start import main; main()"
        return self._python(home, "-c", program, *args)

    def pressed(self, home: str, *keys: str) -> str:
        """The page on which keys end, by its class, and what is seen there."""
        return self._python(home, "-m", "tests.support.pressed", self.folder / home, *keys)

    def _python(self, home: str, *args: object) -> str:
        paths = os.pathsep.join(map(str, (self.folder / "source", ROOT)))
        env = {**os.environ, "PYTHONPATH": paths, "LANG": "en_US.UTF-8"}
        env["SITEBOOK_HOME"] = str(self.folder / home)
        done = subprocess.run(
            [sys.executable, *map(str, args)],
            env=env,
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
        )
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """Such a copy, and a book with a tour that was walked."""
    copied_program(tmp_path / "source", ROOT)
    made = Copy(tmp_path)
    made.ran("a", "init", "--name", "Lead", "--project", "North", "--lang", "en")
    made.ran("a", "add", "site", "name=Hall")
    made.ran("a", "add", "tour", "route=north", "site=Hall", "length=2", "--ref", "T-1")
    made.ran("a", "move", "T-1", "walk", "seen_there=dust")
    return made


def test_the_program_finds_the_area_among_its_files(copy: Copy) -> None:
    shown = json.loads(copy.ran("a", "show", "T-1", "--json"))
    assert (shown["state"], shown["unit"], shown["places"]) == ("walked", "km", 1)
    copy.ran("a", "set", "T-1", "result=fine")
    copy.ran("a", "move", "T-1", "settle")
    copy.ran("a", "export", "tour", "T-1", "-o", copy.folder / "tour.docx", "--issue")
    assert "V1.0" in text_of(copy.folder / "tour.docx")
    request, reply, everything = (copy.folder / name for name in ("request", "reply", "bundle"))
    copy.ran("b", "join", "request", request, "--name", "Colleague")
    copy.ran("a", "member", "admit", request, "-o", reply, "--role", "engineer")
    copy.ran("b", "join", "reply", reply)
    copy.ran("a", "bundle", "write", everything)
    copy.ran("b", "bundle", "read", everything)
    there = json.loads(copy.ran("b", "show", "T-1", "--json"))
    assert (there["state"], there["places"]) == ("settled", 1)
    assert copy.ran("a", "digest") == copy.ran("b", "digest")


def test_its_place_and_its_command_are_keys_of_the_app(copy: Copy) -> None:
    page, _, seen = copy.pressed("a", "shift+f11").partition("\n")
    assert page == "ListPage" and "TOUR-" in seen and "north" in seen
    copy.ran("a", "add", "fix", "phenomenon=Alarm", "site=Hall", "--ref", "F-1")
    page, _, seen = copy.pressed("a", "3", "enter", "f11", "ctrl+s", "shift+f11").partition("\n")
    assert page == "ListPage" and "after FX-" in seen
    page, _, seen = copy.pressed("a", "shift+f11", "enter").partition("\n")
    assert page == "TourPage" and "stop Hall" in seen
