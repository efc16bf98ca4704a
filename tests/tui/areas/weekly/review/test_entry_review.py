"""Entry review: which entry comes next, and a decision about the versions that were shown."""

from __future__ import annotations

from typing import cast

import pytest

from models.book.book import Book
from models.records.weekly import review_grid
from models.records.weekly.review_grid import Team
from models.records.weekly.weekly_entry import Weekly
from models.text.words import Refused, language
from tests.support.crew import Crew
from tests.tui.areas.weekly.conftest import hand_in
from tui.areas.weekly.review.entry_review import EntryReview

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def review(book: Book, team: Crew) -> EntryReview:
    """Two entries wait for the lead."""
    made = EntryReview(book)
    again(made)
    return made


def again(review: EntryReview) -> None:
    """Read what waits now."""
    review.read(Team(review.book, review_grid.led(review.book), {}))


def shown(review: EntryReview, at: int = 0) -> Weekly:
    """The entry that waits at a place, shown as it is."""
    weekly = cast(Weekly, review.book.get(review.waits[at].weekly))
    review.show(weekly)
    return weekly


def names(review: EntryReview) -> list[str]:
    """Whose entries wait."""
    return [review.book.people.name(one.person) for one in review.waits]


def test_the_next_entry_comes_round_and_round(review: EntryReview) -> None:
    first, second = review.waits
    assert names(review) == ["仇小河", "段青"]
    assert review.next(first.weekly, 1) == second and review.next(second.weekly, 1) == first
    assert review.next(first.weekly, -1) == second
    assert review.next("", 1) == first and review.next("", -1) == first  # from what waits not


def test_an_accepted_entry_makes_way_for_the_one_after_it(review: EntryReview) -> None:
    _, second = review.waits
    weekly = shown(review)
    decision = review.accept(weekly)
    assert review.book.get(weekly.id).state == "accepted"
    again(review)
    assert review.after(decision) == second
    assert decision.text(len(review.waits)) == "已接受：仇小河 2026-W47；还有 1 份待审"
    language.now = "en"
    assert decision.text(1) == "Accepted: 仇小河 2026-W47; 1 left to review"


def test_after_the_last_comes_the_one_before_it_and_then_none(review: EntryReview) -> None:
    first, _ = review.waits
    decision = review.accept(shown(review, 1))
    again(review)
    assert review.after(decision) == first
    decision = review.accept(shown(review))
    again(review)
    assert review.after(decision) is None
    with pytest.raises(Refused, match="没有待您审阅的周报了"):
        review.next("", 1)


def test_an_entry_is_returned_with_its_reason(review: EntryReview) -> None:
    weekly = shown(review)
    assert str(review.why_return(weekly)) == "退回 仇小河 的 2026-W47：写明原因"
    decision = review.send_back(review.decidable(weekly, "return"), "写明下周计划")
    assert review.book.get(weekly.id).state == "returned"
    again(review)
    assert names(review) == ["段青"]
    assert decision.text(1).startswith("已退回：仇小河")


def test_versions_that_were_not_shown_are_not_decided(review: EntryReview, team: Crew) -> None:
    weekly = shown(review)
    author = team.books["仇小河"]
    author.move(weekly.id, "reopen")
    author.edit(weekly.id, {"progress": "另一段话"})
    author.move(weekly.id, "submit")
    now = cast(Weekly, review.book.get(weekly.id))
    with pytest.raises(Refused, match="刚刚有改动"):
        review.accept(now)
    assert review.book.get(weekly.id).state == "submitted"
    assert not review.show(now)  # the same entry, read again
    review.accept(now)
    assert review.book.get(weekly.id).state == "accepted"


def test_what_is_decided_is_not_decided_again(review: EntryReview) -> None:
    weekly = shown(review)
    review.accept(weekly)
    done = cast(Weekly, review.book.get(weekly.id))
    review.show(done)
    for move in ("accept", "return"):
        with pytest.raises(Refused, match="“已接受”"):
            review.decidable(done, move)


def test_ones_own_entry_is_left_to_somebody_else(
    review: EntryReview, team: Crew, project: str
) -> None:
    author = team.books["段青"]
    own = EntryReview(author)
    weekly = cast(Weekly, author.get(review.waits[1].weekly))
    own.show(weekly)
    with pytest.raises(Refused):
        own.accept(weekly)
    assert author.get(weekly.id).state == "submitted"
    hand_in(team.books["文竹"], project)
    again(review)
    assert names(review) == ["仇小河", "文竹", "段青"]


def test_showing_says_whether_it_is_another_entry(review: EntryReview) -> None:
    first = shown(review, 0)
    assert not review.show(first)
    second = cast(Weekly, review.book.get(review.waits[1].weekly))
    assert review.show(second)
    assert review.show(None) and review.show(None)  # a week without an entry begins at its top
    with pytest.raises(Refused, match="刚刚有改动"):
        review.accept(second)
