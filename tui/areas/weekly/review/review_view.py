"""Review view: an entry as a lead reads it: what changed since the last round, rounds, notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from models.records.common.note import Note
from models.records.statistics.review_rounds import ReviewRounds
from models.records.weekly import problem_intake, review_grid
from models.records.weekly.entries import WeeklyEntryDue
from models.records.weekly.review_grid import Cell, ReviewRow
from models.records.weekly.weekly_entry import Weekly
from models.storage import rows
from models.text.words import W, say
from tui.areas.weekly.entry_view import PROSE, EntryView
from tui.display.parts import TextPart
from tui.display.values import Values
from tui.pages.records.decision_history import changes, trail

if TYPE_CHECKING:
    from models.book.book import Book

TITLE = W("{who}  {week}  {project}", "{who}  {week}  {project}")
ROUND = W("{state}，第 {n} 轮", "{state}, round {n}")
MARK = W("{label}  ● 已改", "{label}  * changed")
ROWS = {"new": W("● 新增", "* new"), "changed": W("● 已改", "* changed")}
NOTES = W("备注", "Notes")
NO_ENTRY = {
    review_grid.MISSING: W("没有提交：应在 {due} 前。", "Not submitted; it was due {due}."),
    review_grid.UNSYNCED: W(
        "未同步：此人的数据只收到 {until}，周报可能已写。",
        "Not synced: data of this person is received up to {until} only. The entry may exist.",
    ),
    review_grid.DUE: W("还没有到期：{due} 前提交。", "Not due yet: {due}."),
    review_grid.NONE: W("这一周不要求周报。", "No entry is required for this week."),
}
NEVER = W("（从未同步）", "(never synced)")


class ReviewView(EntryView):
    """The parts of one entry, for a person who decides about it."""

    rounds: ReviewRounds

    def __init__(self, book: Book, values: Values, entry: WeeklyEntryDue, weekly: Weekly) -> None:
        problems = problem_intake.problems_of(book.store, weekly.id)
        super().__init__(
            book, values, entry, {}, [(one.source or "", one.values()) for one in problems]
        )
        self.weekly = weekly
        self.rounds = rounds = ReviewRounds(book, weekly)
        self.changed = {one.field: one for one in rounds.differences}
        by_id = rounds.row_changes(problems)
        self.new_rows = {one.source: by_id[one.id] for one in problems if one.id in by_id}

    def parts(self) -> list[TextPart]:
        """Whose it is, what changed, the entry, its rounds and notes."""
        return [
            self._title(),
            *super().parts(),
            *trail(self.rounds, self.values),
            *self._notes(),
        ]

    def _title(self) -> TextPart:
        weekly, state = self.weekly, self.weekly.kind.state(self.weekly.state)
        who = self.values.person(weekly.person or weekly.author)
        text = say(TITLE, who=who, week=weekly.week, project=self.entry.project.name or "")
        number = self.rounds.number
        round = say(ROUND, state=state.label, n=number) if number > 1 else str(state.label)
        return TextPart([(f"{text}  ", "title"), (round, state.tone)])

    def notices(self) -> Iterator[TextPart]:
        """The notices of the entry, and what changed since it was last decided on."""
        yield from super().notices()
        rows_too = bool(self.new_rows)
        yield from changes(self.rounds, self.values, rows_too=rows_too)

    def prose(self, name: str) -> Iterator[TextPart]:
        """A text, marked where it changed since it was last decided on."""
        for part in super().prose(name):
            if part.head and name in self.changed and name in PROSE:
                yield TextPart(say(MARK, label=Weekly.specs()[name].label), head=True)
            else:
                yield part

    def problem(self, source: str, values: Mapping[str, Any]) -> Iterator[TextPart]:
        """A problem, marked where its row is new or changed."""
        change = self.new_rows.get(source)
        if change is not None:
            yield TextPart(ROWS[change], style="hit", indent=2)
        yield from super().problem(source, values)

    def _notes(self) -> Iterator[TextPart]:
        where = "WHERE about=? AND void IS NULL ORDER BY n"
        found = rows.fetch(self.book.store, Note, where, (self.weekly.id,))
        if found:
            yield TextPart(NOTES, head=True)
        for note in found:
            who = f"{self.values.person(note.author)}  {self.values.short(note.occurred)}"
            yield TextPart(who, style="muted", indent=2)
            yield TextPart(note.text or "", indent=4)


def absent(
    values: Values, row: ReviewRow, week: str, cell: Cell, due: int, until: int
) -> list[TextPart]:
    """The parts that are shown for a week without an entry: whose it is, and why."""
    title = say(TITLE, who=row.name, week=week, project=row.project_name)
    then = values.short(until) if until else str(NEVER)
    word = NO_ENTRY.get(cell.state, NO_ENTRY[review_grid.NONE])
    style: Any = {review_grid.MISSING: "bad", review_grid.UNSYNCED: "warn"}.get(cell.state, "muted")
    return [
        TextPart(title, style="title"),
        TextPart(say(word, due=values.short(due), until=then), style=style),
    ]
