"""The words of the interface and of the source: none that a table of terms forbids.

What people read follows the table in `tui/README.md`; docstrings and comments follow the glossary
of the documentation for developers (`DEVELOPERS` below).
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
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
        if "demo" not in path.relative_to(ROOT).parts
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


# -- docstrings and comments -----------------------------------------------------------------------

DEVELOPERS = {
    r"\bdisput\w+": "conflict",
    r"\b(journal|ledger)s?\b": "change log",
    r"\bstubs?\b|\b(thin|bare|left[- ]out) (change|body|bodies)\b": "pruned change",
    r"\b(the|a|membership) roll\b": "membership log",
    r"\bjudg(e|es|ed|ing|ement)\b": "authorise, check",
    r"\binert\b": "quarantined",
    r"\bsoundness\b": "verification",
    r"\bbranch(es)?\b": "fork",
    r"\b(the|a|this|our) house\b": "hub, organisation, program",
    r"\b(its|two|own|several|four|whole) lives\b|\blives of\b": "lifecycle",
    r"\b(stands?|stood|standing) beside\b": "sibling",
    r"\b(values?|versions?) that (stands?|stood)\b": "current value",
    r"\bwhat (still )?(stands|stood)\b": "present content",
    r"\bhand(ed|s|ing)? in\b|\bhanded out\b": "submit, issue",
    r"\bnot begun\b": "not started",
    r"\breckon(s|ed|ing)?\b": "calculate",
    r"\bphenomenon\b": "problem",
    r"\bverified again\b": "re-verified",
    r"\bfilled in beforehand\b": "pre-filled",
    r"\bno way back\b": "cannot be undone",
}
"""A pattern that docstrings, comments and READMEs do not hold, outside of backticks -> what they
say."""

RIDDLES = {r"\bwhoever\b|\bnobody\b": "a sentence about the thing in the code"}
"""The same for docstrings and comments alone."""


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """The docstrings and comments of a module with their lines, names in backticks left out."""
    source = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.lineno, " ".join(re.sub(r"`[^`]*`", "", str(node.value.value)).split())
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], re.sub(r"`[^`]*`", "", token.string)


def in_prose(path: Path) -> list[tuple[str, str, str]]:
    """Each forbidden word in a module's docstrings: what to say, the place, the text."""
    return [
        (instead, f"{path.relative_to(ROOT).as_posix()}:{line}", text)
        for line, text in prose(path)
        for pattern, instead in (DEVELOPERS | RIDDLES).items()
        if re.search(pattern, text, re.IGNORECASE)
    ]


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_readme_uses_another_word_than_the_glossary(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace(table(), "")
    plain = re.sub(r"`[^`]*`", "", text)
    found = [re.findall(f"(?i){pattern}", plain) for pattern in DEVELOPERS]
    assert [one for one in found if one] == []


OPINION = "the project manager's judgement"
LABELS = {OPINION: "an opinion about the week, which is no decision about a right"}
"""A label that holds such a word in another meaning, and which."""


def test_no_label_uses_another_word_than_the_glossary() -> None:
    found = [
        (f"{path.relative_to(ROOT).as_posix()}:{line}", text)
        for path in SOURCES
        if "demo" not in path.relative_to(ROOT).parts
        for line, text in words(path)
        if text not in ALLOWED and text[:1].lower() + text[1:] not in LABELS
        if any(re.search(pattern, text, re.IGNORECASE) for pattern in DEVELOPERS)
    ]
    assert found == []


def test_docstrings_and_comments_use_the_words_of_the_glossary() -> None:
    found = [one for path in SOURCES for one in in_prose(path)]
    assert found == []


def test_what_a_docstring_says_is_found_outside_of_names(tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    path.write_text(
        '"""A dispute."""\n# stands\n# beside, stands beside\nx = "a dispute"  # `journal`\n',
        encoding="utf-8",
    )
    assert [text for _, text in prose(path)] == [
        "A dispute.",
        "# stands",
        "# beside, stands beside",
        "# ",
    ]
