"""Plays the month into a new book, every person writing on a device of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, cast

from models.book.book import Book
from models.book.writing.batch import batch
from models.calendar.business_dates import business_day
from models.schema.fields import Spec
from models.schema.record import Record, kinds
from models.storage import blobs
from models.text.lists import list_of
from models.text.words import Lang, W, language
from sync.log.change_log import Log
from sync.organisation.administration import change
from sync.trust import device_key
from sync.trust.device_key import DeviceKey
from sync.trust.membership import Membership
from sync.workspace import acknowledgements
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace
from tui.demo import company
from tui.demo.line_stream import Line
from tui.demo.month import month

VISITOR = W("访客", "Visitor")
_UNUSED = W("演示不用这个项目", "Not used in the demonstration")
_DEVICE = W("{name}的笔记本", "Laptop of {name}")
_AT_ONCE = 400
"""Lines that become durable together."""
_HEADER = {"type", "ref", "by", "at", "project", "occurred", "move", "comment", "makes", "content"}
_HEADER |= {"rows"}

Progress = Callable[[int, int], None]


def demo(
    home: Path,
    lang: Lang,
    *,
    name: str = "",
    seed: int = 1,
    now: int | None = None,
    progress: Progress | None = None,
) -> Workspace:
    """A new book in this folder, with the month up to now; the person who opens it has every role.

    `progress` is called with the number of lines written and of all lines. `now` (ms UTC) is the
    wall clock unless given.
    """
    language.now = lang
    workspace = begin(home, name=name or str(VISITOR), lang=lang)
    for project in workspace.store.rows("SELECT id FROM project"):
        workspace.book.void(project[0], str(_UNUSED))
    until = workspace.log.now() if now is None else now
    today = business_day(until, workspace.settings.zone)
    lines = [line for line in month(lang, today, seed) if cast(int, line["at"]) <= until]
    stage = DemoStage(workspace, lang)
    stage.play(lines, progress)
    stage.hand_over()
    return workspace


class DemoStage:
    """The people of the demonstration with their devices, and a clock that the lines set."""

    def __init__(self, workspace: Workspace, lang: Lang) -> None:
        self.workspace = workspace
        self.lang = lang
        self.now = 0
        self.ids: dict[str, str] = {}
        self.types: dict[str, str] = {}
        self.people = {company.FOUNDER: workspace.book.me}
        self.books: dict[str, Book] = {}

    def play(self, lines: Sequence[Line], progress: Progress | None = None) -> None:
        """Write the lines, each as its person at its time."""
        self._enrol()
        waiting = iter(lines)
        done = 0
        while part := list(islice(waiting, _AT_ONCE)):
            with batch(self.workspace.book):
                for line in part:
                    self.now = cast(int, line["at"])
                    self._write(line)
            done += len(part)
            if progress:
                progress(done, len(lines))

    def hand_over(self) -> None:
        """The colleagues hold all that was written here: what the visitor writes is the first that
        they do not have."""
        space = self.workspace
        with space.store.write():
            space.store.set_meta(acknowledgements.LAST, space.log.now())
            for device in acknowledgements.own(space):
                for name, seq in acknowledgements.heads(space, device).items():
                    for book in self.books.values():
                        peer = book.change_log.device
                        acknowledgements.note_seen(space, peer, name, {device: seq})

    def _write(self, line: Line) -> None:
        book, ref = self.books[cast(str, line["by"])], cast(str, line["ref"])
        if "type" in line:
            self._add(book, ref, line)
        elif "move" in line:
            move, comment = cast(str, line["move"]), cast(str, line.get("comment", ""))
            book.move(self.ids[ref], move, self._values(self.types[ref], line), comment=comment)
            self._rows(book, book.get(self.ids[ref]), line)
            if "makes" in line:
                made = cast(str, line["makes"])
                self.ids[made], self.types[made] = self._made(book, self.ids[ref]), "escalation"
        else:
            book.edit(self.ids[ref], self._values(self.types[ref], line))

    def _add(self, book: Book, ref: str, line: Line) -> None:
        project = self.ids.get(cast(str, line.get("project")))
        occurred = cast("int | None", line.get("occurred"))
        values = dict(self._values(line["type"], line))
        if "content" in line:
            content = cast(str, line["content"]).encode()
            values["size"] = blobs.keep_bytes(self.workspace.home, content, ref).size
        made = book.add(
            cast(str, line["type"]),
            values,
            project=project,
            ref=ref,
            occurred=occurred,
        )
        self.ids[ref], self.types[ref] = made.id, made.type
        self._rows(book, made, line)
        if made.type == "project":
            self._grant(ref, made)

    def _values(self, type: object, line: Line) -> Mapping[str, Any]:
        """The declared fields of a line, refs and person keys turned into ids."""
        specs = kinds[cast(str, type)].specs()
        given = {name: value for name, value in line.items() if name not in _HEADER}
        return {name: self._value(specs[name], value) for name, value in given.items()}

    def _value(self, spec: Spec, value: object) -> object:
        if spec.kind == "persons":
            return list_of(self.people[key] for key in cast(str, value).split(","))
        if spec.kind != "link":
            return value
        return (self.people if spec.target == "person" else self.ids)[cast(str, value)]

    def _rows(self, book: Book, record: Record, line: Line) -> None:
        """The refs of rows that the book added by itself: each by its type and the key it has (its
        title, where it has no natural key)."""
        for ref, (type, key) in cast("dict[str, tuple[str, str]]", line.get("rows", {})).items():
            kind = kinds[type].kind
            name = kind.key[-1] if kind.key else kind.title
            sql = f'SELECT id FROM "{type}" WHERE "{kind.parent}"=? AND "{name}"=?'
            found = book.store.row(sql, (record.id, key))
            if found is None:
                raise ValueError(f"{record.number} has no {type} {key}")
            self.ids[ref], self.types[ref] = str(found[0]), type

    @staticmethod
    def _made(book: Book, fix: str) -> str:
        """The escalation that escalating this fix made."""
        ids = book.store.rows("SELECT id FROM escalation WHERE fix=?", (fix,))
        return str(ids[0][0])

    def _enrol(self) -> None:
        """Admit everybody with a device, and give each a book to write in; set the clock back."""
        devices: dict[str, str] = {}

        def grow(log: Membership, signer: DeviceKey) -> Membership:
            for member in company.PEOPLE:
                name, title = self._say(member.name), self._say(member.title)
                id, device = device_key.new_id(), device_key.new_id()
                self.people[member.key], devices[member.key] = id, device
                log = log.append("person", {"person": id, "name": name, "title": title}, signer)
                label = self._say(_DEVICE).format(name=name)
                log = log.admit(id, device, _public(), label, signer)
            return log

        change(self.workspace, grow)
        devices[company.FOUNDER] = self.workspace.log.device
        with self.workspace.store.write():
            self.workspace.store.set_meta("clock", 0)
            for key, device in devices.items():
                self.books[key] = self._book(self.people[key], device)

    def _book(self, person: str, device: str) -> Book:
        space, known = self.workspace, self.workspace.people
        idx = known.idx_of(device)
        log = Log(space.store.db, device, idx, known.idx_of, known.device_of, lambda: self.now)
        made = Book(space.store, log, known, person)
        made.reach = lambda: dict.fromkeys(self.people.values(), self.now)  # all of it is here
        return made

    def _grant(self, ref: str, project: Record) -> None:
        """Everybody's roles on a project, once it is there."""

        def grow(log: Membership, signer: DeviceKey) -> Membership:
            for member in company.PEOPLE:
                for role in company.roles_on(member, ref):
                    body = {"person": self.people[member.key], "role": role, "project": project.id}
                    log = log.append("role", {**body, "grant": True}, signer)
            return log

        change(self.workspace, grow)

    def _say(self, word: W) -> str:
        return word.en if self.lang == "en" else word.zh


def _public() -> bytes:
    """A public key whose private half is thrown away: these devices do not exist elsewhere."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().public_key().public_bytes_raw()
