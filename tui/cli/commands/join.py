"""`join`, `member admit`, `member revoke`: how a device becomes a member's, and ceases to be."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.text.words import Refused, W, say
from tui.cli import output
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import argument, command, option
from tui.cli.root import CommandEntry, Lazy

if TYPE_CHECKING:
    from sync.organisation.join_files import JoinReply
    from sync.organisation.reissue import Preview

ENTRIES = {
    "request": CommandEntry(
        "tui.cli.commands.join:request", W("请求接入（文件）", "ask to join, by file")
    ),
    "reply": CommandEntry(
        "tui.cli.commands.join:reply", W("用回复文件接入", "join with the reply file")
    ),
}
ASKED = W(
    "请求已写到 {path}。请交给管理员，再用得到的回复运行 sitebook join reply。",
    "The request is in {path}. Give it to an administrator, then run sitebook join reply.",
)
ADMITTED = W(
    "{name} 的设备已接入，回复写在 {path}。组织指纹 {print}：请与对方核对。",
    "The device of {name} is admitted; the reply is in {path}. Compare the organisation's"
    " fingerprint with them: {print}.",
)
NO_ROLES = W(
    "{name} 还没有角色，只能看公司资料。授予角色：sitebook member role {name} engineer。",
    "{name} has no role yet and sees the company's records only."
    " Give one: sitebook member role {name} engineer.",
)
JOINED = W(
    "已加入“{organisation}”，由 {by} 接入。组织指纹 {print}：请与管理员核对。",
    "Joined “{organisation}”, admitted by {by}. Compare the organisation's fingerprint with the"
    " administrator: {print}.",
)
SURE = W(
    "本机的现场簿会并入“{organisation}”；旧的保留在 before-joining-… 中。确认请加 --yes。",
    "This book will be brought into “{organisation}”; the old one is kept in before-joining-…."
    " To do so add --yes.",
)
NEXT = W(
    "内容要同步才有：sitebook bundle read 文件，或 sitebook sync 文件夹。",
    "The team's work comes by sitebook bundle read FILE, or sitebook sync FOLDER.",
)
REVOKED = W("{what} 已停用。", "{what} was revoked.")
NO_DEVICE = W(
    "没有编号或标记为“{name}”的设备，也没有这个姓名的成员。见 sitebook member list。",
    "There is no device with the id or tag “{name}”, and no member of that name."
    " See sitebook member list.",
)


class Joining(Lazy):
    """`join request`, `join reply`, or `join CODE` for a hub's one-time code."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A subcommand; any other word is a code, where the program has a hub's client."""
        found = super().get_command(ctx, cmd_name)
        if found is None and find_spec("tui.cli.commands.join_code") is not None:
            from importlib import import_module

            made: click.Command = import_module("tui.cli.commands.join_code").command_of(cmd_name)
            return made
        return found


def join() -> Lazy:
    """The group of commands of a device that joins."""
    return Joining(
        "join",
        W(
            "加入一个组织：用接入码（join CODE），或用文件（request、reply）。",
            "Join an organisation: with a hub's code (join CODE), or by files (request, reply).",
        ),
        ENTRIES,
    )


@command(
    "request",
    W("写一个接入请求，交给管理员。", "Write a request to join, for an administrator."),
    examples=("join request /media/usb/me.request --name Ann",),
)
@argument("file", W("文件", "the file"))
@option("--name", metavar="NAME", required=True, words=W("您的姓名", "your name"))
@pass_desk
def request(desk: CommandContext, file: str, name: str) -> None:
    """Who asks."""
    from sync.organisation import admission
    from tui.cli import passphrase
    from tui.cli.commands.member import proper

    proper(name)
    path = Path(file).expanduser().absolute()
    admission.request(desk.home, path, name, passphrase.passphrase(desk.home))
    output.put(say(ASKED, path=path))


@command(
    "reply",
    W(
        "用管理员的回复接入。单人建立的现场簿先预览，--yes 后并入。",
        "Join with an administrator's reply. A book begun alone is previewed, and brought with"
        " --yes.",
    ),
    examples=("join reply /media/usb/me.reply",),
)
@argument("file", W("文件", "the file"))
@option("--yes", is_flag=True, words=W("确认并入", "do it"))
@option(
    "--project", metavar="ID",
    words=W("旧现场簿的记录归入此项目（id）", "the old book's records go to this project (id)"),
)  # fmt: skip
@pass_desk
def reply(desk: CommandContext, file: str, yes: bool, project: str | None) -> None:
    """Join."""
    from sync.organisation import admission
    from tui.cli import passphrase

    path = Path(file).expanduser().absolute()
    phrase = passphrase.passphrase(desk.home)
    if entered(desk.home, admission.opened(desk.home, path, phrase), yes, project):
        output.put(str(NEXT))


def entered(home: Path, found: JoinReply, yes: bool, project: str | None) -> bool:
    """Join with what came back; False when only the preview of a book begun alone was shown."""
    from sync.organisation import admission, reissue

    if admission.alone(home, found):
        project = project or reissue.only_project(found)
        told = (reissue.bring if yes else reissue.preview)(home, found, project)
        _tell(told, found, yes)
        if not yes:
            return False
    else:
        admission.accept(home, found).close()
    log = found.membership
    output.put(say(JOINED, organisation=log.name, by=found.by, print=admission.fingerprint(log)))
    return True


@command(
    "admit",
    W(
        "接入一台设备：读它的请求，写出回复。",
        "Admit a device: read its request, write the reply.",
    ),
    examples=("member admit me.request -o me.reply --role engineer --project 'North site'",),
)
@argument("file", W("请求文件", "the request"))
@option("-o", "--output", "reply", metavar="REPLY", required=True, words=W("回复文件", "the reply"))
@option("--role", metavar="ROLE", words=W("授予此角色", "give this role"))
@option("--project", metavar="P", words=W("角色只在此项目", "the role on this project only"))
@option(
    "--person", metavar="WHO", words=W("已有成员的又一台设备", "a further device of this member")
)
@pass_desk
def admit(
    desk: CommandContext,
    file: str,
    reply: str,
    role: str | None,
    project: str | None,
    person: str | None,
) -> None:
    """One device."""
    from models.queries import lookup
    from sync.log import membership_store
    from sync.organisation import admission
    from tui.cli import passphrase
    from tui.cli.commands.member import role_of

    path, answer = (Path(one).expanduser().absolute() for one in (file, reply))
    with desk.open() as workspace:
        where = lookup.project(workspace.book, project).id if project else "*"
        who = lookup.person(workspace.book, person) if person else None
        roles = [(role_of(role), where)] if role else []
        phrase = passphrase.passphrase(workspace.home)
        asked = admission.admit(workspace, path, answer, roles=roles, person=who, passphrase=phrase)
        print = admission.fingerprint(membership_store.load(workspace.store.db))
        owner = workspace.people.person_of(asked.device) or ""
        name = workspace.people.name(owner)
        output.put(say(ADMITTED, name=name, path=answer, print=print))
        if not workspace.people.roles(owner, None):
            output.put(say(NO_ROLES, name=name))


@command(
    "revoke",
    W(
        "停用一台设备，或一位离开的成员的全部设备；之后的改动会被隔离。",
        "Stop a device, or all devices of a member who left; later work of theirs is quarantined.",
    ),
    examples=("member revoke C", "member revoke Ann"),
)
@argument("who", W("设备的标记或 id，或成员姓名", "a device's tag or id, or a member's name"))
@pass_desk
def revoke(desk: CommandContext, who: str) -> None:
    """No more from there."""
    from models.queries import lookup
    from sync.organisation import administration
    from tui.cli import passphrase

    with desk.open() as workspace:
        phrase = passphrase.passphrase(workspace.home)
        sql = "SELECT id, name FROM device WHERE (tag=? OR id=?) AND key IS NOT NULL"
        device = workspace.store.row(sql, (who, who))
        if device is not None:
            administration.revoke(workspace, str(device[0]), phrase)
        else:
            try:
                person = lookup.person(workspace.book, who)
            except Refused:
                raise Refused(NO_DEVICE, name=who) from None
            administration.leave(workspace, person, phrase)
        output.put(say(REVOKED, what=who))


def _tell(told: Preview, found: JoinReply, done: bool) -> None:
    from tui.pages.sync import reissue_summary

    for line in (reissue_summary.done if done else reissue_summary.ahead)(told):
        output.put(line)
    if not done:
        output.put(say(SURE, organisation=found.membership.name))
    sys.stdout.flush()
