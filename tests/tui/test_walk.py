"""A walk through every page there is, over a book full of hostile text, in windows of any size."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, NamedTuple, cast

import pytest
from textual.events import Paste
from textual.pilot import Pilot

import tui.areas
import tui.pages
from models.calendar.business_dates import week_of
from models.derived.figures import Scope, of_week
from models.schema.record import Record, kinds
from models.text.words import Lang, W, language
from sync.log.state_digest import fingerprint
from sync.workspace.workspace import Workspace, open_book
from tests.bench.terminal import Terminal
from tests.support import hostile_book
from tests.support.hostile import acting
from tests.support.hostile_book import FULL, TEXTS, Ids
from tests.tui.pages.general.test_help_page import must_be_told, told
from tests.tui.seen import lines, opened, press, quiet, whole
from tui.app.app import SiteApp
from tui.first_paint import ENTER
from tui.pages.base import TOO_SMALL, BaseScreen, Dialog, Page
from tui.pages.records import record_documents
from tui.pages.sync.member_tasks import invite_fields
from tui.widgets.app_context import Asked
from tui.widgets.commands import declared
from tui.widgets.document_view import DocumentView

SIZES = ((80, 24), (120, 40), (40, 10), (20, 5))
LANGS: tuple[Lang, ...] = ("zh", "en")
PROGRAM = "from tui.start import main; main()"
HOSTILE = W(FULL, FULL)

Open = Callable[[SiteApp, Ids], object]


class Visit(NamedTuple):
    """How a page is opened, and keys that show the rest of it."""

    open: Open
    keys: tuple[str, ...] = ()


def found() -> dict[str, type[BaseScreen[Any]]]:
    """Every page and dialog of the app and of the areas."""
    pages: dict[str, type[BaseScreen[Any]]] = {}
    modules = [
        *walk_packages(tui.pages.__path__, "tui.pages."),
        *walk_packages(tui.areas.__path__, "tui.areas."),
    ]
    for name in (module.name for module in modules):
        for one in vars(import_module(name)).values():
            page = isinstance(one, type) and issubclass(one, (Page, Dialog))
            if page and one.__module__ == name:
                pages[one.__name__] = one
    built_on = {base for page in pages.values() for base in page.__mro__[1:]}
    return {name: page for name, page in pages.items() if page not in built_on}


PAGES = found()


def push(page: str, *given: Any) -> Open:
    """Open a page by laying it on top."""
    return lambda app, ids: app.push_screen(PAGES[page](*given))


def of_fix(page: str, *given: Any) -> Open:
    """Open a dialog about the first fix."""
    return lambda app, ids: app.push_screen(cast(Any, PAGES[page])(fix(app, ids), *given))


def fix(app: SiteApp, ids: Ids) -> Record:
    """The fix that has everything: conflicts, notes, files, a draft."""
    return app.workspace.book.get(ids["fix"][0])


def week(ids: Ids) -> Scope:
    """The figures of the first project's week."""
    return of_week(ids["project"][:1], week_of(hostile_book.FIRST))


ASKED = Asked("record.void")
VISITS: dict[str, Visit] = {
    "TodayPage": Visit(lambda app, ids: None, ("end",)),
    "ChecklistPage": Visit(lambda app, ids: app.open_item("sheet", ids["sheet"][0]), ("end",)),
    "WeeklyPage": Visit(lambda app, ids: app.open_item("weekly", ids["weekly"][0]), ("end",)),
    "ReviewPage": Visit(push("ReviewPage"), ("end", "n", "space")),
    "ListPage": Visit(lambda app, ids: app.open_list("fix"), ("pagedown", "end")),
    "RecordPage": Visit(lambda app, ids: app.open_record(ids["fix"][0]), ("pagedown", "end", "o")),
    "FormPage": Visit(
        lambda app, ids: app.open_form("escalation", {"phenomenon": FULL, "fix": ids["fix"][0]}),
        ("tab",),
    ),
    "SearchPage": Visit(push("SearchPage", "HOSTILE"), ("down", "end")),
    "HelpPage": Visit(lambda app, ids: app.action_help(), ("end",)),
    "RightsPage": Visit(push("RightsPage"), ("f", "down", "end")),
    "NoticesPage": Visit(lambda app, ids: app.action_notices(), ("end",)),
    "SettingsPage": Visit(push("SettingsPage"), ("end",)),
    "ProjectPage": Visit(
        lambda app, ids: app.open_item("project", ids["project"][0]), ("pagedown", "end")
    ),
    "TypesPage": Visit(push("TypesPage")),
    "Palette": Visit(lambda app, ids: app.action_palette(), ("[",)),
    "MoveMenu": Visit(of_fix("MoveMenu")),
    "FollowUpMenu": Visit(of_fix("FollowUpMenu")),
    "SharedTasksDialog": Visit(
        lambda app, ids: app.push_screen(
            cast(Any, PAGES["SharedTasksDialog"])(app.workspace.book.get(ids["sheet"][0]))
        )
    ),
    "SurveyPage": Visit(
        lambda app, ids: app.push_screen(cast(Any, PAGES["SurveyPage"])(ids["survey"][0])),
        ("down", "end"),
    ),
    "DocumentMenu": Visit(
        lambda app, ids: app.push_screen(
            cast(Any, PAGES["DocumentMenu"])(record_documents.choices(fix(app, ids)))
        )
    ),
    "ProgressDialog": Visit(push("ProgressDialog", HOSTILE)),
    "RecordPicker": Visit(push("RecordPicker", HOSTILE, "site"), ("[",)),
    "TextPrompt": Visit(push("TextPrompt", ASKED, HOSTILE), ("x",)),
    "Passphrase": Visit(push("Passphrase", HOSTILE), ("x",)),
    "Confirm": Visit(push("Confirm", FULL, HOSTILE)),
    "FieldsDialog": Visit(
        push("FieldsDialog", ASKED, HOSTILE, invite_fields()), ("x", "tab", "tab", "[")
    ),
    "InviteCodeDialog": Visit(push("InviteCodeDialog", FULL, FULL, 7)),
    "DraftQuestion": Visit(lambda app, ids: app.open_form("fix", record=fix(app, ids))),
    "UndoList": Visit(lambda app, ids: app.action_undo_list(), ("end",)),
    "DraftsDialog": Visit(push("DraftsDialog"), ("end",)),
    "MoveDialog": Visit(lambda app, ids: app.make_move(ids["fix"][3], "fail"), ("x",)),
    "ConflictPage": Visit(lambda app, ids: app.open_conflict(ids["fix"][0], "correction")),
    "ConflictsPage": Visit(push("ConflictsPage"), ("end",)),
    "OtherValueDialog": Visit(of_fix("OtherValueDialog", "correction", FULL)),
    "FiguresPage": Visit(
        lambda app, ids: app.push_screen(cast(Any, PAGES["FiguresPage"])(week(ids), FULL)),
        ("down", "end"),
    ),
    "FigurePage": Visit(
        lambda app, ids: app.push_screen(
            cast(Any, PAGES["FigurePage"])(week(ids), "week.accepted", FULL)
        ),
        ("down", "end"),
    ),
    "RevisionPage": Visit(
        lambda app, ids: app.push_screen(cast(Any, PAGES["RevisionPage"])(ids["template"][0])),
        ("down", "end"),
    ),
    "TablePage": Visit(
        lambda app, ids: app.push_screen(
            cast(Any, PAGES["TablePage"])(ids["vocabulary"][0], "term")
        ),
        ("down", "tab", "end"),
    ),
}
APART = {"WelcomePage", "WaitingDialog"}
"""Shown without a book, or not to be left: tests of their own."""
VARIABLE = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ids]:
    """The hostile book: where it is, and its records."""
    home = tmp_path_factory.mktemp("walk") / "book"
    made = hostile_book.make(home)
    shutil.copytree(home / "drafts", home.with_name("drafts at first"))
    return home, made


@pytest.fixture
def ids(written: tuple[Path, Ids]) -> Ids:
    """Its records by type."""
    return written[1]


@pytest.fixture
def hostile(written: tuple[Path, Ids]) -> Iterator[Workspace]:
    """That book in Chinese, with the drafts it had at first: a page before may have left some."""
    home, _ = written
    drafts_at_first(home)
    opened = open_book(home)
    opened.change(replace(opened.settings, lang="zh", ascii=False))
    yield opened
    opened.close()


def test_every_page_is_on_the_walk() -> None:
    given = {name for name, page in PAGES.items() if _given(page)}
    assert given - VISITS.keys() - APART == set(), (
        "a page that must be given something: add it to VISITS"
    )


def test_one_key_returns_and_none_of_a_page_deletes_a_word() -> None:
    """Who knows a key from one page presses it on another: Ctrl+W in a text deletes a word."""
    keys = {key: id for id, one in declared.items() for key in one.all_keys if key != "ctrl+r"}
    assert "ctrl+w" not in keys
    returns = {id for id, one in declared.items() if "ctrl+r" in one.all_keys}
    assert returns == {"inbox.back", "review.return"}


def _given(page: type[BaseScreen[Any]]) -> bool:
    """Whether a page cannot be opened with nothing."""
    needed = signature(page).parameters.values()
    return any(one.default is one.empty and one.kind not in VARIABLE for one in needed)


def check(app: SiteApp) -> None:
    """What must hold on every screen."""
    whole(app)
    if app.size == SIZES[-1] and not isinstance(app.screen, Dialog):
        said = "".join("".join(lines(app)).split())
        assert said == str(TOO_SMALL).replace(" ", "")


async def back(app: SiteApp, pilot: Pilot[Any], depth: int) -> None:
    """Esc closes one layer at a time, and ends where the visit began."""
    before = len(app.screen_stack)
    layer = 2 if isinstance(app.screen, PAGES["DraftQuestion"]) else 1  # no form without an answer
    for _ in range(3):
        if len(app.screen_stack) == depth:
            return
        await press(pilot, "escape")
        assert before - layer <= len(app.screen_stack) <= before, app.screen
        before = len(app.screen_stack)
    assert len(app.screen_stack) == depth, f"{app.screen} does not close"


async def helped(app: SiteApp, pilot: Pilot[Any]) -> None:
    """Every key that is shown or declared is in the help."""
    wanted = must_be_told(app)
    app.action_help()
    await quiet(pilot)
    said = told(app)
    assert [name for name in wanted if name not in said] == []
    await press(pilot, "escape")


def way(page: str) -> Visit:
    """How a page is opened: as noted above, or without being given anything."""
    return VISITS.get(page) or Visit(push(page), ("end",))


async def resized(app: SiteApp, pilot: Pilot[Any]) -> None:
    """The page stands in a window of every size, and in the other language there."""
    for size in SIZES:
        await pilot.resize_terminal(*size)
        await quiet(pilot)
        check(app)
    app.action_language()
    await quiet(pilot)
    check(app)


def grouped(names: Iterable[str], alike: int, most: int) -> list[Any]:
    """Names in groups of at most so many whose places differ by a multiple of `alike`: what is
    visited by one app, which takes longer to start than to show a page."""
    found = []
    every = sorted(names)
    for first in range(min(alike, len(every))):
        some = every[first::alike]
        found += [some[at : at + most] for at in range(0, len(some), most)]
    return [pytest.param(some, id="+".join(some)) for some in found]


@contextmanager
def visiting(name: str) -> Iterator[None]:
    """What goes wrong says where."""
    try:
        yield
    except Exception as wrong:
        wrong.add_note(f"visiting {name}")
        raise


async def based(app: SiteApp, pilot: Pilot[Any]) -> int:
    """The drafts that a crash left are closed, and visits begin on a page that is quickly read
    again; how many pages lie on one another there."""
    await press(pilot, "escape", "7")
    return len(app.screen_stack)


def drafts_at_first(home: Path) -> None:
    """The drafts that the book had at first: a page before may have left some."""
    shutil.rmtree(home / "drafts", ignore_errors=True)
    shutil.copytree(home.with_name("drafts at first"), home / "drafts")


@pytest.mark.parametrize("pages", grouped(PAGES.keys() - APART, 12, 6))
async def test_every_page_stands_whatever_it_shows(
    hostile: Workspace, ids: Ids, pages: list[str]
) -> None:
    """Opened in a window of one size, seen in all of them and in both languages, and closed."""
    at = sorted(PAGES.keys() - APART).index(pages[0])
    asked = replace(hostile.settings, lang=LANGS[at % 2], ascii=at % 3 == 0)
    hostile.change(replace(asked, project=ids["project"][0]))
    async with opened(hostile) as (app, pilot):
        depth = await based(app, pilot)
        for page in pages:
            with visiting(page):
                await stands(app, pilot, ids, page, at, depth)
            drafts_at_first(hostile.home)


async def stands(app: SiteApp, pilot: Pilot[Any], ids: Ids, page: str, at: int, depth: int) -> None:
    """One page in windows of every size, with its help, its keys, and the way back."""
    if language.now != LANGS[at % 2]:
        app.action_language()
    await pilot.resize_terminal(80, 24)
    if page == "TodayPage":
        await press(pilot, "1")
        depth = len(app.screen_stack)
    await pilot.resize_terminal(*SIZES[at % 4])
    await quiet(pilot)
    way(page).open(app, ids)
    await quiet(pilot)
    assert isinstance(app.screen, PAGES[page]), app.screen
    check(app)
    await resized(app, pilot)
    await pilot.resize_terminal(*SIZES[at % 2])
    await quiet(pilot)
    if isinstance(app.screen, Page):
        await helped(app, pilot)
    for key in way(page).keys:
        await press(pilot, key)
        check(app)
    await back(app, pilot, depth)
    if page == "TodayPage":
        await press(pilot, "7")


@pytest.mark.parametrize("pages", grouped(PAGES.keys() - APART, 11, 6))
async def test_every_page_outlives_a_window_too_small(
    hostile: Workspace, ids: Ids, pages: list[str]
) -> None:
    """Text, cursor and focus are as before, and no key did anything meanwhile."""
    hostile.change(replace(hostile.settings, project=ids["project"][0]))
    async with opened(hostile) as (app, pilot):
        depth = await based(app, pilot)
        for page in pages:
            with visiting(page):
                await outlives(app, pilot, ids, page)
            while len(app.screen_stack) > depth:
                app.pop_screen()
                await quiet(pilot)
            drafts_at_first(hostile.home)


async def outlives(app: SiteApp, pilot: Pilot[Any], ids: Ids, page: str) -> None:
    """One page, while the window has no room for it."""
    if page == "TodayPage":
        await press(pilot, "1")
    way(page).open(app, ids)
    await quiet(pilot)
    for key in way(page).keys:
        await press(pilot, key)
    await settled(app, pilot)
    book = app.workspace.book
    top, focus, seen, written = app.screen, app.focused, shown(app), fingerprint(book)
    for size in ((80, 7), (20, 6)):
        await pilot.resize_terminal(*size)
        await press(pilot, *"a1x", "enter", "ctrl+s", "f8", "down", "escape", "u", "f9")
        if focus is not None:
            app.post_message(Paste("x"))
        await pilot.resize_terminal(80, 24)
        await settled(app, pilot)
        assert (app.screen, app.focused) == (top, focus)
        assert shown(app) == seen
    assert fingerprint(book) == written
    if page == "TodayPage":
        await press(pilot, "7")


def shown(app: SiteApp) -> object:
    """What is on the page, the keys below left out; of a long text, which scrolls, the cursor."""
    here = app.focused
    return here.current if isinstance(here, DocumentView) else lines(app)[:-1]


async def settled(app: SiteApp, pilot: Pilot[Any]) -> None:
    """Nothing is under way, and no notice covers the page."""
    await quiet(pilot)
    app.clear_notifications()
    await quiet(pilot)


async def test_a_book_opens_on_its_drafts_and_tells_anything(hostile: Workspace) -> None:
    async with opened(hostile) as (app, pilot):
        assert isinstance(app.screen, PAGES["DraftsDialog"])  # a crash left a draft behind
        await resized(app, pilot)
        await press(pilot, "escape")
        for text in TEXTS:
            app.tell(text)
        await quiet(pilot)
        check(app)


@pytest.mark.parametrize("types", grouped(kinds, 6, 8))
async def test_every_type_stands_whatever_it_says(
    hostile: Workspace, ids: Ids, types: list[str]
) -> None:
    at = sorted(kinds).index(types[0])
    hostile.change(replace(hostile.settings, lang=LANGS[at % 2]))
    async with opened(hostile, SIZES[at % 3]) as (app, pilot):
        depth = await based(app, pilot)
        for type_ in types:
            with visiting(type_):
                app.open_list(type_)
                await quiet(pilot)
                check(app)
                app.open_record(ids[type_][-1])
                await quiet(pilot)
                check(app)
                app.open_form(type_, record=app.workspace.book.get(ids[type_][1]))
                await quiet(pilot)
                check(app)
                for layer in (2, 1, 0):
                    await back(app, pilot, depth + layer)


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_page_of_all(tmp_path: Path, size: tuple[int, int]) -> None:
    app = SiteApp(None, tmp_path / "book")
    async with app.run_test(size=size) as pilot:
        await quiet(pilot)
        assert isinstance(app.screen, PAGES["WelcomePage"])
        for text in (*TEXTS[::6], FULL):
            assert app.focused is not None
            app.focused.post_message(Paste(text))
        await quiet(pilot)
        check(app)
        await press(pilot, "f9")
        check(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, PAGES["WelcomePage"])


WALK = (
    *(("escape", "-份未完成的草稿"), ("3", "现场处置"), ("end", "FX-"), ("enter", "操作")),
    *(("end", "新建"), ("escape", "筛选"), ("4", "问题升级"), ("5", "周报"), ("6", "全部记录")),
    *(("7", "设置"), ("f1", "帮助"), ("escape", "-找一个键"), ("f3", "搜索")),
    *(("HOSTILE", "HOSTILE"), ("escape", "设置"), ("2", "检查内容"), ("f10", "命令、类型")),
    *(("escape", "-命令、类型"), ("f9", "Reading"), ("f9", "检查内容"), ("escape", "今日")),
)
"""Keys, and a word that shows where they led; with a minus, one that is gone then.

What follows Esc waits for that: a terminal takes Esc and a key right after it for one key.
"""


def _led(word: str, seen: Terminal) -> bool:
    """Whether a key led where it should."""
    return (word.removeprefix("-") in seen.text) is not word.startswith("-")


def test_no_text_acts_on_a_real_terminal(hostile: Workspace, written: tuple[Path, Ids]) -> None:
    env = {**os.environ, "SITEBOOK_HOME": str(written[0]), "TERM": "xterm-256color"}
    env["PYTHONPATH"] = os.pathsep.join(sys.path)
    terminal = Terminal([sys.executable, "-c", PROGRAM], (120, 40), env)
    try:
        terminal.wait(lambda seen: "份未完成的草稿" in seen.text)
        for key, word in WALK:
            terminal.settle()
            terminal.send(key)
            terminal.wait(partial(_led, word))
        terminal.settle()
        assert acting(bytes(terminal.raw).replace(ENTER.encode(), b"", 1)) == []
    finally:
        terminal.close("ctrl+q")
