"""App context: what pages, forms and widgets ask of the running app, without its modules."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from models.frozen import NamedTuple
from models.schema.record import Record
from models.text.words import W

if TYPE_CHECKING:
    from textual.screen import Screen

    from models.storage.drafts import FormDraft
    from sync.workspace.workspace import Workspace
    from tui.display.sync_state import Truth

ASKED = "ask"
"""How the keys of drafts of questions begin; those of a move are the drafts of its form."""
Done = TypeVar("Done")
Then = Callable[[Record], None]
"""Called with a record once it is saved."""


class Notice(NamedTuple):
    """A notice; they are listed, since a toast of some seconds is missed at a cabinet."""

    at: int
    text: str
    bad: bool


class Headed(Protocol):
    """A page with a heading, as its title bar needs it."""

    def heading(self) -> str:
        """What the page is called."""


class SyncContext(Protocol):
    """The background sync, as pages need it."""

    passphrase: str | None

    def confirmed(self) -> bool:
        """Whether an approval may be signed without asking for the passphrase."""

    @property
    def under_way(self) -> Any:
        """The job that is under way, or None."""

    @property
    def peer(self) -> str | None:
        """The hub or folder used last, or None."""

    def begin(self) -> None:
        """Plan the first round."""

    def locked(self) -> bool:
        """Whether the device's key waits for its passphrase."""

    def sync(
        self, peer: str, *, asked: bool = True, then: Callable[[Any], None] | None = None
    ) -> None:
        """Sync once with a peer."""

    def run(
        self,
        what: W,
        job: Callable[..., Any],
        *,
        peer: str = "",
        asked: bool = True,
        then: Callable[[Any], None] | None = None,
    ) -> None:
        """Do a job in the background."""

    def stop(self) -> None:
        """Stop the job at its next safe place."""


class Asked(NamedTuple):
    """Names a question, so that it finds its draft again, and the draft finds its question."""

    command: str
    """The command that asks."""
    record: str = ""
    """The record it is about."""
    more: str = ""
    """What tells several questions of one command apart: a field, a document."""
    place: str = ""
    """The place whose page asks, where no page of a record does."""
    move: str = ""
    """The move that the words are for: they are the draft of its form."""
    field: str = "words"
    """The name of the line."""

    @property
    def key(self) -> str:
        """Names the draft."""
        if self.move:
            return f"move:{self.record}:{self.move}"
        return ":".join((ASKED, self.command, self.record, self.more))


class AppContext(Protocol):
    """The running app, as its pages, forms and widgets need it."""

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""

    @property
    def is_open(self) -> bool:
        """Whether there is a workspace yet."""

    @property
    def home(self) -> Path | None:
        """The folder of the book."""

    @property
    def between_books(self) -> bool:
        """Whether one book was closed and the other is not open yet."""

    @property
    def letters(self) -> bool:
        """Whether letter keys act."""

    @property
    def notices(self) -> list[Notice]:
        """The notices, oldest first."""

    @property
    def recent(self) -> list[str]:
        """Ids of the records opened last, newest first."""

    @property
    def sync_runner(self) -> SyncContext:
        """The background sync."""

    @property
    def screen(self) -> Screen[Any]:
        """The page on top."""

    def tell(self, text: str, *, bad: bool = False) -> None:
        """A notice at the edge of the screen."""

    def corner(self, room: int) -> str:
        """The text in the corner of every page, in so many cells."""

    def standing(self) -> Truth:
        """The state of the sync."""

    def default_project(self) -> str | None:
        """The project that was chosen, or the only one."""

    def begin(self) -> None:
        """The first run is over: open the book that was made."""

    def settle(self) -> None:
        """The settings were changed: show everything as they want it."""

    def look_again(self) -> None:
        """Others' changes came in: show them."""

    def can_go_back(self) -> bool:
        """Whether there is a page below this one."""

    def open_record(self, id: str, row: str = "") -> None:
        """Open the page of a record."""

    def open_form(
        self,
        type: str,
        values: Mapping[str, Any] | None = None,
        *,
        project: str | None = None,
        record: Record | None = None,
        move: str | None = None,
        then: Then | None = None,
    ) -> None:
        """Open the form of a new record, of an existing one, or of a move."""

    def open_item(self, type: str, id: str) -> None:
        """Open a record where it is worked on."""

    def open_conflict(self, id: str, field: str) -> None:
        """Open what several people wrote for one field."""

    def open_draft(self, draft: FormDraft) -> None:
        """Go on with what was typed and not saved."""

    def open_drafts(self) -> None:
        """Offer everything that was typed and not saved."""

    def open_file(self, id: str) -> None:
        """Take an attached file out of the book."""

    def ask(
        self,
        asked: Asked,
        question: W,
        then: Callable[[str], None],
        *,
        path: bool = False,
        given: str = "",
        label: W | None = None,
    ) -> None:
        """Ask for one line of text, or for a path; `then` gets what was given.

        What is typed is a draft by the name `asked` until it is given.
        """

    def attach(self, id: str) -> None:
        """Ask for a file, and attach it to a record."""

    def open_list(self, type: str, **filter: str) -> None:
        """Open the list of a type."""

    def open_place(self, place: str, project: str) -> None:
        """Open a place on top, with a project where its page begins with one."""

    def open_search(self, text: str = "") -> None:
        """Search in all records."""

    def open_page(self, module: str, name: str, *given: Any) -> None:
        """Open a page by its module and class."""

    def make_move(self, record_id: str, move_id: str, then: Then | None = None) -> None:
        """Make a move, through its dialog where something is asked."""

    def reopen(
        self, what: W | None = None, work: Callable[[], None] | None = None
    ) -> Awaitable[None]:
        """Close the book and open it again."""

    def action_go(self, place: str) -> Awaitable[None]:
        """Go to one of the numbered places."""

    def action_undo(self) -> None:
        """Take back the last change of what is on the screen; any other is named and asked."""

    def taken_back(self, saved: Record, told: str, do: Callable[[], Done]) -> Done:
        """Let a page take back one save of its own: undo knows of it, and redo brings it back."""

    # -- what Textual's App gives ----------------------------------------------------------------

    @property
    def push_screen(self) -> Callable[..., Any]:
        """Show a page on top of the others."""

    @property
    def pop_screen(self) -> Callable[..., Any]:
        """Close the page on top."""

    @property
    def call_later(self) -> Callable[..., Any]:
        """Call a function after the messages that wait now."""

    @property
    def call_from_thread(self) -> Callable[..., Any]:
        """Call in the app's own thread, from another one, and wait."""

    @property
    def run_worker(self) -> Callable[..., Any]:
        """Do work in a thread or a task of its own."""

    @property
    def set_timer(self) -> Callable[..., Any]:
        """Call after so many seconds."""

    @property
    def screen_stack(self) -> list[Screen[Any]]:
        """The pages, the one on top last."""

    @property
    def run_action(self) -> Callable[..., Any]:
        """Run a command's action."""

    @property
    def copy_to_clipboard(self) -> Callable[..., Any]:
        """Put text on the clipboard of the terminal."""
