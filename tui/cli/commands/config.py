"""`config`: the settings file."""

from __future__ import annotations

from dataclasses import asdict

from models.storage import settings
from models.text.words import W
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import command, json_option
from tui.cli.root import CommandEntry, Lazy
from tui.cli.streams import output

ENTRIES = {
    "path": CommandEntry(
        "tui.cli.commands.config:path", W("设置文件的路径", "path of the settings file")
    ),
    "show": CommandEntry("tui.cli.commands.config:show", W("当前设置", "current settings")),
    "set": CommandEntry("tui.cli.commands.set_setting:set_", W("改一项设置", "change a setting")),
}


def config() -> Lazy:
    """The group of commands about settings."""
    return Lazy("config", W("设置。", "Settings."), ENTRIES)


@command("path", W("显示设置文件的路径。", "Print the path of the settings file."))
@pass_desk
def path(desk: CommandContext) -> None:
    """The file, which need not exist yet."""
    output.put(str(desk.home / settings.FILE))


@command("show", W("显示当前设置。", "Show the current settings."))
@json_option
@pass_desk
def show(desk: CommandContext, as_json: bool) -> None:
    """All settings."""
    found, warnings = settings.load(desk.home)
    for warning in warnings:
        output.complain(warning)
    if as_json:
        output.emit(asdict(found))
    else:
        output.table([(name, str(value)) for name, value in asdict(found).items()])
