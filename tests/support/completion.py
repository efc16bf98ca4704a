"""Completion for tests: a project with its plan in force, its acceptance and its documents."""

from __future__ import annotations

from typing import Any, cast

from models.book.book import Book
from models.book.rows.child_rows import rows_of
from models.records.completion.acceptance.acceptance import Acceptance
from models.records.completion.acceptance.acceptance_item import AcceptanceItem
from models.records.completion.archive.holdings import archive_of, holdings
from models.records.completion.archive.project_archive import ProjectArchive
from models.records.registers.project import Project
from models.schema.record import Record
from models.storage import rows
from tests.support.service_plans import approved, milestone_plan
from tests.support.staff import Staff

SIGNED = {"decided_by": "信息中心 许主任", "decided_on": "2026-11-20"}


def planned(staff: Staff, project: str) -> str:
    """A milestone plan of two milestones, in force; its id."""
    made = milestone_plan(staff.manager, project)
    return approved(staff.manager, staff.department, made.id).id


def acceptance(book: Book, project: str, **values: Any) -> Acceptance:
    """The acceptance of a project, in preparation."""
    made = book.add("acceptance", {"party": "信息中心", **values}, project=project)
    return cast(Acceptance, book.get(made.id))


def items(book: Book, made: Record) -> list[AcceptanceItem]:
    """Its items in use, in order."""
    found = rows_of(book.store, made, AcceptanceItem)
    return [one for one in cast("list[AcceptanceItem]", found) if one.void is None]


def archive(book: Book, project: str) -> ProjectArchive:
    """The archive of a project."""
    return cast(ProjectArchive, book.ensure("project_archive", {}, project=project))


def kept(book: Book, project: str, *codes: str) -> None:
    """Documents that are on a shelf; of none named, all that the acceptance lacks."""
    made = archive(book, project)
    record = rows.one(book.store, Project, project)
    assert record is not None
    lacking = [one.paper.code for one in holdings(book.store, record).lacking("handover")]
    for code in codes or tuple(lacking):
        book.add("archive_item", {"archive": made.id, "document": code, "place": "档案柜 3"})


def decided(book: Book, made: Record, *moves: str) -> list[AcceptanceItem]:
    """Its items decided in order by these moves; those without one are accepted."""
    every = items(book, made)
    for at, one in enumerate(every):
        move = moves[at] if at < len(moves) else "accept"
        book.move(one.id, move, {"finding": "缺一份附图"} if move != "accept" else {})
    return items(book, made)


def signed(book: Book, made: Record, move: str = "accept", **values: Any) -> Acceptance:
    """Its result recorded with the signed paper."""
    about = {"about": made.id, "name": "验收单-签字.pdf", "sha256": "0" * 64}
    book.add("attachment", about)
    return cast(Acceptance, book.move(made.id, move, {**SIGNED, **values}))


def accepted(staff: Staff, project: str) -> Acceptance:
    """An acceptance that passed, every document on its shelf."""
    made = acceptance(staff.manager, project)
    kept(staff.manager, project)
    staff.manager.move(made.id, "submit")
    decided(staff.manager, made)
    return signed(staff.manager, made)


def filed(staff: Staff, project: str) -> ProjectArchive:
    """The archive of a project, complete and filed."""
    made = archive_of(staff.manager.store, project)
    assert made is not None
    left = [one.paper.code for one in holdings_of(staff.manager, project).lacking()]
    if left:
        kept(staff.manager, project, *left)
    return cast(ProjectArchive, staff.manager.move(made.id, "file"))


def holdings_of(book: Book, project: str) -> Any:
    """The documents of a project."""
    record = rows.one(book.store, Project, project)
    assert record is not None
    return holdings(book.store, record)
