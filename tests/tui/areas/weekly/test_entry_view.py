"""Entry view: when an entry is due, what is filled in beforehand, its problems, what changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from models.book.book import Book
from models.calendar.working_calendar import BUNDLED
from models.records.weekly import entries, prefill, problem_intake
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.support.entry_weeks import W47, entry, fix, go, submitted
from tui.areas.weekly.entry_view import EntryView
from tui.display.parts import TextPart, plain
from tui.display.values import Values


@pytest.fixture(autouse=True)
def friday() -> Iterator[Any]:
    """A Friday afternoon in week 47."""
    with time_machine.travel(0, tick=False) as clock:
        go(clock, "11-20 16:00")
        yield clock


def parts(workspace: Workspace, book: Book) -> list[TextPart]:
    """The parts of this week's entry."""
    due = entry(book)
    texts = prefill.beforehand(book, due, BUNDLED)
    person = due.weekly.person if due.weekly is not None else book.me
    found = problem_intake.preview(book, due.project.id, W47, person or book.me, due.weekly)
    return EntryView(book, Values(workspace), due, texts, found).parts()


def said(workspace: Workspace, book: Book) -> str:
    """The parts as text, without the room between them."""
    return " ".join(plain(parts(workspace, book)).split())


def styles(workspace: Workspace, book: Book, text: str) -> list[str]:
    """The styles of the parts that hold a text."""
    return [one.style for one in parts(workspace, book) if text in str(one.body)]


def test_what_is_filled_in_beforehand_is_marked(workspace: Workspace, book: Book) -> None:
    fix(book, entry(book).project.id)
    text = said(workspace, book)
    assert "本周进展 预先填好，可修改 现场处置：处理 1 项，关闭 0 项。" in text
    assert "风险 （空）" in text and "需要的支持 （空）" in text
    submitted(book)
    assert "预先填好" not in said(workspace, book)


def test_each_text_and_problem_can_be_stopped_on(workspace: Workspace, book: Book) -> None:
    source = fix(book, entry(book).project.id).id
    ids = [one.id for one in parts(workspace, book) if one.id]
    assert ids == [
        "field:progress",
        f"problem:{source}",
        "field:risks",
        "field:next_week",
        "field:help_needed",
        "field:health",
        "field:hours",
    ]


@pytest.mark.parametrize(
    ("when", "text", "style"),
    [
        ("11-20 16:00", "11-23 12:00 前提交", "muted"),
        ("11-23 12:01", "已逾期：应在 11-23 12:00 前提交", "bad"),
    ],
)
def test_when_it_is_due(
    workspace: Workspace, book: Book, friday: Any, when: str, text: str, style: str
) -> None:
    go(friday, when)
    assert styles(workspace, book, text) == [style]


def test_what_came_late_stays_late(workspace: Workspace, book: Book, friday: Any) -> None:
    go(friday, "11-24 09:00")
    submitted(book)
    assert styles(workspace, book, "迟交：应在 11-23 12:00 前") == ["warn"]


def test_problems_are_counted_and_say_what_was_done(workspace: Workspace, book: Book) -> None:
    project = entry(book).project.id
    assert "问题 已解决 0，未解决 0 本周没有要写的问题。" in said(workspace, book)
    done, left = fix(book, project), fix(book, project, "门禁失灵", fixed=False)
    text = said(workspace, book)
    assert "问题 已解决 1，未解决 1" in text
    assert f"已解决 UPS 告警 待再次验证 {done.number} 原因：电池老化 措施：更换电池" in text
    assert f"未解决 门禁失灵 {left.number}" in text
    book.move(done.id, "verify", {"verify_method": "实测"})
    assert f"UPS 告警 已再次验证 {done.number}" in said(workspace, book)
    language.now = "en"
    assert "Problems 1 solved, 1 open" in said(workspace, book)


def test_a_lead_s_comment_and_the_changes_after_it_are_shown(
    workspace: Workspace, book: Book, friday: Any
) -> None:
    weekly = submitted(book)
    book.move(weekly.id, "return", comment="写具体")
    assert styles(workspace, book, "测试员 11-20 16:00 已退回：写具体") == ["bad"]
    go(friday, "11-20 16:10")
    book.edit(weekly.id, {"progress": "三处巡检"})
    book.move(weekly.id, "submit")
    text = said(workspace, book)
    assert "上次提交后改过：本周进展" in text and "写具体" in text


def test_the_status_has_its_colour(workspace: Workspace, book: Book) -> None:
    for health, tone in (("green", "good"), ("yellow", "warn"), ("red", "bad")):
        entries.keep(book, entry(book), {"health": health})
        (part,) = [one for one in parts(workspace, book) if one.id == "field:health"]
        assert part.style == tone
    entries.keep(book, entry(book), {"health": None})
    (part,) = [one for one in parts(workspace, book) if one.id == "field:health"]
    assert part.style == "muted" and "（空）" in str(part.body)
