"""`bundle write`, `bundle read`: rounds by a file on a stick."""

from __future__ import annotations

from pathlib import Path

from models.text.words import W
from sync.transport.bundle import bundle as carrier
from sync.transport.exchange import Exchange
from tui.cli import passphrase as secret
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.commands.sync import VERBOSE, tell_round
from tui.cli.options import argument, command, json_option, option
from tui.cli.root import CommandEntry, Lazy
from tui.cli.streams.output import shares

WROTE = W("已写出 {path}：{given} 条改动。", "{path} was written: {given} changes.")
READ = W("已读入 {path}：{taken} 条新改动。", "{path} was read: {taken} new changes.")

ENTRIES = {
    "write": CommandEntry("tui.cli.commands.bundle:write", W("写出离线同步包", "write a bundle")),
    "read": CommandEntry("tui.cli.commands.bundle:read", W("读入离线同步包", "read a bundle")),
}


def bundle() -> Lazy:
    """The group of commands about bundle files."""
    return Lazy(
        "bundle",
        W("离线同步包：用 U 盘同步的文件。", "Bundles: files to sync by USB stick."),
        ENTRIES,
    )


@command(
    "write",
    W(
        "把本机的内容写成一个文件，加密给有权读取的成员电脑。"
        "用 --passphrase 时，知道口令的人都能读取。",
        "Write the contents of this book into one file, encrypted for the members' devices"
        " that may read it. With --passphrase, anyone who knows the passphrase can read it.",
    ),
    examples=("bundle write /media/usb/week.sitebook",),
)
@argument("file", W("文件", "the file"))
@option("--passphrase", is_flag=True, words=W("用口令加密", "encrypt it with a passphrase"))
@option(
    "--files", "budget", metavar="MIB", type=int, default=256,
    words=W("附件总量上限，MiB（0：不带附件）", "size limit for attached files in MiB (0: none)"),
)  # fmt: skip
@json_option
@pass_desk
def write(desk: CommandContext, file: str, passphrase: bool, budget: int, as_json: bool) -> None:
    """One bundle."""
    path = Path(file).expanduser().absolute()
    with desk.open() as workspace:
        exchange = Exchange(workspace, secret.passphrase(workspace.home))
        phrase = secret.of_file(again=True) if passphrase else None
        mib = max(0, budget) << 20
        report = carrier.write(exchange, path, passphrase=phrase, budget=mib, tell=shares())
        tell_round(workspace, report, WROTE, as_json, verbose=False, path=path)


@command(
    "read",
    W(
        "读入一个离线同步包。先检查整个文件；如有损坏，不做任何改动。",
        "Read a bundle. The whole file is checked first; if it is damaged, nothing is changed.",
    ),
    examples=("bundle read /media/usb/week.sitebook",),
)
@argument("file", W("文件", "the file"))
@option("--verbose", is_flag=True, words=VERBOSE)
@json_option
@pass_desk
def read(desk: CommandContext, file: str, verbose: bool, as_json: bool) -> None:
    """Take what a bundle has."""
    path = Path(file).expanduser().absolute()
    with desk.open() as workspace:
        exchange = Exchange(workspace, secret.passphrase(workspace.home))
        phrase = secret.of_file() if carrier.locked(path) else None
        report = carrier.read(exchange, path, passphrase=phrase, tell=shares())
        tell_round(workspace, report, READ, as_json, verbose, path=path)
