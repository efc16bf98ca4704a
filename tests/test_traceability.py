"""Every row of the manual and every capability has a test that shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.schema.record import kinds
from tests.traceability import CAPABILITIES, ROWS, Named, shown

OPEN: set[Named] = {
    89,
}
"""Rows and capabilities that are not built yet, or not marked."""


def test_each_has_a_test_but_those_that_are_open() -> None:
    marked = set(shown())
    assert {*ROWS, *CAPABILITIES} - marked == OPEN


def test_marks_name_rows_and_capabilities_that_exist() -> None:
    assert set(shown()) <= {*ROWS, *CAPABILITIES}


def test_every_type_belongs_to_a_row() -> None:
    named = {row for cls in kinds.values() for row in cls.kind.row.split(", ") if row}
    assert named <= set(ROWS)


def test_marks_are_read_from_the_files(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text(
        'import pytest\n@pytest.mark.shows("Q-55", 48)\nasync def test_a() -> None: ...\n'
        "@pytest.mark.shows(48)\n@pytest.mark.long\ndef test_b() -> None: ...\n"
        "def test_c() -> None: ...\n",
        encoding="utf-8",
    )
    name = f"{tmp_path.name}/test_one.py::test_"
    assert shown(tmp_path) == {"Q-55": [f"{name}a"], 48: [f"{name}a", f"{name}b"]}


@pytest.mark.parametrize("table", [ROWS, CAPABILITIES])
def test_each_is_said_once(table: dict[Named, object]) -> None:
    assert len(set(map(str, table.values()))) == len(table)
