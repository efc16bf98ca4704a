"""The page: what every screen shares: title bar, body, key bar, and looking again after writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from rich.console import RenderableType
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingsMap, BindingType
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from models.text.words import Refused, W
from tui.pages import registry
from tui.widgets.action_group import ActionGroup, ActionGroups, GroupT, commands_of
from tui.widgets.bars import KeyBar, TitleBar
from tui.widgets.commands import ACT, Command, bindings, declared
from tui.widgets.plain_content import say_again
from tui.widgets.windowed_list import WindowedList

if TYPE_CHECKING:
    from models.book.book import Book
    from models.schema.record import Record
    from sync.workspace.workspace import Workspace
    from tui.widgets.app_context import AppContext

Result = TypeVar("Result")

TINY = (30, 8)
"""Below this many columns or lines a page says one sentence instead of a torn layout."""
TOO_SMALL = W("窗口太小，请放大到至少 40×10。", "Enlarge the window to at least 40×10.")

BACK = Command(
    id="page.back",
    word=W("返回", "Back"),
    help=W("关闭，回到上一页", "close this page and go back"),
    keys="escape",
    action="back",
    shown=70,
)
"""Closes exactly one layer; on the home page it does nothing."""


def is_tiny(size: Sequence[int]) -> bool:
    """Whether a window of so many columns and lines is too small for any layout."""
    return size[0] < TINY[0] or size[1] < TINY[1]


class BaseScreen(Screen[Result]):
    """What pages and dialogs share: declared commands, the typed app, and the smallest window.

    `commands` declares what can be done here by methods of the page, `actions` the groups of
    commands that the page has; keys, palette entries and help follow from both.
    """

    commands: ClassVar[tuple[Command, ...]] = ()
    actions: ClassVar[tuple[type[ActionGroup[Any]], ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [*bindings((BACK,))]

    def __init_subclass__(cls, **more: Any) -> None:
        if "commands" in cls.__dict__ or "actions" in cls.__dict__:
            own = [*cls.__dict__.get("BINDINGS", []), *bindings(cls.every_command())]
            cls.BINDINGS = own
        super().__init_subclass__(**more)

    def __init__(self) -> None:
        super().__init__()
        self._begins = ""
        added = added_groups(self.actions)
        self._cramped = False
        """Whether what the page shows is hidden for want of room, or was just now."""
        self.groups = ActionGroups(self, (*self.actions, *added))
        self.bind_commands(commands_of(added))

    @classmethod
    def every_command(cls) -> tuple[Command, ...]:
        """The commands of the page and of its groups."""
        return (*cls.commands, *commands_of(cls.actions))

    def group(self, kind: type[GroupT]) -> GroupT:
        """The page's group of this class."""
        return self.groups.get(kind)

    @property
    def used_keys(self) -> frozenset[str]:
        """The keys that commands of the page have."""
        return frozenset(self._bindings.key_to_bindings)

    def bind_commands(self, commands: Iterable[Command]) -> None:
        """Bind the keys of commands that are known only now; a key already bound comes first."""
        known = self._bindings.key_to_bindings
        for key, binding in BindingsMap(bindings(tuple(commands))):
            known[key] = [*known.get(key, ()), binding]  # the list is that of the page's class

    @property
    def site_app(self) -> AppContext:
        """The app, typed."""
        return cast("AppContext", self.app)

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        return self.site_app.workspace

    @property
    def book(self) -> Book:
        """The open book."""
        return self.workspace.book

    def body(self) -> ComposeResult:
        """The page's own widgets."""
        yield from ()

    def look(self) -> None:
        """Read again what is shown."""

    def look_again(self) -> None:
        """Read again, and say every word in the current language."""
        if not (self.is_mounted and self.is_attached):
            return  # the page is not mounted yet, or removed already
        if self.site_app.between_books:
            return  # there is nothing to read
        trouble: Refused | None = None
        try:
            self.look()
        except Refused as refused:
            trouble = refused
            self.site_app.tell(str(refused), bad=True)
        for lines in self.query(WindowedList):
            lines.blame(trouble)
        self.refresh_bindings()

    def say_again(self, *, covered: bool = False) -> None:
        """The language was switched: say every word anew, and what was read with words in it.

        A page that another one covers reads again as it comes back.
        """
        say_again(cast("Screen[object]", self))
        self.refresh()
        if not covered:
            self.look_again()

    def begin_with(self, command: str) -> None:
        """Run a command, by its id, as soon as the page is shown."""
        self._begins = command

    def on_screen_resume(self) -> None:
        """Coming back shows everything as it is now."""
        self._fit()
        self.look_again()
        command, self._begins = declared.get(self._begins), ""
        if command is not None:
            self.call_after_refresh(self.app.run_action, command.action, self)

    def on_resize(self) -> None:
        """The window has another size."""
        self._fit()

    def _fit(self) -> None:
        """A window too small for any layout gets one sentence."""
        tiny = is_tiny(self.app.size)
        if tiny:
            self._cramped = True
        elif self._cramped:
            self.call_after_refresh(self._has_room)
        self.set_class(tiny, "-tiny")

    def _has_room(self) -> None:
        self._cramped = self.has_class("-tiny")
        self._update_auto_focus()

    def _reset_focus(self, widget: Widget, avoiding: list[Widget] | None = None) -> None:
        """The focus leaves a widget that goes, or that its page hides; not one without room.

        Textual takes it from every widget that is not drawn: after a window that was too small
        for a moment, what is typed would go nowhere.
        """
        placed = widget.is_attached and not widget.disabled and not avoiding
        if not (placed and (self._cramped or all(one.display for one in _up(widget)))):
            super()._reset_focus(widget, avoiding)

    def render(self) -> RenderableType:
        """The blank behind the widgets, or the one sentence."""
        return Text(str(TOO_SMALL)) if self.has_class("-tiny") else super().render()

    def why_not(self, action: str) -> Refused | None:  # noqa: ARG002
        """Why an action is not possible now (its key is dimmed and says so), or None."""
        return None

    def why_not_so(self, action: str, parameters: tuple[object, ...]) -> Refused | None:
        """The same for an action with parameters, where these matter."""
        if action == ACT:
            return self.groups.why_not(str(parameters[0]))
        return self.why_not(action)

    def word_of(self, command: Command) -> W:
        """What a command is called here and now."""
        return self.groups.word(command.id) or command.word

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Textual's question whether an action may run: None dims it."""
        if action == ACT:
            return self.groups.state(str(parameters[0]))
        if self.why_not_so(action, parameters) is not None:
            return None
        return super().check_action(action, parameters)

    async def _dispatch_message(self, message: Message) -> None:
        """What is refused on the way becomes a notice; anything else is a fault of ours."""
        try:
            await super()._dispatch_message(message)
        except Refused as refused:
            self.site_app.tell(str(refused), bad=True)

    async def action_act(self, command: str) -> None:
        """Run a command of one of the groups."""
        done = self.groups.run(command)
        if isawaitable(done):
            await done

    def action_back(self) -> None:
        """Close exactly this layer."""
        if self.site_app.can_go_back():
            self.dismiss(None)


def added_groups(actions: Iterable[type[ActionGroup[Any]]]) -> list[type[ActionGroup[Any]]]:
    """The groups that areas add to a page with these."""
    extended = {group.extended_as for group in actions} - {""}
    return [registry.load(name) for added_to, name in registry.ACTIONS if added_to in extended]


def _up(widget: Widget) -> Iterator[Widget]:
    """A widget and those that it is in."""
    return (node for node in widget.ancestors_with_self if isinstance(node, Widget))


class Page(BaseScreen[Any]):
    """A full screen with a title bar above and a key bar below; subclasses give the body.

    `look()` is called when the page shows, after every durable save, when another process
    wrote and when the language changed: it reads again what the page shows.
    """

    title_word: ClassVar[W] = W("现场簿", "sitebook")

    def compose(self) -> ComposeResult:
        """Title bar, body, key bar."""
        yield TitleBar(id="title-bar")
        yield from self.body()
        yield KeyBar(id="key-bar")

    def is_in_view(self, record: Record) -> bool:
        """Whether this page shows a record, or one that the record belongs to or points to."""
        chosen = chosen_on(self)
        return bool(chosen) and chosen in (record.id, *record.values().values())

    def project_here(self) -> str:
        """The id of the project of what is under the cursor, or of the page; '' for none."""
        return project_of(self)

    def heading(self) -> str:
        """What the title bar says; the title word unless a page knows better."""
        return str(self.title_word)

    def look_again(self) -> None:
        """Read again, and let the bars say it."""
        super().look_again()
        for bar in self.query("#title-bar, #key-bar"):
            bar.refresh()

    def say_keys(self) -> None:
        """Say the keys by the words that they have now; the cursor may have changed them."""
        for bar in self.query("#key-bar"):
            bar.refresh()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """On the home page there is nothing to go back to."""
        if action == "back" and self.is_attached and not self.site_app.can_go_back():
            return False
        return super().check_action(action, parameters)


class Dialog(BaseScreen[Result], ModalScreen[Result]):
    """A small window over a page: Esc closes it and answers None."""

    DEFAULT_CSS = """
    Dialog { align: center middle; layout: vertical; background: $background 60%; }
    """

    def compose(self) -> ComposeResult:
        """The dialog's own widgets."""
        yield from self.body()


def chosen_on(page: Page) -> str:
    """The id of the record that is chosen on a page; '' without one."""
    chosen: Callable[[], str | None] | None = getattr(page, "chosen", None)
    try:
        return (chosen() if chosen is not None else None) or ""
    except Refused:
        return ""  # nothing is under the cursor that has a record


def project_of(page: Page) -> str:
    """The project of the record that is chosen on a page; else the one that the page shows."""
    record = page.book.find(chosen_on(page))
    if record is None:
        return str(getattr(page, "project", "") or "")
    return record.id if record.type == "project" else str(record.project or "")
