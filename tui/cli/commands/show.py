"""`show`: one record with its fields, rows, notes and the moves possible now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.book import permissions
from models.book.conflict.conflicts import conflicts_of
from models.book.derived_state import StateView
from models.book.log.transitions import Transition, made_by
from models.book.rows.child_rows import child_types, rows_of
from models.derived import compiled, figures
from models.derived.revision_comparison import compare
from models.queries import links, lookup
from models.queries.facts import facts_of
from models.queries.record_json import actions_json, single
from models.schema import validation
from models.storage.rows import DAMAGED as UNSOUND
from models.storage.rows import is_sound
from models.text.words import Refused, W, say, several
from sync.log import quarantine
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.set_fields import THE_ID
from tui.cli.options import argument, command, json_option, option
from tui.cli.streams import output
from tui.display import value_text
from tui.display.views import figure_text, revision_view

if TYPE_CHECKING:
    from models.schema.fields import Spec
    from models.schema.record import Record
    from sync.workspace.workspace import Workspace

LATER_MS = 60 * 60 * 1000
"""An hour between happening and recording: from then on it counts as entered later."""

DAMAGED = W("损坏", "Damaged")
STATE = W("状态", "State")
PROJECT = W("项目", "Project")
OCCURRED = W("发生时间", "Time")
RECORDED = W("记录", "Recorded")
LATER = W("（补录）", " (entered later)")
BY = W("填写人", "Author")
REF = W("ref", "ref")
ODD = W("待核对：{reason}", "to review: {reason}")
VOID = W("作废", "Void")
MOVES = W("可用操作", "Actions")
ASIDE = W("被隔离", "Quarantined")
ASIDE_IS = W("{who} 的改动：{reason}", "a change by {who}: {reason}")
BESIDE = W("冲突", "Conflict")
MORE = W("  另有 {n} 条，见各类型的列表", "  {n} more: see the lists of their types")
ABOUT = W("相关记录：", "Linked records:")
AS_ISSUED = W("签发时的指标：", "Figures as issued:")
AS_OF_NOW = W("现在的指标：", "Figures as of now:")
SUPPLEMENTS = W("签发之后的补记：", "Supplements after the issue:")
ALONE_IS = W("{who} {move}，没有第二人", "{move} by {who}, no second person")
DECIDED = W("决定", "Decision")
LABELLED = W("{label}：{text}", "{label}: {text}")
ONLY_FROM = W("（只能从：{states}）", "(only from: {states})")
NEEDS = W("还需要：{fields}", "still needs: {fields}")
COMMENT = W("理由", "a reason")
RIVALS = W(
    "“{field}”有不同的值，见 sitebook conflicts",
    "“{field}” has different values: see sitebook conflicts",
)


@command(
    "show",
    W(
        "显示一条记录，或与另一版本的不同。",
        "Show one record, or what differs from another version.",
    ),
    examples=("show FX-2026-A-0001", "show TP-2026-A-0002 --against TP-2026-A-0001"),
)
@argument("id", THE_ID)
@option("--against", metavar="ID", words=W("与这一版本对照", "compare it with this version"))
@option(
    "--actions",
    is_flag=True,
    words=W("每个操作还缺什么，或为何不能进行", "what each action still needs, or why not"),
)
@json_option
@pass_desk
def show(desk: CommandContext, id: str, against: str | None, actions: bool, as_json: bool) -> None:
    """One record."""
    with desk.open() as workspace:
        record = lookup.record(workspace.book, id)
        if against is not None:
            _compare(workspace, lookup.record(workspace.book, against), record, as_json)
        elif as_json:
            said = single(workspace.book, record, workspace.settings.zone)
            said |= {"actions": actions_json(workspace.book, record)} if actions else {}
            output.emit(said | compiled.json_of(workspace.book, record))
        elif actions:
            _actions(workspace, record)
        else:
            _tell(workspace, record)


def _actions(workspace: Workspace, record: Record) -> None:
    """Every action: where it leads and what it still needs, or why it is not possible."""
    kind, specs = record.kind, type(record).specs()
    output.put(f"{kind.label} {value_text.named(record)}")
    for chance in workspace.book.chances(record):
        move = chance.move
        said = str(chance.why)
        if record.state not in move.from_:
            said = say(ONLY_FROM, states=several(kind.state(name).label for name in move.from_))
        if chance.ok:
            missing = [specs[name].label for name in permissions.missing(record, move, {})]
            missing += [COMMENT] if move.requires_comment else []
            said = say(NEEDS, fields=several(missing)) if missing else ""
            said = f"> {kind.state(move.to).label}  {said}".rstrip()
        output.row((f"  {move.id}", 18), (str(move.label), 16), (said, 0))


def _compare(workspace: Workspace, before: Record, after: Record, as_json: bool) -> None:
    """What differs from one version to another."""
    found = compare(workspace.store, before, after)
    if as_json:
        output.emit(revision_view.json_of(workspace.store, found))
        return

    def words(spec: Spec, value: Any) -> str:
        return value_text.value(workspace, spec, value)

    output.put(revision_view.heading(workspace.store, found))
    output.put(revision_view.summary(found))
    for one in revision_view.differences(workspace.store, found, words):
        output.put("  ".join(text for text in (one.mark, one.row, one.text) if text))


def _tell(workspace: Workspace, record: Record) -> None:
    output.put(f"{record.kind.label} {value_text.named(record)}")
    for label, text in [*_header(workspace, record), *_fields(workspace, record)]:
        first, *more = text.split("\n")
        output.row((f"  {label}", 18), (first, 0))
        for line in more:
            output.row(("", 18), (line, 0))
    if record.kind.compiled:
        _compiled(workspace, record)
    _linked(workspace, record)


def _header(workspace: Workspace, record: Record) -> list[tuple[str, str]]:
    project = workspace.book.find(record.project) if record.project else None
    late = record.recorded - record.occurred > LATER_MS
    recorded = value_text.moment(workspace, record.recorded) + (str(LATER) if late else "")
    moves = [f"{c.move.id} {c.move.label}" for c in workspace.book.chances(record) if c.ok]
    rows = [
        (str(DAMAGED), "" if is_sound(record) else str(UNSOUND)),
        (str(STATE), _state(workspace, record)),
        (str(VOID), record.void or ""),
        (str(PROJECT), value_text.named(project) if project else ""),
        (str(OCCURRED), value_text.moment(workspace, record.occurred)),
        (str(RECORDED), recorded),
        (str(BY), workspace.people.name(record.author)),
        (str(REF), record.ref or ""),
        (str(MOVES), ", ".join(moves)),
    ]
    for alone in _alone(workspace, record):
        move = permissions.label_of(record.kind, alone.move)
        who = workspace.people.name(alone.author)
        rows.append((str(DECIDED), say(ALONE_IS, move=move, who=who)))
    db = workspace.store.db.connection()
    for aside in quarantine.listed(db, record.id):
        if aside.adopted is None:
            who = workspace.people.name(aside.author or "")
            rows.append((str(ASIDE), say(ASIDE_IS, who=who, reason=aside.reason)))
    for one in conflicts_of(workspace.book, record):
        rows.append((str(BESIDE), say(RIVALS, field=value_text.label(type(record), one.field))))
    return [(label, text) for label, text in rows if text]


def _alone(workspace: Workspace, record: Record) -> list[Transition]:
    """The decisions about it that were made where there was no second person."""
    return [one for one in made_by(workspace.store, record.id) if one.alone]


def _state(workspace: Workspace, record: Record) -> str:
    """The state that is shown, with what is known of it."""
    states = StateView(workspace.store)
    known = [fact.short for fact in facts_of(workspace.book, record, states) if fact.short]
    return "  ".join((str(states.state(record).label), *known))


def _fields(workspace: Workspace, record: Record) -> list[tuple[str, str]]:
    return [
        (str(spec.label), value_text.value(workspace, spec, value) + _odd(spec, value))
        for name, spec in type(record).visible().items()
        if (value := getattr(record, name)) is not None
    ]


def _odd(spec: Spec, value: Any) -> str:
    """What is wrong with a value that another device wrote; nearly always ''."""
    odd = validation.fault(spec, value)
    return f"  {say(ODD, reason=odd)}" if odd is not None else ""


def _compiled(workspace: Workspace, record: Record) -> None:
    """A compiled report: its figures, as issued or as of now, and what came after the issue."""
    book = workspace.book
    try:
        found, later = compiled.content(book, record), compiled.news(book, record)
    except Refused as refused:  # the week or project of an odd record
        output.put(f"  {refused}")
        return
    if found.fault is not None:
        output.put(f"  {found.fault}")
    output.put(str(AS_ISSUED if found.issued else AS_OF_NOW))
    family = compiled.of(record.type).figures
    kept = found.data.kept if found.issued else {}
    for one in figures.of_data(family, found.data, kept) if family else ():
        output.row((f"  {one.kind.label}", 24), (figure_text.said(one), 0))
    if later:
        output.put(str(SUPPLEMENTS))
    for news in later:
        when = value_text.moment(workspace, news.at) if news.at is not None else ""
        output.row((f"  {when}", 18), (news.number, 16), (str(news.what), 0))
        for label, text in news.texts:
            for line in (say(LABELLED, label=label, text=text) if label else text).split("\n"):
                output.row(("", 18), (line, 0))


def _linked(workspace: Workspace, record: Record) -> None:
    """Rows, notes and files whole, then the newest records that point to it."""
    store = workspace.store
    found = [
        row
        for cls in child_types(record.type)
        for row in rows_of(store, record, cls)
        if row.void is None
    ]
    for type in ("note", "attachment"):
        found += [one for one in links.added_to(store, record.id, type) if one.void is None]
    linked, more = links.linked_to(store, record.id, void=False)
    found += linked
    if found:
        output.put(str(ABOUT))
    look = StateView(store)
    for one in found:
        state = str(look.state(one).label)
        output.row((f"  {one.kind.label}", 18), (state, 8), (value_text.named(one), 0))
    if more:
        output.put(say(MORE, n=more))
