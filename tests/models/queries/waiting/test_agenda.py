"""The agenda: what waits for whom, in which group, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.queries.waiting import agenda
from models.queries.waiting.agenda import waiting_groups
from models.records.checks.rounds import due_rounds
from models.schema.lifecycle import State
from models.schema.record import kinds
from sync.workspace.workspace import Workspace
from tests.support.checks import template
from tests.support.escalations import taken_up
from tests.support.team import acting, admit

NOW = instant(date(2026, 11, 20), 9 * 60)


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    """A Friday morning."""
    with time_machine.travel(NOW / 1000, tick=False):
        yield


def groups(book: Book) -> list[tuple[str, str]]:
    """(group, what) of every task."""
    found = []
    for task in agenda.agenda(book):
        what = task.awaited.title if task.awaited else ""
        what = task.record.title() if task.record else what
        found.append((task.group, what))
    return found


def test_a_new_book_has_this_weeks_entry_only(book: Book, project: str) -> None:
    assert groups(book) == [("week", "周报 2026-W47")]


def test_every_kind_of_waiting_has_its_group(book: Book, project: str) -> None:
    template(book)
    book.add("fix", {"phenomenon": "没好"}, project=project)
    done = book.add("fix", {"phenomenon": "好了", "correction": "x"}, project=project)
    book.move(done.id, "fix")
    raised = book.add("escalation", {"phenomenon": "大事"}, project=project)
    back = book.add("escalation", {"phenomenon": "退回的"}, project=project)
    book.move(back.id, "return", {"advice": "再试"})
    assert groups(book) == [
        ("check", "机房日检"),
        ("returned", "退回的"),
        ("verify", "好了"),
        ("decide", "大事"),
        ("work", "没好"),
        ("week", "周报 2026-W47"),
    ]
    book.move(raised.id, "accept", taken_up(book))
    assert ("decide", "大事") in groups(book)


@pytest.mark.parametrize(
    ("type_", "state"),
    [
        pytest.param(type, state, id=f"{type}-{state.name}")
        for type, cls in sorted(kinds.items())
        for state in cls.kind.states
        if state.waits
    ],
)
def test_only_what_was_sent_back_says_so(type_: str, state: State) -> None:
    """A group tells why something waits; a colour tells nothing of it."""
    kind = kinds[type_].kind
    into = [move for move in kind.moves if move.to == state.name and not move.hidden]
    sent_back = any(move.id in ("return", "send_back", "refuse", "fail") for move in into)
    shown = next((one for one in kind.states if not one.derived), state)
    record = kinds[type_](id="1", author="我", state=shown.name)
    group = agenda.group_of(record, "我", state.name)
    assert (group == "returned") is state.returned
    assert group in {one.name for one in agenda.sections()}
    if state.returned:
        assert sent_back and state.tone == "bad" and not state.derived
    elif state.tone == "bad":
        assert not sent_back


def test_the_overdue_stand_first_in_their_group(book: Book, project: str) -> None:
    for text, due in (("不急", "2026-11-30"), ("过期", "2026-11-19"), ("今天", "2026-11-20")):
        book.add("escalation", {"phenomenon": text, "due": due}, project=project)
    found = [t for t in agenda.agenda(book) if t.group == "decide"]
    assert (found[0].record and found[0].record.title(), found[0].overdue) == ("过期", True)
    assert [t.overdue for t in found[1:]] == [False, False]


def test_a_sheet_stands_once(book: Book, project: str) -> None:
    template(book)
    (round,) = due_rounds.rounds(book, date(2026, 11, 20))
    due_rounds.begin(book, round)
    assert groups(book) == [("check", "机房日检"), ("week", "周报 2026-W47")]


def test_a_returned_sheet_is_returned_and_not_due_as_well(
    workspace: Workspace, project: str
) -> None:
    book = workspace.book
    lead = acting(workspace, admit(workspace, "项目经理甲", ["project_manager"]))
    template(book, None, ())
    (round,) = due_rounds.rounds(book, date(2026, 11, 20))
    sheet = due_rounds.begin(book, round)
    book.move(sheet.id, "submit")
    assert ("decide", sheet.number) in groups(lead)
    lead.move(sheet.id, "return", comment="补测")
    assert [group for group, _ in groups(book)] == ["returned", "week"]


def test_ones_own_submission_waits_for_the_other(workspace: Workspace, project: str) -> None:
    book = workspace.book
    made = book.add(
        "weekly", {"week": "2026-W47", "person": book.me, "progress": "x"}, project=project
    )
    book.move(made.id, "submit")
    assert ("decide", "x") in groups(book)  # nobody else is there
    lead = acting(workspace, admit(workspace, "项目经理甲", ["project_manager"]))
    assert groups(book) == [("week", "周报 2026-W47")]
    assert ("decide", "x") in groups(lead)


def test_what_is_too_much_is_counted(book: Book, project: str) -> None:
    for number in range(53):
        book.add("fix", {"phenomenon": f"{number}"}, project=project)
    tasks = [task for task in agenda.agenda(book) if task.group == "work"]
    assert len(tasks) == 51
    assert tasks[-1].more == ("fix", "open", 3)


def test_what_is_others_does_not_wait_for_me(workspace: Workspace, project: str) -> None:
    workspace.book.add("fix", {"phenomenon": "我的"}, project=project)
    other = acting(workspace, admit(workspace, "工程师乙", ["engineer"]))
    assert groups(other) == [("week", "周报 2026-W47")]


def test_however_many_wait_they_are_counted_in_an_index(book: Book, project: str) -> None:
    """On the first page a look-up for each of thousands of open records would be felt."""
    asked: list[str] = []
    connection = book.store.db.connection()
    connection.set_trace_callback(asked.append)
    waiting_groups(book)
    connection.set_trace_callback(None)
    counts = [sql for sql in asked if "COUNT" in sql and "author" in sql and "COALESCE" not in sql]
    counts = [sql for sql in counts if "<=" not in sql]  # what waits for a day has few of them
    assert len(counts) > 5
    for sql in counts:
        plan = " ".join(str(row[3]) for row in book.store.rows(f"EXPLAIN QUERY PLAN {sql}"))
        assert "_waits (state=?)" in plan, (sql, plan)


def asked(book: Book) -> list[tuple[str, int]]:
    """(title, for how many more projects) of every checklist that is due."""
    found = (task.awaited for task in agenda.agenda(book) if task.group == "check")
    return [(one.title, one.also) for one in found if one is not None]


def test_what_many_projects_owe_far_ahead_is_one_line(book: Book, project: str) -> None:
    for name in ("二号项目", "三号项目"):
        book.add("project", {"name": name})
    template(book)
    template(book, name_zh="帐号检查", frequency="quarterly")
    assert asked(book) == [
        *(("机房日检", 0) for _ in range(3)),  # what is due today names each project
        ("帐号检查（2026-Q4）", 2),
    ]
    assert agenda.count(agenda.mine(agenda.agenda(book))) == 3 + 3 + 3  # the weeks' entries, too
    one = next(task.awaited for task in agenda.agenda(book) if task.awaited and task.awaited.also)
    book.add("sheet", one.values, project=one.project)  # begun, it stands apart
    assert sorted(asked(book)[3:]) == [("帐号检查（2026-Q4）", 0), ("帐号检查（2026-Q4）", 1)]


def test_more_than_a_few_overdue_of_one_kind_are_one_line(book: Book, project: str) -> None:
    others = [book.add("project", {"name": name}).id for name in ("二号项目", "三号项目")]
    with time_machine.travel(instant(date(2026, 12, 2), 9 * 60) / 1000, tick=False):

        def late() -> list[int]:
            """For how many more projects each overdue entry of a week stands."""
            found = (task.awaited for task in agenda.agenda(book) if task.overdue)
            return [one.also for one in found if one is not None]

        assert late() == [2]
        book.move(others[0], "complete")
        assert late() == [0, 0]
