"""The words of the interface: none that the table of terms in `tui/README.md` forbids."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
TERMS = ROOT / "tui" / "README.md"
SOURCES = [
    path for name in ("models", "sync", "tui") for path in sorted((ROOT / name).rglob("*.py"))
]
READMES = [
    path
    for path in sorted(ROOT.rglob("README.md"))
    if not {".venv", "node_modules"} & set(path.relative_to(ROOT).parts)
]
HAN = re.compile(r"[\u4e00-\u9fff]")

ALLOWED: dict[str, str] = {
    "超期": "understood in filter lines that were saved with it",
    "数据中心": "a data centre, the building",
    "add fix phenomenon='2 号空调告警' site=主机房": "names the field, as it is typed",
    "add fix phenomenon='Alarm of air conditioner 2' site='Server room'": "names the field",
}
"""A text that holds a forbidden term, and the reason why it may."""


class Forbidden(NamedTuple):
    """A term that the interface does not use, alone as a label or anywhere in a text."""

    term: str
    alone: bool

    def in_text(self, text: str) -> bool:
        """Whether a text holds the term."""
        if self.alone:
            return text.strip() == self.term
        if HAN.search(self.term):
            return self.term in text
        pattern = rf"(?<![\w-]){re.escape(self.term)}(?![\w-])"
        return re.search(pattern, text, re.IGNORECASE) is not None


def table() -> str:
    """The table of terms as it stands in the README."""
    return (
        TERMS.read_text(encoding="utf-8")
        .partition("<!-- terms -->")[2]
        .partition("<!-- /terms -->")[0]
    )


def forbidden() -> list[Forbidden]:
    """Every forbidden term of the table, English and Chinese."""
    rows = [line.strip("| ").split(" | ") for line in table().splitlines() if line.startswith("| ")]
    cells = (cell for row in rows[2:] for cell in row[2:])
    terms = (term.strip(" |") for cell in cells for term in cell.split(";"))
    return [Forbidden(term.strip("`"), term.startswith("`")) for term in terms if term]


def words(path: Path) -> Iterator[tuple[int, str]]:
    """The texts of every pair of words in a module, with their lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        texts = [
            arg.value
            for arg in node.args
            if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if any(HAN.search(text) for text in texts):
            for text in texts:
                yield node.lineno, text


def found() -> list[tuple[str, str, str]]:
    """Each forbidden term in a module's words: the term, the place, the text."""
    terms = forbidden()
    return [
        (term.term, f"{path.relative_to(ROOT).as_posix()}:{line}", text)
        for path in SOURCES
        if "demo" not in path.parts
        for line, text in words(path)
        for term in terms
        if term.in_text(text) and text not in ALLOWED
    ]


def test_no_word_of_the_interface_is_forbidden() -> None:
    assert found() == []


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_readme_uses_a_forbidden_term(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace(table(), "")
    terms = [term for term in forbidden() if not term.alone]
    assert [term.term for term in terms if term.in_text(text)] == []


def test_a_forbidden_term_is_found_as_a_word() -> None:
    assert Forbidden("Take away", False).in_text("take away a role")
    assert not Forbidden("Take away", False).in_text("intake away")
    assert Forbidden("Words", True).in_text("Words")
    assert not Forbidden("Words", True).in_text("Words of the day")
