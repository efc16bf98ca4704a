"""Concessions in a book of an earlier version, and what a declaration alone decides."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from models.book.book import Book
from models.derived import gates
from models.derived.gates import HeldState
from models.records.common import follow_ups
from models.records.problems.concessions.concession import LETS_PASS, OVER, UNDECIDED
from models.schema.record import kinds
from models.text.words import Refused
from sync.workspace.setup import begin
from sync.workspace.workspace import DATABASE, open_book
from tests.models.records.problems.concessions.test_concession_hold import WHY

NEW = ("problem_report", "experience", "concession", "milestone", "delivery")


def test_a_book_of_an_earlier_version_gets_the_tables(tmp_path: Path) -> None:
    """Its records stay, it has the new types, and problems of before lead on to them."""
    home = tmp_path / "book"
    book = begin(home, name="测试员", project="测试项目")
    project = book.store.row("SELECT id FROM project")
    assert project is not None
    raised = book.book.add("escalation", {"phenomenon": "单路市电"}, project=project[0])
    book.close()
    with closing(sqlite3.connect(home / DATABASE)) as db, db:
        for name in NEW:
            db.execute(f'DROP TABLE "{name}"')
        db.execute("DROP INDEX escalation_typical_is")
        db.execute("ALTER TABLE escalation DROP COLUMN typical")
        db.execute("UPDATE meta SET value='earlier' WHERE key='schema'")
    again = open_book(home)
    assert again.log.verify_chain() is None
    before = again.book.get(raised.id)
    assert before.values()["phenomenon"] == "单路市电" and before.values()["typical"] is None
    again.book.edit(before.id, {"typical": True})
    milestone = again.book.add("milestone", {"name": "初验"}, project=project[0])
    values = {**follow_ups.values(again.book, before, "concession"), **WHY}
    again.book.add("concession", values, project=project[0])
    assert {one.id for one in HeldState(again.store).all_held} == {milestone.id, project[0]}
    again.close()


def test_the_less_advanced_states_are_those_that_hold() -> None:
    """A state brought about at once with a decision is shown before it, and goes on holding."""
    kind = kinds["concession"].kind
    rank = {state.name: place for place, state in enumerate(kind.states)}
    holding = (*UNDECIDED, "refused")
    rest = [state.name for state in kind.states if state.name not in holding]
    assert max(rank[name] for name in holding) < min(rank[name] for name in rest)
    assert set(rest) == {*LETS_PASS, *OVER, "expired"}
    for type in gates.gated_types():
        states = [state.name for state in kinds[type].kind.states if not state.derived]
        passed = [name for name in states if gates.is_passed(type, name)]
        assert passed and states[-len(passed) :] == passed


def test_only_an_approval_or_a_second_person_leads_out_of_holding() -> None:
    kind = kinds["concession"].kind
    free = (*LETS_PASS, *OVER)
    out = {move.id for move in kind.moves if set(move.from_) - set(free) and move.to in free}
    assert out == {"approve", "approve_with_conditions", "confirm_withdrawal", "follow_up"}
    for id in ("approve", "approve_with_conditions", "refuse"):
        move = kind.by_move[id]
        assert "evidence" in move.needs and move.fills["witness"] == "me"
        assert "登记" in move.label.zh and "Record" in move.label.en
    assert kind.by_move["withdraw"].requires_comment
    for id in ("confirm_withdrawal", "close"):
        assert kind.by_move[id].four_eyes and kind.by_move[id].strict


def test_what_it_needs_binds_at_its_moves(book: Book, project: str) -> None:
    made = book.add("concession", {"requirement": "双路市电"}, project=project)
    with pytest.raises(Refused, match=r"实际情况.*后续解决方案"):
        book.move(made.id, "inform")
    book.edit(made.id, WHY)
    book.move(made.id, "inform")
    with pytest.raises(Refused, match="撤回修改"):
        book.edit(made.id, {"risk": "断电"})
    book.move(made.id, "take_back")
    assert book.edit(made.id, {"risk": "断电"}).values()["risk"] == "断电"
