"""Reading draft: a value that is typed and not saved outlives the page; once saved, it goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.message_pump import MessagePump

from models.storage.drafts import Drafts
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tui.areas.checks.sheet.reading_draft import KEY, ReadingDraft
from tui.areas.checks.sheet.sheet_answering import SheetAnswering
from tui.areas.checks.sheet.typed_reading import TypedReading

pytestmark = pytest.mark.usefixtures("friday")


class Clock(MessagePump):
    """A page whose timers ring at once."""

    def set_timer(self, delay: float, callback: Callable[[], object]) -> None:  # type: ignore[override]
        """Call now."""
        callback()


def draft_of(
    workspace: Workspace, sheet: SheetAnswering, typed: TypedReading, told: list[Refused]
) -> ReadingDraft:
    """The draft of the value being typed on this sheet."""
    assert sheet.round is not None
    return ReadingDraft(typed, sheet.round, Drafts(workspace.home), Clock(), told.append)


def test_what_is_typed_is_brought_back_on_its_question(
    workspace: Workspace, sheet: SheetAnswering
) -> None:
    told: list[Refused] = []
    typed = TypedReading()
    draft = draft_of(workspace, sheet, typed, told)
    typed.begin(sheet.keys[1], "26.5")
    draft.note()
    draft.close()
    (kept,) = Drafts(workspace.home).all()
    assert sheet.round is not None and kept.key == f"{KEY}{sheet.round.key}"
    assert kept.texts == {"reading": "26.5"} and not kept.left and not told
    assert kept.start == {"question": sheet.keys[1], "page": sheet.round.key}

    again = TypedReading()
    later = draft_of(workspace, sheet, again, told)
    assert later.bring_back(sheet.keys) == sheet.keys[1]
    assert (again.question, again.text) == (sheet.keys[1], "26.5")
    again.forget()  # it is saved
    later.note()
    later.close()
    assert Drafts(workspace.home).all() == [] and not told


def test_a_draft_of_a_begun_sheet_names_the_sheet(
    workspace: Workspace, sheet: SheetAnswering
) -> None:
    sheet.mark(sheet.questions[0], "ok")
    sheet.read()
    typed = TypedReading()
    draft = draft_of(workspace, sheet, typed, [])
    typed.begin(sheet.keys[1], "2")
    draft.note()
    draft.flush()
    (kept,) = Drafts(workspace.home).all()
    assert kept.start["page"] == sheet.record().id


def test_a_question_that_is_gone_gets_nothing_back(
    workspace: Workspace, sheet: SheetAnswering
) -> None:
    typed = TypedReading()
    draft = draft_of(workspace, sheet, typed, [])
    assert draft.bring_back(sheet.keys) is None  # there is no draft
    typed.begin("gone/", "5")
    draft.note()
    draft.close()
    again = TypedReading()
    assert draft_of(workspace, sheet, again, []).bring_back(sheet.keys) is None
    assert again.text is None and len(Drafts(workspace.home).all()) == 1


def test_where_nothing_was_typed_nothing_is_written(
    workspace: Workspace, sheet: SheetAnswering
) -> None:
    draft = draft_of(workspace, sheet, TypedReading(), [])
    draft.note()
    draft.flush()
    draft.close()
    assert not list(Drafts(workspace.home).all())
