"""A list of documents is put to use once it can be read."""

from __future__ import annotations

import pytest

from models.book.rows.child_rows import rows_of
from models.records.completion.archive.required_document import RequiredDocument
from models.records.completion.archive.shipped_documents import PROJECT_ARCHIVE
from tests.support.staff import Staff, no_add, no_edit, no_move


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"source": "nonsense"}, "不是可归档的记录类型"),
        ({"source": "competence"}, "不是可归档的记录类型"),  # a restricted one
        ({"source": "fix", "states": "verified gone"}, "没有状态“gone”"),
        ({"source": "fix", "how_many": "quarter"}, "没有季度"),
        ({"code": "Bad Code"}, "不能作代码"),
    ],
)
def test_a_row_names_what_there_is(staff: Staff, values: dict[str, str], said: str) -> None:
    made = staff.quality.add("document_list", {"subject": PROJECT_ARCHIVE})
    whole = {"code": "x", "name_zh": "某文件", "name_en": "Some", **values}
    assert said in no_add(staff.quality, "required_document", {"document_list": made.id, **whole})


def test_a_row_stays_readable_when_it_is_edited(staff: Staff) -> None:
    made = staff.quality.add("document_list", {"subject": PROJECT_ARCHIVE})
    drafts = rows_of(staff.quality.store, made, RequiredDocument)
    one = next(one for one in drafts if one.values()["source"] == "fix")
    assert "没有状态" in no_edit(staff.quality, one.id, states="happy")


def test_an_empty_list_is_not_put_to_use(staff: Staff) -> None:
    made = staff.quality.add("document_list", {"subject": PROJECT_ARCHIVE})
    for one in rows_of(staff.quality.store, made, RequiredDocument):
        staff.quality.void(one.id, "不用")
    staff.quality.edit(made.id, {"reason": "清空"})
    assert "至少要有一份文件" in no_move(staff.quality, made.id, "use")
