"""Inbox rows: what waits for a decision, as rows of a list and as the parts that are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from models.calendar.business_dates import HOUR_MS
from models.queries.waiting import urgency
from models.queries.waiting.inbox import GROUPS, InboxItem
from models.records.registers import delegations
from models.text.words import W, say
from tui.display.parts import Span, TextPart
from tui.display.row_layout import ListColumn
from tui.display.row_source import DisplayLine, ListRow
from tui.display.task_rows import due_words
from tui.display.values import Values
from tui.pages.home.inbox_view import view_of
from tui.widgets.grouped_list import GroupHead

if TYPE_CHECKING:
    from models.book.book import Book
    from models.schema.record import Record

COLUMNS = (
    ListColumn("read", W("读", "Read"), 4),
    ListColumn("what", W("状态", "State"), 11, words=()),
    ListColumn("title", W("事项", "What"), 22, weight=5),
    ListColumn("who", W("提交人", "From"), 8, weight=1, priority=3),
    ListColumn("project", W("项目", "Project"), 10, weight=2, priority=4),
    ListColumn("due", W("期限", "Due"), 10, priority=1, right=True),
    ListColumn("waited", W("等待", "Waiting"), 9, priority=2, right=True),
)
HEADS = {
    "decide": W("待受理、审批、审阅", "To accept, approve or review"),
    "verify": W("待验证", "To verify"),
    "acknowledge": W("待知悉", "To acknowledge"),
    "watch": W("即将到期或逾期，等待他人处理", "At risk, waiting on others"),
    "follow": W("我关注的", "Followed"),
}
COUNT = W("{head}  {count}", "{head}  {count}")
ROUND = W("{text}（第 {n} 轮）", "{text} (round {n})")
IS_READ = W("读", "r")
HOURS, WORKDAYS = W("{n}小时", "{n} h"), W("{n}工作日", "{n} w.days")
DAY_HOURS = 8
"""Working hours from which on a time is told in working days."""
OTHER = W("m 全部操作", "m all actions")
NO_WAY = W("等待他人处理；b 可写备注催办。", "Waiting on others; b adds a note.")
SEE_TO = W("受 {who} 委托，至 {day}", "for {who}, until {day}")
SEEN_TO = W("已委托 {who}，至 {day}", "delegated to {who}, until {day}")
USED = W("已用 {percent}% 的时间，期限 {day}", "{percent}% of the time used, due {day}")


class InboxRows:
    """The items of the inbox, as text."""

    def __init__(self, book: Book, values: Values) -> None:
        self.book = book
        self.values = values

    def rows(self, items: Sequence[InboxItem], read: Callable[[InboxItem], bool]) -> list[ListRow]:
        """Items under the headings of their groups."""
        self.values.fetch({"project": [str(item.record.project) for item in items]})
        found: list[ListRow] = []
        for group in GROUPS:
            some = [item for item in items if item.group == group]
            if some:
                found.append(GroupHead(say(COUNT, head=HEADS[group], count=len(some))))
                found += [self._row(item, read(item)) for item in some]
        return found

    def _row(self, item: InboxItem, read: bool) -> DisplayLine:
        record = item.record
        said: dict[str, str | W] = {
            "read": IS_READ if read else "",
            "what": record.kind.state(record.state).label,
            "title": self._titled(item),
            "who": self.values.person(_whose(item)),
            "project": self.values.title(record.project, "project") if record.project else "",
            "due": self._due(record),
            "waited": _waited(item.worked / HOUR_MS),
        }
        near = urgency.mark(item.used)
        return DisplayLine(record.id, said, "error" if near == 100 else "warning" if near else "")

    def _due(self, record: Record) -> str:
        due = urgency.due_day(record)
        return due_words(due, self.values.today) if due is not None else ""

    def _titled(self, item: InboxItem) -> str:
        text = view_of(self.book, self.values, item.record).title()
        return say(ROUND, text=text, n=item.round) if item.round > 1 else text

    def delegated(self) -> list[str]:
        """For whom this person decides as a delegate now, and who decides for this person."""
        found = [
            say(SEE_TO, who=self.values.person(one.author), day=one.until)
            for one in delegations.to_me(self.book)
        ]
        return found + [
            say(SEEN_TO, who=self.values.person(one.delegate), day=one.until)
            for one in delegations.by_me(self.book)
        ]

    def parts(self, item: InboxItem) -> list[TextPart]:
        """What can be done, then what is read of the record."""
        view = view_of(self.book, self.values, item.record)
        return [self._ways(item), *self._used(item), *view.parts()]

    def _ways(self, item: InboxItem) -> TextPart:
        spans: list[Span] = []
        for key, move in (("a", item.forward), ("h", item.back)):
            if move is not None:
                spans += [(f"{key} ", "key"), (f"{move.label}   ", "")]
        if not spans:
            return TextPart(NO_WAY, style="muted")
        return TextPart([*spans, (str(OTHER), "muted")])

    def _used(self, item: InboxItem) -> Iterator[TextPart]:
        day = urgency.due_day(item.record)
        if item.used is not None and day is not None:
            tone: Any = {100: "bad", 75: "warn"}.get(urgency.mark(item.used), "muted")
            yield TextPart(say(USED, percent=item.used, day=day.isoformat()), style=tone)


def _waited(hours: float) -> str:
    """Working time in short."""
    if hours < DAY_HOURS:
        return say(HOURS, n=f"{hours:.1f}")
    return say(WORKDAYS, n=round(hours / DAY_HOURS))


def _whose(item: InboxItem) -> str:
    """Who waits for the decision."""
    return cast(str, getattr(item.record, "person", None) or item.record.author)
