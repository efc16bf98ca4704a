"""What a rule of the program adds to a move is judged here as it is on arrival: what one device
seals counts on the other one, and what would not count there is refused here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from models.book import permissions, rules
from models.book.book import Book
from models.book.writing import edits, moves
from models.schema.fields import choice, line, person
from models.schema.kind import Kind
from models.schema.lifecycle import Bar, Move, State
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, LEADS, QUALITY
from models.text.words import Refused, W
from tests.support.new_area import new_area
from tests.support.replicas import Replica, Team

QUALITIES = (("fine", "好", "fine"), ("bad", "坏", "bad"))
BAD = W("{number} 不好。", "{number} is bad.")


@pytest.fixture(autouse=True)
def types() -> Iterator[None]:
    """A type whose approval decides on all that people write: it says nothing `about`."""
    with new_area():

        class Ledger(Record):
            """A ledger that somebody else approves."""

            kind = Kind(
                name="ledger",
                label=W("台账", "Ledger"),
                code="XLG",
                states=(
                    State("open", W("进行中", "open")),
                    State("approved", W("已批准", "approved"), frozen=True),
                ),
                moves=(
                    Move(
                        id="approve",
                        label=W("批准", "Approve"),
                        from_=("open",),
                        to="approved",
                        who=(*LEADS, QUALITY),
                        four_eyes=True,
                        needs=("subject", "quality"),
                        fills={"approved_by": "me"},
                        barred=(Bar("quality", "bad", BAD),),
                    ),
                ),
                title="subject",
                columns=("subject",),
                menu=92,
            )
            subject = line("事由", "Subject")
            note = line("备注", "Note")
            quality = choice("品质", "Quality", QUALITIES)
            place = line("地点", "Place", at_birth=True)
            approved_by = person("批准人", "Approved by", by_move=True)

        assert Ledger.kind.name == "ledger"
        yield


@pytest.fixture
def team(types: None, tmp_path: Path) -> Iterator[Team]:
    """A founder, a department manager and a quality specialist with a device each, in sync."""
    made = Team.copied(tmp_path)
    made.admit("韩冬", (DEPARTMENT_MANAGER,))
    made.admit("关山", (QUALITY,))
    made.meet()
    yield made
    made.close()


def ledger(team: Team, by: Replica) -> str:
    """A ledger that one of the two wrote, known to all."""
    values = {"subject": "电池", "quality": "fine", "place": "一层"}
    made = by.book.add("ledger", values, project=team.project)
    team.meet()
    return made.id


def carry(**values: Any) -> None:
    """A rule that adds these values to every move of a ledger."""

    @rules.carries("ledger")
    def more(book: Book, record: Record, move: Move, comment: str) -> Mapping[str, Any]:
        return values


def refusal(one: Replica, id: str) -> Refused:
    """Why the approval is refused; nothing of it is left."""
    before = one.get(id).dots
    with pytest.raises(Refused) as found:
        one.book.move(id, "approve")
    assert (one.get(id).state, one.get(id).dots) == ("open", before)
    return found.value


def counts(team: Team, id: str) -> None:
    """The approval stands on every device."""
    team.meet()
    assert {one.get(id).state for one in team.all} == {"approved"}
    assert not any(one.exchange.quarantined() for one in team.all)
    assert len({one.digest() for one in team.all}) == 1


def test_what_the_program_writes_for_the_one_who_decides_is_their_own_work(team: Team) -> None:
    founder, manager, _ = team.all
    id = ledger(team, founder)
    carry(note="由程序填写")
    assert refusal(manager, id).word == permissions.FOUR_EYES


def test_what_a_rule_edits_before_the_move_is_their_own_work_too(team: Team) -> None:
    founder, manager, _ = team.all
    id = ledger(team, founder)

    @rules.before_move("ledger", "approve")
    def noted(book: Book, record: Record) -> None:
        book.edit(record.id, {"note": "由程序填写"})

    assert refusal(manager, id).word == permissions.FOUR_EYES


def test_where_there_is_no_second_person_the_approval_says_so(types: None, tmp_path: Path) -> None:
    team = Team.copied(tmp_path, "仇小河")
    team.meet()
    founder, engineer = team.all
    id = ledger(team, engineer)
    carry(note="由程序填写")
    founder.book.move(id, "approve")
    sql = "SELECT alone FROM transition WHERE record=? AND move='approve'"
    assert founder.workspace.store.rows(sql, (id,)) == [(1,)]
    counts(team, id)
    team.close()


def test_what_stays_as_it_is_is_nobodys_work(team: Team) -> None:
    founder, manager, _ = team.all
    id = ledger(team, founder)
    carry(subject="电池")
    manager.book.move(id, "approve")
    counts(team, id)


def test_the_decision_itself_stays_what_the_move_fills(team: Team) -> None:
    founder, manager, _ = team.all
    id = ledger(team, founder)
    carry(approved_by=team.person(founder))
    manager.book.move(id, "approve")
    assert manager.get(id).values()["approved_by"] == team.person(manager)
    counts(team, id)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"subject": None}, moves.NEEDED),
        ({"quality": "bad"}, BAD),
        ({"place": "二层"}, edits.AT_BIRTH),
    ],
)
def test_the_move_is_held_to_what_it_says_with_what_is_added(
    types: None, tmp_path: Path, values: dict[str, Any], word: W
) -> None:
    """One person only, so that four eyes refuse nothing."""
    team = Team.copied(tmp_path, "仇小河")
    team.meet()
    id = ledger(team, team.all[1])
    carry(**values)
    assert refusal(team.founder, id).word == word
    team.close()
