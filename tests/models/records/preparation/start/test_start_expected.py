"""Expected starts: told to the leads around the first day of the service."""

from __future__ import annotations

from datetime import timedelta

from models.book.book import Book
from models.derived import expected
from models.queries.waiting.agenda import AgendaItem, agenda
from tests.support.staff import Staff


def waiting(book: Book) -> list[AgendaItem]:
    """The starts on somebody's Today."""
    found = [one for one in agenda(book) if one.awaited is not None]
    return [one for one in found if one.awaited and one.awaited.type == "service_start"]


def test_it_is_asked_for_two_weeks_around_the_day(staff: Staff, project: str) -> None:
    assert waiting(staff.manager) == []
    for days, there in ((15, False), (14, True), (-14, True), (-15, False)):
        day = (staff.manager.today + timedelta(days=days)).isoformat()
        staff.manager.edit(project, {"service_from": day})
        assert bool(waiting(staff.manager)) == there, days
    assert waiting(staff.engineer) == []


def test_it_begins_with_its_record_and_ends_with_the_start(staff: Staff, project: str) -> None:
    day = staff.manager.today.isoformat()
    staff.manager.edit(project, {"service_from": day})
    [item] = waiting(staff.manager)
    assert item.awaited is not None and item.awaited.title == "服务开始：测试项目"
    made = expected.begin(staff.manager, "service_start", item.awaited.values, project)
    assert made.title() == "测试项目"
    [item] = waiting(staff.manager)
    assert item.awaited is not None and item.awaited.record is not None
    assert str(item.awaited.progress()) == "准备中"
