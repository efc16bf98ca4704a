"""`quarantine`, `adopt`: changes without effect, and letting them count after all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from models.queries import lookup
from models.schema.record import kinds
from models.storage import rows
from models.text.words import Refused, W, say
from sync.apply.reevaluation.adoption import adopt as let_count
from sync.log import quarantine as quarantined
from tui.cli import passphrase
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import argument, command, json_option, option
from tui.cli.streams import output
from tui.display import value_text

if TYPE_CHECKING:
    from sync.log.quarantine import QuarantinedChange
    from sync.workspace.workspace import Workspace

VERSION = re.compile(
    r"(?:(?P<space>[^/\s]+)/)?(?P<device>[0-9A-Za-z-]{8,64}):(?P<seq>\d{1,18})"
    r"(?:~(?P<hash>[0-9a-f]{8}))?"
)
NONE = W("没有被隔离的改动。", "Nothing is quarantined.")
NOTHING = W(
    "“{id}”没有被隔离的改动。用 sitebook quarantine 查看有哪些。",
    "Nothing of “{id}” is quarantined. sitebook quarantine lists what is.",
)
SEVERAL = W(
    "有几条改动叫“{id}”。请写其中一条的全名：{names}。",
    "Several changes are called “{id}”. Name one in full: {names}.",
)
ADOPTED = W("已采用 {what} 的第 {seq} 条改动（{who}）", "adopted: {what}, change {seq} by {who}")


@command(
    "quarantine",
    W(
        "列出被隔离的改动：已送达但不生效，附原因。审核人可用 sitebook adopt 采用。",
        "List quarantined changes: delivered but not in effect, each with its reason. Reviewers can"
        " let one take effect: sitebook adopt.",
    ),
)
@json_option
@pass_desk
def quarantine(desk: CommandContext, as_json: bool) -> None:
    """What is in quarantine and not adopted."""
    with desk.open() as workspace:
        found = standing(workspace)
        for one in found:
            if as_json:
                output.emit(plain(workspace, one))
            else:
                output.put(f"{_record(workspace, one)}  {_who(workspace, one)}")
                output.put(f"    {one.reason}")
                output.put(f"    {name(one)}")
        if not found and not as_json:
            output.put(str(NONE))


@command(
    "adopt",
    W(
        "采用被隔离的改动（审核人）：在所有电脑上生效，无法撤销。",
        "Let quarantined changes take effect (reviewers). They do so on every device; this cannot"
        " be undone.",
    ),
    examples=("adopt FX-2026-A-0001", "adopt 0198f3c2-5b7e-7a10-9d3c-2f1e6b8a4c55:17"),
)
@argument(
    "ids",
    W(
        "记录（采用它全部被隔离的改动），或 sitebook quarantine 列出的一条改动",
        "a record (all quarantined changes of it), or a change as sitebook quarantine names it",
    ),
    nargs=-1,
    required=True,
    metavar="ID...",
)
@option("--comment", metavar="TEXT", words=W("说明", "a comment"))
@pass_desk
def adopt(desk: CommandContext, ids: tuple[str, ...], comment: str | None) -> None:
    """Those named; every name is understood before the first is adopted."""
    with desk.open() as workspace:
        every = standing(workspace)
        chosen = dict.fromkeys(one for id in ids for one in _meant(workspace, every, id))
        passphrase.confirm(workspace.home)
        for one in chosen:
            what, who = _record(workspace, one), _who(workspace, one)
            let_count(workspace, one.space, one.device, one.seq, comment, one.hash)
            output.put(say(ADOPTED, what=what, seq=one.seq, who=who))


def standing(workspace: Workspace) -> list[QuarantinedChange]:
    """What is in quarantine and not adopted, in the order in which it can be adopted."""
    every = quarantined.listed(workspace.store.db.connection())
    return [one for one in every if one.adopted is None]


def name(one: QuarantinedChange) -> str:
    """The name of a change, which `adopt` understands."""
    other = f"~{one.hash.hex()[:8]}" if one.hash else ""  # of another history
    return f"{one.space}/{one.device}:{one.seq}{other}"


def plain(workspace: Workspace, one: QuarantinedChange) -> dict[str, Any]:
    """A quarantined change as the contract has it."""
    record = workspace.book.find(one.record)
    return {
        "id": name(one),
        "space": one.space,
        "device": one.device,
        "seq": one.seq,
        "type": one.type,
        "record": one.record,
        "number": record.number if record is not None else None,
        "author": one.author,
        "reason": {"zh": one.reason.zh, "en": one.reason.en},
    }


def _meant(
    workspace: Workspace, every: list[QuarantinedChange], id: str
) -> list[QuarantinedChange]:
    parts = VERSION.fullmatch(id)
    if parts is not None:
        found = [
            one
            for one in every
            if (one.device, one.seq) == (parts["device"], int(parts["seq"]))
            and parts["space"] in (None, one.space)
            and parts["hash"] in (None, one.hash.hex()[:8])
        ]
        if len(found) > 1:
            raise Refused(SEVERAL, id=id, names=", ".join(map(name, found)))
    else:
        record = id if any(one.record == id for one in every) else None
        record = record or lookup.record(workspace.book, id).id
        found = [one for one in every if one.record == record]
    if not found:
        raise Refused(NOTHING, id=id)
    return found


def _record(workspace: Workspace, one: QuarantinedChange) -> str:
    cls = kinds.get(one.type)
    record = rows.one(workspace.store, cls, one.record) if cls is not None else None
    if record is not None:
        return value_text.named(record)
    return f"{cls.kind.label if cls is not None else one.type} {one.record}"


def _who(workspace: Workspace, one: QuarantinedChange) -> str:
    return workspace.people.name(one.author) if one.author else one.device
