"""Items of a template: what is checked and how, written with the template while it is a draft."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.checks.template_item import TemplateItem
from models.text.words import language
from tests.support import checks
from tests.support.staff import Staff, last_change, no_add, no_edit

ITEM = {
    **{"text_zh": "机房温度", "text_en": "Room temperature"},
    **{"section_zh": "机房环境", "section_en": "Server room"},
    **{"method_zh": "看温度计", "method_en": "Read the thermometer"},
}


@pytest.fixture
def template(book: Book, project: str) -> str:
    """A draft without items."""
    return checks.template(book, project, (), publish=False)


def test_an_item_belongs_to_its_template_s_project(
    staff: Staff, template: str, project: str
) -> None:
    made = staff.manager.add("template_item", {**ITEM, "template": template})
    assert made.project == project
    assert "项目经理" in no_add(staff.engineer, "template_item", {**ITEM, "template": template})
    assert "检查内容" in no_add(staff.manager, "template_item", {"template": template})


def test_an_item_changes_with_its_draft_only(book: Book, template: str) -> None:
    made = book.add("template_item", {**ITEM, "template": template})
    assert book.edit(made.id, {"critical": True}).values()["critical"]
    book.move(template, "publish")
    assert "不能修改" in no_edit(book, made.id, critical=False)


def test_limits_and_unit_are_written_as_one_value(book: Book, template: str) -> None:
    values = {**ITEM, "template": template, "unit": "℃", "low": "18", "high": "27"}
    made = book.add("template_item", values)
    book.edit(made.id, {"high": "26"})
    limits = {"unit": "℃", "low": "18", "high": "26", "expected": None}
    assert last_change(book, made.id) == {"limits": limits}


def test_its_texts_are_in_the_current_language(book: Book, template: str) -> None:
    made = book.add("template_item", {**ITEM, "template": template})
    assert isinstance(made, TemplateItem)
    assert (made.section(), made.text(), made.method()) == ("机房环境", "机房温度", "看温度计")
    language.now = "en"
    english = ("Server room", "Room temperature", "Read the thermometer")
    assert (made.section(), made.text(), made.method()) == english


def test_without_english_texts_the_chinese_ones_are_shown() -> None:
    language.now = "en"
    item = TemplateItem(text_zh="机房温度", number="TI-1")
    assert (item.section(), item.text(), item.method()) == ("", "机房温度", "")
