"""History view: a record's history as parts of a leaf, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from models.book import permissions
from models.queries.history import Step, Turn, story
from models.schema.fields import Spec
from models.schema.record import Record
from models.text.words import W, say
from tui.display.parts import Span, TextPart
from tui.display.values import Values, shortened
from tui.display.views import clock_text

if TYPE_CHECKING:
    from models.book.book import Book

HISTORY = W("历史", "History")
CREATED = W("新建", "created")
CHANGED = W("修改", "changed")
VOIDED = W("作废：{reason}", "voided: {reason}")
RESTORED = W("恢复使用", "restored")
ALONE = W("没有第二人", "no second person")
AS = W("以{role}身份", "as {role}")
NOTHING = W("空", "nothing")
EARLIER = W("还有更早的 {n} 条", "{n} earlier ones")
ON = W("电脑 {device}", "device {device}")
MOST = 60
"""Steps shown; of a longer history the number of the others is shown."""
CUT = 120


def parts(book: Book, values: Values, record: Record) -> Iterator[TextPart]:
    """Who changed what from what to what, when and on which device; moves with their comments."""
    steps = list(story(type(record), book.change_log.history(record.id)))
    yield TextPart()
    yield TextPart(f"{HISTORY} ({len(steps)})", head=True)
    for step in reversed(steps[-MOST:]):
        yield from _step(values, record, step)
    if len(steps) > MOST:
        yield TextPart(say(EARLIER, n=len(steps) - MOST), style="muted")


def _step(values: Values, record: Record, step: Step) -> Iterator[TextPart]:
    person = values.workspace.people.person_of(step.device)
    who = values.person(person) or values.device(step.device)
    head: list[Span] = [(values.moment(step.at), "muted")]
    space = values.workspace.book.space_of(record)
    mark = clock_text.mark(values.workspace, space, step.device, step.seq, step.at)
    head += [(f" ({mark})", "warn")] if mark else []
    head.append((f" {who} ", ""))
    head += _what(record, step)
    head.append((f"  {say(ON, device=values.device(step.device))}", "muted"))
    yield TextPart(head, f"step:{step.device}:{step.seq}")
    comment = (step.move or {}).get("comment")
    if comment:
        yield TextPart(f"“{comment}”", indent=4)
    specs = type(record).specs()
    order = list(specs)
    for turn in sorted(step.turns, key=lambda one: _place(order, one.field)):
        if turn.field in specs and specs[turn.field].internal:
            continue
        if turn.field not in ("state", "void") and not (step.created and turn.after is None):
            yield TextPart(_turn(values, type(record).specs().get(turn.field), turn), indent=4)


def _place(order: list[str], field: str) -> int:
    return order.index(field) if field in order else len(order)


def _what(record: Record, step: Step) -> list[Span]:
    """What the step was: a creation, a move, a void, or an edit."""
    if step.move is not None:
        return _move(record, step.move)
    void = next((turn for turn in step.turns if turn.field == "void"), None)
    if void is not None and not step.created:
        word = say(VOIDED, reason=void.after) if void.after is not None else str(RESTORED)
        return [(word, "bad" if void.after is not None else "good")]
    return [(str(CREATED if step.created else CHANGED), "title")]


def _move(record: Record, payload: Mapping[str, Any]) -> list[Span]:
    kind = record.kind
    label = permissions.label_of(kind, str(payload.get("move")))
    to = kind.state(str(payload.get("to")))
    before = kind.state(str(payload.get("from"))).label
    spans: list[Span] = [
        (str(label), "title"),
        (f"  {before} > ", "muted"),
        (str(to.label), to.tone),
    ]
    if payload.get("alone"):
        spans.append((f"  {ALONE}", "warn"))
    return spans


def _turn(values: Values, spec: Spec | None, turn: Turn) -> list[Span]:
    """One field from what to what."""
    label = str(spec.label) if spec is not None else turn.field
    after = _short(values, spec, turn.after)
    if not turn.before:
        return [(f"{label}: ", "muted"), (after, "")]
    before = " / ".join(_short(values, spec, value) for value in turn.before)
    return [(f"{label}: ", "muted"), (before, "muted"), (" > ", "key"), (after, "")]


def _short(values: Values, spec: Spec | None, value: Any) -> str:
    """A value on one line, not too long."""
    said = values.say(spec, value) if spec is not None else str(value)
    return shortened(" ".join(said.split()), CUT) or str(NOTHING)
