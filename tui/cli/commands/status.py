"""`status`, `digest`: the person, the folder and the sync state, and a fingerprint of all data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.queries.waiting import agenda
from models.schema.roles import ROLES
from models.text.words import Refused, W
from sync.apply.reevaluation import incarnation
from sync.log import membership_store
from sync.log.histories import forks
from sync.log.state_digest import fingerprint, spaces
from sync.workspace import acknowledgements, device_clocks, differences, sync_status
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import command, json_option, option
from tui.cli.streams import output
from tui.display import value_text
from tui.display.views import clock_text

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

NAME = W("姓名", "Name")
HOME = W("文件夹", "Folder")
ROLE = W("角色", "Roles")
DEVICE = W("电脑", "Device")
TODO = W("今日待办", "To do")
UNSENT = W("别处还没有确认的改动", "Changes not confirmed elsewhere")
WAITING = W("等待更早的改动", "Waiting for earlier changes")
CONFLICTS = W("冲突", "Conflicts")
FORKS = W("有两种历史的电脑", "Devices with two histories")
DIFFERS = W("与之不一致", "Differs from")
QUARANTINED = W("隔离", "Quarantined")
REQUESTS = W("等待另一位管理员确认的请求", "Requests for a second administrator")
RECOVERED = W("恢复密钥被使用的次数", "Uses of the recovery key")
LAST_SYNC = W("上次同步", "Last sync")
NEVER = W("从未", "never")
NO_SPACE = W(
    "本机没有空间“{space}”。可用：{known}。",
    "There is no space “{space}” on this device. Known: {known}.",
)


@command(
    "status",
    W(
        "显示姓名、文件夹、待办，以及待确认、冲突和隔离的改动。",
        "Show name, folder, what to do, and what is unconfirmed, in conflict or quarantined.",
    ),
)
@json_option
@pass_desk
def status(desk: CommandContext, as_json: bool) -> None:
    """The person, the folder and the sync state."""
    with desk.open() as workspace:
        facts = facts_of(workspace)
        if as_json:
            output.emit(facts)
            return
        roles = ", ".join(str(ROLES[role]) for role in facts["roles"] if role in ROLES)
        rows = (
            (NAME, facts["name"]),
            (ROLE, roles),
            (HOME, facts["home"]),
            (DEVICE, f"{facts['tag']} {facts['device']}"),
            (TODO, facts["todo"]),
            (UNSENT, facts["unsent"]),
            (WAITING, facts["waiting"]),
            (CONFLICTS, facts["conflicts"]),
            (QUARANTINED, facts["quarantined"]),
            *([(FORKS, facts["forks"])] if facts["forks"] else []),
            *([(DIFFERS, ", ".join(facts["differs"]))] if facts["differs"] else []),
            *([(REQUESTS, facts["requests"])] if facts["requests"] else []),
            *([(RECOVERED, facts["recovered"])] if facts["recovered"] else []),
            (LAST_SYNC, _when(workspace, facts["last_sync"])),
        )
        output.table([(str(label), str(value)) for label, value in rows])
        for advice in (*incarnation.advice(workspace), *clock_text.sentences(workspace)):
            output.put(str(advice))


def _when(workspace: Workspace, at: int | None) -> str:
    return value_text.moment(workspace, at) if at else str(NEVER)


def facts_of(workspace: Workspace) -> dict[str, Any]:
    """The facts as JSON; a moment is in ms UTC."""
    book, people = workspace.book, workspace.people
    tasks = agenda.agenda(book, workspace.settings.weekly_due)
    counts = sync_status.counts(workspace)
    steering = membership_store.steering(workspace.store.db)
    offset = device_clocks.against_hub(workspace)
    return {
        "person": book.me,
        "name": people.name(book.me),
        "roles": sorted(people.roles(book.me, None)),
        "device": workspace.log.device,
        "tag": people.tag_of(workspace.log.device),
        "home": str(workspace.home),
        "project": workspace.settings.project or None,
        "todo": agenda.count(agenda.mine(tasks)),
        "unsent": acknowledgements.unconfirmed(workspace),
        "waiting": counts.waiting,
        "conflicts": counts.conflicts,
        "quarantined": counts.quarantined,
        "forks": len({one.device for one in forks.standing(workspace.store.db.connection())}),
        "differs": differences.names(workspace),
        "requests": len(steering.requests),
        "recovered": len(steering.unanswered),
        "last_sync": counts.last,
        "clocks": [
            {"device": one.device, "ahead_ms": one.by, "wrote": one.wrote, "now": one.now}
            for one in device_clocks.leads(workspace)
        ],
        "ahead_of_hub_ms": offset.ahead if offset is not None else None,
    }


@command(
    "digest",
    W(
        "一行指纹：记录、审批、角色或附件有变化时随之改变；同步后各电脑相同。",
        "One line that changes when records, approvals, roles or attachments change. It is"
        " the same on devices that are in sync.",
    ),
)
@option(
    "--space", metavar="S", words=W("只计算此空间，如 company", "only this space, such as company")
)
@pass_desk
def digest(desk: CommandContext, space: str | None) -> None:
    """The digest."""
    with desk.open() as workspace:
        known = spaces(workspace.book)
        if space is not None and space not in known:
            raise Refused(NO_SPACE, space=space, known=", ".join(known))
        output.put(fingerprint(workspace.book, space))
