"""The one door for writes: what it lets in, what it refuses, what one save leaves behind."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.text.words import Refused
from sync.workspace.workspace import Workspace, open_book
from tests.support.escalations import ESCALATED, taken_up


def fix(book: Book, project: str, **values: object) -> str:
    return book.add("fix", {"phenomenon": "UPS 告警", **values}, project=project).id


def test_a_closed_record_refuses_edits(book: Book, project: str) -> None:
    id = fix(book, project, cause="电池")
    book.move(id, "fix", {"correction": "更换"})
    book.move(id, "verify")
    book.move(id, "close")
    with pytest.raises(Refused, match="已关闭"):
        book.edit(id, {"cause": "别的"})


def test_escalating_retypes_nothing(book: Book, project: str) -> None:
    id = fix(book, project, cause="疑似电池", place="3 号柜")
    book.move(id, "escalate", ESCALATED)
    rows = book.store.rows("SELECT id FROM escalation WHERE fix=?", (id,))
    made = book.get(rows[0][0])
    assert made.values()["phenomenon"] == "UPS 告警"
    assert made.values()["place"] == "3 号柜"
    assert made.values()["cause"] == "疑似电池"
    assert book.get(id).state == "escalated"


def test_closing_an_escalation_closes_its_fix_and_reopening_reopens_it(
    book: Book, project: str
) -> None:
    id = fix(book, project)
    book.move(id, "escalate", ESCALATED)
    es = str(book.store.rows("SELECT id FROM escalation WHERE fix=?", (id,))[0][0])
    book.move(es, "accept", taken_up(book))
    book.move(es, "draft", {"solution": "更换整组电池"})
    book.move(es, "approve")
    book.move(es, "fix", {"cause": "老化", "measure": "更换"})
    book.move(es, "verify")
    book.move(es, "close")
    assert book.get(id).state == "closed"
    book.move(es, "reopen", comment="再次告警")
    assert book.get(id).state == "escalated"


def test_returning_an_escalation_gives_the_fix_back_to_the_site(book: Book, project: str) -> None:
    id = fix(book, project)
    book.move(id, "escalate", ESCALATED)
    es = str(book.store.rows("SELECT id FROM escalation WHERE fix=?", (id,))[0][0])
    book.move(es, "return", {"advice": "先检查接线"})
    assert book.get(id).state == "open"
    book.move(es, "resubmit")
    assert book.get(id).state == "escalated"


def test_voiding_needs_a_reason_and_can_be_taken_back(book: Book, project: str) -> None:
    id = fix(book, project)
    with pytest.raises(Refused, match="理由"):
        book.void(id, "  ")
    assert book.void(id, "重复").void == "重复"
    with pytest.raises(Refused, match="已作废"):
        book.edit(id, {"cause": "x"})
    with pytest.raises(Refused, match="已作废"):
        book.move(id, "fix", {"correction": "x"})
    assert book.restore(id).void is None
    assert book.edit(id, {"cause": "x"}).values()["cause"] == "x"


def test_notes_are_add_only_and_follow_their_record(book: Book, project: str) -> None:
    id = fix(book, project)
    note = book.add("note", {"about": id, "text": "已电话告知"})
    assert note.project == project
    with pytest.raises(Refused, match="不能修改"):
        book.edit(note.id, {"text": "改"})


def test_several_saves_are_one_transaction(book: Book, project: str) -> None:
    told: list[set[tuple[str, str]]] = []
    book.saved.append(told.append)
    with pytest.raises(Refused), book.saving():
        fix(book, project)
        book.move("nothing", "fix")
    assert book.store.rows("SELECT COUNT(*) FROM fix") == [(0,)]
    assert told == []
    with book.saving():
        one, two = fix(book, project), fix(book, project)
    assert told == [{("fix", one), ("fix", two)}]
    changes = [next(iter(book.change_log.history(id))) for id in (one, two)]
    assert changes[0].tx == changes[1].tx


def test_what_was_saved_is_there_after_reopening(workspace: Workspace, project: str) -> None:
    id = fix(workspace.book, project)
    workspace.close()
    again = open_book(workspace.home)
    assert again.book.get(id).title() == "UPS 告警"
    assert again.people.roles(again.book.me, project)
    again.close()
