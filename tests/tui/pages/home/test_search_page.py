"""Search over everything: as one types, newest first, marked, narrowed, opened."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.queries import filters
from models.queries.record_search import Finder
from models.text.words import W
from sync.workspace.workspace import Workspace
from tests.support.hostile import PAYLOADS
from tests.tui.seen import at, lines, opened, press, quiet, text, whole
from tui.pages.home.search_page import PAGE, SearchPage
from tui.pages.records.record_page import RecordPage
from tui.widgets.document_view import DocumentView
from tui.widgets.filter_line import Query


@pytest.fixture
def found(book: Book, project: str) -> dict[str, str]:
    """A fix, an escalation and a note that share a word."""
    fix = book.add("fix", {"phenomenon": "泵站 alpha 水位计失灵"}, project=project)
    escalation = book.add("escalation", {"phenomenon": "alpha 环网断开"}, project=project)
    note = book.add("note", {"about": fix.id, "text": "备件 alpha 已订"})
    return {"fix": fix.id, "escalation": escalation.id, "note": note.id}


async def type_in(app: object, pilot: object, words: str) -> None:
    """Put a text into the line, as an input method does."""
    app.screen.query_one(Query).value = words  # type: ignore[attr-defined]
    await quiet(pilot)  # type: ignore[arg-type]


async def test_everything_as_one_types_records_before_their_notes(
    workspace: Workspace, found: dict[str, str]
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "f3", *"alph")
        ids = [part.id for part in app.screen.query_one(DocumentView).parts if part.id]
        assert ids == [f"hit:{found[name]}" for name in ("escalation", "fix", "note")]
        seen = text(app)
        assert "备件 alpha" in seen and "3 条" in seen
        marked = [span for part in app.screen.query_one(DocumentView).parts for span in part.body]
        assert ("alph", "hit") in marked
        whole(app)


@pytest.mark.parametrize("words", ["水", "水位", "水位计"])
async def test_one_and_two_characters_find(
    workspace: Workspace, found: dict[str, str], words: str
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "slash")
        await type_in(app, pilot, words)
        assert "泵站 alpha 水位计失灵" in text(app)


async def test_the_grammar_of_lists_works_here_too(
    workspace: Workspace, book: Book, found: dict[str, str]
) -> None:
    book.move(found["fix"], "fix", {"correction": "换"})
    async with opened(workspace) as (app, pilot):
        await press(pilot, "slash")
        for words, names in (
            ("alpha type:fix", ["fix"]),
            ("alpha 类型:问题升级", ["escalation"]),
            ("alpha state:fixed", ["fix"]),
            ("state:fixed", ["fix"]),
            ("alpha 项目:测试 周:本周 by:me 类型:备注", ["note"]),
            ("alpha week:2001-W01", []),
        ):
            await type_in(app, pilot, words)
            ids = [part.id for part in app.screen.query_one(DocumentView).parts if part.id]
            assert ids == [f"hit:{found[name]}" for name in names], words
        await type_in(app, pilot, "alpha type:nonsense")
        assert "nonsense" in lines(app)[-2]


async def test_opening_and_coming_back(workspace: Workspace, found: dict[str, str]) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "slash", *"alpha", "enter")
        assert at(app, RecordPage).record_id == found["escalation"]
        await press(pilot, "escape")
        at(app, SearchPage)
        await press(pilot, "down", "down", "down", "enter")  # a note opens what it is about
        assert at(app, RecordPage).record_id == found["fix"]
        await press(pilot, "escape", "f6", "escape")
        assert not app.can_go_back()


async def test_what_is_open_and_called_so_stands_above_a_heap_of_answers(
    workspace: Workspace, book: Book, project: str
) -> None:
    site = book.add("site", {"name": "UPS 机房"})
    fix = book.add("fix", {"phenomenon": "UPS 旁路"}, project=project)
    with book.saving():
        for at_ in range(PAGE + 5):
            book.add("note", {"about": fix.id, "text": f"UPS 备注 {at_}"})
    async with opened(workspace) as (app, pilot):
        await press(pilot, "slash")
        await type_in(app, pilot, "UPS")
        ids = [part.id for part in app.screen.query_one(DocumentView).parts if part.id]
        assert set(ids[:2]) == {f"hit:{site.id}", f"hit:{fix.id}"}
        assert ids[-1] == "more:note" and len(ids) == 5
        assert "备注  4" in text(app)  # a page of the newest, and those of the same moment
        await press(pilot, "down", "end", "enter")
        shown = [part.id for part in app.screen.query_one(DocumentView).parts if part.id]
        assert len(shown) >= PAGE and "more:note" not in shown


async def test_more_hits_come_when_the_end_is_near(
    workspace: Workspace, book: Book, project: str
) -> None:
    with book.saving():
        for place in range(PAGE + 25):
            book.add("fix", {"phenomenon": f"gamma {place}"}, project=project)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "slash", *"gamma", "down")
        assert f"最新 {PAGE} 条" in text(app)
        await press(pilot, "end")
        await press(pilot, "end")
        ids = [part.id for part in app.screen.query_one(DocumentView).parts if part.id]
        assert len(ids) == len(set(ids)) == PAGE + 25
        assert "gamma 0" in text(app)


async def test_nothing_found_is_said_and_hostile_text_stays_text(
    workspace: Workspace, book: Book, project: str
) -> None:
    with book.saving():
        for payload in PAYLOADS.values():
            book.add("fix", {"phenomenon": f"hostile {payload}"}, project=project)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "slash", *"hostile")
        whole(app)
        await press(pilot, "down", "end", "end")
        whole(app)
        await press(pilot, "f6")
        await type_in(app, pilot, "[/] 没有的词")
        assert "没有找到“[/] 没有的词”" in text(app)
        whole(app)


def test_finder_pages_do_not_overlap(workspace: Workspace, book: Book, project: str) -> None:
    with book.saving():
        for place in range(30):
            book.add("fix", {"phenomenon": f"delta {place}"}, project=project)
            book.add("escalation", {"phenomenon": f"delta {place}"}, project=project)
    finder = Finder(book.store, workspace.search, "Asia/Shanghai", "2026-01-01")
    for line in ("delta state:open,reported", "state:open,reported", "delta"):
        wanted = filters.read(book, line)
        seen: list[str] = []
        before = None
        while hits := finder.find(wanted, limit=7, before=before):
            seen += [hit.id for hit in hits]
            before = hits[-1].n
        assert len(seen) == len(set(seen)) == 60, line
    assert W("a", "b") == ("a", "b")


async def test_the_key_bar_names_keys_that_work_while_typing(
    workspace: Workspace, found: dict[str, str]
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3", "slash")
        assert "/ 搜索" not in lines(app)[-1] and "F6 改搜索词" in lines(app)[-1]
        await press(pilot, *"alp", "slash")
        assert app.screen.query_one(Query).value == "alp/"
        depth = len(app.screen_stack)
        await press(pilot, "backspace", "down", "f3")  # back to the line, not a second search
        assert len(app.screen_stack) == depth and app.focused is app.screen.query_one(Query)


async def test_the_first_hit_opens_at_once_and_long_texts_end_in_an_ellipsis(
    workspace: Workspace, book: Book, project: str
) -> None:
    made = book.add("fix", {"phenomenon": "开头", "cause": "独一无二" + "长" * 90}, project=project)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "slash")
        await type_in(app, pilot, "独一")
        assert "长…" in text(app)
        await press(pilot, "enter")
        assert at(app, RecordPage).chosen() == made.id


async def test_enter_before_the_hits_are_there_opens_the_first_of_them(
    workspace: Workspace, found: dict[str, str]
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "slash")
        app.screen.query_one(Query).value = "环网"
        await pilot.press("enter")  # nothing was waited for
        await quiet(pilot)
        assert at(app, RecordPage).record_id == found["escalation"]
