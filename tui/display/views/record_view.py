"""Record view: what a book holds of one record, as text parts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from models.book import permissions
from models.book.conflict.conflicts import Conflict, conflicts_of
from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts_of
from models.schema import validation
from models.schema.fields import Spec
from models.schema.record import Record
from models.storage import rows
from models.text.words import W, say, several
from tui.display import move_letters
from tui.display.parts import Span, TextPart
from tui.display.values import Values, shortened
from tui.display.views import history_view
from tui.display.views.record_whereabouts import quarantined, whereabouts
from tui.display.views.related_records import Around

if TYPE_CHECKING:
    from models.book.book import Book

STATE = W("状态", "State")
PROJECT = W("项目", "Project")
AUTHOR = W("填写人", "Author")
OCCURRED = W("发生时间", "Time")
NOTED = W("（{time} 补记）", "(entered later, {time})")
WHERE = W("同步", "Sync")
QUARANTINED = W("隔离", "Quarantined")
REF = W("外部编号", "Ref")
VOIDED = W("已作废：{reason}", "void: {reason}")
MOVES = W("操作", "Actions")
NO_MOVES = W("现在没有可做的操作", "no action available")
OVERDUE = W("逾期 {n} 天", "{n} days overdue")
DAMAGED = W("损坏", "Damaged")
ODD = W("待核对：{reason}", "to review: {reason}")
NOT_ASKED = (permissions.VOIDED, permissions.WRONG_STATE, permissions.NO_ROLE)
"""Refusals that the page does not repeat: the move is of another role, or of another state."""
BESIDE = W("另一版本：{value}（{who}，{when}）", "also: {value} ({who}, {when})")
ABOUT = W("见", "See")
"""The label of the records that the line of the state names."""
MOST = 8
"""Records of one fact that have a line of their own."""
MORE_EMPTY = W("还有 {n} 项没有填写（o 显示）", "empty fields: {n} (o shows them)")


class RecordView:
    """A record's header, fields, links and history as text parts for `DocumentView`.

    The id of a part is `kind:rest`; the page acts on it.
    """

    def __init__(self, book: Book, values: Values, record: Record) -> None:
        self.book = book
        self.values = values
        self.record = record

    @cached_property
    def _states(self) -> StateView:
        return StateView(self.book.store)

    @cached_property
    def _facts(self) -> list[RecordFact]:
        return list(facts_of(self.book, self.record, self._states))

    def whole(self, *, empty: bool = False) -> list[TextPart]:
        """Everything: header, fields, rows, links, notes, attachments, history."""
        return [
            *self.header(),
            *self.fields(empty=empty),
            *Around(self.book, self.values, self.record).whole(),
            *history_view.parts(self.book, self.values, self.record),
        ]

    def brief(self) -> list[TextPart]:
        """Header and fields, for a preview next to a list."""
        title = f"{self.record.kind.label} {self.record.number}"
        return [TextPart(title, style="title"), *self.header(), *self.fields()]

    def header(self) -> Iterator[TextPart]:
        """State, where it belongs, who and when, what can be done."""
        record, values = self.record, self.values
        if not rows.is_sound(record):
            yield TextPart(rows.DAMAGED, label=DAMAGED, style="bad")
        yield TextPart(self._state(), label=STATE)
        if record.project:
            yield TextPart(
                values.title(record.project, "project"), f"open:{record.project}", PROJECT
            )
        yield TextPart(values.person(record.author), label=AUTHOR)
        when: list[Span] = [(values.moment(record.occurred), "")]
        if values.late(record):
            when.append((f" {say(NOTED, time=values.moment(record.recorded))}", "warn"))
        yield TextPart(when, label=OCCURRED)
        where = whereabouts(values, record)
        if where:
            yield TextPart(where, label=WHERE)
        for why in quarantined(values, record):
            yield TextPart(why, label=QUARANTINED, style="bad")
        if record.ref:
            yield TextPart(record.ref, label=REF)
        if record.kind.moves:
            yield from self._moves()
        for fact in self._facts:
            yield from self._fact(fact)
        yield TextPart()

    def _fact(self, fact: RecordFact) -> Iterator[TextPart]:
        """A fact with a label of its own, or what one on the line of the state names.

        Each record that it names is opened from there, as long as they are few.
        """
        own = self.record.id if fact.label is None else ""  # the page is about it anyway
        named = [id for id in fact.records if id != own]
        label: W | str = ABOUT if fact.label is None else fact.label
        if fact.label is not None and (fact.text or len(named) > MOST):
            text = fact.text or several(self.values.title(id) for id in fact.records)
            one = f"work:{named[0]}" if len(named) == 1 else ""
            yield TextPart(text, one, label, style=fact.tone)
            named, label = [] if len(named) == 1 or not fact.text else named, ""
        for at, id in enumerate(named[:MOST]):
            word = label if at == 0 else ""
            yield TextPart(self._named(id), f"work:{id}", word, style=fact.tone)

    def _named(self, id: str) -> str:
        """A record by its number and title; by its title where it is not here."""
        record = self.book.find(id)
        title = self.values.title(id)
        return title if record is None else f"{record.number}  {title}"

    def _state(self) -> list[Span]:
        record = self.record
        state = self._states.state(record)
        spans: list[Span] = [(str(state.label), state.tone)]
        spans += [(f"  {fact.text}", fact.tone) for fact in self._facts if fact.label is None]
        overdue = self.values.overdue(
            record.kind, state, getattr(record, record.kind.due_in(record.state) or "-", None)
        )
        if overdue:
            spans.append((f"  {say(OVERDUE, n=overdue)}", "bad"))
        if record.void is not None:
            spans.append((f"  {say(VOIDED, reason=record.void)}", "bad"))
        return spans

    def _moves(self) -> Iterator[TextPart]:
        """What can be done, and what the next step waits for where it is this person's."""
        keys = move_letters.letters(self.record.kind)
        spans: list[Span] = []
        chances = self.book.chances(self.record)
        for chance in chances:
            if chance.ok:
                spans.append((f"{'   ' if spans else ''}{keys.get(chance.move.id, '')}", "key"))
                spans.append((f" {chance.move.label}", ""))
        own = [one for one in chances if one.move.id in self.record.kind.by_move]
        waits = [one.why for one in own if one.why and one.why.word not in NOT_ASKED]
        if spans:
            yield TextPart(spans, "moves:", MOVES)
            waits = [why for why in waits if why.word != permissions.FOUR_EYES]
        elif not waits:
            yield TextPart([(str(NO_MOVES), "muted")], "moves:", MOVES)
        if waits:
            yield TextPart([(str(waits[0]), "warn")], "moves:", " " if spans else MOVES)

    # -- fields --------------------------------------------------------------------------------

    def fields(self, *, empty: bool = False) -> Iterator[TextPart]:
        """Each field with its word; empty ones only when asked for."""
        specs = type(self.record).visible()
        in_conflict = {one.field: one for one in conflicts_of(self.book, self.record)}
        hidden = 0
        for name, spec in specs.items():
            value = getattr(self.record, name)
            if value in (None, "") and not empty and name not in in_conflict:
                hidden += 1
                continue
            yield self._field(name, spec, value)
            if spec.group in in_conflict or name in in_conflict:
                yield from self._beside(name, spec, in_conflict[spec.group or name])
        for name in ("state", "void"):
            if name in in_conflict:
                yield from self._beside(name, None, in_conflict[name])
        if hidden:
            yield TextPart(say(MORE_EMPTY, n=hidden), "empty:", style="muted")

    def _field(self, name: str, spec: Spec, value: object) -> TextPart:
        said = self.values.say(spec, value)
        odd = validation.fault(spec, value)
        link = spec.kind == "link" and spec.target != "person" and value
        id = f"open:{value}" if link else f"field:{name}"
        body: str | list[Span] = said or [("-", "muted")]
        if link:
            body = [(shortened(said), "busy")]
        if odd is not None:
            told = [(said, "")] if isinstance(body, str) else body
            body = [*told, (f"  {say(ODD, reason=odd)}", "bad")]
        return TextPart(body, id, spec.label)

    def _beside(self, name: str, spec: Spec | None, conflict: Conflict) -> Iterator[TextPart]:
        """The sibling values of the one shown, with who wrote them and when."""
        for stand in conflict.stands:
            if not stand.shown:
                value = stand.value.get(name) if isinstance(stand.value, dict) else stand.value
                said = self.values.say(spec, value) if spec else self._word(name, value)
                who = self.values.person(stand.author) or self.values.device(stand.device)
                when = self.values.short(stand.at)
                text = say(BESIDE, value=said or "-", who=who, when=when)
                yield TextPart(text, f"conflict:{conflict.field}", " ", "bad")

    def _word(self, name: str, value: object) -> str:
        return str(self.record.kind.state(str(value)).label) if name == "state" else str(value)
