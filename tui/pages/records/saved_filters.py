"""Saved filters: a filter of a list gets a name, and is found again in the palette."""

from __future__ import annotations

from models.queries import filters
from models.queries.filters import Filter
from models.schema.record import Record
from models.storage import saved_filters
from models.storage.saved_filters import Favourite
from models.text.words import Refused, W, say
from tui.pages.base import Page
from tui.widgets.app_context import Asked
from tui.widgets.commands import Command

KEEP = Command(
    id="list.keep",
    word=W("收藏筛选", "Save filter"),
    help=W("命名并收藏这个筛选，或取消收藏", "save this filter under a name, or remove it"),
    keys="s,ctrl+s",
)
NAME = W("名称", "Name")
NAME_IT = W("筛选“{filter}”的名称", "Name of the filter “{filter}”")
KEPT = W("已收藏“{name}”；在命令（Ctrl+P）中可找到。", "“{name}” is saved; open it with Ctrl+P.")
DROPPED = W("已取消收藏“{name}”。", "“{name}” was removed.")
NO_FILTER = W("还没有筛选。请先按 f 筛选。", "There is no filter. Press f first.")


def keep_or_drop(page: Page, cls: type[Record], wanted: Filter, line: str) -> None:
    """Ask for a name and keep the filter; one that is kept already is forgotten."""
    home, app = page.workspace.home, page.site_app
    if not wanted:
        raise Refused(NO_FILTER)
    for one in saved_filters.load(home):
        same = one.type == cls.kind.name and filters.read(page.book, one.line, cls) == wanted
        if same:
            saved_filters.drop(home, one)
            app.tell(say(DROPPED, name=one.name))
            return

    def named(name: str) -> None:
        saved_filters.keep(home, Favourite(name.strip(), cls.kind.name, line))
        app.tell(say(KEPT, name=name.strip()))

    asked = W(*(half.replace("{filter}", line) for half in NAME_IT))
    app.ask(Asked(KEEP.id, more=f"{cls.kind.name} {line}"), asked, named, label=NAME)
