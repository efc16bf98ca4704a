"""Contributions: every registered name is there, and belongs to a declared type and move."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from models.records.problems import recurrence
from models.schema.record import kinds
from models.storage.drafts import FormDraft
from sync.workspace.workspace import Workspace
from tui.areas import contributions
from tui.areas.checks import checklist_page
from tui.areas.checks.sheet import reading_draft
from tui.documents.document import DOCUMENTS, RECORDS
from tui.forms.form_session import FormSession
from tui.forms.form_task import FormTask
from tui.pages import registry
from tui.pages.forms.drafts_dialog import page_of
from tui.pages.forms.form_panel import FormPanel, panel_of

NAMES = [
    *registry.FORM_PANELS.values(),
    *registry.DRAFT_PAGES.values(),
    *registry.MOVE_FORMS.values(),
    *registry.ITEM_PAGES.values(),
    *registry.INBOX_VIEWS.values(),
    *(place.opens for place in registry.PLACES if not place.opens.startswith("=")),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_registered_name_is_there(name: str) -> None:
    assert callable(registry.load(name))


def test_types_and_moves_are_declared() -> None:
    documents = {one.type for one in DOCUMENTS.values() if one.type} | set(RECORDS)
    documents |= {type_ for one in DOCUMENTS.values() for type_ in one.offered_by}
    listed = {place.opens[1:] for place in registry.PLACES if place.opens.startswith("=")}
    for types in (
        registry.FORM_PANELS,
        registry.ITEM_PAGES,
        registry.INBOX_VIEWS,
        documents,
        listed,
    ):
        assert set(types) and set(types) <= set(kinds)
    for type_, move in registry.MOVE_FORMS:
        assert move in kinds[type_].kind.by_move


def test_registering_loads_no_page() -> None:
    code = f"import sys, {contributions.__name__}; print('textual' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert done.stdout.strip() == "False"


def test_a_panel_stands_below_the_form_of_its_type_alone(workspace: Workspace) -> None:
    for type_ in ("fix", "escalation", "customer"):
        session = FormSession(workspace, FormTask(type_=type_))
        panel = panel_of(type_, session)
        assert isinstance(panel, FormPanel) and panel.session is session
        assert bool(panel.commands) == (type_ in recurrence.TYPES)


def test_a_reading_being_typed_goes_on_at_its_checklist() -> None:
    draft = FormDraft(key=f"{reading_draft.KEY}x", type="answer", start={"page": "p"})
    page = page_of(None, draft)  # type: ignore[arg-type]  # asks nothing of the app
    assert isinstance(page, checklist_page.ChecklistPage)
