"""Late modules: imported when what they register is first asked for, and found if they are new."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import models.records
from models.schema import late_modules

RECORDS = Path(models.records.__file__).parent
ROOT = RECORDS.parents[1]
REGISTRIES = {
    path.stem: f"models.{room}"
    for room in ("book", "derived", "queries")
    for path in (ROOT / "models" / room).glob("*.py")
}


@pytest.fixture
def offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a module that is offered under 'greetings' and imported by nobody."""
    (tmp_path / "late_greeting.py").write_text("WORD = 'good morning'\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(late_modules, "_offered", {})
    monkeypatch.delitem(sys.modules, "late_greeting", raising=False)
    late_modules.offer("greetings", "late_greeting")
    return "late_greeting"


def test_a_module_is_imported_when_its_name_is_loaded(offered: str) -> None:
    assert offered not in sys.modules and late_modules.offered() == {offered}
    late_modules.load("farewells")
    assert offered not in sys.modules
    late_modules.load("greetings")
    assert sys.modules[offered].WORD == "good morning" and late_modules.offered() == set()


def test_loading_again_does_nothing(offered: str) -> None:
    late_modules.load("greetings")
    first = sys.modules.pop(offered)
    late_modules.load("greetings")
    assert offered not in sys.modules and first.WORD == "good morning"


def test_a_module_that_fails_is_offered_again(offered: str, tmp_path: Path) -> None:
    (tmp_path / "late_fault.py").write_text("1 / 0\n", encoding="utf-8")
    late_modules.offer("greetings", "late_fault")
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            late_modules.load("greetings")
    assert late_modules.offered() == {offered, "late_fault"}


def fresh(code: str) -> list[str]:
    """What a new process prints, in words."""
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    return done.stdout.split()


def test_declaring_the_types_imports_no_rule_and_asking_for_one_does() -> None:
    first, then = (
        set(fresh(f"import sys, models.records\n{ask}\nprint(*sys.modules)"))
        for ask in ("", "from models.book import rules; rules.causes_of('fix', 'resolve')")
    )
    late = {f"models.records.{area}.rules" for area in ("checks", "problems", "weekly")}
    assert "models.records.problems.fix" in first and not first & late
    assert late <= then


def registering(path: Path) -> set[str]:
    """What a module of an area registers as it is imported: names out of the book and queries."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    ours = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").rpartition(".")[2] in REGISTRIES
        and (node.module or "").startswith(("models.book.", "models.derived.", "models.queries."))
        for alias in node.names
    }
    marks = [one for node in tree.body for one in getattr(node, "decorator_list", [])]
    marks += [node.value for node in tree.body if isinstance(node, ast.Expr)]
    called = {one.func if isinstance(one, ast.Call) else one for one in marks}
    return {one.id for one in called if isinstance(one, ast.Name)} & ours


def test_every_module_that_registers_something_is_imported_or_offered() -> None:
    """Else what an area adds would be missing without a word."""
    there = set(fresh("import sys, models.records\nprint(*sys.modules)"))
    ask = "import models.records\nfrom models.schema import late_modules"
    there |= set(fresh(f"{ask}\nprint(*late_modules.offered())"))
    paths = [path for path in sorted(RECORDS.glob("*/**/*.py")) if registering(path)]
    assert {path.stem for path in paths} >= {"rules", "expected", "facts", "concession_hold"}
    inside = (path.relative_to(RECORDS).with_suffix("") for path in paths)
    names = {".".join(("models.records", *path.parts)) for path in inside}
    assert names - there == set()
