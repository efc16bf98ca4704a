"""Task rows: what Today says of a task, a due round and a draft."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.queries.waiting.agenda import AgendaItem, AwaitedRecord
from models.schema.record import Record
from models.storage.drafts import FormDraft
from sync.workspace.workspace import Workspace
from tests.support.team import acting, admit
from tui.display.task_rows import Rows

FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """The clock stands at nine on a Friday."""
    with time_machine.travel(instant(FRIDAY, 9 * 60) / 1000, tick=False):
        yield


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    """A fix."""
    return book.add("fix", {"phenomenon": "UPS 告警"}, project=project)


def task(record: Record | None, due: date | None, **more: object) -> AgendaItem:
    """A task about a record."""
    given = {"group": "work", "project": "甲"}
    return AgendaItem(**{**given, "record": record, "due": due, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "overdue", "said", "style"),
    [
        (-3, True, "逾期3天", "error"),
        (0, True, "已逾期", "error"),
        (0, False, "今天", ""),
        (1, False, "明天", ""),
        (5, False, "11-25", ""),
        (-3, False, "", ""),
    ],
)
def test_a_due_day_as_people_say_it(
    workspace: Workspace, fix: Record, days: int, overdue: bool, said: str, style: str
) -> None:
    due = FRIDAY + timedelta(days)
    line = Rows(workspace).task(task(fix, due, overdue=overdue))
    assert line.values["due"] == said and line.style == style


def test_a_record_is_said_by_type_title_and_state(workspace: Workspace, fix: Record) -> None:
    line = Rows(workspace).task(task(fix, None, since=fix.occurred))
    assert line.values["title"] == f"{fix.kind.label}  UPS 告警"
    assert str(line.values["what"]) == str(fix.kind.state(fix.state).label)
    assert line.values["project"] == "甲" and line.values["due"] == ""
    assert line.values["age"] == "刚刚"


def test_what_was_returned_is_marked(workspace: Workspace, fix: Record) -> None:
    assert Rows(workspace).task(task(fix, None, group="returned")).style == "warning"


def test_what_is_awaited_says_its_progress_and_whose_it_is(
    workspace: Workspace, book: Book, project: str
) -> None:
    mine = book.add("weekly", {"person": book.me, "week": "2026-W47"}, project=project)
    other = acting(workspace, admit(workspace, "工程师乙", ["engineer"]))
    theirs = other.add("weekly", {"person": other.me, "week": "2026-W47"}, project=project)
    for record, title in ((None, "周报"), (mine, "周报"), (theirs, "周报 · 工程师乙")):
        awaited = AwaitedRecord("weekly", "k", "周报", record, False, lambda: "2/3")
        assert Rows(workspace).task(task(None, None, awaited=awaited)).values["title"] == title
    done = AwaitedRecord("weekly", "k", "周报", mine, True, lambda: "已交")
    line = Rows(workspace).task(task(None, None, awaited=done))
    assert line.style == "muted" and line.values["what"] == "已交" and line.id == "weekly:k"


def test_more_of_a_kind_are_counted(workspace: Workspace, fix: Record) -> None:
    line = Rows(workspace).task(task(None, None, more=("fix", fix.state, 12)))
    state = fix.kind.state(fix.state).label
    assert line.values["title"] == f"还有 12 条{fix.kind.label}（{state}）"


def test_a_draft_says_what_was_typed_and_no_ids(workspace: Workspace, book: Book) -> None:
    site = book.add("site", {"name": "机房"})
    draft = FormDraft(
        key="new:fix",
        type="fix",
        values={"phenomenon": "泵\n停了", "site": site.id},
        texts={"occurred": "8:3"},
        at=book.change_log.now() - 120_000,
    )
    line = Rows(workspace).draft(draft)
    assert line.id == "draft:new:fix" and line.style == "warning"
    assert line.values["title"] == "现场处置  泵 停了 8:3" and line.values["age"] == "2分"
    unknown = FormDraft(key="new:tour", type="tour", values={"note": "看"}, at=draft.at)
    assert Rows(workspace).draft(unknown).values["title"] == "tour  看"
