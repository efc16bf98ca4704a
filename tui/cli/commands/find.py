"""`find`: full-text search over all records."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.queries import lookup
from models.queries.facts import json_of
from models.queries.record_json import plain
from models.text.words import Refused, W, say
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.completion import TYPES
from tui.cli.options import argument, command, json_option, option
from tui.cli.streams import output
from tui.cli.streams.output import shares

if TYPE_CHECKING:
    from models.book.people import Person
    from models.search.engine import Hit
    from sync.workspace.workspace import Workspace

PAGE = 100
BATCH = 1000
INDEX_SECONDS = 20.0
"""How long a search may first index what was saved in bulk: each later one gains more than that."""
PERSON = W("人员", "Person")
LEFT = W("{title}（已离开）", "{title} (has left)")
NONE = W("没有找到“{text}”。", "Nothing found for “{text}”.")


@command(
    "find",
    W(
        "在所有记录的文字中查找。多个词须同时出现。",
        "Search the text of all records. All of the words must occur.",
    ),
    examples=(W("find 空调 告警", "find alarm fan"), "find A-01 --type fix"),
)
@argument("text", W("要找的文字", "what to look for"), nargs=-1, required=True)
@option(
    "--type",
    "types",
    metavar="TYPE",
    multiple=True,
    shell_complete=TYPES,
    words=W("只找此类（可重复）", "only this type (may be repeated)"),
)
@json_option
@pass_desk
def find(desk: CommandContext, text: tuple[str, ...], types: tuple[str, ...], as_json: bool) -> int:
    """People of that name, then records that hold the words, newest first."""
    wanted = " ".join(text)
    with desk.open() as workspace:
        chosen = [lookup.kind(type).kind.name for type in types] or None
        _work_off(workspace)
        people = [] if chosen else workspace.people.called(wanted)
        for one in people:
            _introduce(one, as_json)
        count, look = len(people), StateView(workspace.store)
        for hit in _hits(workspace, wanted, chosen):
            count += 1
            _tell(workspace, look, hit, as_json)
    if not count and not as_json:
        output.complain(say(NONE, text=wanted))
    return 0


def _introduce(one: Person, as_json: bool) -> None:
    if as_json:
        output.emit({"type": "person", "id": one.id, "name": one.name, "title": one.title})
    else:
        title = one.title if one.active else say(LEFT, title=one.title)
        output.row((one.name, 22), (str(PERSON), 10), (title, 0))


def _hits(workspace: Workspace, text: str, types: list[str] | None) -> Iterator[Hit]:
    before = None
    while page := workspace.search.find(text, limit=PAGE, before=before, types=types):
        yield from page
        before = page[-1].n


def _tell(workspace: Workspace, look: StateView, hit: Hit, as_json: bool) -> None:
    record = workspace.book.find(hit.id)
    if record is None:
        return
    if as_json:
        said = plain(record, workspace.settings.zone) | json_of(look, record)
        output.emit(said | {"snippet": hit.snippet})
    else:
        output.row((record.number, 22), (str(record.kind.label), 10), (hit.snippet, 0))


def _work_off(workspace: Workspace) -> None:
    """Index what was saved since; what another writer or a full disk hinders is found anyway."""
    end, tell = time.monotonic() + INDEX_SECONDS, shares()
    with suppress(Refused):
        waiting = total = workspace.search.pending()
        while waiting and time.monotonic() < end and workspace.search.index_some(BATCH):
            waiting -= BATCH
            if tell is not None:
                tell(1 - max(waiting, 0) / total)
