"""Moves: what they fill in, what they need, what is logged of them."""

from __future__ import annotations

import pytest
import time_machine

from models.book import permissions
from models.book.book import Book
from models.book.writing import moves
from models.text.words import Refused
from tests.support.escalations import taken_up
from tests.support.hostile import REFUSED

NO_WORK = moves.Work((), permissions.nobody)


def fix(book: Book, project: str, **values: object) -> str:
    return book.add("fix", {"phenomenon": "UPS 告警", **values}, project=project).id


def test_a_move_needs_its_fields(book: Book, project: str) -> None:
    id = fix(book, project)
    with pytest.raises(Refused, match="解决措施"):
        book.move(id, "fix")
    assert book.get(id).state == "open"
    moved = book.move(id, "fix", {"correction": "更换电池"})
    assert moved.state == "fixed"
    assert moved.values()["fixed_by"] == book.me
    assert moved.values()["fixed_at"] is not None


def test_a_move_is_one_change_with_its_payload(book: Book, project: str) -> None:
    id = fix(book, project)
    book.move(id, "fix", {"correction": "更换电池"}, comment="当场处理")
    last = list(book.change_log.history(id))[-1]
    assert last.move is not None
    assert (last.move["from"], last.move["to"]) == ("open", "fixed")
    assert last.move["comment"] == "当场处理"
    assert last.fields["state"] == "fixed"
    assert last.fields["correction"] == "更换电池"


def test_failing_verification_reopens_with_a_reason(book: Book, project: str) -> None:
    id = fix(book, project)
    book.move(id, "fix", {"correction": "复位"})
    with pytest.raises(Refused, match="理由"):
        book.move(id, "fail")
    assert book.move(id, "fail", comment="仍告警").state == "open"


def test_a_wrong_move_says_from_where_it_is_possible(book: Book, project: str) -> None:
    id = fix(book, project)
    with pytest.raises(Refused, match="待验证"):
        book.move(id, "verify")
    with pytest.raises(Refused, match="没有操作"):
        book.move(id, "explode")
    with pytest.raises(Refused, match="由系统"):
        book.move(id, "resolve")


def test_alone_an_approval_carries_an_honest_mark(book: Book, project: str) -> None:
    es = book.add("escalation", {"phenomenon": "x"}, project=project)
    book.move(es.id, "accept", taken_up(book))
    book.move(es.id, "draft", {"solution": "y"})
    book.move(es.id, "approve")
    last = list(book.change_log.history(es.id))[-1]
    assert last.move is not None
    assert last.move["alone"] is True
    assert last.move["saw"]["solution"]


def test_what_is_solved_again_has_a_new_time_and_person(book: Book, project: str) -> None:
    with time_machine.travel("2026-11-25T02:00:00Z", tick=False) as clock:
        made = book.add("fix", {"phenomenon": "x", "correction": "y"}, project=project)
        first = book.move(made.id, "fix").fixed_at  # type: ignore[attr-defined]
        assert first == 1_795_572_000_000
        clock.shift(3600)
        book.move(made.id, "fail", comment="又坏了")
        clock.shift(3600)
        again = book.move(made.id, "fix").fixed_at  # type: ignore[attr-defined]
        assert again == first + 7_200_000
        book.move(made.id, "fail", comment="还是坏")
        clock.shift(3600)
        book.edit(made.id, {"fixed_at": first + 60_000})  # given for this time: it stands
        third = book.move(made.id, "fix")
        assert third.fixed_at == first + 60_000  # type: ignore[attr-defined]


def test_a_time_given_before_the_first_solution_stands(book: Book, project: str) -> None:
    given = {"phenomenon": "x", "correction": "y", "fixed_at": 1_790_000_000_000}
    made = book.add("fix", given, project=project)
    assert book.move(made.id, "fix").fixed_at == 1_790_000_000_000  # type: ignore[attr-defined]
    book.move(made.id, "fail", comment="又坏了")
    again = book.move(made.id, "fix", {"fixed_at": 1_790_000_111_000})
    assert again.fixed_at == 1_790_000_111_000  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", [*REFUSED.values(), "长" * 90_000])
def test_words_of_a_move_or_a_void_are_held_to_what_text_may_be(
    book: Book, project: str, text: str
) -> None:
    made = book.add("fix", {"phenomenon": "x", "correction": "y"}, project=project)
    book.move(made.id, "fix")
    with pytest.raises(Refused, match=r"说明|理由"):
        book.move(made.id, "fail", comment=text)
    with pytest.raises(Refused, match=r"说明|理由"):
        book.void(made.id, text)
    assert book.get(made.id).state == "fixed" and book.get(made.id).void is None


def test_a_hidden_move_is_made_by_rules_alone(book: Book, project: str) -> None:
    made = book.get(fix(book, project))
    assert moves.chosen(made, "resolve", by_rule=True).hidden
    with pytest.raises(Refused, match="由系统随其他操作完成"):
        moves.chosen(made, "resolve", by_rule=False)
    with pytest.raises(Refused, match="没有操作“jump”") as refused:
        moves.chosen(made, "jump", by_rule=True)
    assert "随升级" not in str(refused.value) and "、升级、" in str(refused.value)


def test_the_payload_names_what_an_approval_is_about(book: Book, project: str) -> None:
    made = book.get(fix(book, project, correction="y"))
    plain = moves.payload(book.reader, book.me, made, made.kind.by_move["escalate"], "", NO_WORK)
    assert {"from": "open", "to": "escalated", "move": "escalate"}.items() <= plain.items()
    assert "saw" not in plain and "comment" not in plain
    weekly = book.add(
        "weekly", {"week": "2026-W47", "person": book.me, "progress": "x"}, project=project
    )
    sent = book.move(weekly.id, "submit")
    accept = sent.kind.by_move["accept"]
    work = moves.Work({book.me}, permissions.nobody)
    found = moves.payload(book.reader, book.me, sent, accept, "好", work)
    assert set(found["saw"]) == {"week", "person", "progress"}  # what was never set has no version
    assert found["comment"] == "好" and found["alone"] is True
