"""The generated tables of the READMEs: keys, commands and record types as the code declares them.

`python -m tests.readme` writes these parts anew; `tests/test_readme.py` compares them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import click

import models.records  # noqa: F401  (declares every type)
import tui.areas
import tui.forms
import tui.pages
import tui.widgets
from models.schema.record import kinds
from models.text.words import language
from tests import traceability
from tui.app.places import PLACES
from tui.cli.commands.document import about, conditions
from tui.cli.root import root
from tui.documents.document import DOCUMENTS
from tui.pages.registry import ITEM_PAGES
from tui.widgets.commands import Command, declared, key_name

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


PAGES = {
    "actions": "action board",
    "app": "every page",
    "asked": "prompt",
    "board": "escalation desk",
    "check": "checklist",
    "code": "invitation code",
    "confirm": "question",
    "archive": "archive",
    "confirmations": "confirmations",
    "contacts": "communication",
    "conflict": "conflict",
    "desk": "reading pane",
    "draft": "question about a draft",
    "drafts": "drafts",
    "fields": "fields of a form",
    "form": "form",
    "inbox": "inbox",
    "irregular": "irregular services",
    "join": "joining",
    "leaf": "text with sections",
    "list": "list",
    "members": "members",
    "help": "help",
    "rights": "table of rights",
    "page": "every page",
    "project": "project",
    "project_week": "weekly project report",
    "query": "search line",
    "record": "record",
    "review": "weekly review",
    "satisfaction": "satisfaction",
    "search": "search",
    "settings": "settings",
    "shared_tasks": "planned tasks of a checklist",
    "slip": "dialog",
    "sync": "sync",
    "table": "table of rows",
    "third": "other value",
    "today": "Today",
    "quality": "quality overview",
    "trends": "trends",
    "types": "all records",
    "versions": "versions",
    "week": "weekly status",
    "weeks": "week grid",
    "welcome": "first start",
}
"""The first part of a command's id -> the page or part of a page that has the command."""


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; a bar in a cell is escaped."""
    lines = [tuple(head), *map(tuple, rows)]
    said = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines]
    return "\n".join([said[0], "| " + " | ".join("---" for _ in lines[0]) + " |", *said[1:]])


def keys() -> str:
    """Every command of the app with its keys, by the page that declares it."""
    for package in (tui.pages, tui.areas, tui.widgets, tui.forms):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    import_module("tui.app.app")
    places = [
        (PAGES["app"], f"`{key_name(one.key)}`", f"{one.word.en}: {one.help.en}", one.word.zh)
        for one in PLACES
    ]
    rows = [
        (_page(one), _keys(one), f"{one.word.en}: {one.help.en}", one.word.zh)
        for one in _commands()
    ]
    return table(("where", "keys", "what it does", "中文"), [*places, *rows])


def _commands() -> list[Command]:
    # The letters of moves come with the page of a record: by then other tests may have opened some.
    # Tests of groups have commands of their own.
    beside = ("go.", "move.", "row.", "test.")
    rows = (one for id, one in declared.items() if not id.startswith(beside))
    return sorted(rows, key=lambda one: (_page(one) != PAGES["app"], _page(one).lower(), one.id))


def _page(command: Command) -> str:
    return PAGES[command.id.partition(".")[0]]


def _keys(command: Command) -> str:
    return " ".join(f"`{key_name(key)}`" for key in command.all_keys)


def commands() -> str:
    """Every command of the command line with its usage."""
    rows = [(f"`{' '.join(path)}`", _said(one)) for path, one in _leaves(root(), ("sitebook",))]
    return table(("command", "what it does"), rows)


def _leaves(
    command: click.Command, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        yield (*path, *_wanted(command)), command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found is not None:
            yield from _leaves(found, (*path, name))


def _wanted(command: click.Command) -> list[str]:
    context = click.Context(command)
    return [one.make_metavar(context) for one in command.params if isinstance(one, click.Argument)]


def _said(command: click.Command) -> str:
    words = getattr(command, "words", None)
    return words.en if words else (command.help or "")


def types() -> str:
    """Every record type with its row of the requirements, its clause and its life."""
    rows = []
    for cls in kinds.values():
        kind = cls.kind
        life = " → ".join(state.name for state in kind.states)
        row = ", ".join(part for part in (kind.row, kind.clause) if part) or "–"
        rows.append((f"`{kind.name}`", kind.label.zh, kind.label.en, kind.code, row, life))
    return table(("type", "中文", "English", "number", "row, clause", "states"), sorted(rows))


def documents() -> str:
    """Every document: what it is about, and who issues it."""
    rows = [
        (f"`{one.name}`", one.label.zh, one.label.en, about(one), conditions(one) or "–")
        for one in DOCUMENTS.values()
    ]
    return table(("document", "中文", "English", "about", "issued"), rows)


def rows() -> str:
    """Every row of the manual with its types, their pages and the tests that run it."""
    found = traceability.shown()
    return table(
        ("row", "clause", "what it asks for", "types", "own pages", "tests"),
        (
            (id, clause, what, *_of_row(id), _tests(found.get(id, [])))
            for id, (clause, what) in traceability.ROWS.items()
        ),
    )


def _of_row(id: str) -> tuple[str, str]:
    """The types of a row, and their pages beside list, form and record page."""
    types = sorted(name for name, cls in kinds.items() if id in cls.kind.row.split(", "))
    pages = {ITEM_PAGES[name].rpartition(":")[2] for name in types if name in ITEM_PAGES}
    return ", ".join(f"`{name}`" for name in types) or "–", ", ".join(sorted(pages)) or "–"


def capabilities() -> str:
    """Every capability with the tests that show it."""
    found = traceability.shown()
    return table(
        ("no.", "capability", "tests"),
        (
            (str(number), what, _tests(found.get(number, [])))
            for number, what in traceability.CAPABILITIES.items()
        ),
    )


def _tests(names: list[str]) -> str:
    """The files of tests."""
    files = sorted({name.partition("::")[0] for name in names})
    return ", ".join(f"`{file}`" for file in files) or "open"


PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "keys": ("tui/README.md", keys),
    "commands": ("tui/cli/README.md", commands),
    "types": ("models/README.md", types),
    "rows": ("models/records/README.md", rows),
    "capabilities": ("models/records/README.md", capabilities),
    "documents": ("tui/documents/README.md", documents),
}
"""Each generated table: the README that holds it, and what makes it."""


def readmes() -> list[Path]:
    """Every README of the project."""
    names = ("models", "sync", "tui", "tests")
    return [README, *(path for name in names for path in sorted((ROOT / name).rglob("README.md")))]


def made(name: str, text: str) -> str:
    """A README with its generated table made anew, keys named in English."""
    before, language.now = language.now, "en"
    try:
        return _made(name, text)
    finally:
        language.now = before


def _made(name: str, text: str) -> str:
    file, make = PARTS[name]
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise SystemExit(f"{file} has no part {name}")
    return f"{before}{begin}\n{make()}\n\n{end}{after}"


def main() -> None:
    """Write the generated tables."""
    for name, (file, _) in PARTS.items():
        path = ROOT / file
        path.write_text(made(name, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
