"""Entry review: what a lead does with the weekly entries that wait, without a screen.

A decision is about the versions that were shown: an entry that changed since is read first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from models.text.words import Refused, W, say

if TYPE_CHECKING:
    from models.book.book import Book
    from models.records.weekly.review_grid import AwaitingReview, Team
    from models.records.weekly.weekly_entry import Weekly

NONE_WAITS = W("没有待您审阅的周报了。", "No more entries to review.")
ACCEPTED = W(
    "已接受：{who} {week}；还有 {count} 份待审", "Accepted: {who} {week}; {count} left to review"
)
RETURNED = W(
    "已退回：{who} {week}；还有 {count} 份待审", "Returned: {who} {week}; {count} left to review"
)
WHY = W("退回 {who} 的 {week}：写明原因", "Return {week} of {who}: give the reason")
MOVED_ON = W(
    "这份周报刚刚有改动，已显示新内容，请再看一遍。",
    "This entry has just changed. The new version is shown; read it again, please.",
)


class ReviewDecision(NamedTuple):
    """An entry that was accepted or returned, and its place among those that waited."""

    weekly: Weekly
    word: W
    who: str
    place: int

    def text(self, left: int) -> str:
        """What was decided, and how many still wait, in the current language."""
        return say(self.word, who=self.who, week=self.weekly.week, count=left)


class EntryReview:
    """The entries that wait for one person, and the one that is shown to that person now."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.waits: list[AwaitingReview] = []
        self._shown = ("", "")

    def read(self, team: Team) -> None:
        """Read what waits for this person in a team."""
        self.waits = team.waiting()

    def show(self, weekly: Weekly | None) -> bool:
        """Note which versions of which entry are shown; returns whether it is another entry."""
        before = self._shown[0]
        self._shown = (weekly.id, weekly.dots) if weekly is not None else ("", "")
        return weekly is None or before != weekly.id

    def next(self, current: str, by: int) -> AwaitingReview:
        """The entry that waits so many places after the current one, round and round.

        Raises `Refused` when none waits.
        """
        if not self.waits:
            raise Refused(NONE_WAITS)
        at = self._place(current)
        return self.waits[(at + by) % len(self.waits) if at is not None else 0]

    def after(self, decision: ReviewDecision) -> AwaitingReview | None:
        """The entry that took the place of a decided one, once what waits was read again."""
        return self.waits[min(decision.place, len(self.waits) - 1)] if self.waits else None

    def decidable(self, weekly: Weekly, move: str) -> Weekly:
        """The entry, if this person may make the move and has been shown these versions."""
        why = next(one.why for one in self.book.chances(weekly) if one.move.id == move)
        if why is not None:
            raise why
        if self._shown != (weekly.id, weekly.dots):
            raise Refused(MOVED_ON)
        return weekly

    def accept(self, weekly: Weekly) -> ReviewDecision:
        """Accept an entry as it is shown."""
        self.decidable(weekly, "accept")
        return self._decide(weekly, "accept", ACCEPTED)

    def why_return(self, weekly: Weekly) -> W:
        """The question for the reason of returning an entry."""
        return W(*(half.format(who=self._who(weekly), week=weekly.week) for half in WHY))

    def send_back(self, weekly: Weekly, reason: str) -> ReviewDecision:
        """Return an entry to its author with a reason."""
        return self._decide(weekly, "return", RETURNED, reason)

    def _decide(self, weekly: Weekly, move: str, word: W, comment: str = "") -> ReviewDecision:
        place = self._place(weekly.id) or 0
        self.book.move(weekly.id, move, comment=comment, seen=weekly.dots)
        return ReviewDecision(weekly, word, self._who(weekly), place)

    def _place(self, id: str) -> int | None:
        ids = [one.weekly for one in self.waits]
        return ids.index(id) if id in ids else None

    def _who(self, weekly: Weekly) -> str:
        return self.book.people.name(weekly.person or weekly.author)
