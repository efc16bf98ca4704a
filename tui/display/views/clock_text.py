"""Clock text: whose clock was wrong and by how much, as people read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.text.words import W, say
from sync.workspace import device_clocks
from sync.workspace.device_clocks import ClockLead, HubOffset
from tui.display import value_text

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

NOW = W(
    "{device}的时钟比本机快 {by}：它写的时间是 {wrote}，本机是 {now}。请校准时间不对的电脑。",
    "The clock of {device} is {by} ahead of this device: it wrote {wrote}, here it is {now}. Set"
    " the clock that is wrong.",
)
BEFORE = W(
    "{device}的时钟曾差 {by}，写过 {wrote} 这样的时间，后来已改回。那时写下的时间都有标记。",
    "The clock of {device} was once {by} off: it wrote {wrote}, and was set right since. Times from"
    " then are marked.",
)
FAST = W(
    "本机时钟比同步服务器快 {by}。请校准本机时间。",
    "The clock of this device is {by} ahead of the hub. Set it right.",
)
SLOW = W(
    "本机时钟比同步服务器慢 {by}。请校准本机时间。",
    "The clock of this device is {by} behind the hub. Set it right.",
)
HERE = W("本机", "this device")
WHOSE = W("{name} 的电脑 {tag}", "{name}’s device {tag}")
LATEST = W("时钟不准，实际不晚于 {at}", "clock wrong; written no later than {at}")
DAYS, HOURS = W("{n} 天", "{n} d"), W("{n} 小时", "{n} h")
MINUTES = W("{n} 分钟", "{n} min")
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def length(ms: int) -> str:
    """A difference in its largest whole unit."""
    ms = abs(ms)
    for unit, word in ((DAY, DAYS), (HOUR, HOURS)):
        if ms >= 2 * unit:
            return say(word, n=ms // unit)
    return say(MINUTES, n=max(ms // MINUTE, 1))


def sentences(workspace: Workspace) -> Iterator[str]:
    """Each clock that is or was wrong, one sentence each; ours against the hub's first."""
    offset = device_clocks.against_hub(workspace)
    if offset is not None and offset.wrong:
        yield hub(offset)
    for one in device_clocks.leads(workspace):
        yield lead(workspace, one)


def hub(offset: HubOffset) -> str:
    """How far our clock is from the hub's."""
    return say(FAST if offset.ahead > 0 else SLOW, by=length(offset.ahead))


def lead(workspace: Workspace, one: ClockLead) -> str:
    """How far a device's clock is or was off."""
    people, moment = workspace.people, value_text.moment
    tag, person = people.tag_of(one.device), people.person_of(one.device)
    device = say(WHOSE, name=people.name(person) if person else "?", tag=tag)
    if one.device == workspace.log.device:
        device = str(HERE)
    told = {"device": device, "by": length(one.by), "wrote": moment(workspace, one.wrote)}
    return say(NOW if one.now else BEFORE, **told, now=moment(workspace, workspace.log.now()))


def mark(workspace: Workspace, space: str, device: str, seq: int, at: int) -> str:
    """The mark of a time that a wrong clock wrote; '' for any other."""
    bound = device_clocks.written_by(workspace, space, device, seq, at)
    return say(LATEST, at=value_text.moment(workspace, bound)) if bound is not None else ""
