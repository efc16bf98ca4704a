"""What the areas say of a project, as plain text for tests."""

from __future__ import annotations

from models.book.book import Book
from models.queries import project_lines
from models.queries.project_lines import ProjectLine, ProjectLook
from models.records.registers.project import Project
from models.storage import rows


def look(book: Book, project: str) -> ProjectLook:
    """A look at a project."""
    record = rows.one(book.store, Project, project)
    assert record is not None
    return ProjectLook(book, record)


def section(book: Book, project: str, name: str) -> list[ProjectLine]:
    """The lines of a section; none where it is not shown."""
    found = project_lines.sections(look(book, project))
    return [line for one in found if one.section.name == name for line in one.lines]


def texts(lines: list[ProjectLine]) -> list[str]:
    """What the lines say: the text or the number of the record, and the state."""
    named = ((str(one.text) or str(one.record and one.record.title()), one) for one in lines)
    return [f"{text}|{one.state}" for text, one in named]


def standings(book: Book, project: str) -> dict[str, str]:
    """Stage -> how it stands."""
    found = project_lines.stages(look(book, project))
    return {one.stage.name: one.standing for one in found}


def steps(book: Book, project: str) -> list[ProjectLine]:
    """What comes next."""
    asked = look(book, project)
    return project_lines.next_steps(asked, project_lines.stages(asked))
