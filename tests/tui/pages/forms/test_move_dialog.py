"""Moves: one key where nothing is missing, a small dialog where something is, reasons why not."""

from __future__ import annotations

from typing import Any

import pytest
from textual.screen import Screen

from models.book.book import Book
from models.schema.record import Record, kinds
from models.storage.drafts import Drafts
from models.text.words import W, language
from sync.workspace.workspace import Workspace
from tests.support.escalations import ESCALATED, taken_up
from tests.support.hostile import PAYLOADS
from tests.tui.seen import SIZES, newest, opened, press, quiet, text, whole
from tui.app.app import SiteApp
from tui.pages.dialogs.confirm import Confirm
from tui.pages.forms.move_dialog import MoveDialog, asks


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    """A fix that says what was seen."""
    return book.add("fix", {"phenomenon": "UPS 旁路告警"}, project=project)


def on(app: SiteApp, page: type[Screen[Any]]) -> bool:
    """Whether this page lies on top."""
    return isinstance(app.screen, page)


async def test_a_move_that_needs_nothing_is_made_at_once(
    workspace: Workspace, book: Book, project: str
) -> None:
    values = {"week": "2026-W47", "person": book.me, "progress": "x"}
    week = book.add("weekly", values, project=project)
    made: list[Record] = []
    async with opened(workspace) as (app, _):
        app.make_move(week.id, "submit", then=made.append)
        assert book.get(week.id).state == "submitted" and made[0].id == week.id
        assert app.notices[-1].text == f"{week.number}：提交，现为“已提交”。"


async def test_escalating_asks_why_before_anything_is_made(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    async with opened(workspace) as (app, pilot):
        app.make_move(fix.id, "escalate")
        await quiet(pilot)
        assert on(app, MoveDialog) and "升级原因" in text(app)
        await press(pilot, "escape")
        assert book.get(fix.id).state == "open"
        app.make_move(fix.id, "escalate")
        await quiet(pilot)
        await press(pilot, "2", "ctrl+s")
        raised = newest(workspace, "escalation").values()
        assert (raised["reason_kind"], raised["severity"]) == ("systemic", "medium")


async def test_an_optional_comment_asks_nothing(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    book.move(fix.id, "escalate", ESCALATED)
    escalation = newest(workspace, "escalation")
    book.move(escalation.id, "accept", taken_up(book))
    book.move(escalation.id, "draft", {"solution": "换板卡"})
    async with opened(workspace) as (app, _):
        app.make_move(escalation.id, "approve")
        assert book.get(escalation.id).state == "approved"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_what_is_missing_is_asked_in_a_dialog(
    workspace: Workspace, book: Book, fix: Record, size: tuple[int, int], lang: str
) -> None:
    workspace.change(type(workspace.settings)(lang="en" if lang == "en" else "zh"))
    made: list[Record] = []
    async with opened(workspace, size) as (app, pilot):
        app.make_move(fix.id, "fix", then=made.append)
        await quiet(pilot)
        assert on(app, MoveDialog)
        whole(app)
        said = text(app)
        assert ("还需要：解决措施" if lang == "zh" else "Required: Correction") in said
        assert fix.number in said and "UPS 旁路告警" in said
        await press(pilot, *"old", "tab", "1", "tab", *"new one", "ctrl+s")
        assert not on(app, MoveDialog)
        now = book.get(fix.id)
        assert now.state == "fixed" and [one.id for one in made] == [fix.id]
        assert now.values() | {"cause": "old", "cause_class": "equipment"} == now.values()
        assert now.values()["correction"] == "new one"
        assert now.values()["fixed_by"] == book.me and now.values()["fixed_at"]


async def test_what_is_there_already_stands_in_the_dialog(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    book.edit(fix.id, {"correction": "换电池", "cause": "老化"})
    async with opened(workspace) as (app, pilot):
        app.make_move(fix.id, "fix")
        await quiet(pilot)
        assert "换电池" in text(app) and "老化" in text(app) and "还需要" not in text(app)
        await press(pilot, "ctrl+s")
        assert book.get(fix.id).state == "fixed"
        entry = list(book.change_log.history(fix.id))[-1]
        assert "correction" not in entry.fields


async def test_without_what_it_needs_it_is_not_made(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    async with opened(workspace) as (app, pilot):
        app.make_move(fix.id, "fix")
        await quiet(pilot)
        await press(pilot, "x", "ctrl+s")
        assert on(app, MoveDialog) and "“解决措施”需要填写" in text(app)
        assert app.screen.fields.current.name == "correction"
        assert book.get(fix.id).state == "open"
        await press(pilot, "y", "ctrl+s")
        assert book.get(fix.id).state == "fixed"


async def test_a_reason_is_one_line_and_enter_makes_the_move(
    workspace: Workspace, book: Book, project: str
) -> None:
    other = book.add("project", {"name": "乙"})
    book.move(other.id, "complete")
    async with opened(workspace) as (app, pilot):
        app.make_move(other.id, "reopen")
        await quiet(pilot)
        assert "理由" in text(app)
        await press(pilot, "enter")
        assert on(app, MoveDialog) and "“理由”需要填写" in text(app)
        await press(pilot, *"not over", "enter")
        assert book.get(other.id).state == "running"
        assert list(book.change_log.history(other.id))[-1].move["comment"] == "not over"  # type: ignore[index]


async def test_what_is_forbidden_says_why(workspace: Workspace, book: Book, fix: Record) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        await quiet(pilot)
        await press(pilot, "v")
        assert "只能在“待验证”状态下进行" in app.notices[-1].text and app.notices[-1].bad
        assert book.get(fix.id).state == "open"


async def test_leaving_the_dialog_keeps_its_draft(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    async with opened(workspace) as (app, pilot):
        app.make_move(fix.id, "fix")
        await quiet(pilot)
        await press(pilot, *"half", "escape")
        assert book.get(fix.id).state == "open"
        assert Drafts(workspace.home).all()[0].values == {"cause": "half"}
        app.make_move(fix.id, "fix")
        await quiet(pilot)
        await press(pilot, "c")
        assert "half" in text(app)
        await press(pilot, "tab", "tab", "x", "ctrl+s")
        assert book.get(fix.id).values()["cause"] == "half"
        assert Drafts(workspace.home).all() == []


async def test_what_happened_meanwhile_refuses_the_move_and_keeps_the_words(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    async with opened(workspace) as (app, pilot):
        app.make_move(fix.id, "fix")
        await quiet(pilot)
        await press(pilot, *"old", "tab", "tab", "x")
        book.move(fix.id, "escalate", ESCALATED)
        await press(pilot, "ctrl+s")
        assert on(app, MoveDialog) and "只能在" in text(app) and "old" in text(app)


async def test_hostile_words_in_the_dialog(workspace: Workspace, book: Book, project: str) -> None:
    async with opened(workspace) as (app, pilot):
        for payload in (PAYLOADS["closing tag"], PAYLOADS["clear screen"], PAYLOADS["long han"]):
            fix = book.add("fix", {"phenomenon": payload, "cause": payload}, project=project)
            app.make_move(fix.id, "fix")
            await quiet(pilot)
            whole(app)
            await press(pilot, "tab", "tab", "x", "ctrl+s")
            assert book.get(fix.id).state == "fixed"


def test_which_moves_ask(book: Book, fix: Record) -> None:
    """Every declared move either asks something or is one key; none asks for a comment alone."""
    one_key = {
        f"{name}.{move.id}"
        for name, cls in kinds.items()
        for move in cls.kind.moves
        if not (move.hidden or move.requires_comment or move.needs)
        and all(name == "comment" for name in move.asks)
    }
    assert {"site.confirm", "sheet.submit", "sheet.review", "weekly.accept"} <= one_key
    moves = fix.kind.by_move
    assert asks(fix, moves["escalate"]) and asks(fix, moves["fix"])
    assert asks(fix, moves["fail"]) and asks(fix, moves["verify"])


# -- questions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (("enter",), False),
        (("n",), False),
        (("escape",), None),
        (("y",), True),
        (("right", "enter"), True),
        (("tab", "enter"), True),
        (("left", "left", "enter"), False),
        (("ctrl+y", "enter"), False),  # redo in other programs, the desk in this one once
        (("a", "s", "ctrl+s", "space", "enter"), False),
    ],
)
async def test_a_question_begins_on_cancel(
    workspace: Workspace, keys: tuple[str, ...], answer: bool | None
) -> None:
    answers: list[bool | None] = []
    async with opened(workspace) as (app, pilot):
        app.push_screen(Confirm("作废 [/]FX-1？", W("作废", "Void")), answers.append)
        await quiet(pilot)
        seen = text(app)
        assert "取消 (n)" in seen and "作废 (y)" in seen and "作废 [/]FX-1？" in seen
        whole(app)
        await press(pilot, *keys)
        assert answers == [answer]


async def test_a_question_in_english(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        language.now = "en"
        app.push_screen(Confirm(W("作废？", "Void it?"), W("作废", "Void")))
        await quiet(pilot)
        assert "Cancel (n)" in text(app) and "Void (y)" in text(app)


async def test_what_the_dialog_has_no_room_for_ends_in_an_ellipsis(
    workspace: Workspace, book: Book, project: str
) -> None:
    made = book.add("fix", {"phenomenon": "UPS 旁路告警，" * 12}, project=project)
    async with opened(workspace) as (app, pilot):
        app.push_screen(MoveDialog(made, "fix"))
        await quiet(pilot)
        line = next(line for line in text(app).split("\n") if "旁路" in line)
        assert "…" in line
        assert "  原因 " in text(app)  # the label of the field that is filled in stays whole
        whole(app)
