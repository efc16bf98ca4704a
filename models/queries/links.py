"""Named questions to the book: what screens, commands and rules ask more than once.

Everything reads pages from SQL; nothing loads a table to show a screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from models.records.checks.answer import Answer
from models.records.checks.limits import span
from models.records.checks.sheet import Sheet
from models.records.checks.template_item import TemplateItem
from models.records.problems.fix import Fix
from models.records.registers.project import Project
from models.schema.record import AUTHOR, Record, kinds
from models.storage import rows
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store


class AgendaGroup(NamedTuple):
    """Records of one type and state that wait for this person."""

    type: str
    state: str
    total: int
    records: list[Record]


def items_of(store: Store, template: str) -> list[TemplateItem]:
    """A template's items in their order."""
    where = "WHERE template=? AND void IS NULL ORDER BY position, n"
    return rows.fetch(store, TemplateItem, where, (template,))


def answers_of(store: Store, sheet: str) -> list[Answer]:
    """A sheet's answers."""
    return rows.fetch(store, Answer, "WHERE sheet=? AND void IS NULL", (sheet,))


def unanswered(store: Store, sheet: Record) -> list[TemplateItem]:
    """Items of a sheet without a result (for one piece of equipment at least), in order."""
    from models.records.checks import questions

    assert isinstance(sheet, Sheet)
    left = {question.item.id: question.item for question in questions.unanswered(store, sheet)}
    return list(left.values())


class Passed(NamedTuple):
    """One move that a record made."""

    move: str
    origin: str
    state: str
    at: int
    """When, ms UTC."""
    author: str
    comment: str | None
    alone: bool
    """A four-eyes move made without a second person."""


def passed(store: Store, record: str) -> list[Passed]:
    """The moves of a record, the first one first."""
    sql = (
        "SELECT move, origin, state, at, author, comment, alone FROM transition WHERE record=?"
        " ORDER BY n"
    )
    return [Passed._make((*row[:6], bool(row[6]))) for row in store.rows(sql, (record,))]


def escalation_values(source: Record) -> dict[str, Any]:
    """What an escalation takes over from the fix or answer it comes from, nothing retyped."""
    if isinstance(source, Fix):
        done = "\n".join(text for text in (source.cause, source.correction) if text)
        taken = ("phenomenon", "site", "equipment", "place", "answer", "cause_class", "typical")
        values = {name: getattr(source, name) for name in taken}
        return {**values, "fix": source.id, "done_so_far": done or None, "reason_kind": "complex"}
    return {"reason_kind": "complex"}


def problem_values(book: Book, answer: Answer, type: str = "fix") -> dict[str, Any]:
    """The prefilled start of a fix or escalation for a checklist item that is not ok."""
    item = book.find(answer.item or "")
    equipment = book.find(answer.device_row) if answer.device_row else None
    text = item.title() if item is not None else ""
    if isinstance(item, TemplateItem):
        text = item.text()
        if answer.reading is not None:
            limits = span(item.low, item.high)
            text += f" {answer.reading}{item.unit or ''}" + (f" ({limits})" if limits else "")
    if answer.remark:
        text += f"\n{answer.remark}"
    values: dict[str, Any] = {"phenomenon": text, "answer": answer.id}
    if type == "fix":
        values["found_during"] = "checklist"
    if equipment is not None:
        values |= {"equipment": equipment.id, "site": getattr(equipment, "site", None)}
    else:
        values["site"] = only_site(book.store, answer.project)
    return {name: value for name, value in values.items() if value is not None}


def only_site(store: Store, project: str | None) -> str | None:
    """The site of a project's customer, when there is just one."""
    sql = (
        "SELECT id FROM site WHERE void IS NULL AND state<>'retired' AND customer="
        "(SELECT customer FROM project WHERE id=?) LIMIT 2"
    )
    found = store.rows(sql, (project,))
    return str(found[0][0]) if len(found) == 1 else None


def problems_of(store: Store, answer: str) -> list[Record]:
    """The fixes and escalations that a checklist answer led to, newest first."""
    where = "WHERE answer=? AND void IS NULL ORDER BY n DESC"
    found: list[Record] = []
    for type in ("fix", "escalation"):
        found += rows.fetch(store, kinds[type], where, (answer,))
    return found


def led_to(store: Store, answers: Sequence[str]) -> dict[str, list[Record]]:
    """Answer -> the fixes and escalations it led to, for many answers at once."""
    found: dict[str, list[Record]] = {}
    for type in ("fix", "escalation"):
        for at in range(0, len(answers), 500):
            some = answers[at : at + 500]
            where = f"WHERE answer IN ({places(some)}) AND void IS NULL ORDER BY n"
            for record in rows.fetch(store, kinds[type], where, some):
                found.setdefault(getattr(record, "answer", ""), []).append(record)
    return found


def newest_file(store: Store, record: str) -> str | None:
    """The file attached to a record last: the evidence that is meant when none is named.

    Ids tell the order within one millisecond.
    """
    sql = (
        "SELECT id FROM attachment WHERE about=? AND void IS NULL"
        " ORDER BY occurred DESC, id DESC LIMIT 1"
    )
    found = store.row(sql, (record,))
    return str(found[0]) if found else None


def experience_of(store: Store, report: str) -> str | None:
    """The experience in use that was published from a report."""
    sql = "SELECT id FROM experience WHERE source=? AND void IS NULL ORDER BY n DESC LIMIT 1"
    found = store.row(sql, (report,))
    return str(found[0]) if found else None


def linked_to(store: Store, id: str) -> list[Record]:
    """Records that point to this one, newest first within each type."""
    found: list[Record] = []
    for cls in kinds.values():
        names = [name for name, spec in cls.specs().items() if spec.kind == "link"]
        if names:
            where = " OR ".join(f'"{name}"=?' for name in names)
            found += rows.fetch(
                store, cls, f"WHERE {where} ORDER BY n DESC LIMIT 200", (id,) * len(names)
            )
    return found


def projects(store: Store) -> list[Project]:
    """Running projects first, by name."""
    return rows.fetch(store, Project, "WHERE void IS NULL ORDER BY state DESC, name")


def my_projects(book: Book, roles: Sequence[str] = ()) -> list[Project]:
    """Running projects on which this person holds a role (one of those named)."""
    mine = []
    for project in projects(book.store):
        held = book.people.roles(book.me, project.id)
        if project.state == "running" and (held & set(roles) if roles else held):
            mine.append(project)
    return mine


def waiting(book: Book, limit: int = 50) -> list[AgendaGroup]:
    """What waits for this person, by type and state, oldest first."""
    found: list[AgendaGroup] = []
    everywhere = projects(book.store)
    for cls in sorted(kinds.values(), key=lambda c: c.kind.menu):
        for state in cls.kind.states:
            if state.waits:
                where, params = _mine(book, cls, state.waits, everywhere)
                params = [state.name, *params]
                where = f"WHERE state=? AND void IS NULL AND ({where})"
                sql = f'SELECT COUNT(*) FROM "{cls.kind.name}" {where}'
                total = int(book.store.rows(sql, params)[0][0])
                if total:
                    page = rows.fetch(book.store, cls, f"{where} ORDER BY n LIMIT {limit}", params)
                    found.append(AgendaGroup(cls.kind.name, state.name, total, page))
    return found


def _mine(
    book: Book, cls: type[Record], waits: Sequence[str], everywhere: Sequence[Project]
) -> tuple[str, list[str]]:
    """The SQL condition for 'it is this person's step', and its parameters."""
    parts, params = ["0"], list[str]()
    if AUTHOR in waits:
        owner = cls.kind.owner
        parts.append(f'COALESCE("{owner}", author)=?' if owner else "author=?")
        params.append(book.me)
    if cls.kind.project == "none":
        if book.people.roles(book.me, None) & set(waits):
            parts.append("1")
    else:
        here = [p.id for p in everywhere if book.people.roles(book.me, p.id) & set(waits)]
        if here:
            parts.append(f"project IN ({places(here)})")
            params += here
    return " OR ".join(parts), params
