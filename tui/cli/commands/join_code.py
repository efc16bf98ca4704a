"""`join CODE`: into an organisation, or found one's own at a hub, with a one-time code."""

from __future__ import annotations

import click

from models.text.words import Refused, W, say
from tui.cli import output
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import command, option

FOUNDED = W(
    "“{organisation}”现在有中心 {url}。请运行 sitebook sync，再用 hub invite 邀请其他人。",
    "“{organisation}” has the hub {url} now. Run sitebook sync, then invite others by hub invite.",
)
NEXT = W("请接着运行 sitebook sync。", "Now run sitebook sync.")
NO_BOOK = W(
    "首个接入码要在建立组织的设备上使用。请先运行 sitebook init --name 姓名。",
    "The first code is for the device that began the organisation: sitebook init --name NAME.",
)


def command_of(code: str) -> click.Command:
    """The command that joins with this code. Raises `Refused` for a mistyped one."""
    from sync.transport.http import invite_code

    read = invite_code.read(code)

    @command(
        code,
        W("用一次性接入码接入中心。", "Join a hub with a one-time code."),
        examples=("join CODE --name Ann",),
    )
    @option("--name", metavar="NAME", default="", words=W("您的姓名", "your name"))
    @option("--yes", is_flag=True, words=W("确认并入单人的现场簿", "bring a book begun alone"))
    @option(
        "--project",
        metavar="ID",
        words=W("旧现场簿的记录归入此项目（id）", "the old book's records go to this project (id)"),
    )
    @pass_desk
    def join(desk: CommandContext, name: str, yes: bool, project: str | None) -> None:
        if read.founding:
            _found(desk, read)
        else:
            _come(desk, read, name, yes, project)

    made: click.Command = join
    return made


def _found(desk: CommandContext, code: object) -> None:
    from sync.log import membership_store
    from sync.organisation import hub_enrolment
    from sync.transport.http.invite_code import Code
    from sync.workspace.workspace import exists
    from tui.cli import passphrase

    assert isinstance(code, Code)
    if not exists(desk.home):
        raise Refused(NO_BOOK)
    with desk.open() as workspace:
        known = hub_enrolment.found(workspace, code, passphrase.passphrase(workspace.home))
        name = membership_store.load(workspace.store.db).name
        output.put(say(FOUNDED, organisation=name, url=known.url))


def _come(desk: CommandContext, code: object, name: str, yes: bool, project: str | None) -> None:
    from sync.apply.open_book import open_book
    from sync.organisation import hub_enrolment
    from sync.transport.http.invite_code import Code
    from sync.workspace.workspace import exists
    from tui.cli import passphrase
    from tui.cli.commands import join as joining
    from tui.cli.commands.member import proper

    assert isinstance(code, Code)
    if not name and exists(desk.home):
        with desk.open() as workspace:
            name = workspace.people.name(workspace.book.me)
    if name:
        proper(name)
    desk.home.mkdir(parents=True, exist_ok=True)
    reply, known = hub_enrolment.come(desk.home, code, name, passphrase.passphrase(desk.home))
    if joining.entered(desk.home, reply, yes, project):
        workspace = open_book(desk.home)
        hub_enrolment.settled(workspace, known)
        workspace.close()
        output.put(str(NEXT))
