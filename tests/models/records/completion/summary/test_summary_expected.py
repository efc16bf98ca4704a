"""The summary is asked of the project manager once the service period ended."""

from __future__ import annotations

from models.book.book import Book
from models.queries.waiting.agenda import agenda
from tests.support import surveys
from tests.support.staff import Staff


def test_it_is_on_today_of_the_project_manager(staff: Staff, project: str, book: Book) -> None:
    last = surveys.ended(book, project, days=1)
    titles = [one.awaited.title for one in agenda(staff.manager) if one.awaited is not None]
    assert f"项目总结：服务期至 {last}" in titles
    assert not any(one.group == "summary" for one in agenda(staff.department))
