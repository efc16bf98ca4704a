"""Taking: a ready-made template becomes one of the book, whole, and by those alone who may."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.rows.child_rows import rows_of
from models.records.checks.library import taking
from models.records.checks.library.template_library import LibraryTemplate, library, named
from models.records.checks.rounds import due_rounds
from models.records.checks.template_item import TemplateItem
from models.schema.roles import LEADS
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.check_days import FRIDAY
from tests.support.team import acting, admit

pytestmark = pytest.mark.usefixtures("morning")


@pytest.mark.parametrize("ready", library(), ids=lambda one: one.id)
def test_each_is_taken_into_use_by_one_call(
    book: Book, project: str, ready: LibraryTemplate
) -> None:
    made = taking.take(book, ready, project, publish=True)
    assert made.state == "published" and made.project == project
    assert (made.name_zh, made.name_en, made.purpose) == (*ready.name, ready.purpose)
    found = [
        one for one in rows_of(book.store, made, TemplateItem) if isinstance(one, TemplateItem)
    ]
    assert [(one.position, one.stable, one.text_zh, one.text_en) for one in found] == [
        (at, item.code, *item.text) for at, item in enumerate(ready.items, 1)
    ]
    assert [(one.low, one.high, bool(one.critical)) for one in found] == [
        (item.low, item.high, item.critical) for item in ready.items
    ]
    (round,) = due_rounds.rounds(book, FRIDAY)
    assert round.template.id == made.id  # it stands among today's


def test_a_draft_is_the_companys_own_and_not_in_use(book: Book) -> None:
    made = taking.take(book, named("network_weekly"))
    assert made.state == "draft" and made.project is None
    assert due_rounds.rounds(book, FRIDAY) == []
    book.edit(made.id, {"name_zh": "我们的网络周检"})


def test_what_was_taken_is_known_until_it_is_out_of_use(book: Book, project: str) -> None:
    assert taking.taken(book.store) == {}
    made = taking.take(book, named("room_daily"), project)
    taking.take(book, named("power_weekly"), project)
    assert taking.taken(book.store)["room_daily"] == made.number
    book.void(made.id, "试试")
    assert list(taking.taken(book.store)) == ["power_weekly"]


def test_an_engineer_takes_none(workspace: Workspace, project: str) -> None:
    theirs = acting(workspace, admit(workspace, "工程师", ["engineer"]))
    assert taking.projects_for(theirs) == [] and taking.why_not(theirs, project) is not None
    with pytest.raises(Refused):
        taking.take(theirs, named("room_daily"), project, publish=True)
    assert theirs.store.row("SELECT count(*) FROM template") == (0,)  # nothing half done


def test_a_lead_takes_it_for_a_project_or_for_all(workspace: Workspace, project: str) -> None:
    theirs = acting(workspace, admit(workspace, "经理", [LEADS[0]]))
    assert taking.projects_for(theirs) == [project, None]
    assert taking.take(theirs, named("room_daily"), project, publish=True).state == "published"
