"""`backup`, `restore`: the whole book in one checked file, and back."""

from __future__ import annotations

from pathlib import Path

from models.storage import backup as backups
from models.text.words import W, say
from sync.workspace.restore import meant, only_in
from sync.workspace.restore import restore as put_back
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import argument, command, option
from tui.cli.streams import output

DONE = W("已备份并检查：{path}", "Backed up and checked: {path}")
RESTORED = W("已从 {path} 恢复。", "Restored from {path}.")
KEPT = W("原来的数据保留在 {path}。", "The previous data is kept in {path}.")

ONLY_THERE = W(
    "本机在备份之后写的 {count} 条改动只在那里；已同步的会从别处回来。要取回全部：\n"
    "  sitebook restore {path}",
    "{count} changes that this device made after the backup are only there; what was synced comes"
    " back from the others. To bring all of them back:\n  sitebook restore {path}",
)


@command(
    "backup",
    W(
        "备份现场簿并检查备份。保留本机最近七份，不含本机密钥。",
        "Back up the book and check the backup. The last seven of this device are kept. The"
        " device key is not included.",
    ),
    examples=("backup", "backup --to /media/usb"),
)
@option(
    "--to",
    metavar="DIR",
    words=W("备份到此文件夹，包括附件", "back up into this folder, with attached files"),
)
@pass_desk
def backup(desk: CommandContext, to: str | None) -> None:
    """One backup."""
    folder = Path(to).expanduser().absolute() if to else desk.home / backups.FOLDER
    with desk.open() as workspace:
        made = backups.backup(workspace.store, folder, zone=workspace.settings.zone)
        output.put(say(DONE, path=made))


@command(
    "restore",
    W(
        "从备份恢复。不写文件时用本机最近一份。原来的数据会保留。",
        "Restore a backup: this device's newest unless a file is given. The previous data is kept.",
    ),
    examples=("restore", "restore /media/usb"),
)
@argument("file", W("备份文件或其文件夹", "a backup or its folder"), required=False)
@option(
    "--other",
    is_flag=True,
    words=W("即使是另一台设备的备份", "even if it is the backup of another device"),
)
@pass_desk
def restore(desk: CommandContext, file: str | None, other: bool) -> None:
    """Put a backup in place."""
    source = meant(Path(file).expanduser().absolute() if file else None, desk.home)
    kept = put_back(desk.home, source, other=other)
    output.put(say(RESTORED, path=source))
    if kept is not None:
        output.put(say(KEPT, path=kept))
        if count := only_in(kept, source):
            output.put(say(ONLY_THERE, count=count, path=kept))
