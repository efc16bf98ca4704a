"""Action groups: commands together with the functions that they run, as parts that a page has.

A group is a plain object. Its methods say which command runs them:

    class RecordActions(ActionGroup[RecordHolder]):
        @runs(EDIT)
        def edit(self) -> None: ...

        @runs(NEXT, 1)
        @runs(PREVIOUS, -1)
        def step(self, by: int) -> None: ...

A page lists the groups it has (`actions = (RecordActions, ...)`); keys, palette and help follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar, Generic, TypeVar

from models.frozen import NamedTuple
from models.text.words import Refused, W
from tui.widgets.commands import Command, bindings

PageT = TypeVar("PageT")
GroupT = TypeVar("GroupT", bound="ActionGroup[Any]")
FunctionT = TypeVar("FunctionT", bound=Callable[..., object])
MARK = "__commands__"


class Run(NamedTuple):
    """What a command runs: a function of its group, and the arguments it is given."""

    command: Command
    function: Callable[..., object]
    arguments: tuple[object, ...] = ()


def runs(command: Command, *arguments: object) -> Callable[[FunctionT], FunctionT]:
    """Declare that a command runs this method, with these arguments."""

    def mark(function: FunctionT) -> FunctionT:
        # Decorators apply from the bottom up; commands are listed from the top down.
        function.__dict__[MARK] = [(command, arguments), *function.__dict__.get(MARK, ())]
        return function

    return mark


class ActionGroup(Generic[PageT]):
    """Commands and what they do on `page`, the page that has the group.

    A group is made before its page is: it asks the page for nothing until a command is run.
    """

    declared: ClassVar[tuple[Run, ...]] = ()
    """Every command of the group with what it runs, in the order of the methods."""

    extended_as: ClassVar[str] = ""
    """The name by which areas add groups of their own to the pages that have this one."""

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        own = [
            Run(command, function, arguments)
            for function in vars(cls).values()
            for command, arguments in getattr(function, MARK, ())
        ]
        bindings(tuple(run.command for run in own))  # declares them, before a page has the group
        cls.declared = (*cls.declared, *own)

    @classmethod
    def commands(cls) -> tuple[Command, ...]:
        """The commands of the group."""
        return tuple(run.command for run in cls.declared)

    def __init__(self, page: PageT) -> None:
        self.page = page
        self._runs = {run.command.id: run for run in self.declared}

    def add(self, command: Command, function: Callable[..., object], *arguments: object) -> None:
        """Add a command that is known only once the page is open, such as a move of a type.

        The page binds its keys (`bind_commands`). `function` is one of the group's class.
        """
        self._runs[command.id] = Run(command, function, arguments)

    def has(self, command: str) -> bool:
        """Whether a command, by its id, belongs to this group."""
        return command in self._runs

    def run(self, command: str) -> object:
        """Run a command by its id; what comes of it may be awaitable."""
        run = self._runs[command]
        return run.function(self, *run.arguments)

    def why_not(self, command: str) -> Refused | None:  # noqa: ARG002
        """Why a command is not possible now (its key is dimmed and says so), or None."""
        return None

    def hidden(self, command: str) -> bool:  # noqa: ARG002
        """Whether a command is not offered at all now."""
        return False

    def word(self, command: str) -> W | None:  # noqa: ARG002
        """What a command is called while it acts on what is chosen now; None: as declared."""
        return None


class ActionGroups:
    """The groups of one page, asked by the id of a command."""

    def __init__(self, page: Any, kinds: Iterable[type[ActionGroup[Any]]]) -> None:
        self.groups = tuple(kind(page) for kind in kinds)

    def __iter__(self) -> Iterator[ActionGroup[Any]]:
        return iter(self.groups)

    def get(self, kind: type[GroupT]) -> GroupT:
        """The group of a class."""
        return next(group for group in self.groups if isinstance(group, kind))

    def run(self, command: str) -> object:
        """Run a command by its id."""
        return self._of(command).run(command)

    def why_not(self, command: str) -> Refused | None:
        """Why a command is not possible now, or None."""
        return self._of(command).why_not(command)

    def state(self, command: str) -> bool | None:
        """Textual's question whether a command may run: False hides it, None dims it.

        A page below asks it of the page on top, too, which has other commands.
        """
        group = self._having(command)
        if group is None or group.hidden(command):
            return False
        return True if group.why_not(command) is None else None

    def word(self, command: str) -> W | None:
        """What a command is called now, where that differs from its declaration."""
        group = self._having(command)
        return group.word(command) if group is not None else None

    def _having(self, command: str) -> ActionGroup[Any] | None:
        return next((group for group in self.groups if group.has(command)), None)

    def _of(self, command: str) -> ActionGroup[Any]:
        found = self._having(command)
        if found is None:
            raise LookupError(f"no action group runs {command}")
        return found


def commands_of(kinds: Iterable[type[ActionGroup[Any]]]) -> tuple[Command, ...]:
    """The commands of several groups, in their order."""
    return tuple(command for kind in kinds for command in kind.commands())
