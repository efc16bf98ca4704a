"""The base of every record type, and the table of declared types.

A record type is one file in `models/records/`: a class whose fields carry labels and bounds, and
one `kind = Kind(…)`. Lists, forms, validation, permissions, wire form, search, spreadsheets and
tests derive from it. Declarations are checked when the module is imported.
"""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from peewee import Field, IntegerField, Metadata, Model, TextField

from models.schema import declaration_check
from models.schema.fields import FieldChoice, Spec, spec_of
from models.schema.kind import HEADER, Kind
from models.text.words import W, language

F = TypeVar("F", bound="Field[Any]")
UNKNOWN_TYPE = W(
    "没有“{type}”这种记录。可用：{known}。", "There is no record type “{type}”. Known: {known}."
)
kinds: dict[str, type[Record]] = {}
"""Every declared record type by name."""


def _header(field: F) -> F:
    """A field of the header. Every type has a copy of it, made without the walk of `deepcopy`:
    that took 15 ms of the program's start (nothing in a field is changed before it is bound)."""

    def copied(_memo: object) -> F:
        made = object.__new__(type(field))
        made.__dict__.update(field.__dict__)
        return made

    field.__deepcopy__ = copied  # type: ignore[attr-defined]
    return field


class _Fields(Metadata):
    """Peewee's table of a type's fields, filled without what no record type has (defaults, foreign
    keys, a field in place of an inherited one); it is sorted once, when the last one is there."""

    def add_field(self, field_name: str, field: Field[Any], set_attribute: bool = True) -> None:
        """Take a field in."""
        field.bind(self.model, field_name, set_attribute)
        self.fields[field_name] = self.columns[field.column_name] = field
        self.combined[field_name] = self.combined[field.column_name] = field
        self._sorted_field_list.insert(field)  # type: ignore[attr-defined]


class Record(Model):
    """The header every record has; ids are made on the device, header values never conflict.

    `n` orders records newest first: milliseconds of `occurred`, then twelve bits of the id.
    """

    kind: ClassVar[Kind]

    n = _header(IntegerField(primary_key=True))
    id = _header(TextField(unique=True))
    ref = _header(TextField(null=True))
    number = _header(TextField(index=True))
    project = _header(TextField(null=True, index=True))
    occurred = _header(IntegerField())
    recorded = _header(IntegerField())
    synced = _header(IntegerField(null=True))
    author = _header(TextField())
    device = _header(TextField())
    state = _header(TextField(index=True))
    void = _header(TextField(null=True))
    dots = _header(TextField())
    digest = _header(TextField())

    class Meta:
        """Table names are the kind's names; the database is always given explicitly."""

        legacy_table_names = False
        model_metadata_class = _Fields

    @classmethod
    def fields(cls) -> dict[str, Field[Any]]:
        """Declared fields by name, in order of declaration, header left out."""
        return _fields(cls)

    @classmethod
    def specs(cls) -> dict[str, Spec]:
        """Declared field name -> what it declares."""
        return _specs(cls)

    @classmethod
    def visible(cls) -> dict[str, Spec]:
        """The same without what is for the program alone."""
        return {name: spec for name, spec in cls.specs().items() if not spec.internal}

    @classmethod
    def registers(cls) -> dict[str, tuple[str, ...]]:
        """Register name -> its fields: one field, or a group that merges as one."""
        return _registers(cls)

    @classmethod
    def register_of(cls) -> dict[str, str]:
        """Declared field name -> the register it is part of."""
        return _owners(cls)

    @classmethod
    def validate_model(cls) -> None:
        """Peewee's hook after a class is built: check the declaration and register it."""
        super().validate_model()
        cls._meta._update_sorted_fields()  # type: ignore[attr-defined]
        if "kind" in cls.__dict__:
            declaration_check.check_name(cls.kind, cls.__module__, kinds)
            if not declaration_check.postponed:
                declaration_check.check(cls, kinds)
            cls._meta.table_name = cls.kind.name
            kinds[cls.kind.name] = cls

    @property
    def type(self) -> str:
        """The type's stable name."""
        return self.kind.name

    @property
    def owner_id(self) -> str | None:
        """The person whom its kind's owner field names."""
        return getattr(self, self.kind.owner) if self.kind.owner else None

    def values(self) -> dict[str, Any]:
        """Declared fields and their values."""
        return {name: getattr(self, name) for name in self.fields()}

    def title(self) -> str:
        """What a list calls this record: its title field (of one in both languages, `…_zh` and
        `…_en`, that of the present language), else its number."""
        name = self.kind.title
        twin = f"{name.removesuffix('_zh')}_en" if name.endswith("_zh") else ""
        if twin and language.now == "en" and getattr(self, twin, None):
            name = twin
        text = getattr(self, name, None) if name else None
        spec = type(self).specs().get(name) if text else None
        if spec is not None and spec.choices:
            return spec.word(text)
        return str(text) if text else str(self.number)


_field_cache: dict[type[Record], dict[str, Field[Any]]] = {}
_spec_cache: dict[type[Record], dict[str, Spec]] = {}
_register_cache: dict[type[Record], dict[str, tuple[str, ...]]] = {}
_owner_cache: dict[type[Record], dict[str, str]] = {}


def add_choice(cls: type[Record], name: str, option: FieldChoice) -> None:
    """Add a value to a choice field of a type that is declared already, as areas do at import."""
    field = cls._meta.fields[name]
    spec = spec_of(field)
    if any(one.name == option.name for one in spec.choices):
        return
    field.spec = spec.but(choices=(*spec.choices, option))
    _spec_cache.pop(cls, None)


def _fields(cls: type[Record]) -> dict[str, Field[Any]]:
    found = _field_cache.get(cls)
    if found is None:
        declared = cls._meta.sorted_fields
        found = {f.name: f for f in declared if f.name not in HEADER}
        _field_cache[cls] = found
    return found


def _specs(cls: type[Record]) -> dict[str, Spec]:
    found = _spec_cache.get(cls)
    if found is None:
        found = _spec_cache[cls] = {name: spec_of(f) for name, f in _fields(cls).items()}
    return found


def _registers(cls: type[Record]) -> dict[str, tuple[str, ...]]:
    found = _register_cache.get(cls)
    if found is None:
        members: dict[str, list[str]] = {}
        for name, spec in _specs(cls).items():
            members.setdefault(spec.group or name, []).append(name)
        found = _register_cache[cls] = {k: tuple(v) for k, v in members.items()}
    return found


def _owners(cls: type[Record]) -> dict[str, str]:
    found = _owner_cache.get(cls)
    if found is None:
        registers = _registers(cls).items()
        found = _owner_cache[cls] = {f: register for register, fs in registers for f in fs}
    return found
