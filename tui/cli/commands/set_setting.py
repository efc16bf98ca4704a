"""`config set`: one setting is changed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict
from typing import Any

from models.calendar import business_dates
from models.queries import lookup, value_parser
from models.text.words import Refused, W
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import argument, command

NO_SETTING = W("没有设置“{name}”。可用：{known}。", "There is no setting “{name}”. Known: {known}.")
BAD_VALUE = W(
    "设置“{name}”不能是“{value}”。可用：{known}。",
    "The setting “{name}” cannot be “{value}”. Known: {known}.",
)
LANGS = ("zh", "en")
THEMES = ("sitebook-dark", "sitebook-light", "sitebook-contrast")
"""The names in `tui.widgets.themes`, which loads the app."""
MOST_MINUTES = 1440
FLAGS, CLOCK = ("true", "false"), W("时刻，如 12:00", "a time such as 12:00")


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
        workspace.change(workspace.settings.but(**changed))


def _read(name: str, text: str, now: object) -> object:
    """The value a text means for a setting that holds `now`."""
    if isinstance(now, bool):
        plain = text.strip().casefold()
        if plain not in value_parser.YES | value_parser.NO:
            raise Refused(BAD_VALUE, name=name, value=text, known=", ".join(FLAGS))
        return plain in value_parser.YES
    if isinstance(now, int):
        if not text.strip().isdecimal() or int(text) > MOST_MINUTES:
            raise Refused(BAD_VALUE, name=name, value=text, known=f"0–{MOST_MINUTES}")
        return int(text)
    text = unicodedata.normalize("NFKC", text).strip()  # input methods type full width
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
