"""`status`, `digest`: who works where, how things stand, and whether two books hold the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.queries import agenda
from models.schema.roles import ROLES
from models.text.words import Refused, W
from sync.log import forks
from sync.log.state_digest import fingerprint, spaces
from sync.workspace import acknowledgements, sync_status
from tui.cli import output, value_text
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import command, json_option, option

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

NAME = W("姓名", "Name")
HOME = W("位置", "Location")
ROLE = W("角色", "Roles")
DEVICE = W("设备", "Device")
TODO = W("待我处理", "Waiting for me")
UNSENT = W("未确认送出的改动", "Changes not confirmed elsewhere")
WAITING = W("等待前文的改动", "Changes that wait for others")
CONFLICTS = W("冲突", "Conflicts")
FORKS = W("有两种历史的设备改动", "Second histories of devices")
QUARANTINED = W("隔离", "Quarantined")
LAST_SYNC = W("上次同步", "Last sync")
NEVER = W("从未", "never")
NO_SPACE = W(
    "本机没有空间“{space}”。可用：{known}。",
    "This device holds no space “{space}”. Known: {known}.",
)


@command(
    "status",
    W(
        "我是谁、现场簿在哪里、有什么待同步、冲突或待办。",
        "Who and where, what is unsent, in conflict or waiting.",
    ),
)
@json_option
@pass_desk
def status(desk: CommandContext, as_json: bool) -> None:
    """How things stand."""
    with desk.open() as workspace:
        facts = standing(workspace)
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
            (LAST_SYNC, _when(workspace, facts["last_sync"])),
        )
        output.table([(str(label), str(value)) for label, value in rows])


def _when(workspace: Workspace, at: int | None) -> str:
    return value_text.moment(workspace, at) if at else str(NEVER)


def standing(workspace: Workspace) -> dict[str, Any]:
    """The facts as JSON; a moment is in ms UTC."""
    book, people = workspace.book, workspace.people
    tasks = agenda.agenda(book, workspace.settings.weekly_due)
    counts = sync_status.counts(workspace)
    return {
        "person": book.me,
        "name": people.name(book.me),
        "roles": sorted(people.roles(book.me, None)),
        "device": workspace.log.device,
        "tag": people.tag_of(workspace.log.device),
        "home": str(workspace.home),
        "project": workspace.settings.project or None,
        "todo": agenda.count(task for task in tasks if not agenda.done(task)),
        "unsent": acknowledgements.unconfirmed(workspace),
        "waiting": counts.waiting,
        "conflicts": counts.conflicts,
        "quarantined": counts.quarantined,
        "forks": len(forks.standing(workspace.store.db.connection())),
        "last_sync": counts.last,
    }


@command(
    "digest",
    W(
        "一行指纹：记录、审批、角色或附件一有变化就不同；同步后的两台设备相同。",
        "One line that changes exactly when records, approvals, roles or attachments do;"
        " the same on devices in sync.",
    ),
)
@option(
    "--space", metavar="S", words=W("只算一个空间，如 company", "one space only, such as company")
)
@pass_desk
def digest(desk: CommandContext, space: str | None) -> None:
    """The digest."""
    with desk.open() as workspace:
        known = spaces(workspace.book)
        if space is not None and space not in known:
            raise Refused(NO_SPACE, space=space, known=", ".join(known))
        output.put(fingerprint(workspace.book, space))
