"""Member list: each person with roles by project, and devices with what was received of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from models.book import staff
from models.book.people import EVERY, PersonDevice
from models.book.staff import Grant, StaffMember
from models.schema.roles import ROLES
from models.text.words import W, say
from sync.workspace import sync_status
from sync.workspace.sync_status import Heard
from tui.display.parts import Span, TextPart
from tui.display.values import Values
from tui.pages.sync.sync_rows import STALE

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

ADMINISTRATOR, GONE = W("管理员", "administrator"), W("已离开", "left")
ME, HERE = W("我", "me"), W("本机", "this device")
EVERYWHERE = W("每个项目", "Every project")
DEVICE = W("设备", "Device")
NO_ROLE = W("还没有角色，只能看公司资料", "no role yet: sees only the company's records")
STOPPED = W("已停用，之后的改动会被隔离", "stopped; its later changes are quarantined")
UNTIL = W("已收到 {when} 前的数据", "received up to {when}")
NOTHING = W("还没有收到数据", "nothing received yet")
NO_DEVICE = W("还没有设备", "no device yet")


class MemberChoice(NamedTuple):
    """The part under the cursor: a person, a role of a person, or a device."""

    kind: str
    id: str = ""
    """The person, or the device."""
    role: str = ""
    project: str = ""

    @classmethod
    def read(cls, id: str) -> MemberChoice:
        """From the id of a part."""
        kind, *rest = id.split("|")
        return cls(kind, *rest[:3])

    def person(self, workspace: Workspace) -> str | None:
        """The id of the person that it belongs to, or None."""
        return workspace.people.person_of(self.id) if self.kind == "device" else self.id or None


def parts(workspace: Workspace, values: Values) -> list[TextPart]:
    """The parts of everybody, with a blank line between two people."""
    heard = {one.device.id: one for one in sync_status.heard(workspace)}
    found = [
        part
        for member in staff.everybody(workspace.people)
        for part in (*_member(workspace, values, member, heard), TextPart())
    ]
    return found[:-1]


def _member(
    workspace: Workspace,
    values: Values,
    member: StaffMember,
    heard: dict[str, Heard],
) -> Iterator[TextPart]:
    one, me = member.person, member.person.id == workspace.book.me
    head = [one.name, one.title or ""]
    marks = ((ADMINISTRATOR, member.administrator), (ME, me), (GONE, not one.active))
    head += [str(word) for word, so in marks if so]
    yield TextPart("  ".join(filter(None, head)), f"person|{one.id}", head=True)
    before = ""
    for grant in member.grants:
        yield _grant(values, one.id, grant, again=grant.project == before)
        before = grant.project
    if one.active and not member.grants:
        yield TextPart(NO_ROLE, style="muted", indent=2)
    for device in member.devices:
        yield _device(workspace, values, device, heard.get(device.id))
    if one.active and not member.devices:
        yield TextPart(NO_DEVICE, style="muted", indent=2)


def _grant(values: Values, person: str, grant: Grant, *, again: bool) -> TextPart:
    where = EVERYWHERE if grant.project == EVERY else values.title(grant.project, "project")
    role = str(ROLES[grant.role]) if grant.role in ROLES else grant.role
    return TextPart(role, f"role|{person}|{grant.role}|{grant.project}", " " if again else where)


def _device(
    workspace: Workspace, values: Values, device: PersonDevice, heard: Heard | None
) -> TextPart:
    spans: list[Span] = [(f"{device.tag or ''} {device.name or ''}".strip(), "")]
    if device.revoked is not None:
        spans.append((f"  {STOPPED}", "bad"))
    elif device.id == workspace.log.device:
        spans.append((f"  {HERE}", "good"))
    elif heard is not None:
        until = max(heard.until or 0, heard.seen or 0)
        stale = values.now - until > STALE
        text = say(UNTIL, when=values.short(until)) if until else str(NOTHING)
        spans.append((f"  {text}", "warn" if stale else "muted"))
    id = f"device|{device.id}" if device.revoked is None else ""
    return TextPart(spans, id, DEVICE)
