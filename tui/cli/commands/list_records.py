"""`list`: records, newest first within each type, read and printed page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from models.book.approval import approvals
from models.book.derived_state import StateView
from models.book.rows.child_rows import listed
from models.queries import lookup
from models.queries.facts import json_of
from models.queries.record_json import plain
from models.schema.record import Record, kinds
from models.text.words import W
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.completion import TYPES
from tui.cli.options import argument, command, json_option, option
from tui.cli.streams import output
from tui.display import value_text
from tui.display.list_columns import edited
from tui.display.terminal_text import cut

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

TITLE = 200
"""Most cells of a title in a list."""
VOIDED = W("作废", "void")


@command(
    "list",
    W(
        "列出一类记录，或所有记录。--void 包括作废的。",
        "List the records of a type, or all records. --void includes void records.",
    ),
    examples=("list fix --state open", "list --json > all.jsonl"),
)
@argument("type", W("记录类型", "the record type"), required=False, shell_complete=TYPES)
@option(
    "--state",
    "states",
    metavar="STATE",
    multiple=True,
    words=W("只列此状态（可重复）", "only this state (may be repeated)"),
)
@option("--project", metavar="P", words=W("只列此项目", "only this project"))
@option("--void", "voided", is_flag=True, words=W("包括作废的", "include void records"))
@json_option
@pass_desk
def list_(
    desk: CommandContext,
    type: str | None,
    states: tuple[str, ...],
    project: str | None,
    voided: bool,
    as_json: bool,
) -> None:
    """Records, streamed."""
    with desk.open() as workspace:
        classes = [lookup.kind(type)] if type else sorted(kinds.values(), key=_place)
        meant = lookup.states(classes, states)
        within = lookup.project(workspace.book, project).id if project else None
        look = StateView(workspace.store)
        for cls in classes:
            wanted = meant[cls.kind.name]
            if states and not wanted:
                continue
            for record in _records(workspace, look, cls, wanted, within, voided):
                (_emit if as_json else _tell)(workspace, look, record)


def _place(cls: type[Record]) -> int:
    return cls.kind.menu or 1000


def _records(
    workspace: Workspace,
    look: StateView,
    cls: type[Record],
    states: Sequence[str],
    project: str | None,
    voided: bool,
) -> Iterator[Record]:

    where, params = ["1"], list[object]()
    if states:
        sql, more = look.narrowed(cls.kind.name, states)
        where.append(sql)
        params += more
    if project is not None:
        where.append("(project=? OR id=?)")
        params += [project, project]
    if not voided:
        where.append("void IS NULL")
    yield from listed(workspace.store, cls, " AND ".join(where), params)


def _emit(workspace: Workspace, look: StateView, record: Record) -> None:
    output.emit(plain(record, workspace.settings.zone) | json_of(look, record))


def _tell(workspace: Workspace, look: StateView, record: Record) -> None:
    state: str | W = look.state(record).label if record.void is None else VOIDED
    if record.void is None and approvals.changed_since(workspace.store, record):
        state = edited(look.state(record).label)
    when = value_text.moment(workspace, record.occurred)
    output.row((record.number, 22), (when, 16), (str(state), 10), (cut(record.title(), TITLE), 0))
