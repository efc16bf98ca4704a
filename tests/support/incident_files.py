"""Incident files: a restricted type for tests, with rows that people write who never read it.

An incident is known to its project. Its responsibility file is read by quality, the department
manager and the people whom it names; anybody on the project may put a statement into it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from models.book.projects import all_projects
from models.schema.fields import line, link, person, persons, prose
from models.schema.kind import Kind, Readers
from models.schema.lifecycle import Move, State
from models.schema.record import Record
from models.schema.roles import (
    DEPARTMENT_MANAGER,
    ENGINEER,
    PROJECT_MANAGER,
    QUALITY,
    SERVICE_DESK,
)
from models.storage.store import Store
from models.text.words import W
from sync.apply.open_book import open_book
from sync.organisation import administration
from tests.support.new_area import new_area
from tests.support.replicas import Replica, Team, replica

NAMES = {"质检": QUALITY, "工程师": ENGINEER, "当事人": ENGINEER, "后来人": PROJECT_MANAGER}
READERS = (QUALITY, DEPARTMENT_MANAGER)
SECRET = "外包人员误拔电源线"
"""Words that nobody but the readers may have anywhere."""
TOLD = "我当时不在机房"
"""What the engineer states."""


def declare() -> None:
    """The three types."""
    type("Mishap", (Record,), {
        "__module__": __name__,
        "__doc__": "Something that went wrong.",
        "kind": Kind(
            name="mishap", label=W("质量事故", "Quality incident"), code="XI", title="summary",
            columns=("summary",),
        ),
        "summary": line("概要", "Summary", required=True),
    })  # fmt: skip
    type("Responsibility", (Record,), {
        "__module__": __name__,
        "__doc__": "Who is responsible for an incident, and what follows.",
        "kind": Kind(
            name="responsibility", label=W("责任认定", "Responsibility file"), code="XF",
            space="restricted", readers=Readers(roles=READERS, people=("person", "reader")),
            writers=(*READERS, ENGINEER), key=("incident",), columns=("incident", "person"),
            states=(
                State("open", W("处理中", "open"), waits=READERS),
                State("decided", W("已决定", "decided"), frozen=True),
            ),
            moves=(
                Move(id="settle", label=W("决定", "Decide"), from_=("open",), to="decided",
                     who=READERS, needs=("facts",), asks=("facts", "reader"), binds=True),
            ),
        ),
        "incident": link("事故", "Incident", "mishap", required=True, at_birth=True),
        "person": person("责任人", "Person concerned"),
        "reader": persons("另可查看", "Also read by"),
        "facts": prose("事实", "Facts"),
    })  # fmt: skip
    type("Statement", (Record,), {
        "__module__": __name__,
        "__doc__": "What somebody says about it; they need not read anything else of the file.",
        "kind": Kind(
            name="statement", label=W("说明", "Statement"), code="XM", space="parent",
            project="optional", parent="file", own_only=True, title="text", columns=("text",),
            menu=0,
        ),
        "file": link("责任认定", "Responsibility file", "responsibility", required=True,
                     at_birth=True),
        "text": prose("说明", "Text", required=True),
    })  # fmt: skip


@contextmanager
def declared() -> Iterator[None]:
    """The types, known while the block runs."""
    with new_area():
        declare()
        yield


@contextmanager
def declared_papers() -> Iterator[str]:
    """A restricted type without a project, read by its author too."""
    with new_area():
        type("Papers", (Record,), {
            "__module__": __name__,
            "__doc__": "Somebody's papers.",
            "kind": Kind(
                name="papers", label=W("个人材料", "Papers"), code="XPP", project="none",
                space="restricted", columns=("person",),
                readers=Readers(roles=READERS, people=("person", "author")),
            ),
            "person": person("本人", "Person"),
            "facts": prose("材料", "Contents"),
        })  # fmt: skip
        for store in _stores:
            with store.write():
                store.grow()
        yield "papers"


_stores: list[Store] = []
"""The books of the case that is open."""


class Case:
    """An incident with its file, among people some of whom read it.

    `lead` is the administrator and a project manager; `quality` opens the file about `person`;
    `eng` states something; `late` is named a reader later.
    """

    def __init__(self, folder: Path) -> None:
        self.team = _copied(folder)
        self.lead, self.quality, self.eng, self.person, self.late = self.team.all
        _stores[:] = [one.workspace.store for one in self.team.all]
        rows = self.lead.workspace.store.rows("SELECT id FROM mishap")
        self.incident = str(rows[0][0])

    @property
    def all(self) -> list[Replica]:
        """Everybody."""
        return self.team.all

    @property
    def space(self) -> str:
        """The space of the file."""
        return self.quality.book.space_of(self.quality.get(self.file))

    file = ""

    def open_file(self) -> str:
        """The file, opened by quality about the person concerned; returns its id."""
        values = {"incident": self.incident, "person": self.team.person(self.person)}
        values |= {"facts": SECRET}
        self.file = self.quality.book.add("responsibility", values, project=self.team.project).id
        return self.file

    def state(self, who: Replica, text: str = TOLD) -> str:
        """A statement by somebody who may have no part of the file; returns its id."""
        from models.queries import lookup, value_parser

        cls = who.book.cls("statement")
        number = who.get(self.incident).number
        values = value_parser.enter(who.book, cls, {"file": number, "text": text})
        project = lookup.home_project(who.book, cls, values, None, "")
        return who.book.add("statement", values, project=project).id


def _copied(folder: Path) -> Team:
    names = ("founder", *NAMES)
    team = Team.__new__(Team)
    team.folder = folder
    for name in names:
        shutil.copytree(_prepared() / name, folder / name)
    team.all = [replica(open_book(folder / name)) for name in names]
    team.founder = team.all[0]
    team.project = all_projects(team.founder.workspace.store)[0].id
    return team


@cache
def _prepared() -> Path:
    """The books of such a team, in sync and closed; they go when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="case-")
    _kept.append(folder)
    team = Team(Path(folder.name))
    for role in (QUALITY, DEPARTMENT_MANAGER, SERVICE_DESK):
        me = team.person(team.founder)
        administration.set_role(team.founder.workspace, me, role, "*", grant=False)
    for name, role in NAMES.items():
        team.admit(name, (role,))
    team.founder.book.add("mishap", {"summary": "机房断电"}, project=team.project)
    team.meet()
    team.close()
    return team.folder


_kept: list[tempfile.TemporaryDirectory[str]] = []


def traces(one: Replica, *texts: str) -> list[str]:
    """The files of somebody's folder in which one of the texts is, as bytes on the disk."""
    one.workspace.store.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    wanted = [text.encode() for text in texts]
    found = []
    for path in sorted(one.home.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        found += [f"{path.name}: {text}" for text, raw in zip(texts, wanted, strict=True)
                  if raw in data]  # fmt: skip
    return found
