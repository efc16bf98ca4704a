"""Contributions: what each area adds to the app, read from its `registry` module.

A registry holds strings only, so that reading one loads no page:

* `PAGES`: record type -> "module:function", a function `(app, id)` that makes the page on which a
  record of the type is worked on. Types without one open as a record page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any

import tui.areas


@cache
def pages() -> dict[str, str]:
    """Record type -> what makes its page, of all areas."""
    found: dict[str, str] = {}
    for area in iter_modules(tui.areas.__path__, "tui.areas."):
        if area.ispkg and find_spec(f"{area.name}.registry") is not None:
            found |= getattr(import_module(f"{area.name}.registry"), "PAGES", {})
    return found


def named(path: str) -> Callable[..., Any]:
    """What a "module:name" names; its module is imported now."""
    module, _, name = path.partition(":")
    made: Callable[..., Any] = getattr(import_module(module), name)
    return made
