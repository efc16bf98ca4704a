"""Declarations: what a command is called and takes, read without what only running it needs.

`--help`, a mistake in the options and the shell's completion run no command; what commands do with
records takes 50 to 200 ms to import. So the module of a command is read twice: first with its
imports of that left out, for the words and options, and as usual when the command is run.
"""

from __future__ import annotations

import builtins
import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType, SimpleNamespace
from typing import Any, NoReturn

OURS = ("models", "sync", "tui")
READ = (
    *("models.text", "models.frozen", "models.schema.roles", "models.calendar.written_times"),
    "tui.cli.command_context",
    *("tui.cli.completion", "tui.cli.options", "tui.cli.streams.output", "tui.cli.root"),
)
"""What is imported as usual: it is light, and words and options are made of it."""
COMMANDS = "tui.cli.commands"


class Needed(Exception):
    """A declaration uses what was left out."""


class _LeftOut:
    """Stands for what was not imported. Any use of it but naming it raises `Needed`."""

    __slots__ = ("_what",)

    def __init__(self, what: str) -> None:
        self._what = what

    def __getattr__(self, name: str) -> _LeftOut:
        if name.startswith("__"):
            raise Needed(f"{self._what}.{name}")
        return _LeftOut(f"{self._what}.{name}")

    def _use(self, *_args: object, **_named: object) -> NoReturn:
        raise Needed(self._what)

    __call__ = __getitem__ = __iter__ = __len__ = __bool__ = __contains__ = __mro_entries__ = _use
    __str__ = __format__ = __or__ = __ror__ = __add__ = __radd__ = __lt__ = __gt__ = _use
    __eq__ = __hash__ = _use


def declared(module: str, name: str) -> Any:
    """What a command's module calls by this name, good for its words and options alone."""
    if module not in sys.modules:
        try:
            return _found(_read(module), name)
        except Needed:
            pass
    return real(module, name)


def real(module: str, name: str) -> Any:
    """The same, with all it needs to be run."""
    return _found(import_module(module), name)


def _found(module: ModuleType, name: str) -> Any:
    """A command, or what the function of that name gives, which makes a group."""
    found = getattr(module, name)
    return found if hasattr(found, "params") else found()


@cache
def _read(name: str) -> ModuleType:
    """The module with what its command does left out; it is never imported by others."""
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name)
    module = module_from_spec(spec)
    module.__dict__["__builtins__"] = {**vars(builtins), "__import__": _import}
    spec.loader.exec_module(module)
    return module


def _import(
    name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0
) -> Any:
    """An import statement of such a module."""
    if level or name.partition(".")[0] not in OURS:
        return builtins.__import__(name, globals, locals, fromlist, level)
    if not fromlist:
        return _LeftOut(name.partition(".")[0])
    return SimpleNamespace(**{one: _part(name, one) for one in fromlist})


def _part(module: str, name: str) -> Any:
    """What `from module import name` gives."""
    if module.startswith(f"{COMMANDS}."):
        return getattr(sys.modules.get(module) or _read(module), name)
    if _is_read(module):
        return getattr(import_module(module), name)
    whole = f"{module}.{name}"
    return import_module(whole) if _is_read(whole) else _LeftOut(whole)


def _is_read(module: str) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in READ)
