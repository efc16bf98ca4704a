"""Problem links: what a checklist answer hands on to a fix or an escalation, and led to."""

from __future__ import annotations

from typing import cast

import pytest

from models.book.book import Book
from models.records.checks import questions
from models.records.checks.answer import Answer
from models.records.checks.problem_links import led_to, problem_values, problems_of
from models.records.checks.rounds import due_rounds
from models.text.words import language
from tests.support.check_days import FRIDAY
from tests.support.checks import template

pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def hot(book: Book, project: str) -> Answer:
    """A reading above its limit, with a remark."""
    of = template(book)
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    item = questions.questions(book.store, of, project, sheet)[1].item
    values = {"sheet": sheet.id, "item": item.id, "result": "not_ok", "reading": "28.5"}
    return cast(Answer, book.add("answer", {**values, "remark": "风机停转"}))


def test_the_item_the_reading_and_the_remark_are_the_phenomenon(book: Book, hot: Answer) -> None:
    values = problem_values(book, hot)
    assert values["phenomenon"] == "机房温度 28.5℃ (18 - 27)\n风机停转"
    assert (values["answer"], values["found_during"]) == (hot.id, "checklist")
    assert "found_during" not in problem_values(book, hot, "escalation")
    language.now = "en"
    assert problem_values(book, hot)["phenomenon"].startswith("Room temperature 28.5℃")


def test_the_only_site_of_the_project_is_taken_along(book: Book, project: str, hot: Answer) -> None:
    assert "site" not in problem_values(book, hot)
    customer = book.add("customer", {"name": "某医院"}).id
    book.edit(project, {"customer": customer})
    site = book.add("site", {"name": "机房", "customer": customer}).id
    assert problem_values(book, hot)["site"] == site
    book.add("site", {"name": "另一处", "customer": customer})
    assert "site" not in problem_values(book, hot)


def test_an_answer_about_equipment_hands_on_its_site(book: Book, hot: Answer) -> None:
    site = book.add("site", {"name": "机房"}).id
    device = book.add("equipment", {"name": "UPS", "site": site}).id
    values = {"sheet": hot.sheet, "item": hot.item, "device_row": device, "result": "not_ok"}
    made = cast(Answer, book.add("answer", values))
    found = problem_values(book, made)
    assert (found["equipment"], found["site"]) == (device, site)


def test_what_an_answer_led_to_is_found_but_not_what_is_void(
    book: Book, project: str, hot: Answer
) -> None:
    made = book.add("fix", problem_values(book, hot), project=project)
    raised = book.add("escalation", problem_values(book, hot, "escalation"), project=project)
    gone = book.add("fix", problem_values(book, hot), project=project)
    book.void(gone.id, "重复")
    assert [one.id for one in problems_of(book.store, hot.id)] == [made.id, raised.id]
    many = [hot.id, *(f"other-{n}" for n in range(1200))]
    for answers in (many, many[::-1]):
        found = led_to(book.store, answers)
        assert {key: [one.id for one in some] for key, some in found.items()} == {
            hot.id: [made.id, raised.id]
        }
    assert led_to(book.store, []) == {} and problems_of(book.store, "nothing") == []
