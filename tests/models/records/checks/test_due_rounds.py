"""What is due on a day: periods, the working calendar, rounds, versions, late ones."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.checks import answering, due_rounds, frequency, questions
from models.records.checks.sheet import Sheet
from models.text.words import Refused, language
from sync.workspace.workspace import Workspace
from tests.support.checks import items, template
from tests.support.team import acting, admit

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def morning() -> object:
    """A Friday morning in Shanghai; everything of the test happens then."""
    with time_machine.travel(instant(FRIDAY, 9 * 60) / 1000, tick=False) as clock:
        yield clock


def go(clock: object, to: date, hour: int = 9) -> None:
    """Let it be another day."""
    clock.move_to(instant(to, hour * 60) / 1000)  # type: ignore[attr-defined]


def fill(book: Book, round: due_rounds.ChecklistRound) -> Sheet:
    """Begin a round and answer all of it."""
    sheet = due_rounds.begin(book, round)
    asked = questions.questions(book.store, round.template.id, round.project.id, sheet)
    for question in asked:
        if question.measured:
            answering.measure(book, sheet.id, question, "23")
        else:
            answering.mark(book, sheet.id, question, "ok")
    return sheet


@pytest.mark.parametrize(
    ("every", "first", "last"),
    [
        ("daily", date(2026, 11, 20), date(2026, 11, 20)),
        (None, date(2026, 11, 20), date(2026, 11, 20)),
        ("weekly", date(2026, 11, 16), date(2026, 11, 22)),
        ("monthly", date(2026, 11, 1), date(2026, 11, 30)),
        ("quarterly", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_the_period_of_a_day(every: str | None, first: date, last: date) -> None:
    assert frequency.period(every, FRIDAY) == (first, last)
    assert frequency.period("monthly", date(2024, 2, 29)) == (date(2024, 2, 1), date(2024, 2, 29))


def test_nothing_is_due_without_a_published_template(book: Book, project: str) -> None:
    template(book, publish=False)
    assert due_rounds.rounds(book, FRIDAY) == []


def test_each_round_of_the_day_is_due(book: Book, project: str) -> None:
    template(book, rounds=2)
    found = due_rounds.rounds(book, FRIDAY)
    assert [(r.number, r.rounds, r.sheet, r.late(FRIDAY)) for r in found] == [
        (1, 2, None, False),
        (2, 2, None, False),
    ]
    assert len({r.key for r in found}) == 2


def test_a_template_of_one_project_is_due_there_only(book: Book, project: str) -> None:
    other = book.add("project", {"name": "另一个"}).id
    template(book, project)
    assert [r.project.id for r in due_rounds.rounds(book, FRIDAY)] == [project]
    template(book, None, name_zh="通用")
    assert {r.project.id for r in due_rounds.rounds(book, FRIDAY)} == {project, other}


def test_working_days_only_unless_every_day(book: Book, project: str) -> None:
    template(book, on_days=None)
    saturday, holiday, made_up = date(2026, 11, 21), date(2027, 1, 1), date(2026, 10, 10)
    assert len(due_rounds.rounds(book, FRIDAY)) == 1
    assert [r.first for r in due_rounds.rounds(book, saturday)] == [FRIDAY]  # late
    assert frequency.due_day(due_rounds.rounds(book, FRIDAY)[0].template, holiday) is None
    assert frequency.due_day(due_rounds.rounds(book, FRIDAY)[0].template, made_up) == made_up


@pytest.mark.parametrize(
    ("every", "first", "due"),
    [
        ("weekly", date(2026, 11, 16), date(2026, 11, 20)),
        ("monthly", date(2026, 11, 1), date(2026, 11, 30)),
        ("quarterly", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_one_sheet_a_period_named_by_its_first_day(
    book: Book, project: str, every: str, first: date, due: date
) -> None:
    template(book, frequency=every, on_days=None, rounds=3)
    (round,) = due_rounds.rounds(book, FRIDAY)
    assert (round.first, round.due) == (first, due)
    assert due_rounds.begin(book, round).day == first.isoformat()
    (again,) = due_rounds.rounds(book, FRIDAY)
    assert again.sheet is not None and again.key == round.key


def test_two_devices_make_the_same_sheet(workspace: Workspace, project: str) -> None:
    book = workspace.book
    template(book, frequency="weekly")
    (round,) = due_rounds.rounds(book, FRIDAY)
    (seen,) = due_rounds.rounds(book, date(2026, 11, 18))
    one, other = due_rounds.begin(book, round), due_rounds.begin(book, seen)
    assert one.id == other.id


def test_a_sheet_of_another_day_of_the_period_counts(book: Book, project: str) -> None:
    of = template(book, frequency="weekly")
    made = book.add("sheet", {"template": of, "day": "2026-11-18", "round": 1}, project=project)
    (round,) = due_rounds.rounds(book, FRIDAY)
    assert round.sheet is not None and round.sheet.id == made.id


def test_what_was_not_handed_in_is_late_once(book: Book, project: str, morning: object) -> None:
    template(book, on_days=None)
    go(morning, MONDAY)
    late, now = due_rounds.rounds(book, MONDAY)
    assert (late.first, late.late(MONDAY), now.late(MONDAY)) == (FRIDAY, True, False)
    sheet = fill(book, late)
    assert len(due_rounds.rounds(book, MONDAY)) == 2  # begun, not handed in
    book.move(sheet.id, "submit")
    assert [r.first for r in due_rounds.rounds(book, MONDAY)] == [MONDAY]


def test_no_round_is_late_from_before_the_template_was_in_use(book: Book, project: str) -> None:
    template(book)
    assert [r.late(FRIDAY) for r in due_rounds.rounds(book, FRIDAY)] == [False]


def test_a_done_round_stays_listed_as_done(book: Book, project: str) -> None:
    template(book)
    (round,) = due_rounds.rounds(book, FRIDAY)
    assert not round.done
    book.move(fill(book, round).id, "submit")
    (again,) = due_rounds.rounds(book, FRIDAY)
    assert again.done and not again.late(MONDAY)


def test_outside_its_service_period_a_project_has_none(book: Book, project: str) -> None:
    template(book)
    book.edit(project, {"service_from": "2026-01-01", "service_to": "2026-11-19"})
    assert due_rounds.rounds(book, FRIDAY) == []
    book.edit(project, {"service_to": "2026-11-20"})
    assert len(due_rounds.rounds(book, FRIDAY)) == 1


def test_a_new_version_takes_over_but_a_begun_sheet_stays(book: Book, project: str) -> None:
    old = template(book, project)
    begun = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    new = template(book, project, follows=old, version=2)
    (round,) = due_rounds.rounds(book, FRIDAY)
    assert round.sheet is not None and round.sheet.id == begun.id
    assert round.template.id == old
    (tomorrow,) = (r for r in due_rounds.rounds(book, MONDAY) if r.first == MONDAY)
    assert tomorrow.template.id == new


def test_a_void_sheet_is_begun_again(book: Book, project: str) -> None:
    template(book)
    (round,) = due_rounds.rounds(book, FRIDAY)
    sheet = due_rounds.begin(book, round)
    book.void(sheet.id, "误开")
    (again,) = due_rounds.rounds(book, FRIDAY)
    assert again.sheet is None
    assert due_rounds.begin(book, again).id == sheet.id
    assert book.get(sheet.id).void is None


def test_checklists_are_an_engineers_work(workspace: Workspace, project: str) -> None:
    template(workspace.book)
    lead = acting(workspace, admit(workspace, "项目经理甲", ["project_manager"]))
    clerk = acting(workspace, admit(workspace, "服务台甲", ["service_desk"]))
    assert due_rounds.mine(lead) == [] == due_rounds.mine(clerk)  # the founder is an engineer there
    assert len(due_rounds.mine(workspace.book)) == 1


def test_a_project_manager_alone_does_them(workspace: Workspace, project: str) -> None:
    """Nobody else is an engineer, so the checks are the project manager's."""
    template(workspace.book)
    alone = acting(workspace, admit(workspace, "项目经理甲", ["project_manager"]))
    sql = "DELETE FROM role_grant WHERE role='engineer'"
    with workspace.store.write():
        workspace.store.db.execute_sql(sql)
    workspace.people.refresh()
    assert [p.id for p in due_rounds.mine(alone)] == [project]


def test_what_falls_due_in_a_week(book: Book, project: str) -> None:
    template(book, name_zh="日检", on_days=None, rounds=2)
    template(book, name_zh="周检", frequency="weekly", on_days=None)
    template(book, name_zh="月检", frequency="monthly", on_days=None)
    (of,) = due_rounds.mine(book)
    found = frequency.due_count(book.store, of, MONDAY, date(2026, 11, 29))
    assert [(t.name(), n) for t, n in found] == [("日检", 10), ("周检", 1)]
    found = frequency.due_count(book.store, of, date(2026, 11, 30), date(2026, 12, 6))
    assert [(t.name(), n) for t, n in found] == [("日检", 10), ("周检", 1), ("月检", 1)]
    language.now = "en"
    assert found[0][0].name() == "Room, daily"


# -- questions and marks ---------------------------------------------------------------------


def test_a_measured_value_beyond_its_limits_is_not_ok_by_itself(book: Book, project: str) -> None:
    of = template(book)
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    asked = questions.questions(book.store, of, project, sheet)
    hot = answering.measure(book, sheet.id, asked[1], "２８，５")
    assert (hot.result, hot.reading) == ("not_ok", "28.5")
    asked = questions.questions(book.store, of, project, sheet)
    with pytest.raises(Refused, match="超出上限 27，标为正常需要写明原因"):
        answering.mark(book, sheet.id, asked[1], "ok", reading="28.5")
    fine = answering.measure(book, sheet.id, asked[1], "28.5", "复测后在限值内")
    assert (fine.result, fine.reading, fine.reason) == ("ok", "28.5", "复测后在限值内")
    with pytest.raises(Refused, match="“热”不是数字"):
        answering.measure(book, sheet.id, asked[1], "热")


def test_a_mark_can_be_taken_back_and_given_again(book: Book, project: str) -> None:
    of = template(book)
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    first = questions.questions(book.store, of, project, sheet)[0]
    made = answering.mark(book, sheet.id, first, "not_ok")
    first = questions.questions(book.store, of, project, sheet)[0]
    assert first.result == "not_ok"
    assert answering.mark(book, sheet.id, first, None).result is None
    assert len(questions.unanswered(book.store, sheet)) == 3
    book.void(made.id, "撤销")
    bare = questions.questions(book.store, of, project, sheet)[0]
    assert bare.answer is None
    assert answering.mark(book, sheet.id, bare, "ok").id == made.id


def test_one_mark_is_one_durable_save(book: Book, project: str) -> None:
    of = template(book)
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    told: list[set[tuple[str, str]]] = []
    book.saved.append(told.append)
    first = questions.questions(book.store, of, project, sheet)[0]
    made = answering.mark(book, sheet.id, first, "ok")
    assert told == [{("answer", made.id)}]


def test_skipping_says_why(book: Book, project: str) -> None:
    of = template(book)
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    first = questions.questions(book.store, of, project, sheet)[0]
    with pytest.raises(Refused, match="需要写明原因"):
        answering.mark(book, sheet.id, first, "na")
    assert answering.mark(book, sheet.id, first, "na", reason="设备停用").result == "na"


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
    days = [("2026-11-23", "24"), ("2026-11-22", "23"), ("2026-11-21", "22")]
    assert questions.last_of(known, question) == days
