"""The house: what imports what, whose the three names are, and no word in one language only."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
from pathlib import Path

import pytest

import models
import sync
import tui

ROOT = Path(models.__file__).parent.parent
OURS = ("models", "sync", "tui")
SOURCES = [path for name in OURS for path in sorted((ROOT / name).rglob("*.py"))]
HAN = re.compile(r"[\u4e00-\u9fff]")


def ids(path: Path) -> str:
    """A file's name for a test's id."""
    return path.relative_to(ROOT).as_posix()


def test_the_three_names_belong_to_this_distribution_alone() -> None:
    owners = importlib.metadata.packages_distributions()
    for name in OURS:
        assert set(owners.get(name, ["sitebook"])) == {"sitebook"}, owners.get(name)
    for package in (models, sync, tui):
        assert Path(str(package.__file__)).parent.parent == ROOT


def test_every_installed_distribution_equals_its_pin() -> None:
    text = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", text, re.M))
    assert "textual" in pins
    assert not re.search(r"https?:", text)
    if Path(sys.prefix).parent != ROOT:
        pytest.skip("not the environment that the README's command makes")
    wrong = {}
    for name, version in pins.items():
        try:
            have = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # a pin for another system or Python
        if have != version:
            wrong[name] = (have, version)
    assert wrong == {}


def test_sql_has_no_numbered_places() -> None:
    """`?1` with a sequence of values is deprecated in Python 3.12 and an error from 3.14 on."""
    numbered = re.compile(r"(?<!\[)\?[0-9]")
    found = [ids(path) for path in SOURCES if numbered.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_the_contracts_of_the_house_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(lint)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_declared_type_is_on_the_list() -> None:
    """A type that the package does not import would be missing without a word."""
    declaring = [
        path
        for path in SOURCES
        if "records" in path.parts and "kind = Kind(" in path.read_text(encoding="utf-8")
    ]
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in declaring}
    assert len(names) > 20
    code = "import sys, models.records; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert names - set(done.stdout.split()) == set(), done.stderr


def test_a_public_class_name_has_one_meaning() -> None:
    found: dict[str, list[str]] = {}
    for path in SOURCES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(ids(path))
    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}


def test_every_module_of_models_and_sync_has_its_test_file() -> None:
    """A module's tests stand under its name, in the same folder below `tests`."""
    mirrored = {
        path.relative_to(ROOT)
        for path in SOURCES
        if path.relative_to(ROOT).parts[0] in ("models", "sync")
        and path.stem != "__init__"
        and not path.stem[0].isdigit()  # a migration is tested with those of its database
    }
    without = {
        path.with_suffix("").as_posix()
        for path in mirrored
        if not (ROOT / "tests" / path.parent / f"test_{path.name}").exists()
    }
    assert without == set()


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_every_module_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if tree.body:
        assert ast.get_docstring(tree), f"{ids(path)} has no docstring"


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_imports_are_absolute_and_files_are_named_by_nouns(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    relative = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]
    assert not relative
    assert path.stem not in {"utils", "util", "helpers", "helper", "manager", "common", "misc"}


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_no_chinese_text_stands_outside_a_pair(path: Path) -> None:
    """Every visible word is a pair; Chinese in a plain string would stay Chinese in English."""
    if "demo" in path.relative_to(ROOT).parts or ids(path) in ALLOWED:
        pytest.skip("content or tables of characters, not words of the program")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    allowed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in PAIRS:
            allowed |= {id(n) for n in ast.walk(node)}
        if isinstance(node, (ast.Tuple, ast.Dict)) and pairs(node):
            allowed |= {id(n) for n in ast.walk(node)}
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            allowed |= {id(s.value) for s in node.body if isinstance(s, ast.Expr)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            allowed.add(id(node.value))
    bare = [
        f"{node.lineno}: {node.value[:30]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and HAN.search(node.value)
        and id(node) not in allowed
    ]
    assert bare == []


PAIRS = {"W", "line", "prose", "number", "count", "flag", "day", "week", "moment", "choice"}
PAIRS |= {"link", "person", "file", "quarter", "money", "choices", "persons"}
PAIRS |= {"vocabulary", "rule_table", "subject"}
ALLOWED = {
    "models/calendar/date_shorthand.py",
    "models/calendar/written_times.py",
    "models/calendar/year_file.py",
    "models/search/text.py",
    "models/text/money.py",
    "models/text/pinyin.py",
    "tui/forms/editors/initials.py",
    "tui/display/terminal_text.py",
    "tui/forms/editors/word_boundaries.py",
    "tui/start.py",
}
"""Modules that hold tables of characters and of what people type, in either language."""


def name_of(node: ast.expr) -> str:
    """The called name, the last part of a dotted one."""
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def pairs(node: ast.Tuple | ast.Dict) -> bool:
    """Whether this is (name, Chinese, English), perhaps with the name above it, or a mapping with
    both languages."""
    if isinstance(node, ast.Dict):
        keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
        return {"zh", "en"} <= keys
    texts = [e.value for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]
    whole = len(texts) == len(node.elts) and len(texts) in (3, 4)
    return (
        whole
        and [bool(HAN.search(text)) for text in texts[:4]]
        == [False, True, False, False][: len(texts)]
    )
