"""`hub invite`, `hub rekey`: what an administrator's device signs for a hub, there or here."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from models.queries import lookup
from models.text.words import Refused, W, say
from sync.hub import config
from sync.hub.hub import Hub
from sync.hub.recovery import next_key
from sync.hub.storage.projects import project as named
from sync.log import membership_store
from sync.organisation import hub_key, invitation
from sync.organisation.invitation import Guest
from sync.workspace.workspace import exists
from tui.cli import home, passphrase
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.member import proper, role_of
from tui.cli.options import command, option
from tui.cli.streams import output

DAYS = click.IntRange(1, 365)
BOOK = W(
    "管理员的现场簿在这台计算机上的文件夹，由它签名",
    "folder of an administrator's book on this computer, which signs",
)
INVITED = W(
    "邀请码（{days} 天内有效，只能用一次）。请在新电脑上运行：\n  sitebook join {code}{more}",
    "Invitation code (valid for {days} days, one use). On the new device run:\n sitebook"
    " join {code}{more}",
)
NAME = W(" --name 姓名", " --name NAME")
NO_ORGANISATION = W(
    "同步服务器还没有组织。请先在管理员的电脑上使用首个邀请码（sitebook hub init 会显示）。",
    "The hub has no organisation yet. Use its first invitation code on the"
    " administrator's device (sitebook hub init shows one).",
)
AWAITED = W(
    "数据库已清空：同步服务器在等成员日志。请先让一台已加入的电脑同步，再发邀请码。",
    "The database was emptied: the hub waits for its membership log. Have a device that joined"
    " it sync first, then invite.",
)
NOBODY = W("没有成员“{name}”。", "There is no member “{name}”.")
TO_CONFIRM = W(
    "这需要两位管理员签名：请求已提出，由另一位管理员确认（sitebook member requests）后生效。",
    "This needs two administrators: it was asked for and counts once another one has confirmed it"
    " (sitebook member requests).",
)
REKEYED = W(
    "同步服务器的新密钥已生效，各电脑会在下次同步时得知。请重新启动同步服务器。",
    "The hub's new key is in force; devices learn it at their next sync. Restart the hub.",
)
REKEYED_HERE = W(
    "新密钥已生效，各电脑会在下次同步时得知。请重新启动同步服务器的全部进程。",
    "The new key is in force; devices learn it at their next sync. Restart all processes of the"
    " hub.",
)
REKEY_NEXT = W(
    "新密钥已生成，尚未生效。请重新启动同步服务器，再在管理员的电脑上运行：\n  sitebook hub rekey",
    "The new key was made and is not in force yet. Restart the hub, then on an administrator's"
    " device run:\n sitebook hub rekey",
)


@command(
    "invite",
    W(
        "给一台新电脑发一次性邀请码：在管理员的电脑上，或在同步服务器的文件夹中（由管理员的现场簿签名）。",
        "Make a one-time invitation code for a new device: on an administrator's device, or in the"
        " hub's folder (an administrator's book signs).",
    ),
    examples=(
        "hub invite --name Ann --role engineer --project 'North site'",
        "--home /srv/sitebook hub invite --name Ann --book ~/my-book",
    ),
)
@option("--name", metavar="NAME", default="", words=W("新成员的姓名", "the new person's name"))
@option(
    "--person",
    metavar="WHO",
    words=W("已有成员的另一台电脑", "another device of an existing member"),
)
@option("--role", metavar="ROLE", words=W("授予此角色", "give this role"))
@option("--project", metavar="P", words=W("角色只在此项目", "the role on this project only"))
@option(
    "--days", metavar="N", type=DAYS, default=7, words=W("有效天数", "valid for this many days")
)
@option("--book", metavar="FOLDER", words=BOOK)
@pass_desk
def invite(
    desk: CommandContext,
    name: str,
    person: str | None,
    role: str | None,
    project: str | None,
    days: int,
    book: str | None,
) -> None:
    """One code."""
    if name:
        proper(name)
    if exists(desk.home):
        code, more, waiting = _from_book(desk, name, person, role, project, days)
    else:
        signer = _signer(desk, book)
        code, more, waiting = _from_hub(desk, signer, name, person, role, project, days)
    output.put(say(INVITED, days=days, code=code, more=more))
    if waiting:
        output.put(str(TO_CONFIRM))


Invited = tuple[str, str, bool]
"""The code, what else is typed with it, and whether another administrator must confirm it."""


def _from_book(
    desk: CommandContext, name: str, person: str | None, role: str | None, project: str | None,
    days: int,
) -> Invited:  # fmt: skip
    """In an administrator's own book: the hub is asked over the network."""
    with desk.open() as workspace:
        where = lookup.project(workspace.book, project).id if project else "*"
        roles = [(role_of(role), where)] if role else []
        who = lookup.person(workspace.book, person) if person else ""
        guest = Guest(name, who, roles, days)
        made = invitation.make(workspace, guest, passphrase.passphrase(desk.home))
        waiting = invitation.waits(membership_store.load(workspace.store.db), made)
    return made, "" if name or who else str(NAME), waiting


def _from_hub(
    desk: CommandContext, book: Path, name: str, person: str | None, role: str | None,
    project: str | None, days: int,
) -> Invited:  # fmt: skip
    """In the hub's folder: an administrator's book on this computer signs."""
    chosen = config.load(desk.home)
    with closing(config.opened(desk.home, passphrase=passphrase.passphrase(desk.home))) as hub:
        if not hub.membership.now().entries:
            raise Refused(AWAITED if hub.wait.now() else NO_ORGANISATION)
        where = named(hub, project) if project else "*"
        roles = [(role_of(role), where)] if role else []
        who = _person(hub, person) if person else ""
        phrase = passphrase.passphrase(book)
        secret = invitation.at_hub(hub, book, Guest(name, who, roles, days), phrase)
        made = config.code(hub, chosen, secret)
        waiting = invitation.waits(hub.membership.now(), made)
    return made, "" if name or who else str(NAME), waiting


def _signer(desk: CommandContext, book: str | None) -> Path:
    """The folder of the book that signs: as named, as `hub init` was told, or one's own."""
    named = book or config.load(desk.home).book
    return Path(named).expanduser().absolute() if named else home.folder(None, {})


@command(
    "rekey",
    W(
        "更换同步服务器的密钥，各电脑不需要新的邀请码。先在同步服务器上运行，再在管理员的电脑上运行。",
        "Change the hub's key; devices need no new code. Run it on the hub, then on an"
        " administrator's device.",
    ),
    examples=("--home /srv/sitebook hub rekey", "hub rekey"),
)
@option("--book", metavar="FOLDER", words=BOOK)
@pass_desk
def rekey(desk: CommandContext, book: str | None) -> None:
    """A new key takes the old one's place."""
    if exists(desk.home):
        with desk.open() as workspace:
            done = hub_key.accept(workspace, passphrase.passphrase(desk.home))
        output.put(str(REKEYED if done else TO_CONFIRM))
        return
    signer = _signer(desk, book)
    phrase = passphrase.passphrase(desk.home)
    with closing(config.opened(desk.home, passphrase=phrase)) as hub:
        if not hub.membership.now().entries:
            raise Refused(NO_ORGANISATION)
        next_key.make(desk.home, phrase)
        here = invitation.steers(hub.membership.now(), signer)
        done = here and hub_key.at_hub(hub, signer, passphrase.passphrase(signer))
    output.put(say(REKEYED_HERE if done else REKEY_NEXT, home=desk.home))


def _person(hub: Hub, text: str) -> str:
    found = [one.id for one in hub.membership.now().people.values() if text in (one.id, one.name)]
    if len(found) != 1:
        raise Refused(NOBODY, name=text)
    return found[0]
