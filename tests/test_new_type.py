"""A new record type is one class: everything else follows from what it declares.

The type of this test has a field of every kind, states, and moves with rights. It is declared
here, and nothing else in the program or in this test tells anybody about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste

from models.book.book import Book
from models.queries.agenda import agenda
from models.schema import record, validation
from models.schema.fields import (
    choice,
    count,
    day,
    file,
    flag,
    line,
    link,
    moment,
    number,
    person,
    prose,
    week,
)
from models.schema.record import AUTHOR, LEADS, Kind, Move, Record, State, kinds
from models.storage import rows
from models.text.words import Refused, W
from sync.changes import compatibility as sync_values
from sync.validation import field_rules as sync_fields
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace, open_book
from tests.support.team import acting, admit
from tests.tui.cli.conftest import Shell
from tests.tui.seen import SIZES, at, newest, opened, press, quiet, text, whole
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_list import ListPage
from tui.pages.records.record_page import RecordPage
from tui.widgets.commands import declared

RESULTS = (("fine", "无异常", "nothing found"), ("found", "有发现", "something found"))
SUM = "0" * 64


def declare() -> type[Record]:
    """The new type: all that anybody writes to have one."""

    class Tour(Record):
        """A walk through a site."""

        kind = Kind(
            name="tour",
            label=W("巡视", "Tour"),
            code="TOUR",
            states=(
                State("planned", W("已计划", "planned"), waits=(AUTHOR,)),
                State("walked", W("待确认", "to settle"), tone="busy", waits=LEADS),
                State("settled", W("已确认", "settled"), frozen=True, ended=True, reopen="reopen"),
            ),
            moves=(
                Move(
                    id="walk",
                    label=W("走完", "Walked"),
                    from_=("planned",),
                    to="walked",
                    needs=("seen_there",),
                    asks=("seen_there",),
                    fills={"walked_at": "now"},
                ),
                Move(
                    id="settle",
                    label=W("确认", "Settle"),
                    from_=("walked",),
                    to="settled",
                    who=LEADS,
                    four_eyes=True,
                ),
                Move(
                    id="reopen",
                    label=W("重新打开", "Reopen"),
                    from_=("settled",),
                    to="planned",
                    asks=("comment",),
                    requires_comment=True,
                ),
            ),
            title="route",
            columns=("route", "site", "until", "result"),
            due="until",
            menu=35,
        )

        route = line("路线", "Route", required=True, max=40)
        seen_there = prose("见闻", "Seen there")
        length = number("长度", "Length", low="0", high="100", group="measure")
        unit = line("单位", "Unit", max=10, group="measure")
        stops = count("站点数", "Stops")
        lit = flag("有照明", "Lit")
        until = day("期限", "Until")
        period = week("周次", "Week")
        begun_at = moment("开始", "Begun at")
        result = choice("结论", "Result", RESULTS)
        site = link("现场", "Site", "site")
        equipment = link("设备", "Equipment", "equipment", follows="site")
        walker = person("巡视人", "Walker")
        plan = file("路线图", "Map")
        walked_at = moment("走完时间", "Walked at", by_move=True, computed=True)

    return Tour


KEYS: dict[str, str] = {
    "route": "north",
    "seen_there": "dust",
    "length": "1.50",
    "unit": "km",
    "stops": "7",
    "lit": "y",
    "until": "2026-11-20",
    "period": "2026-W47",
    "begun_at": "2026-11-22 8:30",
    "result": "2",
    "site": "jf",
    "equipment": "ups",
    "walker": "csy",
    "plan": SUM,
}
"""What is typed into each field of the form."""


def meant(book: Book, site: str, device: str) -> dict[str, Any]:
    """The values that those keys mean."""
    return {
        **{"route": "north", "seen_there": "dust", "length": "1.5", "unit": "km", "stops": 7},
        **{"lit": True, "until": "2026-11-20", "period": "2026-W47", "result": "found"},
        **{"begun_at": 1_795_307_400_000, "site": site, "equipment": device, "walker": book.me},
        **{"plan": SUM, "walked_at": None},
    }


@pytest.fixture
def tour() -> Iterator[type[Record]]:
    """The type, declared for one test and forgotten after it."""
    before = dict(kinds)
    made = declare()
    yield made
    kinds.clear()
    kinds.update(before)
    forget(made)


def forget(cls: type[Record]) -> None:
    """Take it out of every place that remembers something of each type."""
    by_class: list[dict[Any, Any]] = [
        *(record._field_cache, record._spec_cache, record._register_cache, record._owner_cache),
        *(rows._columns, rows._inserts, rows._selects, rows._sums),
        *(validation._models, sync_values._tests),
    ]
    for known in by_class:
        known.pop(cls, None)
    rows._updates.clear()
    rows._which.clear()
    sync_fields.by_move.cache_clear()
    for id in [id for id in declared if id.startswith(f"move.{cls.kind.name}.")]:
        del declared[id]


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
def walked(book: Book, project: str, places: tuple[str, str]) -> Record:
    """A tour with everything filled in."""
    values = meant(book, *places)
    del values["walked_at"]
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


def test_its_table_is_made_when_an_older_book_is_opened(tmp_path: Path) -> None:
    begin(tmp_path / "old", name="测试员", lang="zh", project="测试项目").close()
    before = dict(kinds)
    made = declare()
    try:
        opened = open_book(tmp_path / "old")
        have = opened.store.rows("SELECT name FROM pragma_table_info('tour')")
        assert [name for (name,) in have] == [*record.HEADER, *made.fields()]
        opened.close()
    finally:
        kinds.clear()
        kinds.update(before)
        forget(made)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"route": "长" * 41}, "“路线”：太长，最多 40 个字"),
        ({"route": "x", "length": "101"}, "“长度”：超出允许范围"),
        ({"route": "x", "until": "2026-02-30"}, "“期限”：应为日期"),
        ({"route": "x", "result": "maybe"}, "“结论”：只能是以下之一：fine, found"),
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


def test_its_group_is_one_register_of_its_changes(book: Book, walked: Record) -> None:
    (change,) = book.journal.history(walked.id)
    assert change.fields["measure"] == {"length": "1.5", "unit": "km"}
    assert walked.number.startswith("TOUR-")


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
        if isinstance(app.screen, RecordPage):
            await press(pilot, "escape")
        at(app, ListPage)
        whole(app)
        assert made.number in text(app) and "north" in text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_its_page_says_all_and_its_moves_are_keys(
    workspace: Workspace, book: Book, walked: Record, size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as (app, pilot):
        app.open_list("tour")
        await press(pilot, "enter")
        at(app, RecordPage)
        whole(app)
        seen = text(app)
        for part in (walked.number, "路线", "north", "已计划", "走完", "机房", "有发现"):
            assert part in seen
        await press(pilot, "w")
        assert book.get(walked.id).state == "walked"
        assert book.get(walked.id).values()["walked_at"]
        await press(pilot, "s")
        assert book.get(walked.id).state == "settled"
        await press(pilot, "e")  # to edit it, it is asked to be reopened, with a reason
        assert "重新打开" in text(app) and "理由" in text(app)
        await press(pilot, "escape")
        assert at(app, RecordPage) and book.get(walked.id).state == "settled"
        await press(pilot, "r", *"again", "enter")
        assert book.get(walked.id).state == "planned"


async def test_search_and_palette_find_it(workspace: Workspace, walked: Record) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "f3", *"dust")
        assert walked.number in text(app)
        await press(pilot, "enter")
        assert at(app, RecordPage).record_id == walked.id
        await press(pilot, "escape", "escape", "ctrl+p", *"xjxs")
        assert "新建巡视" in text(app)
        await press(pilot, "enter")
        assert at(app, FormPage).work.type_ == "tour"
        await press(pilot, "escape", "6")
        assert "巡视" in text(app)


def test_it_waits_on_the_first_screen_of_whose_turn_it_is(
    workspace: Workspace, book: Book, walked: Record
) -> None:
    lead = acting(workspace, admit(workspace, "段工", ["department_manager"]))
    other = acting(workspace, admit(workspace, "小林", ["engineer"]))

    def waits(whose: Book) -> list[str]:
        due = workspace.settings.weekly_due
        return [t.record.id for t in agenda(whose, due) if t.record is not None]

    assert [walked.id in waits(one) for one in (book, lead, other)] == [True, False, False]
    book.move(walked.id, "walk")
    assert [walked.id in waits(one) for one in (lead, other)] == [True, False]


def test_its_moves_have_their_rights(workspace: Workspace, book: Book, walked: Record) -> None:
    stranger = acting(workspace, admit(workspace, "路人", []))
    engineer = acting(workspace, admit(workspace, "小林", ["engineer"]))
    with pytest.raises(Refused, match="巡视"):
        stranger.add("tour", {"route": "x"}, project=walked.project)
    with pytest.raises(Refused, match="角色"):
        stranger.edit(walked.id, {"route": "x"})
    engineer.edit(walked.id, {"route": "south"})
    engineer.move(walked.id, "walk")
    with pytest.raises(Refused, match="项目经理、部门经理"):
        engineer.move(walked.id, "settle")
    assert book.move(walked.id, "settle").state == "settled"


def test_nobody_settles_their_own_where_a_second_person_is(
    workspace: Workspace, book: Book, walked: Record
) -> None:
    admit(workspace, "段工", ["department_manager"])
    book.move(walked.id, "walk")
    with pytest.raises(Refused, match="另一个人"):
        book.move(walked.id, "settle")


def test_the_command_line_knows_it(shell: Shell, places: tuple[str, str]) -> None:
    told = shell.ok("types", "tour", "--json").json
    assert told["states"] == ["planned", "walked", "settled"]
    assert [move["id"] for move in told["moves"]] == ["walk", "settle", "reopen"]
    assert {one["name"] for one in told["fields"]} == {*KEYS, "walked_at"}
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
    walked: Record,
    places: tuple[str, str],
    tmp_path: Path,
    form: str,
) -> None:
    book.move(walked.id, "walk")
    path = tmp_path / f"tours{form}"
    shell.ok("export", "tour", "-o", path)
    assert "都已在簿中" in shell.ok("import", path, "--as", "tour").out
    kept = book.get(walked.id).values()
    fresh = begin(tmp_path / "other", name="测试员", lang="zh", project="测试项目")
    site = fresh.book.add("site", {"name": "机房"}, ref=places[0])
    device = fresh.book.add("equipment", {"name": "UPS", "site": site.id}, ref=places[1])
    fresh.close()
    other = Shell(tmp_path / "other", shell.capture, shell.patch)
    fields = ("--set", "project=测试项目", "--set", "walker=测试员") if form == ".jsonl" else ()
    other.ok("import", path, "--as", "tour", *fields)
    (there,) = other.ok("list", "tour", "--json").lines
    same = {"site": site.id, "equipment": device.id, "state": "walked"}
    same |= {name: kept[name] for name in KEYS if name not in ("site", "equipment", "walker")}
    same["begun_at"] = there["begun_at"]
    assert there == {**there, **same} and there["begun_at"].startswith("2026-11-22T08:30")
