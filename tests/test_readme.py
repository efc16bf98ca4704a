"""The README tells what the code declares: every key, command and record type."""

from __future__ import annotations

import models.records  # noqa: F401
from tests import readme


def test_the_readme_lists_every_key_command_and_type() -> None:
    text = readme.README.read_text(encoding="utf-8")
    assert text == readme.made(text), "run: python -m tests.readme"


def test_the_readme_has_one_command_to_run_and_one_to_test() -> None:
    text = readme.README.read_text(encoding="utf-8")
    for name in ("run", "test"):
        part = text.partition(f"<!-- {name} -->\n```sh\n")[2].partition("```")[0]
        assert part.count("\n") == 1 and "requirements" in part
