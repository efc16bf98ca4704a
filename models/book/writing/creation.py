"""Creation: where a new record belongs, under which id, and whether it is there already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from models.book import permissions
from models.book.writing.edits import labels
from models.book.writing.record_reader import RecordReader
from models.book.writing.record_writer import Creation
from models.schema.kind import Kind
from models.schema.natural_keys import FileSpace, file_of, file_space, key_id, key_space
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.store import Store
from models.text.words import Refused, W

NO_PROJECT = W(
    "{type}须属于一个项目。请先选择项目。", "A {type} belongs to a project. Choose a project first."
)
REQUIRED = W("{type}需要填写：{fields}。", "A {type} needs: {fields}.")
BAD_REF = W(
    "ref 须为 1 到 200 个可显示的字，首尾没有空格。请换一个。",
    "A ref has 1 to 200 printable characters and no blanks around them. Choose another.",
)
SAME_REF = W(
    "ref“{ref}”已用于内容不同的 {number}。",
    "The ref “{ref}” is already used by {number} with other content.",
)
VOID_PROJECT = W(
    "项目{name}已作废，不能再新建{type}。请先恢复该项目，或在别的项目中填写。",
    "The project {name} is void: no {type} can be added. Restore the project, or use another.",
)
EXISTS = W("已有相同的{type}：{number}。", "The same {type} exists already: {number}.")


def check_ref(ref: str | None) -> None:
    """Raise `Refused` for what cannot be a `ref`."""
    if ref is not None and not (ref.isprintable() and 1 <= len(ref.strip()) == len(ref) <= 200):
        raise Refused(BAD_REF)


def placement(
    reader: RecordReader, cls: type[Record], values: Mapping[str, Any], project: str | None
) -> tuple[str, str | None]:
    """The space and project of a new record; rows and notes follow what they belong to.

    Of a restricted record the space is what its natural key names (`opened` makes it whole). A row
    of one that is not here is written all the same: it is for those who read it.
    """
    kind = cls.kind
    parent = values.get(kind.parent) if kind.parent else None
    if parent and (file := _unread(reader, cls, str(parent), project)) is not None:
        return file_space(*file), file.project
    if kind.beside and values.get(kind.beside):
        named = reader.find(str(values[kind.beside]))
        space = reader.space_of(named) if named is not None else ""
        if named is not None and file_of(space) is not None:
            return space, named.project
    if parent:
        above = reader.get(str(parent))
        project = above.id if above.type == "project" else above.project
        if kind.space == "parent":
            return reader.space_of(above), project
    if kind.project == "required" and not project:
        raise Refused(NO_PROJECT, type=kind.label)
    if kind.project == "none":
        project = None
    return key_space(kind, project), project


def _unread(
    reader: RecordReader, cls: type[Record], parent: str, project: str | None
) -> FileSpace | None:
    """The restricted record that a row is of and that is not here; None for any other parent.

    Where its natural key is a link, that names a record which is here: so it is no slip of the pen.
    Raises `Refused` where its project has to be chosen.
    """
    spec = cls.specs().get(cls.kind.parent) if cls.kind.space == "parent" else None
    above = kinds.get(spec.target) if spec is not None else None
    if above is None or above.kind.space != "restricted" or reader.find(parent) is not None:
        return None
    if key_link(above):
        every = rows.fetch(reader.store, kinds[key_link(above)], "ORDER BY n DESC")
        source = next((one for one in every if file_id(above, one) == parent), None)
        return FileSpace(above.kind.name, source.project, parent) if source is not None else None
    if above.kind.project == "required" and not project:
        raise Refused(NO_PROJECT, type=cls.kind.label)
    return FileSpace(above.kind.name, project, parent) if _is_id(parent) else None


def key_link(cls: type[Record]) -> str:
    """The type of the one link that is the natural key of a restricted type; '' for others."""
    if cls.kind.space != "restricted" or len(cls.kind.key) != 1:
        return ""
    spec = cls.specs().get(cls.kind.key[0])
    return spec.target if spec is not None and spec.target in kinds else ""


def file_id(cls: type[Record], source: Record) -> str:
    """The id of the restricted record whose natural key is a link to this one."""
    space, name = key_space(cls.kind, source.project), cls.kind.key[0]
    return key_id(cls.kind, space, source.project, source.author, {name: source.id})


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def opened(kind: Kind, birth: Creation, id: str) -> Creation:
    """The birth with its space: a restricted record opens its own."""
    if kind.space != "restricted":
        return birth
    return birth.but(space=file_space(kind.name, birth.project, id))


def acknowledged(
    store: Store, cls: type[Record], ref: str | None, values: Mapping[str, Any]
) -> Record | None:
    """The record that was made under this `ref` with the same content, if there is one.

    Raises `Refused` where it was used for other content.
    """
    if ref is None:
        return None
    found = rows.of_ref(store, cls, ref)
    for one in found:
        if all(getattr(one, name) == value for name, value in values.items()):
            return one
    if found:
        raise Refused(SAME_REF, ref=ref, number=found[0].number)
    return None


def new_id(
    store: Store, kind: Kind, birth: Creation, values: Mapping[str, Any], occurred: int = 0
) -> str:
    """The id of a new record: of its natural key, else one that was never used.

    Raises `Refused` where the natural key is taken.
    """
    if not kind.key:
        from uuid_utils import uuid7

        return _following(store, kind.name, str(uuid7()), occurred)
    id = key_id(kind, birth.space, birth.project, birth.author, values)
    before = rows.one(store, kinds[kind.name], id)
    if before is not None:
        raise Refused(EXISTS, type=kind.label, number=before.number)
    return id


def require_fields(cls: type[Record], values: Mapping[str, Any]) -> None:
    """Raise `Refused` where a field is empty without which there is no such record."""
    absent = [n for n, spec in cls.specs().items() if spec.required and values.get(n) is None]
    if absent:
        raise Refused(REQUIRED, type=cls.kind.label, fields=labels(cls, absent))


def require_open_parent(reader: RecordReader, kind: Kind, values: Mapping[str, Any]) -> None:
    """A row is written only while the record it belongs to is open for edits."""
    parent = values.get(kind.parent) if kind.parent and not kind.add_only else None
    above = reader.find(str(parent)) if parent else None
    if above is None:
        return
    refused = permissions.closed_by(above)
    if above.void is not None:
        refused = Refused(permissions.VOIDED, number=above.number)
    if refused is not None:
        raise refused


def require_project_in_use(
    reader: RecordReader, kind: Kind, values: Mapping[str, Any], project: str | None
) -> None:
    """Nothing new begins in a void project; what is there already may still be added to."""
    if project is None or (kind.parent and values.get(kind.parent)):
        return
    found = reader.find(project)
    if found is not None and found.void is not None:
        name = getattr(found, found.kind.title, None) or found.number
        raise Refused(VOID_PROJECT, name=name, type=kind.label)


def _following(store: Store, type: str, id: str, occurred: int) -> str:
    """The id with an end by which the record stands after those of the same time, on every device.

    Row numbers end with that of the id (`rows.place`): so a list keeps the order of its file.
    """
    first = occurred << rows.TAIL
    sql = f'SELECT max(n) FROM "{type}" WHERE n>=? AND n<?'
    found = store.row(sql, (first, first + (1 << rows.TAIL)))
    if found is None or found[0] is None:  # the first half, so that as many find a place after it
        return f"{id[:-3]}{int(id[-3:], 16) >> 1:03x}"
    end = int(found[0]) - first + 1
    return f"{id[:-3]}{end:03x}" if end < 1 << rows.TAIL else id
