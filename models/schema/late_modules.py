"""Late modules: what areas register, imported when it is first asked for.

`models.records` offers the modules of the areas that are called alike (`rules`, `agenda`, `facts`);
the registry of that name loads them. So a command that shows a list imports no rule, and one that
prints its help imports neither.
"""

from __future__ import annotations

from importlib import import_module

_offered: dict[str, list[str]] = {}


def offer(name: str, module: str) -> None:
    """Have a module imported when `name` is first loaded."""
    _offered.setdefault(name, []).append(module)


def offered() -> set[str]:
    """The modules that are not imported yet."""
    return {module for modules in _offered.values() for module in modules}


def load(name: str) -> None:
    """Import what is offered under a name; from then on this does nothing."""
    modules = _offered.get(name)
    if modules is None:
        return
    for module in modules:
        import_module(module)
    # Only now: another thread that asks meanwhile must wait for the imports, too.
    _offered.pop(name, None)
