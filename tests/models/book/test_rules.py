"""Rules that an area registers are asked at their moment, in the transaction of the write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from models.book import rules
from models.book.book import Book
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.storage import rows
from models.text.words import Refused, W
from tests.support.escalations import ESCALATED
from tests.support.new_area import new_area

NO = W("不行：{why}。", "No: {why}.")


@pytest.fixture(autouse=True)
def area() -> Iterator[None]:
    with new_area():
        yield


def fix(book: Book, project: str, text: str = "UPS 告警") -> Record:
    return book.add("fix", {"phenomenon": text}, project=project)


def refuse(why: str) -> Refused:
    return Refused(NO, why=why)


def test_a_rule_refuses_a_new_record_and_nothing_is_left(book: Book, project: str) -> None:
    @rules.before_write("fix")
    def short(book: Book, values: Mapping[str, Any], record: Record | None) -> None:
        assert record is None
        if len(values["phenomenon"]) < 3:
            raise refuse("short")

    with pytest.raises(Refused, match="short"):
        fix(book, project, "无")
    assert book.store.rows("SELECT count(*) FROM fix") == [(0,)]
    assert fix(book, project, "三个字").number


def test_the_same_rule_is_asked_of_an_edit_with_its_record(book: Book, project: str) -> None:
    made, seen = fix(book, project), []

    @rules.before_write("fix")
    def note(book: Book, values: Mapping[str, Any], record: Record | None) -> None:
        seen.append((dict(values), record.id if record else None))

    book.edit(made.id, {"place": "机柜 3"})
    assert seen == [({"place": "机柜 3"}, made.id)]


def test_given_values_are_written_and_later_rules_win(book: Book, project: str) -> None:
    @rules.given("fix")
    def first(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
        return {"place": "一层", "found_during": "other"}

    @rules.given("fix")
    def second(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
        return {"place": "二层"}

    made = fix(book, project).values()
    assert (made["place"], made["found_during"]) == ("二层", "other")


def test_what_follows_from_a_new_record_is_in_what_add_returns(book: Book, project: str) -> None:
    @rules.after_add("fix")
    def place(book: Book, record: Record) -> None:
        book.edit(record.id, {"place": "由规则填写"})

    assert fix(book, project).values()["place"] == "由规则填写"


def test_a_rule_after_a_move_that_refuses_takes_the_move_back(book: Book, project: str) -> None:
    made = fix(book, project)

    @rules.after_move("fix", "escalate")
    def never(book: Book, record: Record) -> None:
        assert record.state == "escalated"
        raise refuse("never")

    with pytest.raises(Refused, match="never"):
        book.move(made.id, "escalate", ESCALATED)
    now = rows.one(book.store, type(made), made.id)
    assert now is not None and (now.state, now.dots) == (made.state, made.dots)
    assert book.store.rows("SELECT count(*) FROM escalation") == [(0,)]


def test_a_rule_before_a_move_may_write_the_record_itself(book: Book, project: str) -> None:
    made = fix(book, project)

    @rules.before_move("fix", "fix", "escalate")
    def place(book: Book, record: Record) -> None:
        book.edit(record.id, {"place": "移动前"})

    moved = book.move(made.id, "fix", {"cause": "老化", "correction": "更换"})
    assert (moved.state, moved.values()["place"]) == ("fixed", "移动前")


def test_rules_of_a_move_see_the_values_that_come_with_it(book: Book, project: str) -> None:
    made, seen = fix(book, project), list[object]()

    @rules.before_move("fix", "fix")
    def look(book: Book, record: Record) -> None:
        seen.append((record.values()["cause"], record.state))

    @rules.carries("fix")
    def more(book: Book, record: Record, move: Move, comment: str) -> dict[str, Any]:
        return {"place": f"因{record.values()['cause']}"} if move.id == "fix" else {}

    moved = book.move(made.id, "fix", {"cause": "老化", "correction": "更换"})
    assert seen == [("老化", "open")] and made.values()["cause"] is None
    assert moved.values()["place"] == "因老化"


def test_rules_of_another_type_or_move_are_not_asked(book: Book, project: str) -> None:
    @rules.before_move("fix", "escalate")
    @rules.before_void("escalation")
    @rules.before_import("fix")
    def never(book: Book, record: Record) -> None:
        raise refuse("never")

    made = fix(book, project)
    book.move(made.id, "fix", {"cause": "老化", "correction": "更换"})
    book.void(made.id, "重复")
    with pytest.raises(Refused, match="never"):
        book.imported(fix(book, project).id, "fixed")


def test_a_rule_refuses_taking_a_record_out_of_use(book: Book, project: str) -> None:
    made = fix(book, project)

    @rules.before_void("fix")
    def never(book: Book, record: Record) -> None:
        raise refuse("kept")

    with pytest.raises(Refused, match="kept"):
        book.void(made.id, "重复")
    assert book.get(made.id).void is None


def test_causes_of_hidden_moves_are_declared_once() -> None:
    assert rules.causes_of("fix", "resolve") == (("escalation", "close"),)
    rules.follows("fix", "fix", by=[("note", "nothing")])
    assert rules.causes_of("fix", "fix") == (("note", "nothing"),)
    assert rules.causes_of("note", "fix") == ()
    assert rules.acts_after("escalation", "close") and not rules.acts_after("note", "close")
