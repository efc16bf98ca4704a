"""Reason prompt: what it asks for, with which offers, and what a half-typed text is kept as."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from models.storage.drafts import Drafts
from models.text.words import language
from sync.workspace.workspace import Workspace
from tui.areas.checks.sheet.reason_prompt import ReasonPrompt, WordsWanted
from tui.areas.checks.sheet.sheet_answering import SheetAnswering
from tui.forms.prompt_line import PromptLine

pytestmark = pytest.mark.usefixtures("friday")


class Prompting(App[None]):
    """An app with the prompt alone; notes what it posts."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[str] = []

    def compose(self) -> ComposeResult:
        """The prompt."""
        yield ReasonPrompt()

    def on_prompt_line_given(self, event: PromptLine.Given) -> None:
        """Words were given."""
        self.given.append(event.text)

    @property
    def prompt(self) -> ReasonPrompt:
        """The prompt."""
        return self.query_one(ReasonPrompt)


@pytest.fixture
def drafts(workspace: Workspace) -> Drafts:
    """The drafts of the workspace."""
    return Drafts(workspace.home)


@asynccontextmanager
async def asking(
    sheet: SheetAnswering, drafts: Drafts, wanted: WordsWanted
) -> AsyncIterator[tuple[Prompting, Pilot[None]]]:
    """An app that asks for these words."""
    app = Prompting()
    async with app.run_test() as pilot:
        app.prompt.ask_for(wanted, drafts, lambda: sheet.begun_answer(wanted.question))
        await pilot.pause()
        yield app, pilot


def test_each_is_asked_for_by_its_own_word(sheet: SheetAnswering) -> None:
    here = sheet.questions[0]
    wanted = [
        *(WordsWanted(here, "reason", result) for result in ("na", "unchecked", "ok")),
        WordsWanted(here, "remark"),
        WordsWanted(here, "remark", "ok"),
    ]
    assert [str(one.label) for one in wanted] == [
        "不适用的原因",
        "未检的原因",
        "超限仍正常的原因",
        "备注",
        "结果",
    ]
    language.now = "en"
    assert str(wanted[0].label) == "Why n/a"


def test_a_draft_of_a_reason_carries_its_result(sheet: SheetAnswering) -> None:
    here = sheet.questions[0]
    answer = sheet.begun_answer(here)
    reason = WordsWanted(here, "reason", "na").draft(answer, "停用")
    assert reason.values == {"result": "na", "reason": "停用"}
    assert (reason.type, reason.record, reason.base) == ("answer", answer.id, answer.dots)
    assert WordsWanted(here, "remark").draft(answer, "响").values == {"remark": "响"}
    assert WordsWanted(here, "remark", "ok").draft(answer, "无").values == {"remark": "无"}


async def test_a_reason_is_offered_by_its_digit(sheet: SheetAnswering, drafts: Drafts) -> None:
    async with asking(sheet, drafts, WordsWanted(sheet.questions[0], "reason", "na")) as (
        app,
        pilot,
    ):
        await pilot.press("2")
        await pilot.pause()
        assert app.given == ["现场无此设备"] and not app.prompt.display
    assert sheet.book.store.rows("SELECT count(*) FROM answer") == [(0,)]


async def test_a_reason_is_needed_and_a_remark_is_not(
    sheet: SheetAnswering, drafts: Drafts
) -> None:
    async with asking(sheet, drafts, WordsWanted(sheet.questions[0], "reason", "na")) as (
        app,
        pilot,
    ):
        await pilot.press("enter")
        await pilot.pause()
        assert app.given == [] and app.prompt.display
    async with asking(sheet, drafts, WordsWanted(sheet.questions[0], "remark")) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        assert app.given == [""]


async def test_words_left_half_typed_are_asked_for_again(
    sheet: SheetAnswering, drafts: Drafts
) -> None:
    async with asking(sheet, drafts, WordsWanted(sheet.questions[0], "remark")) as (_, pilot):
        await pilot.press("声", "escape")
    sheet.read()
    (draft,) = drafts.all()
    answer = sheet.questions[0].answer
    assert answer is not None and draft.key == f"words:{answer.id}:remark:" and draft.left
    async with asking(sheet, drafts, WordsWanted(sheet.questions[0], "remark")) as (app, pilot):
        await pilot.press("音", "enter")
        await pilot.pause()
        assert app.given == ["声音"]
    assert drafts.all() == []


async def test_two_questions_of_an_item_keep_a_draft_each(
    sheet: SheetAnswering, drafts: Drafts
) -> None:
    reason = WordsWanted(sheet.questions[0], "reason", "unchecked")
    async with asking(sheet, drafts, reason) as (_, pilot):
        await pilot.press("锁", "escape")
    sheet.read()
    async with asking(sheet, drafts, WordsWanted(sheet.questions[0], "remark")) as (app, pilot):
        await pilot.press("响", "enter")
        await pilot.pause()
        assert app.given == ["响"]
    (draft,) = drafts.all()
    assert draft.values == {"result": "unchecked", "reason": "锁"}
    sheet.read()
    reason = WordsWanted(sheet.questions[0], "reason", "unchecked")
    async with asking(sheet, drafts, reason) as (app, pilot):
        await pilot.press("enter")  # as it was typed: its draft goes with it
        await pilot.pause()
        assert app.given == ["锁"]
    assert drafts.all() == []


async def test_a_remark_begins_with_the_saved_one_and_a_reason_does_not(
    sheet: SheetAnswering, drafts: Drafts
) -> None:
    sheet.mark(sheet.questions[0], "na", reason="停用")
    sheet.read()
    sheet.put_remark(sheet.questions[0], "声音大")
    sheet.read()
    here = sheet.questions[0]
    for wanted, text in (
        (WordsWanted(here, "remark"), "声音大"),
        (WordsWanted(here, "reason", "na"), ""),
    ):
        async with asking(sheet, drafts, wanted) as (app, _):
            assert app.prompt._editor.value == text
