"""A document that no record is: its file, its place, or why it is not needed."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.completion.archive.holdings import ArchiveEntry
from tests.support.completion import archive, holdings_of, kept
from tests.support.staff import Staff, attach


def entry(book: Book, project: str, code: str) -> ArchiveEntry:
    """How a document stands."""
    found: ArchiveEntry = next(
        one for one in holdings_of(book, project).entries if one.paper.code == code
    )
    return found


@pytest.mark.shows("Q-61a", 49)
def test_a_file_is_there_by_its_place_or_by_itself(staff: Staff, project: str) -> None:
    made = archive(staff.manager, project)
    one = staff.engineer.add("archive_item", {"archive": made.id, "document": "contract"})
    assert one.title() == "服务合同及 SLA / Contract and SLA"
    assert entry(staff.manager, project, "contract").standing == "missing"
    attach(staff.engineer, one.id)
    assert entry(staff.manager, project, "contract").standing == "kept"
    kept(staff.manager, project, "study")
    assert entry(staff.manager, project, "study").standing == "kept"


def test_what_a_project_does_not_need_says_why(staff: Staff, project: str) -> None:
    made = archive(staff.manager, project)
    one = staff.manager.add("archive_item", {"archive": made.id, "document": "study"})
    staff.manager.move(one.id, "waive", {"why": "续签项目，人员和系统未变"})
    assert entry(staff.manager, project, "study").standing == "waived"
    staff.manager.move(one.id, "require")
    assert entry(staff.manager, project, "study").standing == "missing"
