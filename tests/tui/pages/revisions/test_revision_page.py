"""Versions on the screen: a new one by a key, what differs, and what a move will do."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.derived_state import shown_state
from models.derived.revision_copy import new_revision
from models.schema.record import Record
from sync.workspace.workspace import Workspace
from tests.support.checks import items, template
from tests.support.hostile import PAYLOADS
from tests.tui.seen import SIZES, at, lines, newest, opened, press, quiet, text, whole
from tui.pages.dialogs.confirm import Confirm
from tui.pages.dialogs.document_menu import DocumentMenu
from tui.pages.records.record_page import RecordPage
from tui.pages.revisions.revision_page import RevisionPage


@pytest.fixture
def first(book: Book, project: str) -> Record:
    """A template in force."""
    return book.get(template(book, project))


@pytest.fixture
def second(book: Book, first: Record) -> Record:
    """The draft of its next version: an item less, one more, another limit, another frequency."""
    made = new_revision(book, first)
    book.edit(made.id, {"frequency": "weekly"})
    gone, hot, _ = items(book, made.id)
    book.void(gone, "不再检查")
    book.edit(hot, {"high": "25"})
    added = {"template": made.id, "text_zh": "噪声", "position": 9, "method_zh": "听"}
    book.add("template_item", added)
    return book.get(made.id)


async def test_a_new_version_is_one_key(workspace: Workspace, book: Book, first: Record) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(first.id)
        await press(pilot, "R")
        made = newest(workspace, "template")
        assert at(app, RecordPage).record_id == made.id
        assert f"启用后替代第 1 版（{first.number}）" in text(app)
        assert "新版本的草稿" in app.notices[-1].text
        await press(pilot, "R")  # a draft needs none, and says so
        assert "请直接修改它" in app.notices[-1].text and app.notices[-1].bad
        assert newest(workspace, "template").id == made.id
        await press(pilot, "escape", "ctrl+a", "n")
        assert f"已在起草：第 2 版（{made.number}）" in app.notices[-1].text
        await press(pilot, "escape")
        assert f"新版本在起草：第 2 版（{made.number}）" in text(app)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_what_differs_is_seen_beside_each_other(
    workspace: Workspace, first: Record, second: Record, size: tuple[int, int], lang: str
) -> None:
    async with opened(workspace, size) as (app, pilot):
        if lang == "en":
            await press(pilot, "f9")
        app.open_record(second.id)
        await press(pilot, "V")
        at(app, RevisionPage)
        seen = lines(app)
        rows = [line for line in seen[1:8] if line[2:3] in ("+", "-", "~")]
        assert len(rows) == 4
        named = {"zh": "机房温度", "en": "Room temperature"}[lang]
        change = next(line for line in rows if named in line)
        assert change.index("27") < change.index("25") and "~" in change[:4]
        assert [row[2] for row in rows] == ["~", "-", "~", "+"]
        assert first.number in seen[0] and second.number in seen[0]
        counted = "新增 1 行，删除 1 行，修改 1 行" if lang == "zh" else "1 added, 1 removed"
        assert counted in text(app)
        whole(app)


async def test_the_pane_says_all_and_enter_opens_the_row(
    workspace: Workspace, book: Book, first: Record, second: Record
) -> None:
    long = "很长的方法" * 40
    hot = items(book, second.id)[1]
    book.edit(hot, {"method_zh": long})
    async with opened(workspace) as (app, pilot):
        app.open_record(second.id)
        await press(pilot, "ctrl+a", "down", "down", "down")
        assert "很长的方法很长的方法" in text(app).replace("\n", "").replace(" ", "")
        await press(pilot, "enter")
        assert at(app, RecordPage).record_id == hot
        await press(pilot, "escape", "ctrl+e")
        at(app, DocumentMenu)
        assert f"版本对照 {second.number}" in text(app)


async def test_the_way_to_the_other_versions(
    workspace: Workspace, book: Book, first: Record, second: Record
) -> None:
    book.move(second.id, "publish")
    third = new_revision(book, book.get(second.id))
    async with opened(workspace) as (app, pilot):
        app.open_record(third.id)
        await press(pilot, "V")
        assert "内容相同" in text(app) and third.number in lines(app)[0]
        await press(pilot, "left")
        assert first.number in lines(app)[0] and third.number not in lines(app)[0]
        await press(pilot, "left")
        assert "之前没有可以对照的版本" in app.notices[-1].text
        await press(pilot, "right")
        assert third.number in lines(app)[0]


async def test_one_version_alone_has_nothing_to_compare(
    workspace: Workspace, first: Record
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(first.id)
        await press(pilot, "V")
        assert "只有一个版本" in text(app) and first.number in lines(app)[0]
        await press(pilot, "ctrl+e")
        assert "没有别的版本可以对照" in app.notices[-1].text
        await press(pilot, "n")
        made = newest(workspace, "template")
        assert at(app, RecordPage).record_id == made.id != first.id


async def test_types_without_versions_offer_neither_key(
    workspace: Workspace, book: Book, project: str
) -> None:
    fix = book.add("fix", {"phenomenon": "告警"}, project=project)
    async with opened(workspace, (120, 40)) as (app, pilot):
        app.open_record(fix.id)
        await quiet(pilot)
        assert "新版本" not in text(app) and "V 版本" not in text(app)
        await press(pilot, "R", "V")
        at(app, RecordPage)


async def test_publishing_and_retiring_ask_and_say_what_will_happen(
    workspace: Workspace, book: Book, first: Record, second: Record
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(second.id)
        await press(pilot, "p")
        at(app, Confirm)
        asked = text(app).replace("│", "").replace("\n", "").replace(" ", "")
        assert f"第2版（{second.number}）生效；第1版（{first.number}）保留" in asked
        await press(pilot, "n")
        assert book.get(second.id).state == "draft"
        await press(pilot, "p", "y")
        assert book.get(second.id).state == "published"
        assert shown_state(book.store, book.get(first.id)).name == "replaced"
        await press(pilot, "h")
        at(app, Confirm)
        assert "之后没有有效版本" in text(app).replace("│", "").replace("\n", "").replace(" ", "")
        await press(pilot, "escape")
        assert book.get(second.id).state == "published"


async def test_hostile_text_is_shown_as_text(
    workspace: Workspace, book: Book, first: Record, second: Record
) -> None:
    for place, payload in enumerate(PAYLOADS):
        item = {"template": second.id, "text_zh": payload[:200] or "x", "position": 20 + place}
        try:
            book.add("template_item", item)
        except Exception as refused:
            assert "Refused" in type(refused).__name__
    async with opened(workspace) as (app, pilot):
        app.open_record(second.id)
        await press(pilot, "V", "end")
        whole(app)
