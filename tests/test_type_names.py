"""Type names: no module but those of an area names a record type, in a string or by an import.

What every record has (project, note, attachment) is left out; a string that means something else
is on a list with its reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import models
from models.schema.record import kinds

ROOT = Path(models.__file__).parent.parent
OURS = ("models", "sync", "tui")
AREAS = ("models/records/", "tui/areas/", "tui/demo/")
COMMON = {"project", "note", "attachment", "acknowledgement"}
"""Types that every record may have."""
NAMES = sorted(set(kinds) - COMMON)
TABLE = re.compile(rf"""(?:\b(?:FROM|JOIN|INTO|UPDATE)\s+"?|^=)({"|".join(NAMES)})\b""")
"""A type named in SQL, or as the list that a place opens (`=fix`)."""

REASONS = {
    ("models.schema.company_tables", "handover"): "when a paper has to be there: for the customer",
    ("models.schema.lifecycles", "fix"): "the id of a move: a problem was put right",
    ("tui.display.move_letters", "fix"): "the id of a move, to which a letter is given",
    ("tui.cli.commands.export_file", "customer"): "an edition of a document",
    ("tui.documents.formats.mail", "customer"): "a part of the text of a mail",
    ("sync.hub.serving.asgi", "answer"): "why a connection was cut: the answer was not read",
    ("tui.cli.commands.hub_figures", "answer"): "the same, in the hub's figures",
    ("tui.documents.issue", "template"): "the part of an issued file that is the template in Word",
    ("tui.documents.frame", "customer"): "an edition, and a name that templates in Word use",
    ("tui.documents.general.record_document", "customer"): "a name that templates in Word use",
    ("tui.documents.general.comparison_document", "customer"): "a name that templates in Word use",
}
"""(module, string): what it means, since it is no record type."""


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every module outside the areas, parsed."""
    for top in OURS:
        for path in sorted((ROOT / top).rglob("*.py")):
            file = path.relative_to(ROOT)
            if not file.as_posix().startswith(AREAS):
                name = ".".join(file.with_suffix("").parts).removesuffix(".__init__")
                yield name, ast.parse(path.read_text(encoding="utf-8"))


def declaring() -> dict[str, str]:
    """Module -> the type that it declares."""
    return {cls.__module__: name for name, cls in kinds.items() if name not in COMMON}


def imported(tree: ast.Module) -> Iterator[str]:
    """The types whose declarations a module imports."""
    known = declaring()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (known[one.name] for one in node.names if one.name in known)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            names = [base, *(f"{base}.{one.name}" for one in node.names)]
            yield from (known[name] for name in names if name in known)


def strings(tree: ast.Module) -> Iterator[str]:
    """The strings of a module that are a type's name, or name its table."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if id(node) not in docstrings and (node.value in NAMES or TABLE.search(node.value)):
            yield node.value


def named() -> set[tuple[str, str]]:
    """(module, what names the type), of every module outside the areas."""
    return {(name, said) for name, tree in sources() for said in (*imported(tree), *strings(tree))}


def test_no_module_outside_the_areas_names_a_record_type() -> None:
    assert sorted(named() - REASONS.keys()) == []


def test_no_reason_is_left_of_a_name_that_is_gone() -> None:
    assert sorted(REASONS.keys() - named()) == []
    assert all(len(reason.split()) > 3 for reason in REASONS.values())


def test_a_name_is_found_in_strings_imports_and_sql() -> None:
    tree = ast.parse(
        '"""fix"""\n'
        "from models.records.problems.fix import Fix\n"
        "from models.records.weekly import weekly_entry\n"
        "one = 'sheet'\n"
        "two = 'SELECT 1 FROM \"answer\" WHERE x'\n"
        "three = 'fixed from site'\n"
        "four = '=escalation'\n"
    )
    assert sorted(imported(tree)) == ["fix", "weekly"]
    assert sorted(strings(tree)) == ["=escalation", 'SELECT 1 FROM "answer" WHERE x', "sheet"]
