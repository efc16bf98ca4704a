"""A new area: what a test declares, registers or adds as files is forgotten after it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import tests.support.tours as tours
from models.book import derived_state, rules
from models.book.approval import parts
from models.book.rows import child_rows
from models.derived import expected, figures, revisions
from models.queries import facts, project_lines
from models.queries.waiting import agenda
from models.records import LATE
from models.records.common import follow_ups, issued_document
from models.schema import late_modules, record, validation
from models.schema.fields import open_words
from models.schema.record import Record, kinds
from models.storage import rows
from sync.changes import compatibility
from sync.validation.rules import field_rules
from tui.areas import contributions
from tui.documents.document import DOCUMENTS, RECORDS
from tui.pages import registry

TOURS = Path(str(tours.__file__)).parent
"""The files of an area that the program does not have."""
PLACES = {"models.records.tours": "records", "tui.areas.tours": "area"}
"""The packages that these files are, and the folders in which they lie here."""


def _tables() -> list[Any]:
    moments = (
        rules.given,
        rules.before_write,
        rules.after_add,
        rules.after_edit,
        rules.after_merge,
        rules.before_import,
        rules.before_void,
        rules.carries,
        rules._before_move,
        rules._after_move,
        rules._proposed,
    )
    tables: list[Any] = [kinds, rules._follows, derived_state._makers, facts._facts, facts._json]
    tables += [facts._keys, revisions._declared]
    tables += [agenda._waits, agenda._reminds, *(moment._rules for moment in moments)]
    tables += [expected._providers, agenda._sections]
    tables += [project_lines._sections, project_lines._lines]
    tables += [project_lines._stages, project_lines._next]
    tables += [follow_ups._rules, registry.PLACES, registry.ACTIONS]
    tables += [figures._kinds, figures._readings, figures._labels]
    tables += [DOCUMENTS, RECORDS, open_words[issued_document.DOCUMENTS]]
    tables += [open_words.setdefault(figures.NAMES, {})]
    return [*tables, *contributions.TABLES.values()]


@contextmanager
def new_area() -> Iterator[None]:
    """What is declared and registered within is forgotten at the end."""
    for name in LATE:
        late_modules.load(name)  # what is loaded within would be forgotten, too
    before = [copy(table) for table in _tables()]
    lists = [{key: list(value) for key, value in table.items()} for table in _nested()]
    try:
        yield
    finally:
        fresh = [cls for name, cls in kinds.items() if name not in before[0]]
        for table, old in zip(_tables(), before, strict=True):
            if isinstance(table, dict):
                table.clear()
                table.update(old)
            else:
                table[:] = old
        for table, old_lists in zip(_nested(), lists, strict=True):
            table.clear()
            table.update(old_lists)
        for cls in fresh:
            forget(cls)


def _nested() -> list[dict[Any, list[Any]]]:
    """Tables whose values are lists, which registering lengthens."""
    return [
        table
        for table in _tables()
        if isinstance(table, dict) and all(isinstance(value, list) for value in table.values())
    ]


def forget(cls: type[Record]) -> None:
    """Take a type out of every place that remembers something of each type."""
    by_class: list[dict[Any, Any]] = [
        *(record._field_cache, record._spec_cache, record._register_cache, record._owner_cache),
        *(rows._columns, rows._inserts, rows._selects, rows._sums),
        *(validation._models, compatibility._tests),
    ]
    for known in by_class:
        known.pop(cls, None)
    rows._updates.clear()
    rows._which.clear()
    field_rules.by_move.cache_clear()
    child_rows._child_types.cache_clear()
    parts._row_types.cache_clear()
    commands = sys.modules.get("tui.widgets.commands")
    if commands is not None:
        for id in [id for id in commands.declared if id.startswith(f"move.{cls.kind.name}.")]:
            del commands.declared[id]


@contextmanager
def tours_area() -> Iterator[None]:
    """The area of the tours, loaded as the program loads every area: by its files alone."""
    with new_area():
        try:
            for package, folder in PLACES.items():
                _package(package, TOURS / folder)
            for path in sorted((TOURS / "records").glob("*.py")):
                if path.stem != "__init__":
                    import_module(f"models.records.tours.{path.stem}")
            contributions.take(import_module("tui.areas.tours.registry"))
            yield
        finally:
            for name in [name for name in sys.modules if name.startswith(tuple(PLACES))]:
                del sys.modules[name]
            commands = sys.modules.get("tui.widgets.commands")
            if commands is not None:
                for id in [id for id in commands.declared if id.startswith("tours.")]:
                    del commands.declared[id]


def _package(name: str, folder: Path) -> None:
    """Make a folder a package of the program."""
    spec = spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None and spec.loader is not None
    sys.modules[name] = module = module_from_spec(spec)
    spec.loader.exec_module(module)


def copied_program(to: Path, root: Path) -> Path:
    """A copy of the program's source to which the files of the area are added, and nothing else."""
    caches = shutil.ignore_patterns("__pycache__")
    for name in ("models", "sync", "tui"):
        shutil.copytree(root / name, to / name, ignore=caches)
    for package, folder in PLACES.items():
        shutil.copytree(TOURS / folder, to / package.replace(".", "/"), ignore=caches)
    return to
