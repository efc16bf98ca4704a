"""Similar problems: the nearest experience first; nothing for one word, nothing that is retired."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.projects import all_projects
from models.records.problems import similar_problems
from models.schema.record import Record
from tests.support.problem_reports import in_use


def experience(book: Book, subject: str, symptom: str, **values: object) -> Record:
    """An experience record, in use."""
    project = all_projects(book.store)[0].id
    return in_use(book, project, subject=subject, symptom=symptom, **values)


@pytest.mark.shows(37, 91)
def test_the_nearest_is_offered_first_and_what_differs_not_at_all(book: Book, world: str) -> None:
    far = experience(book, "端口不通", "光模块收光过低", equipment_class="network")
    near = experience(
        book, "UPS 切旁路", "蓄电池组内阻超限，UPS 切旁路告警", equipment_class="power"
    )
    ups = book.store.row("SELECT id FROM equipment")
    assert ups is not None
    found = similar_problems.fitting(book.store, "巡检发现 UPS 切旁路告警", ups[0])
    assert [one.record.id for one in found] == [near.id]
    assert [
        one.record.id for one in similar_problems.fitting(book.store, "光模块收光低，端口不通")
    ] == [far.id]


def test_nothing_is_offered_for_a_word_or_from_what_is_retired(book: Book) -> None:
    made = experience(book, "UPS 切旁路", "电池内阻超限")
    assert similar_problems.fitting(book.store, "UPS") == []
    book.move(made.id, "retire", comment="已改型")
    assert similar_problems.fitting(book.store, "UPS 切旁路，电池内阻超限") == []
