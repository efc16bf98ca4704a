"""A draft is filled from a ready-made template, again without doubling, and copied as it is."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.rows import child_rows
from models.book.rows.row_copy import copy_record
from models.records.checks.ready_templates import READY
from models.records.checks.template import Template
from models.records.checks.template_item import TemplateItem
from models.schema.record import Record
from models.storage import rows
from tests.support.staff import Staff, no_move


def texts(book: Book, template: str) -> list[str]:
    """The items of a template that are in use, in order."""
    found = child_rows.rows_of(book.store, book.get(template), TemplateItem)
    return [str(one.values()["text_zh"]) for one in found if one.void is None]


@pytest.fixture
def draft(book: Book) -> Record:
    return book.add("template", {"name_zh": "帐号季度检查"})


def test_a_new_book_has_none_until_a_draft_is_filled(book: Book, draft: Record) -> None:
    assert [one.id for one in rows.fetch(book.store, Template, "ORDER BY n")] == [draft.id]
    book.move(draft.id, "fill", {"ready": "accounts"})
    made = book.get(draft.id)
    said = made.values()
    assert (made.state, said["frequency"], said["purpose"]) == ("draft", "quarterly", "accounts")
    assert "不少于 20 个" in str(said["sampling"])
    assert texts(book, draft.id) == [item.text.zh for item in READY["accounts"].items]
    assert book.move(draft.id, "publish").state == "published"


def test_what_the_draft_says_itself_stays(book: Book, draft: Record) -> None:
    book.edit(draft.id, {"frequency": "monthly", "sampling": "全部"})
    own = {"template": draft.id, "position": 1, "text_zh": "帐号清单", "stable": "accounts-2"}
    book.add("template_item", own)
    for _ in range(2):  # the second time there is nothing to add
        book.move(draft.id, "fill", {"ready": "accounts"})
    made = book.get(draft.id).values()
    assert (made["frequency"], made["sampling"]) == ("monthly", "全部")
    assert len(texts(book, draft.id)) == len(READY["accounts"].items)
    assert texts(book, draft.id)[0] == "帐号清单"


def test_a_copy_has_the_items_once(book: Book, draft: Record) -> None:
    book.move(draft.id, "fill", {"ready": "security"})
    copy = copy_record(book, book.get(draft.id), {"name_zh": "另一份"})
    assert texts(book, copy.id) == texts(book, draft.id)


def test_only_leads_fill_and_a_published_one_is_not(staff: Staff) -> None:
    made = staff.department.add("template", {"name_zh": "备件检查"})
    assert "用现成模板填写" in no_move(staff.engineer, made.id, "fill", ready="spares")
    staff.department.move(made.id, "fill", {"ready": "spares"})
    staff.department.move(made.id, "publish")
    no_move(staff.department, made.id, "fill", ready="accounts")
