"""Terms: a tree whose codes never change, and from which none in use is lost."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.problems.fix import CAUSE_CLASSES
from models.schema.record import Record
from models.text.words import Refused


@pytest.fixture
def draft(book: Book) -> Record:
    """A draft with the shipped terms."""
    return book.add("vocabulary", {"subject": "cause_class"})


def ids(book: Book, draft: Record) -> dict[str, str]:
    """Code -> term of a draft."""
    return dict(book.store.rows("SELECT code, id FROM term WHERE vocabulary=?", (draft.id,)))


def term(draft: Record, code: str, **more: object) -> dict[str, object]:
    """The values of a term."""
    return {"vocabulary": draft.id, "code": code, "word_zh": code, "word_en": code, **more}


def test_a_draft_has_the_terms_in_force_in_their_order(book: Book, draft: Record) -> None:
    rows = book.store.rows("SELECT code, word_zh, word_en FROM term ORDER BY position")
    assert rows == [*CAUSE_CLASSES]


@pytest.mark.parametrize("code", ["两", "A", "a,b", "a b", "-a", "", "x" * 41])
def test_a_code_is_one_that_lists_and_commands_can_hold(
    book: Book, draft: Record, code: str
) -> None:
    with pytest.raises(Refused):
        book.add("term", term(draft, code))


def test_a_code_is_given_once_and_never_changes(book: Book, draft: Record) -> None:
    book.add("term", term(draft, "psu"))
    with pytest.raises(Refused, match="已有相同的词条"):
        book.add("term", term(draft, "psu"))
    with pytest.raises(Refused, match="之后不能改"):
        book.edit(ids(book, draft)["psu"], {"code": "power"})


def test_a_code_above_is_there_and_not_below(book: Book, draft: Record) -> None:
    psu = book.add("term", term(draft, "psu", above="power"))
    with pytest.raises(Refused, match="“psu”的上级代码“power”不在词表中"):
        book.move(draft.id, "use", {"reason": "试"})
    power = book.add("term", term(draft, "power", above="psu"))
    with pytest.raises(Refused, match="成了自己的上级"):
        book.move(draft.id, "use", {"reason": "试"})
    book.edit(power.id, {"above": None})
    assert book.move(draft.id, "use", {"reason": "试"}).state == "in_use"
    assert psu.id in ids(book, draft).values()


def test_a_term_in_use_is_retired_not_voided_and_not_lost(book: Book, draft: Record) -> None:
    with pytest.raises(Refused, match="“用户操作不当”已在使用的版本中"):
        book.void(ids(book, draft)["user"], "不用")
    fresh = book.add("term", term(draft, "psu"))
    book.void(fresh.id, "错录")
    user = book.get(ids(book, draft)["user"])
    with book.saving():  # as a merge may bring it
        book.writer.write(user, "company", {"void": "不用"}, user.dots)
    with pytest.raises(Refused, match=r"缺少已使用的词条：用户操作不当 \(user\)"):
        book.move(draft.id, "use", {"reason": "试"})
    book.restore(user.id)
    assert book.move(draft.id, "use", {"reason": "试"}).state == "in_use"


def test_one_term_at_least_can_be_chosen(book: Book, draft: Record) -> None:
    for id in ids(book, draft).values():
        book.edit(id, {"retired": True})
    with pytest.raises(Refused, match="至少要有一个未停用的词条"):
        book.move(draft.id, "use", {"reason": "试"})
