"""A four-eyes move is not for those who wrote what it decides on, whoever submitted it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.book import permissions
from models.book.approval import writers
from models.book.approval.confirmation import chances
from models.book.book import Book
from models.book.writing.moves import about
from models.schema.record import Record, kinds
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, LEADS, PROJECT_MANAGER
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.checks import ITEMS, items, template
from tests.support.escalations import taken_up
from tests.support.staff import Staff
from tests.support.team import acting, admit
from tests.support.visits import visits


@pytest.fixture
def staff(workspace: Workspace) -> Staff:
    return Staff(workspace)


def drafted(staff: Staff, project: str, writer: Book, submitter: Book) -> Record:
    """An escalation whose solution one person wrote and another submitted."""
    made = staff.engineer.add("escalation", {"phenomenon": "环网断开"}, project=project)
    staff.department.move(made.id, "accept", taken_up(staff.department))
    writer.edit(made.id, {"solution": "换板卡"})
    return submitter.move(made.id, "draft")


def test_a_straw_man_who_submits_helps_nobody(staff: Staff, project: str, book: Book) -> None:
    made = drafted(staff, project, staff.department, staff.engineer)
    with pytest.raises(Refused) as refused:
        staff.department.move(made.id, "approve")
    assert refused.value.word == permissions.FOUR_EYES
    assert book.people.name(book.me) in str(refused.value)  # who may do it instead
    chance = staff.department.chance(made, "approve")
    assert chance.why is not None and chance.why.word == permissions.FOUR_EYES
    assert book.move(made.id, "approve").state == "approved"
    row = book.store.row(
        "SELECT alone FROM transition WHERE record=? AND move='approve'", [made.id]
    )
    assert row == (0,)


def test_who_wrote_other_fields_may_decide_where_the_move_says_which(
    staff: Staff, project: str
) -> None:
    made = drafted(staff, project, staff.engineer, staff.engineer)
    staff.department.edit(made.id, {"place": "3 号机柜"})
    assert staff.department.move(made.id, "approve").state == "approved"


def test_a_decision_that_brings_its_own_words_along_is_ones_own_work(
    staff: Staff, project: str
) -> None:
    made = drafted(staff, project, staff.engineer, staff.engineer)
    with pytest.raises(Refused) as refused:
        staff.department.move(made.id, "approve", {"solution": "我的方案"})
    assert refused.value.word == permissions.FOUR_EYES
    assert staff.department.get(made.id).values()["solution"] == "换板卡"


def test_what_one_changed_after_the_approval_one_does_not_confirm(
    staff: Staff, project: str
) -> None:
    made = drafted(staff, project, staff.engineer, staff.engineer)
    staff.department.move(made.id, "approve")
    staff.department.edit(made.id, {"solution": "换机框"})
    changed = staff.department.get(made.id)
    (chance,) = chances(staff.department.reader, staff.department.me, changed)
    assert chance.why is not None and chance.why.word == permissions.FOUR_EYES
    with pytest.raises(Refused):
        staff.department.move(made.id, permissions.CONFIRM)


def test_alone_it_is_done_and_marked(book: Book, project: str) -> None:
    made = book.add("escalation", {"phenomenon": "环网断开"}, project=project)
    book.move(made.id, "accept", taken_up(book))
    book.move(made.id, "draft", {"solution": "换板卡"})
    book.move(made.id, "approve")
    row = book.store.row(
        "SELECT alone FROM transition WHERE record=? AND move='approve'", [made.id]
    )
    assert row == (1,)


def test_where_all_who_hold_the_role_wrote_in_it_nobody_is_shut_out(
    workspace: Workspace, book: Book, project: str
) -> None:
    """Two leads wrote the same report; the one who decides is marked as without a second person."""
    lead = acting(workspace, admit(workspace, "段工", [PROJECT_MANAGER]))
    eng = acting(workspace, admit(workspace, "小林", [ENGINEER]))
    made = eng.add("concession", {"requirement": "x", "situation": "y"}, project=project)
    needed = {"cause_kind": "other", "why_uncontrollable": "z", "follow_up": "u"}
    book.edit(made.id, {**needed, "follow_up_by": "2027-01-01"})
    lead.move(made.id, "inform")
    book.move(made.id, "endorse")  # the only department manager there is
    row = book.store.row(
        "SELECT alone FROM transition WHERE record=? AND move='endorse'", [made.id]
    )
    assert row == (1,)
    other = acting(workspace, admit(workspace, "韩经理", [DEPARTMENT_MANAGER]))
    book.move(made.id, "return", comment="再看")
    book.edit(made.id, {"risk": "r"})
    lead.move(made.id, "inform")
    with pytest.raises(Refused, match="韩经理"):
        book.move(made.id, "endorse")
    assert other.move(made.id, "endorse").state == "endorsed"


def test_rows_count_as_what_they_are_part_of(
    workspace: Workspace, book: Book, project: str
) -> None:
    lead = acting(workspace, admit(workspace, "段工", [PROJECT_MANAGER]))
    eng = acting(workspace, admit(workspace, "小林", [ENGINEER]))
    made = template(book, project, ITEMS[:1])
    values = {"template": made, "day": "2026-11-24", "round": 1}
    sheet = lead.add("sheet", values, project=project).id
    answers = [
        eng.add("answer", {"sheet": sheet, "item": one, "result": "ok"}).id
        for one in items(book, made)
    ]
    lead.edit(answers[0], {"remark": "已看"})
    eng.move(sheet, "submit")
    with pytest.raises(Refused) as refused:
        lead.move(sheet, "review")  # one of the results is in part the lead's own
    assert refused.value.word == permissions.FOUR_EYES
    eng.move(sheet, "reopen")
    eng.edit(answers[0], {"remark": "复核无误"})
    eng.move(sheet, "submit")
    assert lead.move(sheet, "review").state == "reviewed"  # beginning the sheet is not its content


def test_which_record_it_is_and_what_moves_fill_is_no_content() -> None:
    cls = kinds["sheet"]
    assert writers.content(cls, cls.kind.by_move["review"]) == {"remark"}
    cls = kinds["escalation"]
    approve = cls.kind.by_move["approve"]
    assert writers.content(cls, approve) == {"solution"}
    assert writers.brought_along(cls, approve, ["solution", "place", "state"]) == {"solution"}
    every = writers.content(cls, cls.kind.by_move["accept"])
    assert "verify_result" not in every and "fix" not in every and "phenomenon" in every


@pytest.fixture
def trips(workspace: Workspace) -> Iterator[list[Book]]:
    with visits():
        workspace.store.grow()
        names = (("甲", LEADS), ("乙", LEADS), ("丙", (ENGINEER,)))
        yield [acting(workspace, admit(workspace, name, roles)) for name, roles in names]


STEPS = st.lists(
    st.tuples(
        st.integers(0, 2), st.sampled_from(("subject", "cause", "add", "text", "void", "settle"))
    ),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_payload_names_the_same_writers_as_the_record_shows(
    trips: list[Book], project: str, steps: list[tuple[int, str]]
) -> None:
    """Every replica, which has the payload alone, comes to the same people as the door did."""
    first = trips[0]
    made = first.add("visit", {"subject": "x"}, project=project).id
    points = [trips[2].add("point", {"visit": made, "text": "y"}).id]
    for at, (who, what) in enumerate(steps):
        book, last = trips[who], points[-1]
        if what == "add":
            points.append(book.add("point", {"visit": made, "text": f"y{at}"}).id)
        elif what == "void" and book.get(last).void is None:
            book.void(last, "重复")
        elif what == "text" and book.get(last).void is None:
            book.edit(last, {"text": f"z{at}"})
        elif what == "settle" and book.get(last).state == "open" and book.get(last).void is None:
            book.move(last, "settle")
        elif what in ("subject", "cause"):
            book.edit(made, {what: f"w{at}"})
    record, reader = first.get(made), first.reader
    move = record.kind.by_move["file"]
    shown = writers.present(first.store, first.people, record, move)
    named = writers.named(
        type(record), move, about(reader, record), first.people.person_of, reader.written
    )
    assert set(shown) == set(named)
    for book in trips:
        assert (book.me in shown) == (book.me in set(shown)) == (book.me in named)
