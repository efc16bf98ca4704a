"""Project lines: what the areas say of one project: its stage, what comes next, and sections.

Areas do so in modules whose name ends in `project_lines`:

    project_section("visits", W("走访", "Visits"), 45, list="visit")

    @project_lines("visits")
    def visits(look: ProjectLook) -> Iterator[ProjectLine]:
        yield from look.open("visit", "planned")

Nothing is stored. A section says the first few of what it has and counts the others, so that the
look at a project takes no longer when it has thousands of records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from models.book.derived_state import StateView
from models.frozen import Frozen, NamedTuple
from models.queries.waiting.urgency import due_day
from models.schema import late_modules
from models.schema.lifecycle import State, Tone
from models.schema.record import Record, kinds
from models.storage import rows
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

LATE = "project_lines"
SHOWN = 3
"""Records that a section names; the others are counted."""
NONE = W("无", "none")
MORE = W("还有 {n} 条{type}", "{n} more: {type}")
Answer = TypeVar("Answer")


class ProjectLine(Frozen, kw_only=True):
    """One line, and what Enter opens: a record, the form of a new one, a list, or a page."""

    text: str | W = ""
    """What it says; '' = what its record is called."""
    record: Record | None = None
    state: str | W = ""
    tone: Tone = ""
    due: date | None = None
    person: str = ""
    """The id of the person who has it in hand, where that is to be said."""
    type: str = ""
    """Without a record: the type whose list is opened or, with `begins`, whose form."""
    states: tuple[str, ...] = ()
    """To which states the list is narrowed."""
    begins: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    """The values with which a record is begun."""
    place: str = ""
    """The page of the app that is opened, with this project."""

    @property
    def key(self) -> str:
        """Names it within its section."""
        if self.record is not None:
            return self.record.id
        begun = "new" if self.begins else ""
        parts = (self.place, begun, self.type, *self.states, *map(str, self.values.values()))
        return "-".join(part for part in parts if part)


class ProjectLook:
    """One look at one project, for everything that is said of it."""

    def __init__(self, book: Book, project: Any) -> None:
        self.book, self.store, self.project = book, book.store, project
        self.id = str(project.id)
        self.today = book.today
        self.states = StateView(book.store)
        self._known: dict[object, Any] = {}

    def once(self, question: Callable[[Book, Any], Answer]) -> Answer:
        """What a question about (book, project) answers, asked only once in this look."""
        if question not in self._known:
            self._known[question] = question(self.book, self.project)
        found: Answer = self._known[question]
        return found

    def line(self, record: Record, **more: Any) -> ProjectLine:
        """The line of a record as it stands: its state and its day."""
        state, due = self.states.state(record), due_day(record)
        late = due is not None and due < self.today and not state.ended
        tone = "bad" if late else state.tone
        said: dict[str, Any] = {"record": record, "state": state.label, "tone": tone, "due": due}
        return ProjectLine(**{**said, **more})

    def newest(self, type: str, where: str = "") -> Record | None:
        """The record of a type that was written last; `where` is the program's own text."""
        sql = f"WHERE project=? AND void IS NULL {where} ORDER BY n DESC LIMIT 1"
        found = rows.fetch(self.store, kinds[type], sql, (self.id,))
        return found[0] if found else None

    def open(self, type: str, *names: str, most: int = SHOWN) -> Iterator[ProjectLine]:
        """What is shown in one of these states, the first due first; the rest is counted."""
        if not names:
            return
        shown, given = self.states.narrowed(type, names)
        where, params = f"WHERE project=? AND void IS NULL AND {shown}", (self.id, *given)
        due = kinds[type].kind.due
        order = f'ORDER BY "{due}" IS NULL, "{due}", n' if due else "ORDER BY n"
        found = rows.fetch(self.store, kinds[type], f"{where} {order} LIMIT {most + 1}", params)
        if len(found) <= most:
            yield from map(self.line, found)
            return
        yield from map(self.line, found[: most - 1])
        total = int(self.store.rows(f'SELECT COUNT(*) FROM "{type}" {where}', params)[0][0])
        yield more(type, total - most + 1, names)

    def unsettled(self, type: str, most: int = SHOWN) -> Iterator[ProjectLine]:
        """What is neither ended nor well."""
        names = [one.name for one in self._lasting(type) if one.tone != "good"]
        yield from self.open(type, *names, most=most)

    def unended(self, type: str, most: int = SHOWN) -> Iterator[ProjectLine]:
        """What is not ended."""
        yield from self.open(type, *(one.name for one in self._lasting(type)), most=most)

    def _lasting(self, type: str) -> list[State]:
        return [state for state in kinds[type].kind.states if not state.ended]


def more(type: str, n: int, states: Iterable[str] = ()) -> ProjectLine:
    """How many more there are, and the list that has them."""
    text = say(MORE, n=n, type=kinds[type].kind.label)
    return ProjectLine(text=text, type=type, states=tuple(states))


# -- sections --------------------------------------------------------------------------------------

Provider = Callable[[ProjectLook], Iterable[ProjectLine]]


class ProjectSection(NamedTuple):
    """A section of the page of a project."""

    name: str
    label: W
    place: int
    """Sections are shown in this order."""
    list: str
    """The type whose list opens where there is nothing; '' = the section is not shown then."""


class SectionLines(NamedTuple):
    """What a section says of a project."""

    section: ProjectSection
    lines: tuple[ProjectLine, ...]


_sections: dict[str, ProjectSection] = {}
_lines: dict[str, list[Provider]] = {}


def project_section(name: str, label: W, place: int, *, list: str = "") -> None:
    """Declare a section; areas do so in the module that fills it first."""
    _sections[name] = ProjectSection(name, label, place, list)


def project_lines(name: str) -> Callable[[Provider], Provider]:
    """Register `(look)`: lines of a section, in the order of the areas."""

    def register(provider: Provider) -> Provider:
        _lines.setdefault(name, []).append(provider)
        return provider

    return register


def sections(look: ProjectLook) -> Iterator[SectionLines]:
    """The sections of a project in their order, each with what it says."""
    late_modules.load(LATE)
    for one in sorted(_sections.values(), key=lambda one: one.place):
        found = tuple(line for provider in _lines.get(one.name, ()) for line in provider(look))
        if found:
            yield SectionLines(one, found)
        elif one.list:
            yield SectionLines(one, (ProjectLine(text=NONE, type=one.list),))


# -- stages ----------------------------------------------------------------------------------------

DONE, LACKING, CURRENT, AHEAD = "done", "lacking", "current", "ahead"


class StageStanding(NamedTuple):
    """How far a project is in one stage."""

    done: bool
    begun: bool = False
    """Whether something of the stage itself is under way, whatever is missing before it."""


class ProjectStage(NamedTuple):
    """A stage of a project's life."""

    name: str
    label: W
    place: int
    ask: Callable[[ProjectLook], StageStanding]


class StageLine(NamedTuple):
    """A stage as it stands: done, lacking (the project went on without it), current or ahead."""

    stage: ProjectStage
    standing: str


_stages: dict[str, ProjectStage] = {}
_next: dict[str, list[Provider]] = {}
AnyStage = TypeVar("AnyStage", bound=Callable[[ProjectLook], StageStanding])


def project_stage(name: str, label: W, place: int) -> Callable[[AnyStage], AnyStage]:
    """Register `(look)`: how far a project is in a stage; stages follow each other by `place`."""

    def register(ask: AnyStage) -> AnyStage:
        _stages[name] = ProjectStage(name, label, place, ask)
        return ask

    return register


def comes_next(stage: str) -> Callable[[Provider], Provider]:
    """Register `(look)`: what is to be done next in a stage, from any area."""

    def register(provider: Provider) -> Provider:
        _next.setdefault(stage, []).append(provider)
        return provider

    return register


def stages(look: ProjectLook) -> list[StageLine]:
    """Where a project stands: the furthest stage that was entered, and what lacks before it.

    A stage is entered when the one before it is done, or by what was begun in it; so a project
    that was in service before it was recorded here stands in its service.
    """
    late_modules.load(LATE)
    every = sorted(_stages.values(), key=lambda one: one.place)
    asked = [(one, one.ask(look)) for one in every]
    at = 0
    for place, (_, said) in enumerate(asked):
        at = place + 1 if said.done else place if said.begun else at
    words = [_standing(said, place, at) for place, (_, said) in enumerate(asked)]
    return [StageLine(stage, word) for (stage, _), word in zip(asked, words, strict=True)]


def _standing(said: StageStanding, place: int, at: int) -> str:
    if said.done:
        return DONE
    return LACKING if place < at else CURRENT if place == at else AHEAD


def next_steps(look: ProjectLook, found: Iterable[StageLine]) -> list[ProjectLine]:
    """What comes next in the current stage, the first due first, and then what lacks before it."""
    by = {CURRENT: list[ProjectLine](), LACKING: list[ProjectLine]()}
    for one in found:
        for provider in _next.get(one.stage.name, ()) if one.standing in by else ():
            by[one.standing] += provider(look)
    now = sorted(by[CURRENT], key=lambda one: (one.due is None, one.due or look.today))
    return [*now, *by[LACKING]]
