"""`join`: into an organisation, or found one's own at a hub: by files or by a one-time code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.text.words import Refused, W, say
from sync.log import membership_store
from sync.organisation import admission, enrolment, hub_enrolment
from sync.transport.http import invite_code
from sync.workspace.workspace import accept, exists
from tui.cli import passphrase
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.member import proper
from tui.cli.options import argument, command, option
from tui.cli.root import CommandEntry, Lazy
from tui.cli.streams import output
from tui.pages.sync import reissue_summary

if TYPE_CHECKING:
    from sync.organisation.enrolment import Came
    from sync.organisation.join_files import JoinReply
    from sync.organisation.reissue import Preview
    from sync.transport.http.invite_code import Code

ENTRIES = {
    "request": CommandEntry(
        "tui.cli.commands.join:request", W("写加入请求", "write a request to join")
    ),
    "reply": CommandEntry(
        "tui.cli.commands.join:reply", W("用回复文件加入", "join with a reply file")
    ),
}
ASKED = W(
    "请求已写到 {path}。请交给管理员，再用回复文件运行 sitebook join reply。",
    "The request was written to {path}. Give it to an administrator, then run sitebook"
    " join reply with the reply file.",
)
SURE = W(
    "本机的现场簿会并入“{organisation}”；旧的保留在 before-joining-… 中。确认时加 --yes。",
    "This book will be moved into “{organisation}”; the old one is kept in"
    " before-joining-…. Add --yes to confirm.",
)
NEXT = W(
    "要收到团队的记录，请运行 sitebook bundle read 文件 或 sitebook sync 文件夹。",
    "To receive the team's records run sitebook bundle read FILE or sitebook sync FOLDER.",
)
FOUNDED = W(
    "“{organisation}”现在有同步服务器 {url}。请运行 sitebook sync，再用 hub invite 邀请其他人。",
    "“{organisation}” now has the hub {url}. Run sitebook sync, then invite others with"
    " hub invite.",
)
SYNC_NEXT = W("请接着运行 sitebook sync。", "Now run sitebook sync.")
NO_BOOK = W(
    "首个邀请码要在建立组织的电脑上使用。请先运行 sitebook init --name 姓名。",
    "The first invitation code is for the device that starts the organisation. First run"
    " sitebook init --name NAME.",
)


class Joining(Lazy):
    """`join request`, `join reply`, or `join CODE` for a hub's one-time code."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A subcommand; any other word is a code."""
        found = super().get_command(ctx, cmd_name)
        return found if found is not None else command_of(cmd_name)


def join() -> Lazy:
    """The group of commands of a device that joins."""
    return Joining(
        "join",
        W(
            "加入一个组织：用邀请码（join CODE），或用文件（request、reply）。",
            "Join an organisation: with an invitation code (join CODE), or with files (request,"
            " reply).",
        ),
        ENTRIES,
    )


@command(
    "request",
    W("写一个加入请求，交给管理员。", "Write a request to join, for an administrator."),
    examples=("join request /media/usb/me.request --name Ann",),
)
@argument("file", W("文件", "the file"))
@option("--name", metavar="NAME", required=True, words=W("您的姓名", "your name"))
@option(
    "--new-key", is_flag=True,
    words=W(
        "换用新的密钥（原电脑已停用时）；待同步的改动会保留",
        "with a new key (after the device was revoked); unsent changes are kept",
    ),
)  # fmt: skip
@pass_desk
def request(desk: CommandContext, file: str, name: str, new_key: bool) -> None:
    """Who asks."""
    accept(desk.home)
    proper(name)
    path = Path(file).expanduser().absolute()
    phrase = passphrase.passphrase(desk.home)
    admission.request(desk.home, path, name, phrase, new_key=new_key)
    output.put(say(ASKED, path=path))


@command(
    "reply",
    W(
        "用管理员的回复加入。单人的现场簿先预览，加 --yes 后并入。",
        "Join with an administrator's reply. A book of your own is previewed first and moved"
        " with --yes.",
    ),
    examples=("join reply /media/usb/me.reply",),
)
@argument("file", W("文件", "the file"))
@option("--yes", is_flag=True, words=W("确认", "confirm"))
@option(
    "--project", metavar="ID",
    words=W("原现场簿的记录归入此项目（id）", "project (id) for the records of your own book"),
)  # fmt: skip
@pass_desk
def reply(desk: CommandContext, file: str, yes: bool, project: str | None) -> None:
    """Join."""
    accept(desk.home)
    path = Path(file).expanduser().absolute()
    phrase = passphrase.passphrase(desk.home)
    if _joined(desk.home, enrolment.read_reply(desk.home, path, phrase), yes, project):
        output.put(str(NEXT))


def command_of(code: str) -> click.Command:
    """The command that joins with this code. Raises `Refused` for a mistyped one."""
    read = invite_code.read(code)

    @command(
        code,
        W("用一次性邀请码加入同步服务器。", "Join a hub with a one-time invitation code."),
        examples=("join CODE --name Ann",),
    )
    @option("--name", metavar="NAME", default="", words=W("您的姓名", "your name"))
    @option(
        "--yes", is_flag=True, words=W("确认：并入单人的现场簿", "confirm: move a book of your own")
    )
    @option(
        "--project",
        metavar="ID",
        words=W("原现场簿的记录归入此项目（id）", "project (id) for the records of your own book"),
    )
    @pass_desk
    def join(desk: CommandContext, name: str, yes: bool, project: str | None) -> None:
        accept(desk.home)
        if read.founding:
            _found(desk, read)
        else:
            _come(desk, read, name, yes, project)

    made: click.Command = join
    return made


def _found(desk: CommandContext, code: Code) -> None:
    if not exists(desk.home):
        raise Refused(NO_BOOK)
    with desk.open() as workspace:
        known = hub_enrolment.found(workspace, code, passphrase.passphrase(workspace.home))
        name = membership_store.load(workspace.store.db).name
        output.put(say(FOUNDED, organisation=name, url=known.url))


def _come(desk: CommandContext, code: Code, name: str, yes: bool, project: str | None) -> None:
    if not name and exists(desk.home):
        with desk.open() as workspace:
            name = workspace.people.name(workspace.book.me)
    if name:
        proper(name)
    came = enrolment.ask_hub(desk.home, code, name, passphrase.passphrase(desk.home))
    if _joined(desk.home, came, yes, project):
        output.put(str(SYNC_NEXT))


def _joined(home: Path, came: Came, yes: bool, project: str | None) -> bool:
    """Join with what came back; False when only the preview of a book begun alone was shown."""
    came = enrolment.join(home, came, bring=yes, into=project)
    if came.ahead is not None:
        _tell(came.ahead, came.reply, yes)
        if not yes:
            return False
    output.put(came.text)
    return True


def _tell(told: Preview, found: JoinReply, done: bool) -> None:
    for line in (reissue_summary.done if done else reissue_summary.ahead)(told):
        output.put(line)
    if not done:
        output.put(say(SURE, organisation=found.membership.name))
    sys.stdout.flush()
