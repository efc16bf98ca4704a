"""The assessment is asked of the project manager once the service period ended."""

from __future__ import annotations

from models.book.book import Book
from models.queries.waiting.agenda import agenda
from tests.support import surveys
from tests.support.completions import assessment
from tests.support.staff import Staff


def test_targets_that_were_set_early_are_the_ones_that_wait(
    staff: Staff, project: str, book: Book
) -> None:
    last = surveys.ended(book, project, days=1)
    made = assessment(staff.manager, project, service_from=None, service_to=last)
    staff.department.move(made.id, "agree")
    (one,) = [one for one in agenda(staff.manager) if one.group == "targets"]
    assert one.awaited is not None and one.awaited.record is not None
    assert one.awaited.record.id == made.id and str(one.awaited.progress()) == "目标已确定"
