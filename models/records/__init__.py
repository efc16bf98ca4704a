"""The record types by area of the manual. Importing this package declares and registers them.

Modules that declare a type or derive its state are imported here, since every list asks them.
What an area registers in a module of the names in `LATE` is imported when that is first asked;
other modules are questions, imported by the modules that ask them.
"""

import os
from collections.abc import Iterator
from importlib import import_module

from models.schema import declaration_check, late_modules
from models.schema.record import kinds

LATE = (
    *("agenda", "evidence", "expected", "facts", "figures", "follow_ups", "project_lines"),
    *("reminders", "rules"),
)
AT_ONCE = (b" = Kind(", b"@derived_state(", b"@gate(")
"""What the source of a module holds that is imported with this package."""


def _modules(folder: str, package: str) -> Iterator[tuple[str, str, str]]:
    """Every module below a folder: its whole name, its own name, its path.

    `pkgutil` costs every start 24 ms, `glob` with `Path` 4 ms.
    """
    with os.scandir(folder) as entries:
        for one in sorted(entries, key=lambda entry: entry.name):
            name, dot, ending = one.name.partition(".")
            if dot and ending == "py":
                yield f"{package}.{name}", name, one.path
            elif not dot and name != "__pycache__" and one.is_dir():
                yield from _modules(one.path, f"{package}.{name}")


def _declares(path: str) -> bool:
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        source = os.read(file, os.fstat(file).st_size)  # a third of the time of `read_bytes`
    finally:
        os.close(file)
    return any(mark in source for mark in AT_ONCE)


declaration_check.postponed = True
for _module, _name, _path in _modules(os.path.dirname(__file__), __name__):  # noqa: PTH120
    # `concession_rules` are rules
    _late = next((late for late in LATE if f"_{_name}".endswith(f"_{late}")), "")
    if _late:
        late_modules.offer(_late, _module)
    elif _module != f"{__name__}.__init__" and _declares(_path):
        import_module(_module)

declaration_check.postponed = False
_by_name = dict(sorted(kinds.items()))
kinds.clear()
kinds.update(_by_name)  # the order of the imports means nothing
