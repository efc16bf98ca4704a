"""Whereabouts of a record: who else holds it, and which of its changes are quarantined.

Only signed acknowledgements of others count, as in `tui.display.sync_state`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.text.words import W, say, several
from sync.log import quarantine
from sync.workspace import sync_status

if TYPE_CHECKING:
    from models.schema.record import Record
    from tui.display.parts import Span
    from tui.display.values import Values

HERE = W("待同步，只在本机", "unsent, on this device only")
WRITTEN = W("已写到{where}，待确认", "written to {where}, unconfirmed")
AT_HUB = W("已到同步服务器", "at the hub")
ON_DEVICES = W("已到 {who} 的电脑", "on a device of {who}")
REVIEWER = W("审核人 {who} 的电脑已收到", "received by the reviewer, {who}")
FROM = W("从 {who} 收到", "received from {who}")
FROM_AT = W("{when} 从 {who} 收到", "received from {who}, {when}")
SAID = W("{who} 的改动不生效：{why}", "a change by {who} is not in effect: {why}")
BUNDLE, FOLDER = W("离线同步包", "a bundle"), W("文件夹 {name}", "the folder {name}")


def whereabouts(values: Values, record: Record) -> list[Span]:
    """Where else a record is, by the acknowledgements of others; empty without other members."""
    workspace = values.workspace
    if sync_status.alone(workspace):
        return []
    place = sync_status.place(workspace, record)
    if place is None:
        when = values.moment(record.synced) if record.synced else ""
        who = values.device(record.device)
        return [(say(FROM_AT if when else FROM, who=who, when=when), "muted")]
    said = list[str]()
    if place.hub:
        said.append(str(AT_HUB))
    reading = sync_status.reviewers(workspace, record, place.people)
    for word, some in ((REVIEWER, reading), (ON_DEVICES, _others(place.people, reading))):
        if some:
            said.append(say(word, who=several(values.person(one) for one in some)))
    if said:
        return [(several(said), "good" if reading else "muted")]
    if place.written:
        return [(say(WRITTEN, where=several(map(carrier, place.written))), "muted")]
    return [(str(HERE), "warn")]


def quarantined(values: Values, record: Record) -> list[str]:
    """The quarantined changes of a record: whose, and why."""
    known = quarantine.listed(values.workspace.store.db.connection(), record.id)
    return [
        say(SAID, who=values.person(one.author) or values.device(one.device), why=one.reason)
        for one in known
        if one.adopted is None
    ]


def carrier(name: str) -> str:
    """The word for a way that was written to: 'bundle', or 'folder NAME'."""
    kind, _, rest = name.partition(" ")
    return say(FOLDER, name=rest) if kind == "folder" else str(BUNDLE)


def _others(people: tuple[str, ...], known: list[str]) -> list[str]:
    return [one for one in people if one not in known]
