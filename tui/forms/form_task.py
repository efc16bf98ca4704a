"""A task: what a form is filled in for: a new record, a record's fields, or a move."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from models.book import permissions, rules
from models.book.projects import my_projects
from models.book.tables.vocabularies import worded
from models.book.writing.evidence import newest_file
from models.calendar import business_dates
from models.schema.fields import Spec
from models.schema.kind import Kind
from models.schema.lifecycle import Move
from models.schema.record import Record, kinds
from models.storage.drafts import FormDraft
from models.text.words import W, say
from tui.forms.field import Field, new_fields, record_fields

if TYPE_CHECKING:
    from models.book.book import Book
    from sync.workspace.workspace import Workspace

PROJECT, OCCURRED, COMMENT = "project", "occurred", "comment"
"""Names of fields that forms have besides the declared ones; no declaration may use them."""
NEW = W("新建{type}", "New: {type}")
EDIT = W("修改 {number}", "Edit {number}")
EDIT_ROW = W("修改{type}：{name}", "Edit {type}: {name}")
MOVE = W("{number}  {move}", "{number}  {move}")
_PROJECT = Spec(kind="link", label=W("项目", "Project"), target="project")
_OCCURRED = Spec(
    kind="moment", label=W("发生时间", "Time"), hint=W("空着就是现在", "empty means now")
)
_COMMENT = Spec(kind="line", label=W("说明", "Comment"))
_REASON = Spec(kind="line", label=W("理由", "Reason"))
BESIDE = {PROJECT: _PROJECT, OCCURRED: _OCCURRED, COMMENT: _COMMENT}
"""The fields that forms have besides the declared ones."""


@dataclass(frozen=True, kw_only=True)
class FormTask:
    """What is done with what is filled in; made again when the record has changed."""

    type_: str
    start: Mapping[str, Any] = field(default_factory=dict)
    project: str | None = None
    record: Record | None = None
    move_id: str | None = None
    base: str | None = None
    """The versions of the record (`dots`) that the form was filled from."""

    @property
    def cls(self) -> type[Record]:
        """The declaration."""
        return kinds[self.type_]

    @property
    def kind(self) -> Kind:
        """What the type is."""
        return self.cls.kind

    @property
    def move(self) -> Move | None:
        """The move to be made, if there is one."""
        return self.kind.by_move[self.move_id] if self.move_id else None

    @property
    def key(self) -> str:
        """Names the form among drafts: the same form finds its draft again."""
        if self.record is not None:
            return f"move:{self.record.id}:{self.move_id}" if self.move_id else self.record.id
        specs = self.cls.specs()
        context = {
            name: value
            for name, value in sorted(self.start.items())
            if name == self.kind.parent or (name in specs and specs[name].computed)
        }
        return f"new:{self.type_}:{json.dumps(context)}" if context else f"new:{self.type_}"

    def heading(self, row_name: str = "") -> str:
        """What the form is for; a row of another record is called by its name."""
        if self.record is None:
            return say(NEW, type=self.kind.label)
        if self.move is not None:
            return say(MOVE, number=self.record.number, move=self.move.label)
        if self.kind.parent and row_name not in ("", self.record.number):
            return say(EDIT_ROW, type=self.kind.label, name=row_name)
        return say(EDIT, number=self.record.number)

    def fields(self, workspace: Workspace) -> list[Field]:
        """The fields to fill in, with what is there already."""
        found = self._fields(workspace)
        for one in found:
            one.spec = worded(workspace.book.store, one.spec)
        return found

    def _fields(self, workspace: Workspace) -> list[Field]:
        if self.record is None:
            return self._new(workspace)
        if self.move is None:
            return record_fields(self.record)
        return self._asked(workspace.book, self.record, self.move)

    def _new(self, workspace: Workspace) -> list[Field]:
        kind = self.kind
        start = {**_defaults(workspace, self.cls), **self.start}
        found = new_fields(self.cls, start)
        for one in found:
            one.before = start.get(one.name)
        if kind.project != "none" and not kind.parent:
            found = [*self._projects(workspace), *found]
        if kind.space == "project" and not kind.key and not kind.parent:
            found.append(_beside(OCCURRED, _OCCURRED, None))
        return found

    def _projects(self, workspace: Workspace) -> list[Field]:
        """The project, asked for unless there is only one it can be."""
        if self.kind.project == "optional":
            return [_beside(PROJECT, _PROJECT, self.project)]
        mine = [one.id for one in my_projects(workspace.book, self.kind.writers)]
        if len(mine) == 1 and self.project in (None, *mine):
            return []
        known = self.project or _usual(workspace, mine)
        return [_beside(PROJECT, _PROJECT, known, required=True)]

    def _asked(self, book: Book, record: Record, move: Move) -> list[Field]:
        """The fields a move asks for, those it still needs, and words for it."""
        missing = permissions.missing(record, move, {})
        names = [name for name in move.asks if name != COMMENT]
        names += [name for name in missing if name not in names]
        needed = move.needed(record.values())
        proposed = rules.proposed_values(book, record, move.id)
        found = []
        for name in names:
            spec, before = type(record).specs()[name], getattr(record, name)
            value, required = before, name in needed
            if value is None:  # no draft is kept of what is only proposed
                value = before = proposed.get(name)
            if move.fills.get(name) == "attached":
                value = newest_file(book.store, record.id) or before
            found.append(Field(name=name, spec=spec, value=value, before=before, required=required))
        if COMMENT in move.asks or move.requires_comment:
            spec = _REASON if move.requires_comment else _COMMENT
            found.append(_beside(COMMENT, spec, None, required=move.requires_comment))
        return found

    def save(self, book: Book, fields: Sequence[Field]) -> Record:
        """Do it. Raises `Refused` when rights, states or values forbid it."""
        given = {one.name: one.value for one in fields if one.name not in BESIDE}
        beside = {one.name: one.value for one in fields if one.name in BESIDE}
        changed = {one.name: one.value for one in fields if one.changed and one.name in given}
        if self.record is None:
            values = {name: value for name, value in given.items() if value is not None}
            project = beside.get(PROJECT) or self.project or self._only(book)
            return book.add(self.type_, values, project=project, occurred=beside.get(OCCURRED))
        if self.move is None:
            return book.edit(self.record.id, changed, seen=self.base) if changed else self.record
        given = {name: v for name, v in given.items() if v != getattr(self.record, name, None)}
        changed |= {name: given[name] for name in self._proposed(book) & given.keys()}
        comment = str(beside.get(COMMENT) or "")
        return book.move(self.record.id, self.move.id, changed, comment=comment, seen=self.base)

    def _proposed(self, book: Book) -> set[str]:
        """The fields that the form of the move began with a proposal for."""
        assert self.record is not None and self.move is not None
        return set(rules.proposed_values(book, self.record, self.move.id))

    def _only(self, book: Book) -> str | None:
        """The one project there is, where none was asked for."""
        if self.kind.project != "required" or self.kind.parent:
            return None
        mine = my_projects(book, self.kind.writers)
        return mine[0].id if len(mine) == 1 else None

    # -- drafts ------------------------------------------------------------------------------

    def draft(self, fields: Sequence[Field], more: Mapping[str, Any]) -> FormDraft | None:
        """What was changed, to be kept; `more` is what an older draft had for unknown fields."""
        values = {one.name: one.value for one in fields if one.value != one.before}
        texts = {one.name: one.text for one in fields if one.text is not None}
        if not values and not texts:
            return None
        return FormDraft(
            key=self.key,
            type=self.type_,
            values={**more, **values},
            texts=texts,
            start=self.start,
            record=self.record.id if self.record is not None else None,
            move=self.move_id,
            project=self.project,
            base=self.base,
        )

    def seeing(self, record: Record, base: str | None = None) -> FormTask:
        """The same task for the record as it is now."""
        return replace(self, record=record, base=base or record.dots)


def of_record(record: Record, move: str | None = None) -> FormTask:
    """The task of editing a record, or of making one of its moves."""
    return FormTask(type_=record.type, record=record, move_id=move, base=record.dots)


def of_draft(book: Book, draft: FormDraft) -> FormTask:
    """The task that a draft was kept for. Raises `Refused` when its record is gone."""
    record = book.get(draft.record) if draft.record else None
    return FormTask(
        type_=book.cls(draft.type).kind.name,
        start=draft.start,
        project=draft.project,
        record=record,
        move_id=draft.move,
        base=draft.base,
    )


def restore(fields: Sequence[Field], draft: FormDraft) -> dict[str, Any]:
    """Put a draft into the fields; what belongs to no field any more is given back."""
    by_name = {one.name: one for one in fields}
    for name, value in draft.values.items():
        if name in by_name:
            by_name[name].value = value
    for name, text in draft.texts.items():
        if name in by_name:
            by_name[name].text = text
    return {n: v for n, v in {**draft.values, **draft.texts}.items() if n not in by_name}


def _beside(name: str, spec: Spec, value: Any, *, required: bool = False) -> Field:
    return Field(name=name, spec=spec, value=value, before=value, required=required)


def _defaults(workspace: Workspace, cls: type[Record]) -> dict[str, Any]:
    """What a natural key usually is: today, this week, the first round, oneself."""
    today = business_dates.business_day(workspace.book.change_log.now(), workspace.settings.zone)
    usual: dict[str, Any] = {
        "day": today.isoformat(),
        "week": business_dates.week_of(today),
        "quarter": business_dates.quarter_of(today),
        "count": 1,
    }
    found = {}
    for name, spec in cls.specs().items():
        if spec.required and name in cls.kind.key:
            kind = "person" if spec.target == "person" else spec.kind
            found[name] = workspace.book.me if kind == "person" else usual.get(kind)
    return found


def _usual(workspace: Workspace, mine: Sequence[str]) -> str | None:
    """The default project."""
    chosen = workspace.settings.project
    return chosen if chosen in mine else None
