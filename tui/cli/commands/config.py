"""`config`, `completion`: the settings file, and completion for shells."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import Any

import click

from models.calendar import business_dates
from models.queries import lookup, value_parser
from models.storage import settings
from models.text.words import Refused, W
from tui.cli import output
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.exit_codes import COMPLETE
from tui.cli.options import argument, command, json_option
from tui.cli.root import CommandEntry, Lazy, root
from tui.cli.run import PROGRAM

ENTRIES = {
    "path": CommandEntry(
        "tui.cli.commands.config:path", W("设置文件在哪里", "where the settings file is")
    ),
    "show": CommandEntry("tui.cli.commands.config:show", W("现在的设置", "the settings now")),
    "set": CommandEntry("tui.cli.commands.config:set_", W("改一项设置", "change a setting")),
}
NO_SETTING = W("没有设置“{name}”。可用：{known}。", "There is no setting “{name}”. Known: {known}.")
BAD_VALUE = W(
    "设置“{name}”不能是“{value}”。可用：{known}。",
    "The setting “{name}” cannot be “{value}”. Possible: {known}.",
)
LANGS = ("zh", "en")
THEMES = ("sitebook-dark", "sitebook-light", "sitebook-contrast")
"""The names in `tui.widgets.themes`, which loads the app."""
FLAGS, CLOCK = ("true", "false"), W("12:00 这样的时刻", "a time like 12:00")


def config() -> Lazy:
    """The group of commands about settings."""
    return Lazy("config", W("设置。", "Settings."), ENTRIES)


@command("path", W("显示设置文件的位置。", "Print where the settings file is."))
@pass_desk
def path(desk: CommandContext) -> None:
    """The file, which need not exist yet."""

    output.put(str(desk.home / settings.FILE))


@command("show", W("显示现在的设置。", "Show the settings."))
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


@command(
    "set",
    W("改一项设置。", "Change a setting."),
    examples=("config set lang en", "config set project 'North site'"),
)
@argument("name", W("设置", "the setting"))
@argument("value", W("值", "its value"))
@pass_desk
def set_(desk: CommandContext, name: str, value: str) -> None:
    """One setting."""
    with desk.open() as workspace:
        known = asdict(workspace.settings)
        if name not in known:
            raise Refused(NO_SETTING, name=name, known=", ".join(known))
        if name == "project" and value:
            value = lookup.project(workspace.book, value).id
        changed: Any = {name: _read(name, value, known[name])}
        workspace.change(replace(workspace.settings, **changed))


def _read(name: str, text: str, now: object) -> object:
    """The value a text means for a setting that holds `now`."""

    if isinstance(now, bool):
        plain = text.strip().casefold()
        if plain not in value_parser.YES | value_parser.NO:
            raise Refused(BAD_VALUE, name=name, value=text, known=", ".join(FLAGS))
        return plain in value_parser.YES
    known = {"lang": LANGS, "theme": THEMES}.get(name)
    if known is not None and text not in known:
        raise Refused(BAD_VALUE, name=name, value=text, known=", ".join(known))
    if name == "weekly_due" and not _is_clock(text):
        raise Refused(BAD_VALUE, name=name, value=text, known=CLOCK)
    if name == "zone":
        business_dates.zone(text)
    return text


def _is_clock(text: str) -> bool:
    """Whether a text is a time of day, as '09:30'."""
    found = re.fullmatch(r"(\d{1,2}):(\d\d)", text)
    return found is not None and int(found[1]) < 24 and int(found[2]) < 60


@command(
    "completion",
    W("打印命令补全脚本，供 bash、zsh 或 fish 使用。", "Print the completion script of a shell."),
    examples=("completion bash >> ~/.bashrc",),
)
@argument(
    "shell", W("bash、zsh 或 fish", "bash, zsh or fish"), type=click.Choice(["bash", "zsh", "fish"])
)
def completion(shell: str) -> None:
    """The script that asks this program what fits."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    if made is not None:
        output.put(made(root(), {}, PROGRAM, COMPLETE).source())
