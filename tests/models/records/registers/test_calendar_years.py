"""The firm's working calendar: the next year is put to use, and every due day follows."""

from __future__ import annotations

from datetime import date

import pytest

from models.book.book import Book
from models.calendar.business_dates import business_day, instant
from models.queries.waiting import urgency
from models.records.problems.escalation import Escalation
from models.records.registers import calendar_years
from models.records.weekly import entries
from models.schema.roles import ENGINEER
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.crew import Crew

NEXT = """date,day,statutory,name_zh,name_en
2027-01-01,off,yes,元旦,New Year's Day
2027-02-08,off,yes,春节,Spring Festival
2027-02-09,off,yes,春节,Spring Festival
2027-02-13,work,no,春节,Spring Festival
2027-05-01,off,yes,劳动节,Labour Day
2027-05-02,off,yes,劳动节,Labour Day
2027-10-01,off,yes,国庆节,National Day
2027-10-02,off,yes,国庆节,National Day
2027-10-03,off,yes,国庆节,National Day
"""


def test_the_next_year_moves_every_due_day(book: Book, project: str) -> None:
    monday, saturday = date(2027, 2, 8), date(2027, 2, 13)
    assert calendar_years.calendar(book).is_workday(monday)
    assert calendar_years.calendar(book).provisional(monday)
    made = calendar_years.put_to_use(book, NEXT)
    now = calendar_years.calendar(book)
    assert not now.is_workday(monday) and now.is_workday(saturday) and not now.provisional(monday)
    assert now is calendar_years.calendar(book)  # reckoned once
    due = entries.due_at("2027-W05", now)
    assert business_day(due) == date(2027, 2, 10)  # the first working day after the week
    raised = book.add("escalation", {"phenomenon": "x", "due": "2027-02-13"}, project=project)
    assert isinstance(raised, Escalation)
    assert urgency.due_at(raised, now) == instant(saturday, 17 * 60)
    book.move(made.id, "withdraw")
    assert calendar_years.calendar(book).is_workday(monday)


def test_a_corrected_file_takes_the_place_of_the_first(book: Book) -> None:
    first = calendar_years.put_to_use(book, NEXT)
    calendar_years.put_to_use(book, NEXT.replace("2027-02-13,work", "2027-02-14,work"))
    assert book.get(first.id).state == "withdrawn"
    assert calendar_years.calendar(book).is_workday(date(2027, 2, 14))
    assert not calendar_years.calendar(book).is_workday(date(2027, 2, 13))


@pytest.mark.parametrize("text", ["", "x", NEXT.replace("off", "rest"), NEXT + NEXT[35:]])
def test_a_faulty_file_is_refused_whole(book: Book, text: str) -> None:
    with pytest.raises(Refused):
        calendar_years.put_to_use(book, text)
    assert book.store.rows("SELECT count(*) FROM calendar_year") == [(0,)]
    made = book.add("calendar_year", {"content": text or "x"})
    with pytest.raises(Refused):
        book.move(made.id, "use")


def test_engineers_do_not_change_it(workspace: Workspace, project: str) -> None:
    crew = Crew(workspace, workspace.book.change_log.now())
    (engineer,) = crew.admit(["丁一"], ENGINEER, project)
    with pytest.raises(Refused):
        calendar_years.put_to_use(engineer, NEXT)


def test_what_an_odd_device_wrote_is_passed_over(book: Book) -> None:
    made = calendar_years.put_to_use(book, NEXT)
    with book.store.write():
        book.store.db.execute_sql("UPDATE calendar_year SET content='{', dots=dots||';x=1.1'")
    assert calendar_years.calendar(book).is_workday(date(2027, 2, 8)) and made.id
