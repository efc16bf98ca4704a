"""Questions: an item each, for each piece of equipment, with what was measured before."""

from __future__ import annotations

from datetime import date

import pytest

from models.book.book import Book
from models.records.checks import answering, questions
from models.records.checks.rounds import due_rounds
from models.text.words import Refused
from tests.support.check_days import FRIDAY, go
from tests.support.checks import items, template

pytestmark = pytest.mark.usefixtures("morning")


@pytest.mark.shows(59)
def test_an_item_is_asked_for_each_piece_of_equipment(book: Book, project: str) -> None:
    customer = book.add("customer", {"name": "客户甲"}).id
    site = book.add("site", {"name": "一号机房", "customer": customer}).id
    book.edit(project, {"customer": customer})
    one, two = (
        book.add("equipment", {"name": name, "site": site, "equipment_class": "power"}).id
        for name in ("UPS-1", "UPS-2")
    )
    of = template(
        book, None, ({"text_zh": "负载率", "equipment_class": "power"}, {"text_zh": "照明"})
    )
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])

    def asked() -> list[tuple[str | None, str | None]]:
        every = questions.questions(book.store, of, project, book.get(sheet.id))  # type: ignore[arg-type]
        return [(q.device.id if q.device else None, q.result) for q in every]

    assert asked() == [(one, None), (two, None), (None, None)]
    with pytest.raises(Refused, match="还有 2 项没有结果：负载率、照明"):
        book.move(sheet.id, "submit")
    for question in questions.questions(book.store, of, project, sheet):
        answering.mark(book, sheet.id, question, "ok")
    book.move(sheet.id, "submit")
    book.add("equipment", {"name": "UPS-3", "site": site, "equipment_class": "power"})
    assert asked() == [(one, "ok"), (two, "ok"), (None, "ok")]
    book.move(sheet.id, "reopen")
    assert len(asked()) == 4
    book.move(two, "retire", comment="报废")
    assert (two, "ok") in asked()  # what was found is never hidden


def test_an_item_answered_as_a_whole_is_not_asked_again(book: Book, project: str) -> None:
    customer = book.add("customer", {"name": "客户甲"}).id
    site = book.add("site", {"name": "一号机房", "customer": customer}).id
    book.edit(project, {"customer": customer})
    book.add("equipment", {"name": "UPS-1", "site": site, "equipment_class": "power"})
    of = template(book, None, ({"text_zh": "负载率", "equipment_class": "power"},))
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    book.add("answer", {"sheet": sheet.id, "item": items(book, of)[0], "result": "ok"})
    assert questions.unanswered(book.store, sheet) == []


def test_last_readings_follow_the_item_through_versions(
    book: Book, project: str, morning: object
) -> None:
    old = template(book, project)
    for offset, text in enumerate(("21", "22", "23", "24")):
        today = date(2026, 11, 20 + offset)
        go(morning, today)
        round = next(r for r in due_rounds.rounds(book, today) if r.first == today)
        sheet = due_rounds.begin(book, round)
        asked = questions.questions(book.store, old, project, sheet)
        answering.measure(book, sheet.id, asked[1], text)
    new = template(book, project, follows=old, version=2)
    today = date(2026, 11, 24)
    go(morning, today)
    round = next(r for r in due_rounds.rounds(book, today) if r.first == today)
    assert round.template.id == new
    known = questions.readings(book.store, due_rounds.earlier(book.store, round, book.zone))
    question = questions.questions(book.store, new, project, None)[1]
    days = [(f"2026-11-{day}", str(day + 1), "18 - 27") for day in (23, 22, 21)]
    assert questions.last_of(known, question) == days
