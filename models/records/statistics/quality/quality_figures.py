"""The figures of open items: what is open today by kind and age, and how a span went.

Clause: 5.1, 5.2, 5.3, 5.4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from models.calendar.business_dates import business_day, instant
from models.derived.figures import Counted, Reading, Scope, counted, figure, reading, share
from models.records.statistics.quality import open_items
from models.records.statistics.quality.open_items import AGES, DAY, KINDS, ItemKind, OpenItem
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

TODAY, SPAN = "backlog", "items"
"""The families: what is open today, and what came and went in a span of days."""
ALL, LATE = "all", "late"
EVERY = W("全部", "All")
LATE_WORD = W("逾期", "late")
_UP_TO = W("{first}–{last} 天", "{first}–{last} days")
_BEYOND = W("超过 {last} 天", "over {last} days")


def _age_words() -> list[W]:
    words, first = [], 0
    for last in AGES:
        said = {"first": first, "last": last}
        words.append(W(_UP_TO.zh.format(**said), _UP_TO.en.format(**said)))
        first = last + 1
    return [*words, W(_BEYOND.zh.format(last=AGES[-1]), _BEYOND.en.format(last=AGES[-1]))]


AGE_WORDS = _age_words()
"""What the age classes are called."""


class Backlog(NamedTuple):
    """The items that are open today."""

    items: Mapping[str, Sequence[tuple[OpenItem, int]]]
    """Kind, or `ALL` -> its items, each with the place of its age class."""
    today: date

    def of(self, kind: str) -> list[OpenItem]:
        """Those of a kind, or of all."""
        return [item for item, _ in self.items.get(kind, ())]

    def aged(self, kind: str, place: int) -> list[OpenItem]:
        """Those of a kind that are of an age class."""
        return [item for item, at in self.items.get(kind, ()) if at == place]


class ItemSpan(NamedTuple):
    """The items that came, went or were there in a span of days."""

    opened: list[OpenItem]
    closed: list[OpenItem]
    open: list[OpenItem]
    """Those that were open at its end."""
    in_time: list[OpenItem]
    """Of the closed ones those that were done on or before their day."""
    dated: int
    """How many of the closed ones had a day."""


def backlog(book: Book, items: Sequence[OpenItem]) -> Backlog:
    """Open items with their age classes of today."""
    bounds = open_items.age_bounds(book.today, book.zone)
    placed = [(one, sum(one.occurred < bound for bound in bounds)) for one in items]
    found: dict[str, list[tuple[OpenItem, int]]] = {ALL: placed}
    for one in placed:
        found.setdefault(one[0].kind, []).append(one)
    return Backlog(found, book.today)


def span_of(
    items: Sequence[OpenItem], done: Sequence[OpenItem], first: date, last: date, zone: str
) -> ItemSpan:
    """A span of days, from the open items and those done since its first day or earlier."""
    since, until = instant(first, 0, zone), instant(last + DAY, 0, zone)
    every = [*items, *done]
    closed = [one for one in done if one.closed is not None and since <= one.closed < until]
    dated = [one for one in closed if one.due is not None]
    return ItemSpan(
        opened=[one for one in every if since <= one.occurred < until],
        closed=closed,
        open=[
            one
            for one in every
            if one.occurred < until and (one.closed is None or one.closed >= until)
        ],
        in_time=[one for one in dated if _done_on(one, zone) <= (one.due or last)],
        dated=len(dated),
    )


def _done_on(item: OpenItem, zone: str) -> date:
    return business_day(item.closed or 0, zone)


def name_of(kind: str, part: str = "") -> str:
    """The figure of a kind (or `ALL`): its items, those of an age class ('0'…'3'), or late."""
    return f"{TODAY}.{kind}.{part}" if part else f"{TODAY}.{kind}"


def late(found: Backlog, kind: str) -> Counted:
    """The items past their day, of those that have one; not assessable where none could."""
    here = found.of(kind)
    dated = [one for one in here if one.due is not None]
    over = [one.id for one in dated if one.due is not None and one.due < found.today]
    if dated:
        return counted(over, len(dated))
    nothing = not here and (kind == ALL or open_items.dated(open_items.BY_NAME[kind]))
    return Counted(0 if nothing else None, 0)


@reading(TODAY, W("未结事项", "Open items"), of_today=True)
def read_today(book: Book, scope: Scope) -> Reading | None:
    """What is open in a scope; only of today, since the past is not kept."""
    if not scope.first == scope.last == book.today:
        return None
    return Reading(backlog(book, open_items.open_now(book, scope.projects)))


@reading(SPAN, W("各类事项", "All kinds of items"))
def read_span(book: Book, scope: Scope) -> Reading:
    """The items of a span."""
    now = open_items.open_now(book, scope.projects)
    done = open_items.done_since(book, scope.projects, scope.first)
    return Reading(span_of(now, done, scope.first, scope.last, book.zone))


def _declare(kind: str, label: W) -> None:
    """The figures of one kind: all that are open, by age, and the late ones."""

    def of_age(place: int) -> Callable[[Backlog], Counted]:
        return lambda found: counted(
            [one.id for one in found.aged(kind, place)], len(found.of(kind))
        )

    figure(
        name_of(kind),
        label,
        W("现在还没有办完的", "not done yet"),
    )(lambda found: counted([one.id for one in found.of(kind)]))
    for place, age in enumerate(AGE_WORDS):
        figure(
            name_of(kind, str(place)),
            W(f"{label.zh} {age.zh}", f"{label.en}, {age.en}"),
            W(
                f"还没有办完、发生至今 {age.zh}（按日期，今天为 0）",
                f"not done yet; it began {age.en} ago (by the calendar, today being 0)",
            ),
        )(of_age(place))
    figure(
        name_of(kind, LATE),
        W(f"{label.zh} {LATE_WORD.zh}", f"{label.en}, {LATE_WORD.en}"),
        W(
            "还没有办完、期限已过的；件数为有期限的；都没有期限时不可评定",
            "not done yet and past their day; cases: those that have a day; without any it is"
            " not assessable",
        ),
    )(lambda found: late(found, kind))


_ALL = ItemKind(ALL, EVERY, ())
for _kind in (_ALL, *KINDS):
    _declare(_kind.name, _kind.label)


@figure(
    f"{SPAN}.opened",
    W("新增", "Opened"),
    W(
        "这段时间发生的处置、升级、措施、投诉、事故、不规范服务、让步、确认和检查；"
        "已升级的处置只算升级",
        "fixes, escalations, actions, complaints, incidents, irregular services, concessions,"
        " confirmations and checks that began in the span; an escalated fix counts as its"
        " escalation. What was done before the span, or is void, is left out",
    ),
)
def opened(found: ItemSpan) -> Counted:
    """Items that began."""
    return counted([one.id for one in found.opened])


@figure(
    f"{SPAN}.closed",
    W("办完", "Done"),
    W("最后一次办完在这段时间的", "items that were done last in the span"),
)
def closed(found: ItemSpan) -> Counted:
    """Items that were done."""
    return counted([one.id for one in found.closed])


@figure(
    f"{SPAN}.open",
    W("期末未结", "Open at the end"),
    W("结束前发生、到结束还没有办完的", "began by the end of the span and were not done then"),
)
def open_at_end(found: ItemSpan) -> Counted:
    """Items that were open at the end."""
    return counted([one.id for one in found.open])


@figure(
    f"{SPAN}.in_time",
    W("按期办完率", "Done in time"),
    W(
        "这段时间办完、不晚于期限的 ÷ 这段时间办完且有期限的",
        "done in the span on or before their day ÷ done in the span and with a day",
    ),
    unit="%",
)
def in_time(found: ItemSpan) -> Counted:
    """Of the items done that have a day, those done by it."""
    return share(len(found.in_time), found.dated, [one.id for one in found.in_time])
