"""Registry of pages: a name is loaded when it is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tui.pages import registry
from tui.pages.project_filter import ProjectFilter


def test_a_name_is_a_module_and_what_is_in_it() -> None:
    assert registry.load("tui.pages.project_filter:ProjectFilter") is ProjectFilter


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("tui.pages.nothing:Page", ModuleNotFoundError),
        ("tui.pages.project_filter:Nothing", AttributeError),
    ],
)
def test_a_name_of_nothing_is_a_fault(name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        registry.load(name)


def test_the_registry_itself_loads_no_page_and_no_terminal() -> None:
    code = (
        "import sys; import tui.pages.registry as r;"
        "print([n for n in sys.modules if n.startswith(('tui.pages.', 'textual'))], r.PLACES)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert done.stdout.strip() == "['tui.pages.registry'] []"
