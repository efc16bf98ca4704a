"""The rows of a list say the same in every version."""

from __future__ import annotations

from models.records.completion.archive import required
from models.records.completion.archive.shipped_documents import PROJECT_ARCHIVE
from models.schema import company_tables
from tests.support.staff import Staff


def test_a_copy_says_the_same_as_what_it_was_copied_from(staff: Staff) -> None:
    made = staff.quality.add("document_list", {"subject": PROJECT_ARCHIVE})
    staff.quality.edit(made.id, {"reason": "首版"})
    staff.quality.move(made.id, "use")
    assert (
        required.papers(staff.quality.store)
        == company_tables.document_lists[PROJECT_ARCHIVE].papers
    )
