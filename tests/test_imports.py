"""Imports of our own modules inside functions: each on a list with its reason, few enough to know.

An import stands at the top of its module, where everybody sees it. What may stand in a function
is what most starts of the program do without, and what is costly; the reason says so.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import models

ROOT = Path(models.__file__).parent.parent
OURS = ("models", "sync", "tui")
MOST = 40
"""Import statements inside functions, in the whole house."""

REASONS = {
    ("tui.start", "tui.entry"): "the first paint comes before everything else is loaded",
    ("tui.entry", "tui.cli.run"): "--version and the app need neither click nor a command",
    ("tui.entry", "tui.app.app"): "Textual: no command loads it",
    ("tui.entry", "tui.app.faults.crash_report"): "loaded by a crash alone",
    (
        "tui.entry",
        "tui.cli.streams.output",
    ): "--version prints one line and loads no tables of characters",
    ("tui.app.navigation", "tui.pages.general.command_palette"): "10 ms; the first frame has no"
    " palette",
    (
        "tui.app.syncing.background_sync",
        "tui.app.syncing.sync_rounds",
    ): "the carriers take 35 ms; the first round begins long after the first frame",
    ("tui.pages.general.welcome_page", "tui.pages.sync.join_dialog"): "65 ms; few first runs join"
    " an organisation",
    ("tui.pages.general.welcome_page", "tui.demo.player"): "a month of invented texts, which few"
    " first runs want",
    (
        "tui.pages.records.record_actions",
        "tui.pages.forms.follow_up_menu",
    ): "7 ms; Today is the first page, and the menu a page that its menu opens",
    ("tui.pages.records.record_actions", "tui.pages.records.move_menu"): "9 ms; Today is the first"
    " frame and has these actions",
    ("tui.pages.records.record_actions", "tui.pages.records.record_copy"): "the same: 3 ms",
    ("tui.pages.records.record_actions", "tui.pages.records.record_documents"): "the same: what"
    " makes documents takes 15 ms",
    ("tui.cli.command_context", "tui.cli.opened_book"): "help, types and completion open no book",
    ("sync.workspace.workspace", "models.storage.backup"): "a migration alone makes a backup",
    ("tui.cli.completion", "models.records"): "the shell alone completes; help declares no types",
    ("tui.cli.completion", "models.schema.record"): "the same: 25 ms with Peewee",
    ("models.book.writing.moves", "models.book.tables.typed_rules"): "2 ms: rules are read as typed"
    " when a table of them is put to use",
    ("sync.apply.open_book", "sync.apply.reevaluation.newer_entries"): "as with what is parked",
    ("sync.apply.open_book", "sync.apply.reevaluation.replay_parked"): "40 ms that only a book with"
    " parked changes needs",
    ("tui.cli.commands.export_file", "tui.cli.commands.document"): "a list of records goes out"
    " without the parts of documents",
    ("tui.cli.commands.rights", "tui.cli.commands.document"): "the table is printed without the"
    " parts of documents",
    ("tui.pages.general.rights_page", "tui.pages.records.record_documents"): "what makes documents"
    " takes 15 ms; help is opened for its keys",
    ("tui.documents.word.fill", "tui.documents.word.docx_template"): "lxml and two libraries more:"
    " Markdown, checks and lists of documents fill in no template",
    ("tui.documents.word.fill", "tui.documents.word.template_sandbox"): "Jinja: the same reason",
    ("tui.cli.commands.hub", "sync.hub.serving.server"): "starlette and uvicorn are an extra, which"
    " may be missing",
}
"""(module, what it imports inside a function): why not at the top."""


def sources() -> Iterator[tuple[str, Path]]:
    """Every module by its name."""
    for name in OURS:
        for path in sorted((ROOT / name).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts).removesuffix(".__init__"), path


NAMES = {name for name, _ in sources()}


def imported(node: ast.AST) -> set[str]:
    """The modules of ours that a statement imports."""
    found: set[str] = set()
    if isinstance(node, ast.Import):
        found = {one.name for one in node.names}
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        inner = {f"{base}.{one.name}" for one in node.names}
        found = {name if name in NAMES else base for name in inner}
    return found & NAMES


def inside() -> Iterator[tuple[str, set[str]]]:
    """Each statement inside a function that imports modules of ours: where, and which."""
    for name, path in sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        seen: set[int] = set()
        for function in ast.walk(tree):
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                for node in ast.walk(function):
                    if id(node) not in seen and (found := imported(node)):
                        seen.add(id(node))
                        yield name, found


def pairs() -> set[tuple[str, str]]:
    """(module, imported) of every import inside a function."""
    return {(module, one) for module, some in inside() for one in some}


def test_every_import_inside_a_function_has_its_reason() -> None:
    assert sorted(pairs() - REASONS.keys()) == []


def test_no_reason_is_left_of_an_import_that_is_gone() -> None:
    assert sorted(REASONS.keys() - pairs()) == []
    assert all(len(reason.split()) > 3 for reason in REASONS.values())


def test_they_are_few() -> None:
    statements = [module for module, _ in inside()]
    assert len(statements) <= MOST, len(statements)
