"""What is due on a day: periods, the working calendar, rounds, versions, late ones."""

from __future__ import annotations

from datetime import date

import pytest

from models.book.book import Book
from models.records.checks import answering, questions
from models.records.checks.rounds import due_rounds, frequency
from models.records.checks.rounds.round_plan import ChecklistRound
from models.records.checks.sheet import Sheet
from sync.workspace.workspace import Workspace
from tests.support.check_days import FRIDAY, MONDAY, go
from tests.support.checks import template
from tests.support.team import acting, admit

pytestmark = pytest.mark.usefixtures("morning")


def fill(book: Book, round: ChecklistRound) -> Sheet:
    """Begin a round and answer all of it."""
    sheet = due_rounds.begin(book, round)
    asked = questions.questions(book.store, round.template.id, round.project.id, sheet)
    for question in asked:
        if question.measured:
            answering.measure(book, sheet.id, question, "23")
        else:
            answering.mark(book, sheet.id, question, "ok")
    return sheet


def test_nothing_is_due_without_a_published_template(book: Book, project: str) -> None:
    template(book, publish=False)
    assert due_rounds.rounds(book, FRIDAY) == []


def test_each_round_of_the_day_is_due(book: Book, project: str) -> None:
    template(book, rounds=2)
    found = due_rounds.rounds(book, FRIDAY)
    assert [(r.number, r.rounds, r.sheet, r.late(FRIDAY)) for r in found] == [
        (1, 2, None, False),
        (2, 2, None, False),
    ]
    assert len({r.key for r in found}) == 2


def test_a_template_of_one_project_is_due_there_only(book: Book, project: str) -> None:
    other = book.add("project", {"name": "另一个"}).id
    template(book, project)
    assert [r.project.id for r in due_rounds.rounds(book, FRIDAY)] == [project]
    template(book, None, name_zh="通用")
    assert {r.project.id for r in due_rounds.rounds(book, FRIDAY)} == {project, other}


def test_working_days_only_unless_every_day(book: Book, project: str) -> None:
    template(book, on_days=None)
    saturday, holiday, made_up = date(2026, 11, 21), date(2027, 1, 1), date(2026, 10, 10)
    assert len(due_rounds.rounds(book, FRIDAY)) == 1
    assert [r.first for r in due_rounds.rounds(book, saturday)] == [FRIDAY]  # late
    assert frequency.due_day(due_rounds.rounds(book, FRIDAY)[0].template, holiday) is None
    assert frequency.due_day(due_rounds.rounds(book, FRIDAY)[0].template, made_up) == made_up


@pytest.mark.parametrize(
    ("every", "first", "due"),
    [
        ("weekly", date(2026, 11, 16), date(2026, 11, 20)),
        ("monthly", date(2026, 11, 1), date(2026, 11, 30)),
        ("quarterly", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_one_sheet_a_period_named_by_its_first_day(
    book: Book, project: str, every: str, first: date, due: date
) -> None:
    template(book, frequency=every, on_days=None, rounds=3)
    (round,) = due_rounds.rounds(book, FRIDAY)
    assert (round.first, round.due) == (first, due)
    assert due_rounds.begin(book, round).day == first.isoformat()
    (again,) = due_rounds.rounds(book, FRIDAY)
    assert again.sheet is not None and again.key == round.key


def test_two_devices_make_the_same_sheet(workspace: Workspace, project: str) -> None:
    book = workspace.book
    template(book, frequency="weekly")
    (round,) = due_rounds.rounds(book, FRIDAY)
    (seen,) = due_rounds.rounds(book, date(2026, 11, 18))
    one, other = due_rounds.begin(book, round), due_rounds.begin(book, seen)
    assert one.id == other.id


def test_a_sheet_of_another_day_of_the_period_counts(book: Book, project: str) -> None:
    of = template(book, frequency="weekly")
    made = book.add("sheet", {"template": of, "day": "2026-11-18", "round": 1}, project=project)
    (round,) = due_rounds.rounds(book, FRIDAY)
    assert round.sheet is not None and round.sheet.id == made.id


def test_what_was_not_handed_in_is_late_once(book: Book, project: str, morning: object) -> None:
    template(book, on_days=None)
    go(morning, MONDAY)
    late, now = due_rounds.rounds(book, MONDAY)
    assert (late.first, late.late(MONDAY), now.late(MONDAY)) == (FRIDAY, True, False)
    sheet = fill(book, late)
    assert len(due_rounds.rounds(book, MONDAY)) == 2  # begun, not handed in
    book.move(sheet.id, "submit")
    assert [r.first for r in due_rounds.rounds(book, MONDAY)] == [MONDAY]


def test_no_round_is_late_from_before_the_template_was_in_use(book: Book, project: str) -> None:
    template(book)
    assert [r.late(FRIDAY) for r in due_rounds.rounds(book, FRIDAY)] == [False]


def test_a_done_round_stays_listed_as_done(book: Book, project: str) -> None:
    template(book)
    (round,) = due_rounds.rounds(book, FRIDAY)
    assert not round.done
    book.move(fill(book, round).id, "submit")
    (again,) = due_rounds.rounds(book, FRIDAY)
    assert again.done and not again.late(MONDAY)


def test_outside_its_service_period_a_project_has_none(book: Book, project: str) -> None:
    template(book)
    book.edit(project, {"service_from": "2026-01-01", "service_to": "2026-11-19"})
    assert due_rounds.rounds(book, FRIDAY) == []
    book.edit(project, {"service_to": "2026-11-20"})
    assert len(due_rounds.rounds(book, FRIDAY)) == 1


def test_a_new_version_takes_over_but_a_begun_sheet_stays(book: Book, project: str) -> None:
    old = template(book, project)
    begun = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    new = template(book, project, follows=old, version=2)
    (round,) = due_rounds.rounds(book, FRIDAY)
    assert round.sheet is not None and round.sheet.id == begun.id
    assert round.template.id == old
    (tomorrow,) = (r for r in due_rounds.rounds(book, MONDAY) if r.first == MONDAY)
    assert tomorrow.template.id == new


def test_a_void_sheet_is_begun_again(book: Book, project: str) -> None:
    template(book)
    (round,) = due_rounds.rounds(book, FRIDAY)
    sheet = due_rounds.begin(book, round)
    book.void(sheet.id, "误开")
    (again,) = due_rounds.rounds(book, FRIDAY)
    assert again.sheet is None
    assert due_rounds.begin(book, again).id == sheet.id
    assert book.get(sheet.id).void is None


def test_checklists_are_an_engineers_work(workspace: Workspace, project: str) -> None:
    template(workspace.book)
    lead = acting(workspace, admit(workspace, "项目经理甲", ["project_manager"]))
    clerk = acting(workspace, admit(workspace, "服务台甲", ["service_desk"]))
    assert due_rounds.mine(lead) == [] == due_rounds.mine(clerk)  # the founder is an engineer there
    assert len(due_rounds.mine(workspace.book)) == 1


def test_a_project_manager_alone_does_them(workspace: Workspace, project: str) -> None:
    """Nobody else is an engineer, so the checks are the project manager's."""
    template(workspace.book)
    alone = acting(workspace, admit(workspace, "项目经理甲", ["project_manager"]))
    sql = "DELETE FROM role_grant WHERE role='engineer'"
    with workspace.store.write():
        workspace.store.db.execute_sql(sql)
    workspace.people.refresh()
    assert [p.id for p in due_rounds.mine(alone)] == [project]
