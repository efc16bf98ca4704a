"""Two people, two laptops: apart, then together, over a hub and by a stick without any.

Both write the same field without seeing each other; both see the conflict, one decides, and the
decision reaches the other. Real keys at 80×24, a real hub over TLS, a real bundle file.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Paste

from models.book.conflict.conflicts import count
from models.schema.roles import ENGINEER, LEADS
from sync.organisation import admission, hub_enrolment
from sync.workspace import hub_address
from sync.workspace.acknowledgements import PEER
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace, open_book
from tests.story.hand import Hand
from tests.support.replicas import differences, replica
from tests.sync.hub.running import Running
from tests.tui.seen import at, opened, quiet, whole
from tui.pages.conflicts.conflict_list import ConflictsPage
from tui.pages.conflicts.conflict_page import ConflictPage
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_page import RecordPage
from tui.pages.sync.sync_page import SyncPage
from tui.widgets.document_view import DocumentView

Meet = Callable[[Hand, Hand], Awaitable[None]]
"""Both hands meet until both have everything."""


@asynccontextmanager
async def laptops(*homes: Path) -> AsyncIterator[list[Hand]]:
    """The apps of two books, side by side, in one room."""
    books = [open_book(home) for home in homes]
    try:
        async with opened(books[0]) as (left, one), opened(books[1]) as (right, two):
            yield [Hand(left, one, books[0]), Hand(right, two, books[1])]
    finally:
        for book in books:
            book.close()


async def paste(hand: Hand, words: str) -> None:
    """Into what is typed in."""
    hand.app.focused.post_message(Paste(words))
    await quiet(hand.pilot)


async def write_place(hand: Hand, words: str) -> None:
    """Change where the fault is, in the form of its record."""
    await hand.press("3", "enter")
    hand.app.screen.query_one(DocumentView).go("field:place")
    assert hand.app.screen.query_one(DocumentView).current == "field:place", hand.seen
    await hand.press("enter")
    form = at(hand.app, FormPage)
    form.fields.go("place")
    await hand.press("home")
    await hand.type(words)
    await hand.press("ctrl+s")
    at(hand.app, RecordPage)


async def apart_and_together(left: Hand, right: Hand, meet: Meet) -> None:
    """The day, whatever carries it."""
    await left.press("3", "n")
    await left.type("精密空调漏水")
    await left.press("ctrl+s")
    made = left.newest("fix")
    left.workspace.book.edit(made.id, {"place": "机房"})
    await quiet(left.pilot)
    await meet(left, right)
    assert right.newest("fix").id == made.id  # the other has it

    await write_place(left, "北墙")  # apart: neither sees the other
    await write_place(right, "南墙")
    await meet(left, right)
    for hand in (left, right):
        assert count(hand.workspace.book) == 1 and "冲突 1" in hand.seen

    await right.press("8")
    at(right.app, ConflictsPage)
    await right.press("enter")
    page = at(right.app, ConflictPage)
    assert "北墙" in right.seen and "南墙" in right.seen and "机房" in right.seen
    whole(right.app)
    assert page.conflict is not None
    wanted = next(at for at, one in enumerate(page.conflict.stands, 1) if one.value == "北墙机房")
    right.counted()
    await right.press(str(wanted))
    assert right.counted() == 1  # a decision is one key
    assert count(right.workspace.book) == 0 and "冲突已全部解决" in right.seen

    await meet(left, right)
    for hand in (left, right):
        found = hand.newest("fix")
        assert found.values()["place"] == "北墙机房" and count(hand.workspace.book) == 0
        assert "冲突 1" not in hand.seen.split("\n")[0]
    await left.press("3", "enter")
    assert "南墙" in left.seen  # in the history: nothing anybody wrote is gone
    assert not differences(replica(left.workspace), replica(right.workspace))


def begun(home: Path) -> Workspace:
    """The founder's book, with its project."""
    return begin(home, name="安一", project="北站机房")


async def test_over_one_hub(tmp_path: Path) -> None:
    left, right = tmp_path / "left", tmp_path / "right"
    founder = begun(left)
    project = founder.store.rows("SELECT id FROM project")[0][0]
    with Running(tmp_path / "hub") as running:
        running.found(replica(founder))
        right.mkdir()
        roles = [(ENGINEER, project), (LEADS[0], project)]
        code = running.code(name="毕二", roles=roles)
        founder.close()
        reply, known = hub_enrolment.come(right, code, "毕二")
        joined = admission.accept(right, reply)
        hub_enrolment.settled(joined, known)
        joined.close()
        assert hub_address.load(right) == known

        async def meet(one: Hand, two: Hand) -> None:
            for hand in (one, two, one):
                await hand.press("f5")
                assert "同步完成" in hand.app.notices[-1].text, hand.app.notices[-1]
                assert "已同步" in hand.seen.split("\n")[0]

        async with laptops(left, right) as (one, two):
            assert "待同步" in one.seen.split("\n")[0]
            await meet(one, two)
            await apart_and_together(one, two, meet)
            await one.press("3", "enter")
            assert "已到同步服务器" in one.seen and "毕二 的电脑已收到" in one.seen


@pytest.mark.shows(73)
async def test_by_stick_with_no_hub_at_all(tmp_path: Path) -> None:
    left, right, stick = tmp_path / "left", tmp_path / "right", tmp_path / "usb"
    stick.mkdir()
    right.mkdir()
    begun(left).close()
    admission.request(right, stick / "me.request", "毕二")
    founder = open_book(left)
    async with opened(founder) as (app, pilot):
        hand = Hand(app, pilot, founder)
        await hand.press("0", "a")
        await paste(hand, str(stick / "me.request"))
        await hand.press("tab", "2", "ctrl+s")
        assert "毕二 的电脑已接入" in app.notices[-1].text
    founder.close()
    admission.accept(right, admission.opened(right, stick / "me.reply")).close()

    async def carry(giver: Hand, taker: Hand, name: str) -> None:
        for hand, key in ((giver, "f7"), (taker, "ctrl+r")):
            await hand.press("9")
            at(hand.app, SyncPage)
            await hand.press(key)
            await paste(hand, str(stick / name))
            await hand.press("enter")
            assert name in hand.seen, hand.seen
            whole(hand.app)

    async def meet(one: Hand, two: Hand) -> None:
        await carry(one, two, "there.sitebook")
        await carry(two, one, "back.sitebook")
        assert "已同步" in one.seen.split("\n")[0]  # the other's bundle confirms ours

    async with laptops(left, right) as (one, two):
        await meet(one, two)
        assert two.workspace.store.meta(PEER) is None
        await apart_and_together(one, two, meet)
        assert "待确认" in two.seen.split("\n")[0]  # nobody said so yet, and a stick may be lost
        await carry(one, two, "word.sitebook")
        assert "已同步" in two.seen.split("\n")[0]
