"""Whether a problem is solved: by its own verification, or by that of its escalation."""

from __future__ import annotations

from models.book.book import Book
from models.records.problems.concessions.problem_solutions import ProblemSolutions
from tests.support.asked import asked
from tests.support.escalations import ESCALATED


def test_an_escalated_fix_is_solved_with_its_escalation(book: Book, project: str) -> None:
    fix = book.add("fix", {"phenomenon": "x"}, project=project)
    look = ProblemSolutions(book.store, [fix.id])
    assert look.decisive(fix.id) == look.unsolved(fix.id) == [fix]
    book.move(fix.id, "escalate", ESCALATED)
    ((raised,),) = book.store.rows("SELECT id FROM escalation WHERE fix=?", (fix.id,))
    look = ProblemSolutions(book.store, [fix.id])
    assert [one.id for one in look.decisive(fix.id, raised)] == [raised]
    book.void(raised, "重复")
    look = ProblemSolutions(book.store, [fix.id])
    assert [one.id for one in look.unsolved(fix.id)] == [fix.id]


def test_a_verified_one_is_solved_and_an_unknown_one_is_left_out(book: Book, project: str) -> None:
    fix = book.add("fix", {"phenomenon": "x"}, project=project)
    book.move(fix.id, "fix", {"correction": "y"})
    assert ProblemSolutions(book.store, [fix.id]).unsolved(fix.id)
    book.move(fix.id, "verify")
    look = ProblemSolutions(book.store, [fix.id, "nothing"])
    assert look.unsolved(fix.id, "nothing", None) == []
    assert [one.id for one in look.decisive(fix.id, "nothing")] == [fix.id]


def test_many_are_two_questions(book: Book, project: str) -> None:
    ids = [book.add("fix", {"phenomenon": "x"}, project=project).id for _ in range(5)]
    with asked(book.store, "json_each") as said:
        look = ProblemSolutions(book.store, ids)
        assert len(look.unsolved(*ids)) == 5
    assert len(said) == 2
