"""Sync state: how this device stands with others, in few words: for title bars, Today and records.

What is not heard of is never called done: 'confirmed' means that somebody else's device, or the
hub, has said in its own signed words that it holds it. A person alone is told nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from models.text.words import W, say, several
from tui.display.terminal_text import drawing

if TYPE_CHECKING:
    from models.schema.record import Record
    from sync.workspace.workspace import Workspace
    from tui.display.parts import Span
    from tui.display.values import Values

UNSENT, UNSURE = W("待同步 {n}", "{n} unsent"), W("{n} 未确认", "{n} not confirmed")
EQUAL = W("已同步 {when}", "in sync {when}")
NEVER = W("尚未同步", "no sync yet")
CONFLICTS = W("冲突 {n}", "conflict {n}")
QUARANTINED = W("隔离 {n}", "quarantined {n}")
WAITING = W("等待 {n}", "waiting {n}")

HERE = W("仅在本机", "on this device only")
WRITTEN = W("已写到{where}，未确认", "written to {where}, not confirmed")
AT_HUB = W("已到中心", "at the hub")
ON_DEVICES = W("已到 {who} 的设备", "on a device of {who}")
REVIEWER = W("审核人 {who} 的设备已收到", "received by the reviewer, {who}")
FROM = W("从 {who} 收到", "received from {who}")
FROM_AT = W("{when} 从 {who} 收到", "received from {who}, {when}")
SAID = W("{who} 的改动不生效：{why}", "a change of {who} does not count: {why}")
BUNDLE, FOLDER = W("交换包", "a bundle"), W("文件夹 {name}", "the folder {name}")


class Truth(NamedTuple):
    """The counts of now."""

    alone: bool
    """Whether there is nobody to sync with; then the rest is of no interest."""
    conflicts: int
    quarantined: int
    """Changes that count for nothing until a reviewer adopts them."""
    waiting: int
    """Segments that wait for earlier ones."""
    unsent: int
    """Changes written here and written to no other place."""
    unsure: int
    """Changes written to a folder or a bundle, which nobody has said they hold."""
    last: int | None
    """When others were last heard of (ms UTC)."""

    def corners(self, values: Values) -> Iterator[list[str]]:
        """For the corner of a page: everything, then ever less for one with less room."""
        counts = ((CONFLICTS, self.conflicts), (QUARANTINED, self.quarantined))
        waiting = () if self.alone else ((WAITING, self.waiting),)
        said = [say(word, n=n) for word, n in (*counts, *waiting) if n]
        last = [] if self.alone else [self.outbox(values)]
        for most in range(len(said), -1, -1):
            yield [*said[:most], *last]

    def outbox(self, values: Values) -> str:
        """Whether others have what was written here, as far as they said so."""
        if self.unsent:
            return f"{drawing.now.swap} {say(UNSENT, n=self.unsent)}"
        if self.unsure:
            return say(UNSURE, n=self.unsure)
        return say(EQUAL, when=values.clock(self.last)) if self.last else str(NEVER)


def truth(workspace: Workspace) -> Truth:
    """Count."""
    from sync.workspace import sync_status

    counts = sync_status.counts(workspace)
    alone = sync_status.alone(workspace)
    unsent, unsure = (0, 0) if alone else sync_status.outbox(workspace)
    return Truth(
        alone=alone,
        conflicts=counts.conflicts,
        quarantined=counts.quarantined,
        waiting=counts.waiting,
        unsent=unsent,
        unsure=unsure,
        last=counts.last,
    )


def whereabouts(values: Values, record: Record) -> list[Span]:
    """Where a record is beside this device, as far as others said so; nothing for one alone."""
    from sync.workspace import sync_status

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
    """Why changes of a record count for nothing, and whose they are."""
    from sync.log import quarantine

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
