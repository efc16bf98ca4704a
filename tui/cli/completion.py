"""Completing: what the shell offers for a half-typed word.

Bash hands `cause=x` over as three words, other shells as one. Words of the person's language are
offered to who begins with one: choices, states, actions. The book is only read, and a fault of it
offers nothing: the line that is being typed must not be disturbed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from models.storage.settings import Settings
from tui.cli.command_context import CommandContext

if TYPE_CHECKING:
    from models.schema.fields import Spec
    from models.schema.record import Record
    from models.text.words import W

Completion = Callable[[click.Context, click.Parameter, str], "list[str] | list[CompletionItem]"]
MOST = 50
"""Records that are offered, the newest of them."""
FLAGS = ("true", "false")
WORDS: dict[str, tuple[str, ...]] = {
    "lang": ("zh", "en"),
    "theme": ("sitebook-dark", "sitebook-light", "sitebook-contrast"),
}
"""Setting -> what it may be; the themes are those of `tui.widgets.themes`, which loads the app."""


def TYPES(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Names of record types."""
    return _fitting(((name, cls.kind.label) for name, cls in _declared().items()), begun)


def PAIRS(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Fields of the type or record named before, each with its '='; behind it, its values."""
    cls = _declared().get(ctx.params.get("type") or "") or _type_of(ctx.params.get("id"))
    if cls is None:
        return []
    before: tuple[str, ...] = ctx.params.get("pairs") or ()
    if begun == "=" and before:  # bash: the cursor stands behind the sign
        return _values(ctx, cls.specs().get(before[-1]), "")
    if before and before[-1] == "=":
        return _values(ctx, cls.specs().get(before[-2] if before[1:] else ""), begun)
    name, sign, value = begun.partition("=")
    if sign:
        return [f"{name}={one}" for one in _values(ctx, cls.specs().get(name), value)]
    return [f"{name}=" for name in cls.specs() if name.startswith(begun)]


def RECORDS(ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Numbers of records as they begin, the newest first, with what they are about."""
    wanted = begun.upper()
    code = wanted.partition("-")[0]
    if "-" not in wanted:  # of all types: their codes
        return [
            CompletionItem(f"{cls.kind.code}-", help=str(cls.kind.label))
            for cls in _declared().values()
            if cls.kind.code.startswith(wanted) and _numbers(ctx, cls, f"{cls.kind.code}-", 1)
        ]
    found = (cls for cls in _declared().values() if cls.kind.code == code)
    return [
        CompletionItem(str(number), help=_plain(title))
        for cls in found
        for number, title in _numbers(ctx, cls, wanted, MOST)
    ]


def MOVES(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Actions of the record named before, as its state allows them."""
    cls = _type_of(ctx.params.get("id"))
    if cls is None:
        return []
    sql = f'SELECT state FROM "{cls.kind.name}" WHERE number=?'
    states = {str(state) for (state,) in _rows(ctx, sql, (ctx.params.get("id"),))}
    moves = [move for move in cls.kind.moves if states & set(move.from_)]
    return _fitting(((move.id, move.label) for move in moves), begun)


def STATES(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """States of the type named before, or of all types."""
    named = ctx.params.get("type") or next(
        iter(ctx.args), ""
    )  # there if the option lacks its value
    cls = _declared().get(named)
    asked = [cls] if cls is not None else _declared().values()
    words = {state.name: state.label for one in asked for state in one.kind.states}
    return _fitting(words.items(), begun)


def PROJECTS(ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Numbers of projects that are not void, with their names."""
    sql = "SELECT number, name FROM project WHERE void IS NULL ORDER BY n DESC LIMIT ?"
    found = _rows(ctx, sql, (MOST,))
    return [
        CompletionItem(str(number), help=_plain(name))
        for number, name in found
        if str(number).startswith(begun.upper()) or (begun and begun in _plain(name))
    ]


def SETTINGS(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Names of settings."""
    return [one.name for one in fields(Settings) if one.name.startswith(begun)]


def SETTING_VALUES(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """What the setting named before may be."""
    name = ctx.params.get("name") or ""
    flag = isinstance(getattr(Settings(), name, None), bool)
    return [one for one in (FLAGS if flag else WORDS.get(name, ())) if one.startswith(begun)]


def FILES(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Files, which the shell knows itself."""
    return [CompletionItem(begun, type="file")]


def FOLDERS(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Folders, likewise."""
    return [CompletionItem(begun, type="dir")]


def _values(ctx: click.Context, spec: Spec | None, begun: str) -> list[str]:
    """What a field may be, as far as that is a list."""
    if spec is None:
        return []
    if spec.choices:
        return _fitting(((one.name, one.label) for one in spec.choices if not one.retired), begun)
    if spec.kind == "flag":
        return [one for one in ("yes", "no") if one.startswith(begun)]
    target = _declared().get(spec.target or "") if spec.kind == "link" else None
    if target is None:
        return []
    wanted = begun.upper() or f"{target.kind.code}-"
    return [str(number) for number, _ in _numbers(ctx, target, wanted, MOST)]


def _fitting(words: Iterable[tuple[str, W]], begun: str) -> list[str]:
    """Stable names that begin so; words of a language where none does."""
    both = list(words)
    names = [name for name, _ in both if name.startswith(begun)]
    return names or sorted({half for _, word in both for half in word if half.startswith(begun)})


def _type_of(number: str | None) -> type[Record] | None:
    """The type of a record by the code in its number."""
    code = (number or "").partition("-")[0].upper()
    return next((cls for cls in _declared().values() if cls.kind.code == code), None)


def _numbers(
    ctx: click.Context, cls: type[Record], begun: str, most: int
) -> list[tuple[object, ...]]:
    title = f'"{cls.kind.title}"' if cls.kind.title else "NULL"
    sql = (
        f'SELECT number, {title} FROM "{cls.kind.name}" WHERE substr(number, 1, ?)=?'
        " AND void IS NULL ORDER BY n DESC LIMIT ?"
    )
    return _rows(ctx, sql, (len(begun), begun, most))


def _rows(ctx: click.Context, sql: str, params: Sequence[Any]) -> list[tuple[object, ...]]:
    """Rows of the book, which is neither made nor changed; none where it cannot be read."""
    from models.storage.store import reading_uri
    from sync.workspace.workspace import DATABASE

    path = ctx.ensure_object(CommandContext).home / DATABASE
    try:
        with closing(sqlite3.connect(reading_uri(path), uri=True)) as db:
            return db.execute(sql, params).fetchall()
    except (sqlite3.Error, OSError):
        return []


def _plain(text: object) -> str:
    """A title as a shell may show it beside a number: one short line, nothing that acts."""
    return "".join(char if char.isprintable() else " " for char in str(text or ""))[:60]


def _declared() -> dict[str, type[Record]]:
    """Every record type by its name, declared by now."""
    import models.records  # noqa: F401
    from models.schema.record import kinds

    return kinds
