"""What is owed for each service period: not before it ended, of its doers, until it is done."""

from __future__ import annotations

from models.book.book import Book
from models.book.projects import my_projects
from models.derived.expected import DueWindow, Expected, begin, expected
from models.queries.waiting.agenda import agenda
from tests.support import completions, surveys
from tests.support.staff import Staff

TYPES = ("project_summary", "target_assessment")


def waiting(book: Book, *, behind: bool = True) -> dict[str, Expected]:
    """Type -> what is expected of this person now."""
    window = DueWindow(
        first=book.today,
        last=book.today,
        projects=my_projects(book),
        people=frozenset([book.me]),
        behind=behind,
    )
    return {one.type: one for one in expected(book, window, *TYPES)}


def test_both_wait_for_the_project_manager_once_the_service_ended(
    staff: Staff, project: str, book: Book
) -> None:
    surveys.ended(book, project, days=0)
    assert waiting(staff.manager) == {}
    last = surveys.ended(book, project, days=1)
    found = waiting(staff.manager)
    assert sorted(found) == sorted(TYPES)
    for one in found.values():
        assert one.values == {"service_to": last} and last in one.title
        assert one.standing == "due" and str(one.progress()) == "未开始"
    assert waiting(staff.engineer) == {} == waiting(staff.desk)
    groups = [item.group for item in agenda(staff.manager) if item.awaited]
    assert groups == ["summary", "targets"]


def test_it_is_begun_once_and_waits_until_it_is_submitted(
    staff: Staff, project: str, book: Book
) -> None:
    surveys.ended(book, project, days=2)
    one = waiting(staff.manager)["project_summary"]
    made = begin(staff.manager, "project_summary", one.values, project)
    assert begin(staff.manager, "project_summary", one.values, project).id == made.id
    assert str(waiting(staff.manager)["project_summary"].progress()) == "准备讨论稿"
    staff.manager.edit(made.id, completions.WRITTEN)
    completions.scored(staff.manager, made)
    values = {"attendees": staff.manager.me, "minutes": "通过"}
    staff.manager.move(made.id, "submit", values)
    assert waiting(staff.manager)["project_summary"].done
    staff.department.move(made.id, "return", comment="补充")
    assert waiting(staff.manager)["project_summary"].group == "returned"


def test_a_late_one_goes_on_waiting(staff: Staff, project: str, book: Book) -> None:
    surveys.ended(book, project, days=60)
    assert all(one.overdue for one in waiting(staff.manager).values())
    assert waiting(staff.manager, behind=False) == {}
