"""OS errors: known ones in both languages, any other as the system says it."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from models.text.os_errors import WORDS, why
from models.text.words import W, language


@pytest.mark.parametrize("number", sorted(WORDS))
def test_a_known_error_is_said_in_both_languages(number: int) -> None:
    assert why(OSError(number, "as the system says")) == WORDS[number]
    assert WORDS[number].zh != WORDS[number].en and WORDS[number].en.isascii()


def test_a_real_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError) as absent:
        (tmp_path / "没有").read_bytes()
    with pytest.raises(OSError) as folder:
        tmp_path.read_bytes()
    assert str(why(absent.value)) == "没有这个文件或文件夹"
    assert str(why(folder.value)) == "那是一个文件夹"
    language.now = "en"
    assert str(why(absent.value)) == "there is no such file or folder"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ELOOP, "too many links"), "too many links"),
        (OSError("no number"), "no number"),
        (sqlite3.OperationalError("no such table: x"), "no such table: x"),
        (ValueError("odd"), "odd"),
    ],
)
def test_any_other_is_said_as_it_says_itself(error: Exception, said: str) -> None:
    found = why(error)
    assert not isinstance(found, W)
    assert str(found) == said
