"""The READMEs say what the code declares, and name only what there is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import readme

EACH = pytest.mark.parametrize(
    "path", readme.readmes(), ids=lambda path: path.relative_to(readme.ROOT).as_posix()
)
LINK = re.compile(r"\]\(([^)#\s]+)\)")
MODULE = re.compile(r"`((?:models|sync|tui|tests)(?:\.\w+)+)`|python -m (tests(?:\.\w+)+)")
HELD = re.compile(r"`(tests/[\w/]+\.py)` `(test_\w+)`")
PATH = re.compile(r"`((?:models|sync|tui|tests)/[\w./]+)`")


@pytest.mark.parametrize("name", readme.PARTS)
def test_a_generated_table_is_what_the_code_declares(name: str) -> None:
    """Asked in a process of its own: tests declare commands and types, too."""
    text = (readme.ROOT / readme.PARTS[name][0]).read_text(encoding="utf-8")
    code = "import sys; from tests import readme; made = readme.made(sys.argv[1], sys.stdin.read())"
    run = [sys.executable, "-X", "utf8", "-c", f"{code}; sys.stdout.write(made)", name]
    done = subprocess.run(run, cwd=readme.ROOT, input=text, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert text == done.stdout, "run: python -m tests.readme"


def test_the_readme_has_one_command_to_run_and_one_to_test() -> None:
    text = readme.README.read_text(encoding="utf-8")
    for name in ("run", "test"):
        part = text.partition(f"<!-- {name} -->\n```sh\n")[2].partition("```")[0]
        assert part.count("\n") == 1 and "requirements" in part


def test_the_readme_is_read_in_three_minutes() -> None:
    text = readme.README.read_text(encoding="utf-8")
    assert len(text.encode()) <= 6656 and text.count("\n") <= 120


def test_the_readme_links_every_other() -> None:
    linked = set(LINK.findall(readme.README.read_text(encoding="utf-8")))
    others = {path.relative_to(readme.ROOT).as_posix() for path in readme.readmes()[1:]}
    assert others <= linked


@EACH
def test_every_link_leads_somewhere(path: Path) -> None:
    links = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if ":" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


@EACH
def test_every_module_and_path_that_is_named_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    names = [module or run for module, run in MODULE.findall(text)]
    assert [name for name in names if not is_module(name)] == []
    assert [name for name in PATH.findall(text) if not (readme.ROOT / name).exists()] == []


def test_every_test_that_is_named_as_a_holder_exists() -> None:
    """The table of the faults of safety."""
    held = HELD.findall((readme.ROOT / "sync/README.md").read_text(encoding="utf-8"))
    assert len(held) > 20
    texts = {path: (readme.ROOT / path).read_text(encoding="utf-8") for path, _ in held}
    assert [(path, name) for path, name in held if f"def {name}(" not in texts[path]] == []


def is_module(name: str) -> bool:
    """Whether a dotted name is a module or package of ours."""
    base = readme.ROOT / name.replace(".", "/")
    return base.is_dir() or base.with_suffix(".py").is_file()


def test_a_module_that_is_missing_is_noticed() -> None:
    assert is_module("models.queries.waiting.urgency") and is_module("sync.hub")
    assert not is_module("models.queries.never")


def test_the_chinese_page_tells_the_same_command() -> None:
    said = (readme.ROOT / "README.zh.md").read_text(encoding="utf-8")
    run = readme.README.read_text(encoding="utf-8").partition("<!-- run -->\n")[2]
    assert run.partition("```\n")[0] in said
