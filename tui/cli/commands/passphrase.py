"""`passphrase`: set, change or remove the passphrase of the key in the folder, a hub's as well."""

from __future__ import annotations

from pathlib import Path

from models.text.words import W
from sync.trust import device_key
from tui.cli import passphrase as secret
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import command, option
from tui.cli.root import CommandEntry, Lazy
from tui.cli.streams import output

ENTRIES = {
    "set": CommandEntry("tui.cli.commands.passphrase:set_", W("设口令", "set a passphrase")),
    "change": CommandEntry("tui.cli.commands.passphrase:change", W("换口令", "change it")),
    "remove": CommandEntry("tui.cli.commands.passphrase:remove", W("去掉口令", "remove it")),
}
SET = W(
    "已设口令。同步、审批和管理成员时会要求输入。请记住它：忘记后只能作为新电脑重新加入。",
    "The passphrase is set. It is asked for when you sync, approve or manage members. Remember it:"
    " without it this device must join anew.",
)
CHANGED = W("口令已更换。", "The passphrase is changed.")
REMOVED = W("口令已去掉。", "The passphrase is removed.")
NEW_FILE = W("从此文件读取新口令，不再询问", "read the new passphrase from this file, do not ask")


def passphrase() -> Lazy:
    """The group of commands about the passphrase."""
    return Lazy(
        "passphrase",
        W(
            "本机密钥的口令。设了以后，拿到 device.key 的人没有口令就不能签名。",
            "The passphrase of the device's key. Once it is set, whoever gets device.key cannot"
            " sign without it.",
        ),
        ENTRIES,
    )


@command(
    "set",
    W(
        "给密钥设一个口令。没有终端时用 --new，或由 SITEBOOK_PASSPHRASE_FILE 指定文件。",
        "Set a passphrase for the key. Without a terminal use --new, or let"
        " SITEBOOK_PASSPHRASE_FILE name a file.",
    ),
    examples=("passphrase set", "--home /srv/sitebook passphrase set"),
)
@option("--new", metavar="FILE", words=NEW_FILE)
@pass_desk
def set_(desk: CommandContext, new: str | None) -> None:
    """The first one."""
    device_key.expect(desk.home, wrapped=False)
    device_key.set_passphrase(desk.home, None, _fresh(new, from_variable=True))
    output.put(str(SET))


@command(
    "change",
    W(
        "更换口令。没有终端时，SITEBOOK_PASSPHRASE_FILE 指定旧口令的文件，--new 指定新口令的。",
        "Change the passphrase. Without a terminal, SITEBOOK_PASSPHRASE_FILE names the file of the"
        " old one and --new that of the new one.",
    ),
    examples=("passphrase change",),
)
@option("--new", metavar="FILE", words=NEW_FILE)
@pass_desk
def change(desk: CommandContext, new: str | None) -> None:
    """Another one; the old one is checked first."""
    device_key.expect(desk.home, wrapped=True)
    old = _known(desk.home)
    device_key.set_passphrase(desk.home, old, _fresh(new, from_variable=False))
    output.put(str(CHANGED))


@command(
    "remove",
    W("去掉口令。", "Remove the passphrase."),
    examples=("passphrase remove",),
)
@pass_desk
def remove(desk: CommandContext) -> None:
    """None any more."""
    device_key.expect(desk.home, wrapped=True)
    device_key.set_passphrase(desk.home, _known(desk.home), None)
    output.put(str(REMOVED))


def _known(home: Path) -> str | None:
    """The passphrase of now, found right before a new one is asked for."""
    given = secret.passphrase(home)
    device_key.load(home, given)
    return given


def _fresh(file: str | None, *, from_variable: bool) -> str:
    named = Path(file).expanduser().absolute() if file else None
    return secret.fresh(named, from_variable=from_variable)
