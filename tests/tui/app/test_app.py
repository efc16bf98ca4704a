"""The app as a whole: layers, places, quitting, notices, small windows, faults, other writers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.schema.fields import day, line, prose
from models.schema.kind import Kind
from models.schema.lifecycle import State
from models.schema.record import Record, kinds
from models.schema.roles import ENGINEER
from models.storage import rows
from models.text.words import W
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace, open_book
from tests.support.team import admit
from tests.tui.seen import SIZES, at, lines, newest, opened, press, quiet, text, whole
from tui.app.app import SiteApp
from tui.pages.forms.form_page import FormPage
from tui.pages.general.notices_page import NoticesPage
from tui.pages.records.record_list import ListPage
from tui.pages.records.record_page import RecordPage
from tui.pages.records.type_list import TypesPage
from tui.widgets.document_view import DocumentView
from tui.widgets.windowed_list import WindowedList


async def test_number_keys_lead_from_anywhere_and_leave_one_layer(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3", "6", "4")
        assert at(app, ListPage).cls.kind.name == "escalation"
        assert len(app.screen_stack) == 2
        await press(pilot, "6", "enter")
        at(app, ListPage)
        await press(pilot, "escape")
        at(app, TypesPage)
        await press(pilot, "1")
        assert not app.can_go_back()


async def test_quitting(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3", "q")
        assert app.is_running and at(app, ListPage)
        await press(pilot, "ctrl+c")
        assert "Ctrl+Q" in app.notices[-1].text
        await press(pilot, "f3", *"q")
        assert app.is_running
        await press(pilot, "ctrl+q")
        assert not app.is_running
    async with opened(workspace) as (app, pilot):
        await press(pilot, "q")
        assert not app.is_running and app.return_code == 0


async def test_notices_are_kept(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        app.tell("[/] 已保存 \x1b[31m")
        await press(pilot, "ctrl+l")
        at(app, NoticesPage)
        assert "[/] 已保存" in text(app)
        whole(app)


async def test_the_corner_tells_the_truth(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):  # alone: nothing of sync at all
        assert lines(app)[0].rstrip().endswith("测试项目")
        admit(workspace, "同事", [ENGINEER])
        app.look_again()
        await press(pilot, "f9")
        assert lines(app)[0].rstrip().endswith("测试项目  ⇅ 1 unsent")


@pytest.mark.parametrize("size", [(20, 5), (29, 24), (80, 7)])
async def test_a_tiny_window_says_one_sentence(workspace: Workspace, size: tuple[int, int]) -> None:
    async with opened(workspace, size) as (app, pilot):
        whole(app)
        assert "窗口太小" in text(app)
        await press(pilot, "3", "ctrl+p", "escape", "f1")
        whole(app)
        await pilot.resize_terminal(80, 24)
        await quiet(pilot)
        assert "窗口太小" not in text(app)
        whole(app)


@pytest.mark.parametrize("size", [(40, 10), *SIZES])
async def test_every_place_fits(workspace: Workspace, size: tuple[int, int]) -> None:
    async with opened(workspace, size) as (app, pilot):
        for _ in range(2):
            for place in "346":
                await press(pilot, place)
                whole(app)
            await press(pilot, "f9")


async def test_what_another_process_wrote_is_seen(workspace: Workspace, project: str) -> None:
    other = open_book(workspace.home)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3")
        other.book.add("fix", {"phenomenon": "别处写的"}, project=project)
        app._watch()
        await quiet(pilot)
        assert app.screen.query_one(WindowedList).total == 1
        assert "别处写的" in text(app)
    other.close()


async def test_the_key_bar_is_short_and_can_be_clicked(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3")
        bar = lines(app)[-1]
        assert bar.rstrip().endswith("? 帮助") and "n 新建" in bar
        await pilot.click("#key-bar", offset=(len(bar.rstrip()) - 2, 0))
        await quiet(pilot)
        await press(pilot, "escape", "escape")
        assert not app.can_go_back()


class Broken(Exception):
    """A fault of ours."""


async def test_a_fault_ends_in_a_report_without_content(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "张三的电话"

    def fail(type: str, **_given: object) -> None:
        raise Broken(f"{secret} {type}")

    app = SiteApp(workspace)
    monkeypatch.setattr(app, "open_form", fail)
    with pytest.raises(Broken):
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("3")
            await pilot.press("n")
    assert app.return_code == 1
    assert "报告" in app.fault
    reports = list(workspace.home.rglob("crash-*.txt"))
    assert len(reports) == 1
    told = reports[0].read_text(encoding="utf-8")
    assert "Broken" in told and "test_app.py" in told
    assert secret not in told and secret not in app.fault


async def test_what_is_refused_is_a_notice_and_no_fault(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3", "e", "m", "f8", "y")
        assert [notice.bad for notice in app.notices] == [True] * 4
        assert app.is_running and not app.fault


# -- one language at a time ---------------------------------------------------------------------

LATIN = {
    *(
        "Tab",
        "Esc",
        "Home",
        "End",
        "PgUp",
        "PgDn",
        "Insert",
        "Ctrl",
        "Shift",
        "Alt",
        "Delete",
        "Enter",
    ),
    *(
        "English",
        "sitebook",
        "ASCII",
        "Asia",
        "Shanghai",
        "MB",
        "F",
        "toml",
        "settings",
        "UPS",
        "Word",
    ),
}
"""Latin words that stand in Chinese too: keys, names and units."""


async def tour(workspace: Workspace, see: Callable[[str], None]) -> None:
    """Show every page of this module's kind, and let its text be looked at."""
    async with opened(workspace, (120, 40)) as (app, pilot):
        for keys in (["3"], ["enter"], ["o"], ["f7"], ["escape", "f8"], ["escape", "f1"]):
            await press(pilot, *keys)
            see(text(app))
        for keys in (
            ["escape", "6"],
            ["7"],
            ["f3"],
            ["escape", "3", "ctrl+p"],
            ["escape", "ctrl+l"],
        ):
            await press(pilot, *keys)
            see(text(app))


async def test_a_covered_page_speaks_the_language_chosen_above_it(
    workspace: Workspace, project: str
) -> None:
    workspace.book.add("fix", {"phenomenon": "pump"}, project=project)
    async with opened(workspace) as (app, pilot):
        before = text(app)
        await press(pilot, "3", "f9", "escape")
        assert not app.can_go_back()
        assert re.search("[\u4e00-\u9fff]", text(app).replace("测试项目", "")) is None
        await press(pilot, "3", "f9", "escape")
        assert text(app) == before


async def test_english_has_no_chinese_left(tmp_path: Path) -> None:
    workspace = begin(tmp_path / "book", name="Ann", lang="en", project="Alpha")
    project = workspace.store.rows("SELECT id FROM project")[0][0]
    made = workspace.book.add("fix", {"phenomenon": "pump", "correction": "new"}, project=project)
    workspace.book.add("note", {"about": made.id, "text": "see"})
    workspace.book.move(made.id, "fix")

    def see(seen: str) -> None:
        rest = seen.replace("English/中文", "").replace("中文", "").replace("？ and ／", "")
        assert not re.findall("[\u3000-\u9fff\uff00-\uffef]+", rest), seen

    await tour(workspace, see)
    workspace.close()


async def test_chinese_has_no_english_left(workspace: Workspace, book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "泵", "correction": "换"}, project=project)
    book.add("note", {"about": made.id, "text": "见图"})
    book.move(made.id, "fix")
    own = {*re.findall("[A-Za-z]{2,}", f"{workspace.home} {workspace.log.device} {made.number}")}

    def see(seen: str) -> None:
        words = set(re.findall("[A-Za-z]{2,}", seen)) - LATIN - own
        assert not words, (words, seen)

    await tour(workspace, see)


# -- a type that nobody made a screen for ------------------------------------------------------


@pytest.fixture
def pump(workspace: Workspace) -> Iterator[type[Record]]:
    """A record type declared in this test and nowhere else."""

    class Pump(Record):
        """A pump."""

        kind = Kind(
            name="pump",
            label=W("水泵", "Pump"),
            code="PU",
            states=(
                State("running", W("运行", "running"), tone="good"),
                State("stopped", W("停用", "stopped"), ended=True),
            ),
            title="name",
            columns=("name", "checked", "remark"),
            due="checked",
        )
        name = line("名称", "Name", required=True)
        checked = day("复查日期", "Check on")
        remark = prose("说明", "Remark")

    rows._which.clear()
    workspace.store.create()
    yield Pump
    del kinds["pump"]
    rows._which.clear()


async def test_a_new_type_has_list_form_page_search_and_commands(
    workspace: Workspace, book: Book, project: str, pump: type[Record]
) -> None:
    made = book.add("pump", {"name": "omega 一号泵", "checked": "2020-01-01"}, project=project)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "6", "end")
        assert "水泵" in text(app)
        await press(pilot, "ctrl+p", *"list of pump", "enter")
        assert "omega 一号泵" in text(app) and "逾期" in text(app) and "运行" in text(app)
        await press(pilot, "f", *"state:stop")
        assert app.screen.query_one(WindowedList).total == 0
        await press(pilot, "escape", "n")
        assert at(app, FormPage) and "复查日期" in text(app)
        await press(pilot, *"sigma two", "ctrl+s")
        assert newest(workspace, "pump").values()["name"] == "sigma two"
        while not isinstance(app.screen, ListPage):
            await press(pilot, "escape")
        assert app.screen.query_one(WindowedList).total == 2
        app.open_record(made.id)
        await quiet(pilot)
        assert at(app, RecordPage) and "复查日期" in text(app)
        whole(app)
        await press(pilot, "f3", *"omega")
        assert [part.id for part in app.screen.query_one(DocumentView).parts if part.id] == [
            f"hit:{made.id}"
        ]
        await press(pilot, "enter")
        assert at(app, RecordPage).record_id == made.id


PAINT = """
import sys
from tui import first_paint
first_paint.show()
from tui.app import terminal as paint
try:
    with paint.painted():
        assert sys.stdout.encoding == "utf-8", sys.stdout.encoding
        raise KeyError
except KeyError:
    print("after")
"""


def test_paint_leaves_the_terminal_as_it_was() -> None:
    """On a real terminal whose locale is no UTF-8: painted once, and taken away once."""
    import os
    import pty
    import sys

    from tui import first_paint

    child, terminal = pty.fork()
    if child == 0:
        os.environ |= {"PYTHONIOENCODING": "gbk", "PYTHONPATH": os.pathsep.join(sys.path)}
        os.execv(sys.executable, [sys.executable, "-c", PAINT])
    written = b""
    while True:
        try:
            read = os.read(terminal, 4096)
        except OSError:  # the other side is closed
            break
        if not read:
            break
        written += read
    os.waitpid(child, 0)
    os.close(terminal)
    text = written.decode()
    assert text.startswith(first_paint.ENTER)
    assert text.count(first_paint.ENTER) == text.count(first_paint.LEAVE) == 1
    assert text.rstrip().endswith("after")
