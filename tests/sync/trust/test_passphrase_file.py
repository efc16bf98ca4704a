"""The file that holds a passphrase: read whole but for its last newline, or refused by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.words import Refused
from sync.trust.passphrase_file import VARIABLE, read


@pytest.mark.parametrize("environ", [{}, {VARIABLE: ""}])
def test_no_file_is_named(environ: dict[str, str]) -> None:
    assert read(environ) is None


@pytest.mark.parametrize(
    ("held", "phrase"),
    [
        ("geheim 口令\n", "geheim 口令"),
        ("a\r\n", "a"),
        (" a b ", " a b "),
        ("a\nb\n", "a\nb"),
        ("", ""),
    ],
)
def test_only_the_last_newline_is_left_out(tmp_path: Path, held: str, phrase: str) -> None:
    path = tmp_path / "口令"
    path.write_bytes(held.encode())
    assert read({VARIABLE: str(path)}) == phrase


def test_an_unreadable_file_is_refused_by_its_name(tmp_path: Path) -> None:
    absent, odd = tmp_path / "absent", tmp_path / "odd"
    odd.write_bytes(b"\xff\xfe")
    for path in (absent, odd, tmp_path):
        with pytest.raises(Refused, match=VARIABLE) as refused:
            read({VARIABLE: str(path)})
        assert str(path) in str(refused.value)
