"""Templates: written and published by leads; a published version never changes."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.checks.template import MOST_ROUNDS, Template
from models.text.words import language
from tests.support.staff import Staff, no_add, no_edit, no_move

DAILY = {"name_zh": "机房日检", "frequency": "daily"}


def test_leads_write_templates(staff: Staff, project: str) -> None:
    for book in (staff.engineer, staff.quality, staff.office):
        assert "项目经理" in no_add(book, "template", DAILY, project)
    assert staff.manager.add("template", DAILY, project=project).state == "draft"
    assert staff.department.add("template", DAILY).project is None  # for the whole company


def test_a_template_is_published_with_a_frequency_and_fixed_then(
    staff: Staff, project: str
) -> None:
    made = staff.manager.add("template", {"name_zh": "机房日检"}, project=project)
    assert "频次" in no_move(staff.manager, made.id, "publish")
    staff.manager.edit(made.id, {"frequency": "daily"})
    assert "需要角色" in no_move(staff.engineer, made.id, "publish")
    assert staff.manager.move(made.id, "publish").state == "published"
    assert "不能修改" in no_edit(staff.manager, made.id, frequency="weekly")
    item = {"template": made.id, "text_zh": "门禁"}
    assert "不能修改" in no_add(staff.manager, "template_item", item, project)


@pytest.mark.parametrize("published", [False, True])
def test_a_template_is_retired_for_good(staff: Staff, project: str, published: bool) -> None:
    made = staff.manager.add("template", DAILY, project=project)
    if published:
        staff.manager.move(made.id, "publish")
    assert staff.manager.move(made.id, "retire").state == "retired"
    assert no_move(staff.manager, made.id, "publish")


@pytest.mark.parametrize(("rounds", "times"), [(None, 1), (3, 3)])
def test_rounds_a_day_are_one_unless_given(book: Book, rounds: int | None, times: int) -> None:
    made = book.add("template", {**DAILY, "rounds": rounds})
    assert isinstance(made, Template) and made.times() == times


@pytest.mark.parametrize("rounds", [0, MOST_ROUNDS + 1])
def test_rounds_a_day_have_bounds(book: Book, rounds: int) -> None:
    assert "每日轮次" in no_add(book, "template", {**DAILY, "rounds": rounds})


def test_rounds_written_by_another_device_stay_within_the_bounds() -> None:
    assert Template(rounds=1000).times() == MOST_ROUNDS
    assert Template(rounds=-3).times() == 1


def test_the_english_name_is_shown_in_english_only(book: Book) -> None:
    made = book.add("template", {**DAILY, "name_en": "Room, daily"})
    assert isinstance(made, Template) and made.name() == "机房日检"
    language.now = "en"
    assert made.name() == "Room, daily"
    assert Template(name_zh="机房日检").name() == "机房日检"
