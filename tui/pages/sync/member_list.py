"""Member list: each person with roles by project, and devices with what was received of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from models.book import staff
from models.book.people import EVERY, PersonDevice
from models.book.staff import Grant, StaffMember
from models.schema.roles import ROLES
from models.text.words import W, listed, say
from sync.log import membership_store
from sync.trust.steering import pair_rules
from sync.trust.steering.steering import PendingRequest
from sync.workspace import device_clocks, sync_status
from sync.workspace.sync_status import Heard
from tui.display.parts import Span, TextPart
from tui.display.values import Values
from tui.display.views import clock_text
from tui.display.views.steering_text import request_text, use_text
from tui.pages.sync.sync_rows import STALE

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

ADMINISTRATOR, GONE = W("管理员", "administrator"), W("已离开", "left")
ME, HERE = W("我", "me"), W("本机", "this device")
EVERYWHERE = W("每个项目", "Every project")
DEVICE = W("电脑", "Device")
NO_ROLE = W("还没有角色，只能看公司资料", "no role yet: sees only the company's records")
STOPPED = W("已停用，之后的改动会被隔离", "stopped; its later changes are quarantined")
UNTIL = W("已收到 {when} 前的数据", "received up to {when}")
NOTHING = W("还没有收到数据", "nothing received yet")
WAITING = W(
    "等待另一位管理员确认（c 确认，x 撤回自己的）",
    "Waiting for another administrator (c confirms, x drops one's own)",
)
AGREE = W("还差一位管理员签名，可由 {names} 确认", "One signature is missing, of one of: {names}")
BY_KEY = W(
    "还差一位签名，用恢复密钥确认：sitebook member confirm {n} --recovery",
    "One signature is missing, the recovery key's: sitebook member confirm {n} --recovery",
)
PAIR = W(
    "涉及管理员的更改须有两位管理员签名。", "What concerns administrators needs two signatures."
)
SINGLE = W(
    "每项更改只需一位管理员签名（sitebook member two on 改为两位）。",
    "One administrator's signature is enough (sitebook member two on asks for two).",
)
HAS_KEY = W("已有恢复密钥。", "There is a recovery key.")
NO_KEY = W(
    "还没有恢复密钥：管理员的电脑都丢失时，无人能再更改成员。生成：sitebook member recovery --make",
    "There is no recovery key: if all administrators' devices are lost, nobody can change the"
    " members. Make one: sitebook member recovery --make",
)
CLOCK = W("时钟差过 {by}", "clock was {by} off")
NO_DEVICE = W("还没有电脑", "no device yet")


class MemberChoice(NamedTuple):
    """The part under the cursor: a person, a role of a person, a device, or a request."""

    kind: str
    id: str = ""
    """The person, the device, or the number of the request."""
    role: str = ""
    project: str = ""

    @classmethod
    def read(cls, id: str) -> MemberChoice:
        """From the id of a part."""
        kind, *rest = id.split("|")
        return cls(kind, *rest[:3])

    def person(self, workspace: Workspace) -> str | None:
        """The id of the person that it belongs to, or None."""
        if self.kind == "request":
            return None
        return workspace.people.person_of(self.id) if self.kind == "device" else self.id or None


def steering(workspace: Workspace, values: Values) -> list[TextPart]:
    """What waits for a second administrator, and what the recovery key did; nothing otherwise."""
    now = membership_store.steering(workspace.store.db)
    found = [TextPart(str(WAITING), head=True)] if now.requests else []
    for one in now.requests:
        found.append(TextPart(request_text(workspace.people, one), f"request|{one.n}", indent=2))
        found.append(TextPart(_missing(workspace, one), style="muted", indent=4))
    if found:
        found.append(TextPart())
    for use in now.used:
        text = f"{values.short(use.at)}  {use_text(workspace.people, use)}"
        found.append(TextPart(text, style="bad" if use in now.unanswered else "muted"))
        found.append(TextPart())
    return found


def _missing(workspace: Workspace, one: PendingRequest) -> str:
    """Whose signature a request still needs."""
    able = pair_rules.agreeing(membership_store.load(workspace.store.db), one)
    if not able:
        return say(BY_KEY, n=one.n)
    names = sorted(map(workspace.people.name, able))
    return say(AGREE, names=listed(W(name, name) for name in names))


def rules(workspace: Workspace) -> list[TextPart]:
    """How many administrators must sign, and whether there is a recovery key."""
    now = membership_store.steering(workspace.store.db)
    found = [TextPart(str(PAIR if now.pair else SINGLE), style="muted")]
    if now.recovery:  # with an id, so that the end of the page can be reached
        return [*found, TextPart(str(HAS_KEY), "rules", style="muted")]
    return [*found, TextPart(str(NO_KEY), "rules", style="warn")]


def parts(workspace: Workspace, values: Values) -> list[TextPart]:
    """The parts of everybody, with a blank line between two people."""
    heard = {one.device.id: one for one in sync_status.heard(workspace)}
    off = {one.device: one.by for one in device_clocks.leads(workspace)}
    found = [
        part
        for member in staff.everybody(workspace.people)
        for part in (*_member(workspace, values, member, heard, off), TextPart())
    ]
    return found[:-1]


def _member(
    workspace: Workspace,
    values: Values,
    member: StaffMember,
    heard: dict[str, Heard],
    off: dict[str, int],
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
        yield _device(workspace, values, device, heard.get(device.id), off.get(device.id))
    if one.active and not member.devices:
        yield TextPart(NO_DEVICE, style="muted", indent=2)


def _grant(values: Values, person: str, grant: Grant, *, again: bool) -> TextPart:
    where = EVERYWHERE if grant.project == EVERY else values.title(grant.project, "project")
    role = str(ROLES[grant.role]) if grant.role in ROLES else grant.role
    return TextPart(role, f"role|{person}|{grant.role}|{grant.project}", " " if again else where)


def _device(
    workspace: Workspace,
    values: Values,
    device: PersonDevice,
    heard: Heard | None,
    off: int | None,
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
    if off is not None:
        spans.append((f"  {say(CLOCK, by=clock_text.length(off))}", "warn"))
    id = f"device|{device.id}" if device.revoked is None else ""
    return TextPart(spans, id, DEVICE)
