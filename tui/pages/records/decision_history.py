"""Decision history: what changed in a record since it was last decided on, and its moves so far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.book import permissions
from models.book.log.transitions import Transition
from models.calendar.business_dates import HOUR_MS
from models.records.registers import calendar_years, delegations
from models.text.words import W, say
from tui.display.parts import Span, TextPart

if TYPE_CHECKING:
    from models.book.book import Book
    from models.records.statistics.review_rounds import ReviewRounds
    from models.schema.record import Record
    from tui.display.values import Values

CHANGED = W("上一轮以来改了什么", "Changed since the last round")
NOTHING = W("与上一轮相同。", "The same as in the last round.")
WAS, NOW = W("原：", "was: "), W("现：", "now: ")
EMPTY = W("（空）", "(empty)")
ROUNDS = W("经过", "Rounds")
MOVE = W(
    "{when}  {who} {move}，此前“{state}”{time}",
    "{when}  {who}: {move}, after {time} as “{state}”",
)
LASTS = W("“{state}”已 {time}", "“{state}” for {time}")
HOURS, MINUTES = W("{n} 小时", "{n} working hours"), W("{n} 分钟", "{n} min")
HOUR = W("1 小时", "1 working hour")
FOR = W("{who}（受{other}委托期间）", "{who} (delegate of {other} then)")


def changes(rounds: ReviewRounds, values: Values, *, rows_too: bool = False) -> Iterator[TextPart]:
    """What changed since a record was last decided on; nothing in its first round.

    With `rows_too` a record whose own fields are the same has rows that changed.
    """
    if rounds.last_left is None:
        return
    differences = rounds.differences
    yield TextPart(CHANGED, head=True)
    if not differences and not rows_too:
        yield TextPart(NOTHING, style="muted", indent=2)
    specs = type(rounds.record).specs()
    for difference in differences:
        spec = specs[difference.field]
        for word, value in ((WAS, difference.before), (NOW, difference.after)):
            text = values.say(spec, value) or str(EMPTY)
            tone: Any = "muted" if word is WAS else "hit"
            spans: list[Span] = [(str(word), "muted"), (" ".join(text.split()), tone)]
            yield TextPart(spans, label=spec.label if word is WAS else " ")


def trail(rounds: ReviewRounds, values: Values) -> Iterator[TextPart]:
    """Every move of a record, with the working time spent in the state before it."""
    yield TextPart(ROUNDS, head=True)
    book, record = rounds.book, rounds.record
    kind = record.kind
    for stage in rounds.stages(calendar_years.calendar(book)):
        state, time = kind.state(stage.state).label, worked(stage.worked)
        if stage.ended is None:
            yield TextPart(say(LASTS, state=state, time=time), style="muted", indent=2)
            continue
        line = say(
            MOVE,
            when=values.short(stage.until),
            who=_decider(book, values, record, stage.ended),
            move=permissions.label_of(kind, stage.ended.move),
            state=state,
            time=time,
        )
        yield TextPart(line, style="muted", indent=2)
        if stage.ended.comment:
            yield TextPart(stage.ended.comment, indent=4)


def _decider(book: Book, values: Values, record: Record, move: Transition) -> str:
    """Who made a move, and whose delegate this person was then."""
    who = values.person(move.author)
    other = delegations.meanwhile(book, record.project, move.author, move.at)
    made = record.kind.by_move.get(move.move)
    decides = made is not None and bool(set(made.who) & set(delegations.DECIDERS))
    return say(FOR, who=who, other=values.person(other)) if other and decides else who


def worked(ms: int) -> str:
    """Working time in words."""
    if ms < HOUR_MS:
        return say(MINUTES, n=ms // 60_000)
    count = f"{ms / HOUR_MS:.1f}".removesuffix(".0")
    return str(HOUR) if count == "1" else say(HOURS, n=count)
