"""The list of documents is the company's, in versions."""

from __future__ import annotations

import pytest

from models.book.rows.child_rows import rows_of
from models.records.completion.archive.required_document import RequiredDocument
from models.records.completion.archive.shipped_documents import PROJECT_ARCHIVE
from models.schema import company_tables
from tests.support.completion import holdings_of
from tests.support.staff import Staff


@pytest.mark.shows("Q-61a", 49)
def test_a_version_of_ones_own_replaces_it(staff: Staff, project: str) -> None:
    quality = staff.quality
    made = quality.add("document_list", {"subject": PROJECT_ARCHIVE})
    drafts = rows_of(quality.store, made, RequiredDocument)
    shipped = company_tables.document_lists[PROJECT_ARCHIVE].papers
    assert [one.title() for one in drafts] == [one.name.zh for one in shipped]
    for one in drafts[1:]:
        quality.void(one.id, "不用")
    values = {"code": "drawings", "name_zh": "竣工图", "name_en": "Drawings", "position": 5}
    quality.add("required_document", {"document_list": made.id, **values})
    quality.edit(made.id, {"reason": "按公司档案规定"})
    quality.move(made.id, "use")
    codes = [one.paper.code for one in holdings_of(staff.manager, project).entries]
    assert codes == ["drawings", "contract"]
